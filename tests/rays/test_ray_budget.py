"""A budget of nodes, the frontier that it leaves, and going on from there, in this process or another."""

import json

import pytest
from support.ray_tables import TABLES, checked, rows_of, without_primes

from arrangements.errors import InputError
from arrangements.rays.ray_search import RaySearch

NAMES = ["braid:5", "resonance:4", "random:12,3,0", "random:9,5,1", "shi:3"]


@pytest.mark.parametrize("budget", [0, 1, 2, 7, 100])
@pytest.mark.parametrize("name", NAMES)
def test_parts_make_the_whole(name, budget):
    rows = rows_of(name)
    whole = {tuple(cell.signs.tolist()) for cell in RaySearch(rows, 1)}
    first = RaySearch(rows, 1)
    parts = [checked(rows, first.cells(budget))]
    todo = list(first.frontier)
    while todo:
        item = todo.pop()
        search = RaySearch(rows, 1, frontier=[json.loads(json.dumps(item))])
        parts.append(checked(rows, search.cells(max(budget, 1))))
        todo.extend(search.frontier)
    assert sum(map(len, parts)) == len(whole)
    assert set().union(*parts) == whole


@pytest.mark.parametrize("name", ["long with coincidences", "near 1e-15", "decimals"])
def test_parts_make_the_whole_with_doubts(name):
    rows = rows_of(TABLES[name])
    whole = RaySearch(rows, 1).count()
    search = RaySearch(rows, 1, arithmetic="filtered")
    found = without_primes(search).count(5)
    assert found < whole
    while search.frontier:
        search = RaySearch(rows, 1, arithmetic="filtered", frontier=search.frontier)
        found += without_primes(search).count(20)
    assert found == whole


def test_counts_stop_as_well():
    search = RaySearch(rows_of("braid:6"), 1)
    some = search.count(50)
    rest = RaySearch(rows_of("braid:6"), 1, frontier=search.frontier)
    assert search.statistics.nodes == 50
    assert 0 < some < 360
    assert some + rest.count() == 360
    assert search.count() == 360
    assert search.frontier == ()


def test_many_orthants_are_left_in_few_words():
    """What the search did not even start is one node for each power of two of it, not one for each orthant."""
    search = RaySearch(rows_of("random:16,12,0"), 1)
    found = search.count(200)
    assert len(search.frontier) < 40
    assert (
        found + RaySearch(search.setting.rows, 1, frontier=search.frontier).count()
        == RaySearch(search.setting.rows, 1).count()
    )


@pytest.mark.parametrize("frontier", [[(1, 0)], [(-1, 0, 0)], [(1, 2, 0)], [(1, 0, 0, 0)]])
def test_foreign_frontiers_are_refused(frontier):
    with pytest.raises(InputError, match="frontier"):
        RaySearch([(1, 0), (0, 1), (1, 1)], 1, frontier=frontier)
