"""Regions with their extreme rays: the regions of the other engine, and rays that span exactly their closures."""

import numpy as np
import pytest
from hypothesis import given, settings
from support.small_tables import tables

from arrangements import Arrangement, FirstLayer, InputError, count_second_layer, family, list_regions
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.region_search import iter_regions_with_rays


def check(arrangement):
    found = list(iter_regions_with_rays(arrangement))
    assert sorted(cell.signs for cell, _ in found) == sorted(
        cell.signs for cell in list_regions(arrangement, engine="lp")
    )
    essential, r = arrangement.essential, arrangement.rank
    normals = np.array(arrangement.normals, dtype=object).reshape(-1, arrangement.dimension)
    for cell, rays in found:
        assert tuple(np.sign(normals @ np.array(cell.witness, dtype=object)).tolist()) == cell.signs
        assert len(set(rays)) == len(rays) >= r
        assert not rays or rank(rays, r) == r
        for ray in rays:
            values = [sum(a * x for a, x in zip(row, ray, strict=True)) for row in essential.rows]
            tight = [row for row, value in zip(essential.rows, values, strict=True) if value == 0]
            assert rank(tight, r) == r - 1  # extreme
            point = np.zeros(arrangement.dimension, dtype=object)
            point[list(essential.columns)] = ray
            outside = np.sign(normals @ point) * np.array(cell.signs) < 0
            assert not outside.any()


@pytest.mark.parametrize("name", ["braid:4", "resonance:3", "threshold:2", "random:6,3,0", "typeB:3", "braid:1"])
def test_families(name):
    check(family(name))


@settings(max_examples=40, deadline=None)
@given(tables(rows=6, columns=3))
def test_degenerate_tables(rows):
    check(Arrangement.from_table(rows))


@pytest.mark.parametrize("name", ["random:6,2,1", "crosspolytope:3", "braid:4"])
def test_the_second_layer_is_the_same_with_and_without_them(name):
    kept, searched = FirstLayer.with_rays(family(name)), FirstLayer.of(family(name), engine="lp")
    assert (kept.rays is None, searched.rays is None) == (False, True)
    counts = {count_second_layer(layer, 2, engine=engine) for layer in (kept, searched) for engine in ("rays", "lp")}
    assert len(counts) == 1


def test_affine_arrangements_are_refused():
    with pytest.raises(InputError, match="central"):
        FirstLayer.with_rays(family("shi:2"))
