"""H1: the regions of an arrangement, each with an exact witness."""

from collections.abc import Iterable, Iterator

import numpy as np

from arrangements.arguments import read_list, read_whole
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell, CellBlock, Signs, Statistics
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, word_count
from arrangements.first_layer.engines import CellSearch, choose_engine
from arrangements.first_layer.row_images import RowImage
from arrangements.rays.ray_search import RaySearch
from arrangements.row_numbers import are_signs

_SOME = 256  # lists at a time: fewer than Python makes before it looks for garbage


class RegionSearch:
    """A search of all regions of an arrangement, which can stop and be resumed.

    Rows that are zero or repeated cut nothing. A central arrangement is searched by half: the other half is its mirror
    image.

    Args:
        arrangement: the hyperplanes.
        engine: "sweep" (lowest vertices, compiled), "rays" (extreme rays, compiled), "lp" (linear programs), or "auto"
            to choose by size, rank and a sample of vertices; in small or capital letters.
        statistics: counters to add to.
        frontier: nodes to search in place of the whole, as an earlier search by the same engine left them.

    Attributes:
        engine: the one chosen, as an `Engine`.
        frontier: what a search that ran into its budget left, as plain data: for each node -1, 0 or +1 for each
            distinct hyperplane, the one at infinity first: its sign, or with "sweep" whether the vertex is on it.
            Empty when all was searched. Parts can be searched apart.

    Raises:
        InputError: the argument is not an arrangement, the engine is unknown, or the frontier is that of other rows.

    Example:
        >>> from arrangements.families import family
        >>> search = RegionSearch(family("braid:4"), engine="lp")
        >>> some = list(search.cells(budget=3))
        >>> rest = RegionSearch(family("braid:4"), engine="lp", frontier=search.frontier)
        >>> len(some) < 24, len(some) + rest.count()
        (True, 24)
    """

    def __init__(
        self,
        arrangement: Arrangement,
        *,
        engine: str = "auto",
        statistics: Statistics | None = None,
        frontier: Iterable[Signs] | None = None,
    ) -> None:
        self.arrangement = as_arrangement(arrangement)
        self.engine = choose_engine(engine, arrangement)
        self.frontier: tuple[Signs, ...] = ()
        self._start = None if frontier is None else [_node(signs) for signs in read_list(frontier, "frontier", "nodes")]
        rows = self.arrangement.essential.rows
        self._search = self.engine.search(rows, statistics, self._start) if rows else None
        self._image = RowImage(self.arrangement)
        self._zeros = tuple(k for k, (_, sign) in enumerate(self.arrangement.essential.members) if not sign)

    def cells(self, budget: int | None = None) -> Iterator[Cell]:
        """List the regions with witnesses; after about `budget` nodes the rest is left in `frontier`."""
        if self._search is None or self.engine.compiled:
            for block in self.blocks(budget):
                signs, points = block.signs, block.witnesses
                for some in (slice(first, first + _SOME) for first in range(0, len(signs), _SOME)):
                    for each, witness in zip(signs[some].tolist(), points[some].tolist(), strict=True):
                        yield Cell(tuple(each), tuple(witness))
            return
        yield from self._cells(self._search, budget)

    def _cells(self, search: CellSearch, budget: int | None) -> Iterator[Cell]:
        """List the regions of a search that finds them one by one, as soon as they are found."""
        budget = None if budget is None else read_whole(budget, "budget", 0)
        affine, essential, image = self.arrangement.is_affine, self.arrangement.essential, self._image
        for found in search.cells(budget):
            signs = tuple((found.signs[image.index] * image.orientation).tolist())
            witness = [0] * (self.arrangement.dimension + affine)
            for j, value in zip(essential.columns, found.witness.tolist(), strict=True):
                witness[j] = value
            yield Cell(signs, tuple(witness))
            if not affine:
                yield Cell(tuple(-s for s in signs), tuple(-x for x in witness))
        self.frontier = search.frontier

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """List the regions some at a time, in the order of `cells`; after about `budget` nodes the rest is left.

        Args:
            budget: nodes to split; None for all.

        Example:
            >>> block = next(RegionSearch(Arrangement.from_table([[1], [-2]])).blocks())
            >>> block.signs.tolist(), block.witnesses.tolist()
            ([[1, -1], [-1, 1]], [[1], [-1]])
        """
        budget = None if budget is None else read_whole(budget, "budget", 0)
        rows, zeros = len(self.arrangement), self._zeros
        if self._search is None:
            if self._start is None:
                point = np.zeros((1, self.arrangement.dimension + self.arrangement.is_affine), np.int64)
                yield CellBlock(np.zeros((1, word_count(rows)), np.uint64), point, rows, zeros)
            return
        for found in self._search.blocks(budget):
            yield CellBlock(self._image.words(found.words), self._image.points(found.witnesses), rows, zeros)
        self.frontier = self._search.frontier

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """List the packed signs alone, some at a time; after about `budget` nodes the rest is left in `frontier`.

        Args:
            budget: nodes to split; None for all.

        Example:
            >>> next(RegionSearch(Arrangement.from_table([[1], [-2]])).words()).tolist()
            [[1], [2]]
        """
        budget = None if budget is None else read_whole(budget, "budget", 0)
        if self._search is None:
            yield from (block.words for block in self.blocks())
            return
        for words in self._search.words(budget):
            yield self._image.words(words)
        self.frontier = self._search.frontier

    def count(self, budget: int | None = None) -> int:
        """Count the regions; none is kept. After about `budget` nodes the rest is left in `frontier`."""
        return sum(self.counts(budget))

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Count the regions as a sum, whose terms come as they are counted: for those who say how far it is."""
        budget = None if budget is None else read_whole(budget, "budget", 0)
        if self._search is None:
            yield int(self._start is None)
            return
        both = 1 if self.arrangement.is_affine else 2
        for found in self._search.counts(budget):
            yield found * both
        self.frontier = self._search.frontier


def _node(signs: object) -> Signs:
    listed = read_list(signs, "a node of the frontier", "-1, 0 or 1 for each distinct hyperplane")
    if not are_signs(listed):
        raise InputError(f"the frontier does not belong to these rows: the node {shown(signs)} has not one sign a row")
    return tuple(int(s) for s in listed)


def iter_regions(
    arrangement: Arrangement, *, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Cell]:
    """Yield every region once, with an integer point inside; none is kept.

    Args:
        arrangement: the hyperplanes.
        engine: "sweep", "rays", "lp" or "auto"; see `RegionSearch`.
        statistics: counters to add to.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Theorem (Schlaefli; Cover 1965): in general position there are 2 sum_{k<r} C(n-1, k) regions, r being the rank.

    Example:
        >>> sorted(cell.signs for cell in iter_regions(Arrangement.from_table([[1, 0], [1, 1]])))
        [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    """
    return RegionSearch(arrangement, engine=engine, statistics=statistics).cells()


def iter_regions_with_rays(arrangement: Arrangement) -> Iterator[tuple[Cell, tuple[Row, ...]]]:
    """List every region of a central arrangement once with its extreme rays, whose sum is the point inside.

    Args:
        arrangement: the hyperplanes, central.

    Yields:
        For each region its cell, and its rays modulo lineality: primitive integer vectors in the columns
        `arrangement.essential.columns`.

    Example:
        >>> from arrangements.families import family
        >>> cell, rays = next(iter_regions_with_rays(family("braid:3")))
        >>> cell.witness, sorted(rays)
        ((2, 1, 0), [(1, 0), (1, 1)])
    """
    essential = arrangement.essential
    zeros = [0] * arrangement.dimension
    if not essential.rows:
        yield Cell((0,) * len(arrangement.normals), tuple(zeros)), ()
        return
    for found, rays in RaySearch(essential.rows, 1).cells_with_rays():
        signs = tuple(int(found[k]) * sign if sign else 0 for k, sign in essential.members)
        witness = zeros.copy()
        for j, values in zip(essential.columns, zip(*rays, strict=True), strict=True):
            witness[j] = sum(values)
        yield Cell(signs, tuple(witness)), rays
        opposite = tuple(tuple(-x for x in ray) for ray in rays)
        yield Cell(tuple(-s for s in signs), tuple(-x for x in witness)), opposite


def list_regions(arrangement: Arrangement, *, engine: str = "auto", statistics: Statistics | None = None) -> list[Cell]:
    """List all regions, each with an integer point inside.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_regions`.

    Example:
        >>> list_regions(Arrangement.from_table([[2]]))
        [Cell(signs=(1,), witness=(1,)), Cell(signs=(-1,), witness=(-1,))]
    """
    return list(iter_regions(arrangement, engine=engine, statistics=statistics))
