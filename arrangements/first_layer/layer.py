"""The first layer as the second one sees it: regions, the masks that live, and the walls of every region."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb

from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, Signs
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row, independent_columns
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.region_search import iter_regions_with_rays, regions


def walls(signs: Signs, classes: Sequence[Sequence[int]], cells: Collection[Signs]) -> tuple[int, ...]:
    """Which hyperplanes bound a cell: those whose flip alone gives another cell.

    Two cells that differ in one hyperplane only have a common facet on it, and across every facet lies such a cell;
    so the other hyperplanes are redundant, exactly and without a linear program.

    Args:
        signs: the cell.
        classes: for each distinct hyperplane, the rows that are it.
        cells: the sign vectors of all cells.

    Example:
        >>> walls((1, 1, 1), [[0], [1], [2]], {(1, 1, 1), (-1, 1, 1), (1, 1, -1), (-1, -1, 1)})
        (0, 2)
    """
    found = []
    for k, rows in enumerate(classes):
        flipped = list(signs)
        for i in rows:
            flipped[i] = -flipped[i]
        if tuple(flipped) in cells:
            found.append(k)
    return tuple(found)


@dataclass(frozen=True)
class FirstLayer:
    """The regions of the first layer, with what the second layer needs of them.

    Attributes:
        arrangement: central; row i is x_i.
        cells: all regions.
        live: the regions whose neuron is active on some non-zero row.
        classes: for each distinct hyperplane, the rows that are it.
        walls: for each region, the hyperplanes that bound it.
        rays: for each region its extreme rays in the columns `pivots`, where they were found with it; else None.
    """

    arrangement: Arrangement
    cells: tuple[Cell, ...]
    live: tuple[int, ...]
    classes: tuple[tuple[int, ...], ...]
    walls: tuple[tuple[int, ...], ...]
    rays: tuple[tuple[Row, ...], ...] | None = None

    @classmethod
    def of(cls, arrangement: Arrangement, engine: str = "auto") -> "FirstLayer":
        """List the first layer.

        Raises:
            InputError: the arrangement is affine.

        Example:
            >>> layer = FirstLayer.of(Arrangement.from_table([[1], [-2], [0]]))
            >>> [cell.signs for cell in layer.cells], layer.classes
            ([(1, -1, 0), (-1, 1, 0)], ((0, 1),))
        """
        _check_central(arrangement)
        return cls._of_cells(arrangement, tuple(regions(arrangement, engine)))

    @classmethod
    def with_rays(cls, arrangement: Arrangement) -> "FirstLayer":
        """List the first layer by extreme rays, and keep them: a second layer that is listed by `rays` needs them.

        Raises:
            InputError: the arrangement is affine.

        Example:
            >>> layer = FirstLayer.with_rays(Arrangement.from_table([[1, 0], [1, 1]]))
            >>> layer.cells[0], sorted(layer.rays[0])
            (Cell(signs=(1, 1), witness=(1, 0)), [(0, 1), (1, -1)])
        """
        _check_central(arrangement)
        found = tuple(iter_regions_with_rays(arrangement))
        return cls._of_cells(arrangement, tuple(cell for cell, _ in found), tuple(rays for _, rays in found))

    @classmethod
    def _of_cells(
        cls, arrangement: Arrangement, cells: tuple[Cell, ...], rays: tuple[tuple[Row, ...], ...] | None = None
    ) -> "FirstLayer":
        live = tuple(k for k, cell in enumerate(cells) if 1 in cell.signs)
        classes = group(arrangement.normals)
        signs = {cell.signs for cell in cells}
        return cls(arrangement, cells, live, classes, tuple(walls(cell.signs, classes, signs) for cell in cells), rays)

    @cached_property
    def pivots(self) -> tuple[int, ...]:
        """Columns of X that span its column space: coordinates that lose nothing."""
        return independent_columns(self.arrangement.hyperplanes, self.arrangement.dimension)

    def mask(self, region: int) -> Signs:
        """The mask D of a region; zero rows have a pre-activation of 0, so their bit is 1."""
        return tuple(int(s >= 0) for s in self.cells[region].signs)

    def count_tuples(self, width: int) -> int:
        """How many tuples there are: all signed masks make one tuple if there are fewer than `width`."""
        signed = 2 * len(self.live)
        return comb(signed, min(check_width(width), signed))


def _check_central(arrangement: Arrangement) -> None:
    if arrangement.is_affine:
        raise InputError("the second layer needs a central arrangement; append a column of ones instead of offsets")


def check_width(width: int) -> int:
    """The width itself.

    Raises:
        InputError: it is below 1.
    """
    if width < 1:
        raise InputError(f"width is {width}; it must be an integer of at least 1")
    return width
