"""Pooling: the second layer on singletons, brute force on groups, witnesses, and networks drawn at random."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import brute_regions, dot, feasible, product_cone, sign
from support.small_tables import tables

from arrangements import Arrangement, FirstLayer, InputError, Statistics, count_second_layer, iter_pairs
from arrangements.second_layer.patches import image_patches
from arrangements.second_layer.pooling import count_pooled, iter_pooled

SHAPES = st.sampled_from([(1, 6, 3), (2, 4, 2), (2, 3, 3), (3, 2, 2)])  # width, most rows, most columns


def layer_of(table):
    """Rows as they stand: a sum over rows needs their sizes."""
    return FirstLayer.of(Arrangement(tuple(map(tuple, table)), None, len(table[0])))


@st.composite
def pooled(draw):
    width, rows, columns = draw(SHAPES)
    table = draw(tables(rows, columns))
    if draw(st.booleans()):
        table = [[-x for x in row] if k % 2 else row for k, row in enumerate([x for row in table for x in (row, row)])]
        table = table[:rows]
    indices = st.lists(st.integers(0, len(table) - 1), max_size=3)
    return table, draw(st.lists(indices, max_size=4)), width


def brute_pooled(rows, groups, width):
    """Every sign vector tried for every tuple."""
    live = [(region, output) for region in brute_regions(rows) if 1 in region for output in (1, -1)]
    for neurons in combinations(live, min(width, len(live))):
        cone = product_cone(rows, neurons)
        u = [
            tuple(
                sum(output * rows[i][p] for i in group if region[i] > 0)
                for region, output in neurons
                for p in range(len(rows[0]))
            )
            for group in groups
        ]
        for signs in product(*((-1, 1) if any(row) else (0,) for row in u)):
            if feasible([*cone, *(tuple(s * x for x in row) for s, row in zip(signs, u, strict=True) if s)]):
                yield frozenset(neurons), signs


def found_pairs(layer, groups, width):
    pairs = [
        (frozenset((layer.cells[region].signs, output) for region, output in pair.neurons), pair.signs)
        for pair in iter_pooled(layer, groups, width)
    ]
    assert len(set(pairs)) == len(pairs)
    return set(pairs)


@settings(max_examples=60)
@given(pooled())
def test_brute_force(drawn):
    table, groups, width = drawn
    assert found_pairs(layer_of(table), groups, width) == set(brute_pooled([*map(tuple, table)], groups, width))


@settings(max_examples=40)
@given(pooled())
def test_singletons_are_the_second_layer(drawn):
    """The same pairs in the same order with the same witnesses, for rows of any scale."""
    table, _, width = drawn
    layer, singletons = layer_of(table), [[i] for i in range(len(table))]
    assert list(iter_pooled(layer, singletons, width)) == list(iter_pairs(layer, width, engine="lp"))
    assert count_pooled(layer, singletons, width) == count_second_layer(layer, width, engine="lp")
    scaled = FirstLayer.of(Arrangement.from_table(table))
    assert count_pooled(scaled, singletons, width) == count_second_layer(layer, width, engine="rays")


@settings(max_examples=60)
@given(pooled())
def test_witnesses(drawn):
    table, groups, width = drawn
    layer = layer_of(table)
    for pair in iter_pooled(layer, groups, width):
        for (region, _), w in zip(pair.neurons, pair.witness, strict=True):
            assert layer.cells[region].signs == tuple(sign(dot(row, w)) for row in table)
        outputs = [output for _, output in pair.neurons]
        u = [sum(dot(outputs, [max(0, dot(table[i], w)) for w in pair.witness]) for i in group) for group in groups]
        assert pair.signs == tuple(map(sign, u))


@settings(max_examples=40)
@given(pooled(), st.integers(0, 2**32 - 1))
def test_drawn_networks_are_listed(drawn, seed):
    """Of random integer weights, those with two equal signed masks or a neuron that is nowhere active have no tuple."""
    table, groups, width = drawn
    layer, rows = layer_of(table), np.array(table, dtype=object)
    listed = found_pairs(layer, groups, width)
    random = np.random.default_rng(seed)
    for _ in range(60):
        weights = random.integers(-99, 100, (len(table[0]), width)).astype(object)
        outputs = random.choice([-1, 1], width).tolist()
        values = rows.dot(weights)
        neurons = frozenset(
            (tuple(map(sign, column)), output) for column, output in zip(values.T, outputs, strict=True)
        )
        generic = all(any(row) == bool(value) for row, line in zip(table, values, strict=True) for value in line)
        if not generic or len(neurons) < width or not all(1 in region for region, _ in neurons):
            continue
        u = [sum(dot(outputs, [max(0, x) for x in values[i]]) for i in group) for group in groups]
        idle = [all(values[i, j] <= 0 for i in group for j in range(width)) for group in groups]
        if all(value != 0 or still for value, still in zip(u, idle, strict=True)):
            assert (neurons, tuple(map(sign, u))) in listed


def test_scale_of_rows_matters_to_sums():
    """Images (1, -1) and (c, -1): u = (v - v', c v - v') for two filters v > 0 and -v' < 0 of opposite output signs."""
    images = [[[1, -1]], [[3, -1]]]
    for rows, expected in (
        (image_patches(images, 1).arrangement, {(1, 1), (-1, -1), (-1, 1), (1, -1)}),
        (Arrangement.from_table(image_patches(images, 1).rows), {(1, 1), (-1, -1)}),
    ):
        pairs = iter_pooled(FirstLayer.of(rows), image_patches(images, 1).groups, 2)
        assert {pair.signs for pair in pairs if sum(sign for _, sign in pair.neurons) == 0} == expected


def test_overlapping_empty_and_missing_groups():
    layer = layer_of([[1, 0], [0, 1], [1, 1]])
    assert {pair.signs for pair in iter_pooled(layer, [[], []], 2)} == {(0, 0)}
    assert {pair.signs for pair in iter_pooled(layer, [], 1)} == {()}
    assert all(len(set(pair.signs)) == 1 for pair in iter_pooled(layer, [[0, 1], [1, 0]], 2))


def test_zero_rows_alone():
    layer = layer_of([[0, 0], [0, 0]])
    assert count_pooled(layer, [[0, 1]], 2) == (1, 1, 1)
    assert [(pair.neurons, pair.signs) for pair in iter_pooled(layer, [[0], [0, 1]], 2)] == [((), (0, 0))]


def test_statistics_are_kept():
    statistics = Statistics()
    list(iter_pooled(layer_of([[1, 2], [2, -1], [-1, 3]]), [[0, 1], [1, 2]], 2, statistics=statistics))
    assert statistics.nodes > 0


@pytest.mark.parametrize(
    ("groups", "width", "message"),
    [
        ([[0], [2]], 1, "group 2 has the row 2; rows are counted from 0 to 1"),
        ([[-1]], 1, "group 1 has the row -1"),
        ([[0.5]], 1, "group 1 has the row 0.5"),
        ([[0]], 0, "width is 0"),
    ],
)
def test_errors(groups, width, message):
    with pytest.raises(InputError, match=message):
        list(iter_pooled(layer_of([[1], [2]]), groups, width))
