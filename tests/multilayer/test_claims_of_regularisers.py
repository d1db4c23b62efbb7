"""The claims on other regularisers and deeper networks once more, by plain programs that the claims do not use."""

from fractions import Fraction
from itertools import product
from math import comb

import cvxpy as cp
import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar
from support.plain_programs import SMALL, arrays, blocks_of, listed, numbers, optimum, plain, program, table

from multilayer.claims.tables import solved
from theory import layer_joint

OPPOSITE_ROWS = ((1.0,), (-1.0,))
NAMES = [name for name in SMALL if "rows" in name]


def six_digits(value):
    return float(f"{value:.6g}")


def forward(x, *weights):
    """A ReLU network without biases, weights as the paper has them: inputs by neurons."""
    for w in weights[:-1]:
        x = np.maximum(x @ w, 0)
    return x @ weights[-1]


# ------------------------------------------------------------------------------------------------------------ radius


@pytest.mark.parametrize("name", NAMES)
def test_a_ball_of_radius_four_is_a_quarter_of_beta(name):
    rows, y, beta = plain(SMALL[name])
    wide = table(4 * np.array(rows))
    in_wide_ball = program(wide, y, beta, blocks_of(listed(wide, 2)))[0]
    assert in_wide_ball == pytest.approx(program(rows, y, beta / 4, blocks_of(listed(rows, 2)))[0], rel=1e-6)
    assert in_wide_ball < 0.9995 * program(rows, y, beta / 2, blocks_of(listed(rows, 2)))[0]
    assert six_digits(in_wide_ball) in numbers("Remark 2, radius")


@pytest.mark.parametrize("c", [0.3, 1, 2.5])
def test_the_radius_by_descent_on_one_row(c):
    """Min 1/2 (c w_1 w_2 w_3 - y)^2 + beta/2 (w_2^2 + w_3^2), |w_1| <= 1: the soft threshold of beta / c."""
    y, beta = 2.0, 0.25
    cost = lambda w: (c * np.tanh(w[0]) * w[1] * w[2] - y) ** 2 / 2 + beta / 2 * (w[1] ** 2 + w[2] ** 2)  # noqa: E731
    best = min(minimize(cost, start, method="BFGS").fun for start in np.random.default_rng(1).uniform(0.5, 3, (5, 3)))
    price = beta / c
    assert best == pytest.approx(y * price - price**2 / 2, rel=1e-3)


@pytest.mark.parametrize("radii", [(3.0, 0.5), (0.2, 7.0, 2.0)])
def test_radii_of_deeper_networks(radii):
    rng = np.random.default_rng(2)
    weights = [rng.standard_normal((3, 3)) for _ in radii] + [rng.standard_normal((3, 1)), rng.standard_normal((1, 1))]
    x, c = rng.standard_normal((20, 3)), np.prod(radii)
    wide = [r * w for r, w in zip(radii, weights[:-2], strict=True)] + weights[-2:]
    unit = weights[:-2] + [np.sqrt(c) * w for w in weights[-2:]]
    np.testing.assert_allclose(forward(x, *wide), forward(x, *unit), atol=1e-12)
    assert sum((w**2).sum() for w in unit[-2:]) == pytest.approx(c * sum((w**2).sum() for w in wide[-2:]))


# ---------------------------------------------------------------------------------------------- decay of all layers


def decay_of_all(flat, targets, beta, count):
    w = flat.reshape(count, 3)
    outputs = sum(np.maximum(np.maximum(np.outer([1, -1], a[0]), 0) * a[1], 0) * a[2] for a in w)
    return ((outputs[:, 0] - targets) ** 2).sum() / 2 + beta / 2 * (w**2).sum(), outputs[:, 0]


def test_decay_of_all_layers_by_descent():
    targets, beta, count = np.array([1.1, 8 / 27 + 0.15]), 0.1, 4
    rng = np.random.default_rng(3)
    ends = []
    for _ in range(40):
        start = rng.standard_normal(3 * count)
        ends.append(minimize(lambda w: decay_of_all(w, targets, beta, count)[0], start, method="BFGS"))
    values = [end.fun for end in ends]
    assert min(values) == pytest.approx(559 / 2400, rel=1e-8)
    best = ends[int(np.argmin(values))].x
    np.testing.assert_allclose(decay_of_all(best, targets, beta, count)[1], [1, 8 / 27], atol=1e-4)
    assert {559, 2400} <= numbers("Remark 2, decay")


def test_decay_of_all_layers_on_a_grid():
    """Exactly at t = i / 300: nothing is below t = 1 and t = 2/3, which are on the grid."""
    for y, best in ((Fraction(11, 10), Fraction(1)), (Fraction(241, 540), Fraction(2, 3))):
        cost = {t: (t**3 - y) ** 2 / 2 + Fraction(3, 20) * t**2 for t in (Fraction(i, 300) for i in range(601))}
        assert min(cost, key=cost.get) == best
    total = sum(
        (t**3 - y) ** 2 / 2 + Fraction(3, 20) * t**2
        for t, y in ((1, Fraction(11, 10)), (Fraction(2, 3), Fraction(241, 540)))
    )
    assert total == Fraction(559, 2400)


def test_the_outputs_are_not_optimal_at_any_beta():
    y, wanted = np.array([11 / 10, 241 / 540]), np.array([1, 8 / 27])
    blocks = blocks_of(listed(OPPOSITE_ROWS, 1))
    above = []
    for beta in [*np.geomspace(0.01, 3, 40).tolist(), 0.125]:
        value, _, added = program(OPPOSITE_ROWS, y, beta, blocks)
        assert np.abs(added.sum(axis=1) - wanted).max() > 0.02
        above.append(((wanted - y) ** 2).sum() / 2 + beta * wanted.sum() - value)
    assert min(above) == above[-1] == pytest.approx(1 / 1600, rel=1e-4)
    assert {1, 1600} <= numbers("Remark 2, decay")


# ---------------------------------------------------------------------------------------------------------- factor


@pytest.mark.parametrize("name", NAMES)
def test_the_loss_without_one_half(name):
    rows, y, beta = plain(SMALL[name])
    blocks = blocks_of(listed(rows, 2))
    a, c = arrays(rows, blocks)
    w = cp.Variable((a.shape[1] // len(rows[0]), len(rows[0])))
    flat = cp.vec(w, order="C")
    cost = cp.sum_squares(a @ flat - y) + beta * cp.sum(cp.norm(w, 2, axis=1))
    value = cp.Problem(cp.Minimize(cost), [c @ flat >= 0]).solve(solver=cp.CLARABEL)
    assert value == pytest.approx(2 * program(rows, y, beta / 2, blocks)[0], rel=1e-6)
    assert {six_digits(value), six_digits(optimum(name, 2))} <= numbers("Section 1.4, factor")


# -------------------------------------------------------------------------------------------------- several outputs


@pytest.mark.parametrize(("power", "expected"), [(1, 0.75), (2, 2**0.5 / 2 - 1 / 8)])
def test_two_outputs_by_descent(power, expected):
    """(2) for X = [1], Y = (1, 1), beta = 1/2 with three sub-networks, ||w_3||_p^2."""
    rng = np.random.default_rng(4)

    def cost(flat):
        w = flat.reshape(3, 4)
        f = sum(np.maximum(np.maximum(np.tanh(a[0]), 0) * a[1], 0) * a[2:] for a in w)
        decay = sum(a[1] ** 2 + np.linalg.norm(a[2:], power) ** 2 for a in w)
        return ((f - 1) ** 2).sum() / 2 + decay / 4

    ends = []
    for _ in range(12):
        first = minimize(cost, rng.standard_normal(12), method="Nelder-Mead", options={"maxfev": 3000})
        ends.append(minimize(cost, first.x, method="Powell").fun)
    assert min(ends) >= expected - 1e-9
    assert min(ends) == pytest.approx(expected, abs=2e-3)


def rowwise(y, beta, power):
    """Width 1 on X = [1; -1]: every row of the outputs is free and pays its norm."""
    f = cp.Variable(y.shape)
    cost = cp.sum_squares(f - y) / 2 + beta * sum(cp.norm(f[i], power) for i in range(len(y)))
    return cp.Problem(cp.Minimize(cost)).solve(solver=cp.CLARABEL)


def test_both_norms_between_each_other():
    one = np.ones((1, 2))
    assert rowwise(one, 0.5, 1) == pytest.approx(0.75, rel=1e-7)
    assert rowwise(one, 0.5, 2) == pytest.approx(2**0.5 / 2 - 1 / 8, rel=1e-7)
    assert rowwise(one, 0.5 * 2**0.5, 2) == pytest.approx(0.75, rel=1e-7)
    assert {six_digits(2**0.5 / 2 - 1 / 8), 3, 4} <= numbers("Footnote 1")
    rng = np.random.default_rng(5)
    for columns in (2, 3):
        y, beta = rng.standard_normal((2, columns)), 0.3
        low, l1, high = rowwise(y, beta, 2), rowwise(y, beta, 1), rowwise(y, beta * columns**0.5, 2)
        assert low * 1.001 < l1 < high * 0.9999


# ------------------------------------------------------------------------------------------------- deeper networks


def test_remark_1_in_integers():
    rng = np.random.default_rng(6)
    equal = 0
    for d, m in product((1, 2, 3), (1, 4)):
        w1, w2, w3, w4 = (rng.integers(-5, 6, shape) for shape in ((d, m), (m, d), (d, 1), (1, 1)))
        w4 = abs(w4) + 1
        x = rng.integers(-6, 7, (50, d))
        unit = np.eye(d, dtype=int)
        for rows in (abs(x), x):
            parallel = forward(rows, w1, w2, w3, w4) + forward(rows, unit, unit, w3, w4)
            printed = forward(rows, w1, w2, w3, w4) + np.maximum(rows @ w3, 0) @ w4
            same = parallel == printed
            if rows is x:
                bad = np.maximum(x, 0) @ w3
                assert (same == (np.maximum(bad, 0) == np.maximum(x @ w3, 0))).all()
                equal += int(same.all())
            else:
                assert same.all()
        assert np.linalg.norm(unit) == pytest.approx(d**0.5)
    assert equal < 6


@pytest.mark.parametrize(
    ("r", "widths"), [(2, (2,)), (3, (3,)), (2, (2, 2)), (3, (1, 2)), (2, (1, 2, 2)), (1, (2, 3, 2))]
)
def test_printed_exponents(r, widths):
    """Masks of layer 1, 2, ... multiply; the joint bound is a polynomial whose differences of order r M vanish."""
    total, here = 0, r
    for m in (*widths, None):
        total += here
        here *= m or 1
    assert {3 * total, 3 * (here - 1)} <= numbers("Corollary 1, exponent")
    degree = here - 1
    values = [layer_joint(r + n, r, widths) for n in range(1, degree + 4)]

    def difference(order):
        return sum((-1) ** (order - k) * comb(order, k) * values[k] for k in range(order + 1))

    assert difference(degree) > 0
    assert difference(degree + 1) == difference(degree + 2) == 0


def least_output(leaves, shared):
    """The least ||W_1|| ||W_2|| ||w_3|| with c_a u_ja p_ja = leaves[a][j], by descent over c and p; u follows."""
    count, below = leaves.shape

    def cost(flat):
        c, p = np.exp(flat[:count]), np.exp(flat[count:]).reshape(1 if shared else count, below)
        u = leaves / (c[:, None] * p)
        return sum(np.log((values**2).sum()) for values in (c, u, p)) / 2

    rng = np.random.default_rng(7)
    size = count + below * (1 if shared else count)
    return np.exp(min(minimize(cost, rng.standard_normal(size), method="BFGS").fun for _ in range(5)))


@pytest.mark.parametrize(("count", "below"), [(1, 3), (2, 1), (2, 2), (3, 2), (4, 1)])
def test_the_gauge_by_descent(count, below):
    rng = np.random.default_rng(8)
    for _ in range(3):
        leaves = rng.uniform(0.2, 3, (count, below))
        gauge = (leaves.sum(axis=1) ** (2 / 3)).sum() ** 1.5
        assert least_output(leaves, False) == pytest.approx(gauge, rel=1e-5)
        assert leaves.sum() * (1 - 1e-6) <= least_output(leaves, True) <= gauge * (1 + 1e-5)
    ones = np.ones((2, 1))
    assert least_output(ones, False) == pytest.approx(8**0.5, rel=1e-6)
    assert least_output(ones, True) == pytest.approx(2, rel=1e-6)  # parallel leaves of one first-layer neuron


def test_recorded_gauges():
    known = numbers("Corollary 1, exact")
    for leaves in ((27, 64), (125, 1728), (8, 27, 216), (1, 8, 8, 64)):
        gauge = sum(round(leaf ** (1 / 3)) ** 2 for leaf in leaves) ** 1.5
        assert {*leaves, gauge, sum(leaves)} <= known


def test_widths_one_and_two_of_four_layers():
    """Descent on (5) for L = 4, widths (1, 2), norms divided out: two layers, while copies would reach width 2."""
    name = "different masks"
    (x, y), beta = SMALL[name].floats, float(SMALL[name].beta)
    rng = np.random.default_rng(11)

    def cost(flat):
        total, penalty = np.zeros(len(y)), 0.0
        for part in flat.reshape(4, 7):
            first, second, third = (w / np.linalg.norm(w) for w in (part[:2], part[2:4], part[4:6]))
            total = total + part[6] * np.maximum(np.maximum(np.outer(np.maximum(x @ first, 0), second), 0) @ third, 0)
            penalty += abs(part[6])
        return ((total - y) ** 2).sum() / 2 + beta * penalty

    starts = rng.standard_normal((12, 4, 7))
    starts[:, :, 2:6] = abs(starts[:, :, 2:6])  # a negative weight above a ReLU switches its neuron off
    best = min(minimize(cost, start.ravel(), method="BFGS").fun for start in starts)
    assert optimum(name, 1) * (1 - 1e-6) <= best <= optimum(name, 1) * 1.02
    assert {six_digits(optimum(name, 1)), six_digits(optimum(name, 2))} <= numbers("Corollary 1, exact")
    assert optimum(name, 2) < 0.91 * optimum(name, 1)


# --------------------------------------------------------------------------------------------- (2), (5) and (9)


@pytest.mark.parametrize("depth", [2, 3, 4, 6])
def test_the_least_decay_at_any_depth(depth):
    rng = np.random.default_rng(9)
    weights = [rng.standard_normal((3, 3)) for _ in range(depth - 2)] + [
        rng.standard_normal((3, 1)),
        rng.standard_normal((1, 1)),
    ]
    x = rng.standard_normal((30, 3))
    last, output = weights[-2:]
    decay = lambda s: ((np.exp(s) * last) ** 2).sum() / 2 + ((np.exp(-s) * output) ** 2).sum() / 2  # noqa: E731
    best = minimize_scalar(decay)
    least = np.linalg.norm(last) * abs(output[0, 0])
    assert best.fun == pytest.approx(least)
    t = np.exp(best.x)
    np.testing.assert_allclose(forward(x, *weights[:-2], t * last, output / t), forward(x, *weights), atol=1e-12)
    t = 1 / np.linalg.norm(last)
    assert abs(output[0, 0] / t) == pytest.approx(least)


@pytest.mark.parametrize("name", ["four rows", "different masks"])
def test_the_l1_form_in_numpy(name):
    """(5) with normalised W_1 and w_2: descent is never below the optimum, which the blocks of (12) attain."""
    (x, y), beta = SMALL[name].floats, float(SMALL[name].beta)
    d, rng = x.shape[1], np.random.default_rng(10)

    def cost(flat):
        total, penalty = np.zeros(len(y)), 0.0
        for part in flat.reshape(-1, 2 * d + 3):
            first, second = part[: 2 * d].reshape(2, d), part[2 * d : -1]
            hidden = np.maximum(x @ (first / np.linalg.norm(first)).T, 0)
            total = total + part[-1] * np.maximum(hidden @ (second / np.linalg.norm(second)), 0)
            penalty += abs(part[-1])
        return ((total - y) ** 2).sum() / 2 + beta * penalty

    rows = table(x)
    pairs = listed(rows, 2)
    best, w, _ = program(rows, y, beta, blocks_of(pairs))
    signs = [(o, [i for _, i in neurons]) for neurons, s, _ in pairs for o in (1, -1) if 1 in s]
    parts = []
    for (o, inner), leaves in zip(signs, w.reshape(len(signs), 2, d), strict=True):
        roots = np.sqrt(np.linalg.norm(leaves, axis=1)) + 1e-12
        parts.append([*(leaves / roots[:, None]).ravel(), *(inner * roots), o * (roots**2).sum()])
    assert cost(np.array(parts)) == pytest.approx(best, rel=1e-4)
    for _ in range(3):
        assert minimize(cost, rng.standard_normal(3 * (2 * d + 3)), method="L-BFGS-B").fun >= best * (1 - 1e-7)
    if name == "four rows":
        assert six_digits(best) in numbers("(5), l1")


@pytest.mark.parametrize("name", NAMES)
def test_the_conjugate_by_descent(name):
    solution, (_, y) = solved(SMALL[name]), SMALL[name].floats
    v = np.array([float(solution.proof.scale * a) for a in solution.proof.v])
    values = [minimize(lambda z, s=s: ((z - y) ** 2).sum() / 2 - s * (z @ v), y, method="BFGS").fun for s in (-1, 1)]
    assert values[0] == pytest.approx(float(solution.lower), rel=1e-6)
    assert values[1] < values[0]
    assert six_digits(optimum(name, 2)) in numbers("Conjugate")


@pytest.mark.parametrize("name", NAMES)
def test_one_side_alone_is_the_program_of_positive_outputs(name):
    """Half of the blocks: never cheaper, and dearer where an optimal network has an output weight below 0."""
    rows, y, beta = plain(SMALL[name])
    blocks = blocks_of(listed(rows, 2))
    positive = program(rows, y, beta, blocks[::2])[0]
    assert all((one[0] == -other[0]).all() for one, other in zip(blocks[::2], blocks[1::2], strict=True))
    assert positive > optimum(name, 2) * 1.001
    assert any(part.output < 0 for part in solved(SMALL[name]).network.subnetworks)


def test_both_sides_on_two_opposite_rows():
    grid = [Fraction(i, 40) for i in range(-80, 81)]
    value = lambda v: v[0] - v[1] - (v[0] ** 2 + v[1] ** 2) / 2  # noqa: E731
    beta = Fraction(1, 4)
    alone = max(value(v) for v in product(grid, repeat=2) if max(v) <= beta)
    both = max(value(v) for v in product(grid, repeat=2) if max(map(abs, v)) <= beta)
    assert (both, alone) == (Fraction(7, 16), Fraction(23, 32))
    blocks, y = blocks_of(listed(OPPOSITE_ROWS, 1)), np.array([1.0, -1.0])
    assert program(OPPOSITE_ROWS, y, 0.25, blocks)[0] == pytest.approx(7 / 16, rel=1e-7)
    assert program(OPPOSITE_ROWS, y, 0.25, blocks[::2])[0] == pytest.approx(23 / 32, rel=1e-7)
    assert {7, 16, 23, 32} <= numbers("(9), two")
