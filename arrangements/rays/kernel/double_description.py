"""The compiled kernel of the ray engine: cones split into cells, every sign proven.

r  dimension; a_k  row k, p, n, q  rays; v_k(x) = a_k.x  the value of row k on x

A node is a cone, kept as its extreme rays; a ray keeps the sets of rows on which it is positive and negative. A row
with both signs among the rays is undecided. The first such row, the pivot, splits the cone: each child has the rays of
its side, those on the pivot, and for each adjacent pair p, n on different sides the new ray q = |v(n)| p + v(p) n
(Motzkin et al. 1953, the double description). Two rays are adjacent iff no third ray lies on all decided rows that both
lie on; iff they share r - 2, if one of them lies on only r - 1. Where p and n do not differ in sign, the sign of q is
known without arithmetic. So arithmetic only answers: is a_k.q positive, negative or zero, where p and n differ?
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from arrangements.rays.kernel import error_bounds as ray_refine
from arrangements.rays.kernel import filtered_arithmetic as ray_arithmetic
from arrangements.rays.kernel import interior_points as ray_witness
from arrangements.rays.kernel import modular_zero as ray_zero
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
    sign,
)
from arrangements.rays.kernel.interior_points import emit, emit_both_signs, emit_pair, emit_signs
from arrangements.rays.kernel.modular_zero import solve_residues, vanishes

_DEAD = -2  # pivot of a node in which no point has the prescribed signs


@inlined
def _load_root(space: Any, pool: Any, work: Any, state: Any) -> Any:
    """The next cone to start from: free start rays take both signs, counted in binary by the register ROOT."""
    bits = state[st.ROOT]
    starts, r = len(space.start), dimension(space.start)
    words = work.sets.shape[1]
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
        work.lists[i] = i
    work.frames[0, 0], work.frames[0, 1], work.frames[0, 2] = 0, starts, starts
    state[st.DEPTH] = 1
    state[st.ROOT] += 1


@inlined
def _survey(sides: Any, lists: Any, sets: Any, first: Any, count: Any) -> Any:
    """Which rows have positive and negative rays. Returns how many have both, and a pivot (-1: none)."""
    words = sets.shape[1]
    for w in range(words):
        up, down = np.uint64(0), np.uint64(0)
        for i in range(first, first + count):
            up |= sides[lists[i], w]
            down |= sides[lists[i], words + w]
        sets[st.UP, w], sets[st.DOWN, w] = up, down
    undecided, pivot, prescribed = 0, -1, False
    for w in range(words):
        up, down = sets[st.UP, w], sets[st.DOWN, w]
        both = up & down
        if (up & ~both & sets[st.WANT_MINUS, w]) | (down & ~both & sets[st.WANT_PLUS, w]):
            return 0, _DEAD
        undecided += ones(both)
        want = both & (sets[st.WANT_PLUS, w] | sets[st.WANT_MINUS, w])
        if want and not prescribed:
            prescribed = True
            pivot = 64 * w + lowest(want)
        elif both and pivot < 0:
            pivot = 64 * w + lowest(both)
    return (undecided + 1 if prescribed else undecided), pivot


@inlined
def _sort(sides: Any, lists: Any, order: Any, first: Any, count: Any, pivot: Any) -> Any:
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
def _tighten(sides: Any, order: Any, sets: Any, tight: Any, counts: Any, count: Any) -> Any:
    """For each ray of the node the decided rows that it lies on."""
    words = sets.shape[1]
    for i in range(count):
        number = 0
        for w in range(words):
            rows = ~(sides[order[i], w] | sides[order[i], words + w]) & (sets[st.UP, w] ^ sets[st.DOWN, w])
            tight[i, w] = rows
            number += ones(rows)
        counts[i, 0], counts[i, 1] = number, -1


@inlined
def _adjacent(tight: Any, counts: Any, sets: Any, i: Any, k: Any, rays: Any, r: Any) -> Any:
    """Whether rays i and k of the node span a two-dimensional face."""
    words, number = tight.shape[1], 0
    for w in range(words):
        number += ones(tight[i, w] & tight[k, w])
    if number < r - 2:
        return False
    if counts[i, 0] == r - 1 or counts[k, 0] == r - 1:
        return True
    for w in range(words):
        sets[st.COMMON, w] = tight[i, w] & tight[k, w]
    for q in range(rays):
        missing = np.uint64(0)
        for w in range(words):
            missing |= sets[st.COMMON, w] & ~tight[q, w]
        if missing == 0 and q != i and q != k:
            return False
    return True


@inlined
def _mark(space: Any, pool: Any, work: Any, i: Any, k: Any, q: Any, pivot: Any) -> Any:
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


@inlined
def _cross(space: Any, pool: Any, work: Any, state: Any, count: Any, top: Any, pivot: Any) -> Any:
    """Make the new rays on the pivot. Returns where they end, -1 if there is no room."""
    plus, r, q, doubts = state[st.PLUS], dimension(pool.rays), top, 0
    for i in range(plus):
        for k in range(plus, plus + state[st.MINUS]):
            if not _adjacent(work.tight, work.counts, work.sets, i, k, count, r):
                continue
            if q == len(pool.rays):
                return -1
            if work.counts[i, 1] < 0:
                evaluate(space, pool, work, i, pivot, True)
            if work.counts[k, 1] < 0:
                evaluate(space, pool, work, k, pivot, False)
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
    state[st.DOUBTS] = doubts
    return q


@inlined
def _push_children(frames: Any, lists: Any, order: Any, sets: Any, state: Any) -> Any:
    """Push the children that are wanted, in place of the node: rays of one side, those on the pivot, the new ones."""
    w, bit = state[st.PIVOT] >> 6, np.uint64(state[st.PIVOT] & 63)
    depth, end, top = state[st.DEPTH] - 1, state[st.OFFSET], state[st.TOP] + state[st.NEW]
    plus, both = state[st.PLUS], state[st.PLUS] + state[st.MINUS]
    for side in range(2):
        if (sets[st.WANT_MINUS if side else st.WANT_PLUS, w] >> bit) & ONE:
            continue
        first = end
        for i in range(0 if side else plus, plus if side else both):
            lists[end] = order[i]
            end += 1
        for i in range(both, both + state[st.ZERO]):
            lists[end] = order[i]
            end += 1
        for q in range(state[st.TOP], top):
            lists[end] = q
            end += 1
        frames[depth, 0], frames[depth, 1], frames[depth, 2] = first, end - first, top
        depth += 1
    state[st.NODES] += depth - state[st.DEPTH]  # a prescribed side splits nothing
    state[st.DEPTH] = depth
    state[st.RAYS] += state[st.NEW]


def _compiled(stamp: int) -> Any:
    """The kernel, cached on disk under a stamp of all sources that are compiled into it; numba looks at one alone."""

    @compiler(cache=True, nogil=True)
    def run(space: Any, pool: Any, work: Any, cells: Any, state: Any) -> Any:
        if not stamp:  # never: this makes the stamp a part of the code
            return st.DONE
        mode, frames, lists = state[st.MODE], work.frames, work.lists
        while True:
            if state[st.PENDING]:
                state[st.PENDING] = 0
                _push_children(frames, lists, work.order, work.sets, state)
            if state[st.DEPTH] == 0:
                if state[st.ROOT] == state[st.ROOTS]:
                    return st.DONE
                _load_root(space, pool, work, state)
            if state[st.NODES] >= state[st.LIMIT]:
                return st.BUDGET
            if mode != st.COUNT and state[st.CELLS] + 2 > len(cells.words):
                return st.FULL
            depth = state[st.DEPTH] - 1
            first, count, top = frames[depth, 0], frames[depth, 1], frames[depth, 2]
            undecided, pivot = _survey(pool.sides, lists, work.sets, first, count)
            if pivot == _DEAD:
                state[st.DEPTH] = depth
                continue
            if undecided == 0:
                state[st.DEPTH] = depth
                state[st.CELLS] += 1
                if mode == st.SIGNS:
                    emit_signs(work, cells, state[st.CELLS] - 1)
                elif mode != st.COUNT and not emit(space, pool, work, cells, state[st.CELLS] - 1, first, count):
                    return st.WITNESS
                if mode == st.EACH:
                    return st.CELL
                continue
            paired = undecided == 1 and mode in (st.COUNT, st.SIGNS)
            if paired and mode == st.SIGNS:
                emit_both_signs(work, cells, state[st.CELLS], pivot)
            if not paired:
                state[st.PLUS], state[st.MINUS] = _sort(pool.sides, lists, work.order, first, count, pivot)
                if undecided == 1 and mode == st.LIST:
                    paired = emit_pair(space, pool, work, cells, state, first, count, pivot)
            if paired:
                state[st.DEPTH] = depth
                state[st.CELLS] += 2
                state[st.NODES] += 1
                continue
            _tighten(pool.sides, work.order, work.sets, work.tight, work.counts, count)
            end = _cross(space, pool, work, state, count, top, pivot)
            both = state[st.PLUS] + state[st.MINUS]
            if end < 0 or first + both + 2 * (count - both + end - top) > len(lists):
                return st.GROW
            state[st.OFFSET], state[st.TOP], state[st.PIVOT] = first, top, pivot
            state[st.NEW], state[st.ZERO] = end - top, count - both
            state[st.PENDING] = 1
            if state[st.DOUBTS]:
                return st.DOUBT

    return run


#: All sources that are compiled into the kernel.
SOURCES = tuple(Path(str(module.__file__)) for module in (st, ray_arithmetic, ray_refine, ray_witness, ray_zero))
SOURCES += (Path(__file__),)


def stamp(sources: Iterable[Path]) -> int:
    """A checksum of source files, not 0."""
    return crc32(b"".join(path.read_bytes() for path in sources)) | 1 << 32


#: Search until something must be said to the caller: returns one of the codes in `arrangements.rays.kernel.state`. All
#: there is to know is in the arguments (Space, Pool, Work, Cells, registers); called again with them, the search goes
#: on.
run = _compiled(stamp(SOURCES))
