"""The poset of regions: against its definition, weak orders, and the theorems on its ranks."""

from collections import Counter
from itertools import combinations, permutations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import brute_regions
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import Arrangement, InputError, family, hyperplane_rows, tope_graph
from arrangements.first_layer.adjacency import region_poset

NAMES = ["braid:4", "typeB:3", "typeD:4", "resonance:3", "random:7,3,0", "shi:3", "catalan:3", "linial:4"]


def separation(base, signs, rows):
    return frozenset(k for k, members in enumerate(rows) if signs[members[0]] != base[members[0]])


def ranks(poset):
    """How many regions there are of each rank."""
    numbers = Counter(rank for _, rank in poset.nodes(data="rank"))
    return [numbers[k] for k in range(max(numbers) + 1)]


def q_product(*sizes):
    """Coefficients of the product of 1 + q + .. + q^(size - 1)."""
    p = [1]
    for size in sizes:
        p = [sum(p[max(0, k - size + 1) : k + 1]) for k in range(len(p) + size - 1)]
    return p


def check(arrangement, base, engine="auto"):
    """The Hasse diagram of inclusion of separating sets, and that it is ranked by distance."""
    rows, graph = hyperplane_rows(arrangement), tope_graph(arrangement, engine=engine)
    poset = region_poset(arrangement, base, engine=engine)
    base = next(iter(graph)) if base is None else base
    assert list(poset) == list(graph)
    apart = {signs: separation(base, signs, rows) for signs in poset}
    below = {(r, s) for r in poset for s in poset if apart[r] < apart[s]}
    between = networkx.transitive_reduction(networkx.DiGraph(below))
    assert set(poset.edges) == set(between.edges)
    assert dict(poset.nodes(data="rank")) == {signs: len(apart[signs]) for signs in poset}
    assert dict(poset.nodes(data="rank")) == networkx.single_source_shortest_path_length(graph, base)
    assert [signs for signs in poset if not poset.in_degree(signs)] == [base]
    for r, s, data in poset.edges(data=True):
        assert apart[s] - apart[r] == {data["hyperplane"]}
        assert data == graph.edges[r, s]
    assert all(poset.nodes[signs]["witness"] == witness for signs, witness in graph.nodes(data="witness"))
    if not arrangement.is_affine:  # taking negatives turns the order round
        opposite = tuple(-s for s in base)
        assert [signs for signs in poset if not poset.out_degree(signs)] == [opposite]
        assert poset.nodes[opposite]["rank"] == len(rows)
        assert all(poset.has_edge(tuple(-x for x in s), tuple(-x for x in r)) for r, s in poset.edges)


@EVERY_ENGINE
@settings(max_examples=40)
@given(arrangement=arrangements(rows=6, columns=3), data=st.data())
def test_small_tables(engine, arrangement, data):
    regions = sorted(brute_regions(arrangement.homogeneous, arrangement.infinity))
    check(arrangement, data.draw(st.sampled_from([*regions, None])), engine)


@pytest.mark.parametrize("name", NAMES)
def test_families(name):
    arrangement = family(name)
    nodes = list(tope_graph(arrangement))
    check(arrangement, nodes[len(nodes) // 3])


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_braid_is_the_weak_order(n):
    """Words of n letters, one below another if two neighbours in order are swapped; ranks count inversions."""
    arrangement = family(f"braid:{n}")
    base = (-1,) * len(arrangement.normals)  # w_1 < w_2 < .. < w_n, the identity
    poset = region_poset(arrangement, base)
    word = {s: tuple(sorted(range(n), key=w.__getitem__)) for s, w in poset.nodes(data="witness")}
    assert sorted(word.values()) == sorted(permutations(range(n)))
    weak = {(u, (*u[:k], u[k + 1], u[k], *u[k + 2 :])) for u in word.values() for k in range(n - 1) if u[k] < u[k + 1]}
    assert {(word[r], word[s]) for r, s in poset.edges} == weak
    for signs, rank in poset.nodes(data="rank"):
        assert rank == sum(a > b for a, b in combinations(word[signs], 2))
    assert ranks(poset) == q_product(*range(1, n + 1))


DEGREES = {
    "braid:5": (2, 3, 4, 5),
    "typeB:2": (2, 4),
    "typeB:3": (2, 4, 6),
    "typeB:4": (2, 4, 6, 8),
    "typeD:4": (2, 4, 4, 6),
}


@pytest.mark.parametrize(("name", "degrees"), DEGREES.items())
def test_reflection_arrangements(name, degrees):
    """The product of [degree]_q (Chevalley; Solomon 1966), from every base, for the group moves each to any other."""
    arrangement = family(name)
    nodes = list(tope_graph(arrangement))
    for base in {nodes[0], nodes[len(nodes) // 3], nodes[-1]}:
        assert ranks(region_poset(arrangement, base)) == q_product(*degrees)


@pytest.mark.parametrize(("name", "lattice"), [("braid:4", True), ("typeB:3", True), ("random:5,3,0", False)])
def test_simplicial_arrangements_have_lattices(name, lattice):
    """Bjoerner, Edelman and Ziegler (1990): from any base if all regions are simplices, from no base that is none."""
    arrangement = family(name)
    graph = tope_graph(arrangement)
    bases = [signs for signs in graph if lattice or graph.degree(signs) > arrangement.rank]
    assert bases
    poset = region_poset(arrangement, bases[0])
    above = {signs: {signs, *networkx.descendants(poset, signs)} for signs in poset}
    joins = [any(above[t] == above[r] & above[s] for t in above[r] & above[s]) for r, s in combinations(poset, 2)]
    assert all(joins) == lattice


def test_rank_two_is_a_polygon():
    poset = region_poset(family("moment:9,2"))
    assert ranks(poset) == [1, *[2] * 8, 1]


@pytest.mark.parametrize(("table", "offsets"), [([[0, 0]], None), ([[0, 0], [0, 0]], [0, 3])])
def test_one_region(table, offsets):
    poset = region_poset(Arrangement.from_table(table, offsets))
    assert list(poset.nodes(data="rank")) == [(next(iter(poset)), 0)]
    assert not poset.edges


@pytest.mark.parametrize("base", [(1, 1), (1, -1, 1), (0, 0, 0), (), (1, 1, 1, 1)])
def test_base_that_is_not_a_region(base):
    with pytest.raises(InputError, match=r"base .* is not a region; give .* \(-1, -1, -1\)") as caught:
        region_poset(family("braid:3"), base)
    assert repr(base) in str(caught.value)


def test_a_list_is_a_base():
    assert region_poset(family("braid:3"), [1, 1, 1]).nodes[1, 1, 1]["rank"] == 0


def test_unknown_engine():
    with pytest.raises(InputError, match=r"'cdd'.*auto, sweep, rays, lp"):
        region_poset(family("braid:3"), engine="cdd")
