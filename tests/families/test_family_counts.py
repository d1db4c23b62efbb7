"""Published numbers of regions, met without listing (Zaslavsky), by listing, and point by point over finite fields.

The numbers of the families of one parameter that every engine lists are in tests/arrangements/test_known_regions.py.
"""

from math import comb, factorial

import pytest
from support.finite_field import regions_by_finite_field

import arrangements
from arrangements import family
from theory.counting.zaslavsky import bounded_number, characteristic_polynomial, region_number

COUNTS = {
    "coordinate": [2**n for n in range(1, 12)],
    "braid": [factorial(n) for n in range(1, 13)],
    "typeB": [2**n * factorial(n) for n in range(1, 8)],
    "typeC": [2**n * factorial(n) for n in range(1, 8)],
    "typeD": [2 ** (n - 1) * factorial(n) for n in range(1, 8)],
    "resonance": [2, 6, 32, 370, 11292, 1066044],  # OEIS A034997
    "threshold": [4, 14, 104, 1882, 94572],  # A000609
    "crosspolytope": [2 * 3**n - 2**n for n in range(1, 8)],  # A027649
    "demicube": [2, 4, 16, 146, 3756, 291558],
    "shi": [(n + 1) ** (n - 1) for n in range(1, 8)],  # Shi 1986
    "ish": [(n + 1) ** (n - 1) for n in range(1, 8)],  # Armstrong 2013
    "catalan": [factorial(n) * comb(2 * n, n) // (n + 1) for n in range(1, 8)],  # Stanley 1996
    "linial": [1, 2, 7, 36, 246, 2104, 21652],  # A007889
    "semiorder": [1, 3, 19, 183, 2371, 38703],  # A006531
    "boxed-threshold": [3, 12, 64, 436, 3624],  # Deshpande, Menon and Singh 2021
}
CASES = [(f"{name}:{n}", count) for name, counts in COUNTS.items() for n, count in enumerate(counts, start=1)]
SMALL = 1000


@pytest.mark.parametrize(("text", "count"), CASES)
def test_without_listing(text, count):
    made = family(text)
    assert region_number(made) == count


@pytest.mark.parametrize(("text", "count"), [case for case in CASES if case[1] <= SMALL])
def test_by_listing(text, count):
    assert arrangements.count_regions(family(text)) == count


@pytest.mark.parametrize(("text", "count"), [(text, count) for text, count in CASES if family(text).dimension <= 3])
def test_over_finite_fields(text, count):
    assert regions_by_finite_field(family(text)) == count


@pytest.mark.parametrize("n", range(1, 8))
def test_linial_by_its_formula(n):
    """Postnikov and Stanley 2000."""
    assert COUNTS["linial"][n - 1] == sum(comb(n, k) * (k + 1) ** (n - 1) for k in range(n + 1)) // 2**n


@pytest.mark.parametrize("n", range(2, 8))
def test_shi_and_ish_have_one_characteristic_polynomial(n):
    """Armstrong and Rhoades 2012: t (t - n)^(n-1)."""
    for name in ("shi", "ish"):
        made = family(f"{name}:{n}")
        found = characteristic_polynomial(made)
        assert found == (*(comb(n - 1, k) * (-n) ** k for k in range(n)), 0)


def test_bounded_regions_of_the_boxed_threshold_arrangement():
    """They are the labelled threshold graphs: OEIS A005840 (Deshpande, Menon and Singh 2021)."""
    made = [family(f"boxed-threshold:{n}") for n in range(1, 7)]
    assert [bounded_number(a) for a in made] == [1, 2, 8, 46, 332, 2874]


@pytest.mark.parametrize(("n", "d"), [(5, 3), (7, 4), (3, 5)])
def test_general_position(n, d):
    """2 sum_{k<d} C(n-1, k) (Cover 1965)."""
    for text in (f"moment:{n},{d}", f"random:{n},{d},1"):
        assert region_number(family(text)) == 2 * sum(comb(n - 1, k) for k in range(d))
