"""The bound of layer l: its proof step by step on small trees, the second layer, growth, and real counts below it."""

from collections import Counter
from itertools import combinations, combinations_with_replacement, product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrangements import Arrangement, FirstLayer, count_second_layer
from arrangements.errors import InputError
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks
from theory import joint, layer_dimension, layer_exponent, layer_formula, layer_joint, sign_choices, two_to_n

SMALL = [(1,), (2,), (3,), (1, 1), (1, 2), (2, 1), (2, 2), (1, 1, 2), (1, 2, 1), (2, 1, 2), (3, 1)]


def trees(widths):
    """Every choice of signs once: a tree is a sorted multiset of (sign, smaller tree), a leaf is ()."""
    if not widths:
        return [()]
    signed = sorted(product((1, -1), trees(widths[:-1])))
    return list(combinations_with_replacement(signed, widths[-1]))


def leaves(tree):
    return sum(leaves(child) for _, child in tree) if tree else 1


def cutting_sets(tree, first=0):
    """The sets A of the proof, one neuron after the other; leaves are numbered from `first`."""
    if not tree:
        return [(first,)]
    found, sides = [], []
    for sign, child in tree:
        found += cutting_sets(child, first)
        sides += [sign] * leaves(child)
        first += leaves(child)
    offset = first - len(sides)
    for size in range(2, len(sides) + 1):
        chosen = combinations(range(len(sides)), size)
        found += [tuple(offset + j for j in a) for a in chosen if len({sides[j] for j in a}) == 2]
    return found


def effect(tree):
    """For each leaf the product of the signs on its way to the top."""
    return [sign * e for sign, child in tree for e in effect(child)] if tree else [1]


def forward(tree, values):
    """All pre-activations, the top one first, from those of the leaves."""
    if not tree:
        return [values[0]]
    u, below, first = 0, [], 0
    for sign, child in tree:
        inner = forward(child, values[first : first + leaves(child)])
        first += leaves(child)
        below += inner
        u += sign * max(0, inner[0])
    return [u, *below]


@pytest.mark.parametrize("widths", SMALL)
def test_choices_and_hyperplanes_are_those_of_all_trees(widths):
    counted = Counter(len(cutting_sets(tree)) for tree in trees(widths))
    assert sign_choices(widths) == counted
    total = 1
    for m in widths:
        total = comb(2 * total + m - 1, m)
    assert sum(counted.values()) == total
    assert all(len(set(cutting_sets(tree))) == len(cutting_sets(tree)) < 2 ** prod(widths) for tree in trees(widths))


@settings(max_examples=60)
@given(st.sampled_from([(2,), (3,), (1, 2), (2, 1), (2, 2), (1, 1, 2), (2, 1, 2)]), st.data())
def test_regions_fix_every_sign(widths, data):
    """Two weight vectors with equal signs at the hyperplanes of the proof have equal signs at every neuron."""
    tree = data.draw(st.sampled_from(trees(widths)))
    seen = {}
    for v in product((-3, -1, 1, 2, 5), repeat=leaves(tree)):
        values = [e * x for e, x in zip(effect(tree), v, strict=True)]
        region = tuple(np.sign(sum(v[j] for j in a)) for a in cutting_sets(tree))
        pattern = tuple(np.sign(forward(tree, values)))
        assert 0 in region or seen.setdefault(region, pattern) == pattern


def test_one_width_is_the_joint_bound():
    for n, r, m in product(range(1, 9), range(1, 5), range(1, 6)):
        if r <= n:
            assert layer_joint(n, r, (m,)) == joint(n, r, m)


@given(st.integers(1, 40), st.integers(1, 3), st.sampled_from(SMALL))
def test_formula_is_the_bound(n, r, widths):
    expression = layer_formula(r, widths)
    if r <= n:
        assert expression.subs(dict.fromkeys(expression.free_symbols, n)) == layer_joint(n, r, widths)


@pytest.mark.parametrize("widths", SMALL)
@pytest.mark.parametrize("r", [1, 2, 3])
def test_order_of_remark_5(r, widths):
    """O(n^(r M)) is true, by one power to spare."""
    assert layer_exponent(r, widths) == layer_dimension(r, widths) - 1 == r * prod(widths) - 1


def test_bound_grows():
    for widths in SMALL:
        assert layer_joint(5, 2, widths) <= layer_joint(6, 2, widths)
        assert layer_joint(5, 2, widths) <= layer_joint(5, 3, widths)
        assert layer_joint(5, 2, widths) <= layer_joint(5, 2, (*widths, 1))


@pytest.mark.parametrize(
    ("n", "widths"),
    [(4, (1, 2)), (6, (1, 2)), (4, (2, 1)), (6, (2, 1)), (5, (1, 1, 2)), (6, (1, 1, 2)), (3, (2, 2)), (5, (2, 2))],
)
def test_sandwich(n, widths):
    arrangement = Arrangement.from_table(np.random.default_rng(0).standard_normal((n, 2)))
    some, masks = sampled_masks(arrangement, widths, 2000), decoupled_masks(arrangement, widths)
    assert some <= masks
    assert len(masks) <= min(layer_joint(n, 2, widths), two_to_n(n))


def test_patterns_of_the_second_layer_are_below():
    layer = FirstLayer.of(Arrangement.from_table(np.random.default_rng(0).standard_normal((5, 2))))
    assert count_second_layer(layer, 3).pairs == 3674 <= layer_joint(5, 2, (3,))


def test_wide_layers_are_exact_integers():
    assert layer_joint(50, 4, (8, 4)) > 2**500
    assert sum(sign_choices((8, 4)).values()) == comb(2 * 9 + 3, 4)


@pytest.mark.parametrize(
    ("n", "r", "widths", "message"),
    [
        (3, 2, (), "no width"),
        (3, 2, (2, 0), "width must be an integer above 0, not 0"),
        (3, 2, (1.5,), "not 1.5"),
        (3, 4, (1,), "rank 4 exceeds the number of rows 3"),
        (0, 1, (1,), "number of rows must be"),
    ],
)
def test_errors(n, r, widths, message):
    with pytest.raises(InputError, match=message):
        layer_joint(n, r, widths)


def test_errors_of_the_dimension():
    with pytest.raises(InputError, match="rank must be an integer above 0, not 0"):
        layer_dimension(0, (2,))
    with pytest.raises(InputError, match="no width"):
        sign_choices(())
