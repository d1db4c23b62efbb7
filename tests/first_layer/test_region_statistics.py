"""Statistics of regions: against rays and walls found one by one, edges of tope graphs, and theorems."""

from math import comb

import pytest
from hypothesis import given, settings
from support.brute_force import brute_covectors
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import (
    Arrangement,
    count_adjacencies,
    count_regions,
    family,
    hyperplane_rows,
    iter_regions,
    region_statistics,
)
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.region_search import iter_regions_with_rays


def facets_by_faces(arrangement):
    """For each region its facets, from all faces: how many inside, and how many with the one at infinity."""
    rows, infinity = arrangement.homogeneous, arrangement.infinity
    central = rows if infinity is None else [*rows, infinity]
    faces = [f for f in brute_covectors(central) if infinity is None or f[-1] >= 0]
    columns = len(rows[0])
    walls = [f for f in faces if rank([a for a, s in zip(central, f, strict=True) if not s], columns) == 1]
    for cell in iter_regions(arrangement):
        signs = cell.signs if infinity is None else (*cell.signs, 1)
        around = [f for f in walls if all(s in (0, t) for s, t in zip(f, signs, strict=True))]
        at_infinity = infinity is not None and any(not f[-1] for f in around)
        yield len(around) - at_infinity, len(around)


@EVERY_ENGINE
@settings(max_examples=60, deadline=None)
@given(arrangement=arrangements(rows=5, columns=3))
def test_brute_force(engine, arrangement):
    found = region_statistics(arrangement, engine=engine)
    m, pairs = len(arrangement.hyperplanes), list(facets_by_faces(arrangement))
    numbers = [inside for inside, _ in pairs]
    assert found.facets == {number: numbers.count(number) for number in sorted(set(numbers))}
    assert found.simplicial == sum(both == arrangement.rank + arrangement.is_affine for _, both in pairs)
    assert found.complete == numbers.count(m)
    assert found.regions == len(numbers) == count_regions(arrangement)
    assert found.all_facets == 2 * count_adjacencies(arrangement) == found.mean_facets * found.regions
    assert (found.fewest_facets, found.most_facets) == (min(numbers), max(numbers))


@pytest.mark.parametrize("name", ["braid:5", "resonance:4", "random:12,4,0", "threshold:3", "moment:9,4"])
def test_simplicial_regions_are_those_with_as_many_rays_as_the_rank(name):
    arrangement = family(name)
    simplicial = sum(len(rays) == arrangement.rank for _, rays in iter_regions_with_rays(arrangement))
    assert region_statistics(arrangement).simplicial == simplicial


@pytest.mark.parametrize(("n", "edges"), [(1, 4), (2, 24), (3, 256), (4, 5920), (5, 361344)])
def test_edges_of_the_tope_graph_of_threshold_functions(n, edges):
    """2^n times the regions of resonance:n: on each hyperplane lies the arrangement of the differences of the rows."""
    assert region_statistics(family(f"threshold:{n}")).all_facets == 2 * edges


@pytest.mark.parametrize(("r", "n"), [(3, 5), (3, 8), (3, 12), (4, 7), (4, 8), (4, 10), (5, 9), (5, 10), (5, 11)])
def test_complete_regions_of_cyclic_arrangements(r, n):
    """Roudneff 1991, in projective space: sum_{i <= d - 2} C(n - 1, i), d = r - 1; here regions come in pairs."""
    assert region_statistics(family(f"moment:{n},{r}")).complete == 2 * sum(comb(n - 1, i) for i in range(r - 2))


@pytest.mark.parametrize(
    "name",
    [
        *(f"random:{n},{r},{seed}" for n, r in ((8, 3), (9, 4), (9, 5)) for seed in range(4)),
        "moment:9,4",
        "moment:10,5",
    ],
)
def test_simplicial_and_complete_regions_in_general_position(name):
    """Shannon 1979: each hyperplane meets at least 2 r simplicial regions, and there are at least 2 n.

    Las Vergnas' conjecture, that there is one, is a theorem for hyperplanes. Roudneff's bound on complete regions is
    proven for rank 3 to 5 (Hernandez-Ortiz, Knauer, Montejano and Scheucher, arXiv 2303.14212).
    """
    arrangement = family(name)
    found, n, r = region_statistics(arrangement), len(arrangement), arrangement.rank
    assert found.simplicial >= 2 * n
    assert min(found.simplicial_at) >= 2 * r
    assert sum(found.simplicial_at) == r * found.simplicial
    if n >= 2 * r - 1:
        assert found.complete <= 2 * sum(comb(n - 1, i) for i in range(r - 2))


@pytest.mark.parametrize("name", ["braid:5", "typeB:3", "typeD:4"])
def test_reflection_arrangements_are_simplicial(name):
    found = region_statistics(family(name))
    assert found.simplicial == found.regions
    assert set(found.facets) == {family(name).rank}


def test_degenerate_tables():
    zero = region_statistics(Arrangement.from_table([[0, 0]]))
    assert (zero.regions, zero.facets, zero.simplicial, zero.complete) == (1, {0: 1}, 1, 1)
    repeated = region_statistics(Arrangement.from_table([[1, 0], [-2, 0], [0, 0], [0, 1]]))
    assert (repeated.facets, repeated.complete, repeated.simplicial_at) == ({2: 4}, 4, (4, 4))
    assert len(hyperplane_rows(Arrangement.from_table([[1, 0], [-2, 0], [0, 0], [0, 1]]))) == 2
