"""Checks of arguments that speak of rows of an arrangement: row numbers, and one sign for each row."""

from collections.abc import Iterable
from operator import index
from typing import SupportsIndex

from arrangements.cells import Cell
from arrangements.errors import InputError


def row_number(row: object, n: int) -> int:
    """Read the number of a row; -1 is the last one.

    Args:
        row: what the caller gave.
        n: how many rows there are.

    Raises:
        InputError: it is not an integer, or there is no such row.

    Example:
        >>> row_number(-1, 4)
        3
    """
    if not isinstance(row, SupportsIndex) or not -n <= index(row) < n:
        raise InputError(f"there is no row {row!r}; the {n} rows are counted from 0")
    return index(row) % n


def row_numbers(rows: object, n: int) -> list[int]:
    """Read the numbers of some rows.

    Args:
        rows: what the caller gave.
        n: how many rows there are.

    Raises:
        InputError: it is not a list, or one of them is not the number of a row.

    Example:
        >>> row_numbers({0, -1}, 4)
        [0, 3]
    """
    if not isinstance(rows, Iterable):
        raise InputError(f"rows is {rows!r}, which is not a list; give the numbers of some rows")
    return [row_number(row, n) for row in rows]


def row_signs(region: object, n: int) -> list[int]:
    """Read a sign vector.

    Args:
        region: a list of signs, or a `Cell`.
        n: how many rows there are.

    Raises:
        InputError: it has not -1, 0 or 1 for each row.

    Example:
        >>> row_signs(Cell((1, -1), (3, 4)), 2)
        [1, -1]
    """
    signs = region.signs if isinstance(region, Cell) else region
    listed = list(signs) if isinstance(signs, Iterable) else []
    if len(listed) != n or any(s not in (-1, 0, 1) for s in listed):
        raise InputError(f"{signs!r} is not a sign vector; it needs -1, 0 or 1 for each of the {n} rows")
    return listed
