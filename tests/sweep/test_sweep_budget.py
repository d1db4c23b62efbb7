"""A budget of nodes, the frontier that the sweep leaves, and going on from there."""

import json

import pytest
from support.ray_tables import TABLES, checked, rows_of

from arrangements import RegionSearch, family
from arrangements.errors import InputError
from arrangements.sweep.sweep_search import SweepSearch

NAMES = ["braid:5", "resonance:4", "random:12,3,0", "random:9,5,1", "random:11,7,0", "shi:3", "random:9,8,0"]


@pytest.mark.parametrize("budget", [0, 1, 2, 7, 100])
@pytest.mark.parametrize("name", [*NAMES, "near 1e-15", "long with coincidences", "one row", "one column"])
def test_parts_make_the_whole(name, budget):
    rows = rows_of(TABLES.get(name, name))
    whole = {tuple(cell.signs.tolist()) for cell in SweepSearch(rows)}
    first = SweepSearch(rows)
    parts = [checked(rows, first.cells(budget))]
    todo = list(first.frontier)
    while todo:
        item = todo.pop()
        search = SweepSearch(rows, frontier=[json.loads(json.dumps(item))])
        parts.append(checked(rows, search.cells(max(budget, 1))))
        todo.extend(search.frontier)
    assert sum(map(len, parts)) == len(whole)
    assert set().union(*parts) == whole


def test_counts_stop_as_well():
    search = SweepSearch(rows_of("random:20,6,0"))
    some = search.count(50)
    rest = SweepSearch(rows_of("random:20,6,0"), frontier=search.frontier)
    assert search.statistics.nodes == 50
    assert 0 < some < 16664
    assert some + rest.count() == 16664
    assert search.count() == 16664
    assert search.frontier == ()


def test_a_long_count_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr("arrangements.sweep.sweep_run._SLICE", 100)
    terms = list(SweepSearch(rows_of("random:18,7,0")).counts())
    assert sum(terms) == 21778
    assert len(terms) > 50


def test_nodes_of_a_frontier_are_disjoint():
    search = SweepSearch(rows_of("random:14,6,0"))
    search.count(30)
    nodes = search.frontier
    assert len(nodes) > 2
    for k, node in enumerate(nodes):
        assert all(any(a * b < 0 for a, b in zip(node, other, strict=True)) for other in nodes[:k])


def test_regions_go_on_from_a_frontier():
    table = family("catalan:4")
    search = RegionSearch(table, engine="sweep")
    some = {cell.signs for cell in search.cells(budget=3)}
    rest = {cell.signs for cell in RegionSearch(table, engine="sweep", frontier=search.frontier).cells()}
    assert len(some) > 0
    assert not some & rest
    assert len(some | rest) == 336


@pytest.mark.parametrize(
    "node", [(1, 0), (-1, 0, 0), (1, 2, 0), (1, 0, 0, 0), (1, 0, 1), (1, 1, 1), (0, 0, 0), (1, 0, -1)]
)
def test_foreign_frontiers_are_refused(node):
    with pytest.raises(InputError, match="frontier"):
        SweepSearch([(1, 0), (0, 1), (1, 1)], frontier=[node])
