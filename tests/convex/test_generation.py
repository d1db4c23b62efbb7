"""Block generation with covers against the whole program, block by block: the same optimum, every loss."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, XOR, gaussian, problems, with_loss

from arrangements.errors import InputError
from convex import Problem, first_layer_bound, read_loss, solve, solve_full_program

LOSSES = ("squared", "huber:1/2", "hinge", "logistic")


def overlap(one, other):
    return one.lower <= other.upper and other.lower <= one.upper


GAUSSIAN = {f"gaussian {n},{d} seed {seed}": gaussian(n, d, seed, beta)
            for n, d, seed, beta in [(3, 1, 0, "0.1"), (4, 2, 1, "0.05"), (5, 2, 2, "0.002"), (4, 3, 3, "0.01"),
                                     (5, 2, 4, "0.3"), (6, 2, 5, "0.01"), (3, 3, 6, "0.05"), (5, 1, 7, "0.01"),
                                     (6, 2, 8, "0.05"), (4, 2, 9, "2"), (5, 3, 10, "0.1"), (7, 2, 11, "0.1"),
                                     (4, 2, 12, "0.0001"), (6, 1, 13, "0.02")]}  # fmt: skip
NAMED = {**DEGENERATE, "four rows": FOUR_ROWS, "xor": XOR, "shared block": SHARED_BLOCK, **GAUSSIAN}


def test_there_are_thirty_instances():
    assert len(NAMED) >= 30


@pytest.mark.parametrize(
    "loss", ["squared", "hinge", *(pytest.param(loss, marks=pytest.mark.slow) for loss in ("huber:1/2", "logistic"))]
)
@pytest.mark.parametrize("name", NAMED)
def test_the_same_optimum_as_the_whole_program(name, loss):
    problem = with_loss(NAMED[name], loss)
    width = 2 if len(problem.x) * len(problem.x[0]) <= 12 else 1
    generated, whole = solve(problem, width), solve_full_program(problem, width)
    assert generated.lower <= generated.upper
    assert overlap(generated, whole)
    assert generated.network.objective(problem) == generated.upper
    assert generated.network.width <= width
    assert generated.relative_gap <= Fraction(1, 10**7)
    if whole.status == "optimal" and loss != "logistic":  # exponential cones are solved less tightly
        assert generated.status == "optimal"


@given(problem=problems())
@settings(max_examples=25, deadline=None)
def test_tiny_tables_with_many_coincidences(problem):
    generated, whole = solve(problem, 2), solve_full_program(problem, 2)
    assert overlap(generated, whole)
    assert generated.status == "optimal" or whole.status != "optimal"


@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane", "gaussian 5,2 seed 2", "gaussian 6,2 seed 5"])
def test_the_optimum_falls_with_the_width_down_to_unlimited(name):
    problem = NAMED[name]
    solutions = [solve(problem, width) for width in (1, 2, 3)] + [solve(problem, None)]
    for wide, narrow in zip(solutions[1:], solutions, strict=False):
        assert wide.lower <= narrow.upper
    last = solutions[-1]
    for solution in solutions:
        if last.network.width <= (solution.width or len(problem.x)):
            assert overlap(last, solution)


@pytest.mark.parametrize("loss", LOSSES)
def test_width_n_is_unlimited(loss):
    problem = with_loss(gaussian(4, 2, 1, "0.02"), loss)
    assert overlap(solve(problem, len(problem.x)), solve(problem, None))


def test_values_of_the_design():
    """On six Gaussian rows the optima of widths 1, 2 and unlimited are those of the design."""
    problem = gaussian(6, 2, 2, "0.01")
    for width, value in ((1, 0.19930407), (2, 0.14047288), (None, 0.1363346)):
        assert float(solve(problem, width).upper) == pytest.approx(value, abs=2e-8)


def test_more_tuples_than_can_be_looked_at():
    """At width 7 the answer for unlimited width is narrow enough, or is split into narrow parts."""
    rng = np.random.default_rng(3)
    problem = Problem.read(rng.standard_normal((9, 2)), rng.standard_normal(9), "0.05")
    free, seven = solve(problem, None), solve(problem, 7)
    assert seven.status == "optimal"
    assert seven.width == 7
    assert seven.network.width <= 7
    assert overlap(free, seven)


def test_a_limit_leaves_an_interval():
    problem = gaussian(8, 2, 0, "0.002")
    optimum, limited = solve(problem, 2), solve(problem, 2, limit=5)
    assert limited.limited
    assert limited.status == "gap-above-tolerance"
    assert limited.lower <= optimum.upper
    assert optimum.lower <= limited.upper


def test_targets_that_need_no_network():
    zero = Problem.read([[1, 2], [3, 4]], [0, 0], "0.1")
    heavy = Problem.read([[1, 2], [3, 4]], [1, -1], 100)
    for problem in (zero, heavy):
        for width in (1, 2, None):
            solution = solve(problem, width)
            assert solution.status == "optimal"
            assert solution.network.subnetworks == ()


def test_bad_requests():
    with pytest.raises(InputError, match="width is 0"):
        solve(FOUR_ROWS, 0)
    with pytest.raises(InputError, match="labels -1 and 1"):
        Problem.read([[1], [2]], [0, 1], "0.1", read_loss("hinge"))
    with pytest.raises(InputError, match="unknown loss 'absolute'"):
        read_loss("absolute")
    with pytest.raises(InputError, match="threshold"):
        read_loss("huber:0")


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane", "zero rows with targets", "gaussian 6,2 seed 5"])
def test_the_first_layer_bounds_every_width(name, loss):
    problem = with_loss(NAMED[name], loss)
    bound = first_layer_bound(problem)
    assert len(bound.entries) <= 2
    assert bound.value <= solve(problem, None).upper <= solve(problem, 1).upper * (1 + Fraction(1, 10**6))
    assert bound.value > 0
