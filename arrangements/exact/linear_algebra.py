"""Exact linear algebra on Python integers, by python-flint.

A  a matrix of Python integers, given as its rows
r  the rank of A
"""

from collections.abc import Sequence
from math import gcd
from typing import Any

import flint

from arrangements.errors import InputError

Row = tuple[int, ...]
Rows = Sequence[Sequence[int]]

_PRIME = 2**61 - 1


def primitive(vector: Sequence[int]) -> Row:
    """Divide an integer vector by the positive gcd of its entries; the zero vector stays.

    Example:
        >>> primitive([-4, 6, 0])
        (-2, 3, 0)
    """
    g = gcd(*vector)
    return tuple(x // g for x in vector) if g > 1 else tuple(vector)


def dot(a: Sequence[int], b: Sequence[int]) -> int:
    """Compute the product of two integer vectors of one length.

    Example:
        >>> dot((1, 2), (3, -1))
        1
    """
    return sum(x * y for x, y in zip(a, b, strict=True))


def _matrix(rows: Rows, columns: int) -> flint.fmpz_mat:
    return flint.fmpz_mat(len(rows), columns, [int(x) for row in rows for x in row])


def integer_matrix(rows: Rows, columns: int) -> Any:
    """Prepare an integer matrix for `product_columns`, turned over once and for all.

    Args:
        rows: its rows.
        columns: how many it has.
    """
    return _matrix(rows, columns).transpose()


def product_columns(matrix: Any, vectors: Rows) -> list[list[int]]:
    """Compute A v for some vectors v at once, in integers of any length.

    Args:
        matrix: A, of `integer_matrix`.
        vectors: at least one, each as long as a row of A.

    Example:
        >>> product_columns(integer_matrix([[1, 2], [0, 10**30]], 2), [[1, 1], [0, 3]])
        [[3, 1000000000000000000000000000000], [6, 3000000000000000000000000000000]]
    """
    lines = flint.fmpz_mat(len(vectors), matrix.nrows(), [x for vector in vectors for x in vector])
    return [list(map(int, line)) for line in (lines * matrix).tolist()]


def _pivots_modulo(matrix: flint.fmpz_mat) -> list[int]:
    """The pivot columns modulo a prime: independent over the rationals too, but perhaps not all, nor the first."""
    return _pivots(*flint.nmod_mat(matrix, _PRIME).rref())


def _pivots(echelon: Any, r: int) -> list[int]:
    """The columns of the first non-zero entries of an echelon form of rank r."""
    pivots: list[int] = []
    for i in range(r):
        start = pivots[-1] + 1 if pivots else 0
        pivots.append(next(j for j in range(start, echelon.ncols()) if int(echelon[i, j])))
    return pivots


def rank(rows: Rows, columns: int) -> int:
    """Compute the rank of an integer matrix with that many columns, over the rationals.

    A prime proves full rank. Otherwise the elimination goes along the shorter side, where its entries are fewer.

    Example:
        >>> rank([[1, 2], [2, 4]], 2)
        1
    """
    matrix = _matrix(rows, columns)
    full = min(len(rows), columns)
    if flint.nmod_mat(matrix, _PRIME).rank() == full:
        return full
    return int((matrix.transpose() if columns > len(rows) else matrix).rank())


def independent_columns(rows: Rows, columns: int) -> tuple[int, ...]:
    """Find the indices of the pivot columns: r independent columns that span the column space.

    Example:
        >>> independent_columns([[0, 2, 4], [0, 1, 3]], 3)
        (1, 2)
    """
    matrix = _matrix(rows, columns)
    first = _pivots_modulo(matrix)
    if first == list(range(min(len(rows), columns))):  # as many as there can be, and none comes earlier
        return tuple(first)
    echelon, _, r = matrix.rref()
    return tuple(_pivots(echelon, r))


def independent_rows(rows: Rows, columns: int) -> tuple[int, ...]:
    """Find the indices of the first r independent rows, in order.

    Example:
        >>> independent_rows([[0, 0], [1, 2], [2, 4], [0, 1]], 2)
        (1, 3)
    """
    return independent_columns([list(c) for c in zip(*rows, strict=True)] or [[]] * columns, len(rows))


def nullspace(rows: Rows, columns: int) -> tuple[Row, ...]:
    """Compute a basis of {x : A x = 0} in primitive integer vectors.

    Example:
        >>> nullspace([[1, 1, 0]], 3)
        ((-1, 1, 0), (0, 0, 1))
    """
    echelon, denominator, r = _matrix(rows, columns).rref()
    pivots = _pivots(echelon, r)
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        x = [0] * columns
        x[free] = int(denominator)
        for i in range(r):
            x[pivots[i]] = -int(echelon[i, free])
        basis.append(primitive(x if denominator > 0 else [-value for value in x]))
    return tuple(basis)


def in_first_basis(rows: Rows) -> tuple[list[int], list[list[Any]], Any]:
    """Write every row as a combination of the first r independent rows; find the map from values on these to a point.

    Args:
        rows: n >= 1 integer rows a_k of one length d.

    Returns:
        (basis, table, scale): the numbers of r rows; r lists of n + d integers; and a positive integer, such that
        scale a_k = sum_i table[i][k] a_basis[i], and the point w with scale w_j = sum_i table[i][n + j] u_i has the
        value u_i on row basis[i], for every i. All are minors of one matrix (Cramer's rule), and python-flint's
        integers, which stay fast at any length.

    Example:
        >>> in_first_basis([[1, 0], [1, 1], [3, 1]])
        ([0, 1], [[1, 0, 2, 1, -1], [0, 1, 1, 0, 1]], 1)
    """
    n, d = len(rows), len(rows[0])
    vectors = [*rows, *([int(i == j) for j in range(d)] for i in range(d))]  # units fill up what the rows do not span
    echelon, denominator, _ = _matrix(list(zip(*vectors, strict=True)), n + d).rref()
    table = echelon.tolist()
    basis = [next(k for k, x in enumerate(line) if x) for line in table]
    scale = abs(_matrix([vectors[b] for b in basis], d).det())
    if denominator != scale:
        table = [[x * scale // denominator for x in line] for line in table]
    r = sum(b < n for b in basis)
    return basis[:r], table[:r], scale


def exchange(table: list[list[Any]], scale: Any, basis: list[int], i: int, k: int) -> Any:
    """Exchange the i-th basis vector for vector k, in place, and return the determinant of the new basis.

    All entries before and after are minors of one matrix, so every division is exact (Edmonds 1967; Bareiss 1968).

    Args:
        table: of `in_first_basis`, with table[i][k] not zero.
        scale: its scale.
        basis: its basis.
        i: the place.
        k: the vector.

    Example:
        >>> basis, table, scale = in_first_basis([[1, 0], [0, 1], [3, 2]])
        >>> exchange(table, scale, basis, 0, 2), basis, table
        (3, [2, 1], [[1, 0, 3, 1, 0], [-2, 3, 0, -2, 3]])
    """
    line = table[i] if table[i][k] > 0 else [-x for x in table[i]]
    pivot = line[k]
    for j, other in enumerate(table):
        factor = other[k]
        if j != i:
            table[j] = [(pivot * x - factor * y) // scale for x, y in zip(other, line, strict=True)]
    table[i] = line
    basis[i] = k
    return pivot


def projection(rows: Rows, columns: int, *, exact: bool = True) -> list[list[int]]:
    """Compute a multiple of the orthogonal projection onto the column space, A (A^T A)^-1 A^T.

    Args:
        rows: the matrix A.
        columns: how many it has; they are independent.
        exact: give the smallest positive multiple in integers. If not, give the projection itself modulo 2^61 - 1,
            which takes far less time for long tables; the exact one all the same if A^T A is singular modulo the prime.

    Example:
        >>> projection([[1, 0], [0, 1], [1, 1]], 2)
        [[2, -1, 1], [-1, 2, 1], [1, 1, 2]]
        >>> projection([[1], [1]], 1, exact=False) == [[2**60, 2**60], [2**60, 2**60]]
        True
    """
    matrix = _matrix(rows, columns)
    if not exact:
        residues = flint.nmod_mat(matrix, _PRIME)
        square = residues.transpose() * residues
        if square.rank() == columns:
            return [list(map(int, line)) for line in (residues * square.inv() * residues.transpose()).tolist()]
    inverse = flint.fmpq_mat(matrix.transpose() * matrix).inv()
    numerators, _ = (flint.fmpq_mat(matrix) * inverse * flint.fmpq_mat(matrix.transpose())).numer_denom()
    return [list(map(int, line)) for line in numerators.tolist()]


def primes_below(limit: int, product: int) -> tuple[int, ...]:
    """Find the largest primes below a limit, the fewest whose product is at least the given number.

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


def scaled_inverse(rows: Rows) -> tuple[list[list[int]], int] | None:
    """Invert a square integer matrix M up to a positive factor.

    Args:
        rows: its rows.

    Returns:
        (N, m) with integers N and m > 0 such that M N is m times the unit matrix; None if M has no inverse.

    Example:
        >>> scaled_inverse([[0, 2], [-1, 0]]), scaled_inverse([[1, 2], [2, 4]])
        (([[0, -2], [1, 0]], 2), None)
    """
    try:
        inverted: Any = _matrix(rows, len(rows)).inv()  # over the rationals
    except ZeroDivisionError:
        return None
    inverse, scale = inverted.numer_denom()
    return [list(map(int, line)) for line in inverse.tolist()], int(scale)
