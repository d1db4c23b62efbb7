"""The vertices of a line, each with the signs of all rows: part of the compiled kernel.

u         2^-53;  E, M, e, m  as in `arrangements.sweep.kernel.row_elimination`
X, Y      the two columns of the tableau: the flat of S is a plane, its slice {f_0 = 1} a line; X has the larger |f_0|
p_i, s_i  row i is p_i + s_i h at the point h of the line: p_i = X_i / X_f0, s_i = Y_i - X_i (Y_f0 / X_f0)
h_k       -p_k / s_k, where row k crosses the line: the vertex v of S and k

The sign of row i at v is that of s_i (h_k - h_i). The direction of the line is a vector on which f_0 is 0 and f_1 is
its slope s, so with f_1 - f_1(v) f_0 = sum_B mu_b a_b

    mu_k = s / s_k,      mu_q = C_1q - f_1(v) C_0q - mu_k C_kq     for the q-th row of S.

*Errors.* p errs by at most E (1 + P) / (|X_f0| - E) + 3 u P, P = M / |X_f0|, s by E + (1 + d) E + M d + 3 u M (1 + d)
with d as for an elimination, and h_i by (error of p + |h_i| error of s) / (|s_i| - error of s) + 3 u |h_i|, where
1 / (|s_i| - error of s) <= (1 + 2^-9) / |s_i| if |s_i| is 1024 times its error. So each crossing lies between two
bounds, and two crossings are in order if their bounds are. If |s_i| is smaller, these are infinite. mu_k and f_1(v) err
by what the same rules say, and mu_q by at most e (1 + |f_1(v)| + |mu_k|), m times the errors of f_1(v) and mu_k,
products of errors, and 6 u times what is added up.
"""

import numpy as np

from arrangements.rays.kernel.filtered_arithmetic import ONE, U, inlined
from arrangements.sweep.kernel.interior_points import place
from arrangements.sweep.kernel.row_elimination import RESERVE
from arrangements.sweep.kernel.state import (
    BASE,
    CELL,
    CHOSEN,
    COEFFICIENT_ERROR,
    COEFFICIENT_SIZE,
    COUNT,
    CROSSING,
    ERROR,
    HIGH,
    INVERSE,
    LIST,
    LOW,
    RECIPES,
    SIZE,
    SLOPE,
    SLOPES,
    Found,
    State,
    Tableaus,
)

_NONE = np.uint64(0)
MANY = 1024.0  # times its error is what a slope must be
NEARLY = 1.0 + 2.0**-8


@inlined
def _cross(tableaus: Tableaus, level: int, p: int, size: int) -> tuple[float, float]:
    """Write what all positions are on the line. Returns errors of all p_i and s_i; infinite if f_0 may be 0 on it."""
    values, line, sizes = tableaus.values, tableaus.line, tableaus.sizes
    x, y = 0, 1
    if abs(values[level, p, 0, size]) < abs(values[level, p, 1, size]):
        x, y = 1, 0
    pivot, largest, error = values[level, p, x, size], sizes[level, p, SIZE], sizes[level, p, ERROR]
    rest = (abs(pivot) - error) * (1.0 - 2.0**-50)
    if not rest > 0.0:
        return np.inf, np.inf
    delta, inverse = (3.0 * U + 2.0 * error / rest) * RESERVE, 1.0 / pivot
    error_s = (error * (2.0 + delta) + largest * (delta + 3.1 * U * (1.0 + delta))) * RESERVE
    largest = largest * abs(inverse) * RESERVE
    error_p = (error * (1.0 + largest) / rest + 3.1 * U * largest) * RESERVE
    t = values[level, p, y, size] * inverse
    for i in range(line.shape[1]):
        s, base = values[level, p, y, i] - values[level, p, x, i] * t, values[level, p, x, i] * inverse
        turned = 1.0 / s
        h = -base * turned
        bound = (error_p + abs(h) * error_s) * abs(turned) * NEARLY + 4.0 * U * abs(h)
        sure = abs(s) > MANY * error_s
        bound, h = bound if sure else np.inf, h if sure else 0.0
        line[BASE, i], line[SLOPE, i], line[INVERSE, i], line[CROSSING, i] = base, s, turned, h
        line[LOW, i], line[HIGH, i] = h - bound, h + bound
    return error_p, error_s


@inlined
def _compare(tableaus: Tableaus, k: int, size: int) -> bool:
    """Write the signs of all rows at the crossing of row k. Returns whether all but those of S and k are proven."""
    line, bits, words = tableaus.line, tableaus.bits, tableaus.words
    low, high = line[LOW, k], line[HIGH, k]
    unknown = _NONE
    for w in range(words.shape[1]):
        above, below, first = _NONE, _NONE, 64 * w
        for i in range(min(64, (size + 7 - first) >> 3 << 3)):
            bit = bits[i]
            above |= bit if low > line[HIGH, first + i] else _NONE
            below |= bit if high < line[LOW, first + i] else _NONE
        every = ~_NONE >> np.uint64(64 - min(64, size - first))
        unknown |= every & ~(above | below | words[CHOSEN, w] | (bits[k] if k >> 6 == w else _NONE))
        words[CELL, w] = every & ~(above ^ words[SLOPES, w])
    return unknown == 0


@inlined
def _set(tableaus: Tableaus, position: int, positive: bool) -> None:
    """Write the sign of one row."""
    bit, cell = tableaus.bits[position], tableaus.words[CELL, position >> 6] | tableaus.bits[position]
    tableaus.words[CELL, position >> 6] = cell if positive else cell ^ bit


@inlined
def _orient(tableaus: Tableaus, level: int, p: int, k: int, size: int, error_p: float, error_s: float) -> bool:
    """Write the signs of S and k in the cell above the vertex. Returns whether they are proven."""
    values, line = tableaus.values, tableaus.line
    base, slope, h = line[BASE, size + 1], line[SLOPE, size + 1], line[CROSSING, k]
    if not abs(slope) > error_s:
        return False
    mu, error_h = slope * line[INVERSE, k], line[HIGH, k] - h
    error_mu = error_s * (1.0 + abs(mu)) * abs(line[INVERSE, k]) * NEARLY + 4.0 * U * abs(mu)
    _set(tableaus, k, mu > 0.0)
    lift = base + slope * h  # f_1(v)
    sizes = abs(base) + abs(slope * h)
    error_lift = (error_p + abs(slope) * error_h + error_s * (abs(h) + error_h) + 4.0 * U * sizes) * RESERVE
    m, e = tableaus.sizes[level, p, COEFFICIENT_SIZE], tableaus.sizes[level, p, COEFFICIENT_ERROR]
    total = 1.0 + abs(base) + abs(slope * h) + abs(mu)
    bound = (e * (total + error_lift + error_mu) + m * (error_lift + error_mu) + 6.0 * U * m * total) * RESERVE
    for q in range(p):
        column = tableaus.ranks[level] - 1 - q
        free = values[level, p, column, size + 1] - lift * values[level, p, column, size]
        other = free - mu * values[level, p, column, k]
        if not abs(other) > bound:
            return False
        _set(tableaus, tableaus.chosen[q], other > 0.0)
    return True


@inlined
def _doubt(tableaus: Tableaus, found: Found, state: State, level: int, p: int, k: int) -> None:
    """Leave a vertex to exact arithmetic."""
    line, n = found.doubts, state.doubts
    line[n, 0], line[n, 1], line[n, 2] = level, state.size, p + 1
    for q in range(p):
        line[n, 3 + q] = tableaus.chosen[q]
    line[n, 3 + p] = k
    state.doubts += 1


@inlined
def _emit(tableaus: Tableaus, found: Found, state: State, level: int, k: int) -> None:
    """Write the cell, or its mirror image: the one with + for row 0, which comes last among positions."""
    words, n, last = tableaus.words, state.cells, state.size - 1
    carry = ONE
    flip = ~_NONE if words[CELL, last >> 6] & tableaus.bits[last] == 0 else _NONE
    for w in range(words.shape[1]):
        count = min(64, state.size - 64 * w)
        every = ~_NONE >> np.uint64(64 - count)
        cell = (words[CELL, w] ^ flip) & every
        found.signs[n, w] = ((cell << ONE) | carry) & every
        carry = cell >> np.uint64(63)
    if state.mode in (RECIPES, LIST):
        for w in range(words.shape[1]):
            found.recipes[n, w] = words[CHOSEN, w] | (tableaus.bits[k] if k >> 6 == w else _NONE)
    if state.mode == LIST:
        place(tableaus, found, n, level, state.depth, k, state.size, -1.0 if flip else 1.0)


@inlined
def list_line(tableaus: Tableaus, found: Found, state: State, level: int, first: int, last: int) -> None:
    """Find the cells above the vertices of S and one more row, from position `first` to before `last`."""
    p, size, line, words = state.depth, state.size, tableaus.line, tableaus.words
    error_p, error_s = _cross(tableaus, level, p, size)
    for w in range(words.shape[1]):
        positive, begin = _NONE, 64 * w
        for i in range(min(64, size - begin)):
            positive |= tableaus.bits[i] if line[SLOPE, begin + i] > 0.0 else _NONE
        words[SLOPES, w], words[CHOSEN, w] = positive, _NONE
    for q in range(p):
        words[CHOSEN, tableaus.chosen[q] >> 6] |= tableaus.bits[tableaus.chosen[q]]
    sure = error_s < np.inf
    for k in range(first, last):
        proven = sure and line[LOW, k] > -np.inf and _compare(tableaus, k, size)
        if proven and _orient(tableaus, level, p, k, size, error_p, error_s):
            if state.mode != COUNT:
                _emit(tableaus, found, state, level, k)
            state.cells += 1
        else:
            _doubt(tableaus, found, state, level, p, k)
