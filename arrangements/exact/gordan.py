"""The exact alternative: a point inside an open cone, or a positive dependency that proves it empty.

A  integer rows a_1 .. a_n of rank r
w  witness: a_k.w > 0 for every k
l  dependency: l_k > 0 on its support, sum l_k a_k = 0
B  basis: r independent rows; t_bk such that a_k = sum_b t_bk a_b; w_B, a point with a_b.w_B = 1 for b in B

Gordan (1873): exactly one of the two exists. The dual simplex method looks for w with a_k.w >= 1 for all k. At a basis,
a_k.w_B = sum_b t_bk. If all these are positive, w_B is a witness. If one is not, and no t_bk of its row is positive,
then a_k + sum_b (-t_bk) a_b = 0 is a dependency, and a circuit, since B is independent. Else some b with t_bk > 0
leaves the basis for k. There are no costs, so every basis is dual feasible, and the rule of Bland (1977), smallest
number out and smallest number in, comes to an end. It takes over after n exchanges that go by size, of which far fewer
are needed.
"""

from collections.abc import Sequence

from arrangements.exact.linear_algebra import Row, dot, exchange, in_first_basis, primitive

_BY_SIZE = 1  # exchanges for each row that go by size, before Bland's rule


def alternative(rows: Sequence[Sequence[int]]) -> tuple[Row | None, dict[int, int] | None]:
    """Decide {w : a_k.w > 0 for all k} by Gordan's theorem, in integers; the answer is checked before it is returned.

    Args:
        rows: n >= 1 integer rows of one length d >= 1.

    Returns:
        (witness, None) or (None, dependency): a primitive integer vector, or {row: positive integer} by rising row, a
        circuit (no smaller support has a dependency) whose weights have no common divisor.

    Raises:
        ArithmeticError: the answer found does not prove itself, which would be an error of this program.

    Example:
        >>> witness, _ = alternative([[1, 0], [0, 1], [-1, 1]])
        >>> witness[0] > 0 and witness[1] > witness[0]
        True
        >>> alternative([[1, 0], [0, 1], [-1, -2]])[1]
        {0: 1, 1: 2, 2: 1}
    """
    n, d = len(rows), len(rows[0])
    basis, table, scale = in_first_basis(rows)
    pivots = 0
    while True:
        sums = [sum(column) for column in zip(*table, strict=True)] or [0] * (n + d)
        values = sums[:n]
        if min(values) > 0:
            return _checked_witness(rows, primitive([int(x) for x in sums[n:]])), None
        if pivots < _BY_SIZE * n:
            k = values.index(min(values))
            i = max(range(len(basis)), key=lambda i: table[i][k], default=-1)
        else:
            k = next(k for k, value in enumerate(values) if value < scale)
            i = min((i for i, line in enumerate(table) if line[k] > 0), key=basis.__getitem__, default=-1)
        if i < 0 or table[i][k] <= 0:
            weights = {b: -int(line[k]) for b, line in zip(basis, table, strict=True) if line[k]} | {k: int(scale)}
            return None, _checked_dependency(rows, weights)
        scale = exchange(table, scale, basis, i, k)
        pivots += 1


def _checked_witness(rows: Sequence[Sequence[int]], w: Row) -> Row:
    if all(dot(row, w) > 0 for row in rows):
        return w
    raise ArithmeticError(f"the point {w} is not in the cone: an error of the exact simplex method")


def _checked_dependency(rows: Sequence[Sequence[int]], weights: dict[int, int]) -> dict[int, int]:
    support = sorted(weights)
    reduced = dict(zip(support, primitive([weights[k] for k in support]), strict=True))
    sums = [sum(weight * rows[k][j] for k, weight in reduced.items()) for j in range(len(rows[0]))]
    if min(reduced.values()) > 0 and not any(sums):
        return reduced
    raise ArithmeticError(f"the rows {support} are not positively dependent: an error of the exact simplex method")
