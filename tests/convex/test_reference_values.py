"""Values known from outside: the design notes, the paper's Figure 4, and closed forms."""

from fractions import Fraction
from math import isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, gaussian, nothing, problems, solved

from convex import Problem, interpretation_values
from convex import solve_full_program as solve

SIX_ROWS = gaussian(6, 2, 2, "0.01")
UNLIMITED = 0.1363346


@pytest.mark.parametrize(
    ("problem", "width", "value"),
    [
        (FOUR_ROWS, 1, 0.1008969),
        (FOUR_ROWS, 2, 0.0988730590),
        (SIX_ROWS, 1, 0.19930407),
        (SIX_ROWS, 2, 0.14047288),
        pytest.param(SIX_ROWS, 3, UNLIMITED, marks=pytest.mark.slow),
    ],
)
def test_optimum(problem, width, value):
    solution = solved(problem, width)
    assert solution.status == "optimal"
    assert float(solution.lower) == pytest.approx(value, abs=5e-8)
    assert float(solution.upper) == pytest.approx(value, abs=5e-8)


def test_two_neurons_are_not_enough_for_six_rows():
    assert UNLIMITED < solved(SIX_ROWS, 2).lower < solved(SIX_ROWS, 2).upper < solved(SIX_ROWS, 1).lower


def test_figure_4():
    solution = solve(gaussian(5, 2, 0, "0.002"), width=3)
    assert solution.status == "optimal"
    assert 0 <= solution.relative_gap <= Fraction(1, 10**8)
    assert solution.pairs_total == 3674


def test_readings_of_program_12():
    values = interpretation_values(FOUR_ROWS, 2)
    assert values["tuples"] == pytest.approx(0.0988730590, abs=1e-10)
    assert values["shared-index"] == pytest.approx(0.1008969, abs=1e-7)
    assert values["separate"] == pytest.approx(float(solved(FOUR_ROWS, 1).upper), abs=1e-9)


def test_shared_block_is_a_network_of_twice_the_width():
    one, two = interpretation_values(SHARED_BLOCK, 1), interpretation_values(SHARED_BLOCK, 2)
    assert one["shared-block"] == pytest.approx(two["shared-index"], abs=1e-8)
    assert two["tuples"] < one["shared-block"] < 0.75 * one["tuples"]


@pytest.mark.parametrize("problem", [FOUR_ROWS, SHARED_BLOCK, *DEGENERATE.values()])
def test_order_of_the_readings(problem):
    one, two = interpretation_values(problem, 1), interpretation_values(problem, 2)
    noise = 1e-7 * float(nothing(problem))
    assert two["tuples"] <= two["shared-index"] + noise
    assert two["shared-index"] <= two["separate"] + noise
    assert two["tuples"] <= one["shared-block"] + noise
    assert one["tuples"] == pytest.approx(two["separate"], abs=noise)
    assert one["tuples"] == pytest.approx(one["shared-index"], abs=noise)


def soft(value: Fraction, threshold: Fraction) -> Fraction:
    return max(abs(value) - threshold, Fraction(0))


@settings(max_examples=40)
@given(problems(columns=1), st.integers(1, 3))
def test_one_column_is_one_lasso_for_each_sign(problem, width):
    value = nothing(problem)
    for side in (1, -1):
        pairs = [(side * row[0], y) for row, y in zip(problem.x, problem.y, strict=True) if side * row[0] > 0]
        if pairs:
            value -= soft(sum(x * y for x, y in pairs), problem.beta) ** 2 / sum(x * x for x, _ in pairs) / 2
    solution = solve(problem, width)
    assert solution.status == "optimal"
    assert solution.lower <= value <= solution.upper


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize(("row", "target"), [((3, 4), 2), ((3, -4), "-1/3"), ((0, 5), "1/10"), ((8, 15), 1)])
def test_one_row_is_a_soft_threshold(row, target, width):
    problem = Problem.read([row], [target], 1)
    threshold = Fraction(1, isqrt(sum(value * value for value in row)))
    value = nothing(problem) - soft(problem.y[0], threshold) ** 2 / 2
    solution = solve(problem, width)
    assert solution.status == "optimal"
    assert solution.lower <= value <= solution.upper
