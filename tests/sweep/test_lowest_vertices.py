"""Every region has the lowest vertex that the sweep says it has, by the definition; and the recipe makes its point."""

import numpy as np
import pytest
from hypothesis import given, settings
from support.plain_sweep import dot, lowest_vertex
from support.ray_tables import TABLES, rows_of
from support.small_tables import arrangements

from arrangements.errors import InputError
from arrangements.exact.linear_algebra import independent_rows
from arrangements.exact.packed_bits import unpacked
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep.sweep_search import SweepSearch

NAMES = ["random:7,3,0", "random:8,4,0", "random:9,5,0", "random:8,6,0", "braid:5", "resonance:3", "threshold:3"]


def order_of(rows):
    return [*range(1, len(rows)), 0]


def expected_recipe(rows, rays, functionals):
    """The first basis, in the order of the sweep, of the rows that vanish on the lowest vertex whatever the level.

    On the flat of a level a row is 0 at the vertex if it is a combination of rows there; which functionals are 0 too
    does not matter, as they are generic.
    """
    level, vertex = lowest_vertex(rows, rays, functionals)
    zeros = [k for k in order_of(rows) if dot(rows[k], vertex) == 0]
    chosen = [zeros[i] for i in independent_rows([rows[k] for k in zeros], len(rows[0]))] if zeros else []
    assert len(chosen) == len(rows[0]) - 1 - 2 * level
    return set(chosen)


def compared(rows):
    search = SweepSearch(rows)
    assert not any(search.space.shifts)
    functionals = search.space.functionals.terms(1)
    expected = {
        tuple(signs.tolist()): expected_recipe(rows, rays, functionals)
        for signs, rays in RaySearch(rows, 1).cells_with_rays()
    }
    found = {}
    for words, recipes in search.recipes():
        for signs, recipe in zip(unpacked(words, len(rows)), unpacked(recipes, len(rows)), strict=True):
            assert tuple(signs.tolist()) not in found
            found[tuple(signs.tolist())] = set(np.flatnonzero(recipe > 0).tolist())
    assert found == expected


def equal_columns(rows):
    """The rows with unit rows of the longest entry, so that no column is made larger."""
    longest = max(abs(x) for row in rows for x in row)
    return [*rows, *(tuple(longest if i == j else 1 + i + j for i in range(len(rows[0]))) for j in range(len(rows[0])))]


@pytest.mark.parametrize("name", NAMES)
def test_families(name):
    compared([tuple(row) for row in rows_of(name)] if "random" not in name else equal_columns(rows_of(name)))


@settings(max_examples=60)
@given(arrangements(rows=7, columns=4))
def test_small_tables(arrangement):
    rows = arrangement.essential.rows
    if rows and len({max(map(abs, column)).bit_length() for column in zip(*rows, strict=True)}) == 1:
        compared(rows)


@pytest.mark.parametrize("name", ["near 1e-9", "huge", "columns far apart", "rank 2", "zero and repeated"])
def test_a_recipe_makes_a_point(name):
    rows = rows_of(TABLES[name])
    search = SweepSearch(rows)
    number = 0
    for words, recipes in search.recipes():
        for line, recipe in zip(words, recipes, strict=True):
            point = search.point(line, recipe)
            signs = unpacked(line[None], len(rows))[0].tolist()
            assert all(s * dot(row, point) > 0 for s, row in zip(signs, rows, strict=True))
            number += 1
    assert number == RaySearch(rows, 1).count()


def test_a_recipe_of_another_region_is_refused():
    search = SweepSearch(rows_of("random:9,4,0"))
    words, recipes = next(search.recipes())
    with pytest.raises(InputError, match="no region"):
        search.point(words[0], recipes[1])
    with pytest.raises(InputError, match="no region"):
        search.point(words[0], recipes[0] ^ recipes[0])
