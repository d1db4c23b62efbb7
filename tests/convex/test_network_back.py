"""From a point of the convex program to a network with rational weights (Proposition 1 of the paper), and pruning."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, XOR, gaussian, nothing, problems, solved

from arrangements import InputError
from convex import Network, Problem, SubNetwork
from convex import solve_full_program as solve
from convex.blocks.caratheodory import reduce_blocks
from convex.blocks.linear_maps import effects
from convex.blocks.network_weights import from_blocks
from convex.listed.cvxpy_program import solve_program

CASES = [(FOUR_ROWS, 1), (FOUR_ROWS, 2), (SHARED_BLOCK, 2), (XOR, 1), (gaussian(6, 2, 2, "0.01"), 2)]
CASES += [(problem, 2) for problem in DEGENERATE.values()]
one = Fraction(1)


def squared_length(part: SubNetwork) -> Fraction:
    return sum(value * value for w in part.first for value in w)


def program_fit(blocks, weights, x):
    return effects(blocks, x) @ np.concatenate([w.ravel() for w in weights])


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_the_whole_point_maps_back(problem, width):
    """Every block at once: the fit of the network is the program's, its penalty the sum of norms."""
    x, _ = problem.floats
    blocks = solved(problem, width).blocks
    point = solve_program(problem, blocks)
    network = from_blocks(blocks, point.weights)
    assert max(map(squared_length, network.subnetworks)) <= 1
    fit = np.array(network.predict(problem.x), dtype=float)
    np.testing.assert_allclose(fit, program_fit(blocks, point.weights, x), rtol=0, atol=1e-6 * abs(x).max())
    assert float(network.objective(problem)) == pytest.approx(point.value, rel=1e-6)


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_points_strictly_inside_map_back(problem, width):
    """The witnesses as weights: nothing is near a wall, so only rounding remains."""
    blocks = [block for block in solved(problem, width).blocks if block.output > 0][:50]
    weights = np.array([block.pair.witness for block in blocks], dtype=float)
    weights /= np.linalg.norm(weights, axis=(1, 2), keepdims=True)
    network = from_blocks(blocks, weights)
    x, _ = problem.floats
    fit = np.array(network.predict(problem.x), dtype=float)
    np.testing.assert_allclose(fit, program_fit(blocks, weights, x), rtol=1e-9, atol=1e-9 * abs(x).max())
    for part, w in zip(network.subnetworks, weights, strict=True):
        assert 1 - 1e-12 < squared_length(part) <= 1
        assert float(part.output**2) == pytest.approx(np.linalg.norm(w, axis=1).sum())
        assert float(sum(u * u for u in part.second)) == pytest.approx(np.linalg.norm(w, axis=1).sum())


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_pruning_keeps_the_fit_for_no_more_penalty(problem, width):
    x, _ = problem.floats
    blocks = solved(problem, width).blocks
    weights = solve_program(problem, blocks).weights
    kept = reduce_blocks(blocks, weights, x)
    assert len(kept) <= len(x)
    fits = np.array([program_fit([block], w, x) for block, w in zip(blocks, weights, strict=True)])
    cost = np.linalg.norm(weights, axis=2).sum(axis=1)
    t, *_ = np.linalg.lstsq(fits[kept].T, fits.sum(axis=0), rcond=None)
    assert t.min() > -1e-6
    np.testing.assert_allclose(t @ fits[kept], fits.sum(axis=0), rtol=0, atol=1e-5)
    assert t @ cost[kept] <= cost.sum() * (1 + 1e-5)


@settings(max_examples=20)
@given(problems(), st.integers(1, 3))
def test_small_feasible_networks(problem, width):
    solution = solve(problem, width)
    assert solution.pairs_used <= len(solution.network.subnetworks) <= len(problem.x) + 1
    assert solution.network.width <= width
    assert all(squared_length(part) <= 1 for part in solution.network.subnetworks)
    assert solution.network.objective(problem) == solution.upper


def test_equal_shares():
    """Both layers of a sub-network pay the same, which is what makes the penalty a sum of norms."""
    for part in solved(FOUR_ROWS, 2).network.subnetworks:
        assert float(sum(u * u for u in part.second)) == pytest.approx(float(part.output**2), rel=1e-12)


def test_objective_by_hand():
    part = SubNetwork(((one / 2, one / 2), (one / 2, -one / 2)), (one, -one), Fraction(2))
    problem = Problem.read([[3, 1], [1, 3], [1, -3]], [1, 1, 1], "1/10")
    assert Network((part,)).predict(problem.x) == (2, 4, 0)
    assert Network((part,)).objective(problem) == Fraction(1 + 9 + 1, 2) + Fraction(1, 20) * (2 + 4)
    assert Network(()).objective(problem) == nothing(problem)


@pytest.mark.parametrize("first", [((one, Fraction(1, 10**20)),), ((one, 0), (0, Fraction(1, 10**20))), ((2, 0),)])
def test_long_first_layers_are_refused(first):
    network = Network((SubNetwork(((one, Fraction(0)),), (one,), one), SubNetwork(first, (one,) * len(first), one)))
    with pytest.raises(InputError, match="sub-network 2: the first layer has Frobenius norm above 1"):
        network.objective(FOUR_ROWS)
