"""For which beta three layers are proven to beat two: from curves over one interval for width 1 and for another width.

L_1, U_1  proven curves below and above P*(1), the two-layer optimum (`convex.solving.depth_gain` says why);  L_m, U_m
s          a share of P*(1)

Depth helps where U_m < L_1, and saves at most the share s where L_m >= (1 - s) U_1. All four curves are affine between
their corners, so both sets are finitely many intervals with exact rational ends; where the two ends are one beta, what
is proven there is an interval of that beta alone. With s >= 1 the second would say nothing, and is left empty. Where
the relative gap of the curves is at most t and depth saves nothing, L_m >= (1 - t) P* and U_1 <= P* / (1 - t); so s =
2 t, the default, is proven there.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from arrangements.errors import InputError
from convex.paths.beta_path import BetaPath
from convex.paths.curves import least_lines

Interval = tuple[Fraction, Fraction]


class DepthIntervals(NamedTuple):
    """What is proven over an interval of beta.

    Attributes:
        helps: intervals in whose inside depth is proven to help; or the one beta, if the interval has no inside.
        saves_little: intervals on which a saving of more than `share` is excluded.
        open: what is left, where neither is proven.
        share: s, a share of the two-layer optimum.
    """

    helps: tuple[Interval, ...]
    saves_little: tuple[Interval, ...]
    open: tuple[Interval, ...]
    share: Fraction


def depth_intervals(two_layer: BetaPath, deep: BetaPath, *, share: Fraction | None = None) -> DepthIntervals:
    """Find for which beta depth is proven to help, and for which it is proven to save little.

    Args:
        two_layer: the curves of width 1.
        deep: those of another width, over the same interval and for the same table.
        share: s; None for twice the largest gap of the two paths.

    Raises:
        InputError: the intervals differ.

    Example:
        >>> from convex import Problem, solve_path
        >>> problem = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], 1)
        >>> paths = [solve_path([problem], width, ("0.02", "2"), tolerance="0.002") for width in (1, 2)]
        >>> [[f"{float(end):.2f}" for end in ends] for ends in depth_intervals(*paths).helps]
        [['0.02', '0.30'], ['0.32', '0.34']]
    """
    ends = [(path.knots[0].beta, path.knots[-1].beta) for path in (two_layer, deep)]
    if ends[0] != ends[1]:
        (a, b), (c, d) = ends
        raise InputError(f"one path is over beta from {a} to {b}, the other from {c} to {d}; give the same interval")
    low, high = ends[0]
    corners = {point.beta for path in (two_layer, deep) for point in path.lower_points}
    corners |= {point.beta for path in (two_layer, deep) for point in least_lines(path.lines, low, high)}
    betas = sorted(corners)
    gaps = (path.largest_gap.relative for path in (two_layer, deep))
    share = 2 * max(gaps) if share is None else share

    def saved(b: Fraction) -> Fraction:
        return two_layer.lower_at(b) - deep.upper_at(b)

    def kept(b: Fraction) -> Fraction:
        return deep.lower_at(b) - (1 - share) * two_layer.upper_at(b)

    if low == high:
        here: tuple[Interval, ...] = ((low, high),)
        proven = here if saved(low) > 0 else (), here if share < 1 and kept(low) >= 0 else ()
        return DepthIntervals(*proven, () if any(proven) else here, share)
    helps, little = positive(saved, betas), nonnegative(kept, betas) if share < 1 else ()
    return DepthIntervals(helps, little, _between(low, high, (*helps, *little)), share)


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
    return _between(betas[0], betas[-1], below)


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


def _between(low: Fraction, high: Fraction, taken: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The rest of an interval."""
    rest, start = [], low
    for left, right in sorted(taken):
        if left > start:
            rest.append((start, left))
        start = max(start, right)
    if start < high:
        rest.append((start, high))
    return tuple(rest)
