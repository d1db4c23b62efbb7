"""The ray engine finds the cells that the other engine finds, with witnesses, in both kinds of arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.ray_tables import FAMILIES, TABLES, by_lp, checked, essential, rows_of, without_primes

from arrangements import Arrangement, Statistics
from arrangements.rays.ray_search import RaySearch

SOURCES = {**{name: name for name in FAMILIES}, **TABLES}


@pytest.mark.parametrize("arithmetic", ["auto", "filtered"])
@pytest.mark.parametrize("name", SOURCES)
def test_same_cells(name, arithmetic):
    rows = rows_of(SOURCES[name])
    search = RaySearch(rows, 1, arithmetic=arithmetic)
    assert checked(rows, search) == by_lp(rows)
    assert search.count() == len(by_lp(rows))
    assert not search.frontier


@pytest.mark.parametrize("name", SOURCES)
def test_same_cells_when_every_coincidence_is_a_doubt(name):
    rows = rows_of(SOURCES[name])
    search = without_primes(RaySearch(rows, 1, arithmetic="filtered"))
    assert checked(rows, search) == by_lp(rows)


@given(
    st.integers(1, 4).flatmap(
        lambda d: st.lists(st.lists(st.integers(-3, 3), min_size=d, max_size=d), min_size=1, max_size=8)
    ),
    st.sampled_from(("auto", "filtered")),
)
def test_same_cells_of_small_tables(table, arithmetic):
    if not any(map(any, table)):
        return
    rows = essential(Arrangement.from_table(table))
    assert checked(rows, RaySearch(rows, 1, arithmetic=arithmetic)) == by_lp(rows)


def test_cells_without_a_base_are_closed_under_negation():
    rows = rows_of("typeB:3")
    cells = checked(rows, RaySearch(rows))
    assert len(cells) == 48
    assert {tuple(-s for s in signs) for signs in cells} == cells


@pytest.mark.parametrize("base", [2, 3, 5, 12])
@pytest.mark.parametrize("arithmetic", ["auto", "filtered"])
def test_several_rows_bound_the_cone(base, arithmetic):
    """More of them than independent ones, too; and a cone that has no point at all."""
    rows = rows_of("random:12,3,0")
    search = RaySearch(rows, base, arithmetic=arithmetic)
    assert checked(rows, search) == {signs for signs in by_lp(rows) if min(signs[:base]) > 0}
    assert RaySearch([(1, 0), (0, 1), (-1, -1)], 3, arithmetic=arithmetic).count() == 0


def test_blocks_are_the_cells():
    rows = rows_of("resonance:5")
    blocks = list(RaySearch(rows, 1).blocks())
    assert len(blocks) > 1
    assert sum(len(block.words) for block in blocks) == 11292 // 2
    found = {tuple(signs) for block in blocks for signs in block.signs.tolist()}
    assert found == {tuple(cell.signs.tolist()) for cell in RaySearch(rows, 1)}
    assert all(((block.witnesses @ list(zip(*rows, strict=True)) > 0) == (block.signs > 0)).all() for block in blocks)


def test_a_search_can_be_run_again():
    search = RaySearch(rows_of("braid:5"), 1)
    assert [search.count() for _ in range(3)] == [60, 60, 60]
    assert len(list(search)) == len(list(search)) == 60


def test_statistics_are_added_to():
    statistics = Statistics()
    search = RaySearch(rows_of("braid:5"), 1, statistics)
    cells = search.count()
    assert statistics.nodes == cells - 2**3  # a binary tree for each of the orthants with the first row positive
    assert search.new_rays > 0
