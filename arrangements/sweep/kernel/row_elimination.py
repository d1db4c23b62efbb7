"""One row eliminated from a tableau, with proven bounds of all errors: part of the compiled kernel.

u      2^-53, half the spacing of floats at 1
T_ij   entry of position i in column j; M  largest |T_ij|; E  bound on the error of each
C_qi   coefficient of position i at the q-th row of S; m  largest |C_qi|; e  bound on the error of each
b, c   the row that is eliminated, and the column of its largest entry

On the flat of S every row a_i is sum_q C_qi a_q plus a linear form with the entries T_ij. Row b joins S: its form is 0,

    t_j = T_bj / T_bc,  T'_ij = T_ij - T_ic t_j,      w_i = T_ic / T_bc,  C'_qi = C_qi - w_i C_qb,  C'_bi = w_i.

*Errors.* With a the computed T_bc and |a| > E, the true one is not 0. |T_bj| <= |a| as c is the largest, so the true
t_j is at most 1 + d in size, and the computed one errs by at most d = 3 u + 2 E / (|a| - E): the inverse of a is
rounded, then the product. So T' errs by at most E + (1 + d) E + M d, and by 3 u M (1 + d) for two roundings. The
computed w_i, at most k in size, errs by at most f = E (1 + k) / (|a| - E) + 3 u k, so C' errs by at most e (1 + k) + f
(m + e), and 3 u (1 + k) m for roundings. The bounds themselves are computed with a reserve of 2^-40 of their size.
Nothing overflows unnoticed: what is not a number fails every comparison by which a sign is proven.
"""

from arrangements.rays.kernel.filtered_arithmetic import U, inlined
from arrangements.sweep.kernel.state import COEFFICIENT_ERROR, COEFFICIENT_SIZE, ERROR, SIZE, TERMS, Floats, Tableaus

RESERVE = 1.0 + 2.0**-40


@inlined
def _forget(line: Floats) -> None:
    """Let the largest sizes, one for each place in eight, begin at 0."""
    for lane in range(8):
        line[TERMS, lane] = 0.0


@inlined
def _largest(line: Floats) -> float:
    """The largest of all sizes that were seen. What is no number is left out: it proves no sign by itself."""
    largest = 0.0
    for lane in range(8):
        largest = line[TERMS, lane] if line[TERMS, lane] > largest else largest
    return largest


@inlined
def _pivot(tableaus: Tableaus, level: int, p: int, columns: int, b: int) -> int:
    """The column of the largest entry of row b."""
    values, best = tableaus.values, 0
    for j in range(1, columns):
        if abs(values[level, p, j, b]) > abs(values[level, p, best, b]):
            best = j
    return best


@inlined
def eliminate(tableaus: Tableaus, level: int, p: int, b: int, first: int) -> bool:
    """Write the tableau of p + 1 rows from that of p, for b as the next one. Returns whether its pivot is not 0.

    Coefficients are written for positions from `first` on, a multiple of 8; nobody asks for those of other ones.
    """
    values, line, sizes, rank = tableaus.values, tableaus.line, tableaus.sizes, tableaus.ranks[level]
    columns, width = rank - p, values.shape[3]
    c = _pivot(tableaus, level, p, columns, b)
    pivot = values[level, p, c, b]
    size, error = sizes[level, p, SIZE], sizes[level, p, ERROR]
    rest = (abs(pivot) - error) * (1.0 - 2.0**-50)
    if not rest > 0.0:
        return False
    delta = (3.0 * U + 2.0 * error / rest) * RESERVE
    inverse = 1.0 / pivot
    column = 0
    _forget(line)
    for j in range(columns):
        if j == c:
            continue
        t = values[level, p, j, b] * inverse
        for eight in range(0, width, 8):
            for lane in range(8):
                i = eight + lane
                x = values[level, p, j, i] - values[level, p, c, i] * t
                values[level, p + 1, column, i] = x
                line[TERMS, lane] = abs(x) if abs(x) > line[TERMS, lane] else line[TERMS, lane]
        column += 1
    sizes[level, p + 1, SIZE] = _largest(line)
    sizes[level, p + 1, ERROR] = (error * (2.0 + delta) + size * (delta + 3.1 * U * (1.0 + delta))) * RESERVE
    _forget(line)
    for eight in range(first, width, 8):
        for lane in range(8):
            i = eight + lane
            x = values[level, p, c, i] * inverse
            values[level, p + 1, column, i] = x
            line[TERMS, lane] = abs(x) if abs(x) > line[TERMS, lane] else line[TERMS, lane]
    _combine(tableaus, level, p, b, column, error, rest, first)
    return True


@inlined
def _combine(
    tableaus: Tableaus,
    level: int,
    p: int,
    b: int,
    column: int,
    error: float,
    rest: float,
    first: int,
) -> None:
    """The coefficients: `column` holds those at the new row, and those at older ones come after it."""
    values, line, sizes = tableaus.values, tableaus.line, tableaus.sizes
    width = values.shape[3]
    k = _largest(line) * RESERVE
    f = (error * (1.0 + k) / rest + 3.1 * U * k) * RESERVE
    m, e = sizes[level, p, COEFFICIENT_SIZE], sizes[level, p, COEFFICIENT_ERROR]
    for q in range(column + 1, column + 1 + p):
        t = values[level, p, q, b]
        for eight in range(first, width, 8):
            for lane in range(8):
                i = eight + lane
                x = values[level, p, q, i] - values[level, p + 1, column, i] * t
                values[level, p + 1, q, i] = x
                line[TERMS, lane] = abs(x) if abs(x) > line[TERMS, lane] else line[TERMS, lane]
    sizes[level, p + 1, COEFFICIENT_SIZE] = _largest(line)
    sizes[level, p + 1, COEFFICIENT_ERROR] = max(f, (e * (1.0 + k) + f * (m + e) + 3.1 * U * (1.0 + k) * m) * RESERVE)
