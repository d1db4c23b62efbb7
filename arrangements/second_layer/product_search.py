"""The ray engine for the second layer: every tuple as a product cone, and all its cells, compiled and exact.

m  width; k  number of a signed mask: 2 l for the l-th active region with output sign +, 2 l + 1 with -

`arrangements.second_layer.product_kernel` says how tuples are loaded; each is then searched as in
`arrangements.rays.kernel.double_description`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import Signs, Statistics, counters
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, distinct_words, packed, word_count
from arrangements.first_layer.layer import FirstLayer
from arrangements.rays.coordinates import Setting
from arrangements.rays.exact_fallback import node_rays
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.state import Ints, Space
from arrangements.rays.kernel_run import KernelRun, announced
from arrangements.second_layer.product_factors import Products, products_of
from arrangements.second_layer.product_state import Progress, Tuples

Weights = tuple[Row, ...]  # one first-layer weight vector a neuron
_UNLIMITED = 2**62


class PairBlock(NamedTuple):
    """Some pairs of searched tuples; a tuple that is not its own mirror image stands for that one as well.

    Attributes:
        neurons: for each pair its tuple, as numbers of signed masks; K x m.
        signs: s, with 0 at structural zeros and zero rows; K x n.
        witnesses: integer first-layer weights in independent columns of X; K x m x r.
    """

    neurons: Ints
    signs: NDArray[np.int8]
    witnesses: Integers


class ProductSearch:
    """All pairs of a width, by extreme rays.

    Args:
        layer: the first layer; at least one region is live.
        width: neurons in one sub-network.
        statistics: counters to add to.
        start: tuple to begin with, as increasing numbers of signed masks; the first by default.
        stop: tuple to stop before; none by default. Ranges from one tuple to another are parts of the whole.

    Attributes:
        frontier: the tuple to go on from after a budget was spent; empty when all was searched.
        doubts: how many rays exact arithmetic had to settle.

    Raises:
        InputError: no region is live; or a tuple is none.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> ProductSearch(layer, 1).count()
        (6, 6)
    """

    def __init__(
        self,
        layer: FirstLayer,
        width: int,
        statistics: Statistics | None = None,
        *,
        start: Sequence[int] | None = None,
        stop: Sequence[int] | None = None,
    ) -> None:
        if not layer.active:
            raise InputError("no region is active on a non-zero row: there are no tuples to search")
        size = 2 * len(layer.active)
        self.layer = layer
        self.width = min(width, size)
        self.statistics = counters(statistics)
        self.frontier: tuple[int, ...] = ()
        self.doubts = 0
        self._start = checked_tuple(range(self.width) if start is None else start, self.width, size)
        self._stop = (size,) * self.width if stop is None else checked_tuple(stop, self.width, size)
        self._products = products_of(layer, self.width)

    def count(self, budget: int | None = None) -> tuple[int, int]:
        """The numbers of tuples and of pairs; none is kept."""
        run = _ProductRun(self, st.COUNT, budget)
        for _ in run:
            run.taken()
        return run.totals

    def count_masks(self, seen: Callable[[int], None] = lambda tuples: None) -> tuple[int, int]:
        """The number of pairs, and of distinct second-layer masks 1[u >= 0]; only these masks are kept.

        Args:
            seen: told now and then how many tuples are done.

        Masks are compared on the directions of the data: zero rows have bit 1 in all of them.
        """
        run = _ProductRun(self, st.SIGNS, None)
        products = self._products
        everything = packed(np.ones(len(products.directions), np.bool_))
        known = _Distinct(len(everything))
        for _ in run:
            neurons = run.owners()
            positive = run.words()[:, : len(everything)] & everything
            active = np.bitwise_or.reduce(products.factors.active[neurons >> 1], axis=1)
            known.add(positive | (everything & ~active))
            known.add(everything & ~positive)  # the mirror image
            seen(run.totals[0])
        return run.totals[1], len(known)

    def blocks(self, budget: int | None = None) -> Iterator[PairBlock]:
        """The pairs of the searched tuples with witnesses; at most about `budget` nodes, then `frontier` says where."""
        run = _ProductRun(self, st.LIST, budget)
        places = np.array(self._products.places)
        for _ in run:
            if not run.found:
                continue
            neurons = run.owners()
            block = run.block()
            signs = block.signs[:, places] * (places >= 0).astype(np.int8)
            signs[~self._products.active[neurons >> 1].any(axis=1)[:, places]] = 0
            witnesses = block.witnesses.reshape(len(neurons), self.width, -1)
            yield PairBlock(neurons, signs, witnesses)

    def tuples(self) -> Iterator[tuple[tuple[int, ...], list[Signs], list[Weights]]]:
        """The searched tuples one by one: numbers of signed masks, and for each pair s and weights in all columns."""
        pivots, d = list(self.layer.pivots), self.layer.arrangement.dimension
        last: tuple[int, ...] = ()
        signs: list[Signs] = []
        weights: list[Weights] = []
        for block in self.blocks():
            full = np.zeros((*block.witnesses.shape[:2], d), block.witnesses.dtype)
            full[:, :, pivots] = block.witnesses
            lines = zip(map(tuple, block.neurons.tolist()), block.signs.tolist(), full.tolist(), strict=True)
            for numbers, s, w in lines:
                if numbers != last:
                    if signs:
                        yield last, signs, weights
                    last, signs, weights = numbers, [], []
                signs.append(tuple(s))
                weights.append(tuple(map(tuple, w)))
        if signs:
            yield last, signs, weights


class _Distinct:
    """Distinct packed vectors of a stream; new ones are merged when they have become as many as the old."""

    def __init__(self, words: int) -> None:
        self._known: Words = np.zeros((0, words), np.uint64)
        self._fresh: list[Words] = []
        self._waiting = 0

    def add(self, words: Words) -> None:
        """Add vectors, one a line."""
        fresh = distinct_words(words)
        self._fresh.append(fresh)
        self._waiting += len(fresh)
        if self._waiting > max(len(self._known), 1 << 16):
            self._merge()

    def _merge(self) -> None:
        self._known = distinct_words(np.concatenate([self._known, *self._fresh]))
        self._fresh, self._waiting = [], 0

    def __len__(self) -> int:
        self._merge()
        return len(self._known)


class _ProductRun(KernelRun):
    """One run over the tuples: iterating gives the moments at which there are cells to take; the last is at the end."""

    def __init__(self, search: ProductSearch, mode: int, budget: int | None) -> None:
        products, m = search._products, search.width
        r = len(products.directions[0])
        rows = len(products.directions) + m * products.slots
        setting = Setting((), (), (), products.shifts * m, _space(products, m, rows))
        super().__init__(mode, setting, rows, m * r, int(m * np.diff(products.factors.ray_starts).max()))
        self.search = search
        self.progresses = st.record(Progress)
        self.progress = self.progresses[0]
        self.progress["budget"] = _UNLIMITED if budget is None else budget
        self.progress["slots"], self.progress["scale"] = products.slots, (m - 1).bit_length()
        chosen, stop = np.array(search._start, np.int64), np.array(search._stop, np.int64)
        owners = np.zeros((len(self.buffer.words), m), np.int64)
        self.tuples = Tuples(chosen, stop, np.zeros(m + 1, np.int64), owners)
        self.state["limit"] = _UNLIMITED

    def at_hand(self) -> Setting:
        return replace(self.setting, rows=self.search._products.rows(self.tuples.chosen))

    @property
    def totals(self) -> tuple[int, int]:
        """Tuples and pairs so far, mirror images included."""
        return int(self.progress["tuples"]), int(self.progress["pairs"])

    def __iter__(self) -> Iterator[int]:
        from arrangements.rays.kernel import double_description as ray_kernel
        from arrangements.second_layer import product_kernel

        search, factors, space = self.search, self.search._products.factors, self.setting.space
        announced(ray_kernel.run, ray_kernel.SOURCES, "the ray engine")
        run = announced(product_kernel.run_products, product_kernel.SOURCES, "the ray engine for the second layer")
        inner = product_kernel.search()
        search.frontier = ()
        status = yield from self.served(
            lambda: run(
                inner, factors, space, self.pool, self.work, self.buffer, self.states, self.tuples, self.progresses
            )
        )
        search.statistics.nodes += int(self.state["nodes"])
        search.doubts += self.doubts
        if status == st.BUDGET:
            search.frontier = tuple(self.tuples.chosen.tolist())
        yield st.FULL

    def rays(self) -> tuple[tuple[int, ...], ...]:
        """The rays of the cell that the kernel stopped at; those of other tuples are of no use here."""
        return tuple(node_rays(self.at_hand(), self.pool, self.work, self.state["depth"]))

    def owners(self) -> Ints:
        """The tuples of the cells in the buffer."""
        return self.tuples.owners[: self.found].copy()

    def taken(self) -> int:
        self.progress["seen"] = 0
        return super().taken()


def _space(products: Products, m: int, rows: int) -> Space:
    """A space whose rows the kernel writes, tuple by tuple."""
    r = len(products.directions[0])
    space = st.space_of(rows, m * r, word_count(rows), products.exact, products.primes)
    shifts = products.shifts or (0,) * r
    return space._replace(back=np.diag(np.ldexp(1.0, -np.array(shifts * m))))


def checked_tuple(chosen: Sequence[int], width: int, size: int) -> tuple[int, ...]:
    """A tuple as increasing numbers of signed masks.

    Raises:
        InputError: it is none.
    """
    numbers = tuple(map(int, chosen))
    if len(numbers) != width or list(numbers) != sorted(set(numbers)) or not 0 <= numbers[0] <= numbers[-1] < size:
        raise InputError(f"{numbers} is not a tuple: give {width} increasing numbers from 0 to {size - 1}")
    return numbers
