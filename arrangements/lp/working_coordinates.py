"""Coordinates for floating point: those of the caller, or others in which the rows are well conditioned.

a_k  integer rows of rank r
B    r independent ones; T, s  table and scale with s a_k = sum_b T_bk a_b
m_k  largest entry of a_k; u  working coordinates u_b = a_b.w / m_b, for b in B

A linear map changes neither signs nor circuits, but floats can be blind in one and see in the other: decimals of a
matrix of rank d - 1 differ in its last direction by their rounding errors alone. For B, rows are exchanged as long as
that doubles the determinant of the scaled rows (Knuth 1985: semi-optimal bases). Then |T_bk| m_b <= 2 s m_k: in the
coordinates u all rows are small combinations of unit vectors. The coefficients are computed in integers and rounded
once. Floats decide here whether the rows need it, so nothing but speed hangs on the threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arrangements.exact.integer_matrix import Floats, IntegerMatrix, Integers, reduced
from arrangements.exact.linear_algebra import exchange, in_first_basis

_BLIND = 1e3  # condition number of the unit rows from which on other coordinates are taken


@dataclass(frozen=True)
class WorkingCoordinates:
    """Floating-point rows, with the maps between working coordinates and integer points of the caller.

    Attributes:
        rows: n x r rows in working coordinates, the largest entry of each is 1 in absolute value.
        normals: for each row k an integer direction of the caller's coordinates, on which row k is positive.
        sizes: for each row k a positive integer; rows[k] in working coordinates is the direction normals[k] / sizes[k].
        basis: the rows B; empty if the coordinates are the caller's.
        lengths: m_b for these.
        back: the integer matrix that takes u to a positive multiple of w; None if the coordinates are the caller's.
    """

    rows: Floats
    normals: tuple[Integers, ...]
    sizes: tuple[int, ...]
    basis: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    back: IntegerMatrix | None = None

    def point(self, witness: Integers, values: Integers) -> Floats:
        """Map an integer point w, given with all its values a_k.w, to working coordinates.

        Raises:
            OverflowError: it is too large for floating point.
        """
        if self.back is None:
            return witness.astype(np.float64)
        return np.array([int(values[b]) / m for b, m in zip(self.basis, self.lengths, strict=True)])

    def caller(self, u: Integers) -> Integers:
        """Map an integer point of working coordinates to those of the caller, up to a positive factor."""
        return u if self.back is None else reduced(self.back.dot(u))


def working_coordinates(matrix: IntegerMatrix) -> WorkingCoordinates:
    """Choose coordinates for the rows: the caller's if floats can tell the rows apart there.

    Args:
        matrix: the rows, none zero.

    Example:
        >>> working_coordinates(IntegerMatrix([[1, 0], [1, 2]])).basis
        ()
        >>> near = working_coordinates(IntegerMatrix([[10**9, 1], [10**9, 2], [10**9, 4]]))
        >>> near.basis, near.rows.tolist()
        ((0, 2), [[1.0, 0.0], [1.0, 0.5], [0.0, 1.0]])
    """
    floats, lengths = matrix.scaled()
    n, d = floats.shape
    units = floats / np.sqrt((floats**2).sum(axis=1))[:, None]
    singular = np.linalg.svd(units, compute_uv=False)
    if singular[-1] * _BLIND >= singular[0]:
        return WorkingCoordinates(floats, tuple(matrix.exact), tuple(lengths))
    basis, table, scale = in_first_basis(matrix.exact.tolist())
    while (better := _doubling(table, scale, basis, lengths)) is not None:
        scale = exchange(table, scale, basis, *better)
    sizes = [lengths[b] for b in basis]
    working = [[int(line[k]) * m for line, m in zip(table, sizes, strict=True)] for k in range(n)]
    back = IntegerMatrix([[int(line[n + j]) * m for line, m in zip(table, sizes, strict=True)] for j in range(d)])
    rows, largest = IntegerMatrix(working).scaled()
    normals = tuple(back.dot(np.array(row, dtype=object)) for row in working)
    return WorkingCoordinates(
        rows, normals, tuple(int(scale) * top for top in largest), tuple(basis), tuple(sizes), back
    )


def _doubling(
    table: Sequence[Sequence[int]], scale: int, basis: Sequence[int], lengths: Sequence[int]
) -> tuple[int, int] | None:
    """Find an exchange in the basis that more than doubles the determinant of the rows a_k / m_k."""
    for i, (b, line) in enumerate(zip(basis, table, strict=True)):
        for k, m in enumerate(lengths):
            if abs(line[k]) * lengths[b] > 2 * scale * m:
                return i, k
    return None
