"""Which optimum is certified next: on a curve that is known, with searches that end early at some betas."""

from fractions import Fraction
from math import sqrt

import pytest

from convex.paths.curves import Line, Point, chord_at, concave_points, corner_gaps, gap_at
from convex.paths.refinement import next_beta

LOW, HIGH = Fraction(1, 100), Fraction(1)
TOLERANCE = Fraction(1, 100)


def solved(beta, lost=0):
    """A tangent of the root of beta, and a lower bound of which a share is lost; exact but for the last digits."""
    root = Fraction(sqrt(beta)).limit_denominator(10**6)
    line = Line(root / 2, 1 / (2 * root))
    above = max(root, beta / root)
    return Point(beta, beta / above * (1 - lost)), line


def refined(lost, betas=(LOW, HIGH), tolerance=TOLERANCE, most=400):
    """Solve where the rule says, until it says nothing more; what each search loses depends on beta."""
    found = {beta: solved(beta, lost(beta)) for beta in betas}
    tried = list(found)
    while True:
        points, lines = zip(*(found[beta] for beta in sorted(found)), strict=True)
        gaps = {point.beta: 1 - point.value / line.at(point.beta) for point, line in zip(points, lines, strict=True)}
        beta = next_beta(gaps, points, lines, betas, tolerance, tried)
        if beta is None:
            return points, lines, tried
        assert beta not in tried
        assert betas[0] <= beta <= betas[1]
        found[beta] = solved(beta, lost(beta))
        tried.append(beta)
        assert len(tried) < most


def test_without_trouble_the_whole_interval_is_within_the_tolerance():
    points, lines, tried = refined(lambda beta: 0)
    assert corner_gaps(points, lines)[0].relative <= TOLERANCE
    assert len(tried) < 25


@pytest.mark.parametrize("border", ["0.02", "0.2", "0.4", "0.9"])
def test_the_rest_is_refined_where_searches_end_early_below_a_beta(border):
    border = Fraction(border)
    points, lines, tried = refined(lambda beta: Fraction(1, 5) * (beta < border))
    above = [point.beta for point in points if point.beta >= border]
    assert above[0] <= border * Fraction(6, 5)  # up to where the searches get
    for gap in corner_gaps(points, lines, (above[0], HIGH)):
        assert gap.relative <= TOLERANCE
    below = [beta for beta in tried if beta < border]
    assert len(below) < 10  # each of them may have taken long


def test_a_weak_bound_between_good_ones_is_bridged_by_their_chord():
    weak = []

    def lost(beta):
        weak.extend([beta] * (not weak and LOW < beta < HIGH))
        return Fraction(1, 5) * (beta in weak)

    points, lines, _ = refined(lost)
    (beta,) = weak
    own = next(point.value for point in points if point.beta == beta)
    assert chord_at(concave_points(points), beta) > own
    assert corner_gaps(points, lines)[0].relative <= TOLERANCE


def test_where_no_search_gets_anywhere_only_the_ends_are_tried():
    _, _, tried = refined(lambda beta: 1)
    assert tried == [LOW, HIGH]


def test_ends_a_little_above_the_tolerance_do_not_keep_the_inside_open():
    points, lines, _ = refined(lambda beta: Fraction(11, 10) * TOLERANCE)
    assert TOLERANCE < corner_gaps(points, lines)[0].relative < 3 * TOLERANCE
    points, lines, _ = refined(lambda beta: Fraction(11, 10) * TOLERANCE * (beta in (LOW, HIGH)))
    bad = [gap for gap in corner_gaps(points, lines) if gap.relative > TOLERANCE]
    assert all(gap.beta < LOW * Fraction(6, 5) or gap.beta > HIGH * Fraction(4, 5) for gap in bad)


def test_knots_of_an_earlier_path_are_searched_again_before_others():
    points, lines = zip(*(solved(beta, Fraction(1, 200)) for beta in (LOW, HIGH)), strict=True)
    gaps = {LOW: Fraction(1, 200), HIGH: Fraction(1, 190)}
    asked = gaps, points, lines, (LOW, HIGH), TOLERANCE
    assert next_beta(*asked, ()) == HIGH
    assert next_beta(*asked, (HIGH,)) == LOW
    assert LOW < next_beta(*asked, (LOW, HIGH)) < HIGH
    assert next_beta({LOW: Fraction(0), HIGH: Fraction(0)}, *asked[1:], ()) not in (LOW, HIGH)


def test_only_the_interval_asked_for_is_refined():
    inside = (Fraction(1, 10), Fraction(1, 2))
    found = {beta: solved(beta) for beta in (LOW, *inside, HIGH)}
    tried = set(found)
    while True:
        points, lines = zip(*(found[beta] for beta in sorted(found)), strict=True)
        beta = next_beta(dict.fromkeys(found, Fraction(0)), points, lines, inside, TOLERANCE, tried)
        if beta is None:
            break
        assert inside[0] < beta < inside[1]
        found[beta] = solved(beta)
        tried.add(beta)
    assert corner_gaps(points, lines, inside)[0].relative <= TOLERANCE
    assert gap_at(points, lines, Fraction(1, 30)) > TOLERANCE
