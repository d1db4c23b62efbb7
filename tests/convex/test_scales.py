"""Huge and tiny numbers: certified, or said not to be."""

from fractions import Fraction

import pytest
from support.problems import FOUR_ROWS, agree, nothing, solved

from convex import Network, Problem, SubNetwork, read_loss
from convex import solve_full_program as solve
from convex.networks.network import grown
from convex.problem.scaling import Scaling

EXPONENTS = [-400, -200, -30, -9, -6, -3, 3, 6, 9, 30, 200, 400]


def scaled(x: Fraction, y: Fraction, beta: Fraction) -> Problem:
    p = FOUR_ROWS
    rows = tuple(tuple(x * value for value in row) for row in p.x)
    return Problem(rows, tuple(y * value for value in p.y), beta * p.beta)


@pytest.mark.parametrize("e", EXPONENTS)
def test_data_at_any_size(e):
    """With beta in proportion nothing changes."""
    c = Fraction(10) ** e
    solution = solve(scaled(c, Fraction(1), c), 2)
    assert solution.status == "optimal"
    assert agree(solved(FOUR_ROWS, 2), solution)


@pytest.mark.parametrize("e", EXPONENTS)
def test_targets_at_any_size(e):
    """With beta in proportion everything is multiplied by c^2."""
    c = Fraction(10) ** e
    solution = solve(scaled(Fraction(1), c, c), 2)
    assert solution.status == "optimal"
    assert agree(solved(FOUR_ROWS, 2), solution, c * c)


@pytest.mark.parametrize("e", [-9, -6, -3, 3, 6, 9])
@pytest.mark.parametrize("which", range(3))
def test_one_of_them_alone(which, e):
    """Far from proportion the gap may stay open, but never unsaid."""
    sizes = [Fraction(10) ** e if k == which else Fraction(1) for k in range(3)]
    problem = scaled(*sizes)
    solution = solve(problem, 2)
    assert 0 <= solution.lower <= solution.upper <= nothing(problem)
    assert solution.upper == solution.network.objective(problem)
    open_gap = solution.upper - solution.lower > solution.upper / 10**8
    assert solution.status == ("gap-above-tolerance" if open_gap else "optimal")


@pytest.mark.parametrize("e", [-12, -9, -6, -3, 3, 6, 9])
def test_rows_of_different_length(e):
    x = (tuple(Fraction(10) ** e * value for value in FOUR_ROWS.x[0]), *FOUR_ROWS.x[1:])
    problem = Problem(x, FOUR_ROWS.y, FOUR_ROWS.beta)
    solution = solve(problem, 2)
    assert 0 <= solution.lower <= solution.upper <= nothing(problem)
    assert solution.status == "optimal" or abs(e) > 3


@pytest.mark.parametrize("loss", ["squared", "huber:1/3", "hinge", "logistic"])
@pytest.mark.parametrize("e", [-9, 0, 7])
def test_a_network_costs_the_same_on_the_scaled_problem(loss, e):
    """The objective of a network is carried back exactly, so that it need not be evaluated again."""
    x = [[Fraction(10) ** e * value for value in row] for row in FOUR_ROWS.x]
    problem = Problem.read(x, [1, -1, 1, 1], "0.3", read_loss(loss))
    scaling = Scaling.of(problem)
    first = ((Fraction(3, 5), Fraction(1, 7)), (Fraction(-1, 3), Fraction(1, 2)))
    network = Network((SubNetwork(first, (Fraction(2), Fraction(-1, 3)), Fraction(-5, 4)),))
    cost = grown(network, scaling.root).objective(problem)
    assert scaling.value(network.objective(scaling.problem)) == cost != Network(()).objective(problem)


def test_a_tolerance_out_of_reach():
    solution = solve(FOUR_ROWS, 2, tolerance=Fraction(0))
    assert solution.gap > 0
    assert solution.status == "gap-above-tolerance"
