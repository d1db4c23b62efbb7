"""Arithmetic modulo a Mersenne prime on whole arrays, and when it tells the truth about integers.

Letters: e, the exponent of the prime p = 2^e - 1; H, a bound on every minor of an integer matrix.

Vectors are linearly independent over Q iff one of their minors is not 0. If H < p, no minor other than
0 vanishes modulo p, so the same sets of rows are independent over Q and over the field of p elements:
the two matroids, and everything that depends on them alone, are equal. Working modulo p keeps every
number below p, where exact elimination over the integers would let them grow without limit.

Arrays hold residues 0 <= a < p: int64 for e = 61, Python integers (dtype object) for larger e.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import isqrt, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from arrangements.errors import InputError

Array = npt.NDArray[Any]

WORD = 61  # the prime 2^61 - 1 is the largest Mersenne prime whose products can be folded within int64
EXPONENTS = (
    61,
    89,
    107,
    127,
    521,
    607,
    1279,
    2203,
    2281,
    3217,
    4253,
    4423,
    9689,
    9941,
    11213,
    19937,
    21701,
    23209,
    44497,
    86243,
    110503,
    132049,
    216091,
)  # OEIS A000043, from 61 on

LOW31, LOW30 = (1 << 31) - 1, (1 << 30) - 1


def faithful_exponent(rows: Sequence[Sequence[int]], size: int) -> int:
    """The least usable exponent e such that 2^e - 1 exceeds every minor of at most `size` rows.

    Args:
        rows: n non-zero integer vectors of one length.
        size: the largest order of minor that matters (the rank, or a bound on it).

    Raises:
        InputError: the minors may have more than 216,091 bits.

    Theorem (Hadamard, Bull. Sci. Math. 17, 1893): |det| is at most the product of the Euclidean norms
    of the rows; a minor's rows are no longer than the full ones.

    Example:
        >>> faithful_exponent([(3, 4), (10**9, 1), (1, 1)], 2), faithful_exponent([(10**30, 1)], 1)
        (61, 107)
    """
    squared_norms = sorted((sum(a * a for a in row) for row in rows), reverse=True)
    bits = isqrt(prod(squared_norms[:size])).bit_length() + 1  # H < 2^(bits - 1) <= 2^bits - 1
    if bits > EXPONENTS[-1]:
        raise InputError(f"entries too long for an exact count: minors of up to {bits} bits")
    return EXPONENTS[bisect_left(EXPONENTS, bits)]


def residues(rows: Sequence[Sequence[int]], e: int) -> Array:
    """The integer matrix modulo 2^e - 1, shape (n, d).

    Example:
        >>> residues([(-1, 2), (2**61, 0)], 61).tolist()
        [[2305843009213693950, 2], [1, 0]]
    """
    p = (1 << e) - 1
    return np.array([[a % p for a in row] for row in rows], dtype=np.int64 if e == WORD else object)


def fold(a: Array, e: int) -> Array:
    """Residues of integers 0 <= a < 2^(2e) (int64: a < 2^63), by 2^e = 1 modulo p.

    Example:
        >>> fold(np.array([2**61 - 1, 2**61 + 4, 2**63 - 1]), 61).tolist()
        [0, 5, 3]
    """
    p = (1 << e) - 1
    a = (a & p) + (a >> e)
    a = (a & p) + (a >> e)  # now 0 <= a <= p
    a[a == p] = 0
    return a


def multiply(a: Array, b: Array, e: int) -> Array:
    """The products a b modulo p, with NumPy's broadcasting.

    For e = 61 write a = 2^31 a1 + a0 and b likewise. By 2^62 = 2 modulo p,
    a b = 2 a1 b1 + 2^31 (a1 b0 + a0 b1) + a0 b0, and the middle term's bits above 2^61 fold to the bottom.
    The four parts stay below 2^61 - 2^32 + 3, 2^32, 2^61 - 2^31 + 1 and 2^62 - 2^32 + 2: a sum below 2^63.

    Example:
        >>> multiply(np.array([2**60, 3]), np.array([4, 5]), 61).tolist()
        [2, 15]
    """
    if e != WORD:
        return fold(a * b, e)
    a1, a0, b1, b0 = a >> 31, a & LOW31, b >> 31, b & LOW31
    middle = a1 * b0 + a0 * b1
    return fold(2 * (a1 * b1) + (middle >> 30) + ((middle & LOW30) << 31) + a0 * b0, e)


def subtract(a: Array, b: Array, e: int) -> Array:
    """The differences a - b modulo p, with NumPy's broadcasting.

    Example:
        >>> subtract(np.array([1]), np.array([2]), 61).tolist() == [2**61 - 2]
        True
    """
    return fold(a + ((1 << e) - 1) - b, e)


def invert(a: Array, e: int) -> Array:
    """The inverses modulo p of a one-dimensional array of non-zero residues.

    One true inversion in all: 1/x = y/(x y) and 1/y = x/(x y), for half of the numbers against the
    other half (Montgomery, Math. Comp. 48, 1987, section 10.3.1, arranged as a tree).

    Raises:
        ValueError: a residue is zero.

    Example:
        >>> a = np.array([2, 3, 5])
        >>> multiply(a, invert(a, 61), 61).tolist()
        [1, 1, 1]
    """
    if len(a) == 0:
        return a
    if len(a) == 1:
        return np.array([pow(int(a[0]), -1, (1 << e) - 1)], dtype=a.dtype)
    half = len(a) // 2
    x, y = a[:half], a[half : 2 * half]
    inverse = invert(np.concatenate([multiply(x, y, e), a[2 * half :]]), e)
    xy = inverse[:half]
    return np.concatenate([multiply(xy, y, e), multiply(xy, x, e), inverse[half:]])


def monic(rows: Array, e: int) -> Array:
    """Each non-zero row divided by its first non-zero entry: equal results iff proportional rows.

    Example:
        >>> monic(np.array([(0, 2, 4), (3, 0, 9)]), 61).tolist()
        [[0, 1, 2], [1, 0, 3]]
    """
    lead = (rows != 0).argmax(axis=1)
    return multiply(rows, invert(rows[np.arange(len(rows)), lead], e)[:, None], e)


def independent_columns(rows: Array, e: int, most: int | None = None) -> list[int]:
    """The first maximal set of independent columns modulo p, by elimination; their number is the rank.

    Args:
        rows: residues modulo 2^e - 1.
        e: the exponent.
        most: stop when there are that many.

    Example:
        >>> independent_columns(np.array([(1, 1, 0), (2, 2, 1)]), 61)
        [0, 2]
    """
    chosen: list[int] = []
    for j in range(rows.shape[1]):
        if len(chosen) == most:
            break
        nonzero = np.flatnonzero(rows[:, j])
        if len(nonzero):
            chosen.append(j)
            pivot = rows[nonzero[0]]
            pivot = multiply(pivot, invert(pivot[j : j + 1], e), e)
            rows = subtract(rows, multiply(rows[:, j, None], pivot, e), e)  # the pivot's row becomes 0
    return chosen
