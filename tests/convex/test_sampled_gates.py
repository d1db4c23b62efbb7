"""The gated model of program (12): against loops, differences, and networks of the same weights."""

from fractions import Fraction

import numpy as np
import pytest

from convex import Network, Problem, SubNetwork, solve
from convex.heuristics.sampled_gates import (
    draw_gates,
    gated_derivative,
    gated_outputs,
    group_norms,
    masks_of,
    relu_outputs,
    violations,
)

BETA, RHO = 0.2, 0.7


def drawn(q=2):
    rng = np.random.default_rng(11)
    gates = draw_gates(rng, 3, 2, 2)
    x, y = rng.standard_normal((5, 2)), rng.standard_normal((5, q))
    return gates, masks_of(gates, x), x, y, rng.standard_normal((2, q, 3, 2, 2))


def test_masks_and_outputs_by_loops():
    gates, masks, x, _, w = drawn()
    slack = 0.0
    for i, row in enumerate(x):
        f = np.zeros(2)
        for b in range(3):
            products = gates.first[b] @ row
            on, positive = products >= 0, np.maximum(products, 0) @ gates.second[b] >= 0
            assert (masks.first[i, b] == on).all()
            assert masks.second[i, b] == positive
            for side, sign in enumerate((1, -1)):
                for c in range(2):
                    z = w[side, c, b] @ row
                    h = sum(np.sign(gates.second[b, j]) * on[j] * z[j] for j in range(2))
                    f[c] += sign * positive * h
                    slack += sum(max(0, -(2 * on[j] - 1) * z[j]) for j in range(2))
                    slack += max(0, -(2 * positive - 1) * h)
        assert gated_outputs(w, masks, x)[i] == pytest.approx(f)
    assert violations(w, masks, x) == pytest.approx(slack)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_the_derivative_is_a_limit_of_differences(share):
    _, masks, x, y, w = drawn()

    def value(w):
        fit = ((gated_outputs(w, masks, x) - y) ** 2).sum() / 2
        return fit + BETA * share * group_norms(w) + RHO * violations(w, masks, x)

    found, step = gated_derivative(w, masks, x, y, BETA, RHO, share), 1e-6
    for index in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[index] += step
        down[index] -= step
        assert found[index] == pytest.approx((value(up) - value(down)) / (2 * step), abs=1e-6)


def test_where_the_constraints_hold_the_network_answers_alike():
    """The drawn weights themselves lie in their pairs' cones."""
    gates, masks, x, *_ = drawn()
    inside = np.abs(gates.second)[..., None] * gates.first
    w = np.stack([np.stack([inside, 2 * inside]), np.stack([0 * inside, inside])])
    assert violations(w, masks, x) == 0
    assert np.abs(gated_outputs(w, masks, x)).max() > 0.1
    assert np.allclose(gated_outputs(w, masks, x), relu_outputs(w, masks.signs, x))
    assert violations(-w, masks, x) > 0.1


def test_the_network_is_that_of_proposition_1_and_costs_the_group_norm():
    _, masks, x, y, w = drawn(q=1)
    parts = []
    for side, sign in enumerate((1, -1)):
        for b in range(3):
            lengths = np.linalg.norm(w[side, 0, b], axis=1)
            total = lengths.sum()
            first = w[side, 0, b] / np.sqrt(lengths * total)[:, None] * (1 - 1e-9)
            second = masks.signs[b] * np.sqrt(lengths)
            parts.append(
                SubNetwork(
                    tuple(tuple(map(Fraction, row)) for row in first.tolist()),
                    tuple(map(Fraction, second.tolist())),
                    Fraction(float(sign * np.sqrt(total))),
                )
            )
    problem = Problem.read(x, y[:, 0], BETA)
    cost = ((relu_outputs(w, masks.signs, x) - y) ** 2).sum() / 2 + BETA * group_norms(w)
    assert float(Network(tuple(parts)).objective(problem)) == pytest.approx(cost, rel=1e-6)


def test_a_derivative_at_zero_weights_is_that_of_the_data_alone():
    _, masks, x, y, w = drawn()
    assert np.isfinite(gated_derivative(0 * w, masks, x, y, BETA, RHO, 1.0)).all()


def test_descent_comes_near_the_certified_optimum():
    """By falling steps of a subgradient; the network of the weights is what is measured."""
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((5, 2)), rng.standard_normal((5, 1))
    masks = masks_of(draw_gates(rng, 100, 2, 2), x)
    w = np.zeros((2, 1, 100, 2, 2))
    for step in range(6000):
        w = w - 0.002 * (1 - step / 6000) * gated_derivative(w, masks, x, y, BETA, RHO, 1.0)
    cost = ((relu_outputs(w, masks.signs, x) - y) ** 2).sum() / 2 + BETA * group_norms(w)
    best = solve(Problem.read(x, y[:, 0], "0.2"), 2)
    assert float(best.lower) * (1 - 1e-9) <= cost <= 1.02 * float(best.upper)
