"""Cones with known rays: products of first-layer regions, and the rays of every cell."""

import os
import subprocess
import sys
from itertools import combinations

import pytest
from support.ray_tables import checked, dot, rows_of

from arrangements import family
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.layer import FirstLayer
from arrangements.lp.incremental_search import Search
from arrangements.rays.ray_search import RaySearch


@pytest.mark.parametrize("arithmetic", ["auto", "filtered"])
@pytest.mark.parametrize("name", ["braid:4", "resonance:4", "random:9,4,0", "random:6,2,0"])
def test_rays_of_every_cell(name, arithmetic):
    """They span the cone, each on rows of rank r - 1, and their sum is inside."""
    rows = rows_of(name)
    search, r = RaySearch(rows, 1, arithmetic=arithmetic), len(rows[0])
    cells = set()
    for signs, rays in search.cells_with_rays():
        cells.add(tuple(signs.tolist()))
        values = [[dot(row, ray) * s for row, s in zip(rows, signs.tolist(), strict=True)] for ray in rays]
        assert min(map(min, values)) == 0
        assert all(sum(column) > 0 for column in zip(*values, strict=True))
        for on in values:
            assert rank([row for row, value in zip(rows, on, strict=True) if not value], r) == r - 1
    assert len(cells) == search.count()


@pytest.mark.parametrize("arithmetic", ["auto", "filtered"])
@pytest.mark.parametrize("name", ["random:5,2,0", "braid:3", "typeB:2"])
def test_product_cones(name, arithmetic):
    """The rays of a product are those of its factors: the same cells as by the walls alone."""
    arrangement = family(name)
    layer = FirstLayer.of(arrangement)
    hyperplanes = rows_of(name)
    cones = dict(_cones(hyperplanes))
    d, number = len(hyperplanes[0]), len(hyperplanes)
    for (a, cone_a), (b, cone_b) in combinations(cones.items(), 2):
        walls = [(*(s * x for x in row), *[0] * d) for row, s in zip(hyperplanes, a, strict=True)]
        walls += [(*[0] * d, *(s * x for x in row)) for row, s in zip(hyperplanes, b, strict=True)]
        rays = [(*ray, *[0] * d) for ray in cone_a] + [(*[0] * d, *ray) for ray in cone_b]
        cuts = [(*row, *(-x for x in row)) for row in hyperplanes[: number // 2 + 2]]
        rows, start = [*walls, *cuts], [sum(column) for column in zip(*rays, strict=True)]
        twin = {tuple(node.signs.tolist()) for node in Search(rows, len(walls), start)}
        search = RaySearch.from_rays(rows, len(walls), rays, arithmetic=arithmetic)
        assert checked(rows, search) == twin
        assert search.count() == len(twin)
        split = RaySearch.from_rays(rows, len(walls), rays, arithmetic=arithmetic)
        found = split.count(1)
        rest = RaySearch.from_rays(rows, len(walls), rays, frontier=split.frontier)
        assert found + rest.count() == len(twin)
    assert len(cones) == len(layer.cells)


def _cones(rows):
    for signs, rays in RaySearch(rows).cells_with_rays():
        yield tuple(signs.tolist()), rays


def test_wrong_rays_are_refused():
    with pytest.raises(InputError, match="ray 2 is outside"):
        RaySearch.from_rays([(1, 0), (0, 1)], 2, [(1, 0), (0, -1)])
    with pytest.raises(InputError, match="ray 1 is not an extreme ray"):
        RaySearch.from_rays([(1, 0), (0, 1)], 2, [(1, 1), (0, 1)])


def test_unusable_rows_are_refused():
    with pytest.raises(InputError, match="rank 1 in 2 columns"):
        RaySearch([(1, 1)])
    with pytest.raises(InputError, match="unknown arithmetic 'quick'"):
        RaySearch([(1, 0), (0, 1)], arithmetic="quick")
    with pytest.raises(InputError, match="exact arithmetic is not proven"):
        RaySearch(rows_of("random:9,4,0"), arithmetic="exact")


def _first_call(folder):
    code = "from arrangements.rays.ray_search import RaySearch; print(RaySearch([(1, 0), (0, 1)]).count())"
    settings = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
    return subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True)


@pytest.mark.slow
def test_compilation_is_announced_once(tmp_path):
    first, second = _first_call(tmp_path), _first_call(tmp_path)
    assert first.stdout == second.stdout == "4\n"
    assert "compiling" in first.stderr
    assert second.stderr == ""
