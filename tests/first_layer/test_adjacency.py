"""Adjacency of regions: against brute force over faces, walls, and distances."""

import networkx
import pytest
from hypothesis import given, settings
from support.brute_force import brute_covectors, brute_regions, dot, sign
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import (
    Arrangement,
    InputError,
    f_vector,
    family,
    hyperplane_rows,
    iter_adjacencies,
    iter_covectors,
    iter_regions,
    tope_graph,
)
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.layer import walls

NAMES = pytest.mark.parametrize("name", ["braid:4", "typeB:3", "resonance:3", "shi:3", "random:7,3,0", "random:70,2,0"])


def separating(a, b, classes):
    return [k for k, rows in enumerate(classes) if a[rows[0]] != b[rows[0]]]


def by_facets(arrangement):
    """Every face that one hyperplane alone holds, and the two regions around it; no theorem about flips."""
    rows, infinity = arrangement.homogeneous, arrangement.infinity
    cells = brute_regions(rows, infinity)
    for face in brute_covectors(rows, infinity):
        on = [i for i, (s, row) in enumerate(zip(face, rows, strict=True)) if not s and any(row)]
        if on and rank([rows[i] for i in on], len(rows[0])) == 1:
            first = rows[on[0]]
            plus = tuple(
                sign(dot(first, row)) if i in on else s for i, (s, row) in enumerate(zip(face, rows, strict=True))
            )
            minus = tuple(-s if i in on else s for i, s in enumerate(plus))
            assert {minus, plus} <= cells
            yield minus, plus, tuple(on)


@EVERY_ENGINE
@settings(max_examples=150)
@given(arrangement=arrangements(rows=5, columns=4))
def test_brute_force(engine, arrangement):
    rows = hyperplane_rows(arrangement)
    found = [(minus, plus, rows[k]) for minus, plus, k in iter_adjacencies(arrangement, engine=engine)]
    assert len(set(found)) == len(found)
    assert set(found) == set(by_facets(arrangement))


@settings(max_examples=40)
@given(arrangements(rows=8, columns=4))
def test_the_pairs_are_the_faces_one_dimension_below(arrangement):
    """The face between two regions is 0 on their hyperplane; there are as many pairs as such faces."""
    rows = hyperplane_rows(arrangement)
    between = {
        tuple(0 if i in rows[k] else s for i, s in enumerate(plus)) for _, plus, k in iter_adjacencies(arrangement)
    }
    zeros = {i for i, row in enumerate(arrangement.homogeneous) if not any(row)}
    nothing = [{i for i, s in enumerate(face.signs) if not s} - zeros for face in iter_covectors(arrangement)]
    assert len(between) == sum(on in map(set, rows) for on in nothing) == f_vector(arrangement)[-2]


@settings(max_examples=100)
@given(arrangements(rows=8, columns=4))
def test_hyperplane_rows(arrangement):
    rows = hyperplane_rows(arrangement)
    assert len(rows) == len(arrangement.hyperplanes)
    for members, hyperplane in zip(rows, arrangement.hyperplanes, strict=True):
        for i, row in enumerate(arrangement.homogeneous):
            assert (i in members) == (any(arrangement.normals[i]) and rank([row, hyperplane], len(row)) == 1)


@EVERY_ENGINE
@NAMES
def test_walls(engine, name):
    arrangement = family(name)
    rows = hyperplane_rows(arrangement)
    cells = {cell.signs for cell in iter_regions(arrangement)}
    found = {signs: set() for signs in cells}
    for minus, plus, k in iter_adjacencies(arrangement, engine=engine):
        found[minus].add(k)
        found[plus].add(k)
        assert separating(minus, plus, rows) == [k]
        assert minus[rows[k][0]] < 0 < plus[rows[k][0]]
    assert all(found[signs] == set(walls(signs, rows, cells)) for signs in cells)


@EVERY_ENGINE
@NAMES
def test_distance_is_the_number_of_separating_hyperplanes(engine, name):
    arrangement = family(name)
    graph, rows = tope_graph(arrangement, engine=engine), hyperplane_rows(arrangement)
    assert set(graph) == {cell.signs for cell in iter_regions(arrangement)}
    for a, lengths in networkx.all_pairs_shortest_path_length(graph):
        assert lengths == {b: len(separating(a, b, rows)) for b in graph}


@settings(max_examples=60)
@given(arrangement=arrangements(rows=7, columns=4))
def test_graph(arrangement):
    graph, rows = tope_graph(arrangement), hyperplane_rows(arrangement)
    assert networkx.is_connected(graph)
    assert networkx.is_bipartite(graph)
    for signs, witness in graph.nodes(data="witness"):
        assert signs == tuple(sign(dot(row, witness)) for row in arrangement.homogeneous)
    for a, b, data in graph.edges(data=True):
        assert data["rows"] == rows[data["hyperplane"]] == tuple(i for i, s in enumerate(a) if s != b[i])
    for a, lengths in networkx.all_pairs_shortest_path_length(graph):
        assert all(distance == len(separating(a, b, rows)) for b, distance in lengths.items())


@given(arrangement=arrangements(rows=8, columns=4))
def test_engines_give_one_graph(arrangement):
    a, b = (tope_graph(arrangement, engine=engine) for engine in ("rays", "lp"))
    assert list(a) == list(b)
    assert list(a.edges(data=True)) == list(b.edges(data=True))


def test_known_graphs():
    """The permutohedron, and the cube."""
    permutohedron = tope_graph(family("braid:5"))
    assert {degree for _, degree in permutohedron.degree} == {4}
    assert (len(permutohedron), networkx.diameter(permutohedron)) == (120, 10)
    cube = tope_graph(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    assert networkx.is_isomorphic(cube, networkx.hypercube_graph(3))


@pytest.mark.parametrize(("table", "offsets"), [([[0, 0]], None), ([[0, 0], [0, 0]], [0, 3])])
def test_one_region_has_no_neighbour(table, offsets):
    arrangement = Arrangement.from_table(table, offsets)
    assert hyperplane_rows(arrangement) == ()
    assert list(iter_adjacencies(arrangement)) == []
    assert len(tope_graph(arrangement)) == 1


@pytest.mark.parametrize("lister", [iter_adjacencies, tope_graph])
def test_unknown_engine(lister):
    with pytest.raises(InputError, match=r"'cdd'.*auto, sweep, rays, lp"):
        lister(family("braid:3"), engine="cdd")
