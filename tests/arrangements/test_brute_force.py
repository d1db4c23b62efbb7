"""Every enumeration against its slow twin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import brute_pairs, brute_regions, count_by_deletion, feasible
from support.small_tables import EVERY_ENGINE, arrangements, tables

from arrangements import Arrangement, FirstLayer, count_second_layer, iter_pairs, iter_regions


def as_set(items):
    listed = list(items)
    assert len(set(listed)) == len(listed), "something is listed twice"
    return set(listed)


@EVERY_ENGINE
@settings(max_examples=150)
@given(arrangement=arrangements(rows=7, columns=4))
def test_regions(engine, arrangement):
    rows, infinity = arrangement.homogeneous, arrangement.infinity
    expected = brute_regions(rows, infinity)
    assert as_set(cell.signs for cell in iter_regions(arrangement, engine=engine)) == expected
    assert count_by_deletion(rows, infinity) == len(expected)


@EVERY_ENGINE
@settings(max_examples=50)
@given(shape=st.sampled_from([(1, 4, 3), (2, 4, 3), (2, 4, 2), (3, 3, 2)]), data=st.data())
def test_second_layer(engine, shape, data):
    width, rows, columns = shape
    layer = FirstLayer.of(Arrangement.from_table(data.draw(tables(rows, columns))))
    expected = set(brute_pairs(layer.arrangement.normals, width))
    found = as_set(
        (frozenset((layer.cells[region].signs, output) for region, output in pair.neurons), pair.signs)
        for pair in iter_pairs(layer, width, engine=engine)
    )
    assert found == expected
    tuples = {neurons for neurons, _ in expected}
    masks = {tuple(s >= 0 for s in signs) for _, signs in expected}
    assert count_second_layer(layer, width, engine=engine) == (len(tuples), len(expected), len(masks))
    assert layer.count_tuples(width) == len(tuples)


@given(tables(rows=7, columns=4))
def test_walls(table):
    """Hyperplane k bounds a cell iff points of k lie on the right side of all the others."""
    layer = FirstLayer.of(Arrangement.from_table(table))
    rows = layer.arrangement.normals
    for cell, walls in zip(layer.cells, layer.walls, strict=True):
        sides = [tuple(s * x for x in row) for s, row in zip(cell.signs, rows, strict=True)]
        for k, members in enumerate(layer.classes):
            others = [side for i, side in enumerate(sides) if any(side) and i not in members]
            assert (k in walls) == feasible(others, [rows[members[0]]])


@pytest.mark.parametrize(
    ("positive", "zero", "expected"),
    [
        ([], [], True),
        ([(0, 0)], [], False),
        ([(1, 0), (-1, 0)], [], False),
        ([(1, 0), (-1, 1)], [], True),
        ([(1, 1), (-1, 1)], [(0, 1)], False),
        ([(1, 1), (1, -1)], [(0, 1)], True),
        ([(1, 0)], [(1, 0)], False),
    ],
)
def test_elimination_by_hand(positive, zero, expected):
    assert feasible(positive, zero) is expected
