"""Exact linear algebra on Python integers, by python-flint.

A  a matrix of Python integers, given as its rows
r  the rank of A
"""

from collections.abc import Sequence
from math import gcd

import flint

from arrangements.errors import InputError

Row = tuple[int, ...]
Rows = Sequence[Sequence[int]]


def primitive(vector: Sequence[int]) -> Row:
    """Divide an integer vector by the positive gcd of its entries; the zero vector stays.

    Example:
        >>> primitive([-4, 6, 0])
        (-2, 3, 0)
    """
    g = gcd(*vector)
    return tuple(x // g for x in vector) if g > 1 else tuple(vector)


def _matrix(rows: Rows, columns: int) -> flint.fmpz_mat:
    return flint.fmpz_mat(len(rows), columns, [int(x) for row in rows for x in row])


def rank(rows: Rows, columns: int) -> int:
    """Rank of an integer matrix with that many columns, over the rationals.

    Example:
        >>> rank([[1, 2], [2, 4]], 2)
        1
    """
    return int(_matrix(rows, columns).rank())


def independent_columns(rows: Rows, columns: int) -> tuple[int, ...]:
    """Indices of the pivot columns: r independent columns that span the column space.

    Example:
        >>> independent_columns([[0, 2, 4], [0, 1, 3]], 3)
        (1, 2)
    """
    echelon, _, r = _matrix(rows, columns).rref()
    pivots: list[int] = []
    for i in range(r):
        start = pivots[-1] + 1 if pivots else 0
        pivots.append(next(j for j in range(start, columns) if echelon[i, j] != 0))
    return tuple(pivots)


def independent_rows(rows: Rows, columns: int) -> tuple[int, ...]:
    """Indices of the first r independent rows, in order.

    Example:
        >>> independent_rows([[0, 0], [1, 2], [2, 4], [0, 1]], 2)
        (1, 3)
    """
    return independent_columns([list(c) for c in zip(*rows, strict=True)] or [[]] * columns, len(rows))


def nullspace(rows: Rows, columns: int) -> tuple[Row, ...]:
    """A basis of {x : A x = 0} in primitive integer vectors.

    Example:
        >>> nullspace([[1, 1, 0]], 3)
        ((-1, 1, 0), (0, 0, 1))
    """
    echelon, denominator, r = _matrix(rows, columns).rref()
    pivots = independent_columns(rows, columns)
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        x = [0] * columns
        x[free] = int(denominator)
        for i in range(r):
            x[pivots[i]] = -int(echelon[i, free])
        basis.append(primitive(x if denominator > 0 else [-value for value in x]))
    return tuple(basis)


def primes_below(limit: int, product: int) -> tuple[int, ...]:
    """The largest primes below a limit, as few as have a product of at least that.

    Raises:
        InputError: all primes below the limit together do not.

    Example:
        >>> primes_below(20, 300)
        (19, 17)
    """
    found: list[int] = []
    while product > 1:
        limit -= 1
        if limit < 2:
            raise InputError("there are not enough primes below the limit")
        if flint.fmpz(limit).is_prime():
            found.append(limit)
            product = -(-product // limit)
    return tuple(found)
