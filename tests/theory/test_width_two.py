"""Width two from the first layer alone, and the closed formulas in the plane, against the product cones."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arrangements import Arrangement, FirstLayer, InputError, count_second_layer, family, iter_pairs
from theory import (
    Plane,
    cover,
    formula,
    growth_exponent,
    joint,
    opposite_zero_sets,
    plane_masks,
    plane_opposite_masks,
    plane_pairs,
    positive_sets,
    symbols,
    width_two_bound,
    width_two_masks,
)


def tables(columns):
    return columns.flatmap(
        lambda d: st.lists(st.lists(st.integers(-2, 2), min_size=d, max_size=d), min_size=1, max_size=6)
    )


def bits(signs):
    return sum(1 << i for i, s in enumerate(signs) if s)


@settings(max_examples=80, deadline=None)
@given(tables(st.integers(1, 3)))
def test_masks_are_those_of_the_product_cones(rows):
    layer = FirstLayer.of(Arrangement.from_table(rows))
    assume(layer.active)
    pairs = list(iter_pairs(layer, 2))
    found = width_two_masks(layer.arrangement)
    assert found == {bits(pair.mask) for pair in pairs}
    assert len(found) <= len(positive_sets(layer.arrangement)) ** 2
    opposite = {bits(pair.mask) for pair in pairs if len({sign for _, sign in pair.neurons}) == 2}
    nonzero = (1 << len(rows)) - 1
    zero_sets = {nonzero & ~mask for mask in opposite}
    # a dead neuron with sign + leaves (B, -) alone: the positive sets themselves, which the listed tuples reach too
    assert zero_sets == opposite_zero_sets(layer.arrangement)


@settings(max_examples=120, deadline=None)
@given(tables(st.integers(1, 3)))
def test_closed_formulas_in_the_plane(rows):
    arrangement = Arrangement.from_table(rows)
    assume(arrangement.rank in (1, 2))
    found = count_second_layer(FirstLayer.of(arrangement), 2)
    plane = Plane.of(arrangement)
    assert (found.pairs, found.masks) == (plane_pairs(plane), plane_masks(plane))
    assert len(opposite_zero_sets(arrangement)) == plane_opposite_masks(plane)


@pytest.mark.parametrize("n", [3, 5, 8, 10, 20])
def test_generic_rows_in_no_half_plane(n):
    arrangement = next(a for a in map(family, (f"random:{n},2,{seed}" for seed in range(20))) if all(positive_sets(a)))
    plane = Plane.of(arrangement)
    assert plane == (n, n, 2 * n)
    assert plane_pairs(plane) == n**3 + 9 * n**2 - 4 * n
    assert plane_opposite_masks(plane) == 1 + n * (n + 1) // 2
    assert plane_masks(plane) == n**2 - n + 2
    found = count_second_layer(FirstLayer.of(arrangement), 2)
    assert (found.pairs, found.masks) == (plane_pairs(plane), plane_masks(plane))


@pytest.mark.parametrize("n", [1, 2, 4, 9])
def test_generic_rows_in_a_half_plane(n):
    arrangement = family(f"moment:{n},2")
    found = count_second_layer(FirstLayer.of(arrangement), 2)
    assert found.pairs == plane_pairs(Plane.of(arrangement))
    if n > 1:
        assert found.pairs == n**3 + 9 * n**2 - 12 * n + 4


def test_in_space_the_pairs_are_no_function_of_the_sizes():
    """Six generic rows of rank 3 in no half-space: three tables, two numbers of pairs, so no formula in n alone."""
    layers = [FirstLayer.of(family(f"random:6,3,{seed}")) for seed in (0, 1, 4)]
    assert all(len(layer.active) == len(layer.cells) == cover(6, 3) for layer in layers)
    assert [count_second_layer(layer, 2).pairs for layer in layers] == [4318, 4348, 4238]


def test_bound_of_width_two_bound():
    n = symbols()[0]
    for r in (1, 2, 3, 4):
        assert growth_exponent(formula("width_two_bound", r), n) == 2 * (r - 1)
        for rows in range(r, 9):
            assert formula("width_two_bound", r).subs(n, rows) == width_two_bound(rows, r)
            assert width_two_bound(rows, r) <= joint(rows, r, 2)


def test_unions_are_complements_of_intersections():
    arrangement = family("random:7,3,1")
    sets = positive_sets(arrangement)
    full = (1 << 7) - 1
    unions = {a | b for a, b in combinations_with_replacement(sets, 2)}
    assert {full ^ zero for zero in opposite_zero_sets(arrangement)} == unions


@pytest.mark.parametrize("rows", [[[0, 0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]])
def test_the_formulas_are_refused_elsewhere(rows):
    with pytest.raises(InputError, match="rank"):
        Plane.of(Arrangement.from_table(rows))


@pytest.mark.parametrize("function", [Plane.of, positive_sets, opposite_zero_sets, width_two_masks])
def test_offsets_are_refused(function):
    with pytest.raises(InputError, match="affine"):
        function(Arrangement.from_table([[1]], [2]))
