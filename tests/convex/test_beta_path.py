"""Proven curves over beta: every other solve lies between them, for all losses, widths and degenerate tables."""

from dataclasses import replace
from fractions import Fraction

import pytest
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian, with_loss

from arrangements import InputError
from convex import Problem, solve, solve_outputs, solve_path
from convex.paths import beta_path
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


def limited_below(monkeypatch, border):
    """Searches below a beta begin with nothing and end at once, as those that are too long for their limit."""
    betas = []

    def solve_some(problems, width, **options):
        betas.append(problems[0].beta)
        ended = {"limit": 1, "starts": ()} if betas[-1] < border else {}
        return solve_outputs(problems, width, **{**options, **ended})

    monkeypatch.setattr(beta_path, "solve_outputs", solve_some)
    return betas


def test_where_a_search_meets_its_limit_the_rest_is_refined(monkeypatch):
    """The gap is largest at the first knot, and nothing mends it there; from the border on all is within tolerance."""
    border = Fraction(1, 20)
    betas = limited_below(monkeypatch, border)
    path = solve_path([FOUR_ROWS], 2, ("0.01", "1"), tolerance="0.01")
    assert not path.complete
    assert path.largest_gap.beta in betas
    assert path.largest_gap.beta < border
    assert path.solves == len(betas) == len(set(betas)) == len(path.knots)
    ((low, high),) = path.above_tolerance
    assert (low, high < border * Fraction(6, 5)) == (Fraction(1, 100), True)
    for beta in (low, (low + high) / 2, high, border * 2, Fraction(1)):
        gap = 1 - path.lower_at(beta) / path.upper_at(beta)
        assert (gap > path.tolerance) == (low <= beta < high), beta


def test_an_earlier_path_is_gone_on_from(monkeypatch):
    problem = with_loss(FOUR_ROWS, "huber:1/2")
    coarse = solve_path([problem], 2, ("0.1", "1"), tolerance="0.05")
    assert solve_path([problem], 2, ("0.1", "1"), tolerance="0.05", known=coarse.knots) == replace(coarse, solves=0)
    betas = limited_below(monkeypatch, 0)
    fine = solve_path([problem], 2, ("0.05", "0.5"), tolerance="0.005", known=coarse.knots)
    assert (fine.complete, fine.solves) == (True, len(betas))
    assert {knot.beta for knot in fine.knots} >= {Fraction(1, 20), Fraction(1, 2)}
    assert {knot.beta for knot in fine.knots} == {knot.beta for knot in coarse.knots} | set(betas)
    for beta in map(Fraction, ("0.1", "0.13", "0.3", "0.7", "1")):
        assert coarse.lower_at(beta) <= fine.lower_at(beta) <= fine.upper_at(beta) <= coarse.upper_at(beta)
    for knot in fine.knots:
        kept = [other for other in coarse.knots if other.beta == knot.beta]
        assert all(knot.solution.gap <= other.solution.gap for other in kept)
        assert knot in kept or knot.beta in betas
    cold = solve_path([problem], 2, ("0.05", "0.5"), tolerance="0.005")
    assert fine.solves < cold.solves


def test_a_stop_loses_nothing_of_an_earlier_path():
    earlier = solve_path([FOUR_ROWS], 2, ("0.05", "0.5"), tolerance="0.02")
    later = solve_path([FOUR_ROWS], 2, ("0.05", "0.5"), tolerance="1e-6", known=earlier.knots, stopped=lambda: True)
    assert (later.knots, later.solves, later.complete) == (earlier.knots, 0, False)


def test_of_two_knots_at_one_beta_the_better_one_is_taken():
    (good,) = solve_path([FOUR_ROWS], 2, ("0.1", "0.1")).knots
    (weak,) = solve_path([FOUR_ROWS], 2, ("0.1", "0.1"), limit=1).knots
    assert weak.solution.gap > good.solution.gap
    for known in ([good, weak], [weak, good]):
        path = solve_path([FOUR_ROWS], 2, ("0.1", "0.1"), known=known)
        assert (path.knots, path.solves) == ((good,), 0)
    again = solve_path([FOUR_ROWS], 2, ("0.1", "0.1"), known=[weak])
    assert (again.complete, again.solves) == (True, 1)


def test_knots_of_something_else_are_refused():
    (knot,) = solve_path([FOUR_ROWS], 2, ("0.1", "0.1")).knots
    for problem, width in ((FOUR_ROWS, 1), (XOR, 2), (with_loss(FOUR_ROWS, "huber:1/2"), 2)):
        with pytest.raises(InputError, match=r"a knot at beta 1/10 of another problem or width"):
            solve_path([problem], width, ("0.1", "0.2"), known=[knot])
    with pytest.raises(InputError, match="known"):
        solve_path([FOUR_ROWS], 2, ("0.1", "0.2"), known=[1])


def test_the_networks_at_a_beta_are_those_of_the_upper_curve():
    path = solve_path([FOUR_ROWS], 2, ("0.02", "20"), tolerance="0.05")
    for beta in ("0.02", "0.077", "0.4", "19"):
        (network,) = path.networks_at(beta)
        assert network.objective(FOUR_ROWS.with_beta(beta)) == path.upper_at(beta)
    assert path.networks_at(20)[0].subnetworks == ()


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
    for ask in (path.lower_at, path.upper_at, path.networks_at):
        with pytest.raises(InputError, match=r"outside of the interval from 0\.2 to 0\.3"):
            ask("0.4")
