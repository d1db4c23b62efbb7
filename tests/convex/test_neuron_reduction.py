"""At most n - 1 neurons are kept of a sub-network, or it falls apart: the same output at no larger penalty."""

import json

import cvxpy as cp
import numpy as np
import pytest
from support.problems import DEGENERATE, FOUR_ROWS, gaussian

from arrangements import FirstLayer
from convex import solve
from convex.blocks.block import cell_block
from convex.blocks.caratheodory import reduce_neurons
from convex.blocks.linear_maps import effects
from convex.proofs.optimum_certificate import certificate_json
from convex.solving.starting_point import StartingPoint
from multilayer import checker
from multilayer.claims.training.widths import FOUR_NEURONS, THREE_NEURONS
from theory import row_directions

PROBLEMS = {**DEGENERATE, "four rows": FOUR_ROWS, "five plane rows": gaussian(5, 2, 1, "0.01"),
            "six rows": gaussian(6, 3, 2, "0.01")}  # fmt: skip


def drawn(layer, x, rng, minus):
    """A block of a few distinct neurons with random weights, and those weights; None where no neuron is active."""
    found = {}
    for w in rng.standard_normal((4 * len(x), x.shape[1])):
        signs = tuple(np.sign(np.round(x @ w, 12)).astype(int).tolist())
        place = next((k for k, cell in enumerate(layer.cells) if tuple(cell.signs) == signs), None)
        if place is not None and 1 in signs:
            found.setdefault((place, -1 if rng.random() < minus else 1), w)
    if not found:
        return None
    neurons, weights = tuple(found), np.array(list(found.values()))
    u = np.array([sign for _, sign in neurons]) @ np.maximum(weights @ x.T, 0)
    return cell_block(layer, neurons, tuple(np.where(u >= 0, 1, -1).tolist()), 1), weights


def least_penalty(parts, x, output):
    """The least penalty at which the parts give this output together, within their cones."""
    w = [cp.Variable(part.effect.shape[:1] + x.shape[1:]) for part in parts]
    flat = cp.hstack([cp.vec(a, order="C") for a in w])
    inside = [
        cp.sum(cp.multiply(wall.T, x @ a.T), axis=1) >= 0
        for part, a in zip(parts, w, strict=True)
        for wall in part.constraints
    ]
    size = cp.sum(cp.hstack([cp.norm(a, 2, axis=1) for a in w]))
    return cp.Problem(cp.Minimize(size), [effects(parts, x) @ flat == output, *inside]).solve(solver=cp.CLARABEL)


@pytest.mark.parametrize("name", PROBLEMS)
def test_parts_are_narrow_and_cost_no_more(name):
    x = PROBLEMS[name].floats[0]
    layer = FirstLayer.of(PROBLEMS[name].arrangement)
    rng = np.random.default_rng(5)
    most = max(row_directions(PROBLEMS[name].arrangement) - 1, 1)
    for trial in range(12):
        made = drawn(layer, x, rng, (0.05, 0.5)[trial % 2])
        if made is None:
            continue
        block, weights = made
        parts = reduce_neurons(layer, block, weights, x)
        output = effects([block], x) @ weights.ravel()
        if not output.any():
            assert parts == []
            continue
        assert max(len(part.pair.neurons) for part in parts) <= most
        assert len(parts) == 1 or all(len(part.pair.neurons) == 1 for part in parts)
        assert least_penalty(parts, x, output) <= np.linalg.norm(weights, axis=1).sum() * (1 + 1e-6)


def test_all_plus_falls_apart():
    problem = FOUR_ROWS
    layer, x = FirstLayer.of(problem.arrangement), problem.floats[0]
    block, weights = drawn(layer, x, np.random.default_rng(0), 0)
    parts = reduce_neurons(layer, block, weights, x)
    assert len(parts) > 1
    assert [len(part.pair.neurons) for part in parts] == [1] * len(parts)


@pytest.mark.parametrize("problem", [THREE_NEURONS, FOUR_NEURONS, gaussian(5, 2, 1, "0.01")])
def test_n_minus_1_neurons_do_what_any_number_does(problem, tmp_path):
    """The answer has the width asked for, the proven intervals meet, and the checker accepts the certificate."""
    n = len(problem.x)
    free, narrow = solve(problem, None), solve(problem, n - 1)
    assert (narrow.width, narrow.status) == (n - 1, "optimal")
    assert narrow.network.width <= n - 1
    assert free.network.width <= n - 1
    assert max(free.lower, narrow.lower) <= min(free.upper, narrow.upper)
    (tmp_path / "narrow.json").write_text(json.dumps(certificate_json([narrow], "this test")))
    assert checker.check(str(tmp_path / "narrow.json"))


def test_a_bound_of_such_a_width_counts_in_the_search_for_unlimited_width():
    """424,270 tuples of four: with the network and bound of a first answer nothing is left to do."""
    solution = solve(FOUR_NEURONS, 4)
    again = solve(FOUR_NEURONS, 4, start=StartingPoint(solution.network, solution.proof))
    assert (again.width, again.status, again.steps, again.lower) == (4, "optimal", 0, solution.lower)
    assert again.network.objective(FOUR_NEURONS) == again.upper <= solution.upper
