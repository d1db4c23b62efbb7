"""The evidence on Figures 2, 4 and 5 once more, by plain loops, scipy's descent and cvxpy's programs."""

from itertools import combinations

import cvxpy as cp
import numpy as np
import pytest
from scipy.optimize import minimize

from multilayer.claims.experiments.figures import _STARTS, _optimum
from multilayer.claims.tables import gaussian, solved


def relu(z):
    return np.maximum(z, 0)


def plain_objective(theta, x, y, beta, count, width):
    """(4) with W_1 divided by its norm where that is above 1, of weights in one vector."""
    d = x.shape[1]
    parts = theta.reshape(count, width * (d + 1) + 1)
    f, penalty = np.zeros(len(x)), 0.0
    for part in parts:
        first, second, output = part[: width * d].reshape(width, d), part[width * d : -1], part[-1]
        first = first / max(1.0, np.linalg.norm(first))
        f = f + relu(relu(x @ first.T) @ second) * output
        penalty += second @ second + output**2
    return ((f - y) ** 2).sum() / 2 + beta / 2 * penalty


def plain_descent(problem, count, width, starts, seed):
    (x, y), rng, ends = problem.floats, np.random.default_rng(seed), []
    for _ in range(starts):
        start = rng.standard_normal(count * (width * (x.shape[1] + 1) + 1))
        arguments = (x, y, float(problem.beta), count, width)
        ends.append(minimize(plain_objective, start, arguments, method="L-BFGS-B", options={"maxfun": 20_000}).fun)
    return np.array(ends)


def test_figure_2_by_loops_on_a_smaller_network():
    """Planes through points that scipy finds; every pair of grid points is asked by itself."""
    rng = np.random.default_rng(0)
    n, d, width, ticks = 30, 4, 4, np.linspace(-1, 1, 7)
    x = rng.standard_normal((n, d))
    y = relu(relu(x @ rng.standard_normal((d, width))) @ rng.standard_normal(width)) * rng.standard_normal()
    shares = {}
    for count in (1, 12):
        broken = asked = 0
        for _ in range(6):
            start = rng.standard_normal(count * (width * (d + 1) + 1)) / 2
            arguments = (x, y, 0.002, count, width)
            point = minimize(plain_objective, start, arguments, method="L-BFGS-B", options={"maxfun": 3_000}).x
            ways = rng.standard_normal((2, len(point)))
            ways *= np.linalg.norm(point) / np.linalg.norm(ways, axis=1, keepdims=True)
            grid = {
                (i, j): plain_objective(point + a * ways[0] + b * ways[1], *arguments)
                for i, a in enumerate(ticks)
                for j, b in enumerate(ticks)
            }
            spread = max(grid.values()) - min(grid.values())
            for p, q in combinations(grid, 2):
                middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
                if middle in grid:
                    asked += 1
                    broken += grid[middle] - (grid[p] + grid[q]) / 2 > 1e-6 * spread
        shares[count] = broken / asked
    assert shares[12] < shares[1] / 2
    assert shares[1] > 0.01


def plain_steps(x, y, beta, width, steps, rate, rng):
    """One sub-network by plain steps on (4), written out; the cost at the end."""
    a = rng.standard_normal((width, x.shape[1])) / np.sqrt(width * x.shape[1])
    b, c = rng.standard_normal(width) / np.sqrt(width), rng.standard_normal()
    for step in range(steps):
        a = a / max(1.0, np.linalg.norm(a))
        hidden = relu(x @ a.T)
        inner = relu(hidden @ b)
        errors = inner * c - y
        back = errors * c * (inner > 0)
        down = np.array([((back * b[j] * (hidden[:, j] > 0))[:, None] * x).sum(axis=0) for j in range(width)])
        length = rate * (1 - step / steps) / len(x)
        a, b, c = a - length * down, b - length * (hidden.T @ back + beta * b), c - length * (errors @ inner + beta * c)
    f = relu(relu(x @ (a / max(1.0, np.linalg.norm(a))).T) @ b) * c
    return ((f - y) ** 2).sum() / 2 + beta / 2 * (b @ b + c * c)


def test_figure_4_few_by_steps_that_are_written_out():
    best = _optimum(0)
    (x, y), rng = best.problem.floats, np.random.default_rng(5)
    ends = np.array([plain_steps(x, y, 0.002, 3, 2000, 0.2, rng) for _ in range(20)])
    assert (ends >= float(best.solution.lower) * (1 - 1e-9)).all()
    assert (ends > 2 * float(best.solution.upper)).sum() > 10


def test_figure_4_by_scipy_from_starts_of_its_own():
    """Long steps of L-BFGS pass over signs: from most starts even one sub-network comes near P* on this table."""
    best = _optimum(0)
    least, cost = float(best.solution.lower), float(best.solution.upper)
    one, many = (plain_descent(best.problem, count, 3, starts, 1) for count, starts in ((1, 8), (8, 3)))
    assert min(one.min(), many.min()) >= least * (1 - 1e-9)
    assert one.min() < 1.001 * cost
    assert one.max() > 2 * cost
    assert np.median(many) < 1.1 * cost


def test_figure_4_negative_second_layers_have_no_slope_but_the_penalty():
    best = _optimum(0)
    (x, y), rng = best.problem.floats, np.random.default_rng(3)
    parts = rng.standard_normal((20, 3 * 3 + 1))
    parts[:, 6:9] = -np.abs(parts[:, 6:9])
    theta = parts.ravel()
    zero = (y @ y) / 2
    decay = (parts[:, 6:] ** 2).sum()
    assert plain_objective(theta, x, y, 0.002, 20, 3) == pytest.approx(zero + 0.001 * decay, rel=1e-12)
    assert zero > 2 * float(best.solution.upper)
    for way in rng.standard_normal((20, len(theta))):  # nearby the outputs are 0 too
        assert plain_objective(theta + 1e-6 * way, x, y, 0.0, 20, 3) == zero


def test_figure_4_the_network_costs_what_it_is_said_to():
    for seed in range(3):
        best = _optimum(seed)
        x, y = best.problem.floats
        f, penalty = np.zeros(len(x)), 0.0
        for part in best.solution.network.subnetworks:
            first, second = np.array(part.first, float), np.array(part.second, float)
            assert np.linalg.norm(first) <= 1 + 1e-12
            f += relu(relu(x @ first.T) @ second) * float(part.output)
            penalty += second @ second + float(part.output) ** 2
        cost = ((f - y) ** 2).sum() / 2 + 0.001 * penalty
        assert cost == pytest.approx(float(best.solution.upper), rel=1e-9)
        rng = np.random.default_rng(seed)
        assert (x == rng.standard_normal((_STARTS.rows, _STARTS.columns))).all()


@pytest.mark.parametrize("constrained", [False, True])
def test_figure_5_sampled_programs_by_cvxpy(constrained):
    """Without the constraints of (12) the sampled program is below P*, with them it is above."""
    problem, rng = gaussian(6, 2, 2, "0.1"), np.random.default_rng(8)
    x, y = problem.floats
    f, penalty, walls = 0, 0, []
    for _ in range(60):
        inner, outer = rng.standard_normal((2, 2)), rng.standard_normal(2)
        on = (x @ inner.T >= 0).astype(float)
        positive = (relu(x @ inner.T) @ outer >= 0).astype(float)
        for sign in (1, -1):
            w = [cp.Variable(2) for _ in range(2)]
            h = sum(np.sign(outer[j]) * cp.multiply(on[:, j], x @ w[j]) for j in range(2))
            f = f + sign * cp.multiply(positive, h)
            penalty = penalty + sum(cp.norm(one) for one in w)
            walls += [cp.multiply(2 * on[:, j] - 1, x @ w[j]) >= 0 for j in range(2)]
            walls.append(cp.multiply(2 * positive - 1, h) >= 0)
    program = cp.Problem(cp.Minimize(cp.sum_squares(f - y) / 2 + 0.1 * penalty), walls if constrained else [])
    program.solve(solver=cp.CLARABEL)
    best = solved(problem)
    if constrained:
        assert program.value >= float(best.lower) * (1 - 1e-7)
        assert program.value <= float(best.upper) * 1.05
    else:
        assert program.value < 0.9 * float(best.lower)
