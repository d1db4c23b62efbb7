"""Measured growth against the closed formulas, and the exponents against the degrees that they must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements import FirstLayer, InputError, LimitError, count_second_layer, family
from theory import (
    Plane,
    cover,
    exact_order,
    fitted_exponent,
    fitted_exponents,
    joint,
    last_half,
    measure_growth,
    plane_masks,
    plane_pairs,
    proven_exponents,
    region_number,
)
from theory.growth_measurements import COUNTS


def test_the_plane_at_width_two_is_the_closed_formulas():
    for found in measure_growth(2, 2, range(4, 21, 4)):
        n = found.rows
        plane = Plane.of(family(f"random:{n},2,0"))
        assert (found.pairs, found.masks) == (plane_pairs(plane), plane_masks(plane))
        assert found.masks == n**2 - n + 2
        if plane.active == 2 * n:
            assert found.pairs == n**3 + 9 * n**2 - 4 * n


@pytest.mark.parametrize(("r", "m", "rows"), [(1, 2, (1, 3)), (2, 1, (2, 9)), (2, 3, (2, 6)), (3, 2, (3, 6))])
def test_counts_are_those_of_the_tables_and_within_the_bounds(r, m, rows):
    measured = measure_growth(r, m, reversed(rows), seed=3)
    assert [found.rows for found in measured] == list(rows)
    for found in measured:
        table = family(f"random:{found.rows},{r},3")
        counts = count_second_layer(FirstLayer.of(table), m, engine="lp")
        assert (found.tuples, found.pairs, found.masks) == counts
        assert found.regions == found.cover == region_number(table) <= max(found.eq13, 2)
        assert found.tuples <= found.pairs <= found.joint_unordered <= found.joint
        assert found.masks <= min(found.pairs, found.two_to_n, found.eq14_product)
        assert (found.width_two is not None) == (m == 2)
        assert found.width_two is None or found.masks <= found.width_two


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8, unique=True), st.integers(0, 6), st.integers(1, 9))
def test_a_power_has_its_exponent(rows, a, c):
    assert fitted_exponent(rows, [c * n**a for n in rows]) == pytest.approx(a, abs=1e-9)


@pytest.mark.parametrize(("rows", "counts"), [([4], [1]), ([4, 4], [1, 2]), ([4, 5], [1]), ([4, 5], [0, 1]), ([], [])])
def test_no_slope(rows, counts):
    with pytest.raises(InputError):
        fitted_exponent(rows, counts)


@pytest.mark.parametrize("r", [1, 2, 3])
@pytest.mark.parametrize("m", [1, 2, 3])
def test_proven_exponents(r, m):
    proven = proven_exponents(r, m)
    assert tuple(proven) == COUNTS
    assert proven["regions"] == r - 1
    assert proven["tuples"] == m * (r - 1)
    assert proven["pairs"] == m * r - 1
    assert proven["masks"] == (min(m * r - 1, 2 * (r - 1)) if m == 2 else m * r - 1)
    large = 2**40  # a bound of degree a is multiplied by nearly 2^a when n doubles
    for bound, name in ((lambda n: cover(n, r), "regions"), (lambda n: joint(n, r, m), "pairs")):
        assert round(bound(2 * large) / bound(large)) == 2 ** proven[name]


def test_fits_of_the_regions_approach_the_proven_exponent():
    found = measure_growth(3, 1, range(4, 30, 5))
    whole, half = (abs(fitted_exponents(part)["regions"] - 2) for part in (found, last_half(found)))
    assert exact_order("regions")
    with pytest.raises(InputError, match="unknown count 'faces'"):
        exact_order("faces")
    assert half < whole < 0.2
    assert [each.rows for each in last_half(found)] == [19, 24, 29]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((3, 2, [2]), "rank 3 exceeds the number of rows 2"),
        ((0, 2, [2]), "rank"),
        ((2, 0, [2]), "width"),
        ((2, 7, [5]), "width 7 exceeds 6"),
        ((2, 2, []), "no number of rows"),
    ],
)
def test_bad_sizes(arguments, words):
    with pytest.raises(InputError, match=words):
        measure_growth(*arguments)
    with pytest.raises(InputError, match="seed is -1"):
        measure_growth(2, 2, [4], seed=-1)


def test_tables_that_are_not_general_are_refused(monkeypatch):
    monkeypatch.setattr("theory.growth_measurements.family", lambda name: family("braid:3"))
    with pytest.raises(InputError, match="not in general position; take another seed"):
        measure_growth(3, 1, [3])


def test_the_limit_stops_before_anything_is_listed(monkeypatch):
    monkeypatch.setattr("theory.growth_measurements.FirstLayer", None)
    with pytest.raises(
        LimitError, match=r"20 rows of rank 2 have up to 3,160 tuples of width 2, above the limit of 200"
    ):
        measure_growth(2, 2, [4, 20], limit=200)
    for r, m, n in ((20, 5, 60), (1000, 2, 1000), (30, 10**6, 40)):
        with pytest.raises(LimitError, match=r"far more tuples.*raise the limit"):
            measure_growth(r, m, [n])
    with pytest.raises(InputError, match="entries"):
        measure_growth(10**6, 2, [10**6])
