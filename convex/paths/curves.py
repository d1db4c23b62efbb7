"""Curves below and above the optimum over an interval of beta, and the largest relative gap between them, exactly.

P*(b)    the optimum at weight b of the penalty
L_i      a proven lower bound at knot b_i;  L(b) the least concave function that is at least L_i at every b_i
l, p     the loss and the penalty of a network, which costs l + b p at weight b;  U(b) the least of these lines

P* is the least of the functions l + b p over all networks, each affine in b; so it is concave. Between any two knots
it is at least its own chord, and that is at least the chord of their lower bounds. L is the greatest of these chords:
it leaves out a knot with a weak bound, which lies below the chord of others. So L <= P* <= U. On a piece where L and
U are affine, L / U is monotone, so 1 - L / U is largest at a corner of L, or where two lines of U meet.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """What a network costs at every beta: loss + beta * penalty.

    Example:
        >>> Line(Fraction(1), Fraction(2)).at(Fraction(1, 2))
        Fraction(2, 1)
    """

    loss: Fraction
    penalty: Fraction

    def at(self, beta: Fraction) -> Fraction:
        """The objective at one beta."""
        return self.loss + beta * self.penalty


class Point(NamedTuple):
    """A value at one beta."""

    beta: Fraction
    value: Fraction


class Gap(NamedTuple):
    """A relative gap, and the beta where it is."""

    relative: Fraction
    beta: Fraction


def least_lines(lines: Iterable[Line], low: Fraction, high: Fraction) -> tuple[Point, ...]:
    """Find the corners of the least of some lines over an interval, its ends among them.

    Args:
        lines: at least one.
        low: where the interval begins.
        high: where it ends, above `low` or the same.

    Example:
        >>> one, two = Line(Fraction(1), Fraction(0)), Line(Fraction(0), Fraction(2))
        >>> [(str(corner.beta), str(corner.value)) for corner in least_lines([one, two], Fraction(0), Fraction(1))]
        [('0', '0'), ('1/2', '1'), ('1', '1')]
    """
    # the slope of the least line can only fall with beta: walk along, to the nearest crossing with a flatter line
    known = sorted(set(lines), key=lambda line: line.penalty)
    here, beta = min(known, key=lambda line: (line.at(low), line.penalty)), low
    corners = [Point(low, here.at(low))]
    while True:
        crossings = [
            ((line.loss - here.loss) / (here.penalty - line.penalty), line.penalty, line)
            for line in known
            if line.penalty < here.penalty
        ]
        ahead = [crossing for crossing in crossings if beta <= crossing[0] < high]
        if not ahead:
            break
        beta, _, here = min(ahead, key=lambda crossing: crossing[:2])
        if beta > corners[-1].beta:
            corners.append(Point(beta, here.at(beta)))
    if high > low:
        corners.append(Point(high, here.at(high)))
    return tuple(corners)


def chord_at(points: Sequence[Point], beta: Fraction) -> Fraction:
    """Evaluate the chords of some points at one beta.

    Args:
        points: by beta, one at least.
        beta: between the first and the last.

    Example:
        >>> chord_at([Point(Fraction(0), Fraction(0)), Point(Fraction(2), Fraction(1))], Fraction(1))
        Fraction(1, 2)
    """
    for left, right in pairwise(points):
        if left.beta <= beta <= right.beta:
            share = (beta - left.beta) / (right.beta - left.beta)
            return left.value + share * (right.value - left.value)
    return points[0].value


def concave_points(points: Iterable[Point]) -> tuple[Point, ...]:
    """Find the corners of the least concave function that is at least as high as some points (Andrew 1979).

    Args:
        points: by beta.

    Example:
        >>> weak = Point(Fraction(2), Fraction(0))
        >>> found = concave_points([Point(Fraction(1), Fraction(1)), weak, Point(Fraction(3), Fraction(2))])
        >>> [str(point.beta) for point in found]
        ['1', '3']
    """
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and chord_at((kept[-2], point), kept[-1].beta) >= kept[-1].value:
            kept.pop()
        kept.append(point)
    return tuple(kept)


def gap_at(points: Sequence[Point], lines: Iterable[Line], beta: Fraction) -> Fraction:
    """Evaluate the relative gap (U - L) / U at one beta; 0 where U is 0.

    Args:
        points: the corners of L, by beta, one at least.
        lines: of networks, one at least.
        beta: between the first and the last corner.

    Example:
        >>> points = [Point(Fraction(1), Fraction(1)), Point(Fraction(3), Fraction(2))]
        >>> str(gap_at(points, [Line(Fraction(2), Fraction(0))], Fraction(1)))
        '1/2'
    """
    return _relative(min(line.at(beta) for line in lines), chord_at(points, beta))


def corner_gaps(
    points: Sequence[Point], lines: Iterable[Line], betas: tuple[Fraction, Fraction] | None = None
) -> tuple[Gap, ...]:
    """Evaluate the relative gap (U - L) / U at all corners of L and U and at both ends, the largest first.

    Args:
        points: lower bounds at the knots, by beta, one at least.
        lines: of networks, one at least.
        betas: an interval between the first and the last knot; None for all of it.

    Example:
        >>> points = [Point(Fraction(1), Fraction(1)), Point(Fraction(3), Fraction(2))]
        >>> gaps = corner_gaps(points, [Line(Fraction(0), Fraction(1)), Line(Fraction(2), Fraction(0))])
        >>> [(str(gap.relative), str(gap.beta)) for gap in gaps]
        [('1/4', '2'), ('0', '1'), ('0', '3')]
    """
    low, high = betas or (points[0].beta, points[-1].beta)
    below, above = concave_points(points), least_lines(lines, low, high)
    known = sorted({low, high, *(point.beta for point in (*below, *above) if low <= point.beta <= high)})
    gaps = [Gap(_relative(chord_at(above, beta), chord_at(below, beta)), beta) for beta in known]
    return tuple(sorted(gaps, key=lambda gap: gap.relative, reverse=True))


def largest_gap(points: Sequence[Point], lines: Iterable[Line], betas: tuple[Fraction, Fraction] | None = None) -> Gap:
    """Find the largest relative gap (U - L) / U over the interval of the points, or over a part; 0 where U is 0.

    Args:
        points: lower bounds at the knots, by beta, one at least.
        lines: of networks, one at least.
        betas: an interval between the first and the last knot; None for all of it.

    Example:
        >>> points = [Point(Fraction(1), Fraction(1)), Point(Fraction(3), Fraction(2))]
        >>> gap = largest_gap(points, [Line(Fraction(0), Fraction(1)), Line(Fraction(2), Fraction(0))])
        >>> str(gap.relative), str(gap.beta)
        ('1/4', '2')
    """
    return corner_gaps(points, lines, betas)[0]


def _relative(upper: Fraction, lower: Fraction) -> Fraction:
    return max((upper - lower) / upper, Fraction(0)) if upper else Fraction(0)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Find the fraction of least denominator in a closed interval of positive numbers (Stern 1858; Brocot 1861).

    Args:
        low: above 0.
        high: at least `low`.

    Example:
        >>> simplest_between(Fraction(31, 100), Fraction(34, 100))
        Fraction(1, 3)
    """
    whole = low.numerator // low.denominator
    if whole == low:
        return low
    if whole + 1 <= high:
        return Fraction(whole + 1)
    rest = simplest_between(1 / (high - whole), 1 / (low - whole))
    return whole + 1 / rest
