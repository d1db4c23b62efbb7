"""The engine `sweep` against the engine `rays`: the same sets of regions, each with a point inside."""

import numpy as np
import pytest
from support.ray_tables import FAMILIES, TABLES, checked, normal, rows_of, transformed

from arrangements.errors import InputError
from arrangements.exact.packed_bits import unpacked
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep.sweep_search import SweepSearch


def by_rays(rows):
    return {tuple(cell.signs.tolist()) for cell in RaySearch(rows, 1)}


def by_words(rows):
    """The sign vectors without points."""
    found = [tuple(line) for words in SweepSearch(rows).words() for line in unpacked(words, len(rows)).tolist()]
    assert len(found) == len(set(found))
    return set(found)


def compared(rows):
    expected = by_rays(rows)
    assert checked(rows, SweepSearch(rows)) == expected
    assert by_words(rows) == expected
    assert SweepSearch(rows).count() == len(expected)


def planted(n, r, share, seed, largest=50):
    """Random rows, among which some are sums of others."""
    draw = np.random.default_rng(seed)
    rows = draw.integers(-largest, largest + 1, (n, r))
    for k in range(n - round(share * n), n):
        i, j = draw.choice(n - round(share * n), 2, replace=False)
        rows[k] = rows[i] * draw.integers(1, 4) + rows[j] * draw.integers(-3, 4)
    return rows.tolist()


@pytest.mark.parametrize("name", TABLES)
def test_tables(name):
    compared(rows_of(TABLES[name]))


@pytest.mark.parametrize("name", FAMILIES)
def test_families(name):
    compared(rows_of(name))


@pytest.mark.parametrize(
    "name",
    [
        "random:2,2,0",
        "random:30,2,0",
        "random:40,3,1",
        "random:70,3,0",
        "random:14,6,0",
        "random:13,7,0",
        "random:12,9,0",
        "random:12,11,0",
        "random:9,9,0",
        "random:10,9,0",
        "random:65,3,0",
        "random:64,3,0",
    ],
)
def test_general_position(name):
    rows = rows_of(name)
    compared(rows)
    search = SweepSearch(rows)
    search.count()
    assert search.doubts == 0


@pytest.mark.parametrize("share", [0.1, 0.5])
@pytest.mark.parametrize(("n", "r"), [(14, 3), (12, 4), (11, 5), (10, 6)])
def test_planted_coincidences(n, r, share):
    compared(rows_of(planted(n, r, share, seed=n)))


@pytest.mark.parametrize("digits", [1, 3, 6, 9, 12])
@pytest.mark.parametrize(("n", "r"), [(12, 4), (10, 6)])
def test_entries_of_any_length(n, r, digits):
    draw = np.random.default_rng(digits)
    compared(rows_of(draw.integers(-(10**digits), 10**digits + 1, (n, r)).tolist()))


@pytest.mark.parametrize("r", [3, 4, 5])
@pytest.mark.parametrize("distance", [1e-5, 1e-9, 1e-13])
def test_rows_that_are_nearly_one(r, distance):
    base = normal(5, r, seed=r)
    compared(rows_of([*base.tolist(), *(base + distance * normal(5, r, seed=r + 1)).tolist()]))


@pytest.mark.parametrize("name", ["braid:4", "resonance:3", "threshold:3"])
def test_coincidences_in_long_integers(name):
    compared(rows_of(transformed(rows_of(name), seed=1)))


def test_the_rank_must_be_full():
    with pytest.raises(InputError, match="rank"):
        SweepSearch([(1, 0), (2, 0)])


def test_ranks_with_too_many_vertices():
    with pytest.raises(InputError, match="rank 61 is too large for engine sweep"):
        SweepSearch([tuple(int(i == j) for j in range(61)) for i in range(61)])


def test_two_searches_of_one_object_do_not_meet():
    """Each run has arrays of its own."""
    search = SweepSearch(rows_of("random:30,4,0"))
    one, other = search.cells(), search.cells()
    both = [(tuple(a.signs.tolist()), tuple(b.signs.tolist())) for a, b in zip(one, other, strict=True)]
    assert all(a == b for a, b in both)
    assert len({a for a, _ in both}) == search.count()
