"""The sweep: all regions of a central arrangement, one of each pair of opposites, by their lowest vertices.

a_0 .. a_{N-1}  integer rows of rank r, as many as columns; a region is listed if a_0 is positive on it
position        row 1, row 2, .., row N - 1, row 0: the order of the sweep
f_0, f_1, ..    generic functionals, of `arrangements.sweep.functionals`
B               a set of rows that meet in a vertex

*Theorem.* Regions up to sign correspond to vertices. Of each pair {R, -R} of regions: if R does not meet {f_0 = 0}, its
slice or that of -R in the chart {f_0 = 1} is bounded, and has one lowest vertex under f_1. If it does and f_1 has one
sign on R with f_0 = 0, exactly one of R and -R has a slice on which f_1 is bounded below, and that one has one lowest
vertex. Otherwise f_1 takes both signs on R with f_0 = 0, which is convex, so R meets the flat {f_0 = f_1 = 0} and is a
region of the arrangement restricted to it, of rank r - 2: the same again, one level on.

*At a vertex* v, f_0(v) = 1, the regions whose slice has v as its lowest point are those of the local arrangement, of
all rows that are 0 at v, on all of whose rays f_1 - f_1(v) f_0 is positive. If those are B with r - 1 elements, f_1 -
f_1(v) f_0 = sum_B mu_k a_k, and there is one such region, with the sign of mu_k at k in B and that of a_i.v outside of
B. So half of all regions are |w_(r-1)| + |w_(r-3)| + .., in general position C(n, r-1) + C(n, r-3) + .. (Zaslavsky
1975; Cover 1965).

`arrangements.sweep.kernel.sweep` visits all sets B; what it cannot prove, `arrangements.sweep.exact_vertices` settles.

*Nodes.* A node has, for each row, + if it is in B, - if it is not, 0 if that is open; the rows that are decided come
first in the order of the sweep, and row 0 has + whatever it is, since it comes last. What lies below two nodes that
differ in a sign is disjoint.
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
from arrangements.sweep.kernel import state as st
from arrangements.sweep.sweep_run import SweepRun
from arrangements.sweep.sweep_space import SweepSpace
from arrangements.sweep.witnesses import point_of


class SweptCell(NamedTuple):
    """A cell: -1 or +1 for each row, and an integer point inside."""

    signs: NDArray[np.int8]
    witness: Integers


class SweepSearch:
    """The search of all regions on the positive side of the first row.

    Args:
        rows: N integer rows of one length r and of rank r, none zero, no two parallel.
        statistics: counters to add to.
        frontier: nodes to search in place of the whole, as an earlier search with these rows left them.

    Attributes:
        frontier: what a search that ran into its budget left; empty when all was searched.
        doubts: how many vertices exact arithmetic had to settle.

    Raises:
        InputError: the rows have not full rank, or the frontier does not belong to them.

    Example:
        >>> search = SweepSearch([(1, 0), (0, 1), (1, 1)])
        >>> search.count()
        3
        >>> sorted(tuple(cell.signs.tolist()) for cell in search)
        [(1, -1, -1), (1, -1, 1), (1, 1, 1)]
    """

    def __init__(
        self,
        rows: Sequence[Sequence[int]],
        statistics: Statistics | None = None,
        frontier: Iterable[Signs] | None = None,
    ) -> None:
        self.space = SweepSpace([tuple(map(int, row)) for row in rows])
        self.statistics = counters(statistics)
        self.frontier: tuple[Signs, ...] = ()
        self.doubts = 0
        whole = (1,) + (0,) * (self.space.size - 1)
        self._items = [whole] if frontier is None else [tuple(map(int, node)) for node in frontier]
        for node in self._items:
            self._check(node)

    def _check(self, node: Signs) -> None:
        decided = node[1:].index(0) if 0 in node[1:] else len(node) - 1
        if (
            len(node) != self.space.size
            or node[0] != 1
            or any(node[1 + decided :])
            or not {-1, 0, 1}.issuperset(node)
            or node[1:].count(1) > max(0, self.space.rank - 1)
        ):
            raise InputError(
                "the frontier does not belong to these rows: a node of engine sweep has one sign a row, + on the "
                f"first, then + for at most {self.space.rank - 1} and -, then 0"
            )

    def _run(self, mode: int, budget: int | None, settling: bool = True) -> Iterator[SweepRun]:
        """Run the kernel; what it says of itself is taken over whenever it stops."""
        run, nodes, doubts = SweepRun(self.space, self._items, mode, budget, settling), 0, 0
        self.frontier = ()
        for _ in run:
            self.statistics.nodes, nodes = self.statistics.nodes + run.nodes - nodes, run.nodes
            self.doubts, doubts = self.doubts + run.doubts - doubts, run.doubts
            self.frontier = run.frontier
            yield run

    def __iter__(self) -> Iterator[SweptCell]:
        """Yield every cell once."""
        return self.cells()

    def cells(self, budget: int | None = None) -> Iterator[SweptCell]:
        """Yield every cell once; after about `budget` nodes the rest is left in `frontier`."""
        for block in self.blocks(budget):
            yield from map(SweptCell, block.signs, block.witnesses)

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """Yield the cells in bit-packed blocks, with a point in each."""
        for run in self._run(st.LIST, budget):
            if run.found:
                yield run.block()

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """Yield the sign vectors alone, in blocks of packed words as in `CellBlock`; no points are computed."""
        for run in self._run(st.SIGNS, budget):
            if run.found:
                yield run.words()

    def recipes(self, budget: int | None = None) -> Iterator[tuple[Words, Words]]:
        """Yield the sign vectors, and for each the rows that meet at the cell's vertex: bits in the order of the rows.

        The number of these rows, r - 1 - 2 l, says the level l. `point` makes a point of a recipe.
        """
        for run in self._run(st.RECIPES, budget):
            if run.found:
                recipes = run.recipes()
                yield run.words(), recipes

    def point(self, signs: Words, recipe: Words) -> Row:
        """Make an integer point inside of a cell from the rows that meet at its vertex, by exact arithmetic alone.

        Args:
            signs: one line of the sign vectors that `recipes` yields.
            recipe: the line beside it.

        Raises:
            InputError: no cell with these signs is above the vertex of these rows.

        Example:
            >>> search = SweepSearch([(1, 0), (0, 1)])
            >>> words, recipes = next(search.recipes())
            >>> len({search.point(*line) for line in zip(words, recipes, strict=True)})
            2
        """
        bits = unpacked(recipe[None], self.space.size)[0] > 0
        point = point_of(self.space.vertices, signs, tuple(np.flatnonzero(np.roll(bits, -1)).tolist()))
        return tuple(x << e for x, e in zip(point, self.space.shifts, strict=True))

    def count(self, budget: int | None = None) -> int:
        """Count the cells; none is kept."""
        return sum(self.counts(budget))

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Yield the number of cells as a sum, whose terms come as they are counted: for those who say how far it is."""
        return (run.taken() for run in self._run(st.COUNT, budget))

    def probe(self) -> tuple[int, int]:
        """Say how much the kernel leaves in doubt, and how many cells it proves; nothing is settled."""
        before = self.doubts
        proven = sum(run.taken() for run in self._run(st.COUNT, None, settling=False))
        return self.doubts - before, proven
