"""The compiled loop over the tuples of the second layer: each is loaded as a product cone and searched.

m  width; signed mask 2 k: active region k with output sign +, 2 k + 1 with -; a tuple: m increasing numbers

A ray of a factor lies on all rows of the other blocks, and a row that is not active in its region is 0 there; so the
signs of all rows on all rays of a product are known from the factors without arithmetic: a mixed row has both, a row
with a forced sign has one, a structural zero none. `arrangements.rays.kernel.double_description` does the rest.

Tuples come in lexicographic order: as long as the first neurons stay, their rows and rays stay loaded. Flipping all
output signs is a symmetry: of a tuple and its mirror image only the first in this order is searched.
"""

from pathlib import Path
from typing import Any

import numpy as np

from arrangements.rays.kernel import double_description as ray_kernel
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.filtered_arithmetic import ONE, compiler, inlined
from arrangements.second_layer import product_state as ps


@inlined
def _weight(chosen: Any) -> Any:
    """How many tuples one search stands for: 2, 1 if a tuple is its own mirror image, 0 if that comes earlier."""
    i = 0
    while i < len(chosen):
        if chosen[i] & 1:
            return 0
        if i + 1 == len(chosen) or chosen[i + 1] != chosen[i] + 1:
            return 2
        i += 2
    return 1


@inlined
def _advance(chosen: Any, size: Any) -> Any:
    """The next tuple. Returns the first place that changed; past the last tuple, all is `size`."""
    m = len(chosen)
    i = m - 1
    while i > 0 and chosen[i] == size - m + i:
        i -= 1
    chosen[i] += 1
    if chosen[i] > size - m + i:
        chosen[:] = size
        return 0
    for j in range(i + 1, m):
        chosen[j] = chosen[j - 1] + 1
    return i


@inlined
def _before(chosen: Any, stop: Any) -> Any:
    for i in range(len(chosen)):
        if chosen[i] != stop[i]:
            return chosen[i] < stop[i]
    return False


@inlined
def _put(factors: Any, space: Any, row: Any, i: Any, j: Any, factor: Any, scale: Any) -> Any:
    """Write factor times direction i into block j of a row."""
    r, size = factors.rows.shape[1] // 2, space.rows.shape[1] // 2
    for t in range(r):
        c = j * r + t
        space.rows[row, c] = factor * scale * factors.rows[i, t]
        space.rows[row, size + c] = factor * scale * factors.rows[i, r + t]
        for e in range(len(space.primes)):
            x = factors.residues[e, i, t]
            space.residues[e, row, c] = 0 if factor == 0 else x if factor > 0 or x == 0 else space.primes[e] - x
        if not space.exact:
            space.check[row, c] = factor * factors.check[i, t]


@inlined
def _bit(words: Any, k: Any, i: Any) -> Any:
    return (words[k, i >> 6] >> np.uint64(i & 63)) & ONE != 0


@inlined
def _load_rows(factors: Any, space: Any, j: Any, neuron: Any, slots: Any, scale: Any) -> Any:
    """The rows of block j: what neuron j adds to each direction, and its walls."""
    region, output = neuron >> 1, -1.0 if neuron & 1 else 1.0
    directions = len(factors.rows)
    for i in range(directions):
        _put(factors, space, i, i, j, output if _bit(factors.active, region, i) else 0.0, scale)
    row = directions + j * slots
    for t in range(factors.wall_starts[region], factors.wall_starts[region + 1]):
        i = factors.wall_list[t]
        _put(factors, space, row, i, j, 1.0 if _bit(factors.active, region, i) else -1.0, scale)
        row += 1


@inlined
def _load_rays(factors: Any, space: Any, pool: Any, j: Any, neuron: Any, slots: Any, first: Any) -> Any:
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
def _load(factors: Any, space: Any, pool: Any, work: Any, state: Any, chosen: Any, marks: Any, starts: Any) -> Any:
    """Make the tuple's product cone the only node on the stack; neurons that did not change are there already."""
    for j in range(marks[ps.CHANGED], len(chosen)):
        _load_rows(factors, space, j, chosen[j], marks[ps.SLOTS], 1.0 if space.exact else 0.5 ** marks[ps.SCALE])
        starts[j + 1] = _load_rays(factors, space, pool, j, chosen[j], marks[ps.SLOTS], starts[j])
    count = starts[len(chosen)]
    for i in range(count):
        work.lists[i] = i
    work.frames[0, 0], work.frames[0, 1], work.frames[0, 2] = 0, count, count
    state[st.DEPTH] = 1
    marks[ps.CHANGED] = len(chosen)


def _compiled(stamp: int) -> Any:
    """The loop, cached on disk under a stamp of all sources that are compiled into it.

    The kernel is named by its module: as a local name it would be a part of what the cache is looked up by, anew in
    every process.
    """

    @compiler(cache=True, nogil=True)
    def run_products(
        factors: Any, space: Any, pool: Any, work: Any, cells: Any, state: Any, tuples: Any, marks: Any
    ) -> Any:
        if not stamp:  # never: this makes the stamp a part of the code
            return st.DONE
        chosen, stop, starts, size = tuples.chosen, tuples.stop, tuples.starts, 2 * len(factors.active)
        while True:
            if marks[ps.WEIGHT] == 0:
                if not _before(chosen, stop):
                    return st.DONE
                if state[st.NODES] >= marks[ps.BUDGET]:
                    return st.BUDGET
                marks[ps.WEIGHT] = _weight(chosen)
                if marks[ps.WEIGHT] == 0:
                    marks[ps.CHANGED] = min(marks[ps.CHANGED], _advance(chosen, size))
                    continue
                _load(factors, space, pool, work, state, chosen, marks, starts)
            status = ray_kernel.run(space, pool, work, cells, state)
            if state[st.MODE] != st.COUNT:
                for cell in range(marks[ps.SEEN], state[st.CELLS]):
                    for j in range(len(chosen)):
                        tuples.owners[cell, j] = chosen[j]
            marks[ps.PAIRS] += marks[ps.WEIGHT] * (state[st.CELLS] - marks[ps.SEEN])
            marks[ps.SEEN] = state[st.CELLS]
            if status != st.DONE:
                return status
            marks[ps.TUPLES] += marks[ps.WEIGHT]
            marks[ps.WEIGHT] = 0
            marks[ps.CHANGED] = _advance(chosen, size)

    return run_products


#: All sources that are compiled into the loop.
SOURCES = (*ray_kernel.SOURCES, Path(ps.__file__), Path(__file__))

#: Search tuple after tuple until something must be said to the caller, as
#: `arrangements.rays.kernel.double_description.run` does.
run_products = _compiled(ray_kernel.stamp(SOURCES))
