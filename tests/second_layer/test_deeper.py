"""Masks of deeper layers: the second layer, a slow twin, random networks and random trees, and what is known."""

from itertools import combinations_with_replacement, product
from math import prod

import numpy as np
import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import dot
from support.small_tables import tables

from arrangements import Arrangement, FirstLayer, InputError, LimitError, count_second_layer, family, iter_pairs
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks

WIDTHS = [(1,), (2,), (3,), (1, 1), (2, 1), (1, 2), (1, 1, 2), (1, 2, 1), (2, 2)]


def gaussian(n, d, seed=0):
    return Arrangement.from_table(np.random.default_rng(seed).standard_normal((n, d)))


def sign_trees(widths):
    """Every choice of the signs above layer 1: a tree is a multiset of (sign, smaller tree), a leaf is ()."""
    if not widths:
        return [()]
    signed = sorted(product((1, -1), sign_trees(widths[:-1])))
    return list(combinations_with_replacement(signed, widths[-1]))


def pre_activation(tree, row, weights, generic):
    """That of a tree as a formula; it adds to `generic` that it is 0 only where no neuron below is active."""
    if not tree:
        u, idle = z3.Sum([x * w for x, w in zip(row, next(weights), strict=True)]), not any(row)
    else:
        below = [(sign, pre_activation(child, row, weights, generic)) for sign, child in tree]
        u, idle = z3.Sum([sign * z3.If(v > 0, v, 0) for sign, v in below]), z3.And([v <= 0 for _, v in below])
    generic.append(z3.Or(idle, u != 0))
    return u


def asked_masks(rows, widths):
    """Every mask and every tree of signs is asked of z3, in rational arithmetic; no cells, pieces or symmetries."""
    found = set()
    for tree in sign_trees(widths):
        weights = [[z3.Real(f"w{j},{k}") for k in range(len(rows[0]))] for j in range(prod(widths))]
        solver, generic = z3.SimpleSolver(), []
        u = [pre_activation(tree, row, iter(weights), generic) for row in rows]
        solver.add(generic)
        for mask in set(product((0, 1), repeat=len(rows))) - found:
            solver.push()
            solver.add([value >= 0 if bit else value < 0 for value, bit in zip(u, mask, strict=True)])
            if solver.check() == z3.sat:
                found.add(mask)
            solver.pop()
    return found


def tree(rows, widths, random):
    """The pre-activation of a random tree, and for each row whether it is a structural zero; None if not generic."""
    if not widths:
        w = random.integers(-99, 100, len(rows[0])).tolist()
        u, idle = [dot(row, w) for row in rows], [not any(row) for row in rows]
    else:
        children = [tree(rows, widths[:-1], random) for _ in range(widths[-1])]
        if None in children:
            return None
        outputs = (random.integers(1, 99, widths[-1]) * random.choice([-1, 1], widths[-1])).tolist()
        u = [dot(outputs, [max(0, child[i]) for child in children]) for i in range(len(rows))]
        idle = [all(child[i] <= 0 for child in children) for i in range(len(rows))]
    return u if all(value or still for value, still in zip(u, idle, strict=True)) else None


@settings(max_examples=60)
@given(st.sampled_from([(1, 6, 3), (2, 5, 3), (2, 6, 2), (3, 4, 2)]), st.data())
def test_one_width_is_the_second_layer(shape, data):
    width, rows, columns = shape
    arrangement = Arrangement.from_table(data.draw(tables(rows, columns)))
    masks = {pair.mask for pair in iter_pairs(FirstLayer.of(arrangement), width)}
    assert decoupled_masks(arrangement, (width,)) == masks


@settings(max_examples=20)
@given(tables(rows=5, columns=3), st.sampled_from(WIDTHS))
def test_every_mask_asked_of_a_solver(table, widths):
    if prod(widths) > 2:
        table = [row[:2] for row in table[:4]]
    assert decoupled_masks(Arrangement.from_table(table), widths) == asked_masks(table, widths)


@pytest.mark.slow
def test_one_mask_of_seven_plane_rows_is_out_of_reach_of_two_by_two():
    rows = np.rint(1000 * np.random.default_rng(0).standard_normal((7, 2))).astype(int).tolist()
    masks = decoupled_masks(Arrangement.from_table(rows), (2, 2), limit=10**7)
    assert masks == asked_masks(rows, (2, 2)) == set(product((0, 1), repeat=7)) - {(0, 0, 0, 1, 1, 1, 0)}


@settings(max_examples=60)
@given(tables(rows=5, columns=3), st.sampled_from(WIDTHS), st.integers(0, 99))
def test_random_networks_and_trees_are_within(table, widths, seed):
    if widths == (2, 2):
        table = [row[:2] for row in table[:4]]
    arrangement, random = Arrangement.from_table(table), np.random.default_rng(seed)
    masks = decoupled_masks(arrangement, widths)
    assert sampled_masks(arrangement, widths, 200, seed=seed) <= masks
    for _ in range(50):
        u = tree(table, widths, random)
        assert u is None or tuple(int(value >= 0) for value in u) in masks


@settings(max_examples=30)
@given(tables(rows=5, columns=2), st.sampled_from([(1, 1), (2, 1), (1, 2), (1, 1, 2)]), st.integers(0, 2))
def test_masks_grow_with_widths(table, widths, k):
    arrangement = Arrangement.from_table(table[:4])
    wider = tuple(m + (j == k % len(widths)) for j, m in enumerate(widths))
    assert decoupled_masks(arrangement, widths) <= decoupled_masks(arrangement, wider)


@settings(max_examples=30)
@given(tables(rows=6, columns=3), st.sampled_from([(1,), (2,), (1, 2)]))
def test_layers_of_width_one_add_nothing(table, widths):
    """A last layer of width 1 gives the rows with u <= 0, so the masks of -u; a first one has one neuron a piece."""
    arrangement = Arrangement.from_table(table)
    masks = decoupled_masks(arrangement, widths)
    assert decoupled_masks(arrangement, (*widths, 1)) == masks
    assert decoupled_masks(arrangement, (1, *widths)) == masks


@pytest.mark.parametrize("n", [3, 4, 5, 6, 8])
def test_plane_rows_in_general_position(n):
    arrangement = gaussian(n, 2)
    masks = decoupled_masks(arrangement, (2,))
    assert len(masks) == n * n - n + 2 == count_second_layer(FirstLayer.of(arrangement), 2).masks
    assert decoupled_masks(arrangement, (1, 2)) == decoupled_masks(arrangement, (2, 1)) == masks


@pytest.mark.parametrize("n", [4, 6, 8])
def test_one_shared_neuron(n):
    """Whatever lies above one neuron of the first layer, u is a multiple of its output: its mask, or all ones."""
    arrangement = gaussian(n, 2)
    alone = decoupled_masks(arrangement, (1,))
    assert len(alone) == 2 * n + 1
    for widths in ((1,), (1, 2), (1, 3, 2)):
        assert sampled_masks(arrangement, widths, 2000) == alone


@pytest.mark.parametrize(("n", "sampled", "decoupled"), [(3, 8, 8), (4, 15, 16), (5, 25, 32)])
def test_two_by_two_in_the_plane(n, sampled, decoupled):
    arrangement = gaussian(n, 2)
    some, masks = sampled_masks(arrangement, (2, 2), 4000), decoupled_masks(arrangement, (2, 2))
    assert len(some) >= sampled
    assert some <= masks
    assert len(masks) == decoupled


def test_zero_rows_have_bit_one_and_parallel_rows_equal_bits():
    table = [[0, 0], [1, 2], [3, 6], [-1, -2], [2, -1]]
    for masks in (decoupled_masks, lambda a, w: sampled_masks(a, w, 500)):
        found = masks(Arrangement.from_table(table), (2, 2))
        assert all(mask[0] == 1 and mask[1] == mask[2] for mask in found)
        reduced = masks(Arrangement.from_table([table[1], *table[3:]]), (2, 2))
        assert {(mask[1], *mask[3:]) for mask in found} == reduced
        assert masks(Arrangement.from_table([[0, 0]] * 3), (2, 2)) == {(1, 1, 1)}


def test_draws_are_reproducible():
    arrangement = Arrangement.from_table([[1, 0], ["1e40", "1e-40"], [0, 1], [1, -1]])
    first = sampled_masks(arrangement, (2,), 500, seed=3)
    assert first == sampled_masks(arrangement, (2,), 500, seed=3)
    assert first <= decoupled_masks(arrangement, (2,))
    assert len(sampled_masks(arrangement, (2,), 1, seed=5)) <= 1


def test_limit():
    arrangement = gaussian(5, 2)
    with pytest.raises(LimitError, match="layer 2 has 190 sets of 2 signed pieces, above the limit of 189"):
        decoupled_masks(arrangement, (2, 2), limit=189)
    with pytest.raises(LimitError, match="layer 3 has"):
        decoupled_masks(arrangement, (2, 2), limit=190)


@pytest.mark.parametrize("masks", [decoupled_masks, lambda a, w: sampled_masks(a, w, 5)])
def test_errors(masks):
    with pytest.raises(InputError, match="no width"):
        masks(gaussian(2, 2), ())
    with pytest.raises(InputError, match="width is 0"):
        masks(gaussian(2, 2), (2, 0))
    with pytest.raises(InputError, match="central"):
        masks(family("shi:3"), (2,))


def test_no_draws():
    with pytest.raises(InputError, match="draws is 0"):
        sampled_masks(gaussian(2, 2), (2,), 0)
