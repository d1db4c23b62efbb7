"""For which beta three layers are proven to beat two: from curves over one interval for width 1 and for another width.

L_1, U_1  proven curves below and above P*(1), the two-layer optimum (`convex.solving.depth_gain` says why);  L_m, U_m
s          a share of P*(1)

Depth helps where U_m < L_1, and saves at most the share s where L_m >= (1 - s) U_1. All four curves are affine between
their corners, so both sets are finitely many intervals with exact rational ends; where the two ends are one beta, what
is proven there is an interval of that beta alone. With s >= 1 the second would say nothing, and is left empty. Where
the relative gap of the curves is at most t and depth saves nothing, L_m >= (1 - t) P* and U_1 <= P* / (1 - t); so s =
2 t, the default, is proven there.
"""

from fractions import Fraction
from typing import NamedTuple

from arrangements.errors import InputError
from convex.paths.beta_path import BetaPath
from convex.paths.curves import least_lines
from convex.paths.piecewise_affine import Interval, nonnegative, positive, rest_of


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
    return DepthIntervals(helps, little, rest_of(low, high, (*helps, *little)), share)
