"""The counterexample to Remark 3's fixed points once more, in floating point and by finite differences."""

import mpmath
import numpy as np
import pytest
from support.plain_programs import numbers, plain

from multilayer.claims.training.stationarity import AT_KINKS

ROWS, Y, BETA = plain(AT_KINKS)
X = np.array(ROWS)
ROOT = np.sqrt(2)


def relu(z):
    return np.maximum(z, 0)


def cost(flat):
    """(4) for sub-networks of width 1, four numbers each."""
    parts = flat.reshape(-1, 4)
    f = sum(c * relu(b * relu(X @ w)) for *w, b, c in parts)
    return ((f - Y) ** 2).sum() / 2 + BETA / 2 * (parts[:, 2:] ** 2).sum()


def optimum():
    a, b = np.sqrt(ROOT - 0.2), np.sqrt(0.9)
    return np.array([1 / ROOT, -1 / ROOT, a, a, 0, 1, b, -b])


def test_the_optimum_by_a_grid_of_directions():
    """On 3,600 directions v earns at most beta, and beta only on two; its dual value is the cost of the network."""
    value = 17 / 200 + ROOT / 10
    assert cost(optimum()) == pytest.approx(value, rel=1e-12)
    assert float(f"{value:.6g}") in numbers("Remark 3, fixed points")
    angles = np.linspace(0, 2 * np.pi, 3_600, endpoint=False)
    v = np.array([ROOT, -1]) / 10
    earned = relu(X @ np.array([np.cos(angles), np.sin(angles)])).T @ v
    assert np.abs(earned).max() <= BETA + 1e-12
    assert np.degrees(angles[np.isclose(np.abs(earned), BETA, atol=1e-9)]).round(1).tolist() == [90, 315]
    assert v @ Y - v @ v / 2 == pytest.approx(value, rel=1e-12)


def gradient(flat, t):
    """Back-propagation in floating point with relu'(0) = t."""
    found = np.zeros((len(flat) // 4, 4))
    parts = flat.reshape(-1, 4)
    slope = lambda z: np.where(z == 0, t, z > 0)  # noqa: E731
    error = sum(c * relu(b * relu(X @ w)) for *w, b, c in parts) - Y
    for k, (*w, b, c) in enumerate(parts):
        z = X @ w
        back = error * c * slope(b * relu(z))
        found[k] = [*(X.T @ (back * b * slope(z))), back @ relu(z) + BETA * b, error @ relu(b * relu(z)) + BETA * c]
    return found


def turned(t):
    """How far a small projected step turns the two first layers."""
    step = optimum().reshape(-1, 4) - 1e-3 * gradient(optimum(), t)
    first = step[:, :2] / np.maximum(np.linalg.norm(step[:, :2], axis=1, keepdims=True), 1)
    return np.abs(first - optimum().reshape(-1, 4)[:, :2]).max(axis=1)


def test_steps_of_descent():
    assert (X @ optimum()[:2])[1] == (X @ optimum()[4:6])[0] == 0  # on the hyperplanes, in floating point too
    for t in (0, 0.5, 1):
        assert (turned(t) > 1e-5).all()
    assert (turned(2**-0.25) < 1e-15).all()
    assert np.abs(gradient(optimum(), 0)[:, 2:]).max() < 1e-15
    assert not gradient(np.zeros(4), 1).any()
    assert cost(np.zeros(4)) == 1 > cost(optimum())


def test_the_gradient_by_differences():
    rng = np.random.default_rng(3)
    for _ in range(5):
        flat = rng.standard_normal(8)
        ahead = [(cost(flat + h) - cost(flat - h)) / 2e-6 for h in 1e-6 * np.eye(8)]
        np.testing.assert_allclose(gradient(flat, 0).ravel(), ahead, atol=1e-6)


def test_no_direction_lowers_the_cost_at_the_optimum():
    """It is an optimum all the same, by random moves; its value in fifty digits."""
    rng = np.random.default_rng(4)
    start = optimum()
    for _ in range(2_000):
        move = rng.standard_normal(8)
        moved = start + 1e-4 * move
        for k in (0, 4):
            moved[k : k + 2] /= max(np.linalg.norm(moved[k : k + 2]), 1)
        assert cost(moved) >= cost(start) - 1e-15
    with mpmath.workdps(50):
        q = mpmath.sqrt(2)
        value = mpmath.mpf(17) / 200 + q / 10
        outputs = 1 - q / 10, -mpmath.mpf(9) / 10
        spent = (q * outputs[0] - outputs[1]) / 10
        assert mpmath.almosteq(((outputs[0] - 1) ** 2 + (outputs[1] + 1) ** 2) / 2 + spent, value, 1e-45)
