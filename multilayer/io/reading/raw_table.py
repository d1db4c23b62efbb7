"""A table as it was read: names of columns, cells, places for messages, and notes for the user."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

Value = str | int | Fraction


class RawTable(NamedTuple):
    """Cells before anything is decided about them.

    Attributes:
        names: of the columns; column 1, column 2, ... where there are none.
        rows: cells, as text or as exact numbers; empty text where nothing stands.
        places: for each row what its place is called, up to the number of a column.
        notes: what the user should know of how the file was read.
        row_labels: the columns that only number or name the rows.
        headless: whether line 1 of a text could have been a header and was read as data.
    """

    names: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    places: Sequence[str]
    notes: tuple[str, ...] = ()
    row_labels: tuple[int, ...] = ()
    headless: bool = False

    def column(self, j: int) -> list[Value]:
        """The cells of one column."""
        return [row[j] for row in self.rows]


def numbered(count: int) -> tuple[str, ...]:
    """Names for columns that have none.

    Example:
        >>> numbered(2)
        ('column 1', 'column 2')
    """
    return tuple(f"column {j}" for j in range(1, count + 1))
