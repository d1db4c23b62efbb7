"""Arrangements of graphs against chromatic and Tutte polynomials, orientations and parking functions."""

from fractions import Fraction
from itertools import product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Poly, Rational, symbols

import arrangements
from arrangements import InputError, family
from arrangements.families import bigraphical, braid, g_semiorder, g_shi, graphical, semiorder, shi
from arrangements.families.graphs import Graph, complete_graph, graph_of, read_graph
from theory.counting.zaslavsky import characteristic_polynomial, distinct_lines, region_number

NAMED = {
    "complete,1": nx.complete_graph(1),
    "complete,4": nx.complete_graph(4),
    "cycle,3": nx.cycle_graph(3),
    "cycle,5": nx.cycle_graph(5),
    "path,2": nx.path_graph(2),
    "path,5": nx.path_graph(5),
    "star,4": nx.star_graph(3),
    "bipartite,2,3": nx.complete_bipartite_graph(2, 3),
}


@st.composite
def graphs(draw, most=5):
    """Any simple graph, isolated vertices and no edges included."""
    n = draw(st.integers(1, most))
    graph = nx.empty_graph(n)
    graph.add_edges_from(edge for edge in nx.complete_graph(n).edges if draw(st.booleans()))
    return graph


def regions(arrangement):
    """The number of regions by Zaslavsky's theorem, which listing has to meet."""
    count = region_number(arrangement)
    assert arrangements.count_regions(arrangement) == count
    return count


def acyclic_orientations(graph):
    """By definition: all orientations, and those without a directed cycle."""
    edges = list(graph.edges)
    directed = (
        nx.DiGraph((e if keep else e[::-1]) for e, keep in zip(edges, choice, strict=True))
        for choice in product((True, False), repeat=len(edges))
    )
    return sum(nx.is_directed_acyclic_graph(orientation) for orientation in directed)


def parking_functions(graph):
    """G-parking functions of the graph with a sink joined to every vertex, by definition.

    f is one if every non-empty set of vertices has a v with f(v) below the number of edges from v out of the set.
    """
    n = len(graph)
    degree = [graph.degree(v) + 1 for v in range(n)]
    subsets = [[v for v in range(n) if k >> v & 1] for k in range(1, 1 << n)]
    out = [{v: degree[v] - sum(u in graph[v] for u in subset) for v in subset} for subset in subsets]
    return {f for f in product(*map(range, degree)) if all(any(f[v] < out_v for v, out_v in o.items()) for o in out)}


def forests_at(graph, x):
    """2^(n-c) T(x, 1), c components, from networkx's Tutte polynomial."""
    tutte = nx.tutte_polynomial(graph).subs(dict(zip(symbols("x y"), (x, 1), strict=True)))
    return 2 ** (len(graph) - nx.number_connected_components(graph)) * tutte


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_graphical_has_the_chromatic_polynomial(graph):
    made = graphical(graph)
    chromatic = Poly(nx.chromatic_polynomial(graph), symbols("x")).all_coeffs()
    found = characteristic_polynomial(made)
    assert list(found) == chromatic
    assert regions(made) == acyclic_orientations(graph)


def test_petersen():
    """16680 acyclic orientations: networkx's chromatic polynomial at -1, which takes seconds."""
    assert region_number(graphical(nx.petersen_graph())) == 16680


@settings(max_examples=25, deadline=None)
@given(graphs(4))
def test_bigraphical_is_generic_without_parameters(graph):
    """Hopkins and Perkinson 2016, in every component: 2^(n-c) T(3/2, 1)."""
    assert regions(bigraphical(graph)) == forests_at(graph, Rational(3, 2))


@settings(max_examples=25, deadline=None)
@given(graphs(4), st.data())
def test_other_parameters_give_at_most_as_many_regions(graph, data):
    arcs = [arc for u, v in graph.edges for arc in ((u, v), (v, u))]
    parameters = {arc: data.draw(st.fractions(Fraction(1, 3), 4, max_denominator=3)) for arc in arcs}
    made = bigraphical(graph, parameters)
    assert regions(made) <= forests_at(graph, Rational(3, 2))
    expected = {frozenset(((u, 1), (v, -1), ("b", parameters[u, v]))) for u, v in arcs}
    found = set()
    for row, b in zip(made.normals, made.offsets, strict=True):
        i, j = row.index(max(row)), row.index(min(row))
        assert row.count(0) == len(graph) - 2
        found.add(frozenset(((i, 1), (j, -1), ("b", Fraction(b, row[i])))))
    assert found == expected


def test_unit_parameters_give_the_semiorders():
    ones = {(i, j): 1 for i in range(4) for j in range(4) if i != j}
    lines = [distinct_lines(a.homogeneous) for a in (bigraphical(nx.complete_graph(4), ones), semiorder(4))]
    assert lines[0] == lines[1]


@settings(max_examples=25, deadline=None)
@given(graphs(4))
def test_labels_of_g_shi_are_parking_functions(graph):
    """Hopkins and Perkinson 2016: every parking function labels a region, so there are at least as many regions.

    A region is labelled by how often each vertex is the smaller end: for every hyperplane between it and the region
    0 < x_i - x_j < 1 (i < j), x_i - x_j = 1 counts for i and x_i - x_j = 0 for j.
    """
    made, known = g_shi(graph), graph_of(graph)
    labels = set()
    for region in arrangements.iter_regions(made):
        label = [0] * len(graph)
        for (i, j), below, above in zip(known.edges, region.signs[::2], region.signs[1::2], strict=True):
            label[j] += below < 0
            label[i] += above > 0
        labels.add(tuple(label))
    assert labels == parking_functions(graph)


@pytest.mark.parametrize("n", range(1, 6))
def test_complete_graphs(n):
    graph = nx.complete_graph(n)
    assert graphical(graph) == family(f"graphical:complete,{n}") == braid(n)
    assert g_shi(graph) == family(f"G-Shi:complete,{n}") == shi(n)
    assert g_semiorder(graph) == family(f"G-semiorder:complete,{n}") == semiorder(n)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6), st.randoms(use_true_random=False))
def test_trees(n, random):
    """The edges of a tree are independent: 2 sides of each for graphical, 3 for the deformations with two shifts."""
    tree = nx.Graph([(random.randrange(v), v) for v in range(1, n)])
    tree.add_nodes_from(range(n))
    assert regions(graphical(tree)) == 2 ** (n - 1)
    assert regions(g_shi(tree)) == regions(g_semiorder(tree)) == regions(bigraphical(tree)) == 3 ** (n - 1)


@settings(max_examples=25, deadline=None)
@given(graphs(4))
def test_special_parameters_give_at_most_as_many_regions(graph):
    """Those of G-Shi are 0 and 1, those of G-semiorder all 1."""
    for made in (g_shi(graph), g_semiorder(graph)):
        assert regions(made) <= forests_at(graph, Rational(3, 2))


@pytest.mark.parametrize("text", NAMED)
def test_named_graphs(text):
    """Our stars count all vertices; those of networkx leave out the centre."""
    made = read_graph(text)
    assert made == read_graph(text.upper()) == graph_of(NAMED[text])


def test_every_form_of_a_graph_gives_the_same_arrangement():
    edges = [(0, 1), (1, 2), (0, 2), (2, 3)]
    forms = [
        edges,
        iter(edges),
        [list(edge[::-1]) for edge in edges],
        edges + edges[:2],
        nx.Graph(edges),
        nx.DiGraph(edges),
        nx.MultiGraph(edges + edges),
        Graph((0, 1, 2, 3), tuple(sorted(edges))),
    ]
    assert {graphical(form) for form in forms} == {family("graphical:0-1,1-2,0-2,2-3")}


def test_coordinates_follow_the_vertices():
    """A networkx graph's own order, isolated nodes included; the sorted ends of a list of edges."""
    graph = nx.Graph()
    graph.add_nodes_from("cba")
    graph.add_edge("a", "c")
    assert graphical(graph).normals == ((1, 0, -1),)
    assert graphical([("c", "b"), ("a", "c")]).normals == ((1, 0, -1), (0, 1, -1))
    assert complete_graph(1) == graph_of(nx.empty_graph(1))


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ([], "the graph has no vertices"),
        (nx.Graph(), "the graph has no vertices"),
        ([(0, 0)], r"\(0, 0\) is not an edge"),
        (nx.Graph([("a", "a")]), r"\('a', 'a'\) is not an edge"),
        ([(0, 1, 2)], r"\(0, 1, 2\) is not an edge"),
        ([7], r"7 is not an edge"),
        ([(0, "a")], "the vertices cannot be sorted"),
        (nx.path_graph(1001), "vertices = 1001, edges = 1000 is too large"),
        (nx.empty_graph(0), "the graph has no vertices"),
    ],
)
@pytest.mark.parametrize("make", [graphical, bigraphical, g_shi, g_semiorder])
def test_refused(make, graph, message):
    with pytest.raises(InputError, match=message):
        make(graph)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({(0, 1): 1}, r"the parameter of \(1, 0\) is missing"),
        ({(0, 1): 1, (1, 0): "x"}, r"parameter of \(1, 0\): 'x' is not a finite number"),
        ({(0, 1): float("nan"), (1, 0): 1}, r"parameter of \(0, 1\): nan is not a finite number"),
    ],
)
def test_refused_parameters(parameters, message):
    with pytest.raises(InputError, match=message):
        bigraphical([(0, 1)], parameters)
