"""Rows, rays and sign vectors as the compiled kernel of the ray engine holds them.

See `arrangements.ray_state` for the layout and `arrangements.ray_arithmetic` for what is proven with it. y are working
coordinates, x_i = 2^e_i y_i the kernel's, with a scale e_i for each column in filtered arithmetic.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.bits import Words, packed
from arrangements.exact import Row
from arrangements.integers import Floats, Integers
from arrangements.ray_state import Space

PRIME = 2**31 - 1
_UNIT = 2.0**-105  # error bound of a ray that was rounded to two floats
_WHOLE = 2**53
_SUM: Callable[[Iterable[int]], int] = sum
_LARGEST: Callable[[Iterable[int]], int] = max


def sides(values: Integers) -> Words:
    """Bit sets of the positive and then of the negative entries, along the last axis."""
    return np.concatenate([packed(values > 0), packed(values < 0)], axis=-1)


def exact_space(rows: Sequence[Row], rays: Sequence[Row], values: Integers) -> Space:
    """Exact arithmetic: whole numbers in floats.

    Args:
        rows: in working coordinates.
        rays: to start from, in working coordinates.
        values: of the rows on the rays, one line for each ray; only their signs matter.
    """
    none = np.zeros((0, len(rows[0])))
    start = np.array(rays, np.float64)
    return Space(
        True,
        False,
        _lines(np.array(rows, np.float64), None, 0.0),
        np.zeros(none.shape, np.int64),
        none,
        none,
        _lines(start, None, 0.0),
        np.zeros(start.shape, np.int64),
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
    zeros: Floats,
) -> Space:
    """Filtered arithmetic: rows and rays as sums of two floats, with residues.

    Args:
        rows: in working coordinates.
        original: in the caller's.
        back: the matrix that takes x to the caller's coordinates.
        shifts: the scales e_i of the rows.
        rays: to start from, in working coordinates.
        values: of the rows on the rays, one line for each ray; only their signs matter.
        zeros: for each row a number such that a ray is on the row if its residue is 0 and its value on the row, divided
            by max |x_i|, is smaller: the value of the row (a_ki 2^-e_i) itself, before it is divided by a power of two.
    """
    highest = max(shifts)
    high, low, exponents = _split(rows, [highest - e for e in shifts], _SUM)
    # max |x_i|, which the kernel keeps in [1/2, 1], is above 0.49; rounding is made up for by 2^-40
    with np.errstate(over="ignore"):
        limits = np.ldexp(0.49 * (1 - 2.0**-40) * zeros, highest - exponents)
    modular = bool((limits > ((len(shifts) + 6) * 2.0**-53) ** 2).any())
    start, start_residues = encoded(rays, shifts)
    return Space(
        False,
        modular,
        _lines(high, low, limits if modular else 0.0),
        _residues(rows),
        _split(original, [0] * len(shifts), _SUM)[0],
        back,
        start,
        start_residues,
        sides(values),
    )


def encoded(rays: Sequence[Row], shifts: Sequence[int]) -> tuple[Floats, NDArray[np.int64]]:
    """Rays in filtered arithmetic: x divided by a power of two, with its error bound, and y modulo the prime."""
    high, low, _ = _split(rays, shifts, _LARGEST)
    return _lines(high, low, _UNIT), _residues(rays)


def _lines(high: Floats, low: Floats | None, last: Any) -> Floats:
    lines = np.zeros((len(high), 2 * high.shape[1] + 1))
    lines[:, : high.shape[1]] = high
    if low is not None:
        lines[:, high.shape[1] : -1] = low
    lines[:, -1] = last
    return lines


def _residues(rows: Sequence[Row]) -> NDArray[np.int64]:
    return np.array([[x % PRIME for x in row] for row in rows], np.int64)


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
