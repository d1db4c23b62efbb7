"""Signs alone: cells of the last two rows of a node are found from ratios, and are those that splits find."""

import numpy as np
import pytest
from support.ray_tables import FAMILIES, TABLES, normal, rows_of, transformed

from arrangements.exact.packed_bits import unpacked
from arrangements.rays.ray_search import RaySearch


def compared(rows, arithmetic="auto", base=1):
    """Counts and signs, by ratios, beside cells with points, by splits. Returns the rays that each made."""
    listing = RaySearch(rows, base, arithmetic=arithmetic)
    expected = [tuple(cell.signs.tolist()) for cell in listing.cells()]
    search = RaySearch(rows, base, arithmetic=arithmetic)
    blocks = [unpacked(words, len(rows)) for words in search.words()]
    found = [tuple(line) for block in blocks for line in block.tolist()]
    assert len(found) == len(set(found)) == len(expected)
    assert set(found) == set(expected)
    counting = RaySearch(rows, base, arithmetic=arithmetic)
    assert counting.count() == len(expected)
    assert counting.statistics.nodes == search.statistics.nodes == listing.statistics.nodes
    return search.new_rays, listing.new_rays


@pytest.mark.parametrize("arithmetic", ["auto", "filtered"])
@pytest.mark.parametrize("name", [*FAMILIES, *TABLES])
def test_families_and_tables(name, arithmetic):
    compared(rows_of(TABLES.get(name, name)), arithmetic)


@pytest.mark.parametrize("name", ["random:20,3,0", "random:12,5,1", "random:11,8,2", "resonance:4", "braid:5"])
def test_fewer_rays_are_made(name):
    some, all_of_them = compared(rows_of(name))
    assert some < 0.8 * all_of_them


@pytest.mark.parametrize("digits", [1, 2, 7, 8, 12])
@pytest.mark.parametrize(("n", "r"), [(13, 3), (11, 4), (10, 6)])
def test_entries_of_any_length(n, r, digits):
    """Values below and above 2^26, in both kinds of arithmetic."""
    draw = np.random.default_rng([n, digits])
    compared(rows_of(draw.integers(-(10**digits), 10**digits + 1, (n, r)).tolist()))


@pytest.mark.parametrize("distance", [1e-7, 1e-12, 1e-16])
def test_ratios_that_are_nearly_equal(distance):
    """Three rows that nearly share a line, many times."""
    base = normal(5, 4, seed=3)
    sums = base[[0, 1, 2, 3]] + base[[1, 2, 3, 4]]
    for noise in (0.0, distance):
        compared(rows_of([*base.tolist(), *(sums + noise * normal(4, 4, seed=4)).tolist()]))


@pytest.mark.parametrize("name", ["braid:4", "resonance:3", "threshold:3"])
def test_ratios_that_are_equal_and_not_exact(name):
    compared(rows_of(transformed(rows_of(name), seed=2)))


@pytest.mark.parametrize("base", [2, 4, 7])
def test_cones_of_several_rows(base):
    compared(rows_of("random:13,4,1"), base=base)
    compared(rows_of("resonance:4"), base=base)


@pytest.mark.parametrize("budget", [0, 1, 2, 3, 5, 40])
def test_signs_are_the_same_in_parts(budget):
    rows = rows_of("random:11,4,0")
    todo, found = [RaySearch(rows, 1)], []
    while todo:
        search = todo.pop()
        found += [tuple(line) for words in search.words(budget) for line in words.tolist()]
        if search.frontier:
            budget = max(budget, 1)
            todo.append(RaySearch(rows, 1, frontier=search.frontier))
    assert len(found) == len(set(found)) == RaySearch(rows, 1).count()
