"""Integer points in the cells above vertices: part of the compiled kernel.

p_i, s_i, h_k, C_qi  as in `arrangements.sweep.kernel.line_vertices`; position i may be a row or a coordinate of space
g_b                  the sign of row b of B, S and k, in the cell

At the vertex v a position has the value p_i + s_i h_k. On the vector u on which each row of B is g_b and f_0 is 0, it
is

    d_i - p_i d_f0 + s_i (g_k - d_k + p_k d_f0) / s_k,      d_i = sum over S of g_q C_qi.

The point v + t u is inside of the cell for small t > 0, and half of the way to the first row that it would cross is
taken. These are proposals: the point is rounded to whole numbers, of 16 binary digits, or 32, or 50, until it is proven
to be inside by

    fl(a.w) differs from a.w by less than (r + 2) u sum |a_j w_j|, the entries of a rounded.
"""

import math

import numpy as np

from arrangements.rays.kernel.filtered_arithmetic import U, called
from arrangements.sweep.kernel.state import BASE, CELL, CROSSING, INWARD, SIGN, SLOPE, TERMS, VALUE, Found, Tableaus


@called
def _inward(tableaus: Tableaus, level: int, p: int, k: int, size: int) -> None:
    """Write the sign of every row in the cell, and the value of every position on u."""
    values, line, words, bits = tableaus.values, tableaus.line, tableaus.words, tableaus.bits
    for i in range(size):
        line[SIGN, i] = 1.0 if words[CELL, i >> 6] & bits[i] else -1.0
    for i in range(line.shape[1]):
        line[INWARD, i] = 0.0
    for q in range(p):
        column, sign = tableaus.ranks[level] - 1 - q, line[SIGN, tableaus.chosen[q]]
        for i in range(line.shape[1]):
            line[INWARD, i] += sign * values[level, p, column, i]
    base = line[INWARD, size]
    along = (line[SIGN, k] - line[INWARD, k] + line[BASE, k] * base) / line[SLOPE, k]
    for i in range(line.shape[1]):
        line[INWARD, i] += line[SLOPE, i] * along - line[BASE, i] * base


@called
def _step(tableaus: Tableaus, p: int, k: int, size: int) -> float:
    """How far to go along u: t."""
    line, first, r = tableaus.line, size + 2, len(tableaus.chosen)
    for q in range(p):
        line[INWARD, tableaus.chosen[q]] = 0.0  # these rows are positive on u
    line[INWARD, k] = 0.0
    h, length, inward = line[CROSSING, k], 0.0, 0.0
    for j in range(first, first + r):
        length = max(length, abs(line[BASE, j] + line[SLOPE, j] * h))
        inward = max(inward, abs(line[INWARD, j]))
    step = length / inward if inward > 0.0 else 1.0
    for i in range(size):
        toward = -line[INWARD, i] * line[SIGN, i]
        distance = abs(line[BASE, i] + line[SLOPE, i] * h)
        if toward * step > 0.5 * distance:
            step = 0.5 * distance / toward
    return step


@called
def _inside(tableaus: Tableaus, found: Found, n: int, size: int, orientation: float) -> bool:
    """Whether the point of cell n is proven to be inside."""
    line, points, rows, r = tableaus.line, found.points, found.rows, len(found.rows)
    for i in range(size):
        line[VALUE, i], line[TERMS, i] = 0.0, 0.0
    for j in range(r):
        x = points[n, j] * orientation
        for i in range(size):
            term = rows[j, i] * x
            line[VALUE, i] += term
            line[TERMS, i] += abs(term)
    wrong = 0
    for i in range(size):
        wrong += 0 if line[VALUE, i] * line[SIGN, i] > (r + 4) * U * line[TERMS, i] + 1e-280 else 1
    return wrong == 0


@called
def place(tableaus: Tableaus, found: Found, n: int, level: int, p: int, k: int, size: int, orientation: float) -> None:
    """Write a point of cell n; its last number is 1 if it is proven to be inside, else 0."""
    line, points, r = tableaus.line, found.points, len(found.rows)
    points[n, r] = 0.0
    _inward(tableaus, level, p, k, size)
    step, h, largest = _step(tableaus, p, k, size), line[CROSSING, k], 0.0
    for j in range(r):
        i = size + 2 + j
        line[VALUE, i] = orientation * (line[BASE, i] + line[SLOPE, i] * h + step * line[INWARD, i])
        largest = max(largest, abs(line[VALUE, i]))
    if not 0.0 < largest < np.inf:
        return
    for digits in (16, 32, 50):
        scale = math.ldexp(1.0, digits - math.frexp(largest)[1])
        for j in range(r):
            points[n, j] = np.rint(line[VALUE, size + 2 + j] * scale)
        if _inside(tableaus, found, n, size, orientation):
            points[n, r] = 1.0
            return
