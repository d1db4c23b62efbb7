"""The evidence on counts, layers and the project's own theorems once more, by ways that the claims do not take."""

from itertools import combinations, pairwise, product
from math import comb, cos, log, pi, sin

import mpmath
import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from support.plain_programs import blocks_of, cost_of, listed, masks_of, numbers, plain, program, table

from arrangements import Arrangement, FirstLayer, count_regions, family, iter_pairs, iter_regions
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks
from arrangements.second_layer.patches import image_patches
from arrangements.second_layer.pooling import count_pooled
from convex import Problem, solve, solve_full_program
from multilayer.claims.counting.architectures import digit_images
from multilayer.claims.counting.exact_counts import plane_rows
from multilayer.claims.tables import gaussian
from theory import (
    Plane,
    joint_arrangement,
    plane_masks,
    plane_opposite_masks,
    plane_pairs,
    region_number,
)

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
            assert found == region_number(x) <= 2 * sum(comb(4, k) for k in range(np.linalg.matrix_rank(x)))
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
        patches = image_patches(pixels[:images], 2, stride=stride)
        assert np.array_equal(np.array(patches.rows, int), windows)
        assert np.linalg.matrix_rank(windows) == 4
    rows = np.unique(sliding_window_view(pixels, (2, 2), axis=(1, 2))[:, ::2, ::2].reshape(-1, 4), axis=0)
    found = count_regions(Arrangement.from_table(rows), engine="rays")
    assert found in numbers("Remark 4")
    assert count_regions(Arrangement.from_table(rows[:20]), engine="lp") == region_number(rows[:20])


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
        seen = np.unique(np.hstack([(z[good] > 0).reshape(good.sum(), -1), np.sign(u[good])]), axis=0).astype(int)
        for line in seen.tolist():
            masks, s = (line[: len(rows)], line[len(rows) : 2 * len(rows)]), line[2 * len(rows) :]
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
    assert {shared, copied} <= numbers("Corollary 1, size")
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
    wholes = [solve_full_program(problem, m) for m in (1, 2, 3)]
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
        cells = list(iter_regions(joint_arrangement(x, p, 2 - p)))
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
