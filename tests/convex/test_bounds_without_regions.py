"""Lower bounds from row norms and by the semidefinite program: below optima, networks and each other, by other ways."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from support.problems import FOUR_ROWS, XOR

from arrangements import InputError
from convex import Problem, norm_bound, semidefinite_bound, solve
from convex.heuristics.parallel_networks import gaussian_weights, network_outputs, objectives
from convex.solving.row_norms import bound_from_lengths, bound_from_scale
from convex.solving.shor_relaxation import is_positive_definite, prove_envelope

small = st.integers(-6, 6)


def gaussian(n, d, seed, beta="0.05"):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, d))
    return Problem.read(x, rng.standard_normal(n), beta)


@pytest.mark.parametrize("problem", [FOUR_ROWS, XOR, *(gaussian(6, 2, k) for k in range(4)), gaussian(7, 3, 9, "0.3")])
def test_both_are_below_the_certified_optimum_and_in_order(problem):
    optimum = solve(problem, None)
    norms, shor = norm_bound(problem), semidefinite_bound(problem)
    assert 0 < norms.value <= shor.value * (1 + Fraction(1, 10**6))
    assert shor.value <= optimum.upper
    for bound in (norms, shor):  # each is the value of its dual vector
        value = sum(a * y - a * a / 2 for a, y in zip(bound.v, problem.y, strict=True))
        assert bound.value == pytest.approx(float(value), rel=1e-12)


def test_the_semidefinite_bound_is_close_where_it_should_be():
    """One row: (x.w)_+ is linear on the half-space that counts, and nothing is lost."""
    problem = Problem.read([[3, 4]], [2], "0.5")
    optimum = Fraction("0.195")  # S = 2/5 - 1/50, r S = 1.9: 1/2 (1/10)^2 + 1/2 * 19/50
    assert solve(problem, None).upper == pytest.approx(float(optimum), rel=1e-8)
    assert norm_bound(problem).value == optimum
    assert semidefinite_bound(problem).value == pytest.approx(float(optimum), rel=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(small, small, small), min_size=1, max_size=6), st.integers(1, 60))
def test_the_norm_bound_is_the_least_value_of_h(rows, tenths):
    """Of the piecewise quadratic, by golden section and on a fine grid; and its dual vector is feasible."""
    lengths, targets, beta = [Fraction(a * a + b * b) for a, b, _ in rows], [Fraction(y) for *_, y in rows], tenths / 10
    found = bound_from_lengths(lengths, targets, Fraction(tenths, 10))

    r, sizes = np.array(lengths, dtype=float), np.abs(np.array(targets, dtype=float))

    def h(s):
        return float((np.maximum(sizes - s * r, 0) ** 2).sum() / 2 + beta * s)

    least = minimize_scalar(h, bounds=(0, 20), method="bounded", options={"xatol": 1e-10}).fun
    assert float(found.value) == pytest.approx(min(least, h(0)), rel=1e-6, abs=1e-9)
    assert min(h(s) for s in np.linspace(0, 10, 501)) >= found.value - 1e-12
    earned = sum(r * abs(a) for r, a in zip(lengths, found.v, strict=True))
    assert earned <= Fraction(tenths, 10)
    assert sum((a * y - a * a / 2 for a, y in zip(found.v, targets, strict=True)), Fraction(0)) == found.value


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 3))
def test_no_sub_network_violates_the_dual_constraint(seed, n, d):
    """Random sub-networks of six neurons against both dual vectors, zero rows among the data."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.standard_normal((n, d)) * (rng.random((n, 1)) < 0.9), 2)
    x[0, 0] = 1.0
    problem = Problem.read(x, np.round(rng.standard_normal(n), 2), "0.1")
    weights = gaussian_weights(rng, 400, 1, 6, d)
    outputs = network_outputs(weights, x)[..., 0] / np.abs(weights.output[..., 0])
    sizes = np.linalg.norm(weights.first, axis=(2, 3)) * np.linalg.norm(weights.second, axis=2)
    for bound in (norm_bound(problem), semidefinite_bound(problem)):
        assert (np.abs(outputs @ np.array(bound.v, dtype=float)) <= 0.1 * sizes[:, 0] * (1 + 1e-9)).all()
        assert (objectives(weights, x, problem.floats[1][:, None], 0.1) >= float(bound.value)).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_an_envelope_bounds_what_it_says(seed):
    """E(w; p, c) on many unit vectors, for p, c and q that nobody optimised."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(-3, 4, (5, 2))
    p, c = (tuple(map(Fraction, rng.integers(0, 5, 5).tolist())) for _ in range(2))
    lengths = [Fraction(int(np.ceil(np.linalg.norm(row)))) for row in rows]
    found = prove_envelope(tuple(tuple(map(Fraction, row)) for row in rows.tolist()), lengths, p, c, rng.random(5))
    angles = np.linspace(0, 2 * np.pi, 2000)
    w = np.stack([np.cos(angles), np.sin(angles)])
    earned = (np.array(p, dtype=float) - np.array(c, dtype=float)) @ np.maximum(rows @ w, 0)
    assert (2 * earned <= float(found.total)).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3))
def test_definiteness_by_determinants(rows):
    a = np.array(rows)
    matrix = (a + a.T).tolist()
    minors = [round(float(np.linalg.det(np.array(matrix)[:k, :k]))) for k in (1, 2, 3)]
    assert is_positive_definite(matrix) == all(minor > 0 for minor in minors)


def test_a_bound_without_features_is_below_those_with_them():
    problem = gaussian(20, 3, 4, "0.2")
    q = sum(a * a for row in problem.x for a in row)
    k = sum(abs(y) >= 1 for y in problem.y)
    assert 0 < bound_from_scale(q, k, problem.beta) <= norm_bound(problem).value


def test_units_of_data_and_targets_change_nothing_but_units():
    problem = gaussian(6, 2, 1)
    x, y = [[a * 2**40 for a in row] for row in problem.x], [y / 2**30 for y in problem.y]
    far = Problem.read(x, y, problem.beta * 2**10)
    for bound in (norm_bound, semidefinite_bound):
        assert float(bound(far).value) == pytest.approx(float(bound(problem).value) / 2**60, rel=1e-6)


@pytest.mark.parametrize("bound", [norm_bound, semidefinite_bound])
def test_other_losses_are_refused(bound):
    with pytest.raises(InputError, match="the loss is hinge"):
        bound(Problem.read([[1], [-1]], [1, -1], 1, "hinge"))
    with pytest.raises(InputError, match="not a Problem"):
        bound([[1]])
