"""The claims on time, sparsity and losses once more: inverses, programs in cvxpy, costs in fractions."""

from fractions import Fraction
from itertools import product

import cvxpy as cp
import numpy as np
import pytest
from support.plain_programs import SMALL, arrays, blocks_of, cost_of, listed, masks_of, numbers, plain, table

from convex.networks.network import Network, SubNetwork
from multilayer.claims.tables import TABLES, gaussian, solved
from multilayer.claims.training.scope import LABELS


@pytest.mark.parametrize("n", range(1, 9))
def test_at_full_rank_every_sign_vector_has_a_point(n):
    x = np.rint(1000 * np.random.default_rng(n).standard_normal((n, n)))
    signs = np.array(list(product((-1, 1), repeat=n)))
    assert (np.sign(x @ np.linalg.solve(x, signs.T)) == signs.T).all()
    assert n == 1 or 2**n in numbers("Abstract, polynomial")


@pytest.mark.parametrize("n", [1, 2, 3])
def test_blocks_at_full_rank_by_linear_programs(n):
    rows = table(np.random.default_rng(n).standard_normal((n, n)))
    assert len(blocks_of(listed(rows, 1))) == 2 * (2**n - 1)
    assert {2 * (2**n - 1), len(listed(rows, 2))} <= numbers("Section 4, exponential")


def test_columns_do_not_count():
    x = np.random.default_rng(1).standard_normal((10, 2))
    lifted = x @ np.random.default_rng(2).integers(-3, 4, (2, 4))
    assert len(masks_of(table(x))) == len(masks_of(table(lifted))) == 20
    assert 20 in numbers("Abstract, polynomial")


@pytest.mark.parametrize("name", [*SMALL, "5 Gaussian rows"])
def test_blocks_and_subnetworks(name):
    problem = SMALL.get(name) or gaussian(5, 2, 0, "0.02")
    blocks = blocks_of(listed(plain(problem)[0], 2))
    network = solved(problem).network
    assert 0 < len(network.subnetworks) <= len(problem.x) < len(blocks)
    if name in TABLES or name.startswith("5"):
        assert len(blocks) in numbers("Section 1.2, sparsity")
    parts = []
    for part in network.subnetworks:
        for a in (Fraction(5, 13), Fraction(12, 13)):
            parts.append(SubNetwork(part.first, tuple(a * w for w in part.second), a * part.output))
    assert cost_of(problem, Network(tuple(parts))) == cost_of(problem, network) == solved(problem).upper


def attached(loss, f, y):
    if loss == "hinge":
        return cp.sum(cp.maximum(0, 1 - cp.multiply(y, f)))
    if loss == "logistic":
        return sum(cp.log_sum_exp(cp.hstack([0, -a * b])) for a, b in zip(y, f, strict=True))
    flat, steep = cp.Variable(len(y)), cp.Variable(len(y))  # 1/2 flat^2 + 1/2 |steep|, the infimal convolution
    return cp.sum_squares(flat) / 2 + cp.norm1(steep) / 2, [f - y == flat + steep]


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("loss", ["hinge", "logistic", "huber:0.5"])
def test_other_losses_over_all_pairs(name, loss):
    rows, _, beta = plain(TABLES[name])
    y = np.array(LABELS[name], float)
    a, c = arrays(rows, blocks_of(listed(rows, 2)))
    w = cp.Variable((a.shape[1] // len(rows[0]), len(rows[0])))
    flat = cp.vec(w, order="C")
    f = cp.Variable(len(y))
    cost, more = (attached(loss, f, y), []) if loss != "huber:0.5" else attached(loss, f, y)
    whole = cost + beta * cp.sum(cp.norm(w, 2, axis=1))
    value = cp.Problem(cp.Minimize(whole), [c @ flat >= 0, f == a @ flat, *more]).solve(solver=cp.CLARABEL)
    assert any(abs(value - shown) <= 2e-6 * shown for shown in numbers("Section 1.2, arbitrary"))
