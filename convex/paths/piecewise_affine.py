"""Where a continuous function that is affine between finitely many points is positive, exactly."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

Interval = tuple[Fraction, Fraction]


def nonnegative(function: Callable[[Fraction], Fraction], betas: list[Fraction]) -> tuple[Interval, ...]:
    """Find the intervals on which a continuous function that is affine between some points is at least 0.

    Args:
        function: exact.
        betas: the points, in order.

    Example:
        >>> ((low, high),) = nonnegative(lambda b: min(b - 1, Fraction(0)), [Fraction(0), Fraction(1), Fraction(3)])
        >>> str(low), str(high)
        ('1', '3')
    """
    below = positive(lambda b: -function(b), betas)
    return rest_of(betas[0], betas[-1], below)


def positive(function: Callable[[Fraction], Fraction], betas: list[Fraction]) -> tuple[Interval, ...]:
    """Find where a continuous function that is affine between some points is positive.

    Args:
        function: exact.
        betas: the points, in order.

    Example:
        >>> ((low, high),) = positive(lambda b: b - 1, [Fraction(0), Fraction(3)])
        >>> str(low), str(high)
        ('1', '3')
    """
    found: list[Interval] = []
    for left, right in pairwise(betas):
        a, b = function(left), function(right)
        if a <= 0 and b <= 0:
            continue
        root = left + a / (a - b) * (right - left) if a != b else left
        piece = (root if a < 0 else left, root if b < 0 else right)
        if found and found[-1][1] == left and a > 0:
            piece = (found.pop()[0], piece[1])
        found.append(piece)
    return tuple(found)


def rest_of(low: Fraction, high: Fraction, taken: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Find what is left of an interval without some others.

    Args:
        low: where the interval begins.
        high: where it ends.
        taken: inside it, no two of them overlapping.

    Example:
        >>> left = rest_of(Fraction(0), Fraction(4), ((Fraction(1), Fraction(2)),))
        >>> [(str(a), str(b)) for a, b in left]
        [('0', '1'), ('2', '4')]
    """
    rest, start = [], low
    for left, right in sorted(taken):
        if left > start:
            rest.append((start, left))
        start = max(start, right)
    if start < high:
        rest.append((start, high))
    return tuple(rest)
