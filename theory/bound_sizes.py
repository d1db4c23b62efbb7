"""How large each bound is, without its digits: 2^n of 10^9 rows would have 300 million of them.

n, r, m  rows of the data, their rank, and the width
k        an exponent: the bound is at most 2^k
b        bits that evaluating a bound takes, of the largest number that occurs
"""

from math import ceil, e, log2
from typing import NamedTuple

from theory.cover_bound import checked_sizes


class BoundSize(NamedTuple):
    """The size of a bound.

    Attributes:
        log2: k.
        bits: b.
        steps: multiplications that evaluating it takes.
    """

    log2: int
    bits: int
    steps: int


def bound_sizes(n: int, r: int, m: int = 1) -> dict[str, BoundSize]:
    """The sizes of all bounds, by the names of their functions.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Theorem: sum_{k<=t} C(N, k) <= (e N / t)^t for 1 <= t <= N. And `theory.joint_unordered` is at most `theory.joint`,
    whose N_p are at most n 2^(m+1).

    Example:
        >>> bound_sizes(10**9, 3, 2)["two_to_n"].log2, bound_sizes(1000, 3)["cover"].log2
        (1000000000, 22)
    """
    n, r, m = checked_sizes(n, r, m)
    rows = log2(n - 1) if n > 1 else 0.0
    cover, product = _log2_general_position(n, r), _log2_general_position(n, m * r) + m
    joint = log2(m + 1) + 1 + (m * r - 1) * (log2(e) + log2(n) + m + 1)
    above = 2 * m + 1 + 2 * m * r * rows
    below = (m * r - 1) * log2(m) + max(0, 2 * m * r - m - 1) * log2(r)
    logs = {
        "cover": (cover, cover, r),
        "eq13_closed": (1 + log2(r) + r * (log2(e) + rows - log2(r)), r * max(rows, log2(r)) + r, 1),
        "eq14_product": (product + m * cover, product + m * cover, m * r),
        "eq14_closed": (above + 2 * m * r * log2(e) - below, max(above, below), 1),
        "joint": (joint, joint, (m + 1) * m * r),
        "joint_unordered": (joint, joint, (m + 1) * m * r),
    }
    return {
        **{name: BoundSize(_above(k), max(1, _above(b)), steps) for name, (k, b, steps) in logs.items()},
        "two_to_n": BoundSize(n, n + 1, 1),
    }


def _log2_general_position(n: int, r: int) -> float:
    """At least log2 of 2 sum_{k<r} C(n-1, k)."""
    if r >= n:
        return n
    return 1.0 if r == 1 else min(n, 1 + (r - 1) * (log2(e) + log2(n - 1) - log2(r - 1)))


def _above(x: float) -> int:
    """An integer above x, whatever floats have lost on the way."""
    return ceil(x + abs(x) * 2.0**-40 + 2.0**-20)
