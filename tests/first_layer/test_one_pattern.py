"""Whatever can be listed is yielded, listed and counted alike; and numbers that theorems connect agree."""

import pytest
from hypothesis import given
from support.small_tables import EVERY_ENGINE, arrangements, tables

import arrangements as a
from arrangements import Arrangement, FirstLayer

EVERYTHING = ["adjacencies", "bounded_regions", "circuits", "cocircuits", "covectors", "flats", "regions"]
FOR_OFFSETS, FOR_CENTRAL = ("bounded_regions",), ("circuits", "cocircuits")


@pytest.mark.parametrize("name", EVERYTHING)
@given(arrangement=arrangements(5, 3))
def test_yielded_listed_counted(name, arrangement):
    if arrangement.is_affine and name in FOR_CENTRAL:
        arrangement = arrangement.cone()
    if not arrangement.is_affine and name in FOR_OFFSETS:
        arrangement = Arrangement(arrangement.normals, (1,) * len(arrangement), arrangement.dimension)
    iterate, listed, count = (getattr(a, f"{way}_{name}") for way in ("iter", "list", "count"))
    found = list(map(repr, iterate(arrangement)))
    assert sorted(map(repr, listed(arrangement))) == sorted(found)
    assert count(arrangement) == len(found) == len(set(found))


@EVERY_ENGINE
@given(table=tables(4, 3))
def test_vertices_pairs_and_tuples(engine, table):
    arrangement = Arrangement.from_table(table)
    vertices = a.list_zonotope_vertices(arrangement, engine=engine)
    assert vertices == list(a.iter_zonotope_vertices(arrangement, engine=engine))
    assert len(vertices) == a.count_regions(arrangement, engine=engine)
    layer = FirstLayer.of(arrangement)
    counts = a.count_second_layer(layer, 1, engine=engine)
    assert counts.pairs == len(a.list_pairs(layer, 1, engine=engine))
    assert counts.tuples == len(a.list_products(layer, 1, engine=engine))
    groups = [range(len(table)), [0]]
    assert a.count_pooled(layer, groups, 1).pairs == len(a.list_pooled(layer, groups, 1))


@given(arrangements(6, 3))
def test_adjacencies_are_the_facets(arrangement):
    facets = a.f_vector(arrangement)[-2]
    assert a.count_adjacencies(arrangement) == facets


@given(arrangements(6, 3))
def test_flats_are_closed_and_localize(arrangement):
    """The rows that contain a flat are those of the localization to it, whose rank is the codimension."""
    ambient = arrangement.dimension + arrangement.is_affine
    lineality = len(arrangement.lineality)
    for flat in a.iter_flats(arrangement):
        local = arrangement.localization(rows=flat.rows)
        assert len(local) == len(flat.rows)
        assert local.rank == ambient - lineality - len(flat.basis)
