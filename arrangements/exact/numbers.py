"""Reading numbers exactly: what is written is what is meant.

Integers and fractions stay, text is the decimal that it spells, a binary float is the dyadic rational that it
holds. Nothing is rounded unless the caller asks for it with `rounded_to`.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from numbers import Integral, Rational
from typing import TypeVar

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row, rank

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
Number = TypeVar("Number", int, Fraction)

_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?)", re.ASCII)
_DIGITS = 4000


def exact_number(value: object, place: str = "value") -> Fraction:
    """Read one number exactly.

    Args:
        value: an integer, a fraction, a Decimal, a finite float, or text such as "-3", "0.1", "1/3", "2e-3".
        place: where it stands, for the message.

    Raises:
        InputError: it is not a finite number.

    Example:
        >>> exact_number("0.1"), exact_number(0.5), exact_number("1/3")
        (Fraction(1, 10), Fraction(1, 2), Fraction(1, 3))
    """
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text) or len(text) > _DIGITS or re.search(r"/0+$", text):
            raise InputError(f"{place}: {_short(value)} is not a finite number; write it like -3, 0.1, 1/3 or 2e-3")
        return Fraction(text)
    if isinstance(value, Integral):
        return Fraction(int(value))
    if isinstance(value, Rational):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return Fraction(*value.as_integer_ratio())
    raise InputError(f"{place}: {_short(value)} is not a finite number")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:36]}...'"


def exact_vector(values: Iterable[object], place: str = "entry") -> Vector:
    """Read a vector exactly; messages count entries from 1."""
    return tuple(exact_number(value, f"{place} {k}") for k, value in enumerate(values, start=1))


def exact_matrix(table: Iterable[Iterable[object]], place: str = "row") -> Matrix:
    """Read a table exactly, as a matrix of fractions.

    Args:
        table: rows of numbers, all of one length; a NumPy array will do.
        place: what a row is called in messages; rows and columns are counted from 1.

    Raises:
        InputError: no rows, no columns, rows of different lengths, or an entry that is no finite number.

    Example:
        >>> exact_matrix([["0.5", 1]])
        ((Fraction(1, 2), Fraction(1, 1)),)
    """
    rows = []
    for i, row in enumerate(table, start=1):
        if isinstance(row, str | bytes) or not isinstance(row, Iterable):
            raise InputError(f"{place} {i}: {_short(row)} is not a row of numbers; a table has rows and columns")
        rows.append(exact_vector(row, f"{place} {i}, column"))
    if not rows or not rows[0]:
        raise InputError("the table is empty: it needs at least one row and one column of numbers")
    for i, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise InputError(f"{place} {i} has {len(row)} columns where {place} 1 has {len(rows[0])}")
    return tuple(rows)


def rounded_to(matrix: Matrix, decimals: int) -> Matrix:
    """The matrix with every entry rounded to that many decimals, half to even.

    Example:
        >>> rounded_to(exact_matrix([["0.3333"]]), 2)
        ((Fraction(33, 100),),)
    """
    return tuple(tuple(Fraction(round(x, decimals)) for x in row) for row in matrix)


def integer_row(row: Sequence[Number]) -> Row:
    """The primitive integer vector on the ray of a rational one; zero stays zero.

    Example:
        >>> integer_row(exact_vector(["0.5", "-1/3"]))
        (3, -2)
    """
    scale = lcm(*(x.denominator for x in row))
    integers = [int(x * scale) for x in row]
    divisor = gcd(*integers) or 1
    return tuple(x // divisor for x in integers)


def rank_warning(matrix: Sequence[Sequence[Number]]) -> str | None:
    """Say so when the exact rank and the numerical rank (1e-9 relative) differ; None when they agree.

    The exact rank is used all the same. A table whose decimals were cut off often has full exact rank where a
    lower one was meant.

    Example:
        >>> print(rank_warning(exact_matrix([[1, 1], [1, "1.00000000001"]])))
        the exact rank is 2, the numerical rank (relative 1e-9) is 1: the exact one is used; if the table was \
meant to have the lower rank, round it to the decimals that are meant
    """
    exact = rank([integer_row(row) for row in matrix], len(matrix[0]))
    largest = max((abs(x) for row in matrix for x in row), default=0) or 1
    numerical = int(np.linalg.matrix_rank(np.array([[float(x / largest) for x in row] for row in matrix]), rtol=1e-9))
    if exact == numerical:
        return None
    return (
        f"the exact rank is {exact}, the numerical rank (relative 1e-9) is {numerical}: the exact one is used; if "
        "the table was meant to have the lower rank, round it to the decimals that are meant"
    )
