"""Building blocks of the families: sums of two unit vectors, affine rows, and a limit on the size of a family.

n        number of coordinates
e_i      unit vectors, i = 0, .., n-1
"""

from collections.abc import Iterable
from itertools import combinations
from operator import index

from arrangements.arguments import is_whole
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row

LARGEST = 10**6


def read_size(value: object, letter: str) -> int:
    """Read a size as a Python integer, of any sign; `check_sizes` says which ones are too small or too large.

    Args:
        value: what the user gave.
        letter: of the size.

    Raises:
        InputError: it is not an integer.

    Example:
        >>> read_size(4.0, "n")
        Traceback (most recent call last):
        arrangements.errors.InputError: n is 4.0; it must be an integer of at least 1
    """
    if not is_whole(value):
        raise InputError(f"{letter} is {shown(value)}; it must be an integer of at least 1")
    return int(index(value))


def check_sizes(rows: int, columns: int, **sizes: int) -> None:
    """Refuse a family that is empty or too large, before it is built.

    Args:
        rows: number of hyperplanes.
        columns: number of coordinates.
        **sizes: the numbers that the user gave, by their letters.

    Raises:
        InputError: a size is below 1, or there are more than `LARGEST` entries.

    Example:
        >>> check_sizes(3, 3, n=3)
    """
    for letter, value in sizes.items():
        if value < 1:
            raise InputError(f"{letter} is {shown(value)}, but sizes start at 1")
    if rows * columns > LARGEST:
        given = ", ".join(f"{letter} = {shown(value)}" for letter, value in sizes.items())
        raise InputError(f"{given} is too large: a family has at most {LARGEST:,} entries (rows times columns)")


def pair_row(n: int, i: int, j: int, sign: int) -> Row:
    """Make the vector e_i + sign e_j in R^n, for i other than j.

    Example:
        >>> pair_row(4, 0, 2, -1)
        (1, 0, -1, 0)
    """
    row = [0] * n
    row[i], row[j] = 1, sign
    return tuple(row)


def pair_rows(n: int, sign: int) -> list[Row]:
    """Make the vectors e_i + sign e_j for all i < j.

    Example:
        >>> pair_rows(3, -1)
        [(1, -1, 0), (1, 0, -1), (0, 1, -1)]
    """
    return [pair_row(n, i, j, sign) for i, j in combinations(range(n), 2)]


def unit_rows(n: int) -> list[Row]:
    """Make the unit vectors e_i.

    Example:
        >>> unit_rows(2)
        [(1, 0), (0, 1)]
    """
    return [tuple(int(i == j) for j in range(n)) for i in range(n)]


def affine(hyperplanes: Iterable[tuple[Row, int]], dimension: int) -> Arrangement:
    """Make the affine arrangement of hyperplanes given as pairs of normal and offset.

    Example:
        >>> affine([((1, -1), 0), ((1, -1), 1)], 2).offsets
        (0, 1)
    """
    pairs = list(hyperplanes)
    return Arrangement(tuple(row for row, _ in pairs), tuple(offset for _, offset in pairs), dimension)
