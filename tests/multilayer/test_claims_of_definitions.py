"""Section 2's definitions once more: matrices in floating point, masks by brute force, two layers in cvxpy."""

from itertools import product

import cvxpy as cp
import numpy as np
import pytest
from support.plain_programs import SMALL, listed, masks_of, numbers, plain

from multilayer.claims.tables import TABLES, gaussian, solved


def two_layers(rows, y, beta, masks):
    """Minimise 1/2 ||sum_i D_i X (v_i - w_i) - y||^2 + beta sum (||v_i|| + ||w_i||) in the cones of all D_i."""
    x = np.array(rows)
    v, w = cp.Variable((len(masks), x.shape[1])), cp.Variable((len(masks), x.shape[1]))
    fit, walls = -y, []
    for i, mask in enumerate(masks):
        fit = fit + np.diag(np.array(mask) > 0) @ x @ (v[i] - w[i])
        side = np.diag([1 if bit > 0 else -1 for bit in mask]) @ x
        walls += [side @ v[i] >= 0, side @ w[i] >= 0]
    cost = cp.sum_squares(fit) / 2 + beta * (cp.sum(cp.norm(v, 2, axis=1)) + cp.sum(cp.norm(w, 2, axis=1)))
    return cp.Problem(cp.Minimize(cost), walls).solve(solver=cp.CLARABEL)


@pytest.mark.parametrize("name", [*SMALL, "5 Gaussian rows"])
def test_width_1_is_the_two_layer_program(name):
    problem = SMALL.get(name) or gaussian(5, 2, 0, "0.02")
    rows, y, beta = plain(problem)
    value = two_layers(rows, y, beta, masks_of(rows))
    assert float(solved(problem, 1).upper) == pytest.approx(value, rel=1e-6)
    if name in TABLES:
        assert float(f"{value:.6g}") in numbers("Section 2, two-layer")


@pytest.mark.parametrize("name", ["opposite and parallel rows", "zero and repeated rows"])
def test_sign_sets_of_all_w_change_no_value(name):
    """All w by a fine grid of directions and the hyperplanes themselves; both conventions."""
    rows, y, beta = plain(TABLES[name])
    x = np.array(rows)
    angles = np.linspace(0, 2 * np.pi, 3_601)
    on = [(s * row[1], -s * row[0]) for row in rows for s in (1, -1)]
    z = [x @ w for w in [*np.array([np.cos(angles), np.sin(angles)]).T, *on, (0, 0)]]
    sets = {tuple(int(a > 0) for a in line) for line in z} | {tuple(int(a >= 0) for a in line) for line in z}
    assert {len(sets), len(masks_of(rows))} <= numbers("Section 2, S_j")
    assert two_layers(rows, y, beta, sorted(sets)) == pytest.approx(float(solved(TABLES[name], 1).upper), rel=1e-6)


@pytest.mark.parametrize("name", [*SMALL, "5 Gaussian rows"])
def test_both_conventions_have_equally_many_masks(name):
    rows = plain(SMALL.get(name) or gaussian(5, 2, 0, "1"))[0]
    signs = [s for _, s, _ in listed(rows, 2)]
    positive = {tuple(int(value > 0) for value in s) for s in signs}
    others = {tuple(int(value >= 0) for value in s) for s in signs}
    assert positive == {tuple(1 - bit for bit in mask) for mask in others}
    if name in TABLES or name.startswith("5"):
        assert len(positive) in numbers("Section 2, S_j")


def test_the_block_diagonal_matrix_has_twice_the_rows():
    rows, _, _ = plain(TABLES["four rows"])
    x = np.array(rows)
    first = [np.array(mask) > 0 for mask in masks_of(rows)]
    second = {tuple(value >= 0 for value in s) for _, s, _ in listed(rows, 1)}
    one = np.hstack([np.diag(b) @ np.diag(a) @ x for b, a in product(second, first)])
    both = np.hstack([one, one])
    assert np.kron(np.eye(2), one).shape == (8, both.shape[1]) != both.shape
    assert {4, both.shape[1]} <= numbers("Theorem 1, dimensions")
