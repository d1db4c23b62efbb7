"""What is true of the cells of every arrangement."""

from functools import partial

import pytest
from hypothesis import given, settings
from support.brute_force import dot, sign
from support.small_tables import arrangements, sources, tables

from arrangements import Arrangement, Statistics, iter_covectors, iter_regions
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.engines import ENGINES

LISTERS = pytest.mark.parametrize(
    "lister", [iter_covectors, *(partial(iter_regions, engine=name) for name in ENGINES if name != "auto")]
)


@LISTERS
@settings(max_examples=150)
@given(source=sources(rows=7, columns=4))
def test_witnesses_lie_in_their_cells(lister, source):
    table, offsets = source
    for signs, witness in lister(Arrangement.from_table(table, offsets)):
        *point, denominator = witness if offsets else (*witness, 1)
        assert denominator > 0
        values = [dot(row, point) - b * denominator for row, b in zip(table, offsets or [0] * len(table), strict=True)]
        assert signs == tuple(map(sign, values))


@settings(max_examples=150)
@given(arrangements(rows=6, columns=4))
def test_euler(arrangement):
    """Faces are open balls that fill R^d, so sum (-1)^dim F = (-1)^d (Euler characteristic with compact support)."""
    d = arrangement.dimension

    def dimension(signs):
        return d - rank([row for s, row in zip(signs, arrangement.normals, strict=True) if not s], d)

    assert sum((-1) ** dimension(cell.signs) for cell in iter_covectors(arrangement)) == (-1) ** d


@settings(max_examples=150)
@given(arrangements(rows=6, columns=4))
def test_regions_are_the_faces_of_full_dimension(arrangement):
    zeros = sum(not any(row) for row in arrangement.homogeneous)
    full = {cell.signs for cell in iter_covectors(arrangement) if cell.signs.count(0) == zeros}
    assert full == {cell.signs for cell in iter_regions(arrangement)}


@LISTERS
@given(table=tables(rows=7, columns=4))
def test_central_symmetry(lister, table):
    cells = {cell.signs for cell in lister(Arrangement.from_table(table))}
    assert cells == {tuple(-s for s in signs) for signs in cells}


@given(tables(rows=7, columns=4))
def test_covectors_are_closed_under_composition(table):
    """Composition x o y takes the sign of y where x is zero: an axiom of oriented matroids."""
    faces = {cell.signs for cell in iter_covectors(Arrangement.from_table(table[:4]))}
    assert faces >= {tuple(a or b for a, b in zip(x, y, strict=True)) for x in faces for y in faces}


@given(arrangements(rows=7, columns=4))
def test_every_child_is_accounted_for(arrangement):
    statistics = Statistics()
    list(iter_regions(arrangement, engine="lp", statistics=statistics))
    assert statistics.free + statistics.circuits + statistics.lps == 2 * statistics.nodes
