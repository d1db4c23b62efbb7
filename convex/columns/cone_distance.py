"""Distance from a vector to the cone that multipliers can reach, compiled: least squares with l >= 0.

g  a vector;  a_i  unit normals of the walls of a cone K = {w : a_i.w >= 0}

    max { g.w : w in K, ||w|| <= 1 } = min { ||g + sum_i l_i a_i|| : l >= 0 }

(the projection on K and the one on its polar cone; Moreau 1962). Active set method of Lawson and Hanson (1974, chapter
23). Whatever it returns, l >= 0 and the length belongs to it: an upper bound, and the best one up to rounding.
`convex.columns.cone_distance_plain` does the same without compiled code.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel import filtered_arithmetic
from arrangements.rays.kernel.filtered_arithmetic import called, compiler, stamp
from arrangements.rays.kernel.state import Ints
from arrangements.rays.kernel_run import announced
from convex.columns import cone_distance_plain
from convex.columns.cone_distance_plain import ROUNDING, Bools, Signs

_OUTSIDE, _INSIDE, _USELESS = range(3)  # of a wall: its multiplier is 0; is free; cannot be told from those inside


class Scratch(NamedTuple):
    """Room for one cone of k walls: basis, k x d; triangle, k x k; k numbers; k kinds; k places; g and the rest."""

    basis: Floats
    triangle: Floats
    target: Floats
    kinds: Ints
    chosen: Ints
    g: Floats
    rest: Floats


@called
def _dot(a: Floats, i: int, b: Floats, k: int) -> float:
    """Line i of a times line k of b."""
    s = 0.0
    for j in range(a.shape[1]):
        s += a[i, j] * b[k, j]
    return s


@called
def _add(a: Floats, i: int, factor: float, b: Floats, k: int) -> None:
    """Add a multiple of line k of b to line i of a."""
    for j in range(a.shape[1]):
        a[i, j] += factor * b[k, j]


@called
def _least(walls: Floats, first: int, count: int, scratch: Scratch) -> bool:
    """The l with the least ||g + sum l_i a_i|| over the chosen walls, any sign. Returns whether they are independent.

    By Gram and Schmidt, each vector twice, so that walls 1e-9 apart do no harm.
    """
    basis, triangle, target, rest = scratch.basis, scratch.triangle, scratch.target, scratch.rest
    for j in range(basis.shape[1]):
        rest[0, j] = scratch.g[0, j]
    for i in range(count):
        for j in range(basis.shape[1]):
            basis[i, j] = walls[first + scratch.chosen[i], j]
        for j in range(count):
            triangle[j, i] = 0.0
        for step in range(2 * i):
            j = step % i
            part = _dot(basis, j, basis, i)
            triangle[j, i] += part
            _add(basis, i, -part, basis, j)
        length = np.sqrt(_dot(basis, i, basis, i))
        if length <= ROUNDING:
            return False
        triangle[i, i] = length
        _add(basis, i, 1.0 / length - 1.0, basis, i)
        target[i] = -_dot(basis, i, rest, 0)
        _add(rest, 0, target[i], basis, i)
    for back in range(count):
        i = count - 1 - back
        for j in range(i + 1, count):
            target[i] -= triangle[i, j] * target[j]
        target[i] /= triangle[i, i]
    return True


@called
def _shortest(walls: Floats, first: int, last: int, multipliers: Floats, scratch: Scratch) -> float:
    """The length of g + sum l_i a_i over the walls from `first` to `last`; l is written into `multipliers`."""
    g, rest, kinds, chosen, target = scratch.g, scratch.rest, scratch.kinds, scratch.chosen, scratch.target
    k = last - first
    for i in range(k):
        kinds[i], multipliers[first + i] = _OUTSIDE, 0.0
    size = np.sqrt(_dot(g, 0, g, 0))
    for turn in range(4 * k + 9):
        for j in range(g.shape[1]):
            rest[0, j] = g[0, j]
        for i in range(k):
            _add(rest, 0, multipliers[first + i], walls, first + i)
        best, least = -1, -ROUNDING * size
        for i in range(k):
            if kinds[i] == _OUTSIDE:
                value = _dot(walls, first + i, rest, 0)
                if value < least:
                    best, least = i, value
        if best < 0 or turn == 4 * k + 8:
            break
        kinds[best], step = _INSIDE, 0.0
        while step < 1.0:
            count = 0
            for i in range(k):
                if kinds[i] == _INSIDE:
                    chosen[count] = i
                    count += 1
            if count == 0:
                break
            if not _least(walls, first, count, scratch):
                kinds[best] = _USELESS
                break
            step = 1.0
            for i in range(count):
                if target[i] <= 0.0:
                    old = multipliers[first + chosen[i]]
                    step = min(step, old / (old - target[i]) if old > 0.0 else 0.0)
            for i in range(count):
                c = first + chosen[i]
                multipliers[c] += step * (target[i] - multipliers[c])
                if step < 1.0 and multipliers[c] <= 1e-15 * size:
                    multipliers[c] = 0.0
                    kinds[chosen[i]] = _OUTSIDE
    return np.sqrt(_dot(rest, 0, rest, 0))


@called
def distances(
    worth: Floats,
    x: Floats,
    active: Bools,
    outputs: Signs,
    walls: Floats,
    starts: Ints,
    lengths: Floats,
    multipliers: Floats,
    enough: float,
    scratch: Scratch,
) -> None:
    """For every neuron the shortest g + sum l_i a_i; g adds up `worth`, line 0 for output sign +, line 1 for -.

    Where g itself is no longer than `enough`, its length and no multipliers.
    """
    for k in range(len(outputs)):
        side = 0 if outputs[k] > 0 else 1
        for j in range(x.shape[1]):
            scratch.g[0, j] = 0.0
        for i in range(len(x)):
            if active[k, i]:
                _add(scratch.g, 0, worth[side, i], x, i)
        lengths[k] = np.sqrt(_dot(scratch.g, 0, scratch.g, 0))
        if lengths[k] > enough:
            lengths[k] = _shortest(walls, starts[k], starts[k + 1], multipliers, scratch)


def scratch_of(d: int, walls: int) -> Scratch:
    """Make room for cones of so many walls in d dimensions."""
    return Scratch(
        np.zeros((walls, d)),
        np.zeros((walls, walls)),
        np.zeros(walls),
        np.zeros(walls, np.int64),
        np.zeros(walls, np.int64),
        np.zeros((1, d)),
        np.zeros((1, d)),
    )


def _compiled(stamp: int) -> Any:
    """The loop over neurons, cached on disk under a stamp of all sources that are compiled into it."""

    @compiler(cache=True, nogil=True, no_cfunc_wrapper=True)
    def run(
        worth: Floats,
        x: Floats,
        active: Bools,
        outputs: Signs,
        walls: Floats,
        starts: Ints,
        lengths: Floats,
        multipliers: Floats,
        scratch: Scratch,
    ) -> None:
        if stamp:  # always: this makes the stamp a part of the code
            distances(worth, x, active, outputs, walls, starts, lengths, multipliers, 0.0, scratch)

    return run


#: All sources that are compiled into the loop.
SOURCES = tuple(Path(str(module.__file__)) for module in (filtered_arithmetic, cone_distance_plain))
SOURCES += (Path(__file__),)

_run = _compiled(stamp(SOURCES))


@cache
def _kernel() -> Any:
    return announced(_run, SOURCES, "the solver's kernel")


def all_shortest(
    plus: Floats, minus: Floats, x: Floats, active: Bools, outputs: Signs, walls: Floats, starts: Ints
) -> tuple[Floats, Floats]:
    """For every neuron the shortest g + sum l_i a_i, and all multipliers; see `convex.columns.neurons`.

    Example:
        >>> active, outputs = np.array([[True, False]]), np.array([1], np.int8)
        >>> lengths, multipliers = all_shortest(
        ...     np.array([-1.0, 1.0]), np.ones(2), np.eye(2), active, outputs, np.eye(2), np.array([0, 2]))
        >>> lengths.tolist(), multipliers.tolist()
        ([0.0], [1.0, 0.0])
    """
    d, k = x.shape[1], int(np.diff(starts).max(initial=1))
    lengths, multipliers = np.zeros(len(outputs)), np.zeros(len(walls))
    scratch = scratch_of(d, k)
    _kernel()(np.stack([plus, -minus]), x, active, outputs, walls, starts, lengths, multipliers, scratch)
    return lengths, multipliers
