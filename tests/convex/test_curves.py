"""Curves over beta: least lines, highest chords and gaps against brute force over many betas, all in fractions."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convex.paths.curves import (
    Line,
    Point,
    chord_at,
    concave_points,
    corner_gaps,
    gap_at,
    largest_gap,
    least_lines,
    simplest_between,
)
from multilayer import curve_checker

NUMBERS = st.fractions(0, 5, max_denominator=12)
LINES = st.lists(st.builds(Line, NUMBERS, NUMBERS), min_size=1, max_size=7)
KNOTS = st.lists(st.fractions(Fraction(1, 20), 4, max_denominator=20), min_size=2, max_size=6, unique=True).map(sorted)
GRID = [Fraction(k, 60) for k in range(61)]


@given(LINES, KNOTS)
def test_the_least_line_is_affine_between_its_corners(lines, knots):
    low, high = knots[0], knots[-1]
    corners = least_lines(lines, low, high)
    assert (corners[0].beta, corners[-1].beta) == (low, high)
    for share in GRID:
        beta = low + share * (high - low)
        assert chord_at(corners, beta) == min(line.at(beta) for line in lines)


def highest_chord(points, beta):
    """By definition: of all pairs of points, the highest chord at a beta."""
    return max(
        chord_at([left, right], beta) for left, right in combinations(points, 2) if left.beta <= beta <= right.beta
    )


@given(KNOTS, st.data())
def test_the_lower_curve_is_the_highest_chord(knots, data):
    points = [Point(beta, data.draw(NUMBERS)) for beta in knots]
    corners = concave_points(points)
    assert set(corners) <= set(points)
    for share in GRID:
        beta = knots[0] + share * (knots[-1] - knots[0])
        assert chord_at(corners, beta) == highest_chord(points, beta)


def crossing(a, b):
    return [(b.loss - a.loss) / (a.penalty - b.penalty)] if a.penalty != b.penalty else []


@given(LINES, KNOTS, st.data())
def test_the_largest_gap_is_that_of_the_checker_and_above_that_of_any_grid(lines, knots, data):
    values = data.draw(st.lists(NUMBERS, min_size=len(knots), max_size=len(knots)))
    points = [
        Point(beta, min(value, *(line.at(beta) for line in lines)) if lines else value)
        for beta, value in zip(knots, values, strict=True)
    ]
    worst = largest_gap(points, lines)
    assert worst.relative == curve_checker.largest_gap(points, lines)
    betas = [
        *knots,
        *(beta for a, b in combinations(lines, 2) for beta in crossing(a, b) if knots[0] < beta < knots[-1]),
    ]
    pairs = [(min(line.at(beta) for line in lines), highest_chord(points, beta)) for beta in betas]
    assert worst.relative == max(((upper - lower) / upper for upper, lower in pairs if upper), default=0)
    for share in GRID:
        beta = knots[0] + share * (knots[-1] - knots[0])
        upper = min(line.at(beta) for line in lines)
        if upper:
            assert (upper - highest_chord(points, beta)) / upper <= worst.relative
            assert gap_at(concave_points(points), lines, beta) <= worst.relative


@given(LINES, KNOTS, st.data())
def test_the_largest_gap_over_a_part_is_the_largest_of_its_ends_and_of_the_corners_in_it(lines, knots, data):
    points = [Point(beta, data.draw(NUMBERS)) for beta in knots]
    low, high = sorted(data.draw(st.tuples(*[st.fractions(knots[0], knots[-1], max_denominator=50)] * 2)))
    part = corner_gaps(points, lines, (low, high))
    assert part[0] == largest_gap(points, lines, (low, high))
    assert [gap.relative for gap in part] == sorted((gap.relative for gap in part), reverse=True)
    inside = {gap for gap in corner_gaps(points, lines) if low <= gap.beta <= high}
    ends = {(gap_at(concave_points(points), lines, beta), beta) for beta in (low, high)}
    assert set(part) >= inside
    assert set(part) >= ends
    assert part[0].relative == max(gap for gap, _ in inside | ends)


def test_one_beta_is_an_interval_too():
    lines = [Line(Fraction(1), Fraction(1)), Line(Fraction(0), Fraction(4))]
    assert least_lines(lines, Fraction(1), Fraction(1)) == (Point(Fraction(1), Fraction(2)),)
    assert largest_gap([Point(Fraction(1), Fraction(1))], lines) == (Fraction(1, 2), Fraction(1))


@given(st.fractions(Fraction(1, 50), 9, max_denominator=300), st.fractions(0, 2, max_denominator=300))
def test_the_simplest_fraction_has_the_least_denominator(low, length):
    high = low + length
    found = simplest_between(low, high)
    assert low <= found <= high
    for q in range(1, found.denominator):
        assert -(-low.numerator * q // low.denominator) > high * q


@pytest.mark.parametrize(("low", "high", "simple"), [("3/10", "2/5", "1/3"), ("2", "2", "2"), ("5/2", "7/2", "3")])
def test_simple_fractions(low, high, simple):
    assert simplest_between(Fraction(low), Fraction(high)) == Fraction(simple)
