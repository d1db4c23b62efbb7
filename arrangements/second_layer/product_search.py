"""The ray engine for the second layer: every tuple as a product cone, and all its cells, compiled and exact.

m  width; k  number of a signed mask: 2 l for the l-th active region with output sign +, 2 l + 1 with -

`arrangements.second_layer.product_kernel` says how tuples are loaded; each is then searched as in
`arrangements.rays.kernel.double_description`. A search stops when its budget is spent, also inside a tuple, and
`arrangements.second_layer.tuple_ranges` has the form of what it leaves.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import read_list, read_whole
from arrangements.cells import Signs, Statistics, counters
from arrangements.errors import InputError
from arrangements.exact.distinct_words import DistinctWords
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, distinct_words, packed, word_count
from arrangements.first_layer.layer import FirstLayer
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.state import Ints
from arrangements.second_layer.product_factors import products_of
from arrangements.second_layer.product_run import ProductRun
from arrangements.second_layer.tuple_ranges import TupleRange, read_range, whole_range

Weights = tuple[Row, ...]  # one first-layer weight vector a neuron


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


class MaskBlock(NamedTuple):
    """The masks of some pairs, mirror images included; blocks are merged by adding the numbers and uniting the masks.

    Attributes:
        tuples: how many tuples were finished since the block before.
        pairs: how many pairs were found since then.
        masks: their distinct second-layer masks 1[u >= 0] as packed words, sorted, one a line; bit i is for the i-th
            direction of the data. Zero rows have bit 1 in all masks, and none here.
    """

    tuples: int
    pairs: int
    masks: Words


class ProductSearch:
    """All pairs of a width, by extreme rays; a search can stop and be resumed.

    Args:
        layer: the first layer; at least one region is live.
        width: neurons in one sub-network.
        statistics: counters to add to. Nodes are those that were split, and one for each tuple that was finished.
        frontier: ranges of tuples to search in place of all, as an earlier search left them or
            `arrangements.second_layer.tuple_ranges.divided` makes them; also as lists, as JSON has them.

    Attributes:
        frontier: what a search that ran into its budget left, as plain data: ranges of tuples, of which the first one
            may begin inside a tuple. Empty when all was searched. Ranges can be searched apart.
        doubts: how many rays exact arithmetic had to settle.

    Raises:
        InputError: no region is live; or the frontier is not that of a search of this width with these rows.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> search = ProductSearch(layer, 2)
        >>> search.count(budget=8)
        (3, 8)
        >>> search.frontier
        (TupleRange(start=(0, 3), stop=(10, 10), nodes=((-1, 1, 0), (1, 1, 1))),)
        >>> ProductSearch(layer, 2, frontier=search.frontier).count()
        (42, 68)
    """

    def __init__(
        self,
        layer: FirstLayer,
        width: int,
        statistics: Statistics | None = None,
        *,
        frontier: Iterable[TupleRange] | None = None,
    ) -> None:
        if not layer.active:
            raise InputError("no region is active on a non-zero row: there are no tuples to search")
        self.layer = layer
        self.width = min(width, 2 * len(layer.active))
        self._products = products_of(layer, self.width)
        self._begin(statistics, frontier)

    def resumed(self, frontier: Iterable[TupleRange], statistics: Statistics | None = None) -> "ProductSearch":
        """Make a search of other ranges of the same tuples; what was prepared for this one is not prepared again.

        Args:
            frontier: as for the class.
            statistics: as for the class.

        Raises:
            InputError: as for the class.
        """
        other = copy(self)
        other._begin(statistics, frontier)
        return other

    def _begin(self, statistics: Statistics | None, frontier: Iterable[TupleRange] | None) -> None:
        self.statistics = counters(statistics)
        self.frontier: tuple[TupleRange, ...] = ()
        self.doubts = 0
        self._ranges = [whole_range(self.width, 2 * len(self.layer.active))]
        if frontier is not None:
            ranges = read_list(frontier, "frontier", "ranges of tuples")
            self._ranges = [read_range(entry, self.width, self._products.active) for entry in ranges]

    def count(self, budget: int | None = None) -> tuple[int, int]:
        """Count the tuples that are finished, and the pairs; none is kept.

        Args:
            budget: about how many nodes to search at most; the rest is left in `frontier`. The tuple in which a search
                stops is counted by the search that finishes it.
        """
        totals = 0, 0
        for run in self._moments(st.COUNT, budget):
            run.taken()
            totals = run.totals
        return totals

    def count_masks(self, seen: Callable[[int], None] = lambda tuples: None) -> tuple[int, int]:
        """Count the pairs, and the distinct second-layer masks 1[u >= 0]; only these masks are kept.

        Args:
            seen: told now and then how many tuples are done.
        """
        tuples = pairs = 0
        known = DistinctWords(word_count(len(self._products.directions)))
        for block in self.masks():
            tuples, pairs = tuples + block.tuples, pairs + block.pairs
            known.add(block.masks)
            seen(tuples)
        return pairs, len(known)

    def masks(self, budget: int | None = None) -> Iterator[MaskBlock]:
        """List the distinct masks of some pairs at a time; a mask comes again in other blocks.

        Args:
            budget: as for `count`.
        """
        products, before = self._products, (0, 0)
        everything = packed(np.ones(len(products.directions), np.bool_))
        for run in self._moments(st.SIGNS, budget):
            (tuples, pairs), neurons = run.totals, run.owners()
            positive = run.words()[:, : len(everything)] & everything
            active = np.bitwise_or.reduce(products.factors.active[neurons >> 1], axis=1)
            mirrored = everything & ~positive
            found = distinct_words(np.concatenate([positive | (everything & ~active), mirrored]))
            yield MaskBlock(tuples - before[0], pairs - before[1], found)
            before = tuples, pairs

    def blocks(self, budget: int | None = None) -> Iterator[PairBlock]:
        """List the pairs of the searched tuples with witnesses, some at a time, those of a tuple one after the other.

        Args:
            budget: as for `count`.
        """
        places = np.array(self._products.places)
        for run in self._moments(st.LIST, budget):
            if not run.found:
                continue
            neurons = run.owners()
            block = run.block()
            signs = block.signs[:, places] * (places >= 0).astype(np.int8)
            signs[~self._products.active[neurons >> 1].any(axis=1)[:, places]] = 0
            witnesses = block.witnesses.reshape(len(neurons), self.width, -1)
            yield PairBlock(neurons, signs, witnesses)

    def tuples(self) -> Iterator[tuple[tuple[int, ...], list[Signs], list[Weights]]]:
        """List the searched tuples: numbers of signed masks, and for each pair s and weights in all columns.

        The first one of a range that begins inside a tuple has only the pairs that were left.
        """
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

    def _moments(self, mode: int, budget: int | None) -> Iterator[ProductRun]:
        """Run over the ranges; yield the run whenever there are cells to take, the last time when it is over."""
        limit = None if budget is None else read_whole(budget, "budget", 0)
        run = ProductRun(self._products, self.width, self._ranges, mode, limit)
        self.frontier = ()
        for _ in run:
            self.frontier = run.frontier
            yield run
        self.statistics.nodes += run.nodes
        self.doubts += run.doubts
