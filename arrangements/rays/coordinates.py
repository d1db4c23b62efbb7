"""Working coordinates of the ray engine, and the proof that floating-point arithmetic in them is exact.

a_k  integer rows of rank r; B  r independent ones of them, base rows first
c_i  the primitive integer vector with a.c_i = 0 for all rows a of B but the i-th, b_i, where b_i.c_i > 0
p_i  a multiple of c_i
y    working coordinates: w = sum_i y_i p_i, up to a positive factor; row k reads (a_k.p_i)_i / g_k, g_k their gcd
V    product of the r largest row lengths; W  the same for the rows in working coordinates

The rows of B cut space into 2^r orthants, spanned by the vectors +-c_i: the search starts there.

*Hadamard.* A ray of any cell is the primitive integer vector orthogonal to r - 1 independent rows; the vector of their
minors is a multiple of it, so its entries are at most V (with r - 1 rows, of length at least 1), and its value on any
row, a divisor of a determinant, as well. A split computes |v(n)| p_j + v(p) n_j, at most 2 V^2, and sums of products
a_kj q_j, at most sqrt(r) V. So if 2 V^2 < 2^53, whole numbers in floats are exact throughout. Linear maps change
neither cells nor rays: the coordinates of B often make this true where the given ones do not.

*Zero.* Filtered arithmetic knows a ray by x_i = t 2^e_i y_i with an unknown factor t > 0, y primitive, and row k as
(a_k.p_i)_i 2^(e-e_i-s) / g_k, where e is the largest e_i and 2^s makes its entries small. Let a be the integer row k in
working coordinates, v = t 2^(e-s) a.y its value on x, and |y_i| <= Y. Then t >= max |x_i| / (2^e Y) >= 0.49 / (2^e Y):

    |a.y| = |v| 2^s 2^-e / t <= |v| 2^s Y / 0.49 < 2^s Y 2^-55        if |v| < 2^-56.9.

Primes with a product of at least max 2^s Y 2^-55 prove every such value zero that is: a.y is 0 modulo all of them.
Y = W will do. And with q the primitive vector of the ray in the caller's coordinates, |b_i.q| <= V, y_i is a divisor of
(b_i.q) c / (b_i.p_i) where c is the lowest common multiple of all b_i.p_i: so Y = V c / min b_i.p_i will do as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm, prod
from typing import Any

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import IntegerMatrix, integer_vector
from arrangements.exact.linear_algebra import Row, dot, independent_rows, nullspace, primitive
from arrangements.exact.square_roots import ceil_sqrt
from arrangements.rays.encoding import exact_space, filtered_space, scales
from arrangements.rays.kernel.state import Space

ARITHMETIC = ("auto", "exact", "filtered")
_SAFE = 2**62
_UNPROVEN = "exact arithmetic is not proven for these rows: the product of their lengths is too large"


@dataclass(frozen=True)
class Setting:
    """The working coordinates of a search, and the map back to those of the caller.

    Attributes:
        rows: the integer rows a_k.
        basis: B as indices of rows; for rays given by the caller, empty.
        points: the vectors p_i if the working coordinates are those of B, else empty.
        shifts: e_i, for filtered arithmetic.
        space: what the kernel reads.
    """

    rows: tuple[Row, ...]
    basis: tuple[int, ...]
    points: tuple[Row, ...]
    shifts: tuple[int, ...]
    space: Space

    @cached_property
    def matrix(self) -> IntegerMatrix:
        """The rows, for products."""
        return IntegerMatrix(self.rows)

    @cached_property
    def combinations(self) -> IntegerMatrix:
        """The vectors p_i as columns, for sums of them."""
        return IntegerMatrix(list(zip(*self.points, strict=True)))

    def coordinates(self, q: Row) -> Row:
        """Primitive working coordinates y of a point."""
        if not self.points:
            return primitive(q)
        pairs = [(self.rows[b], c) for b, c in zip(self.basis, self.points, strict=True)]
        sizes = [dot(b, c) for b, c in pairs]
        common = lcm(*sizes)
        return primitive([dot(b, q) * (common // size) for (b, _), size in zip(pairs, sizes, strict=True)])


def setting_of(rows: Sequence[Sequence[int]], arithmetic: str = "auto") -> Setting:
    """Choose working coordinates, and prove floating-point arithmetic exact there or prepare the filtered one.

    Args:
        rows: N integer rows of full column rank, none zero, no two parallel; those that bound the cone first.
        arithmetic: "auto", "exact" or "filtered".

    Raises:
        InputError: unknown arithmetic; rank below the number of columns; or "exact" where that is not proven.
    """
    check_arithmetic(arithmetic)
    exact = tuple(tuple(map(int, row)) for row in rows)
    columns = len(exact[0])
    first = independent_rows(exact, columns)
    if len(first) < columns:
        raise InputError(f"the rows have rank {len(first)} in {columns} columns; restrict them to independent columns")
    if arithmetic != "filtered" and is_exact(exact):
        points = duals(exact, first)
        values = np.array(_images(exact, points), dtype=object).T
        return Setting(exact, first, (), (), exact_space(exact, points, values))
    spread = _spread_rows(exact, columns)
    for basis in (first, spread):
        points = _points(exact, basis)
        images = _images(exact, points)
        working = [primitive(row) for row in images]
        if arithmetic != "filtered" and is_exact(working):
            space = exact_space(working, _units(columns), np.array(images, dtype=object).T)
            return Setting(exact, basis, points, (), space)
    if arithmetic == "exact":
        raise InputError(_UNPROVEN)
    return _filtered(exact, basis, points, images, working)


def setting_of_rays(rows: Sequence[Sequence[int]], rays: Sequence[Sequence[int]], arithmetic: str = "auto") -> Setting:
    """Choose working coordinates for one cone whose extreme rays are known.

    Args:
        rows: N integer rows of full column rank; the cone's walls are among them.
        rays: the cone's extreme rays as primitive integer vectors.
        arithmetic: "auto", "exact" or "filtered".

    Raises:
        InputError: unknown arithmetic; or "exact" where that is not proven.
    """
    check_arithmetic(arithmetic)
    exact = tuple(tuple(map(int, row)) for row in rows)
    starts = tuple(primitive(tuple(map(int, ray))) for ray in rays)
    bound = len(exact[0]) * _largest(exact) * _largest(starts)
    kind: Any = np.int64 if bound < _SAFE else object
    values = np.array(starts, dtype=kind) @ np.array(exact, dtype=kind).T
    if arithmetic != "filtered" and is_exact(exact):
        return Setting(exact, (), (), (), exact_space(exact, starts, values))
    if arithmetic == "exact":
        raise InputError(_UNPROVEN)
    shifts = scales(exact)
    back = np.diag(np.ldexp(1.0, -np.array(shifts)))
    return Setting(exact, (), (), shifts, filtered_space(exact, exact, back, shifts, starts, values, hadamard(exact)))


def check_arithmetic(arithmetic: str) -> None:
    """Raise unless the text is the name of an arithmetic.

    Raises:
        InputError: unknown arithmetic.
    """
    if arithmetic not in ARITHMETIC:
        raise InputError(f"unknown arithmetic {arithmetic!r}; choose one of {', '.join(ARITHMETIC)}")


def hadamard(rows: Sequence[Sequence[int]]) -> int:
    """Hadamard's bound V, rounded up: no determinant of r of these rows is larger.

    Example:
        >>> hadamard([(1, 0), (3, 4), (0, 2)])
        10
    """
    return ceil_sqrt(_square(rows))


def largest_square(squares: Iterable[int], r: int) -> int:
    """Compute V^2 from the squared lengths of the rows and their rank.

    Example:
        >>> largest_square([1, 25, 4], 2)
        100
    """
    return prod(sorted(squares)[-r:])


def fits_floats(square: int) -> bool:
    """Whether 2 V^2 < 2^53."""
    return 2 * square < 2**53


def _square(rows: Sequence[Sequence[int]]) -> int:
    return largest_square((sum(x * x for x in row) for row in rows), len(rows[0]))


def is_exact(rows: Sequence[Sequence[int]]) -> bool:
    """Whether 2 V^2 < 2^53: then whole numbers in floats are exact throughout a search.

    Example:
        >>> is_exact([(1, 1), (1, -1)]), is_exact([(10**6, 1), (1, 10**6)])
        (True, False)
    """
    return fits_floats(_square(rows))


def duals(rows: Sequence[Row], basis: Sequence[int]) -> tuple[Row, ...]:
    """Compute the dual vectors c_i of independent rows.

    Example:
        >>> duals([(1, 0), (1, 2)], (0, 1))
        ((2, -1), (0, 1))
    """
    columns = len(rows[0])
    found = []
    for b in basis:
        (c,) = nullspace([rows[k] for k in basis if k != b], columns)
        found.append(c if dot(rows[b], c) > 0 else tuple(-x for x in c))
    return tuple(found)


def _images(rows: Sequence[Row], points: Sequence[Row]) -> list[Row]:
    matrix = IntegerMatrix(rows)
    columns = [matrix.dot(integer_vector(c)).tolist() for c in points]
    return list(zip(*columns, strict=True))


def _spread_rows(rows: Sequence[Row], columns: int) -> tuple[int, ...]:
    """Independent rows far from dependent: largest remainder first, after the first row, which may bound the cone.

    Floats propose the order, exact elimination decides what is independent.
    """
    floats, _ = IntegerMatrix(rows).scaled()
    for _ in range(2):
        floats /= np.maximum(np.abs(floats).max(axis=0), 1e-300)
        floats /= np.sqrt((floats**2).sum(axis=1))[:, None]
    order = [0]
    for _ in range(columns - 1):
        pivot = floats[order[-1]] / max(float(np.sqrt((floats[order[-1]] ** 2).sum())), 1e-300)
        floats = floats - np.outer(floats @ pivot, pivot)
        left = (floats**2).sum(axis=1)
        left[order] = -1.0
        order.append(int(left.argmax()))
    order += [k for k in range(len(rows)) if k not in set(order)]
    return tuple(order[k] for k in independent_rows([rows[k] for k in order], columns))


def _units(size: int) -> tuple[Row, ...]:
    return tuple(tuple(int(i == j) for j in range(size)) for i in range(size))


def _points(rows: tuple[Row, ...], basis: Sequence[int]) -> tuple[Row, ...]:
    """The vectors p_i: such that the columns (a_k.p_i)_k have one gcd."""
    vectors = duals(rows, basis)
    divisors = [gcd(*column) for column in zip(*_images(rows, vectors), strict=True)]
    common = lcm(*divisors)
    return tuple(tuple(x * (common // g) for x in c) for c, g in zip(vectors, divisors, strict=True))


def _filtered(
    rows: tuple[Row, ...],
    basis: tuple[int, ...],
    points: tuple[Row, ...],
    images: Sequence[Row],
    working: Sequence[Row],
) -> Setting:
    shifts = scales(working)
    back = [[Fraction(x, 1 << e) for x in point] for point, e in zip(points, shifts, strict=True)]
    size = max(abs(x) for line in back for x in line)
    floats = np.array([[float(x / size) for x in line] for line in back]).T.copy()
    values = np.array(images, dtype=object).T
    sizes = [images[b][i] for i, b in enumerate(basis)]
    bound = min(hadamard(working), hadamard(rows) * lcm(*sizes) // min(sizes))
    space = filtered_space(working, rows, floats, shifts, _units(len(points)), values, bound)
    return Setting(rows, basis, points, shifts, space)


def _largest(rows: Sequence[Row]) -> int:
    return max(max(map(abs, row)) for row in rows)
