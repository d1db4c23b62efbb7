"""What the filtered arithmetic claims, against exact numbers: error bounds, signs, coincidences."""

from fractions import Fraction

import numpy as np
import pytest
from support.ray_tables import FAMILIES, TABLES, generic_with_sums, rows_of, transformed, without_primes

from arrangements.exact.packed_bits import unpacked
from arrangements.rays import kernel_run as ray_run
from arrangements.rays import ray_search as rays
from arrangements.rays.exact_fallback import node_rays
from arrangements.rays.kernel import state as st
from arrangements.rays.ray_search import RaySearch

SOURCES = {**{name: name for name in FAMILIES}, **TABLES, "random:30,4,0": "random:30,4,0"}


def _cells(search, most=300):
    """The moments at which the kernel shows a cell, its rays still in the pool."""
    run = rays._Run(search, st.EACH, None)
    for number, status in enumerate(run):
        if number == most:
            return
        assert status == st.CELL
        yield run
        run.taken()


@pytest.mark.parametrize("name", SOURCES)
def test_error_bounds_hold(name):
    """Some positive multiple of the exact ray is within the bound; within thrice that if it is matched at one entry."""
    search = RaySearch(rows_of(SOURCES[name]), 1, arithmetic="filtered")
    setting, seen = search.setting, 0
    r = len(setting.rows[0])
    for run in _cells(search):
        frame = int(run.state["depth"])
        first, count, _ = run.work.frames[frame].tolist()
        exact = node_rays(setting, run.pool, run.work, frame)
        for q, ray in zip(run.work.lists[first : first + count].tolist(), exact, strict=True):
            line = run.pool.rays[q].tolist()
            x = [Fraction(high) + Fraction(low) for high, low in zip(line[:r], line[r : 2 * r], strict=True)]
            z = [value << shift for value, shift in zip(setting.coordinates(ray), setting.shifts, strict=True)]
            m = max(range(r), key=lambda j: abs(x[j]))
            multiple = x[m] / z[m]
            assert multiple > 0
            assert Fraction(1, 2) <= abs(x[m]) <= 1
            assert max(abs(a - multiple * b) for a, b in zip(x, z, strict=True)) <= 3 * Fraction(line[2 * r])
            assert line[2 * r] <= 2.0**-58
            seen += 1
    assert seen


@pytest.mark.parametrize("name", SOURCES)
def test_sides_are_exact(name):
    """For every ray its positive and negative rows, also where a residue said zero."""
    search = RaySearch(rows_of(SOURCES[name]), 1, arithmetic="filtered")
    rows = np.array(search.setting.rows, dtype=object)
    for run in _cells(search, 60):
        frame = int(run.state["depth"])
        first, count, _ = run.work.frames[frame].tolist()
        for q, ray in zip(run.work.lists[first : first + count].tolist(), run.rays(), strict=True):
            values = rows @ np.array(ray, dtype=object)
            plus, minus = (unpacked(part[None], len(rows))[0] > 0 for part in np.split(run.pool.sides[q], 2))
            assert (plus == (values > 0)).all()
            assert (minus == (values < 0)).all()


def test_coordinates_make_long_integers_small():
    """A linear map changes no cell: the resonance arrangement behind twelve-digit entries is searched exactly."""
    search = RaySearch(rows_of(transformed(rows_of("resonance:5"))), 1)
    assert search.exact
    assert 2 * search.count() == 11292


def test_doubts_are_settled():
    """Resonance rows behind a random map, filtered, without primes: thousands of exact coincidences."""
    search = without_primes(RaySearch(rows_of(transformed(rows_of("resonance:5"))), 1, arithmetic="filtered"))
    assert 2 * search.count() == 11292
    assert search.doubts > 1000


def test_coincidences_of_long_integers_are_proven():
    """Twelve-digit vectors in general position: no coordinates make them short, and one prime is not enough."""
    rows = rows_of(generic_with_sums(1, 5, 4))
    search, doubtful = RaySearch(rows, 1), without_primes(RaySearch(rows, 1))
    assert len(search.setting.space.primes) > 1
    assert search.count() == doubtful.count()
    assert search.doubts == 0
    assert doubtful.doubts > 0


@pytest.mark.parametrize("name", ["random:40,4,0", "random:20,5,0", "floats", "columns far apart", "decimals"])
def test_ordinary_data_raise_no_doubts(name):
    search = RaySearch(rows_of(TABLES.get(name, name)), 1, arithmetic="filtered")
    assert search.count() == sum(len(block.words) for block in search.blocks())
    assert search.doubts == 0


def test_small_buffers_change_nothing(monkeypatch):
    """Pool, stack and block grow or empty as often as they must."""
    monkeypatch.setattr(ray_run, "_CAPACITY", 1)
    monkeypatch.setattr(ray_run, "_BLOCK", 2)
    for name in ("random:14,4,0", "crosspolytope:6", "long with coincidences"):
        rows = rows_of(TABLES.get(name, name))
        search = RaySearch(rows, 1)
        small = {tuple(cell.signs.tolist()) for cell in search}
        assert len(small) == search.count()


def test_memory_does_not_grow_with_the_cells():
    search = RaySearch(rows_of("resonance:5"), 1)
    run = rays._Run(search, st.COUNT, None)
    assert sum(run.taken() for _ in run) == 5646
    assert len(run.pool.rays) == ray_run._CAPACITY
