"""Points in the cells that the ray engine's compiled kernel finds."""

import math
from typing import Any

import numpy as np

from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.filtered_arithmetic import EXACT, ONE, U, called, inlined, ones

_DIGITS = (16, 32, 50)  # grids to try for a point, coarse ones for short integers


@inlined
def _add(rays: Any, which: Any, first: Any, count: Any, points: Any, target: Any) -> Any:
    """Sum of rays."""
    for j in range(points.shape[1]):
        points[target, j] = 0.0
    for i in range(first, first + count):
        for j in range(points.shape[1]):
            points[target, j] += rays[which[i], j]


@inlined
def _touch(sides: Any, lists: Any, sets: Any, first: Any, count: Any) -> Any:
    """Which rows some ray of the node lies on: the walls of its cells are among them and the pivot."""
    words = sets.shape[1]
    for w in range(words):
        touched = np.uint64(0)
        for i in range(first, first + count):
            touched |= ~(sides[lists[i], w] | sides[lists[i], words + w])
        sets[st.TOUCHED, w] = touched & (sets[st.UP, w] | sets[st.DOWN, w])


@inlined
def _inside(rows: Any, sets: Any, words: Any, points: Any, m: Any, r: Any) -> Any:
    """Whether the point of cell m is proven to be on its side of every touched row.

    fl(a.w) differs from the true value by less than (r + 2) u sum |a_j w_j|, the entries of a rounded.
    """
    for w in range(words.shape[1]):
        rest = sets[st.TOUCHED, w]
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


@called
def _on_grid(rows: Any, sets: Any, words: Any, cell_points: Any, m: Any, points: Any, source: Any, digits: Any) -> Any:
    """Move a sum of rays to a grid, as the point of cell m. Returns whether it is proven to be inside."""
    r, largest = points.shape[1], 0.0
    for j in range(r):
        largest = max(largest, abs(points[source, j]))
    if not 0.0 < largest < np.inf:
        return False
    scale = math.ldexp(1.0, digits - math.frexp(largest)[1])
    for j in range(r):
        cell_points[m, j] = np.rint(points[source, j] * scale)
    return _inside(rows, sets, words, cell_points, m, r)


@inlined
def _place(space: Any, work: Any, cells: Any, m: Any, source: Any) -> Any:
    """Write the point of cell m: as it is (exact), or moved to a grid and proven inside. Returns whether it could."""
    points, sets = work.points, work.sets
    r = points.shape[1]
    cells.kinds[m] = 0
    if space.exact:
        for j in range(r):
            cells.points[m, j] = points[source, j]
        return True
    for i in range(r):
        points[3, i] = 0.0
        for j in range(r):
            points[3, i] += space.back[i, j] * points[source, j]
    for digits in _DIGITS:
        if _on_grid(space.check, sets, cells.words, cells.points, m, points, 3, digits):
            return True
    cells.kinds[m] = 1
    return _on_grid(space.rows, sets, cells.words, cells.points, m, points, source, _DIGITS[-1])


@inlined
def emit_pair(space: Any, pool: Any, work: Any, cells: Any, state: Any, first: Any, count: Any, pivot: Any) -> Any:
    """The two cells of a node whose only undecided row is the pivot, its rays sorted by it, without new rays.

    With s the sum of all rays and t that of one side, s + l t is inside that side's cell for large l. Returns whether
    it could.
    """
    points, plus, minus = work.points, state[st.PLUS], state[st.MINUS]
    _add(pool.rays, work.lists, first, count, points, 0)
    if not space.exact:
        _touch(pool.sides, work.lists, work.sets, first, count)
    word, bit = pivot >> 6, ONE << np.uint64(pivot & 63)
    work.sets[st.TOUCHED, word] |= bit
    for side in range(2):
        _add(pool.rays, work.order, 0 if side else plus, plus if side else minus, points, 1)
        s, t = 0.0, 0.0
        for j in range(points.shape[1]):
            s += space.rows[pivot, j] * points[0, j]
            t += space.rows[pivot, j] * points[1, j]
        s, t = (s, t) if side else (-s, -t)
        if not t > 0.0:
            return False
        factor = 0.0 if s > 0.0 else np.floor(-s / t) + 1.0 if space.exact else 1.0 - 2.0 * s / t
        for j in range(points.shape[1]):
            x, y = points[0, j], factor * points[1, j]
            if not abs(x) + abs(y) < EXACT:
                return False
            points[2, j] = x + y
        m = state[st.CELLS] + side
        for w in range(cells.words.shape[1]):
            cells.words[m, w] = work.sets[st.UP, w]
        if not side:
            cells.words[m, word] &= ~bit
        if not _place(space, work, cells, m, 2):
            return False
    return True


@inlined
def emit_signs(work: Any, cells: Any, m: Any) -> Any:
    """The words of cell m, which a node is."""
    for w in range(cells.words.shape[1]):
        cells.words[m, w] = work.sets[st.UP, w]


@inlined
def emit_both_signs(work: Any, cells: Any, m: Any, pivot: Any) -> Any:
    """The words of cells m and m + 1, the two of a node whose only undecided row is the pivot."""
    emit_signs(work, cells, m)
    emit_signs(work, cells, m + 1)
    cells.words[m, pivot >> 6] &= ~(ONE << np.uint64(pivot & 63))


@inlined
def emit(space: Any, pool: Any, work: Any, cells: Any, m: Any, first: Any, count: Any) -> Any:
    """Cell m, which a node is. Returns whether its point could be written."""
    emit_signs(work, cells, m)
    _add(pool.rays, work.lists, first, count, work.points, 0)
    if not space.exact:
        _touch(pool.sides, work.lists, work.sets, first, count)
    return _place(space, work, cells, m, 0)
