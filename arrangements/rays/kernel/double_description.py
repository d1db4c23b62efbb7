"""The compiled kernel of the ray engine: cones split into cells, every sign proven.

r  dimension; a_k  row k, p, n, q  rays; v_k(x) = a_k.x  the value of row k on x

A node is a cone, kept as its extreme rays; a ray keeps the sets of rows on which it is positive and negative. A row
with both signs among the rays is undecided. The first such row, the pivot, splits the cone: each child has the rays of
its side, those on the pivot, and for each adjacent pair p, n on different sides the new ray q = |v(n)| p + v(p) n
(Motzkin et al. 1953, the double description). Two rays are adjacent iff no third ray lies on all decided rows that both
lie on; iff they share r - 2, if one of them lies on only r - 1. Where p and n do not differ in sign, the sign of q is
known without arithmetic. So arithmetic only answers: is a_k.q positive, negative or zero, where p and n differ? Where
signs alone are wanted, a node with two undecided rows needs no new rays (`arrangements.rays.kernel.last_rows`).
"""

from pathlib import Path
from typing import Any

import numpy as np

from arrangements.exact.packed_bits import Words
from arrangements.rays.kernel import error_bounds, filtered_arithmetic, interior_points, last_rows, modular_zero
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.error_bounds import refined
from arrangements.rays.kernel.filtered_arithmetic import (
    COARSE,
    FINE,
    NEAR_ZERO,
    ONE,
    combine_exact,
    combine_filtered,
    compiler,
    dimension,
    evaluate,
    inlined,
    lowest,
    ones,
    pasted,
    sign,
    stamp,
)
from arrangements.rays.kernel.interior_points import emit, emit_signs
from arrangements.rays.kernel.last_rows import emit_quadrants, last_two, quadrants
from arrangements.rays.kernel.modular_zero import solve_residues, vanishes
from arrangements.rays.kernel.state import Cells, Ints, Pool, Records, Space, State, Work

_DEAD = -2  # pivot of a node in which no point has the prescribed signs


@inlined
def _load_root(space: Space, pool: Pool, work: Work, state: State) -> None:
    """The next cone to start from: free start rays take both signs, counted in binary by `state.root`."""
    bits = state.root
    starts, r = len(space.start), dimension(space.start)
    words = len(work.sets)
    for i in range(starts):
        flip = work.flips[i] < 0
        if work.flips[i] == 0:
            flip = bits & 1 != 0
            bits >>= 1
        for j in range(2 * r):
            pool.rays[i, j] = -space.start[i, j] if flip else space.start[i, j]
        pool.rays[i, 2 * r] = space.start[i, 2 * r]
        for w in range(words):
            pool.sides[i, w] = space.start_sides[i, words + w if flip else w]
            pool.sides[i, words + w] = space.start_sides[i, w if flip else words + w]
    push_root(work, state, starts)
    state.root += 1


@inlined
def push_root(work: Work, state: State, count: int) -> None:
    """Make the cone whose rays are the first of the pool the only node on the stack."""
    for i in range(count):
        work.lists[i] = i
    frame = work.frames[0]
    frame.first, frame.count, frame.top = 0, count, count
    state.depth = 1


@inlined
def _survey(sides: Words, lists: Ints, sets: Records, first: int, count: int) -> tuple[int, int]:
    """Which rows have positive and negative rays. Returns how many have both, and a pivot (-1: none)."""
    words = len(sets)
    undecided, pivot, prescribed = 0, -1, False
    for w in range(words):
        up, down = np.uint64(0), np.uint64(0)
        for i in range(first, first + count):
            up |= sides[lists[i], w]
            down |= sides[lists[i], words + w]
        sets[w].up, sets[w].down = up, down
        both = up & down
        if (up & ~both & sets[w].want_minus) | (down & ~both & sets[w].want_plus):
            return 0, _DEAD
        undecided += ones(both)
        want = both & (sets[w].want_plus | sets[w].want_minus)
        if want and not prescribed:
            prescribed = True
            pivot = 64 * w + lowest(want)
        elif both and pivot < 0:
            pivot = 64 * w + lowest(both)
    return (undecided + 1 if prescribed else undecided), pivot


@inlined
def _sort(sides: Words, lists: Ints, order: Ints, first: int, count: int, pivot: int) -> tuple[int, int]:
    """Sort the node's rays by their side of the pivot. Returns how many are positive, and how many negative."""
    words = sides.shape[1] // 2
    w, bit = pivot >> 6, np.uint64(pivot & 63)
    plus, zero = 0, count
    for i in range(first, first + count):
        q = lists[i]
        if (sides[q, w] >> bit) & ONE:
            order[plus] = q
            plus += 1
        elif (sides[q, words + w] >> bit) & ONE == 0:
            zero -= 1
            order[zero] = q
    place = plus
    for i in range(first, first + count):
        q = lists[i]
        if (sides[q, words + w] >> bit) & ONE:
            order[place] = q
            place += 1
    return plus, zero - plus


@inlined
def _tighten(sides: Words, work: Work, count: int) -> None:
    """For each ray of the node the decided rows that it lies on."""
    words = len(work.sets)
    for i in range(count):
        q, number = work.order[i], 0
        for w in range(words):
            rows = ~(sides[q, w] | sides[q, words + w]) & (work.sets[w].up ^ work.sets[w].down)
            work.tight[i, w] = rows
            number += ones(rows)
        work.entries[i].number, work.entries[i].valued = number, 0


@inlined
def _adjacent(tight: Words, entries: Records, sets: Records, i: int, k: int, rays: int, r: int) -> bool:
    """Whether rays i and k of the node span a two-dimensional face."""
    words, number = tight.shape[1], 0
    for w in range(words):
        number += ones(tight[i, w] & tight[k, w])
    if number < r - 2:
        return False
    if entries[i].number == r - 1 or entries[k].number == r - 1:
        return True
    for w in range(words):
        sets[w].common = tight[i, w] & tight[k, w]
    for q in range(rays):
        missing = np.uint64(0)
        for w in range(words):
            missing |= sets[w].common & ~tight[q, w]
        if missing == 0 and q != i and q != k:
            return False
    return True


@pasted
def _mark(space: Space, pool: Pool, work: Work, i: int, k: int, q: int, pivot: int) -> bool:
    """The rows on which the new ray of i and k is positive and negative. Returns whether one is in doubt."""
    sides, r, p, n = pool.sides, dimension(pool.rays), work.order[i], work.order[k]
    words = sides.shape[1] // 2
    doubt = not space.exact and not pool.rays[q, 2 * r] <= COARSE
    known, solved = not doubt, False
    for w in range(words):
        plus, minus = sides[p, w] | sides[n, w], sides[p, words + w] | sides[n, words + w]
        mixed = plus & minus
        plus, minus = plus & ~mixed, minus & ~mixed
        if w == pivot >> 6:
            mixed &= ~(ONE << np.uint64(pivot & 63))
        while mixed and known:
            bit = mixed & (~mixed + ONE)
            mixed &= mixed - ONE
            row = 64 * w + ones(bit - ONE)
            side = sign(space, pool, row, q)
            if side == 1:
                plus |= bit
            elif side == -1:
                minus |= bit
            elif side == NEAR_ZERO:
                solved = solved or solve_residues(space, work, i, k, pivot, r)
                if not solved or not vanishes(space, work, row, r):
                    doubt, known = True, False
        sides[q, w], sides[q, words + w] = plus, minus
    return doubt


@pasted
def _cross(space: Space, pool: Pool, work: Work, state: State, count: int, top: int, pivot: int) -> int:
    """Make the new rays on the pivot. Returns where they end, -1 if there is no room."""
    plus, r, q, doubts = state.plus, dimension(pool.rays), top, 0
    for i in range(plus):
        for k in range(plus, plus + state.minus):
            if not _adjacent(work.tight, work.entries, work.sets, i, k, count, r):
                continue
            if q == len(pool.rays):
                return -1
            for end in (i, k):
                if not work.entries[end].valued:
                    evaluate(space, pool, work, end, pivot)
            if space.exact:
                combine_exact(pool, work, i, k, q)
            else:
                combine_filtered(pool, work, i, k, q)
                if pool.rays[q, 2 * r] > FINE:
                    bound = refined(space.rows, work.tight, i, k, pivot, pool.rays, q, work.matrix, work.picked, r)
                    pool.rays[q, 2 * r] = min(pool.rays[q, 2 * r], bound)
            if _mark(space, pool, work, i, k, q, pivot):
                work.doubts[doubts] = q
                doubts += 1
            q += 1
    state.doubts = doubts
    return q


@inlined
def _push_children(work: Work, state: State) -> None:
    """Push the children that are wanted, in place of the node: rays of one side, those on the pivot, the new ones."""
    lists, order, sets = work.lists, work.order, work.sets[state.pivot >> 6]
    bit = np.uint64(state.pivot & 63)
    depth, end, top = state.depth - 1, state.offset, state.top + state.new
    plus, both = state.plus, state.plus + state.minus
    for side in range(2):
        if ((sets.want_minus if side else sets.want_plus) >> bit) & ONE:
            continue
        frame = work.frames[depth]
        frame.first = end
        for i in range(0 if side else plus, plus if side else both):
            lists[end] = order[i]
            end += 1
        for i in range(both, both + state.zero):
            lists[end] = order[i]
            end += 1
        for q in range(state.top, top):
            lists[end] = q
            end += 1
        frame.count, frame.top = end - frame.first, top
        depth += 1
    state.nodes += depth - state.depth  # a prescribed side splits nothing
    state.depth = depth
    state.rays += state.new


@inlined
def _finish(space: Space, pool: Pool, work: Work, cells: Cells, state: State, first: int, count: int) -> bool:
    """Find the cells of a node with two undecided rows. Returns False if it must be split instead."""
    a, b = last_two(work)
    if a < 0:
        return False
    found = quadrants(space, pool, work, first, count, a, b)
    if found < 0:
        return False
    if state.mode == st.SIGNS:
        emit_quadrants(work, cells, state.cells, a, b, found)
    number = ones(np.uint64(found))
    state.cells += number
    state.nodes += number - 1
    return True


def _compiled(stamp: int) -> Any:
    """The kernel, cached on disk under a stamp of all sources that are compiled into it; numba looks at one alone."""

    @compiler(cache=True, nogil=True)
    def run(space: Space, pool: Pool, work: Work, cells: Cells, states: Records) -> int:
        if not stamp:  # never: this makes the stamp a part of the code
            return st.DONE
        state: State = states[0]
        mode = state.mode
        while True:
            if state.pending:
                state.pending = 0
                _push_children(work, state)
            if state.depth == 0:
                if state.root == state.roots:
                    return st.DONE
                _load_root(space, pool, work, state)
            if state.nodes >= state.limit:
                return st.BUDGET
            if mode != st.COUNT and state.cells + 2 > len(cells.words):
                return st.FULL
            depth = state.depth - 1
            first, count, top = work.frames[depth].first, work.frames[depth].count, work.frames[depth].top
            undecided, pivot = _survey(pool.sides, work.lists, work.sets, first, count)
            if pivot == _DEAD:
                state.depth = depth
                continue
            room = mode == st.COUNT or (mode == st.SIGNS and state.cells + 4 <= len(cells.words))
            if (
                undecided == 2
                and room
                and state.nodes + 3 <= state.limit
                and _finish(space, pool, work, cells, state, first, count)
            ):
                state.depth = depth
                continue
            leaf = undecided == 0 or (undecided == 1 and mode != st.EACH)
            if undecided and not (leaf and mode in (st.COUNT, st.SIGNS)):
                state.plus, state.minus = _sort(pool.sides, work.lists, work.order, first, count, pivot)
            if leaf:
                placed = True
                if mode != st.COUNT:
                    emit_signs(work, cells, state.cells, pivot)
                if mode in (st.LIST, st.EACH):
                    placed = emit(space, pool, work, cells, state, first, count, pivot)
                if placed or undecided == 0:
                    state.depth = depth
                    state.cells += 1 + undecided
                    state.nodes += undecided
                    if not placed:
                        return st.WITNESS
                    if mode == st.EACH:
                        return st.CELL
                    continue
            _tighten(pool.sides, work, count)
            end = _cross(space, pool, work, state, count, top, pivot)
            both = state.plus + state.minus
            if end < 0 or first + both + 2 * (count - both + end - top) > len(work.lists):
                return st.GROW
            state.offset, state.top, state.pivot = first, top, pivot
            state.new, state.zero = end - top, count - both
            state.pending = 1
            if state.doubts:
                return st.DOUBT

    return run


#: All sources that are compiled into the kernel.
SOURCES = tuple(
    Path(str(module.__file__))
    for module in (st, filtered_arithmetic, error_bounds, interior_points, last_rows, modular_zero)
)
SOURCES += (Path(__file__),)


#: Search until something must be said to the caller: returns one of the codes in `arrangements.rays.kernel.state`. All
#: there is to know is in the arguments (Space, Pool, Work, Cells, a State); called again with them, it goes on.
run = _compiled(stamp(SOURCES))
