"""Proven curves over beta: every other solve lies between them, for all losses, widths and degenerate tables."""

from fractions import Fraction

import pytest
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian, with_loss

from arrangements import InputError
from convex import Problem, solve, solve_outputs, solve_path
from convex.paths.beta_path import line_of

PROBLEMS = {
    "four rows": FOUR_ROWS,
    "xor": XOR,
    "gaussian": gaussian(6, 2, 5, "0.01"),
    **{name: DEGENERATE[name] for name in sorted(DEGENERATE)[:4]},
}
BETAS = ("0.02", "0.5")


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("width", [1, 2, None])
def test_certified_optima_lie_between_the_curves(name, width):
    path = solve_path([PROBLEMS[name]], width, BETAS, tolerance="0.01")
    assert path.complete
    assert [path.knots[0].beta, path.knots[-1].beta] == [Fraction(1, 50), Fraction(1, 2)]
    for beta in ("0.02", "0.033", "0.11", "0.271", "0.5"):
        known = solve(PROBLEMS[name].with_beta(beta), width)
        assert path.lower_at(beta) <= known.upper
        assert known.lower <= path.upper_at(beta)
        assert path.upper_at(beta) - path.lower_at(beta) <= path.largest_gap.relative * path.upper_at(beta)


@pytest.mark.parametrize("loss", ["huber:1/2", "hinge", "logistic"])
def test_other_losses(loss):
    problem = with_loss(FOUR_ROWS, loss)
    path = solve_path([problem], 2, ("0.05", "1"), tolerance="0.02")
    assert path.complete
    known = solve(problem.with_beta("0.3"), 2)
    assert path.lower_at("0.3") <= known.upper
    assert known.lower <= path.upper_at("0.3")


def test_several_outputs():
    problems = [gaussian(5, 2, 3, "1"), gaussian(5, 2, 3, "1").with_targets([1, 0, 1, 0, 1])]
    path = solve_path(problems, 2, ("0.1", "0.4"), tolerance="0.01")
    known = solve_outputs([problem.with_beta("0.2") for problem in problems], 2)
    assert path.complete
    assert path.lower_at("0.2") <= known.upper
    assert known.lower <= path.upper_at("0.2")


def test_a_network_costs_its_line_at_every_beta():
    path = solve_path([FOUR_ROWS], 2, ("0.05", "0.2"), tolerance="0.1")
    for knot in path.knots:
        (solution,) = knot.solution.solutions
        for beta in ("0.01", "0.3", "7"):
            there = FOUR_ROWS.with_beta(beta)
            assert knot.line.at(there.beta) == solution.network.objective(there)
            assert line_of([solution.network], [there]) == knot.line


def test_beyond_the_largest_useful_beta_nothing_is_learned():
    path = solve_path([Problem.read([[1], [-1]], [1, 1], 1)], 1, (2, 9))
    assert len(path.knots) == 2
    assert path.lower_at(5) == path.upper_at(5) == 1


def test_a_stop_keeps_both_ends():
    path = solve_path([gaussian(9, 2, 1, "1")], 2, ("0.001", "1"), seconds=1e-3, tolerance="1e-5")
    assert len(path.knots) == 2
    assert not path.complete
    assert 0 <= path.lower_at("0.1") <= path.upper_at("0.1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"betas": ("1", "0.1")}, "above 0, the smaller one first"),
        ({"betas": ("0", "0.1")}, "above 0"),
        ({"betas": ("0.1",)}, "give the two ends of an interval"),
        ({"tolerance": 0}, "tolerance is 0"),
        ({"problems": []}, "there is no problem"),
    ],
)
def test_arguments_are_checked(arguments, said):
    given = {"problems": [FOUR_ROWS], "width": 1, "betas": BETAS, **arguments}
    with pytest.raises(InputError, match=said):
        solve_path(**given)


def test_outside_of_the_interval():
    path = solve_path([FOUR_ROWS], 1, ("0.2", "0.3"), tolerance="0.1")
    for ask in (path.lower_at, path.upper_at):
        with pytest.raises(InputError, match=r"outside of the interval from 0\.2 to 0\.3"):
            ask("0.4")
