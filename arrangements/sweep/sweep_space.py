"""What a sweep works with that does not change: its rows, functionals, first tableaus, and exact arithmetic."""

from collections.abc import Sequence
from functools import cached_property

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats, IntegerMatrix
from arrangements.exact.linear_algebra import Row, independent_columns
from arrangements.sweep.coincidences import Coincidences
from arrangements.sweep.exact_vertices import ExactVertices
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.kernel.state import Tableaus, copied
from arrangements.sweep.second_filter import SecondFilter
from arrangements.sweep.tableau_rows import halved, tableaus_for

_HIGHEST = 60  # rank


class SweepSpace:
    """The rows of a sweep in its order and its columns, and what is made of them.

    Args:
        given: N integer rows of one length r and of rank r.

    Attributes:
        rows: row 1, .., row N - 1, row 0, in columns that are multiplied by powers of two to be of about one size.
        shifts: by how many binary digits each column was made larger.
        functionals, vertices: of these rows.

    Raises:
        InputError: the rows have not full rank, or it is too large.

    Example:
        >>> space = SweepSpace([(1, 0), (0, 4)])
        >>> space.rows, space.shifts
        (((0, 4), (4, 0)), (2, 0))
    """

    def __init__(self, given: Sequence[Row]) -> None:
        self.rank, self.size = len(given[0]), len(given)
        if len(independent_columns(given, self.rank)) < self.rank:
            raise InputError(f"the rows have not rank {self.rank}; restrict them to independent columns")
        if self.rank > _HIGHEST:
            raise InputError(
                f"rank {self.rank} is too large for engine sweep: there are at least 2^{self.rank} regions"
            )
        lengths = [max(map(abs, column)).bit_length() for column in zip(*given, strict=True)]
        self.shifts = tuple(max(lengths) - length for length in lengths)
        scaled = [tuple(x << e for x, e in zip(row, self.shifts, strict=True)) for row in given]
        self.rows: tuple[Row, ...] = (*scaled[1:], scaled[0])
        self.functionals = Functionals(self.rows)
        self.vertices = ExactVertices(self.rows, self.functionals)
        self._tableaus: dict[bool, Tableaus] = {}

    @cached_property
    def second_filter(self) -> SecondFilter:
        """What proves more than the kernel does, before exact arithmetic is asked."""
        return SecondFilter(self.rows, self.functionals)

    @cached_property
    def coincidences(self) -> Coincidences:
        """The dependencies of rows that were met so far."""
        return Coincidences(self.rows)

    @cached_property
    def matrix(self) -> IntegerMatrix:
        """The rows, for products."""
        return IntegerMatrix(self.rows)

    @cached_property
    def floats(self) -> Floats:
        """The rows, each divided by a power of two, turned over."""
        return halved(self.rows).T.copy()

    def tableaus(self, coordinates: bool) -> Tableaus:
        """The first tableaus, with the coordinates of space or without, in memory of their own."""
        if coordinates not in self._tableaus:
            self._tableaus[coordinates] = tableaus_for(self.rows, self.functionals, coordinates)
        return copied(self._tableaus[coordinates])
