"""Exact linear algebra on Python integers, and proven enclosures: the only module that talks to python-flint.

A  a matrix of Python integers, given as its rows
r  the rank of A
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import flint

from arrangements.errors import InputError

Row = tuple[int, ...]
Rows = Sequence[Sequence[int]]

_BITS = 192  # of an enclosure
_MARGIN = Fraction(1, 2**128)  # what others may lose when they compute the same with 60 digits


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


def in_first_basis(vectors: Rows, order: Sequence[int]) -> tuple[list[int], list[list[Any]], Any]:
    """Every vector as a combination of the first independent ones, in an order of preference.

    Args:
        vectors: N integer vectors that span R^d.
        order: the numbers 0 .. N-1, those that are preferred in the basis first.

    Returns:
        (basis, table, scale): the numbers of d independent vectors; d lists of N integers; and the absolute determinant
        of the basis, such that scale v_k = sum_i table[i][k] v_basis[i]. The integers of the table, minors by Cramer's
        rule, and the scale are python-flint's, which stay fast at any length.

    Example:
        >>> in_first_basis([[0, 0], [1, 1], [2, 2], [1, -1]], [0, 2, 3, 1])
        ([2, 3], [[0, 2, 4, 0], [0, 0, 0, 4]], 4)
    """
    columns = list(zip(*(vectors[k] for k in order), strict=True))
    echelon, denominator, _ = _matrix(columns, len(order)).rref()
    lines = echelon.tolist()
    basis = [order[next(j for j, x in enumerate(line) if x)] for line in lines]
    scale = abs(_matrix([vectors[b] for b in basis], len(columns)).det())
    if denominator != scale:
        lines = [[x * scale // denominator for x in line] for line in lines]
    place = {k: j for j, k in enumerate(order)}
    return basis, [[line[place[k]] for k in range(len(order))] for line in lines], scale


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


def softplus_above(x: Fraction) -> Fraction:
    """A rational number above log(1 + exp(x)), by about 2^-128.

    By Arb (Johansson 2017), which keeps a proven radius with every number.

    Example:
        >>> 0 < softplus_above(Fraction(-100)) < Fraction(1, 10**38)
        True
    """
    with flint.ctx.workprec(_BITS + _size(x)):
        ball = _ball(x)
        # log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))
        rest = (-abs(ball)).exp().log1p()
        return max(x, Fraction(0)) + _side(rest, 1) + _MARGIN


def entropy_below(p: Fraction) -> Fraction:
    """A rational number below -p log p - (1 - p) log(1 - p), by about 2^-128; for 0 <= p <= 1.

    Example:
        >>> entropy_below(Fraction(0)), entropy_below(Fraction(1))
        (Fraction(0, 1), Fraction(0, 1))
    """
    total = Fraction(0)
    with flint.ctx.workprec(_BITS + _size(p)):
        for q in (p, 1 - p):
            if 0 < q < 1:
                total += _side(-_ball(q) * _ball(q).log(), -1) - _MARGIN
    return total


def _ball(x: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(x.numerator, x.denominator))


def _size(x: Fraction) -> int:
    return abs(x.numerator).bit_length() + x.denominator.bit_length()


def _side(ball: flint.arb, side: int) -> Fraction:
    """The upper (1) or lower (-1) end of a ball; all are dyadic."""
    mantissa, exponent = (ball.upper() if side > 0 else ball.lower()).man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
