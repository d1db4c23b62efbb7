"""A better error bound for one ray, from the rows that it lies on: part of the compiled kernel.

x  the computed ray; z  the true one, scaled so that z_m = x_m at the largest entry m of x; u  2^-53
M  r x r: r - 1 independent rows t that the true ray lies on, and the unit row of entry m
R  any matrix, in floats: an approximate inverse of M; G = I - R M, g = its largest row sum of absolute values

The bound of step 3 in `arrangements.rays.kernel.filtered_arithmetic` grows from ray to ray, by the conditions of all
that came before. But the error of x depends on its own rows alone: M (z - x) = -(t.x, .., 0), and if g < 1 then R M = I
- G is invertible, so M^-1 = (I - G)^-1 R and

    max |z - x| <= max (|R| (|t.x|)) / (1 - g)                        (Krawczyk 1969; Rump 1983).

t.x is computed as in step 2, with an error below (r + 6)^2 u^2 that is added to it. In the computed I - R M each entry
errs by less than (r + 4) u (1 + the product of absolute values): r products and sums, the rows rounded to floats. z is
a positive multiple of the true ray because the old bound e < 1/8 fixes the sign of z_m.
"""

import numpy as np

from arrangements.exact.packed_bits import Words
from arrangements.rays.kernel.filtered_arithmetic import ONE, U, called, double_value, lowest, pasted
from arrangements.rays.kernel.state import Floats, Ints


@pasted
def _remainder(rows: Floats, k: int, matrix: Floats, known: int, r: int) -> float:
    """Write the part of row k that is orthogonal to the known orthonormal lines behind them. Returns its share."""
    size = 0.0
    for j in range(r):
        matrix[known, j] = rows[k, j]
        size += rows[k, j] ** 2
    for i in range(known):
        s = 0.0
        for j in range(r):
            s += matrix[i, j] * matrix[known, j]
        for j in range(r):
            matrix[known, j] -= s * matrix[i, j]
    rest = 0.0
    for j in range(r):
        rest += matrix[known, j] ** 2
    if rest > 0.0:
        scale = 1.0 / np.sqrt(rest)
        for j in range(r):
            matrix[known, j] *= scale
    return np.sqrt(rest / size)


@pasted
def _pick(rows: Floats, tight: Words, i: int, k: int, pivot: int, matrix: Floats, picked: Ints, r: int) -> bool:
    """Choose r - 1 rows among the pivot and those that rays i and k have in common. Returns whether there are.

    A row is taken if enough of it is orthogonal to those before: a tenth, or else 1e-4 or 1e-8 of its length.
    """
    for threshold in (0.1, 1e-4, 1e-8):
        row, known = pivot, 0
        w, rest = -1, np.uint64(0)
        while True:
            if _remainder(rows, row, matrix, known, r) > threshold or known == 0:
                picked[known] = row
                known += 1
            while rest == 0 and w + 1 < tight.shape[1]:
                w += 1
                rest = tight[i, w] & tight[k, w]
            if rest == 0 or known == r - 1:
                break
            row = 64 * w + lowest(rest)
            rest &= rest - ONE
        if known == r - 1:
            return True
    return False


@pasted
def _invert(matrix: Floats, r: int) -> bool:
    """Gauss and Jordan: lines 0..r-1 to the unit matrix, lines r..2r-1 to the inverse. Returns whether it could."""
    for j in range(r):
        best = j
        for i in range(j + 1, r):
            if abs(matrix[i, j]) > abs(matrix[best, j]):
                best = i
        if not abs(matrix[best, j]) > 0.0:
            return False
        for c in range(r):
            matrix[j, c], matrix[best, c] = matrix[best, c], matrix[j, c]
            matrix[r + j, c], matrix[r + best, c] = matrix[r + best, c], matrix[r + j, c]
        scale = 1.0 / matrix[j, j]
        for c in range(r):
            matrix[j, c] *= scale
            matrix[r + j, c] *= scale
        for i in range(r):
            factor = matrix[i, j]
            if i != j and factor != 0.0:
                for c in range(r):
                    matrix[i, c] -= factor * matrix[j, c]
                    matrix[r + i, c] -= factor * matrix[r + j, c]
    return True


@called
def refined(
    rows: Floats,
    tight: Words,
    i: int,
    k: int,
    pivot: int,
    rays: Floats,
    q: int,
    matrix: Floats,
    picked: Ints,
    r: int,
) -> float:
    """An error bound for ray q, the new one between rays i and k; infinite if none is found."""
    if not rays[q, 2 * r] < 0.125 or not _pick(rows, tight, i, k, pivot, matrix, picked, r):
        return np.inf
    largest = 0
    for j in range(r):
        if abs(rays[q, j]) > abs(rays[q, largest]):
            largest = j
    for t in range(r):
        for j in range(r):
            matrix[t, j] = rows[picked[t], j] if t < r - 1 else 1.0 if j == largest else 0.0
            matrix[r + t, j] = 1.0 if t == j else 0.0
    if not _invert(matrix, r):
        return np.inf
    for t in range(r - 1):
        v, _ = double_value(rows, picked[t], rays, q, r)
        matrix[0, t] = abs(v) * (1.0 + 4.0 * U) + ((r + 6) * U) ** 2
    g, bound = 0.0, 0.0
    for c in range(r):
        line, size = 0.0, 0.0
        for j in range(r):
            s, absolute = 1.0 if c == j else 0.0, 0.0
            for t in range(r):
                entry = rows[picked[t], j] if t < r - 1 else 1.0 if j == largest else 0.0
                s -= matrix[r + c, t] * entry
                absolute += abs(matrix[r + c, t] * entry)
            line += abs(s) + (r + 4) * U * (absolute + 1.0)
        for t in range(r - 1):
            size += abs(matrix[r + c, t]) * matrix[0, t]
        g, bound = max(g, line), max(bound, size)
    if not g < 0.5:
        return np.inf
    return bound / (1.0 - g) * (1.0 + 2.0**-40)
