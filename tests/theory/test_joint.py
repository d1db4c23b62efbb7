"""The joint bounds against the pairs that are listed, and against their own formula."""

from fractions import Fraction
from itertools import product
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arrangements import Arrangement, FirstLayer, InputError, count_second_layer, family, iter_regions
from theory import (
    cover,
    formula,
    general_position,
    growth_exponent,
    joint,
    joint_arrangement,
    joint_of_data,
    joint_planes,
    joint_unordered,
    symbols,
)

TABLES = st.integers(1, 3).flatmap(
    lambda d: st.lists(st.lists(st.integers(-2, 2), min_size=d, max_size=d), min_size=1, max_size=5)
)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.integers(1, 2))
def test_no_table_has_more_pairs(rows, width):
    arrangement = Arrangement.from_table(rows)
    layer = FirstLayer.of(arrangement)
    assume(arrangement.rank and 2 * len(layer.active) >= width)
    found = count_second_layer(layer, width)
    of_data = joint_of_data(arrangement, width)
    sizes = len(rows), arrangement.rank, width
    assert found.masks <= found.pairs <= of_data <= joint_unordered(*sizes) <= joint(*sizes)


@pytest.mark.parametrize(
    ("n", "d", "width", "pairs"), [(5, 2, 2, 330), (8, 2, 2, 1056), (5, 2, 3, 3674), (6, 3, 2, 4318)]
)
def test_reference_values_of_the_design(n, d, width, pairs):
    rows = np.random.default_rng(0).standard_normal((n, d))
    of_data = joint_of_data(rows, width)
    assert pairs <= of_data <= joint_unordered(n, d, width) <= joint(n, d, width)


def test_width_one_is_exact_where_no_region_is_dead():
    rows = family("random:6,3,0")
    assert joint_of_data(rows, 1) == joint_unordered(6, 3, 1) == 2 * cover(6, 3) == 64


def test_every_pair_lies_on_as_many_regions_as_it_has_orders():
    """The regions of the joint arrangement, listed, grouped by the pair that each has: p! q! at least for each."""
    arrangement = family("random:3,2,0")
    x = np.array(arrangement.normals, dtype=object)
    for p, q in [(1, 1), (2, 1)]:
        signs = np.array([1] * p + [-1] * q, dtype=object)
        seen = {}
        for cell in iter_regions(joint_arrangement(arrangement, p, q)):
            w = np.array(cell.witness, dtype=object).reshape(p + q, -1)
            hidden = x @ w.T
            u = (np.where(hidden > 0, hidden, 0) * signs).sum(axis=1)
            neurons = [(tuple(hidden[:, j] > 0), int(signs[j])) for j in range(p + q)]
            if len(set(neurons)) == p + q and all(any(mask) for mask, _ in neurons):
                key = frozenset(neurons), tuple(np.sign(u.astype(float)).astype(int))
                seen[key] = seen.get(key, 0) + 1
        assert min(seen.values()) >= factorial(p) * factorial(q)
        layer = FirstLayer.of(arrangement)
        mixed = count_second_layer(layer, p + q).pairs - 2 * comb(len(layer.active), p + q)
        flipped = 2 if p != q else 1  # the pairs of p - and q +
        assert len(seen) * flipped == mixed


@pytest.mark.parametrize(("n", "r", "m"), [(4, 1, 1), (5, 2, 2), (6, 2, 3), (7, 3, 2), (9, 2, 4)])
def test_formula_is_the_function_without_the_floors(n, r, m):
    symbol, rank, width = symbols()
    exact = 2 * comb(cover(n, r), m) + sum(
        Fraction(general_position(n * (m + 2**m - 2**p - 2 ** (m - p) + 1), m * r), factorial(p) * factorial(m - p))
        for p in range(1, m)
    )
    assert formula("joint_unordered", r, m).subs(symbol, n) == exact
    assert formula("joint_unordered").subs({symbol: n, rank: r, width: m}).doit() == exact
    assert 0 <= exact - joint_unordered(n, r, m) < m


@pytest.mark.parametrize(("r", "m"), [(1, 1), (2, 2), (3, 2), (2, 3)])
def test_order(r, m):
    assert growth_exponent(formula("joint_unordered", r, m), symbols()[0]) == m * r - 1


@pytest.mark.parametrize("m", [2, 3, 4, 5])
def test_the_vertex_of_the_proof_has_all_cells_around_it(m):
    """The example in the plane that shows the order n^(mr-1) is attained: 2^(2m-1) patterns around one ray."""

    def at(angle):
        return np.array([np.cos(angle), np.sin(angle)])

    signs = np.array([(-1) ** j for j in range(m)])
    angles, active_up_to, neurons = [0.0], [np.pi / 2], [at(0.0)]
    for k in range(1, m):
        angle = active_up_to[-1] - np.pi / 2 - 0.1
        row = at(angle + np.pi / 2 - 0.1)
        rest = row @ (signs[:k, None] * neurons).sum(axis=0)
        length = -rest / (signs[k] * (row @ at(angle)))
        assert length > 0
        neurons.append(length * at(angle))
        angles.append(angle)
        active_up_to.append(angle + np.pi / 2 - 0.1)
    rows = np.array([at(angle + np.pi / 2) for angle in angles] + [at(angle) for angle in active_up_to[1:]])
    w = np.array(neurons)
    hidden = rows @ w.T
    u = np.maximum(hidden, 0) @ signs
    assert np.abs(hidden[np.arange(m), np.arange(m)]).max() < 1e-12
    assert np.abs(u[m:]).max() < 1e-12
    # what the 2m - 1 vanishing values are near the vertex, as linear forms of all weights
    forms = [np.kron(np.arange(m) == j, rows[j]) for j in range(m)]
    forms += [np.concatenate([signs[j] * (hidden[i, j] > 0) * rows[i] for j in range(m)]) for i in range(m, 2 * m - 1)]
    inverse = np.linalg.pinv(np.array(forms))
    for sides in product((1, -1), repeat=2 * m - 1):
        near = (w.ravel() + 1e-9 * inverse @ sides).reshape(m, 2)
        values = rows @ near.T
        found = [*values[np.arange(m), np.arange(m)], *(np.maximum(values, 0) @ signs)[m:]]
        assert np.array_equal(np.sign(found), sides)
        assert np.array_equal(values[m:] > 0, hidden[m:] > 0)


def test_what_has_no_joint_arrangement_is_refused():
    affine = Arrangement.from_table([[1, 2]], [3])
    for refused in (lambda: joint_arrangement(affine, 1, 1), lambda: joint_of_data(affine, 1)):
        with pytest.raises(InputError, match="affine"):
            refused()
    for refused in (
        lambda: joint_arrangement([[1, 2]], 0, 0),
        lambda: joint_arrangement([[1, 2]], 2, -1),
        lambda: joint_of_data([[1, 2]], 0),
        lambda: joint_planes(3, 2, 3),
    ):
        with pytest.raises(InputError, match=r"neuron|width"):
            refused()


def test_wide_sub_networks_fall_back():
    assert joint_unordered(4, 1, 3) == joint(4, 1, 3)
    with pytest.raises(InputError, match="width"):
        joint_unordered(4, 1, 0)
