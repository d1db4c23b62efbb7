"""The search by extreme rays: all cells into which hyperplanes cut a cone, compiled, with every sign proven.

a_0 .. a_{N-1}  integer rows of rank r, as many as columns; the first `base` of them bound the cone, the others cut it
node            a cone with the signs of the rows that it has decided; the others are 0

`arrangements.rays.kernel.double_description` says how the search goes, `arrangements.rays.kernel.filtered_arithmetic`
why its signs are proven, and `arrangements.rays.coordinates` when it need not round at all. This module runs it: it
enlarges the arrays when the kernel asks, settles what the kernel doubts, hands out cells in blocks, and turns the stack
into plain data when a budget is spent. Memory does not grow with the number of cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock, Signs, Statistics, counters
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, unpacked
from arrangements.rays.coordinates import Setting, setting_of, setting_of_rays
from arrangements.rays.kernel import state as st
from arrangements.rays.kernel_run import KernelRun, announced

_UNLIMITED = 2**62
_SLICE = 1 << 20  # nodes after which a count says how far it is: some tenths of a second


class RayCell(NamedTuple):
    """A cell: -1 or +1 for each row, and an integer point inside."""

    signs: NDArray[np.int8]
    witness: Integers


class RaySearch:
    """The search of all cells into which the rows from `base` on cut the cone {w : a_k.w > 0, k < base}.

    Args:
        rows: N integer rows of one length r and of rank r, none zero, no two parallel.
        base: how many of them bound the cone.
        statistics: counters to add to.
        frontier: nodes to search in place of the whole cone, as an earlier search with these rows and base left them.
        arithmetic: "auto", "exact" (raise unless proven) or "filtered".

    Attributes:
        frontier: what a search that ran into its budget left: for each node -1, 0, +1 for each row; empty when all
            was searched.
        new_rays: rays made; doubts: how many of them exact arithmetic had to settle.

    Example:
        >>> search = RaySearch([(1, 0), (0, 1), (1, 1)], base=1)
        >>> search.count()
        3
        >>> sorted(tuple(cell.signs.tolist()) for cell in search)
        [(1, -1, -1), (1, -1, 1), (1, 1, 1)]
    """

    def __init__(
        self,
        rows: Sequence[Sequence[int]],
        base: int = 0,
        statistics: Statistics | None = None,
        *,
        frontier: Iterable[Signs] | None = None,
        arithmetic: str = "auto",
    ) -> None:
        self._prepare(setting_of(rows, arithmetic), base, statistics, frontier)

    @classmethod
    def from_rays(
        cls,
        rows: Sequence[Sequence[int]],
        base: int,
        rays: Sequence[Sequence[int]],
        statistics: Statistics | None = None,
        *,
        frontier: Iterable[Signs] | None = None,
        arithmetic: str = "auto",
    ) -> "RaySearch":
        """Make a search of a pointed cone whose extreme rays are known, so that none has to be computed.

        Args:
            rows: as above; the first `base` of them contain all walls of the cone. For a product of cones these are the
                walls of the factors, and the rays are those of the factors.
            base: how many rows bound the cone.
            rays: all its extreme rays, as primitive integer vectors.
            statistics: as above.
            frontier: as above.
            arithmetic: as above.

        Raises:
            InputError: a ray is outside of the cone, or on fewer base rows than an extreme ray is.

        Example:
            >>> RaySearch.from_rays([(1, 0), (0, 1), (1, -1), (1, -2)], 2, [(1, 0), (0, 1)]).count()
            3
        """
        self = cls.__new__(cls)
        setting = setting_of_rays(rows, rays, arithmetic)
        inside, outside = (unpacked(bits, base) > 0 for bits in np.split(setting.space.start_sides, 2, axis=1))
        if outside.any():
            raise InputError(f"ray {int(outside.any(axis=1).argmax()) + 1} is outside of the cone of the base rows")
        few = (~inside).sum(axis=1) < len(setting.rows[0]) - 1
        if few.any():
            raise InputError(f"ray {int(few.argmax()) + 1} is not an extreme ray of the cone of the base rows")
        self._prepare(setting, base, statistics, frontier)
        return self

    def _prepare(
        self,
        setting: Setting,
        base: int,
        statistics: Statistics | None,
        frontier: Iterable[Signs] | None,
    ) -> None:
        self.setting = setting
        self.base = base
        self.statistics = counters(statistics)
        self.frontier: tuple[Signs, ...] = ()
        self.new_rays = 0
        self.doubts = 0
        size = len(setting.rows)
        cone = (1,) * base + (0,) * (size - base)
        self._items = [cone] if frontier is None else [tuple(map(int, signs)) for signs in frontier]
        for signs in self._items:
            if len(signs) != size or not {-1, 0, 1}.issuperset(signs) or signs[:base] != cone[:base]:
                raise InputError(
                    "the frontier does not belong to these rows: a node has one sign a row, + on base rows"
                )

    @property
    def exact(self) -> bool:
        """Whether the search rounds nothing; otherwise its arithmetic is filtered."""
        return bool(self.setting.space.exact)

    def __iter__(self) -> Iterator[RayCell]:
        """Yield every cell once."""
        return self.cells()

    def cells(self, budget: int | None = None) -> Iterator[RayCell]:
        """Yield every cell once; at most `budget` nodes are split, then the rest is left in `frontier`."""
        for block in self.blocks(budget):
            yield from map(RayCell, block.signs, block.witnesses)

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """Yield the cells in bit-packed blocks of a few thousand, for searches of millions of cells."""
        run = _Run(self, st.LIST, budget)
        for status in run:
            if status == st.FULL and run.found:
                yield run.block()

    def count(self, budget: int | None = None) -> int:
        """Count the cells; none is kept."""
        return sum(self.counts(budget))

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Yield the number of cells as a sum, whose terms come as they are counted: for those who say how far it is."""
        run = _Run(self, st.COUNT, budget)
        return (run.taken() for _ in run)

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """Yield the sign vectors alone, in blocks of packed words as in `CellBlock`; no points are computed."""
        run = _Run(self, st.SIGNS, budget)
        for _ in run:
            if run.found:
                yield run.words()

    def cells_with_rays(self) -> Iterator[tuple[NDArray[np.int8], tuple[Row, ...]]]:
        """Yield every cell once, with its extreme rays as primitive integer vectors.

        Example:
            >>> next(RaySearch([(1, 0), (0, 1)], 2).cells_with_rays())
            (array([1, 1], dtype=int8), ((1, 0), (0, 1)))
        """
        run = _Run(self, st.EACH, None)
        for status in run:
            if status == st.CELL:
                yield run.block().signs[0], run.rays()


class _Run(KernelRun):
    """One run of the kernel over all items: iterating gives the moments at which there are cells to collect."""

    def __init__(self, search: RaySearch, mode: int, budget: int | None) -> None:
        rows = search.setting.rows
        super().__init__(mode, search.setting, len(rows), len(rows[0]), len(search.setting.space.start))
        self.search = search
        allowed = _UNLIMITED if budget is None else budget
        self.left = min(allowed, _SLICE) if mode == st.COUNT else allowed
        self.more = allowed - self.left

    def goes_on(self) -> bool:
        step = min(self.more, _SLICE)
        self.left, self.more = self.left + step, self.more - step
        self.state["limit"] += step
        return step > 0

    def __iter__(self) -> Iterator[int]:
        """FULL when a block is to be taken (also at the end), CELL when a cell is to be looked at."""
        from arrangements.rays.kernel import double_description as ray_kernel

        search, run = self.search, announced(ray_kernel.run, ray_kernel.SOURCES, "the ray engine")
        items = list(search._items)
        search.frontier = ()
        while items:
            signs = items.pop()
            self._load(signs)
            status = yield from self.served(
                lambda: run(self.setting.space, self.pool, self.work, self.buffer, self.states)
            )
            self._count()
            if status == st.BUDGET:
                search.frontier = (*items, *self._remaining(signs))
                break
        if self.mode != st.EACH:
            yield st.FULL

    def _load(self, signs: Signs) -> None:
        """Start with one item: every start cone that agrees with its signs."""
        setting, state = self.search.setting, self.state
        vector = np.array(signs, np.int8)
        self.prescribe(vector)
        free = 0
        if setting.basis:
            self.work.flips[:] = vector[list(setting.basis)]
            free = int((self.work.flips == 0).sum())
        if free > 60:
            raise InputError(f"rank {len(setting.basis)} is too large: there are more than 2^60 orthants to start from")
        for name in ("depth", "root", "nodes", "pending", "rays"):
            state[name] = 0
        state["roots"] = 1 << free
        state["limit"] = self.left

    def _count(self) -> None:
        nodes = int(self.state["nodes"])
        self.left -= nodes
        self.search.statistics.nodes += nodes
        self.search.new_rays += int(self.state["rays"])
        self.search.doubts, self.doubts = self.search.doubts + self.doubts, 0

    def _remaining(self, signs: Signs) -> Iterator[Signs]:
        """List what the kernel left of an item: the nodes on its stack, and the start cones that it did not reach."""
        yield from self.open_nodes()
        wanted = np.array(signs, np.int8)
        free = [b for b, flip in zip(self.search.setting.basis, self.work.flips.tolist(), strict=False) if not flip]
        low, high = int(self.state["root"]), int(self.state["roots"])
        while low < high:
            width = (low & -low).bit_length() - 1 if low else len(free)
            node = wanted.copy()
            for position, b in enumerate(free[width:], start=width):
                node[b] = -1 if low >> position & 1 else 1
            yield tuple(node.tolist())
            low += 1 << width
