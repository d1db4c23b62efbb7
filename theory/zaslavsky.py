"""Exact counts of regions, without listing one: Whitney numbers and characteristic polynomials.

Letters: d, the dimension; r, the rank of the normals; w_k, the absolute Whitney numbers of the first kind;
chi, the characteristic polynomial, chi(t) = sum_k (-1)^k w_k t^(d-k) for a central arrangement.

The numbers depend only on which sets of normals are linearly independent (the matroid). That is preserved
modulo a prime above every minor (`theory.mersenne_field`), and there a recursion over restrictions counts
(`theory.deletion_restriction`). No sign, no solver and no tolerance is involved, so a count
from here is independent evidence for any enumeration.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import comb, gcd
from operator import index
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from arrangements.errors import InputError, LimitError
from theory.deletion_restriction import whitney_modulo
from theory.mersenne_field import WORD, faithful_exponent, independent_columns, residues

Vector: TypeAlias = Sequence[int] | npt.NDArray[Any]
Matrix: TypeAlias = Sequence[Sequence[int]] | npt.NDArray[Any]


def whitney_numbers(rows: Matrix, *, limit: int | None = None) -> tuple[int, ...]:
    """The absolute Whitney numbers (w_0, ..., w_r) of the central arrangement {w : row.w = 0}.

    Args:
        rows: n integer vectors of length d, of any rank; zero rows are ignored, parallel rows merged.
        limit: stop as soon as the number of regions is known to exceed this (None: never).

    Raises:
        InputError: an entry is not an integer, or the rows differ in length.
        LimitError: there are more than `limit` regions.

    Theorem (Whitney, Bull. Amer. Math. Soc. 38, 1932, for graphs; Brylawski, Trans. Amer. Math. Soc. 234,
    1977): fix an order of the hyperplanes and call a circuit without its first element a broken circuit.
    Then w_k counts the sets of k hyperplanes that contain no broken circuit.

    Hence w_k <= C(n, k) and w_r <= C(n-1, r-1). Hence also w_k(N) <= w_k(M) for a matroid N whose
    independent sets are independent in M: let S contain no broken circuit of N, and order the loops of N
    last. If S contained C - c for a circuit C of M with first element c, then C, dependent in N, would
    contain a circuit C' of N, with c in it because S is independent, and S would contain C' - c.
    So numbers that reach general position modulo any prime are the true ones. Entries too large
    for a faithful prime of one word are first tried in this way.

    Example:
        >>> whitney_numbers([(1, 0), (0, 1), (1, 1)])
        (1, 3, 2)
        >>> whitney_numbers([(1, 0, 0), (-2, 0, 0), (0, 0, 0), (1, 10**30, 0)])
        (1, 2, 1)
    """
    lines = distinct_lines(integer_rows(rows))
    if not lines:
        return (1,)
    e = faithful_exponent(lines, min(len(lines), len(lines[0])))
    columns = independent_columns(residues(lines, e), e)
    lines = [tuple(row[j] for j in columns) for row in lines]
    n, r = len(lines), len(columns)
    e = faithful_exponent(lines, r)
    if e > WORD:
        w = whitney_modulo(residues(lines, WORD), WORD, limit)
        if w == (*(comb(n, k) for k in range(r)), comb(n - 1, r - 1)):
            return w
    return whitney_modulo(residues(lines, e), e, limit)


def characteristic_polynomial(rows: Matrix, offsets: Vector | None = None) -> tuple[int, ...]:
    """The d+1 coefficients of chi, highest power first, of the arrangement {w : row_i.w = offsets_i}.

    Args:
        rows: n integer vectors of length d; a zero row cuts nothing, whatever its offset.
        offsets: n integers, or None for a central arrangement.

    Raises:
        InputError: an entry is not an integer, or the lengths differ.

    Theorem (Zaslavsky, Mem. Amer. Math. Soc. 154, 1975; Orlik and Terao 1992, Proposition 2.51): the cone
    {(w, z) : row_i.w = offsets_i z} with z = 0, the hyperplane at infinity, has chi_cone(t) = (t-1) chi(t).

    Example:
        >>> characteristic_polynomial([(1, 0), (0, 1), (1, 1)])
        (1, -3, 2)
        >>> characteristic_polynomial([(1,), (1,), (1,)], [0, 1, 2])
        (1, -3)
    """
    integers = integer_rows(rows)
    d = len(integers[0]) if integers else (np.shape(rows)[1] if np.ndim(rows) == 2 else 0)
    if offsets is not None:
        integers, d = cone(integers, d, offsets), d + 1
    w = whitney_numbers(integers)
    signed = [(-1) ** k * w_k for k, w_k in enumerate(w)] + [0] * (d + 1 - len(w))
    return tuple(signed) if offsets is None else tuple(accumulate(signed))[:-1]  # division by t - 1


def count_regions(rows: Matrix, offsets: Vector | None = None, *, limit: int | None = None) -> int:
    """The number of regions of the arrangement {w : row_i.w = offsets_i} (central without offsets).

    Args:
        rows: n integer vectors of length d; a zero row cuts nothing, whatever its offset.
        offsets: n integers, or None for a central arrangement.
        limit: stop as soon as the number is known to exceed this (None: never).

    Raises:
        InputError: an entry is not an integer, or the lengths differ.
        LimitError: there are more than `limit` regions.

    Theorem (Zaslavsky 1975, Theorem A): it is |chi(-1)|, for central arrangements w_0 + ... + w_r. The cone
    of an affine arrangement has each of its regions twice, above and below the hyperplane at infinity.

    Example:
        >>> count_regions([(1, 0), (0, 1), (1, 1)])
        6
        >>> count_regions([(1, 0), (0, 1), (1, 1)], [0, 0, 1])
        7
    """
    if offsets is None:
        return sum(whitney_numbers(rows, limit=limit))
    integers = integer_rows(rows)
    d = len(integers[0]) if integers else 0
    coned = cone(integers, d, offsets)
    try:
        return sum(whitney_numbers(coned, limit=None if limit is None else 2 * limit)) // 2
    except LimitError:
        raise LimitError(f"more than {limit} regions") from None


def count_bounded(rows: Matrix, offsets: Vector) -> int:
    """The number of relatively bounded regions of an affine arrangement.

    A region is relatively bounded if it is bounded within the span of the normals; if they span the whole
    space this means bounded. Without any hyperplane the one region counts.

    Raises:
        InputError: an entry is not an integer, or the lengths differ.

    Theorem (Zaslavsky 1975, Theorem C): it is |chi(1)|.

    Example:
        >>> count_bounded([(1, 0), (0, 1), (1, 1)], [0, 0, 1])
        1
    """
    return abs(sum(characteristic_polynomial(rows, offsets)))


def cone(rows: Sequence[tuple[int, ...]], d: int, offsets: Vector) -> list[tuple[int, ...]]:
    """The normals (row_i, -offset_i) of the cone over an affine arrangement in R^d, and (0, 1) at infinity.

    Raises:
        InputError: there are not as many offsets as rows, or one is not an integer.

    Example:
        >>> cone([(1, 2)], 2, [3])
        [(1, 2, -3), (0, 0, 1)]
    """
    if len(offsets) != len(rows):
        raise InputError(f"{len(offsets)} offsets for {len(rows)} rows")
    last = (b for (b,) in integer_rows([[b] for b in offsets]))
    return [(*row, -b) for row, b in zip(rows, last, strict=True)] + [(0,) * d + (1,)]


def distinct_lines(rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The non-zero rows as primitive vectors (first non-zero entry positive), sorted, each line once.

    Example:
        >>> distinct_lines([(2, -4), (0, 0), (-1, 2), (0, 5)])
        [(0, 1), (1, -2)]
    """
    lines = set()
    for row in rows:
        if divisor := gcd(*row):
            lead = next(a for a in row if a)
            divisor = divisor if lead > 0 else -divisor
            lines.add(tuple(a // divisor for a in row))
    return sorted(lines)


def integer_rows(rows: Matrix) -> list[tuple[int, ...]]:
    """The rows as tuples of Python integers.

    Raises:
        InputError: an entry is not an integer, or the rows differ in length.

    Example:
        >>> integer_rows(np.eye(2, dtype=np.int8))
        [(1, 0), (0, 1)]
    """
    integers = []
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise InputError(f"row {i} has {len(row)} entries, row 0 has {len(rows[0])}")
        for j, a in enumerate(row):
            if not hasattr(a, "__index__"):
                raise InputError(f"row {i}, column {j}: {a!r} is not an integer")
        integers.append(tuple(map(index, row)))
    return integers
