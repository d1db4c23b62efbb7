"""Known numbers of regions (DESIGN, section 9), counted and listed by the ray engine."""

from math import comb, factorial

import pytest
from support.ray_tables import rows_of

from arrangements.rays.ray_search import RaySearch

CENTRAL = {
    **{"resonance:5": 11292, "resonance:6": 1066044, "threshold:5": 94572, "demicube:5": 3756, "demicube:6": 291558},
    **{f"braid:{n}": factorial(n) for n in (2, 3, 8, 9)},
    **{f"typeB:{n}": 2**n * factorial(n) for n in (1, 2, 6)},
    **{f"typeD:{n}": 2 ** (n - 1) * factorial(n) for n in (3, 6)},
    **{"crosspolytope:1": 4, "crosspolytope:5": 454, "crosspolytope:10": 117074},
}
AFFINE = {
    **{f"shi:{n}": (n + 1) ** (n - 1) for n in (2, 5, 6)},
    **{f"catalan:{n}": factorial(n) * comb(2 * n, n) // (n + 1) for n in (2, 5, 6)},
    **{"linial:5": 246, "semiorder:5": 2371},
}


@pytest.mark.parametrize(("name", "regions"), CENTRAL.items())
def test_central(name, regions):
    search = RaySearch(rows_of(name), 1)
    assert search.exact
    assert 2 * search.count() == regions
    assert 2 * sum(len(block.words) for block in search.blocks()) == regions


@pytest.mark.parametrize(("name", "regions"), AFFINE.items())
def test_affine(name, regions):
    search = RaySearch(rows_of(name), 1)
    assert search.count() == sum(len(block.words) for block in search.blocks()) == regions


@pytest.mark.parametrize("name", ["resonance:5", "threshold:4", "braid:7", "crosspolytope:8", "demicube:5"])
def test_filtered_arithmetic_counts_the_same(name):
    rows = rows_of(name)
    search = RaySearch(rows, 1, arithmetic="filtered")
    assert search.count() == RaySearch(rows, 1).count()
    assert search.doubts == 0  # residues prove every coincidence of small integers


@pytest.mark.parametrize(
    ("n", "d"), [(2, 2), (100, 2), (130, 3), (200, 3), (50, 4), (100, 4), (25, 5), (20, 6), (18, 7), (13, 10), (12, 12)]
)
def test_general_position(n, d):
    """2 sum_{k<r} C(n-1, k) (Schlaefli; Cover 1965), from three-digit entries: at compiled speed, without doubts."""
    search = RaySearch(rows_of(f"random:{n},{d},0"), 1)
    assert search.count() == sum(comb(n - 1, k) for k in range(d))
    assert search.doubts == 0
