"""Encoding of rows, rays and sign vectors as the arrays that the compiled kernel of the ray engine works on.

See `arrangements.rays.kernel.state` for the layout and `arrangements.rays.kernel.filtered_arithmetic` for what is
proven with it. y are working coordinates, x_i = 2^e_i y_i the kernel's, with a scale e_i for each column in filtered
arithmetic.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats, Integers
from arrangements.exact.linear_algebra import Row, primes_below
from arrangements.exact.packed_bits import Words, packed
from arrangements.rays.kernel.state import Space

_PRIMES = 2**31  # below this, so that sums of two products fit in 63 bits
_UNIT = 2.0**-105  # error bound of a ray that was rounded to two floats
_WHOLE = 2**53
_SUM: Callable[[Iterable[int]], int] = sum
_LARGEST: Callable[[Iterable[int]], int] = max


def sides(values: Integers) -> Words:
    """Make bit sets of the positive and then of the negative entries, along the last axis."""
    return np.concatenate([packed(values > 0), packed(values < 0)], axis=-1)


def exact_space(rows: Sequence[Row], rays: Sequence[Row], values: Integers) -> Space:
    """Encode rows for exact arithmetic: whole numbers in floats.

    Args:
        rows: in working coordinates.
        rays: to start from, in working coordinates.
        values: of the rows on the rays, one line for each ray; only their signs matter.
    """
    none = np.zeros((0, len(rows[0])))
    matrix, start = np.array(rows, np.float64), np.array(rays, np.float64)
    return Space(
        True,
        np.zeros(0, np.int64),
        np.hstack([matrix, np.zeros_like(matrix)]),
        np.zeros((*matrix.shape, 0), np.int64),
        none,
        none,
        _rays(start, np.zeros_like(start), 0.0),
        sides(values),
    )


def scales(rows: Sequence[Row]) -> tuple[int, ...]:
    """e_i >= 0 such that no column of the scaled rows a_ki 2^-e_i is large beside the others."""
    lengths = [max(map(abs, column)).bit_length() for column in zip(*rows, strict=True)]
    return tuple(length - min(lengths) for length in lengths)


def filtered_space(
    rows: Sequence[Row],
    original: Sequence[Row],
    back: Floats,
    shifts: Sequence[int],
    rays: Sequence[Row],
    values: Integers,
    bound: int,
) -> Space:
    """Encode rows for filtered arithmetic: sums of two floats, and residues modulo primes by which zeros are proven.

    Args:
        rows: in working coordinates.
        original: in the caller's.
        back: the matrix that takes x to the caller's coordinates.
        shifts: the scales e_i of the rows.
        rays: to start from, in working coordinates.
        values: of the rows on the rays, one line for each ray; only their signs matter.
        bound: on the entries of every ray in working coordinates.
    """
    highest = max(shifts)
    high, low, exponents = _split(rows, [highest - e for e in shifts], _SUM)
    primes = primes_below(_PRIMES, max(2, (bound << int(exponents.max())) >> 55))
    return Space(
        False,
        np.array(primes, np.int64),
        np.hstack([high, low]),
        np.array([[[x % prime for prime in primes] for x in row] for row in rows], np.int64),
        _split(original, [0] * len(shifts), _SUM)[0],
        back,
        encoded(rays, shifts),
        sides(values),
    )


def encoded(rays: Sequence[Row], shifts: Sequence[int]) -> Floats:
    """Encode rays for filtered arithmetic: x divided by a power of two, with its error bound."""
    high, low, _ = _split(rays, shifts, _LARGEST)
    return _rays(high, low, _UNIT)


def _rays(high: Floats, low: Floats, error: float) -> Floats:
    return np.hstack([high, low, np.full((len(high), 1), error)])


def _split(
    rows: Sequence[Row], shifts: Sequence[int], norm: Callable[[Iterable[int]], int]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Rows a_ki 2^(shift_i), divided by powers of two 2^t such that the norm is in [1/2, 1), as sums of two floats."""
    scaled = [[x << shift for x, shift in zip(row, shifts, strict=True)] for row in rows]
    exponents = [norm(map(abs, row)).bit_length() for row in scaled]
    if max(map(max, rows)) < _WHOLE and min(map(min, rows)) > -_WHOLE:
        floats = np.ldexp(np.array(rows, np.float64), np.subtract.outer([-t for t in exponents], [-s for s in shifts]))
        return floats, np.zeros_like(floats), np.array(exponents)
    high = np.array([[x / (1 << t) for x in row] for row, t in zip(scaled, exponents, strict=True)])
    low = []
    for row, line, t in zip(scaled, high.tolist(), exponents, strict=True):
        ratios = [value.as_integer_ratio() for value in line]
        low.append([((x * d) - (n << t)) / (d << t) for x, (n, d) in zip(row, ratios, strict=True)])
    return high, np.array(low), np.array(exponents)
