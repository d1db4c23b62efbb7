"""Published counts of regions, met by enumeration (DESIGN, section 9)."""

from math import comb, factorial

import pytest
from support.small_tables import EVERY_ENGINE

from arrangements import count_regions, family

COUNTS = {
    "resonance": {1: 2, 2: 6, 3: 32, 4: 370, 5: 11292},  # OEIS A034997
    "threshold": {1: 4, 2: 14, 3: 104, 4: 1882, 5: 94572},  # A000609
    "crosspolytope": {1: 4, 2: 14, 3: 46, 4: 146, 5: 454},  # A027649
    "demicube": {2: 4, 3: 16, 4: 146, 5: 3756},
    "braid": {n: factorial(n) for n in range(1, 9)},
    "typeB": {n: 2**n * factorial(n) for n in range(1, 7)},
    "typeD": {n: 2 ** (n - 1) * factorial(n) for n in range(2, 7)},
    "shi": {n: (n + 1) ** (n - 1) for n in range(1, 7)},
    "catalan": {n: factorial(n) * comb(2 * n, n) // (n + 1) for n in range(1, 7)},
    "linial": {1: 1, 2: 2, 3: 7, 4: 36, 5: 246},  # A007889
    "semiorder": {1: 1, 2: 3, 3: 19, 4: 183, 5: 2371},  # A006531
}
LONG = 20_000


@EVERY_ENGINE
@pytest.mark.parametrize(
    ("name", "count"),
    [
        pytest.param(f"{name}:{n}", count, marks=[pytest.mark.slow] if count > LONG else [])
        for name, counts in COUNTS.items()
        for n, count in counts.items()
    ],
)
def test_regions(engine, name, count):
    assert count_regions(family(name), engine=engine) == count


@EVERY_ENGINE
@pytest.mark.parametrize("name", ["moment:{n},{d}", "random:{n},{d},0", "random:{n},{d},7"])
@pytest.mark.parametrize(("n", "d"), [(1, 1), (1, 3), (2, 3), (5, 2), (30, 2), (12, 3), (10, 4), (9, 6), (8, 8)])
def test_general_position(engine, name, n, d):
    """2 sum_{k<r} C(n-1, k) (Schlaefli; Cover 1965); C(n-1, k) = 0 from k = n on."""
    assert count_regions(family(name.format(n=n, d=d)), engine=engine) == 2 * sum(comb(n - 1, k) for k in range(d))
