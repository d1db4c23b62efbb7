"""The evidence on duality and program (12) once more, at small size, by ways that the claims do not take."""

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import comb

import cvxpy as cp
import mpmath
import numpy as np
import pytest
from scipy.optimize import linprog, minimize
from support.plain_programs import (
    SMALL,
    answers,
    arrays,
    balanced,
    blocks_of,
    cost_of,
    listed,
    masks_of,
    numbers,
    optimum,
    pairs_of,
    plain,
    program,
    table,
)

from convex import Problem
from convex.heuristics.sampled_blocks import _drawn, exact_share, solve_sampled
from convex.listed.interpretations import interpretation_value
from convex.networks.residual_network import Residual, as_parallel
from multilayer.claims.tables import TABLES, gaussian, random_part, solved
from multilayer.claims.training.duality import one_and_two
from multilayer.claims.training.program import DIFFERENT_MASKS

# ------------------------------------------------------------------------------------------------------------ duality


def test_lemma_1_the_least_decay_of_a_scaled_subnetwork():
    rng = np.random.default_rng(5)
    for a, c in rng.uniform(0.01, 9, (20, 2)):
        decay = lambda t, a=a, c=c: ((t * a) ** 2 + (c / t) ** 2) / 2  # noqa: E731
        least = mpmath.findroot(lambda t, f=decay: mpmath.diff(f, t), mpmath.sqrt(c / a) * 1.1)
        assert mpmath.almosteq(decay(least), a * c, 1e-12)
        assert all(decay(t) >= a * c * (1 - 1e-12) for t in rng.uniform(0.01, 9, 50))


@pytest.mark.parametrize("name", SMALL)
def test_weak_duality_with_programs_for_feasibility(name):
    rows, y, beta = plain(SMALL[name])
    blocks = blocks_of(listed(rows, 2))
    rng = np.random.default_rng(6)
    dual_values = []
    for _ in range(3):
        v = y + rng.standard_normal(len(y))
        v *= min(1, beta / answers(rows, blocks, v).max())
        dual_values.append(v @ y - v @ v / 2)
    x = np.array(rows)
    for _ in range(200):
        inner, outer = rng.choice([-1, 1], (2, 2)), rng.choice([-1, 1], 2)
        outputs, sizes = balanced(x, rng.standard_normal(4 * x.shape[1]), inner, outer)
        assert ((outputs.sum(axis=0) - y) ** 2).sum() / 2 + beta * sizes.sum() >= max(dual_values)


def dual_vector(solution):
    return [solution.proof.scale * value for value in solution.proof.v]


@pytest.mark.parametrize("name", SMALL)
def test_dual_and_bidual_as_two_programs(name):
    """The dual with one multiplier for each wall of each brute-force block is as large as the primal is small."""
    rows, y, beta = plain(SMALL[name])
    blocks = blocks_of(listed(rows, 2))
    a, c = arrays(rows, blocks)
    v, slack = cp.Variable(len(y)), cp.Variable(c.shape[0], nonneg=True)
    gradients = cp.reshape(a.T @ v + c.T @ slack, (a.shape[1] // len(rows[0]), len(rows[0])), order="C")
    best = cp.Problem(cp.Maximize(v @ y - cp.sum_squares(v) / 2), [cp.norm(gradients, 2, axis=1) <= beta])
    best.solve(solver=cp.CLARABEL)
    solution = solved(SMALL[name])
    assert best.value == pytest.approx(float(solution.upper), rel=1e-6)
    assert optimum(name, 2) == pytest.approx(float(solution.upper), rel=1e-6)
    v = dual_vector(solution)
    assert answers(rows, blocks, [float(value) for value in v]).max() <= beta * (1 + 1e-6)
    assert sum(a * b - a * a / 2 for a, b in zip(v, solution.problem.y, strict=True)) == solution.lower
    assert cost_of(solution.problem, solution.network) == solution.upper
    if name in TABLES:
        shown = {float(f"{optimum(name, 2):.6g}")}
        assert shown <= numbers("(6)")
        assert shown <= numbers("(7)")


def test_one_subnetwork_is_not_enough_for_two_opposite_rows():
    """K = 1, width 1, X = [1; -1]: the output is (c, 0) or (0, c) and costs beta |c|, by (4) in balanced form."""
    problem = Problem.read([[1], [-1]], [1, 1], "0.19")
    least = min((Fraction(c, 1000) - 1) ** 2 / 2 + Fraction(1, 2) + problem.beta * c / 1000 for c in range(2001))
    single, double, dual_value = one_and_two()
    assert least == cost_of(problem, single) == Fraction(13439, 20000)
    assert 2 * (least - Fraction(1, 2)) == cost_of(problem, double) == dual_value == Fraction(3439, 10000)
    x, y, beta = np.array([[1.0], [-1.0]]), np.ones(2), 0.19
    rng = np.random.default_rng(7)
    for p, i, o in zip(rng.uniform(-2, 2, 2000), rng.choice([-1, 1], 2000), rng.choice([-1, 1], 2000), strict=True):
        outputs, sizes = balanced(x, np.array([p]), np.array([[i]]), np.array([o]))
        assert ((outputs[0] - y) ** 2).sum() / 2 + beta * sizes[0] >= float(least) - 1e-12
    assert {3439, 13439} <= numbers("(8)")


@pytest.mark.parametrize("name", SMALL)
def test_a_vertex_has_at_most_n_subnetworks(name):
    rows, y, beta = plain(SMALL[name])
    blocks = blocks_of(listed(rows, 2))
    _, w, added = program(rows, y, beta, blocks)
    fits = added.reshape(len(y), len(blocks), -1).sum(axis=2)
    sizes = np.linalg.norm(w, axis=1).reshape(len(blocks), -1).sum(axis=1)
    vertex = linprog(sizes, A_eq=fits, b_eq=fits.sum(axis=1), method="highs-ds")
    assert vertex.fun <= sizes.sum() * (1 + 1e-6)
    assert np.count_nonzero(vertex.x > 1e-9) <= len(y)
    assert len(solved(SMALL[name]).network.subnetworks) <= len(y)


@pytest.mark.parametrize("name", ["four rows", "different masks"])
def test_no_ascent_earns_more_than_beta_and_some_earn_it(name):
    """Local ascent of v.F / S over all signs from random starts, at the dual optimum."""
    problem = SMALL[name]
    x, beta = problem.floats[0], float(problem.beta)
    v = np.array([float(value) for value in dual_vector(solved(problem))])
    rng, most = np.random.default_rng(8), 0.0
    for signs in product((1, -1), repeat=3):
        inner, outer = np.array([signs[:2]]), np.array(signs[2:])

        def loss(flat, inner=inner, outer=outer):
            outputs, sizes = balanced(x, flat, inner, outer)
            return -(outputs[0] @ v) / max(sizes[0], 1e-12)

        for _ in range(12):
            start = rng.standard_normal(2 * x.shape[1])
            most = max(most, -minimize(loss, start, method="Nelder-Mead", options={"maxfev": 500}).fun)
    assert 0.995 * beta <= most <= beta * (1 + 1e-7)


# ------------------------------------------------------------------------------------------------------- program (12)


def reading_of(name, reading, m):
    """The value of program (12) in a literal reading, without any merging or shortcut."""
    rows, y, beta = plain(SMALL[name])
    masks = masks_of(rows)
    if reading == "shared-index":
        tuples = [tuple((mask, i) for i in signs) for mask in masks for signs in product((1, -1), repeat=m)]
    elif reading == "shared-block":
        tuples = [sum((((d, 1), (d, -1)) for d in chosen), ()) for chosen in combinations(masks, m)]
    else:
        return program(rows, y, beta, separate_blocks(rows, masks, m))[0]
    return program(rows, y, beta, blocks_of([(t, s, walls) for t in tuples for s, walls in pairs_of(rows, t)]))[0]


def separate_blocks(rows, masks, m):
    """All neurons have the sign +, and every s in {-, +}^n is a constraint on their sum, empty inside or not."""
    found = []
    for chosen in combinations_with_replacement(masks, m):
        linear = np.array([[int(d > 0) for d in mask] for mask in chosen])
        cone = [
            np.outer(np.arange(m) == j, np.multiply(d, row))
            for j, mask in enumerate(chosen)
            for d, row in zip(mask, rows, strict=True)
        ]
        for s in product((1, -1), repeat=len(rows)):
            own = [s[i] * np.outer(linear[:, i], row) for i, row in enumerate(rows)]
            found += [(o * linear * (np.array(s) > 0), cone + own) for o in (1, -1)]
    return found


@pytest.mark.parametrize(
    ("name", "reading", "width"),
    [("different masks", "shared-index", 2), ("shared block", "shared-index", 2), ("different masks", "separate", 1),
     ("different masks", "separate", 2), ("shared block", "shared-block", 1), ("four rows", "shared-index", 2),
     ("opposite and parallel rows", "shared-block", 2), ("four rows", "shared-block", 1)],
)  # fmt: skip
def test_readings_written_out(name, reading, width):
    proven = interpretation_value(SMALL[name], width, reading)
    assert proven.lower * (1 - Fraction(1, 10**6)) <= Fraction(reading_of(name, reading, width))
    assert Fraction(reading_of(name, reading, width)) <= proven.upper * (1 + Fraction(1, 10**6))


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("width", [1, 2])
def test_tuples_with_signs_written_out(name, width):
    proven = interpretation_value(SMALL[name], width)
    assert float(proven.upper) == pytest.approx(optimum(name, width), rel=1e-6)
    assert float(solved(SMALL[name], width).upper) == pytest.approx(optimum(name, width), rel=1e-6)


def test_the_recorded_counterexamples_by_plain_programs():
    best, wrong = optimum("different masks", 2), reading_of("different masks", "shared-index", 2)
    assert best < 0.91 * wrong
    assert wrong == pytest.approx(reading_of("different masks", "separate", 2), rel=1e-6)
    assert wrong == pytest.approx(optimum("different masks", 1), rel=1e-6)
    for name in ("Theorem 1, (12) as printed", "Theorem 1, (12) with w+ and w- apart"):
        assert {float(f"{best:.6g}"), float(f"{wrong:.6g}")} <= numbers(name)
    low = reading_of("shared block", "shared-block", 1)
    assert low < 0.8 * optimum("shared block", 1)
    shown = {float(f"{low:.6g}"), float(f"{optimum('shared block', 1):.6g}")}
    assert shown <= numbers("Theorem 1, (12) with w+ and w- in one block")
    assert optimum("shared block", 2) < 0.999 * low  # more than P*(2): the masks of w+ and w- are not free


def test_proposition_1_to_forty_digits():
    rng = np.random.default_rng(9)
    with mpmath.workdps(40):
        for m, d in ((1, 2), (2, 3), (3, 2)):
            w = [[mpmath.mpf(value) for value in row] for row in rng.standard_normal((m, d))]
            signs = rng.choice([-1, 1], m).tolist()
            norms = [mpmath.sqrt(sum(a * a for a in row)) for row in w]
            total = sum(norms)
            first = [[a / mpmath.sqrt(norm * total) for a in row] for row, norm in zip(w, norms, strict=True)]
            second = [i * mpmath.sqrt(norm) for i, norm in zip(signs, norms, strict=True)]
            assert mpmath.almosteq(sum(a * a for row in first for a in row), 1, 1e-35)
            assert mpmath.almosteq(sum(a * a for a in second), total, 1e-35)
            for x in rng.standard_normal((10, d)):
                block = [max(sum(a * b for a, b in zip(row, x, strict=True)), 0) for row in w]
                units = [max(sum(a * b for a, b in zip(row, x, strict=True)), 0) for row in first]
                expected = max(sum(i * h for i, h in zip(signs, block, strict=True)), 0)
                found = mpmath.sqrt(total) * max(sum(a * h for a, h in zip(second, units, strict=True)), 0)
                assert abs(found - expected) < 1e-35


def test_what_skips_add_and_cost():
    """By a forward pass in floats; in balanced form c costs 2 ||c|| outside, a costs 2 |w_3| ||a|| inside."""
    rng = np.random.default_rng(10)
    for d in (1, 2, 3):
        parts = (random_part(rng, d), random_part(rng, d))
        inner = tuple(tuple(Fraction(int(a)) for a in rng.integers(1, 5, d)) for _ in parts)
        outer = tuple(Fraction(int(a)) for a in rng.integers(1, 5, d))
        parallel = as_parallel(Residual(parts, inner, outer))
        x = rng.integers(-9, 10, (40, d))
        total = x @ np.array(outer, float)
        for part, skip in zip(parts, inner, strict=True):
            hidden = np.maximum(x @ np.array(part.first, float).T, 0)
            u = hidden @ np.array(part.second, float) + x @ np.array(skip, float)
            total = total + float(part.output) * np.maximum(u, 0)
        exact = parallel.predict([tuple(map(Fraction, row)) for row in x.tolist()])
        np.testing.assert_allclose([float(value) for value in exact], total, atol=1e-9)
        assert [part.width for part in parallel.subnetworks] == [parts[0].width + 2, parts[1].width + 2, 1, 1]
        costs = [size(part) for part in parallel.subnetworks]
        for k, part in enumerate(parts):
            expected = size(part) + 2 * abs(float(part.output)) * np.linalg.norm(np.array(inner[k], float))
            assert costs[k] == pytest.approx(expected)
        assert costs[2] + costs[3] == pytest.approx(2 * np.linalg.norm(np.array(outer, float)))


def size(part):
    norms = np.linalg.norm(np.array(part.first, float), axis=1)
    return abs(float(part.output)) * float(np.abs(np.array(part.second, float)) @ norms)


def test_drawn_pairs_are_pairs_and_their_share():
    problem = gaussian(5, 2, 0, "0.02")
    all_pairs = {(frozenset(neurons), s) for neurons, s, _ in listed(plain(problem)[0], 2)}
    assert len(all_pairs) == 330
    for draws in (10, 1_000):
        drawn = _drawn(problem, 2, draws, np.random.default_rng(0))
        named = {(frozenset((tuple(m.tolist()), i) for m, i in neurons), tuple(s.tolist())) for neurons, s in drawn}
        full = {pair for pair in named if len(pair[0]) == 2}
        assert len(named) == len(drawn)
        assert full <= all_pairs
        sample = solve_sampled(problem, 2, draws)
        assert exact_share(problem, 2, sample, 1_000) == (330, len(full) / 330)
        assert round(100 * len(full) / 330) in numbers("Remark 3, sampling")
        assert cost_of(problem, sample.network) == sample.upper >= solved(problem).lower


@pytest.mark.parametrize("name", SMALL)
def test_ends_of_another_descent(name):
    """BFGS on (4) in numpy with two sub-networks: never below the proven bound."""
    problem = SMALL[name]
    (x, y), beta = problem.floats, float(problem.beta)
    rng, ends = np.random.default_rng(11), []
    for _ in range(5):
        inner, outer = rng.choice([-1, 1], (2, 2)), rng.choice([-1, 1], 2)

        def cost(flat, inner=inner, outer=outer):
            outputs, sizes = balanced(x, flat, inner, outer)
            return ((outputs.sum(axis=0) - y) ** 2).sum() / 2 + beta * sizes.sum()

        ends.append(minimize(cost, rng.standard_normal(4 * x.shape[1]), method="L-BFGS-B").fun)
    assert min(ends) >= float(solved(problem).lower) * (1 - 1e-9)
    assert max(ends) > float(solved(problem).upper) * 1.001


@pytest.mark.parametrize("seed", range(5))
def test_on_three_rows_a_dual_vector_for_one_neuron_serves_all(seed):
    """The most that v earns: the same for sub-networks of widths 1, 2 and 3, whatever v."""
    rng = np.random.default_rng(seed)
    rows, v = table(rng.integers(-3, 4, (3, 2)) + np.array([0, 0.5])), rng.standard_normal(3)
    for signed in (v, -v):
        one, two, three = (answers(rows, blocks_of(listed(rows, m)), signed).max() for m in (1, 2, 3))
        assert two == pytest.approx(one, rel=1e-6)
        assert three == pytest.approx(one, rel=1e-6)


def test_on_four_rows_it_does_not():
    rows, _, beta = plain(DIFFERENT_MASKS)
    dual = solved(DIFFERENT_MASKS, 1).proof
    v = np.array([float(dual.scale * value) for value in dual.v])
    one, two = (answers(rows, blocks_of(listed(rows, m)), v).max() for m in (1, 2))
    assert one == pytest.approx(beta, rel=1e-6)
    assert two > 1.05 * beta


@pytest.mark.parametrize(("n", "d", "m", "masks"), [(5, 2, 2, 22), (4, 2, 2, 14)])
def test_variables_of_the_program(n, d, m, masks):
    """Columns of plain matrices: X~_s, as it is printed once for each sign in w and in w', and all blocks of tuples."""
    rows = plain(gaussian(n, d, 0, "1"))[0]
    pairs = listed(rows, m)
    blocks = blocks_of(pairs)
    variables = arrays(rows, blocks)[0].shape[1]
    second = {tuple(value >= 0 for value in s) for _, s, _ in pairs}
    first = [np.diag(np.array(mask) > 0) @ np.array(rows) for mask in masks_of(rows)]
    columns = np.hstack([np.diag(mask) @ x for x in first for _ in range(m) for mask in second]).shape[1]
    assert len(second) == masks
    assert variables < 4 * columns == 4 * d * m * len(first) * len(second)
    if n == 5:
        constraints = 4 * n * (m + 1) * len(first) * len(second)
        tuples = {variables, n * (m + 1) * len(blocks)}
        assert {4 * columns, constraints} | tuples <= numbers("Section 2.2, size")


@pytest.mark.parametrize(("r", "m"), [(2, 2), (3, 2), (2, 3)])
def test_orders_of_growth_by_logarithms(r, m):
    """log(f(10^10) / f(10^9)) / log 10 of sums of binomials written out here."""

    def sum_of(n, k):
        return 2 * sum(comb(n - 1, j) for j in range(k))

    def joined(n):
        return sum(sum_of(n * (m + 2**m - 2**p - 2 ** (m - p) + 1), m * r) for p in range(m + 1))

    def first_line(n):
        return sum_of(n, m * r) * (2 * sum_of(n, r)) ** m

    def last_line(n):
        return mpmath.mpf(2) ** (2 * m + 1) * (mpmath.e * (n - 1)) ** (2 * m * r)

    def order(f):
        return float(mpmath.log10(mpmath.mpf(f(10**10)) / mpmath.mpf(f(10**9))))

    assert order(joined) == pytest.approx(m * r - 1, abs=1e-6)
    assert order(first_line) == pytest.approx(2 * m * r - m - 1, abs=1e-6)
    assert order(last_line) == pytest.approx(2 * m * r, abs=1e-6)
    assert {m * r + 1, 3 * r * (m + 1)} <= numbers("Section 2.2, complexity")
