"""Checks of arguments that speak of rows of an arrangement: row numbers, and one sign for each row."""

from collections.abc import Iterable
from operator import index

from arrangements.arguments import is_whole, read_list
from arrangements.cells import Cell
from arrangements.errors import InputError, shown


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
    if not is_whole(row) or not -n <= index(row) < n:
        raise InputError(f"there is no row {shown(row)}; the {n} rows are counted from 0")
    return int(index(row)) % n


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
    return [row_number(row, n) for row in read_list(rows, "rows", "numbers of rows")]


def are_signs(values: Iterable[object]) -> bool:
    """Whether these are signs: whole numbers, each -1, 0 or 1.

    Example:
        >>> are_signs((1, 0, -1)), are_signs([2]), are_signs([True])
        (True, False, False)
    """
    return all(is_whole(s) and -1 <= s <= 1 for s in values)


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
    listed = read_list(signs, "the sign vector", "-1, 0 or 1 for each row")
    if len(listed) != n or not are_signs(listed):
        raise InputError(f"{shown(signs)} is not a sign vector; it needs -1, 0 or 1 for each of the {n} rows")
    return listed
