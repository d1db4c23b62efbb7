"""Points in the cells that the ray engine's compiled kernel finds."""

import math

import numpy as np

from arrangements.exact.packed_bits import Words
from arrangements.rays.kernel.filtered_arithmetic import EXACT, ONE, U, inlined, ones, pasted
from arrangements.rays.kernel.state import Cells, Floats, Ints, Pool, Records, Space, State, Work


@inlined
def _add(rays: Floats, which: Ints, first: int, last: int, total: Floats) -> None:
    """Sum of rays."""
    for j in range(len(total)):
        total[j] = 0.0
    for i in range(first, last):
        for j in range(len(total)):
            total[j] += rays[which[i], j]


@inlined
def _touch(sides: Words, lists: Ints, sets: Records, first: int, count: int) -> None:
    """Which rows some ray of the node lies on: the walls of its cells are among them and the pivot."""
    words = len(sets)
    for w in range(words):
        touched = np.uint64(0)
        for i in range(first, first + count):
            touched |= ~(sides[lists[i], w] | sides[lists[i], words + w])
        sets[w].touched = touched & (sets[w].up | sets[w].down)


@inlined
def _inside(rows: Floats, sets: Records, words: Words, points: Floats, m: int, r: int) -> bool:
    """Whether the point of cell m is proven to be on its side of every touched row.

    fl(a.w) differs from the true value by less than (r + 2) u sum |a_j w_j|, the entries of a rounded.
    """
    for w in range(words.shape[1]):
        rest = sets[w].touched
        while rest:
            bit = rest & (~rest + ONE)
            rest &= rest - ONE
            k = 64 * w + ones(bit - ONE)
            s, size = 0.0, 0.0
            for j in range(r):
                t = rows[k, j] * points[m, j]
                s += t
                size += abs(t)
            if not (s if words[m, w] & bit else -s) > (r + 4) * U * size + 1e-280:
                return False
    return True


@pasted
def _place(space: Space, work: Work, cells: Cells, m: int) -> bool:
    """Write line 2 of the points as the point of cell m: as it is (exact), or on a grid where it is proven inside.

    Grids are tried from coarse to fine, for short integers: with 16, 32 and 50 binary digits in the caller's
    coordinates, at last with 50 in working ones. Returns whether one would do.
    """
    points, sets = work.points, work.sets
    r = points.shape[1]
    cells.kinds[m] = 0
    if space.exact:
        for j in range(r):
            cells.points[m, j] = points[2, j]
        return True
    for i in range(r):
        points[3, i] = 0.0
        for j in range(r):
            points[3, i] += space.back[i, j] * points[2, j]
    rows, source, digits = space.check, 3, 16
    while True:
        largest = 0.0
        for j in range(r):
            largest = max(largest, abs(points[source, j]))
        if 0.0 < largest < np.inf:
            scale = math.ldexp(1.0, digits - math.frexp(largest)[1])
            for j in range(r):
                cells.points[m, j] = np.rint(points[source, j] * scale)
            if _inside(rows, sets, cells.words, cells.points, m, r):
                return True
        if source == 2:
            return False
        if digits == 50:
            rows, source = space.rows, 2
            cells.kinds[m] = 1
        else:
            digits = min(2 * digits, 50)


@pasted
def emit(space: Space, pool: Pool, work: Work, cells: Cells, state: State, first: int, count: int, pivot: int) -> bool:
    """Points in the cells of a node: of the one that it is, or of the two beside its only undecided row, the pivot.

    In a cell, the sum s of all rays. Beside the pivot no new rays are needed: with t the sum of the rays of one side,
    s + l t is inside that side's cell for large l. Returns whether all points could be written.
    """
    points, plus = work.points, state.plus
    _add(pool.rays, work.lists, first, first + count, points[0])
    if not space.exact:
        _touch(pool.sides, work.lists, work.sets, first, count)
    if pivot >= 0:
        work.sets[pivot >> 6].touched |= ONE << np.uint64(pivot & 63)
    for side in range(1 if pivot < 0 else 2):
        factor = 0.0
        if pivot >= 0:
            _add(pool.rays, work.order, 0 if side else plus, plus if side else plus + state.minus, points[1])
            s, t = 0.0, 0.0
            for j in range(points.shape[1]):
                s += space.rows[pivot, j] * points[0, j]
                t += space.rows[pivot, j] * points[1, j]
            s, t = (s, t) if side else (-s, -t)
            if not t > 0.0:
                return False
            factor = 0.0 if s > 0.0 else np.floor(-s / t) + 1.0 if space.exact else 1.0 - 2.0 * s / t
        for j in range(points.shape[1]):
            x, y = points[0, j], factor * points[1, j] if pivot >= 0 else 0.0
            if pivot >= 0 and not abs(x) + abs(y) < EXACT:
                return False
            points[2, j] = x + y
        if not _place(space, work, cells, state.cells + side):
            return False
    return True


@inlined
def emit_signs(work: Work, cells: Cells, m: int, pivot: int) -> None:
    """The words of cell m, which a node is; or of m and m + 1, the two beside its only undecided row, the pivot."""
    for w in range(cells.words.shape[1]):
        cells.words[m, w] = work.sets[w].up
    if pivot >= 0:
        for w in range(cells.words.shape[1]):
            cells.words[m + 1, w] = work.sets[w].up
        cells.words[m, pivot >> 6] &= ~(ONE << np.uint64(pivot & 63))
