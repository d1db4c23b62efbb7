"""Non-convex training never beats the proven lower bound, and finds the optimum on tables this small."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, XOR, gaussian

from arrangements.errors import InputError
from convex import LOSSES, Network, Problem, read_loss, solve
from convex.heuristics.multistart import Parts, best_of, local_search, objective, to_network

PLANE_XOR = Problem.read([[1, 1], [-1, -1], [1, -1], [-1, 1]], [0, 0, 1, 1], "0.1")
NEAR = 1 + Fraction(1, 10**6)
NAMES = ["squared", "huber:1/3", "hinge", "logistic"]


@cache
def certified(problem, width):
    solution = solve(problem, width)
    assert solution.status == "optimal"
    return solution


def search_meets(problem, width, solution, unit=1):
    """Whether one of a few restarts comes within 1e-6 of the certified optimum; none may fall below the bound."""
    for seed in range(4):
        found = local_search(problem, width, restarts=1, seed=seed).objective / unit
        assert solution.lower <= found
        if found <= solution.upper * NEAR:
            return True
    return False


def labelled(problem, loss):
    """The same rows, with labels for targets."""
    return Problem.read(problem.x, [1 if value > Fraction(3, 4) else -1 for value in problem.y], "0.05", loss)


def random_parts(rng, shape):
    signs = rng.choice([-1.0, 1.0], (shape[0], shape[1] + 1))
    return Parts(rng.standard_normal(shape), signs[:, 1:], signs[:, 0])


def test_all_losses_are_tested():
    assert tuple(name.partition(":")[0] for name in NAMES) == LOSSES


@pytest.mark.parametrize("t", [0.0, 1e-2, 0.5])
@pytest.mark.parametrize("name", NAMES)
def test_gradient(name, t):
    rng = np.random.default_rng(1)
    problem = Problem.read(rng.standard_normal((5, 2)), [1, -1, 1, 1, -1], "0.3", read_loss(name))
    for _ in range(5):
        parts = random_parts(rng, (3, 2, 2))
        slope = objective(problem, parts, t)[1]
        for place in np.ndindex(slope.shape):
            step = np.zeros(slope.shape)
            step[place] = 1e-6
            sides = [objective(problem, parts._replace(p=parts.p + sign * step), t)[0] for sign in (1, -1)]
            assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(slope[place], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_balanced_form_is_the_objective_of_the_network(name):
    rng = np.random.default_rng(2)
    problem = Problem.read(rng.standard_normal((5, 3)), [1, -1, 1, 1, -1], "0.3", read_loss(name))
    for _ in range(5):
        parts = random_parts(rng, (3, 2, 3))
        assert float(to_network(parts).objective(problem)) == pytest.approx(objective(problem, parts)[0], rel=1e-13)


def test_rounding_off_costs_little_and_vanishes():
    parts = random_parts(np.random.default_rng(3), (3, 2, 2))
    values = [objective(FOUR_ROWS, parts, t)[0] for t in (1e-3, 1e-6, 1e-9, 0.0)]
    errors = np.abs(np.array(values[:-1]) - values[-1])
    assert (errors <= [1e-1, 1e-4, 1e-7]).all()


def test_published_value():
    found = local_search(FOUR_ROWS, 2, restarts=1)
    assert abs(float(found.objective) / 0.0988730590 - 1) < 1e-6


TABLES = [
    (problem, 1) for problem in (FOUR_ROWS, SHARED_BLOCK, XOR, gaussian(5, 2, 0, "0.02"), gaussian(6, 3, 0, "0.02"))
]
TABLES += [(problem, 2) for problem in (SHARED_BLOCK, XOR, PLANE_XOR, gaussian(5, 2, 0, "0.02"))]
LONG = [
    pytest.param(problem, width, marks=pytest.mark.slow)
    for problem, width in (
        (gaussian(6, 2, 1, "0.05"), 2),
        (gaussian(6, 3, 0, "0.02"), 2),
        (gaussian(8, 2, 0, "0.01"), 1),
        (gaussian(8, 2, 0, "0.01"), 2),
        (labelled(gaussian(6, 2, 1, "0.05"), read_loss("hinge")), 2),
    )
]


@pytest.mark.parametrize(("problem", "width"), [*TABLES, *LONG])
def test_search_meets_the_certified_optimum(problem, width):
    assert search_meets(problem, width, certified(problem, width))


@pytest.mark.parametrize("name", NAMES)
def test_every_loss(name):
    problem = labelled(FOUR_ROWS, read_loss(name))
    assert search_meets(problem, 2, certified(problem, 2))


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_tables(name):
    assert search_meets(DEGENERATE[name], 1, certified(DEGENERATE[name], 1))


@pytest.mark.parametrize(("x", "y"), [(-200, 0), (0, -200), (200, 200), (9, -9), (0, 9)])
def test_huge_and_tiny_numbers(x, y):
    """With beta in proportion nothing changes but the size."""
    c, e = Fraction(10) ** x, Fraction(10) ** y
    rows = tuple(tuple(c * value for value in row) for row in FOUR_ROWS.x)
    problem = Problem(rows, tuple(e * value for value in FOUR_ROWS.y), c * e * FOUR_ROWS.beta)
    assert search_meets(problem, 1, certified(FOUR_ROWS, 1), e**2)


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_sub_networks_than_needed(count):
    found = local_search(FOUR_ROWS, 2, subnetworks=count, restarts=2)
    assert len(found.network.subnetworks) <= count
    assert certified(FOUR_ROWS, 2).lower < found.objective < Network(()).objective(FOUR_ROWS)


def test_what_is_returned():
    found = local_search(FOUR_ROWS, 2, restarts=3, seed=5, rounds=1)
    assert found == local_search(FOUR_ROWS, 2, restarts=3, seed=5, rounds=1)
    assert found.objective == found.network.objective(FOUR_ROWS) == min(found.values)
    assert len(found.values) == 3
    assert found.network.width <= 2
    assert len(found.network.subnetworks) <= 4
    for part in found.network.subnetworks:
        size = sum(value * value for w in part.first for value in w)
        assert 1 - Fraction(1, 10**12) < size <= 1
        balance = sum(u * u for u in part.second) / part.output**2
        assert abs(balance - 1) < Fraction(1, 10**12)


def test_nothing_to_learn():
    problem = Problem.read([[1, 2], [2, -1]], [0, 0], "0.1")
    found = local_search(problem, 1, restarts=1)
    assert (found.network, found.objective) == (Network(()), 0)
    found = local_search(Problem.read([[1]], [1], 100), 1, restarts=1)
    assert (found.network, found.objective) == (Network(()), Fraction(1, 2))


def test_never_worse_than_the_empty_network():
    bad = to_network(Parts(np.full((1, 1, 2), 9.0), np.ones((1, 1)), np.ones(1)))
    found = best_of(FOUR_ROWS, [bad])
    assert found.network == Network(())
    assert found.values == (bad.objective(FOUR_ROWS),)


@pytest.mark.parametrize("name", ["width", "subnetworks", "restarts", "rounds"])
def test_numbers_below_one(name):
    with pytest.raises(InputError, match=f"^{name} is 0; it must be an integer of at least 1$"):
        local_search(FOUR_ROWS, **{"width": 1, name: 0})
