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
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock, Signs, Statistics, counters
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row, independent_columns
from arrangements.exact.packed_bits import Words, packed, unpacked
from arrangements.rays.kernel.state import record
from arrangements.rays.kernel_run import announced
from arrangements.sweep.exact_vertices import ExactCell, ExactVertices
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.kernel import state as st
from arrangements.sweep.second_filter import SecondFilter
from arrangements.sweep.tableau_rows import halved, tableaus_for
from arrangements.sweep.witnesses import point_of, points_of

_UNLIMITED = 2**62
_SLICE = 1 << 20  # nodes after which a count says how far it is
_BLOCK = 1 << 13
_BATCH = 1 << 9  # vertices that the second filter looks at together
_HIGHEST = 60  # rank


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
        given = [tuple(map(int, row)) for row in rows]
        self.rank = len(given[0])
        if len(independent_columns(given, self.rank)) < self.rank:
            raise InputError(f"the rows have not rank {self.rank}; restrict them to independent columns")
        lengths = [max(map(abs, column)).bit_length() for column in zip(*given, strict=True)]
        self.shifts = tuple(max(lengths) - length for length in lengths)
        if self.rank > _HIGHEST:
            raise InputError(
                f"rank {self.rank} is too large for engine sweep: there are at least 2^{self.rank} regions"
            )
        scaled = [tuple(x << e for x, e in zip(row, self.shifts, strict=True)) for row in given]
        self.rows: tuple[Row, ...] = (*scaled[1:], scaled[0])
        self.size = len(self.rows)
        self.statistics = counters(statistics)
        self.frontier: tuple[Signs, ...] = ()
        self.doubts = 0
        self.functionals = Functionals(self.rows)
        self.vertices = ExactVertices(self.rows, self.functionals)
        self._tableaus: dict[bool, st.Tableaus] = {}
        whole = (1,) + (0,) * (self.size - 1)
        self._items = [whole] if frontier is None else [tuple(map(int, node)) for node in frontier]
        for node in self._items:
            self._check(node)

    def _check(self, node: Signs) -> None:
        decided = node[1:].index(0) if 0 in node[1:] else len(node) - 1
        if (
            len(node) != self.size
            or node[0] != 1
            or any(node[1 + decided :])
            or not {-1, 0, 1}.issuperset(node)
            or node[1:].count(1) > max(0, self.rank - 1)
        ):
            raise InputError(
                "the frontier does not belong to these rows: a node of engine sweep has one sign a row, + on the "
                f"first, then + for at most {self.rank - 1} and -, then 0"
            )

    @cached_property
    def second_filter(self) -> SecondFilter:
        """What proves more than the kernel does, before exact arithmetic is asked."""
        return SecondFilter(self.rows, self.functionals)

    @cached_property
    def floats(self) -> st.Floats:
        """The rows, each divided by a power of two, turned over."""
        return halved(self.rows).T.copy()

    def tableaus(self, coordinates: bool) -> st.Tableaus:
        """The first tableaus, with the coordinates of space or without, in memory of their own."""
        if coordinates not in self._tableaus:
            self._tableaus[coordinates] = tableaus_for(self.rows, self.functionals, coordinates)
        return st.copied(self._tableaus[coordinates])

    def __iter__(self) -> Iterator[SweptCell]:
        """Yield every cell once."""
        return self.cells()

    def cells(self, budget: int | None = None) -> Iterator[SweptCell]:
        """Yield every cell once; after about `budget` nodes the rest is left in `frontier`."""
        for block in self.blocks(budget):
            yield from map(SweptCell, block.signs, block.witnesses)

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """Yield the cells in bit-packed blocks, with a point in each."""
        for run in _Run(self, st.LIST, budget):
            if run.found:
                yield run.block()

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """Yield the sign vectors alone, in blocks of packed words as in `CellBlock`; no points are computed."""
        for run in _Run(self, st.SIGNS, budget):
            if run.found:
                yield run.words()

    def recipes(self, budget: int | None = None) -> Iterator[tuple[Words, Words]]:
        """Yield the sign vectors, and for each the rows that meet at the cell's vertex: bits in the order of the rows.

        The number of these rows, r - 1 - 2 l, says the level l. `point` makes a point of a recipe.
        """
        for run in _Run(self, st.RECIPES, budget):
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
        bits = unpacked(recipe[None], self.size)[0] > 0
        point = point_of(self.vertices, signs, tuple(np.flatnonzero(np.roll(bits, -1)).tolist()))
        return tuple(x << e for x, e in zip(point, self.shifts, strict=True))

    def count(self, budget: int | None = None) -> int:
        """Count the cells; none is kept."""
        return sum(self.counts(budget))

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Yield the number of cells as a sum, whose terms come as they are counted: for those who say how far it is."""
        return (run.taken() for run in _Run(self, st.COUNT, budget))

    def probe(self) -> tuple[int, int]:
        """Say how much the kernel leaves in doubt, and how many cells it proves; nothing is settled."""
        before, run = self.doubts, _Run(self, st.COUNT, None, settling=False)
        proven = sum(part.taken() for part in run)
        return self.doubts - before, proven


class _Run:
    """One run of the kernel over all items: iterating gives the moments at which cells are to be taken."""

    def __init__(self, search: SweepSearch, mode: int, budget: int | None, settling: bool = True) -> None:
        self.search, self.mode, self.settling = search, mode, settling
        self.left = _UNLIMITED if budget is None else budget
        self.states = record(st.State)
        self.state = self.states[0]
        self.tableaus = search.tableaus(mode == st.LIST)
        capacity = 2 * (search.size + len(self.tableaus.ranks)) + (0 if mode == st.COUNT else _BLOCK)
        rows = search.floats if mode == st.LIST else np.zeros((search.rank, 0))
        self.buffer = st.found_of(capacity, rows, search.size)
        self.exact: list[ExactCell] = []

    def __iter__(self) -> Iterator["_Run"]:
        from arrangements.sweep.kernel import sweep

        search = self.search
        kernel = announced(sweep.run, sweep.SOURCES, "the engine sweep")
        items, search.frontier = list(search._items), ()
        while items:
            node = items.pop()
            if self.left <= 0:
                search.frontier = (*items, node)
                break
            begin = self._load(node)
            while True:
                status = kernel(self.tableaus, self.buffer, self.states) if len(self.tableaus.ranks) else st.DONE
                self._settle()
                if status == st.BUDGET and self._goes_on():
                    status = st.FULL
                elif status == st.BUDGET:
                    search.frontier = (*items, *self._remaining())
                    self.state["ending"] = 1
                elif status == st.DONE:
                    break
                yield self
            self.left -= int(self.state["nodes"])
            search.statistics.nodes += int(self.state["nodes"])
            if self.state["ending"]:
                break
            if not begin and search.rank % 2:
                self.exact += search.vertices.cells(search.rank // 2, (), self.mode == st.LIST)
        yield self

    def _load(self, node: Signs) -> tuple[int, ...]:
        """Start with one node. Returns its rows, as positions."""
        tableaus, state, size = self.tableaus, self.state, self.search.size
        later = node[1:]
        chosen = tuple(position for position, sign in enumerate(later) if sign > 0)
        first = later.index(0) if 0 in later else size - 1
        for name in ("depth", "nodes", "ending"):
            state[name] = 0
        state["mode"], state["size"], state["root"], state["loading"] = self.mode, size, len(chosen), 1
        state["doubtful"] = -1
        state["limit"] = min(self.left, _SLICE) if self.mode == st.COUNT else self.left
        tableaus.chosen[: len(chosen)] = chosen
        tableaus.start[len(chosen)] = first
        return chosen

    def _goes_on(self) -> bool:
        """Allow the kernel more nodes, if it stopped only to say how far it is."""
        more = min(self.left - int(self.state["limit"]), _SLICE)
        self.state["limit"] += more
        return more > 0

    def _remaining(self) -> Iterator[Signs]:
        """The sets that the kernel did not come to: those with S, for each S on its stack, and later rows."""
        chosen = self.tableaus.chosen.tolist()
        following = self.tableaus.following.tolist()
        for p in range(int(self.state["root"]), int(self.state["depth"]) + 1):
            node = [-1] * following[p] + [0] * (self.search.size - 1 - following[p])
            for position in chosen[:p]:
                node[position] = 1
            yield (1, *node)

    def _settle(self) -> None:
        """Settle what the kernel left in doubt: by the second filter where no point is wanted, else in integers."""
        vertices, places = self.search.vertices, dict[int, list[tuple[int, ...]]]()
        lines = self.buffer.doubts[: int(self.state["doubts"])].tolist()
        self.state["doubts"] = 0
        for level, first, number, *rows in lines:
            if first == self.search.size or self.settling:
                places.setdefault(level, []).extend(vertices.below(level, tuple(rows[:number]), first))
            else:
                self.search.doubts += 1
        for level, bases in places.items():
            for begin in range(0, len(bases), _BATCH):
                self._settle_bases(level, bases[begin : begin + _BATCH])

    def _settle_bases(self, level: int, bases: list[tuple[int, ...]]) -> None:
        left = bases
        if self.mode != st.LIST:
            sure, signs = self.search.second_filter.proven(level, np.array(bases, np.int64).reshape(len(bases), -1))
            zero = (0,) * self.search.rank
            self.exact += [ExactCell(signs[n], zero, bases[n]) for n in np.flatnonzero(sure).tolist()]
            left = [bases[n] for n in np.flatnonzero(~sure).tolist()]
        self.search.doubts += len(left)
        for basis in left if self.settling else []:
            self.exact += self.search.vertices.cells(level, basis, self.mode == st.LIST)

    @property
    def found(self) -> int:
        """How many cells wait to be taken."""
        return int(self.state["cells"]) + len(self.exact)

    def taken(self) -> int:
        """That number, and start again from 0."""
        found = self.found
        self.state["cells"] = 0
        self.exact.clear()
        return found

    def words(self) -> Words:
        """Take the cells' signs alone."""
        words = self.buffer.signs[: int(self.state["cells"])].copy()
        if self.exact:
            words = np.concatenate([words, self._exact_words()])
        self.taken()
        return words

    def recipes(self) -> Words:
        """The rows that meet at the vertices of the cells, as bits; nothing is taken."""
        bits = unpacked(self.buffer.recipes[: int(self.state["cells"])], self.search.size) > 0
        exact = np.zeros((len(self.exact), self.search.size), bool)
        for n, cell in enumerate(self.exact):
            exact[n, list(cell.basis)] = True
        return packed(np.roll(np.concatenate([bits, exact]), 1, axis=1))

    def block(self) -> CellBlock:
        """Take the cells."""
        search, number = self.search, int(self.state["cells"])
        signs, recipes = self.buffer.signs[:number], self.buffer.recipes[:number]
        placed = self.buffer.points[:number, -1] > 0.0
        points: Integers = self.buffer.points[:number, :-1].astype(np.int64)
        exact = {}
        for n in np.flatnonzero(~placed).tolist():
            basis = np.flatnonzero(unpacked(recipes[n : n + 1], search.size)[0] > 0)
            exact[n] = point_of(search.vertices, signs[n], tuple(basis.tolist()))
        for n, cell in enumerate(self.exact, start=number):
            exact[n] = tuple(int(cell.signs[-1]) * x for x in cell.point)
        return CellBlock(self.words(), points_of(points, exact, search.shifts), search.size)

    def _exact_words(self) -> Words:
        """The signs of the cells of exact arithmetic, or of their mirror images, in the order of the rows."""
        signs = np.array([cell.signs for cell in self.exact])
        signs *= signs[:, -1:]
        return packed(np.roll(signs, 1, axis=1) > 0)
