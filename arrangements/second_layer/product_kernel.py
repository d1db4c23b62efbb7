"""The compiled loop over the tuples of the second layer: each is loaded as a product cone and searched.

m  width; signed mask 2 k: active region k with output sign +, 2 k + 1 with -; a tuple: m increasing numbers

A ray of a factor lies on all rows of the other blocks, and a row that is not active in its region is 0 there; so the
signs of all rows on all rays of a product are known from the factors without arithmetic: a mixed row has both, a row
with a forced sign has one, a structural zero none. `arrangements.rays.kernel.double_description` does the rest.

Tuples come in lexicographic order: as long as the first neurons stay, their rows and rays stay loaded. Flipping all
output signs is a symmetry: of a tuple and its mirror image only the first in this order is searched.

A tuple that an earlier run could not finish is given with its open nodes. Each of them is searched from the product
cone on with its signs prescribed, which the ray kernel then decides first and does not count as nodes.
"""

import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import typeof, types

from arrangements.exact.packed_bits import Words
from arrangements.rays.kernel import double_description as ray_kernel
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.double_description import push_root
from arrangements.rays.kernel.filtered_arithmetic import ONE, compiler, inlined, pasted, stamp
from arrangements.rays.kernel.state import Cells, Ints, Pool, Records, Space, State, Work
from arrangements.second_layer import product_state
from arrangements.second_layer.product_factors import Factors
from arrangements.second_layer.product_state import Progress, Tuples


class Search(types.WrapperAddressProtocol):
    """The ray kernel as a value that compiled code calls, so that the loop need not contain a copy of it."""

    def __init__(self) -> None:
        kernel = ray_kernel.run
        samples = (
            st.space_of(1, 1, 1, True, np.zeros(0, np.int64)),
            st.pool_of(1, 1, 1),
            st.work_of(1, 1, 1, 1, 1, 1),
            st.cells_of(1, 1, 1),
            st.record(State),
        )
        arguments = tuple(map(typeof, samples))
        kernel.compile(arguments)
        self._found = kernel.overloads[arguments]

    def __wrapper_address__(self) -> int:
        """Where the machine code is."""
        return int(self._found.library.get_pointer_to_function(self._found.fndesc.llvm_cfunc_wrapper_name))

    def signature(self) -> Any:
        """Numba's types of its arguments and of what it returns."""
        return self._found.signature


@cache
def search() -> Search:
    """The compiled ray kernel."""
    return Search()


@inlined
def _weight(chosen: Ints) -> tuple[int, int]:
    """How many tuples one search stands for: 2, 1 if a tuple is its own mirror image, 0 if that comes earlier.

    Returns that, and for 0 the place that decides it, whatever follows.
    """
    i, last = 0, len(chosen) - 1
    while i <= last:
        if chosen[i] & 1:
            return 0, i
        if i == last or chosen[i + 1] != chosen[i] + 1:
            return 2, last
        i += 2
    return 1, last


@inlined
def _advance(chosen: Ints, size: int, place: int) -> int:
    """The next tuple that differs in that place or before. Returns the first place that changed.

    Past the last tuple, all is `size`.
    """
    m, i = len(chosen), place
    while i > 0 and chosen[i] == size - m + i:
        i -= 1
    chosen[i] += 1
    if chosen[i] > size - m + i:
        for j in range(m):
            chosen[j] = size
        return 0
    for j in range(i + 1, m):
        chosen[j] = chosen[j - 1] + 1
    return i


@inlined
def _before(chosen: Ints, stop: Ints) -> bool:
    for i in range(len(chosen)):
        if chosen[i] != stop[i]:
            return bool(chosen[i] < stop[i])
    return False


@inlined
def _put(factors: Factors, space: Space, row: int, i: int, j: int, factor: int, scale: float) -> None:
    """Write factor times direction i into block j of a row."""
    r, size = factors.rows.shape[1] // 2, space.rows.shape[1] // 2
    for t in range(r):
        c = j * r + t
        space.rows[row, c] = factor * scale * factors.rows[i, t]
        if not space.exact:
            space.rows[row, size + c] = factor * scale * factors.rows[i, r + t]
            space.check[row, c] = factor * factors.check[i, t]
            for e in range(len(space.primes)):
                space.residues[row, c, e] = factor * factors.residues[i, t, e]


@inlined
def _bit(words: Words, k: int, i: int) -> bool:
    return (words[k, i >> 6] >> np.uint64(i & 63)) & ONE != 0


@pasted
def _load_rows(factors: Factors, space: Space, j: int, neuron: int, slots: int, scale: float) -> None:
    """The rows of block j: what neuron j adds to each direction, and its walls."""
    region, output = neuron >> 1, -1 if neuron & 1 else 1
    directions, wall = len(factors.rows), factors.wall_starts[region]
    for row in range(directions + factors.wall_starts[region + 1] - wall):
        i = row if row < directions else factors.wall_list[wall + row - directions]
        active = _bit(factors.active, region, i)
        if row < directions:
            _put(factors, space, row, i, j, output if active else 0, scale)
        else:
            _put(factors, space, row + j * slots, i, j, 1 if active else -1, scale)


@pasted
def _load_rays(factors: Factors, space: Space, pool: Pool, j: int, neuron: int, slots: int, first: int) -> int:
    """The rays of factor j, from place `first` in the pool. Returns where they end."""
    region, directions, r = neuron >> 1, len(factors.rows), factors.rows.shape[1] // 2
    size, words = space.rows.shape[1] // 2, pool.sides.shape[1] // 2
    q = first
    for place in range(factors.ray_starts[region], factors.ray_starts[region + 1]):
        ray = factors.ray_list[place]
        for c in range(2 * size):
            pool.rays[q, c] = 0.0
        for t in range(r):
            pool.rays[q, j * r + t] = factors.rays[ray, t]
            pool.rays[q, size + j * r + t] = factors.rays[ray, r + t]
        pool.rays[q, 2 * size] = factors.rays[ray, 2 * r]
        for w in range(2 * words):
            pool.sides[q, w] = np.uint64(0)
        for w in range(factors.positive.shape[1]):
            pool.sides[q, words + w if neuron & 1 else w] = factors.positive[ray, w]
        row = directions + j * slots
        for t in range(factors.wall_starts[region], factors.wall_starts[region + 1]):
            if _bit(factors.nonzero, ray, factors.wall_list[t]):
                pool.sides[q, row >> 6] |= ONE << np.uint64(row & 63)
            row += 1
        q += 1
    return q


@inlined
def _open(work: Work, state: State, tuples: Tuples, progress: Progress) -> None:
    """Make the tuple's product cone the only node on the stack, with the signs of an open node if one waits."""
    waiting = progress.waiting > 0
    if waiting:
        progress.waiting -= 1
    for w in range(len(work.sets)):
        work.sets[w].want_plus = tuples.nodes[progress.waiting, 0, w] if waiting else np.uint64(0)
        work.sets[w].want_minus = tuples.nodes[progress.waiting, 1, w] if waiting else np.uint64(0)
    push_root(work, state, tuples.starts[len(tuples.chosen)])


@pasted
def _load(
    factors: Factors, space: Space, pool: Pool, work: Work, state: State, tuples: Tuples, progress: Progress
) -> None:
    """Load the tuple's product cone, and open it; neurons that did not change are there already."""
    chosen, starts = tuples.chosen, tuples.starts
    scale = 1.0 if space.exact else math.ldexp(1.0, -progress.scale)
    for j in range(progress.changed, len(chosen)):
        _load_rows(factors, space, j, chosen[j], progress.slots, scale)
        starts[j + 1] = _load_rays(factors, space, pool, j, chosen[j], progress.slots, starts[j])
    progress.changed = len(chosen)
    _open(work, state, tuples, progress)


def _compiled(stamp: int) -> Any:
    """The loop, cached on disk under a stamp of all sources that it rests on."""

    @compiler(cache=True, nogil=True, no_cfunc_wrapper=True)
    def run_products(
        search: Callable[..., int],
        factors: Factors,
        space: Space,
        pool: Pool,
        work: Work,
        cells: Cells,
        states: Records,
        tuples: Tuples,
        progresses: Records,
    ) -> int:
        if not stamp:  # never: this makes the stamp a part of the code
            return st.DONE
        state: State = states[0]
        progress: Progress = progresses[0]
        chosen, size = tuples.chosen, 2 * len(factors.active)
        while True:
            while progress.weight == 0:
                if not _before(chosen, tuples.stop):
                    return st.DONE
                weight, place = _weight(chosen)
                if weight == 0:
                    progress.changed = min(progress.changed, _advance(chosen, size, place))
                elif state.nodes >= state.limit:
                    return st.BUDGET
                else:
                    progress.weight = weight
                    _load(factors, space, pool, work, state, tuples, progress)
            status = search(space, pool, work, cells, states)
            if state.mode != st.COUNT:
                for cell in range(progress.seen, state.cells):
                    for j in range(len(chosen)):
                        tuples.owners[cell, j] = chosen[j]
            progress.pairs += progress.weight * (state.cells - progress.seen)
            progress.seen = state.cells
            if status != st.DONE:
                return status
            if progress.waiting:
                _open(work, state, tuples, progress)
                continue
            state.nodes += 1  # the step to the next tuple, so that tuples without splits use up the budget as well
            progress.tuples += progress.weight
            progress.weight = 0
            progress.changed = _advance(chosen, size, len(chosen) - 1)

    return run_products


#: All sources that the loop rests on.
SOURCES = (*ray_kernel.SOURCES, Path(str(product_state.__file__)), Path(__file__))

#: Search tuple after tuple until something must be said to the caller, as
#: `arrangements.rays.kernel.double_description.run` does, which is its first argument.
run_products = _compiled(stamp(SOURCES))
