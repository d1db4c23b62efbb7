"""Elimination of one coordinate in integers: projections of rows, and a test for general position.

v  the row that is eliminated with;  c  a column where v_c is not 0
u  another row

In {z : v.z = 0} the coordinate z_c is a combination of the others, and there u is the linear form u - (u_c / v_c) v of
those. It is multiplied by |v_c|, which keeps signs.
"""

from collections.abc import Sequence

from arrangements.exact.linear_algebra import Row, primitive, rank
from arrangements.exact.parallel_classes import distinct


def eliminated(rows: Sequence[Row], v: Row, c: int) -> list[Row]:
    """Restrict linear forms to the hyperplane v.w = 0, in the coordinates other than c.

    Args:
        rows: the linear forms u.
        v: the row that is 0 there.
        c: the column to leave out; v_c is not 0.

    Returns:
        A positive multiple of each restricted form: exactly |v_c| (u - (u_c / v_c) v) without column c if |v_c| is 1,
        the primitive vector on its ray otherwise.

    Example:
        >>> eliminated([(1, 0, 5), (0, 1, 0)], (0, 2, 4), 1)
        [(1, 5), (0, -1)]
    """
    size, sign = abs(v[c]), 1 if v[c] > 0 else -1
    projected = []
    for u in rows:
        full = u if not u[c] else [size * x - sign * u[c] * y for x, y in zip(u, v, strict=True)]
        row = (*full[:c], *full[c + 1 :])
        projected.append(row if size == 1 else primitive(row))
    return projected


def is_uniform(rows: Sequence[Row]) -> bool:
    """Whether every set of rows that is not larger than their rank is linearly independent: general position.

    Rows are independent of v and of each other iff their projections along v are. So v is taken, the rows after it
    are projected, and so on down to rank 2, where independent means not parallel. That looks at C(n, r - 2) sets at
    most, and stops at the first dependent one; no way is known that is not exponential in r (Khachiyan 1995).

    Args:
        rows: n integer vectors of one length.

    Example:
        >>> is_uniform([(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)]), is_uniform([(1, 0, 0), (0, 1, 0), (1, 1, 0)])
        (True, True)
        >>> is_uniform([(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0)])
        False
    """
    return not rows or _independent(list(rows), rank(rows, len(rows[0])))


def _independent(rows: list[Row], size: int) -> bool:
    """Whether every set of that many rows, or of all if they are fewer, is independent."""
    if len(rows) <= size:
        return not rows or rank(rows, len(rows[0])) == len(rows)
    if size <= 1:
        return size == 0 or all(map(any, rows))
    if size == 2:
        return len(distinct(rows)[0]) == len(rows)
    for place, v in enumerate(rows):
        if len(rows) - place < size:
            return True  # the sets that begin here have been part of earlier ones
        if not any(v):
            return False
        c = next(j for j, x in enumerate(v) if x)
        if not _independent(eliminated(rows[place + 1 :], v, c), size - 1):
            return False
    return True
