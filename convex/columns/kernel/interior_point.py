"""The bound of a box in compiled code: a primal-dual interior-point method for the program of `cone_program`.

The dual program: multipliers (f_k, y_k) of the cones and those of the limits, with sum_k f_k = 1 and, for each unknown,
a_i.y + below_i - above_i = 0. At its optimum w_k = -y_k are the weights of the sub-network with the largest output, so
sum_k ||w_k|| <= 1. Steps as by Mehrotra (1992), with the scalings of Nesterov and Todd. z is inside its limits all the
time: whenever the longest g_k is short enough, the question is answered.

One Newton step. With D the diagonal of limits, A the matrix of all a_i, M as in `convex.columns.kernel.cone_scaling`,
its column at t called M_t, and p = M (A dz) + M_t dt: dz = D^-1 (r - A^T p), so

    (M^-1 + A D^-1 A^T) p = A D^-1 r + M^-1 M_t dt,

a system of the size of all weights, however many rows there are; dt comes from its own equation. The step of y is the
error minus p: computed in this way, its residual shrinks to rounding with those of z.
"""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel.filtered_arithmetic import called
from arrangements.rays.kernel.state import Ints
from convex.columns.kernel.cholesky import factored, solved
from convex.columns.kernel.cone_program import Geometry, Program, Signs, combined, loaded, longest, product
from convex.columns.kernel.cone_scaling import complementarity, reach, scale

#: How an iteration ended: short enough; at the optimum or surely above what is allowed; not further in floats.
SHORT, SOLVED, STUCK = range(3)

_TURNS = 60
_INSIDE = 0.98  # share of the way to the boundary
_GAP = 1e-12  # of the unit: solved
_RESIDUAL = 1e-8  # up to which the dual value counts
_CLEARLY = 1e-3  # a gap that is short enough where the bound is above what is allowed
_STILL = 1e-7  # steps so short that nothing more will come


@called
def bounded(
    data: Geometry,
    v: Floats,
    box: Signs,
    members: Ints,
    m: int,
    allowed: float,
    program: Program,
    c: Floats,
    weights: Floats,
) -> tuple[int, float]:
    """Bound a box for some neurons, as `convex.columns.box_bounds.bound`; returns how it ended, and the bound.

    Args:
        data: the rows and neurons.
        v: what a unit of output is worth at each row.
        box: EITHER, POSITIVE or NEGATIVE for each row.
        members: numbers of neurons, m of them.
        m: how many.
        allowed: a bound that is small enough.
        program: room.
        c: written: c+ = c- of each row; where box is EITHER and v > 0, c+ = v and c- = 0 instead.
        weights: written: weights of the neurons, m x d.
    """
    d, size = data.x.shape[1], 0.0
    for i in range(len(v)):
        size = max(size, abs(v[i]))
    size = size if size > 0.0 else 1.0
    of_rows, count = loaded(data, v, size, box, members, m, program)
    for i in range(len(v)):
        c[i] = max(v[i], 0.0) if box[i] > 0 else 0.0
    ended, best = _iterated(program, of_rows, count, m, d, allowed / size)
    for i in range(of_rows):
        c[program.rows[i]] = program.best[i] * size
    for k in range(m):
        for j in range(d):
            weights[k, j] = -program.dual[k * d + j]
    return ended, best * size


@called
def _iterated(program: Program, of_rows: int, count: int, m: int, d: int, goal: float) -> tuple[int, float]:
    """Take steps until the question is answered, or nothing more comes; returns how it ended, and the longest g_k."""
    t = _begun(program, count, m, d)
    best = np.inf
    for _ in range(_TURNS):
        length = longest(program.g, m, d)
        if length < best:
            best = length
            for i in range(of_rows):
                program.best[i] = program.value[i]
        if best <= goal:
            return SHORT, best
        if not scale(program, t, m, d):
            break
        short, gap, value, residual, pairs = _measured(program, count, m, d, t)
        if residual < _RESIDUAL and (gap < _GAP or (gap < _CLEARLY * t and value - residual > goal)):
            return SOLVED, best
        if not _prepared(program, count, m, d):
            break
        mean = gap / pairs
        total = complementarity(program, m, d, 0.0, 0.0, False)
        step_t = _direction(program, count, m, d, 0.0, False, total - short)
        of_z, of_dual = _reaches(program, count, m, d, t, step_t)
        target = mean * (1.0 - min(of_z, of_dual, 1.0)) ** 3
        total = complementarity(program, m, d, target, step_t, True)
        step_t = _direction(program, count, m, d, target, True, total - short)
        of_z, of_dual = _reaches(program, count, m, d, t, step_t)
        of_z, of_dual = min(_INSIDE * of_z, 1.0), min(_INSIDE * of_dual, 1.0)
        if not max(of_z, of_dual) > _STILL:
            break
        t += of_z * step_t
        _moved(program, count, m, d, of_z, of_dual)
    return STUCK, best


@called
def _begun(program: Program, count: int, m: int, d: int) -> float:
    """Compute g, and choose t and multipliers to begin with."""
    for j in range(m * d):
        program.g[j] = program.b[j]
    combined(program, count, program.value, program.g)
    t = 1.1 * longest(program.g, m, d) + 0.1
    mean = 0.3 * t / m
    for k in range(m):
        program.front[k] = 1.0 / m
    for j in range(m * d):
        program.dual[j] = -0.7 / m * program.g[j] / t
    for i in range(count):
        low, high = program.value[i] - program.low[i], program.high[i] - program.value[i]
        program.below[i] = mean / low if low < np.inf else 0.0
        program.above[i] = mean / high if high < np.inf else 0.0
    return t


@called
def _measured(program: Program, count: int, m: int, d: int, t: float) -> tuple[float, float, float, float, float]:
    """Compute residuals and the diagonal D.

    Returns what is missing in sum_k f_k = 1, the gap, the dual value, the largest residual, and the number of pairs of
    a constraint with its multiplier.
    """
    short, gap, value, pairs = 1.0, 0.0, 0.0, float(m)
    for k in range(m):
        short -= program.front[k]
        gap += t * program.front[k]
    for j in range(m * d):
        gap += program.g[j] * program.dual[j]
        value -= program.b[j] * program.dual[j]
    largest = abs(short)
    for i in range(count):
        below, above, weight = program.below[i], program.above[i], 0.0
        rest = above - below - product(program, i, program.dual)
        program.residual[i] = rest
        largest = max(largest, abs(rest))
        if below > 0.0:
            gap += (program.value[i] - program.low[i]) * below
            value += program.low[i] * below
            weight += below / (program.value[i] - program.low[i])
            pairs += 1.0
        if above > 0.0:
            gap += (program.high[i] - program.value[i]) * above
            value -= program.high[i] * above
            weight += above / (program.high[i] - program.value[i])
            pairs += 1.0
        program.weight[i] = 1.0 / weight
    return short, gap, value, largest, pairs


@called
def _prepared(program: Program, count: int, m: int, d: int) -> bool:
    """Factor M^-1 + A D^-1 A^T, and solve for M^-1 M_t; False where that fails in floats."""
    h = program.h
    for j in range(m * d):
        for i in range(j + 1):
            h[j, i] = 0.0
    for i in range(count):
        shift, first = program.at[i] - program.first[i], program.first[i]
        for j in range(first, program.last[i]):
            factor = program.weight[i] * program.columns[shift + j]
            if factor != 0.0:
                for r in range(first, j + 1):
                    h[j, r] += factor * program.columns[shift + r]
    for k in range(m):
        start, size, w_0 = k * d, program.eta[k] ** 2, program.point_front[k]
        share = 2.0 / (1.0 + 2.0 * (w_0 * w_0 - 1.0))
        for j in range(start, start + d):
            for r in range(start, j + 1):
                h[j, r] -= size * share * program.point[j] * program.point[r]
            h[j, j] += size
            program.p_t[j] = -share * w_0 * program.point[j]
    if not factored(h, m * d):
        return False
    solved(h, m * d, program.p_t)
    return True


@called
def _direction(program: Program, count: int, m: int, d: int, target: float, corrected: bool, right_t: float) -> float:
    """Solve for the step of everything, given the errors of the cones; returns that of t."""
    p, step_g = program.p, program.step_g
    for j in range(m * d):
        p[j] = step_g[j] = 0.0
    for i in range(count):
        _limited(program, i, target, corrected)
        program.right[i] *= program.weight[i]
    combined(program, count, program.right, p)
    solved(program.h, m * d, p)
    above, under = right_t, 0.0
    for k in range(m):
        size, w_0 = program.eta[k] ** 2, program.point_front[k]
        share = -2.0 * w_0 / (1.0 + 2.0 * (w_0 * w_0 - 1.0))
        under += (2.0 * w_0 * w_0 - 1.0) / size
        for j in range(k * d, k * d + d):
            w = share * program.point[j]
            above -= w * p[j]
            under += w * (program.p_t[j] + 2.0 * w_0 * program.point[j] / size)
    step_t = above / under
    for j in range(m * d):
        p[j] += step_t * program.p_t[j]
    for i in range(count):
        program.step[i] = program.right[i] - program.weight[i] * product(program, i, p)
    combined(program, count, program.step, step_g)
    for i in range(count):
        if program.below[i] > 0.0:
            program.step_below[i] -= program.below[i] / (program.value[i] - program.low[i]) * program.step[i]
        if program.above[i] > 0.0:
            program.step_above[i] += program.above[i] / (program.high[i] - program.value[i]) * program.step[i]
    for k in range(m):
        size, w_0 = program.eta[k] ** 2, program.point_front[k]
        share = -2.0 * w_0 / (1.0 + 2.0 * (w_0 * w_0 - 1.0))
        front = (2.0 * w_0 * w_0 - 1.0) / size * step_t
        for j in range(k * d, k * d + d):
            front += share * program.point[j] * (p[j] + 2.0 * w_0 * program.point[j] / size * step_t)
            program.step_dual[j] = program.error[j] - p[j]
        program.step_front[k] = program.error_front[k] - front
    return step_t


@called
def _limited(program: Program, i: int, target: float, corrected: bool) -> None:
    """The right side of unknown i, and the part of the steps of its multipliers that does not depend on its step."""
    right = product(program, i, program.error) - program.residual[i]
    if program.below[i] > 0.0:
        room = program.value[i] - program.low[i]
        wanted = target - room * program.below[i]
        if corrected:
            wanted -= program.step[i] * program.step_below[i]
        program.step_below[i] = wanted / room
        right += wanted / room
    if program.above[i] > 0.0:
        room = program.high[i] - program.value[i]
        wanted = target - room * program.above[i]
        if corrected:
            wanted += program.step[i] * program.step_above[i]
        program.step_above[i] = wanted / room
        right -= wanted / room
    program.right[i] = right


@called
def _reaches(program: Program, count: int, m: int, d: int, t: float, step_t: float) -> tuple[float, float]:
    """The largest factors of the step that keep z and t, and the multipliers, within their limits."""
    of_z = of_dual = np.inf
    for i in range(count):
        step = program.step[i]
        if program.below[i] > 0.0:
            if step < 0.0:
                of_z = min(of_z, (program.low[i] - program.value[i]) / step)
            if program.step_below[i] < 0.0:
                of_dual = min(of_dual, -program.below[i] / program.step_below[i])
        if program.above[i] > 0.0:
            if step > 0.0:
                of_z = min(of_z, (program.high[i] - program.value[i]) / step)
            if program.step_above[i] < 0.0:
                of_dual = min(of_dual, -program.above[i] / program.step_above[i])
    for k in range(m):
        of_z = min(of_z, reach(t, program.g, step_t, program.step_g, k * d, d))
        of_dual = min(
            of_dual, reach(program.front[k], program.dual, program.step_front[k], program.step_dual, k * d, d)
        )
    return of_z, of_dual


@called
def _moved(program: Program, count: int, m: int, d: int, of_z: float, of_dual: float) -> None:
    """Take the step; g is computed anew."""
    for i in range(count):
        program.value[i] += of_z * program.step[i]
        if program.below[i] > 0.0:
            program.below[i] += of_dual * program.step_below[i]
        if program.above[i] > 0.0:
            program.above[i] += of_dual * program.step_above[i]
    for k in range(m):
        program.front[k] += of_dual * program.step_front[k]
    for j in range(m * d):
        program.dual[j] += of_dual * program.step_dual[j]
        program.g[j] = program.b[j]
    combined(program, count, program.value, program.g)
