"""Reading of numbers and tables as exact rational numbers: a decimal is the fraction that it spells.

Integers and fractions stay, text is the decimal that it spells, a binary float is the dyadic rational that it holds.
Nothing is rounded unless the caller asks for it with `rounded_to`. Tables of NumPy, pandas and sympy are known by the
methods that they have, so none of these packages is imported for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from numbers import Integral, Rational
from typing import TypeGuard, TypeVar

import numpy as np

from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row, rank
from arrangements.exact.number_text import fault

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
Number = TypeVar("Number", int, Fraction)


def exact_number(value: object, place: str = "value") -> Fraction:
    """Read one number exactly.

    Args:
        value: an integer, a fraction, a Decimal, a finite float, or text such as "-3", "0.1", "1/3", "2e-3"; of a
            foreign type (NumPy, sympy, gmpy2) if it is registered as one of these. False and True are 0 and 1.
        place: where it stands, for the message.

    Raises:
        InputError: it is not a finite number, or a symbolic one that is not an explicit fraction.

    Example:
        >>> exact_number("0.1"), exact_number(0.5), exact_number("1/3")
        (Fraction(1, 10), Fraction(1, 2), Fraction(1, 3))
    """
    if isinstance(value, str):
        if (why := fault(value)) is not None:
            raise InputError(f"{place}: {shown(value)} is not a finite number: {why}")
        return Fraction(value.strip())
    if isinstance(value, np.timedelta64):  # NumPy registers it as an integer
        raise InputError(f"{place}: {shown(value)} is not a finite number")
    if isinstance(value, Integral | np.bool_):
        return Fraction(int(value))
    if isinstance(value, Rational):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return Fraction(*value.as_integer_ratio())
    if hasattr(value, "is_rational"):  # an expression of sympy
        raise InputError(f"{place}: {shown(value)} is not a Rational; only rational numbers can be held exactly")
    raise InputError(f"{place}: {shown(value)} is not a finite number")


def exact_vector(values: Iterable[object], place: str = "entry") -> Vector:
    """Read a vector exactly.

    Args:
        values: numbers, in any form that `exact_number` reads; a NumPy array or a pandas Series will do.
        place: what an entry is called in messages, which count from 1.

    Raises:
        InputError: it is not a list, or an entry is not a finite number.

    Example:
        >>> exact_vector(["0.5", 2])
        (Fraction(1, 2), Fraction(2, 1))
    """
    return tuple(exact_number(value, f"{place} {k}") for k, value in enumerate(_items(values, f"{place}s"), start=1))


def exact_matrix(table: Iterable[Iterable[object]], place: str = "row") -> Matrix:
    """Read a table exactly, as a matrix of fractions.

    Args:
        table: rows of numbers, all of one length, in lists, a NumPy array, a pandas DataFrame or a sympy matrix. Names
            of columns and rows are left out. The float columns of a DataFrame hold dyadic rationals, its text columns
            the decimals that they spell.
        place: what a row is called in messages; rows and columns are counted from 1.

    Raises:
        InputError: no rows, no columns, rows of different lengths, or an entry that is not a finite number.

    Example:
        >>> exact_matrix([["0.5", 1]])
        ((Fraction(1, 2), Fraction(1, 1)),)
    """
    rows = []
    for i, row in enumerate(_items(table, "the table"), start=1):
        if not _is_list(row):
            raise InputError(f"{place} {i}: {shown(row)} is not a row of numbers; a table has rows and columns")
        rows.append(exact_vector(row, f"{place} {i}, column"))
    if not rows or not rows[0]:
        raise InputError("the table is empty: it needs at least one row and one column of numbers")
    for i, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise InputError(f"{place} {i} has {len(row)} columns where {place} 1 has {len(rows[0])}")
    return tuple(rows)


def column_names(table: object) -> tuple[str, ...] | None:
    """Return the names of the columns of a pandas DataFrame, as text; None for any other table.

    Args:
        table: a table of any kind.

    Example:
        >>> print(column_names([[1, 2]]))
        None
    """
    return tuple(map(str, table.columns)) if hasattr(table, "to_numpy") and hasattr(table, "columns") else None


def series_name(values: object) -> str | None:
    """Return the name of a pandas Series, as text; None if it has none, and for any other list.

    Args:
        values: a list of any kind.

    Example:
        >>> print(series_name([1, 2]))
        None
    """
    name = getattr(values, "name", None) if hasattr(values, "to_numpy") else None
    return None if name is None else str(name)


def exact_rows(table: Iterable[Iterable[object]], place: str = "row") -> Matrix:
    """Read rows exactly, as `exact_matrix` does; no rows are no rows.

    Args:
        table: rows of numbers, all of one length, or nothing at all.
        place: what a row is called in messages.

    Raises:
        InputError: rows of different lengths, or an entry that is not a finite number.

    Example:
        >>> exact_rows([]), exact_rows([[2]])
        ((), ((Fraction(2, 1),),))
    """
    rows = list(_items(table, "the table"))
    return exact_matrix(rows, place) if rows else ()  # type: ignore[arg-type]


def _items(values: object, name: str) -> Iterable[object]:
    """The entries of a list, or the rows of a table, of whatever kind."""
    if hasattr(values, "to_numpy"):  # pandas, whose DataFrame would give its column names
        return _items(values.to_numpy(dtype=object), name)
    if hasattr(values, "tolist"):  # NumPy, sympy and torch; a sympy matrix would give its entries
        values = values.tolist()
    if not _is_list(values):
        raise InputError(f"{name}: {shown(values)} is not a list; give numbers in a list, tuple or array")
    return values


def _is_list(values: object) -> TypeGuard[Iterable[object]]:
    """Whether these are entries in an order, and not text."""
    return isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping | AbstractSet)


def rounded_to(matrix: Matrix, decimals: int) -> Matrix:
    """Round every entry of a matrix to that many decimals, half to even.

    Args:
        matrix: the table.
        decimals: how many digits after the point stay.

    Example:
        >>> rounded_to(exact_matrix([["0.3333"]]), 2)
        ((Fraction(33, 100),),)
    """
    return tuple(tuple(Fraction(round(x, decimals)) for x in row) for row in matrix)


def integer_row(row: Sequence[int | Fraction]) -> Row:
    """Scale a rational vector by a positive factor to the primitive integer vector on its ray; zero stays zero.

    Args:
        row: the rational vector.

    Example:
        >>> integer_row(exact_vector(["0.5", "-1/3"]))
        (3, -2)
    """
    scale = lcm(*(x.denominator for x in row))
    integers = [int(x * scale) for x in row]
    divisor = gcd(*integers) or 1
    return tuple(x // divisor for x in integers)


def rank_warning(matrix: Sequence[Sequence[int | Fraction]]) -> str | None:
    """Return a warning if the exact rank and the numerical rank (1e-9 relative) differ, and None if they agree.

    The exact rank is used all the same. A table whose decimals were cut off often has full exact rank where a
    lower one was meant.

    Args:
        matrix: the table; at least one row.

    Example:
        >>> print(rank_warning(exact_matrix([[1, 1], [1, "1.00000000001"]])))
        the exact rank is 2, the numerical rank (relative 1e-9) is 1: the exact one is used; if the table was \
meant to have the lower rank, round it to the decimals that are meant
    """
    exact = rank([integer_row(row) for row in matrix], len(matrix[0]))
    largest = max((max(x, -x) for row in matrix for x in row), default=Fraction(0)) or Fraction(1)
    numerical = int(np.linalg.matrix_rank(np.array([[float(x / largest) for x in row] for row in matrix]), rtol=1e-9))
    if exact == numerical:
        return None
    return (
        f"the exact rank is {exact}, the numerical rank (relative 1e-9) is {numerical}: the exact one is used; if "
        "the table was meant to have the lower rank, round it to the decimals that are meant"
    )
