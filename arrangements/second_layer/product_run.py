"""A run of the compiled loop over tuples: what it is given, and what it left when its budget is spent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from arrangements.cells import Signs
from arrangements.exact.packed_bits import Words, packed, word_count
from arrangements.rays.coordinates import Setting
from arrangements.rays.exact_fallback import node_rays
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel.state import Ints, Space
from arrangements.rays.kernel_run import KernelRun, announced
from arrangements.second_layer.product_factors import Products
from arrangements.second_layer.product_state import Progress, Tuples
from arrangements.second_layer.tuple_ranges import TupleRange

_UNLIMITED = 2**62


class ProductRun(KernelRun):
    """One run over ranges of tuples: iterating gives the moments at which there are cells to take; the last is the end.

    Args:
        products: the factors.
        width: m.
        ranges: what is to be searched, in this order.
        mode: COUNT, SIGNS or LIST of `arrangements.rays.kernel.state`.
        budget: how many nodes; None for all.

    Attributes:
        frontier: at the end, what was not searched.
    """

    def __init__(
        self, products: Products, width: int, ranges: Sequence[TupleRange], mode: int, budget: int | None
    ) -> None:
        m, r = width, len(products.directions[0])
        rows = len(products.directions) + m * products.slots
        setting = Setting((), (), (), products.shifts * m, _space(products, m, rows))
        super().__init__(mode, setting, rows, m * r, int(m * np.diff(products.factors.ray_starts).max()))
        self.products = products
        self.ranges = ranges
        self.frontier: tuple[TupleRange, ...] = ()
        self.progresses = st.record(Progress)
        self.progress = self.progresses[0]
        self.progress["slots"], self.progress["scale"] = products.slots, (m - 1).bit_length()
        self.state["limit"] = _UNLIMITED if budget is None else min(budget, _UNLIMITED)
        chosen, stop, starts = (np.zeros(size, np.int64) for size in (m, m, m + 1))
        owners = np.zeros((len(self.buffer.words), m), np.int64)
        self.tuples = Tuples(chosen, stop, self._packed(()), starts, owners)
        self._range = TupleRange((), ())

    def at_hand(self) -> Setting:
        """The setting with the rows of the tuple at hand."""
        return replace(self.setting, rows=self.products.rows(self.tuples.chosen))

    @property
    def totals(self) -> tuple[int, int]:
        """Tuples finished and pairs found so far, mirror images included."""
        return int(self.progress["tuples"]), int(self.progress["pairs"])

    @property
    def nodes(self) -> int:
        """Nodes so far: those that were split, and one for each tuple that was finished."""
        return int(self.state["nodes"])

    def __iter__(self) -> Iterator[int]:
        from arrangements.rays.kernel import double_description as ray_kernel
        from arrangements.second_layer import product_kernel

        factors, space = self.products.factors, self.setting.space
        announced(ray_kernel.run, ray_kernel.SOURCES, "the ray engine")
        run = announced(product_kernel.run_products, product_kernel.SOURCES, "the ray engine for the second layer")
        inner = product_kernel.search()
        for number, tuples in enumerate(self.ranges, start=1):
            self._load(tuples)
            status = yield from self.served(
                lambda: run(
                    inner, factors, space, self.pool, self.work, self.buffer, self.states, self.tuples, self.progresses
                )
            )
            if status == st.BUDGET:
                self.frontier = (self._remaining(), *islice(self.ranges, number, None))
                break
        yield st.FULL

    def _load(self, tuples: TupleRange) -> None:
        self._range = tuples
        self.tuples.chosen[:], self.tuples.stop[:] = tuples.start, tuples.stop
        self.tuples = self.tuples._replace(nodes=self._packed(tuples.nodes))
        self.progress["waiting"], self.progress["changed"] = len(tuples.nodes), 0

    def _packed(self, nodes: Sequence[Signs]) -> Words:
        """Nodes as the kernel reads them: for each the rows that are positive, and those that are negative."""
        signs = np.zeros((len(nodes), 2, self.rows), np.int8)
        for node, both in zip(nodes, signs, strict=True):
            both[:, : len(node)] = node
        return packed(signs * np.array([[1], [-1]], np.int8) > 0)

    def _remaining(self) -> TupleRange:
        """What is left of the range at hand."""
        return TupleRange(tuple(self.tuples.chosen.tolist()), self._range.stop, tuple(self._open()))

    def _open(self) -> Iterator[Signs]:
        """List what is left of the tuple at hand if it was begun: the nodes that wait, and those on the stack."""
        yield from self._range.nodes[: self.progress["waiting"]]
        if self.progress["weight"]:
            yield from (node[: len(self.products.directions)] for node in self.open_nodes())

    def goes_on(self) -> bool:
        """Finish the tuple at hand if all that is left of it are nodes without a cell."""
        if not self.progress["weight"] or any(True for _ in self._open()):
            return False
        self.state["limit"] = self.state["nodes"] + 1
        return True

    def rays(self) -> tuple[tuple[int, ...], ...]:
        """The rays of the cell that the kernel stopped at; those of other tuples are of no use here."""
        return tuple(node_rays(self.at_hand(), self.pool, self.work, self.state["depth"]))

    def owners(self) -> Ints:
        """The tuples of the cells in the buffer."""
        return self.tuples.owners[: self.found].copy()

    def taken(self) -> int:
        """How many cells wait to be taken, and start again from 0."""
        self.progress["seen"] = 0
        return super().taken()


def _space(products: Products, m: int, rows: int) -> Space:
    """A space whose rows the kernel writes, tuple by tuple."""
    r = len(products.directions[0])
    space = st.space_of(rows, m * r, word_count(rows), products.exact, products.primes)
    shifts = products.shifts or (0,) * r
    return space._replace(back=np.diag(np.ldexp(1.0, -np.array(shifts * m))))
