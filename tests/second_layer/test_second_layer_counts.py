"""The second layer: reference values, a formula, and what is true of every table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import dot, sign
from support.small_tables import EVERY_ENGINE, tables

from arrangements import Arrangement, FirstLayer, InputError, count_second_layer, family, iter_pairs, iter_products

SHAPES = st.sampled_from([(1, 6, 3), (2, 4, 3), (2, 6, 2), (3, 4, 2)])  # width, most rows, most columns


def gaussian(n, d):
    return FirstLayer.of(Arrangement.from_table(np.random.default_rng(0).standard_normal((n, d))))


def layer_of(table):
    return FirstLayer.of(Arrangement.from_table(table))


def masks(layer, width):
    return {pair.mask for pair in iter_pairs(layer, width)}


@st.composite
def layers(draw):
    width, rows, columns = draw(SHAPES)
    table = draw(tables(rows, columns))
    return table, layer_of(table), width


@pytest.mark.parametrize(
    ("n", "d", "width", "regions", "counts"),
    [
        (5, 2, 1, 10, (20, 20, 11)),
        (5, 2, 2, 10, (190, 330, 22)),
        (5, 2, 3, 10, (1140, 3674, 32)),
        (8, 2, 2, 16, (496, 1056, 58)),
        (6, 3, 2, 32, (2016, 4318, 62)),
    ],
)
@EVERY_ENGINE
def test_reference_table(engine, n, d, width, regions, counts):
    layer = gaussian(n, d)
    assert len(layer.cells) == regions
    assert count_second_layer(layer, width, engine=engine) == counts
    assert layer.count_tuples(width) == counts[0]


@pytest.mark.parametrize("n", [5, 8, 10, 20, 50])
def test_plane_rows_in_no_half_plane(n):
    layer = gaussian(n, 2)
    assert all(len(set(cell.signs)) == 2 for cell in layer.cells), "the rows lie in a half-plane"
    assert count_second_layer(layer, 2).pairs == n**3 + 9 * n**2 - 4 * n


@EVERY_ENGINE
@settings(max_examples=60)
@given(drawn=layers())
def test_witnesses(engine, drawn):
    """The weights lie in their first-layer regions, and the ReLU network that they make has the signs s."""
    table, layer, width = drawn
    for pair in iter_pairs(layer, width, engine=engine):
        for (region, _), w in zip(pair.neurons, pair.witness, strict=True):
            assert layer.cells[region].signs == tuple(sign(dot(row, w)) for row in table)
        outputs = [output for _, output in pair.neurons]
        u = [dot(outputs, [max(0, dot(row, w)) for w in pair.witness]) for row in table]
        assert pair.signs == tuple(map(sign, u))
        assert pair.mask == tuple(int(value >= 0) for value in u)


@settings(max_examples=60)
@given(layers())
def test_mirror_image(drawn):
    """All output signs flipped: the same tuples, with u negated."""
    _, layer, width = drawn
    pairs = {(frozenset(pair.neurons), pair.signs) for pair in iter_pairs(layer, width)}
    mirrored = {
        (frozenset((region, -output) for region, output in neurons), tuple(-s for s in signs))
        for neurons, signs in pairs
    }
    assert mirrored == pairs


@settings(max_examples=60)
@given(layers())
def test_masks_grow_with_width(drawn):
    _, layer, width = drawn
    assert masks(layer, width - 1 or 1) <= masks(layer, width)


@settings(max_examples=60)
@given(layers(), st.data())
def test_positive_scaling_of_rows(drawn, data):
    table, layer, width = drawn
    factors = data.draw(st.lists(st.fractions("1/9", 9), min_size=len(table), max_size=len(table)))
    scaled = layer_of([[c * x for x in row] for c, row in zip(factors, table, strict=True)])
    assert count_second_layer(scaled, width) == count_second_layer(layer, width)


@given(tables(rows=5, columns=3))
def test_opposite_signs_at_width_two_are_the_first_layer(table):
    """The s of pairs with I = (+, -) and s_i != 0 at every non-zero row are exactly the sign vectors of the regions.

    If relu(a) - relu(b) is not zero, its sign is that of a - b: so s is the region of w_1 - w_2. Conversely the region
    of w is s at (w, -w), as relu(x) - relu(-x) = x; if one of the two is not live, the other taken twice will do.
    """
    layer = layer_of(table)
    found = {
        pair.signs
        for pair in iter_pairs(layer, 2)
        if sum(output for _, output in pair.neurons) == 0
        and all(s != 0 for s, row in zip(pair.signs, table, strict=True) if any(row))
    }
    assert found == {cell.signs for cell in layer.cells}


@settings(max_examples=60)
@given(layers())
def test_splitters_are_the_rows_whose_sign_is_not_forced(drawn):
    """Grouped rows never disagree; a row outside the groups has one sign in all pairs of the tuple."""
    _, layer, width = drawn
    for product in iter_products(layer, width):
        mixed = {i for group in product.splitters for i in group}
        for i in set(range(len(layer.arrangement.normals))) - mixed:
            assert len({pair.signs[i] for pair in product.pairs}) == 1
        for group in product.splitters:
            assert len({tuple(pair.signs[i] * pair.signs[group[0]] for i in group) for pair in product.pairs}) == 1


def test_all_signed_masks_where_fewer_than_the_width_exist():
    layer = layer_of([[1], [2]])
    assert layer.count_tuples(99) == 1
    for engine in ("rays", "lp"):
        assert count_second_layer(layer, 99, engine=engine) == count_second_layer(layer, 2, engine=engine)


@EVERY_ENGINE
def test_nothing_is_live_on_zero_rows(engine):
    layer = layer_of([[0, 0], [0, 0]])
    assert count_second_layer(layer, 2, engine=engine) == (1, 1, 1)
    assert [pair.signs for pair in iter_pairs(layer, 2, engine=engine)] == [(0, 0)]


@pytest.mark.parametrize("width", [0, -3])
def test_width_below_one(width):
    layer = layer_of([[1]])
    with pytest.raises(InputError, match=f"width is {width}"):
        count_second_layer(layer, width)
    with pytest.raises(InputError, match=f"width is {width}"):
        layer.count_tuples(width)


def test_affine_arrangements_have_no_second_layer():
    with pytest.raises(InputError, match="central"):
        FirstLayer.of(family("shi:3"))
