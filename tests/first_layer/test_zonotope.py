"""The zonotope's vertices: extreme by exact products, all of them by brute force and by Qhull, and known polytopes."""

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from scipy.spatial import ConvexHull
from support.brute_force import dot, feasible
from support.small_tables import EVERY_ENGINE, tables

from arrangements import Arrangement, InputError, count_regions, f_vector, family, iter_regions
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.zonotope import iter_zonotope_vertices


def brute_vertices(rows):
    """Of all sums of ends of the segments those that some direction alone separates from the others."""
    ends = product(*((-1, 1) if any(row) else (0,) for row in rows))
    sums = {tuple(dot(s, column) for column in zip(*rows, strict=True)) for s in ends}
    return {z for z in sums if feasible([tuple(a - b for a, b in zip(z, y, strict=True)) for y in sums - {z}])}


def check(arrangement, engine="auto"):
    """One vertex for each region, and each alone maximises w.z for the region's point w."""
    vertices = dict(iter_zonotope_vertices(arrangement, engine=engine))
    regions = dict(iter_regions(arrangement))
    assert set(vertices) == set(regions)
    assert len(set(vertices.values())) == len(regions) == count_regions(arrangement)
    for signs, w in regions.items():
        assert vertices[signs] == tuple(dot(signs, [row[j] for row in arrangement.normals]) for j in range(len(w)))
        top = dot(w, vertices[signs])
        assert top == sum(abs(dot(w, row)) for row in arrangement.normals)
        assert all(dot(w, z) < top for other, z in vertices.items() if other != signs)
    return vertices


@EVERY_ENGINE
@settings(max_examples=40)
@given(table=tables(rows=7, columns=4))
def test_small_tables(engine, table):
    check(Arrangement.from_table(table), engine)


@settings(max_examples=40)
@given(tables(rows=4, columns=3))
def test_brute_force(table):
    arrangement = Arrangement.from_table(table)
    assert {vertex.point for vertex in iter_zonotope_vertices(arrangement)} == brute_vertices(arrangement.normals)


DEGENERATE = [
    [[0]],
    [[0, 0], [0, 0]],
    [[2], [-1], [0]],
    [[1, 2], [-2, -4], [0, 0], [1, 2]],
    [["1e-9", 1], ["-1e-9", 1]],
]


@pytest.mark.parametrize("table", DEGENERATE)
def test_degenerate_tables(table):
    arrangement = Arrangement.from_table(table)
    assert set(check(arrangement).values()) == brute_vertices(arrangement.normals)


@pytest.mark.parametrize("name", ["typeB:3", "resonance:3", "resonance:4", "threshold:3", "random:9,4,0", "moment:8,3"])
def test_convex_hull(name):
    """Qhull on the vertices and many other points of Z, in exact doubles."""
    arrangement = family(name)
    assert arrangement.rank == arrangement.dimension
    vertices = check(arrangement)
    points = list(vertices.values())
    inner = [tuple((a + b) / 2 for a, b in zip(y, z, strict=True)) for y, z in pairwise(points)]
    assert len(ConvexHull(points + inner).vertices) == count_regions(arrangement)


def segments(arrangement, vertices):
    """Edges of Z: pairs of vertices whose regions differ on one hyperplane."""
    for (s, y), (t, z) in product(vertices.items(), repeat=2):
        apart = [row for row, a, b in zip(arrangement.normals, s, t, strict=True) if a != b]
        if rank(apart, arrangement.dimension) == 1 and len(apart) == 1:
            yield y, z


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_permutohedron(n):
    """Its vertices are the permutations of 1 - n, 3 - n, .., n - 1; its edges swap two numbers that differ by 2."""
    arrangement = family(f"braid:{n}")
    vertices = check(arrangement)
    assert set(vertices.values()) == set(permutations(range(1 - n, n, 2)))
    edges = list(segments(arrangement, vertices))
    assert len(edges) == 2 * f_vector(arrangement)[-2]
    for y, z in edges:
        assert sorted(a - b for a, b in zip(y, z, strict=True)) == [-2, *[0] * (n - 2), 2]


def test_cube():
    cube = family("crosspolytope:1")  # two rows in the plane, at right angles
    assert {vertex.point for vertex in iter_zonotope_vertices(cube)} == {(2, 0), (-2, 0), (0, 2), (0, -2)}
    axes = Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert dict(iter_zonotope_vertices(axes)) == {s: s for s in product((-1, 1), repeat=3)}


def test_no_rows():
    assert list(iter_zonotope_vertices(family("braid:1"))) == [((), (0,))]


def test_refused():
    with pytest.raises(InputError, match="has offsets; take its cone"):
        iter_zonotope_vertices(family("shi:3"))
    with pytest.raises(InputError, match=r"'cdd'.*auto, sweep, rays, lp"):
        iter_zonotope_vertices(family("braid:3"), engine="cdd")
