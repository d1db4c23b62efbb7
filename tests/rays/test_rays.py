"""The ray engine against the `lp` engine, known counts, budgets, and doubts settled exactly."""

import json
import subprocess
import sys

import numpy as np
import pytest
from support.small_tables import EVERY_ENGINE

from arrangements import Arrangement, InputError, RegionSearch, count_regions, family, iter_regions
from arrangements.exact.linear_algebra import independent_columns
from arrangements.first_layer.engines import choose_engine
from arrangements.rays.ray_search import RaySearch

SAME = ["braid:5", "typeB:4", "typeD:4", "resonance:4", "threshold:4", "crosspolytope:4", "demicube:4", "moment:9,4"]
SAME += ["random:12,4,1", "random:9,5,2", "random:14,2,3", "random:11,6,4", "shi:4", "catalan:4", "linial:5"]
KNOWN = {"resonance:5": 11292, "resonance:6": 1066044, "threshold:5": 94572, "braid:9": 362880, "typeB:6": 46080}
KNOWN |= {"demicube:6": 291558, "crosspolytope:6": 1394, "catalan:6": 95040, "shi:6": 16807, "random:50,4,0": 39300}


def essential(arrangement: Arrangement) -> list[tuple[int, ...]]:
    rows = arrangement.hyperplanes
    pivots = independent_columns(rows, arrangement.dimension)
    return [tuple(row[j] for j in pivots) for row in rows]


@pytest.mark.parametrize("name", SAME)
def test_same_regions_as_lp(name):
    arrangement = family(name)
    rays, lp = (list(iter_regions(arrangement, engine=engine)) for engine in ("rays", "lp"))
    assert len(rays) == len(lp)
    assert {cell.signs for cell in rays} == {cell.signs for cell in lp}
    for signs, witness in rays:
        values = [sum(a * w for a, w in zip(row, witness, strict=True)) for row in arrangement.homogeneous]
        assert signs == tuple((v > 0) - (v < 0) for v in values)


@pytest.mark.parametrize("name", KNOWN)
def test_known_counts(name):
    assert count_regions(family(name), engine="rays") == KNOWN[name]


@pytest.mark.parametrize("seed", range(3))
def test_raw_floats(seed):
    arrangement = Arrangement.from_table(np.random.default_rng(seed).standard_normal((30, 4)))
    assert count_regions(arrangement, engine="rays") == 2 * (1 + 29 + 406 + 3654)


@pytest.mark.parametrize("name", ["resonance:4", "random:12,4,1", "braid:6"])
@pytest.mark.parametrize("budget", [1, 17])
def test_stop_and_go_on(name, budget):
    rows = essential(family(name))
    whole = {tuple(cell.signs.tolist()) for cell in RaySearch(rows, 1)}
    found: list[tuple[int, ...]] = []
    search = RaySearch(rows, 1)
    rounds = 0
    while True:
        found += [tuple(cell.signs.tolist()) for cell in search.cells(budget)]
        rounds += 1
        if not search.frontier:
            break
        search = RaySearch(rows, 1, frontier=search.frontier)
    assert rounds > 1
    assert len(found) == len(whole)
    assert set(found) == whole


@pytest.mark.parametrize("name", ["resonance:4", "random:12,4,1", "shi:4"])
@pytest.mark.parametrize("budget", [1, 17])
@EVERY_ENGINE
def test_regions_some_at_a_time(engine, budget, name):
    """The frontier is plain data: it survives JSON, and its parts can be searched apart, in any order."""
    arrangement = family(name)
    waiting, found, rounds = [None], [], 0
    while waiting:
        search = RegionSearch(arrangement, engine=engine, frontier=waiting.pop())
        found += [cell.signs for cell in search.cells(budget)]
        nodes = [tuple(signs) for signs in json.loads(json.dumps(search.frontier))]
        waiting += [nodes[:3], nodes[3:]] if len(nodes) > 5 else [nodes] if nodes else []
        rounds += 1
    assert rounds > 1
    assert len(found) == len(set(found))
    assert set(found) == {cell.signs for cell in iter_regions(arrangement, engine="lp")}
    search = RegionSearch(arrangement, engine=engine)
    assert search.count(5) + RegionSearch(arrangement, engine=engine, frontier=search.frontier).count() == len(found)


@EVERY_ENGINE
def test_frontier_of_something_else_is_refused(engine):
    for frontier in [[(1, 0)], [(-1, 0, 0, 0, 0, 0)], [(1, 2, 0, 0, 0, 0)]]:
        with pytest.raises(InputError, match="does not belong to these rows"):
            RegionSearch(family("braid:4"), engine=engine, frontier=frontier).count()


@pytest.mark.parametrize("name", ["resonance:4", "braid:5", "threshold:3"])
def test_coincidences_among_large_numbers(name):
    """A change of basis with entries of 12 digits leaves the regions and hides every coincidence from floats."""
    rows = essential(family(name))
    r = len(rows[0])
    lower, upper = np.eye(r, dtype=object), np.eye(r, dtype=object)
    draw = np.random.default_rng(5)
    for i in range(r):
        lower[i, :i] = [int(x) for x in draw.integers(-(10**6), 10**6, i)]
        upper[i, i + 1 :] = [int(x) for x in draw.integers(-(10**6), 10**6, r - i - 1)]
    changed = [tuple(row) for row in (np.array(rows, dtype=object) @ lower @ upper).tolist()]
    plain, hidden = RaySearch(rows, 1), RaySearch(changed, 1, arithmetic="filtered")
    assert {tuple(c.signs.tolist()) for c in plain} == {tuple(c.signs.tolist()) for c in hidden}


@pytest.mark.parametrize(
    ("name", "engine"),
    [
        ("random:8,3,0", "lp"),
        ("braid:5", "lp"),
        ("random:50,4,0", "sweep"),
        ("random:18,10,0", "sweep"),
        ("braid:9", "rays"),
        ("threshold:5", "rays"),
        ("crosspolytope:10", "rays"),
        ("random:24,18,0", "sweep"),
    ],
)
def test_auto(name, engine):
    assert choose_engine("auto", family(name)).name == engine


def test_auto_never_loads_the_kernel_for_a_small_table():
    code = "import sys; from arrangements import *; list_regions(family('resonance:4')); print('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_ranks_beyond_the_orthants():
    """2^60 of them are too many to start from; `auto` leaves such ranks to the other engine."""
    rows = [tuple(int(i == j) for j in range(62)) for i in range(62)]
    arrangement = Arrangement.from_table([*rows, (1,) * 62])
    assert choose_engine("auto", arrangement).name == "lp"
    assert next(iter_regions(arrangement, engine="auto")).signs
    with pytest.raises(InputError, match="rank 62 is too large"):
        next(iter_regions(arrangement, engine="rays"))
