"""The evidence of every claim once more, at small size, by a way that the claim does not take.

Masks, pairs and program (12) are built here from plain numbers: sign vectors by linear programs, the program in cvxpy.
`numbers` reads what is on record, so that a page that shows other numbers than these fails.

x, y, beta  the data;  mask  the signs of the rows;  neuron  (mask, sign);  block  (effects, walls) of one pair
"""

import re
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, pairwise, product
from math import comb, cos, log, pi, sin

import cvxpy as cp
import mpmath
import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy import sparse
from scipy.optimize import linprog, minimize

from arrangements import Arrangement, FirstLayer, count_regions, family, iter_pairs, iter_regions
from arrangements.deeper import decoupled_masks, sampled_masks
from arrangements.patches import image_patches
from arrangements.pooling import count_pooled
from convex import Problem, solve, solve_whole
from convex.readings import reading_value
from convex.residual import Residual, as_parallel
from convex.sampling import _drawn, exact_share, sampled
from multilayer.claims.architectures import digit_images
from multilayer.claims.duality import one_and_two
from multilayer.claims.own import plane_rows
from multilayer.claims.program import DIFFERENT_MASKS, SHARED_BLOCK
from multilayer.claims.referee import record
from multilayer.claims.tables import TABLES, gaussian, random_part, solved
from theory.counting import count_regions as exact_count
from theory.joint import joint_rows
from theory.width_two import Plane, plane_masks, plane_opposite_masks, plane_pairs

SMALL = {name: TABLES[name] for name in ("four rows", "opposite and parallel rows", "zero and repeated rows")}
SMALL |= {"different masks": DIFFERENT_MASKS, "shared block": SHARED_BLOCK}


def numbers(text):
    """The numbers in the evidence of the claim whose name starts with this text."""
    [evidence] = [found for name, found in record().items() if name.startswith(text)]
    return {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", evidence)}


# -------------------------------------------------------------------------------- masks, pairs and programs, plainly


def possible(rows):
    """Whether some w has a positive product with every row but the zero ones."""
    a = np.array([row for row in rows if np.any(row)])
    return linprog(np.zeros(a.shape[1]), A_ub=-a, b_ub=-np.ones(len(a)), bounds=(None, None)).status == 0


@cache
def masks_of(rows):
    """The signs of the rows on each region; 0 at zero rows."""
    found = [()]
    for row in rows:
        longer = [(*mask, s) for mask in found for s in ((1, -1) if any(row) else (0,))]
        scaled = {mask: [s * np.array(r) for s, r in zip(mask, rows, strict=False)] for mask in longer}
        found = [mask for mask in longer if not any(row) or possible(scaled[mask])]
    return found


def table(x):
    return tuple(map(tuple, np.asarray(x, float).tolist()))


def signed_masks(rows):
    return [(mask, sign) for mask in masks_of(rows) if 1 in mask for sign in (1, -1)]


def pairs_of(rows, neurons):
    """Every s that is feasible in the cone of these neurons, with its walls as m x d arrays."""
    m, cone = len(neurons), []
    for j, (mask, _) in enumerate(neurons):
        for s, row in zip(mask, rows, strict=True):
            if s:
                cone.append(np.outer(np.arange(m) == j, np.multiply(s, row)))
    active = [[sign * (mask[i] > 0) for mask, sign in neurons] for i in range(len(rows))]
    mixed = [i for i, a in enumerate(active) if {1, -1} <= set(a)]
    forced = [0 if {1, -1} <= set(a) else sum(a) and (1 if sum(a) > 0 else -1) for a in active]
    for choice in product((1, -1), repeat=len(mixed)):
        s = list(forced)
        for i, sign in zip(mixed, choice, strict=True):
            s[i] = sign
        walls = cone + [s[i] * np.outer(active[i], rows[i]) for i in mixed]
        if not mixed or possible([wall.ravel() for wall in walls]):
            yield tuple(s), walls


@cache
def listed(rows, m):
    """All (tuple, s) of width m, and the walls."""
    signed = signed_masks(rows)
    tuples = combinations(signed, min(m, len(signed)))
    return [(neurons, s, walls) for neurons in tuples for s, walls in pairs_of(rows, neurons)]


def blocks_of(pairs):
    """Both output signs of each pair: the effects o I_j D_j 1[s > 0], and the walls."""
    found = []
    for neurons, s, walls in pairs:
        linear = np.array([[sign * (d > 0) for d in mask] for mask, sign in neurons])
        found += [(o * linear * (np.array(s) > 0), walls) for o in (1, -1) if 1 in s]
    return found


def arrays(rows, blocks):
    """One column for each weight: what the blocks add to the outputs, and their walls."""
    x = np.array(rows)
    a = np.concatenate([np.einsum("mi,ik->imk", e, x).reshape(len(x), -1) for e, _ in blocks], axis=1)
    return a, sparse.block_diag([np.array([wall.ravel() for wall in walls]) for _, walls in blocks], format="csr")


def program(rows, y, beta, blocks):
    """The value of the convex program over the blocks, its weights by blocks, and their outputs."""
    a, c = arrays(rows, blocks)
    w = cp.Variable((a.shape[1] // len(rows[0]), len(rows[0])))
    flat = cp.vec(w, order="C")
    cost = cp.sum_squares(a @ flat - y) / 2 + beta * cp.sum(cp.norm(w, 2, axis=1))
    value = cp.Problem(cp.Minimize(cost), [c @ flat >= 0]).solve(solver=cp.CLARABEL)
    return value, w.value, a * w.value.ravel()


def answers(rows, blocks, v):
    """For each block the most that v earns on it with sum_j ||w_j|| <= 1."""
    a, c = arrays(rows, blocks)
    m, d = len(blocks[0][0]), len(rows[0])
    w = cp.Variable((a.shape[1] // d, d))
    flat = cp.vec(w, order="C")
    sizes = cp.reshape(cp.norm(w, 2, axis=1), (len(blocks), m), order="C")
    earned = cp.multiply(np.asarray(v) @ a, flat)
    cp.Problem(cp.Maximize(cp.sum(earned)), [c @ flat >= 0, cp.sum(sizes, axis=1) <= 1]).solve(solver=cp.CLARABEL)
    return (np.asarray(v) @ a * w.value.ravel()).reshape(len(blocks), -1).sum(axis=1)


def plain(problem):
    x, y = problem.floats
    return table(x), y, float(problem.beta)


@cache
def optimum(name, m):
    """Program (12) over brute-force tuples."""
    rows, y, beta = plain(SMALL[name])
    return program(rows, y, beta, blocks_of(listed(rows, m)))[0]


def cost_of(problem, network):
    """(4) in fractions, from the bare weights."""
    outputs = [Fraction(0)] * len(problem.x)
    penalty = Fraction(0)
    for part in network.subnetworks:
        assert sum(value**2 for w in part.first for value in w) <= 1
        penalty += part.output**2 + sum(value**2 for value in part.second)
        for i, row in enumerate(problem.x):
            hidden = [max(sum(a * b for a, b in zip(w, row, strict=True)), 0) for w in part.first]
            outputs[i] += part.output * max(sum(a * b for a, b in zip(part.second, hidden, strict=True)), 0)
    return sum((f - y) ** 2 for f, y in zip(outputs, problem.y, strict=True)) / 2 + problem.beta * penalty / 2


def balanced(x, flat, inner, outer):
    """Outputs and penalties of sub-networks in balanced form: p (K, m, d), I (K, m), o (K)."""
    p = flat.reshape(*inner.shape, x.shape[1])
    sizes = np.linalg.norm(p, axis=2)
    u = np.einsum("km,kmi->ki", inner * sizes, np.maximum(np.einsum("id,kmd->kmi", x, p), 0))
    return outer[:, None] * np.maximum(u, 0), (sizes**2).sum(axis=1)


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
    proven = reading_value(SMALL[name], width, reading)
    assert proven.lower * (1 - Fraction(1, 10**6)) <= Fraction(reading_of(name, reading, width))
    assert Fraction(reading_of(name, reading, width)) <= proven.upper * (1 + Fraction(1, 10**6))


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("width", [1, 2])
def test_tuples_with_signs_written_out(name, width):
    proven = reading_value(SMALL[name], width)
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
        sample = sampled(problem, 2, draws)
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


@pytest.mark.parametrize(("n", "d", "m", "masks"), [(5, 2, 2, 22), (4, 2, 2, 14)])
def test_variables_of_the_program(n, d, m, masks):
    """P1 P2 blocks with both output signs are too few even for the pairs that can change the output."""
    rows = plain(gaussian(n, d, 0, "1"))[0]
    pairs = listed(rows, m)
    variables = arrays(rows, blocks_of(pairs))[0].shape[1]
    second = {tuple(value >= 0 for value in s) for _, s, _ in pairs}
    printed = 2 * d * m * len(masks_of(rows)) * len(second)
    assert len(second) == masks
    assert printed < variables <= 2 * d * m * len(pairs)
    if n == 5:
        assert {printed, 2 * d * m * len(pairs)} <= numbers("Section 2.2, size")


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
    assert {m * r - 1, r * (m + 1)} <= numbers("Section 2.2, complexity")


# ----------------------------------------------------------------------------------------------------------- counting


@pytest.mark.parametrize(("n", "r"), [(1, 1), (4, 1), (3, 3), (4, 2), (5, 3), (6, 2)])
def test_regions_in_general_position_by_linear_programs(n, r):
    rows = table(family(f"random:{n},{r},0").normals)
    assert len(masks_of(rows)) == 2 * sum(comb(n - 1, k) for k in range(r))


def test_degenerate_regions_by_linear_programs_and_faces_of_opposite_rows():
    rng = np.random.default_rng(12)
    for _ in range(8):
        x = rng.integers(-1, 2, (5, 3))
        if x.any():
            found = len(masks_of(table(x)))
            assert found == exact_count(x.tolist()) <= 2 * sum(comb(4, k) for k in range(np.linalg.matrix_rank(x)))
    assert {(np.sign(w), np.sign(-w)) for w in (-1, 0, 1)} == {(-1, 1), (0, 0), (1, -1)}
    assert {2, 3} <= numbers("(13), first step")


def test_closed_forms_to_sixty_digits():
    with mpmath.workdps(60):
        sizes = [(n, r) for n in range(2, 25) for r in range(1, n + 1)]
        for n, r in sizes:
            assert 2 * sum(comb(n - 1, k) for k in range(r)) <= 2 * r * (mpmath.e * (n - 1) / r) ** r
        assert len(sizes) in numbers("(13), second step")
        checked = 0
        for n, r, m in product(range(2, 13), range(1, 13), range(1, 13)):
            if m * r <= n:
                checked += 1
                assert first_line(n, r, m) <= last_line(n, r, m)
        assert checked in numbers("(14), closed lines")
        assert (first_line(2, 2, 3), int(last_line(2, 2, 3))) == (2048, 334)
        assert last_line(2, 2, 7) < 1
    assert {2048, 334} <= numbers("(14), closed lines")


def first_line(n, r, m):
    first = 2 * sum(comb(n - 1, k) for k in range(r))
    return 2 * sum(comb(n - 1, k) for k in range(m * r)) * (2 * first) ** m


def last_line(n, r, m):
    e = mpmath.e
    return 2 ** (2 * m + 1) * (e * (n - 1)) ** (2 * m * r) / (mpmath.mpf(m) ** (m * r - 1) * r ** (2 * m * r - m - 1))


@pytest.mark.parametrize(("n", "d", "m", "pairs", "masks"), [(5, 2, 1, 20, 11), (5, 2, 2, 330, 22)])
def test_pairs_and_masks_by_linear_programs(n, d, m, pairs, masks):
    found = listed(plain(gaussian(n, d, 0, "1"))[0], m)
    assert len(found) == pairs
    assert len({tuple(value >= 0 for value in s) for _, s, _ in found}) == masks
    most = max(sum(neurons == other for neurons, _, _ in found) for other in {neurons for neurons, _, _ in found})
    assert most <= 2 * sum(comb(n - 1, k) for k in range(m * d))
    assert pairs <= first_line(n, d, m)
    assert {pairs, masks, first_line(n, d, m)} <= numbers("(14), first line")
    assert pairs in numbers("(14), P2")


# ------------------------------------------------------------------------------------------------------ architectures


def lopsided(rng, draws, x):
    """Integer weights of two neurons, of many lengths and near many corners; half of the pairs close to each other."""
    d = x.shape[1]
    corners = np.array([x[list(k)] for k in combinations(range(len(x)), d) if np.linalg.matrix_rank(x[list(k)]) == d])
    signs, sizes = rng.choice([-1, 1], (draws, 2, d, 1)), 10 ** rng.uniform(-3, 0, (draws, 2, d, 1))
    w = np.linalg.solve(corners[rng.integers(len(corners), size=(draws, 2))], signs * sizes)[..., 0]
    w *= 10 ** rng.uniform(0, 3, (draws, 2, 1)) / np.abs(w).max(axis=2, keepdims=True)
    w[::2, 1] += w[::2, 0]
    return np.rint(10**7 * w).astype(int)


def test_patches_by_windows():
    pixels = digit_images(3)
    for images, stride in ((3, 2), (3, 1)):
        windows = sliding_window_view(pixels[:images], (2, 2), axis=(1, 2))[:, ::stride, ::stride].reshape(-1, 4)
        patches = image_patches(pixels[:images], 2, stride)
        assert np.array_equal(np.array(patches.rows, int), windows)
        assert np.linalg.matrix_rank(windows) == 4
    rows = np.unique(sliding_window_view(pixels, (2, 2), axis=(1, 2))[:, ::2, ::2].reshape(-1, 4), axis=0)
    found = count_regions(Arrangement.from_table(rows), engine="rays")
    assert found in numbers("Remark 4")
    assert count_regions(Arrangement.from_table(rows[:20]), engine="lp") == exact_count(rows[:20].tolist())


def test_pooled_pairs_by_drawn_weights():
    """Integer weights drawn until nothing new comes: as many pairs and masks as listed."""
    crops = digit_images(2)[:, 2:5, 2:5]
    patches = image_patches(crops, (1, 2))
    rows = np.array(patches.rows, int)
    draws = lopsided(np.random.default_rng(13), 70_000, rows)
    z = draws @ rows.T
    live = rows.any(axis=1)
    pairs = set()
    for signs in ((1, 1), (1, -1), (-1, -1)):
        hidden = np.maximum(z, 0) * np.array(signs)[:, None]
        u = np.stack([hidden[:, :, list(group)].sum(axis=(1, 2)) for group in patches.groups], axis=1)
        good = (z[:, :, live] != 0).all(axis=(1, 2)) & (z > 0).any(axis=2).all(axis=1)
        for masks, s in zip((z[good] > 0).tolist(), np.sign(u[good]).tolist(), strict=True):
            pair = frozenset((tuple(mask), sign) for mask, sign in zip(masks, signs, strict=True))
            if len(pair) == 2:
                pairs.add((pair, tuple(s)))
    counts = count_pooled(FirstLayer.of(patches.arrangement), patches.groups, 2)
    assert (len(pairs), len({tuple(value >= 0 for value in s) for _, s in pairs})) == (counts.pairs, counts.masks)
    assert {counts.pairs, counts.masks} <= numbers("Remark 4")


@pytest.mark.parametrize(("n", "shared", "copied"), [(4, 9, 14), (5, 11, 22), (6, 13, 32)])
def test_one_shared_neuron_against_two_copies(n, shared, copied):
    """Copies: brute-force pairs of width 2, since (u)_+ of one neuron is a neuron. Shared: the masks of one neuron."""
    rows = plain(gaussian(n, 2, 0, "1"))[0]
    arrangement = Arrangement.from_table(rows)
    of_pairs = {tuple(int(value >= 0) for value in s) for _, s, _ in listed(rows, 2)}
    alone = {tuple(int(value >= 0) for value in s) for _, s, _ in listed(rows, 1)}
    assert decoupled_masks(arrangement, (1, 2)) == of_pairs
    assert sampled_masks(arrangement, (1, 2), 3_000) <= alone
    assert (len(alone), len(of_pairs)) == (shared, copied)
    assert {shared, copied} <= numbers("Corollary 1")
    if n == 6:
        assert decoupled_masks(arrangement, (2, 1)) == of_pairs
        assert {shared, copied} <= numbers("Remark 5")


# ---------------------------------------------------------------------------------------------------------------- own


@pytest.mark.parametrize(
    ("x", "y", "beta"),
    [([[1, 2], [2, -1], [-2, 1]], [1, -1, 2], "0.05"), ([[1, 0], [1, 1], [0, 1]], [2, -1, 1], "0.1")],
)
def test_width_n_by_whole_programs_is_unlimited_width(x, y, beta):
    problem = Problem.read(x, y, beta)
    free = solve(problem, None)
    wholes = [solve_whole(problem, m) for m in (1, 2, 3)]
    assert all(later.lower <= earlier.upper for earlier, later in pairwise(wholes))
    assert max(free.lower, wholes[-1].lower) <= min(free.upper, wholes[-1].upper)
    assert cost_of(problem, free.network) == free.upper
    rows, targets, _ = plain(problem)
    plainly = program(rows, targets, float(problem.beta), blocks_of(listed(rows, 2)))[0]
    assert plainly == pytest.approx(float(wholes[1].upper), rel=1e-6)


@pytest.mark.parametrize(("n", "d", "seed"), [(5, 2, 0), (4, 2, 3), (4, 3, 1)])
def test_pairs_as_groups_of_regions_of_the_joint_arrangement(n, d, seed):
    problem = gaussian(n, d, seed, "1")
    x, rows = problem.arrangement.normals, plain(problem)[0]
    pairs, regions = set(), {}
    for p in range(3):
        cells = list(iter_regions(Arrangement.from_table(joint_rows(x, p, 2 - p))))
        regions[p] = len(cells)
        for cell in cells:
            a, b = cell.witness[:d], cell.witness[d:]
            z = [[sum(v * w for v, w in zip(row, part, strict=True)) for row in x] for part in (a, b)]
            signs = [1] * p + [-1] * (2 - p)
            neurons = frozenset((tuple(v > 0 for v in line), i) for line, i in zip(z, signs, strict=True))
            u = [sum(i * max(v, 0) for v, i in zip(column, signs, strict=True)) for column in zip(*z, strict=True)]
            if len(neurons) == 2 and all(any(mask) for mask, _ in neurons):
                pairs.add((neurons, tuple(np.sign(u))))
    named = {
        (frozenset((tuple(a > 0 for a in mask), i) for mask, i in neurons), s) for neurons, s, _ in listed(rows, 2)
    }
    assert pairs == named
    bound = 2 * comb(len(masks_of(rows)), 2) + regions[1]
    assert len(pairs) <= bound
    if n == 5:
        assert {len(pairs), bound} <= numbers("Own: joint bounds")


def turned(rows):
    """A point in each sector of the plane between the lines that are perpendicular to the rows."""
    angles = sorted({round((np.arctan2(y, x) + pi / 2) % pi, 12) for x, y in rows if x or y})
    bounds = [*angles, *(angle + pi for angle in angles), angles[0] + 2 * pi]
    return [((a + b) / 2, a, b) for a, b in pairwise(bounds)]


def plane_counts(rows):
    """Pairs and masks of width 2, those of signs (+, -) apart, by turning a vector through all sectors."""
    x, sectors = np.array(rows, float), turned(rows)
    signs = [np.sign(np.round(x @ [cos(t), sin(t)], 9)) for t, _, _ in sectors]
    live = [k for k, s in enumerate(signs) if (s > 0).any()]
    count, opposite = len(live) * (len(live) - 1), set()
    for a, b in product(live, repeat=2):
        both, found = (signs[a] > 0) & (signs[b] > 0), set()
        for t, s in zip(sectors, signs, strict=True):
            if a == b or between(t[0], sectors[a][1:], sectors[b][1:]):
                found.add(tuple(np.where(both, s, (signs[a] > 0) * 1 - (signs[b] > 0) * 1).tolist()))
        count += len(found)
        opposite |= {tuple(value >= 0 for value in s) for s in found}
    same = {tuple(((signs[a] <= 0) & (signs[b] <= 0)).tolist()) for a, b in combinations(live, 2)}
    return count, len(opposite), len(opposite | same | {(True,) * len(x)})


def between(t, one, other):
    """Whether the direction t is a positive combination of the sector `one` and of minus the sector `other`."""
    rays = [(cos(a), sin(a)) for a in one] + [(-cos(a), -sin(a)) for a in other]
    c = (cos(t), sin(t))
    for u, v in combinations(rays, 2):
        det = u[0] * v[1] - u[1] * v[0]
        if abs(det) > 1e-9:
            first, second = (c[0] * v[1] - c[1] * v[0]) / det, (u[0] * c[1] - u[1] * c[0]) / det
            if first > 1e-9 and second > 1e-9:
                return True
    return False


@pytest.mark.parametrize("n", [5, 8, 10])
def test_formulas_of_the_plane_by_angles(n):
    rows = plane_rows(n).normals
    pairs, opposite, masks = plane_counts(rows)
    assert (pairs, opposite, masks) == (n**3 + 9 * n**2 - 4 * n, 1 + n * (n + 1) // 2, n * n - n + 2)
    assert pairs in numbers("Own: pairs in the plane")
    assert {opposite, masks} <= numbers("Own: masks of width two")


def test_degenerate_formulas_of_the_plane_by_angles():
    rng = np.random.default_rng(15)
    for _ in range(25):
        rows = [(1, 0), *map(tuple, rng.integers(-2, 3, (4, 2)).tolist())]
        plane = Plane.of(Arrangement.from_table(rows))
        assert plane_counts(rows) == (plane_pairs(plane), plane_opposite_masks(plane), plane_masks(plane))


@pytest.mark.parametrize(("name", "masks"), [("random:6,3,0", 62), ("random:6,4,0", 64)])
def test_masks_of_width_two_by_drawn_weights(name, masks):
    x = np.array(family(name).normals)
    z = lopsided(np.random.default_rng(16), 40_000, x) @ x.T
    hidden = np.maximum(z, 0)
    found = set()
    for signs in product((1, -1), repeat=2):
        u = signs[0] * hidden[:, 0] + signs[1] * hidden[:, 1]
        found |= set(map(tuple, (u >= 0).tolist()))
    assert len(found) == masks <= len(masks_of(table(x))) ** 2
    assert masks in numbers("Own: masks of width two")
    assert found == {tuple(bit == 1 for bit in p.mask) for p in iter_pairs(FirstLayer.of(family(name)), 2)}


def test_the_last_line_is_above_every_multiple_of_n_to_the_mr():
    """At r = m = 1 the last line over n: it grows without bound, so the line is not O(n)."""
    ratios = [float(last_line(10**k, 1, 1)) / 10**k for k in range(2, 9)]
    assert all(later > 9 * earlier for earlier, later in pairwise(ratios))
    assert log(ratios[-1] / ratios[0], 10) == pytest.approx(6, abs=0.02)
