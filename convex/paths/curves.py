"""Curves below and above the optimum over an interval of beta, and the largest relative gap between them, exactly.

P*(b)    the optimum at weight b of the penalty
L_i      a proven lower bound at knot b_i;  L(b) their chords
l, p     the loss and the penalty of a network, which costs l + b p at weight b;  U(b) the least of these lines

P* is the least of the functions l + b p over all networks, each affine in b; so it is concave. Between two knots a
concave function is at least its own chord, and that is at least the chord of lower bounds: L <= P* <= U. On a piece
where L and U are affine, L / U is monotone, so 1 - L / U is largest at a knot or where two lines of U meet.
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


def largest_gap(points: Sequence[Point], lines: Iterable[Line]) -> Gap:
    """Find the largest relative gap (U - L) / U over the interval of the points; 0 where U is 0.

    Args:
        points: lower bounds at the knots, by beta, one at least.
        lines: of networks, one at least.

    Example:
        >>> points = [Point(Fraction(1), Fraction(1)), Point(Fraction(3), Fraction(2))]
        >>> gap = largest_gap(points, [Line(Fraction(0), Fraction(1)), Line(Fraction(2), Fraction(0))])
        >>> str(gap.relative), str(gap.beta)
        ('1/4', '2')
    """
    known = tuple(lines)
    corners = least_lines(known, points[0].beta, points[-1].beta)
    betas = sorted({point.beta for point in (*points, *corners)})
    worst = Gap(Fraction(0), betas[0])
    for beta in betas:
        upper = min(line.at(beta) for line in known)
        relative = (upper - chord_at(points, beta)) / upper if upper else Fraction(0)
        if relative > worst.relative:
            worst = Gap(relative, beta)
    return worst


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
