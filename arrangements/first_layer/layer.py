"""The first layer of a network: its regions, which of them are active on some row, and the walls of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb

from arrangements.arguments import check_kind, read_whole
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell, Signs
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row, independent_columns
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.region_search import iter_regions_with_rays, list_regions


def walls(signs: Signs, classes: Sequence[Sequence[int]], cells: Collection[Signs]) -> tuple[int, ...]:
    """Find the hyperplanes that bound a cell: those whose flip alone gives another cell.

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
    """The regions of the first layer, listed once, with the walls and masks that the second layer asks for.

    Attributes:
        arrangement: central; row i is x_i.
        cells: all regions.
        active: the regions whose neuron is active on some non-zero row.
        classes: for each distinct hyperplane, the rows that are it.
        walls: for each region, the hyperplanes that bound it.
        rays: for each region its extreme rays in the columns `pivots`, where they were found with it; else None.

    Raises:
        InputError: the arrangement is none, is affine, or comes without its regions; `FirstLayer.of` lists them.

    Example:
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> len(layer.cells), len(layer.active), layer.count_tuples(2)
        (4, 3, 15)
    """

    arrangement: Arrangement
    cells: tuple[Cell, ...] = ()
    active: tuple[int, ...] = ()
    classes: tuple[tuple[int, ...], ...] = ()
    walls: tuple[tuple[int, ...], ...] = ()
    rays: tuple[tuple[Row, ...], ...] | None = None

    def __post_init__(self) -> None:
        _check_central(self.arrangement)
        if not (isinstance(self.cells, tuple) and self.cells):
            raise InputError(
                "a FirstLayer holds the regions of an arrangement; list them with FirstLayer.of(arrangement)"
            )

    @classmethod
    def of(cls, arrangement: Arrangement, *, engine: str = "auto") -> "FirstLayer":
        """List the first layer.

        Args:
            arrangement: central; row i is x_i.
            engine: as for `iter_regions`.

        Raises:
            InputError: the argument is not an arrangement, it has offsets, or the engine is unknown.

        Example:
            >>> layer = FirstLayer.of(Arrangement.from_table([[1], [-2], [0]]))
            >>> [cell.signs for cell in layer.cells], layer.classes
            ([(1, -1, 0), (-1, 1, 0)], ((0, 1),))
        """
        _check_central(arrangement)
        return cls._of_cells(arrangement, tuple(list_regions(arrangement, engine=engine)))

    @classmethod
    def with_rays(cls, arrangement: Arrangement) -> "FirstLayer":
        """List the first layer and keep the extreme rays of its regions, which engine `rays` of the second layer needs.

        Args:
            arrangement: central; row i is x_i.

        Raises:
            InputError: the argument is not an arrangement, or it has offsets.

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
        active = tuple(k for k, cell in enumerate(cells) if 1 in cell.signs)
        classes = group(arrangement.normals)
        signs = {cell.signs for cell in cells}
        bounds = tuple(walls(cell.signs, classes, signs) for cell in cells)
        return cls(arrangement, cells, active, classes, bounds, rays)

    def _repr_svg_(self) -> str | None:
        """Draw the arrangement for notebooks, as it shows itself."""
        return self.arrangement._repr_svg_()

    @cached_property
    def pivots(self) -> tuple[int, ...]:
        """Columns of X that span its column space: coordinates that lose nothing."""
        return independent_columns(self.arrangement.hyperplanes, self.arrangement.dimension)

    def mask(self, region: int) -> Signs:
        """Give the mask D of a region; zero rows have a pre-activation of 0, so their bit is 1."""
        number = read_whole(region, "region", 0, len(self.cells) - 1)
        return tuple(int(s >= 0) for s in self.cells[number].signs)

    def count_tuples(self, width: int) -> int:
        """Count the tuples of a width; all signed masks make one tuple if there are fewer than `width`."""
        signed = 2 * len(self.active)
        return comb(signed, min(check_width(width), signed))


def as_first_layer(value: object) -> FirstLayer:
    """Return the value itself if it is a first layer, and raise otherwise; every function that takes one asks this.

    Args:
        value: what was given as a first layer.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_first_layer([])
        Traceback (most recent call last):
        arrangements.errors.InputError: [] is a list, not a FirstLayer; make one with FirstLayer.of(arrangement)
    """
    return check_kind(value, FirstLayer, None, "make one with FirstLayer.of(arrangement)")


def check_width(width: int) -> int:
    """Return the width itself if it is a number of neurons, and raise otherwise.

    Args:
        width: what was given as the width.

    Raises:
        InputError: it is not an integer of at least 1.

    Example:
        >>> check_width(0)
        Traceback (most recent call last):
        arrangements.errors.InputError: width is 0; it must be an integer of at least 1
    """
    return read_whole(width, "width")


def _check_central(arrangement: Arrangement) -> None:
    if as_arrangement(arrangement).is_affine:
        raise InputError("the second layer needs a central arrangement; append a column of ones instead of offsets")
