"""What the optimum must do, whatever the data: tiny tables full of zero, repeated and opposite rows."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import DEGENERATE, agree, nothing, problems, solved

from convex import Problem
from convex import solve_full_program as solve

FEW = settings(max_examples=20)
widths = st.integers(1, 2)


def _with(problem: Problem, **changes) -> Problem:
    return Problem(**{"x": problem.x, "y": problem.y, "beta": problem.beta, **changes})


@FEW
@given(problems())
def test_certified_and_falling_with_the_width(problem):
    one, two = solve(problem, 1), solve(problem, 2)
    for solution in (one, two):
        assert solution.status == "optimal"
        assert 0 <= solution.lower <= solution.upper <= nothing(problem)
        assert solution.relative_gap <= Fraction(1, 10**8)
        assert len(solution.network.subnetworks) <= len(problem.x)
        assert solution.network.width <= solution.width
    assert two.lower <= one.upper


@FEW
@given(problems(rows=2), st.integers(1, 2))
def test_constant_from_as_many_neurons_as_rows(problem, more):
    assert agree(solve(problem, len(problem.x)), solve(problem, len(problem.x) + more))


@FEW
@given(problems(), widths)
def test_no_targets(problem, width):
    solution = solve(_with(problem, y=(Fraction(0),) * len(problem.y)), width)
    assert solution.upper == solution.lower == 0
    assert not solution.network.subnetworks


@FEW
@given(problems(), widths)
def test_huge_penalty(problem, width):
    solution = solve(_with(problem, beta=Fraction(1000)), width)
    assert solution.upper == solution.lower == nothing(problem)
    assert not solution.network.subnetworks


@FEW
@given(problems(), widths, st.randoms(use_true_random=False))
def test_order_of_rows(problem, width, random):
    order = list(range(len(problem.x)))
    random.shuffle(order)
    shuffled = _with(problem, x=tuple(problem.x[i] for i in order), y=tuple(problem.y[i] for i in order))
    assert agree(solve(problem, width), solve(shuffled, width))


@FEW
@given(problems(), widths, st.sampled_from([(0, 1), (1, 0), (-1, 0), ("3/5", "4/5"), ("-5/13", "12/13")]))
def test_rotation(problem, width, angle):
    cosine, sine = map(Fraction, angle)
    x = [(row[0], row[1] if len(row) > 1 else Fraction(0)) for row in problem.x]
    rotated = tuple((cosine * a - sine * b, sine * a + cosine * b) for a, b in x)
    assert agree(solve(problem, width), solve(_with(problem, x=rotated), width))


@FEW
@given(problems(), widths, st.sampled_from(["1/100", "1/3", "7", "100", "-1"]))
def test_scale_of_targets_and_penalty(problem, width, factor):
    c = Fraction(factor)
    scaled = solve(_with(problem, y=tuple(c * value for value in problem.y), beta=abs(c) * problem.beta), width)
    assert scaled.status == "optimal"
    assert agree(solve(problem, width), scaled, c * c)


@FEW
@given(problems(), widths, st.sampled_from(["1/100", "1/3", "7", "100", "-1"]))
def test_scale_of_data_and_penalty(problem, width, factor):
    c = Fraction(factor)
    x = tuple(tuple(c * value for value in row) for row in problem.x)
    assert agree(solve(problem, width), solve(_with(problem, x=x, beta=abs(c) * problem.beta), width))


@FEW
@given(problems(rows=3), widths)
def test_a_zero_row_costs_its_target_only(problem, width):
    zero = (Fraction(0),) * len(problem.x[0])
    longer = solve(_with(problem, x=(*problem.x, zero), y=(*problem.y, Fraction(2))), width)
    shorter = solve(problem, width)
    assert longer.lower - 2 <= shorter.upper
    assert shorter.lower <= longer.upper - 2


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_tables(name, width):
    solution = solved(DEGENERATE[name], width)
    assert solution.status == "optimal"
    assert 0 <= solution.lower <= solution.upper <= nothing(solution.problem)


@pytest.mark.parametrize("name", ["one row", "one column", "rank 1 in three columns", "fewer rows than columns"])
def test_more_neurons_than_signed_masks(name):
    problem = DEGENERATE[name]
    assert agree(solve(problem, 40), solve(problem, len(problem.x)))


def test_weight_at_its_threshold_and_scaled():
    """With steps of 0.9 alone Clarabel leaves a relative gap of 1.4e-8 here."""
    assert solve(Problem.read([[-1], [1], [2]], ["-0.02", "-0.01", "-0.03"], "0.02"), 1).status == "optimal"
