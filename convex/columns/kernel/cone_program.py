"""The cone program of a box, loaded for compiled code.

k = 1 .. m   the neurons;  g_k  their vectors, m d numbers in all;  t  the bound
z_i, a_i     an unknown and its column: c at a row, or the multiplier of a wall;  g = b + sum_i z_i a_i

    minimise t  subject to  ||g_k|| <= t for each k,  low_i <= z_i <= high_i

Rows at which the best c is known are in b (`convex.columns.box_bounds`). All is in units of the largest |v|.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel.filtered_arithmetic import called
from arrangements.rays.kernel.state import Ints

Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]

_NOTHING = 1e-14  # of the largest |v|: a range so short that c is 0
_WALL = 0.1  # the multiplier of a wall to begin with
_AWAY = 0.5  # distance from its only limit at which c begins


class Geometry(NamedTuple):
    """What the programs of one problem share; see `convex.columns.neurons`.

    Attributes:
        x: the rows, n x d.
        active: the masks, neurons x n.
        outputs: the output sign of each neuron.
        walls: inward unit normals of all walls.
        starts: where the walls of each neuron begin.
    """

    x: Floats
    active: Bools
    outputs: Signs
    walls: Floats
    starts: Ints


class Program(NamedTuple):
    """One program, with room for n rows, some walls, and m cones.

    Attributes:
        rows: the row of each unknown that belongs to a row.
        at, first, last: where the column of each unknown begins in `columns`, and which of the m d places it fills.
        columns: all columns, one after the other.
        value, low, high: z and its limits, infinite where there is none.
        below, above: the multipliers of the limits, 0 where there is none.
        best: the z with the smallest bound so far.
        weight, residual, right: of the linear system, one number an unknown.
        step, step_below, step_above: where z and the multipliers go.
        b, g, step_g: m d numbers.
        front, dual: the multiplier of each cone: the number in front, m, and the vector, m d.
        step_front, step_dual: where they go.
        scaled_front, scaled: the same point seen from both sides (`convex.columns.kernel.cone_scaling`).
        point_front, point: the point that defines the scaling, with `eta`, its size.
        error_front, error: what the complementarity of the cones adds to the right sides.
        p, p_t: right sides of the linear system, m d.
        h: its matrix.
    """

    rows: Ints
    at: Ints
    first: Ints
    last: Ints
    columns: Floats
    value: Floats
    low: Floats
    high: Floats
    below: Floats
    above: Floats
    best: Floats
    weight: Floats
    residual: Floats
    right: Floats
    step: Floats
    step_below: Floats
    step_above: Floats
    b: Floats
    g: Floats
    step_g: Floats
    dual: Floats
    step_dual: Floats
    scaled: Floats
    point: Floats
    error: Floats
    p: Floats
    p_t: Floats
    front: Floats
    step_front: Floats
    scaled_front: Floats
    point_front: Floats
    error_front: Floats
    eta: Floats
    h: Floats


def program_of(n: int, d: int, m: int, walls: int) -> Program:
    """Make room for programs of n rows, m neurons and so many walls."""
    size, unknowns = m * d, n + walls
    whole = [np.zeros(unknowns, np.int64) for _ in range(4)]
    lengths = [n * size + walls * d, *[unknowns] * 12, *[size] * 10, *[m] * 6]
    return Program(*whole, *(np.zeros(length) for length in lengths), np.zeros((size, size)))  # type: ignore[arg-type, call-arg]


@called
def loaded(
    data: Geometry, v: Floats, size: float, box: Signs, members: Ints, m: int, program: Program
) -> tuple[int, int]:
    """Load a program; returns how many unknowns belong to rows, and how many there are.

    Args:
        data: the rows and neurons.
        v: what a unit of output is worth at each row.
        size: the unit.
        box: 0, 1 or -1 for each row (EITHER, POSITIVE, NEGATIVE).
        members: numbers of neurons, m of them.
        m: how many.
        program: what is written.
    """
    d, count, at = data.x.shape[1], 0, 0
    for j in range(m * d):
        program.b[j] = 0.0
    for i in range(len(data.x)):
        worth, side = v[i] / size, box[i]
        if side == 0 and worth > 0.0:
            for k in range(m):
                if data.active[members[k], i] and data.outputs[members[k]] > 0:
                    for j in range(d):
                        program.b[k * d + j] += worth * data.x[i, j]
        if side == 0 and worth > -_NOTHING:
            continue
        some = False
        for k in range(m):
            sign = float(data.outputs[members[k]]) if data.active[members[k], i] else 0.0
            some = some or sign != 0.0
            for j in range(d):
                program.columns[at + k * d + j] = sign * data.x[i, j]
        if some:
            program.rows[count], program.at[count] = i, at
            program.first[count], program.last[count] = 0, m * d
            program.low[count] = worth if side >= 0 else -np.inf
            program.high[count] = 0.0 if side <= 0 else np.inf
            program.value[count] = worth + _AWAY if side > 0 else -_AWAY if side < 0 else 0.5 * worth
            at += m * d
            count += 1
    of_rows = count
    for k in range(m):
        for wall in range(data.starts[members[k]], data.starts[members[k] + 1]):
            for j in range(d):
                program.columns[at + j] = data.walls[wall, j]
            program.at[count], program.first[count], program.last[count] = at, k * d, k * d + d
            program.low[count], program.high[count], program.value[count] = 0.0, np.inf, _WALL
            at += d
            count += 1
    return of_rows, count


@called
def combined(program: Program, count: int, numbers: Floats, out: Floats) -> None:
    """Add sum_i numbers_i a_i to a vector."""
    for i in range(count):
        shift = program.at[i] - program.first[i]
        for j in range(program.first[i], program.last[i]):
            out[j] += numbers[i] * program.columns[shift + j]


@called
def product(program: Program, i: int, vector: Floats) -> float:
    """The product of column i with a vector."""
    total, shift = 0.0, program.at[i] - program.first[i]
    for j in range(program.first[i], program.last[i]):
        total += program.columns[shift + j] * vector[j]
    return total


@called
def longest(g: Floats, m: int, d: int) -> float:
    """The length of the longest of m vectors."""
    largest = 0.0
    for k in range(m):
        square = 0.0
        for j in range(k * d, k * d + d):
            square += g[j] * g[j]
        largest = max(largest, square)
    return np.sqrt(largest)
