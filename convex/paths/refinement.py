"""Where an interval of beta is refined: which optimum to certify next, so that both curves come closest.

L, U   the curves of `convex.paths.curves`, above and below the optimum;  t  the relative gap asked for
solved  a knot at which the relative gap between the curves is at most t

The largest gap is looked at first. Inside an interval between two knots it is mended by a knot near to it, but not
everywhere:

- P* grows with b, and P* / b falls. So between two solved knots b < c with c <= (1 + t/2) b a further one is of no use.
- A knot whose search ended early stays as it is in the same run. Beside it, further knots are added up to a tenth of
  its beta: they find out how far the search gets, and where both neighbours are solved, the chord between them may be
  above its own weak bound.
- Between two knots that are not solved, only a gap of more than twice theirs is worth a further search.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from convex.paths.curves import Line, Point, concave_points, corner_gaps, gap_at, simplest_between

FINER = 8  # how much less than the tolerance of the curves the gap at a knot may be
_NEAR = 4  # a knot may be off the largest gap by this share of the way to the next knot, to be a simple fraction
_BESIDE = Fraction(1, 10)  # of its beta: how near to a knot that is not solved a further one is of use
_INSIDE = 1024  # a middle is off both ends by this share of the way, whatever the square root in floating point is


def next_beta(
    own_gaps: Mapping[Fraction, Fraction],
    points: Sequence[Point],
    lines: Iterable[Line],
    betas: tuple[Fraction, Fraction],
    tolerance: Fraction,
    tried: Collection[Fraction],
) -> Fraction | None:
    """Choose the beta at which an optimum is certified next; None where no further one is of use.

    Args:
        own_gaps: for each knot, by beta, the relative gap that was proven there.
        points: the proven lower bounds at the knots, by beta.
        lines: of the networks.
        betas: the interval to refine; both ends are knots.
        tolerance: largest relative gap asked for.
        tried: knots that are not worth another search.

    Example:
        >>> points = [Point(Fraction(1), Fraction(1)), Point(Fraction(3), Fraction(2))]
        >>> lines = [Line(Fraction(0), Fraction(1)), Line(Fraction(2), Fraction(0))]
        >>> exact = {point.beta: Fraction(0) for point in points}
        >>> str(next_beta(exact, points, lines, (Fraction(1), Fraction(3)), Fraction(1, 100), exact))
        '2'
    """
    known, curve, lines = sorted(own_gaps), concave_points(points), tuple(lines)
    low, high = (known.index(end) for end in betas)

    def unsolved(beta: Fraction) -> bool:
        return gap_at(curve, lines, beta) > tolerance

    for gap in corner_gaps(points, lines, betas):
        if gap.relative <= tolerance:
            break
        place = bisect_left(known, gap.beta)
        ends = (known[place],) if known[place] == gap.beta else (known[place - 1], known[place])
        again = [beta for beta in ends if beta not in tried and own_gaps[beta] > tolerance / FINER]
        if again:
            return max(again, key=lambda beta: own_gaps[beta])
        if len(ends) == 2:
            left, right = ends
            if _is_worth(left, right, gap.relative, [gap_at(curve, lines, end) for end in ends], tolerance):
                return simplest_between(gap.beta - (gap.beta - left) / _NEAR, gap.beta + (right - gap.beta) / _NEAR)
        else:
            for left, right in pairwise(known[max(place - 1, low) : min(place + 1, high) + 1]):
                if right > (1 + _BESIDE) * left and not (unsolved(left) and unsolved(right)):
                    return _middle(left, right)
    return None


def _is_worth(left: Fraction, right: Fraction, gap: Fraction, at_ends: Sequence[Fraction], tolerance: Fraction) -> bool:
    """Whether a knot between two others, where the gap is largest, can bring the curves within the tolerance."""
    if max(at_ends) <= tolerance:
        return right > (1 + tolerance / 2) * left
    return right > (1 + _BESIDE) * left and (min(at_ends) <= tolerance or gap > 2 * max(at_ends))


def _middle(left: Fraction, right: Fraction) -> Fraction:
    """A simple fraction about half of the way between two, by ratio."""
    beta = min(max(Fraction(sqrt(left * right)), left + (right - left) / _INSIDE), right - (right - left) / _INSIDE)
    return simplest_between(beta - (beta - left) / _NEAR, beta + (right - beta) / _NEAR)
