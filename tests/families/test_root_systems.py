"""Root systems: that they are closed under their reflections, and what their arrangements count."""

from fractions import Fraction
from math import factorial, prod

import pytest
from support.finite_field import regions_by_finite_field

import arrangements
from arrangements import family
from arrangements.families import braid, catalan, coxeter, coxeter_catalan, coxeter_shi, shi, type_b, type_c, type_d
from arrangements.families.root_systems import positive_roots
from theory.counting.zaslavsky import characteristic_polynomial, region_number

# Degrees of the Weyl groups: Humphreys, Reflection Groups and Coxeter Groups, 1990, Table 3.1.
DEGREES = {
    **{f"A{n}": range(2, n + 2) for n in range(1, 8)},
    **{f"{letter}{n}": range(2, 2 * n + 1, 2) for letter in "BC" for n in range(1, 7)},
    **{f"D{n}": (*range(2, 2 * n - 1, 2), n) for n in range(2, 7)},
    "E6": (2, 5, 6, 8, 9, 12),
    "E7": (2, 6, 8, 10, 12, 14, 18),
    "E8": (2, 8, 12, 14, 18, 20, 24, 30),
    "F4": (2, 6, 8, 12),
    "G2": (2, 6),
}
ORDERS = {"E6": 51840, "E7": 2903040, "E8": 696729600, "F4": 1152, "G2": 12}
SMALL = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C2", "C3", "D2", "D3", "D4", "F4", "G2"]


def vectors(kind):
    return [tuple(Fraction(x, root.scale) for x in root.row) for root in positive_roots(kind)[0]]


def dot(u, v):
    return sum(x * y for x, y in zip(u, v, strict=True))


@pytest.mark.parametrize("kind", DEGREES)
def test_root_system(kind):
    """The axioms: closed under every reflection, with integer Cartan numbers; of each root and its opposite, one."""
    positive = vectors(kind)
    roots = {*positive, *(tuple(-x for x in v) for v in positive)}
    assert len(roots) == 2 * len(positive)
    for a in positive:
        assert next(x for x in a if x) > 0
        for b in positive:
            cartan = 2 * dot(a, b) / dot(a, a)
            assert cartan.denominator == 1
            assert tuple(y - cartan * x for x, y in zip(a, b, strict=True)) in roots
    assert len(positive) == sum(d - 1 for d in DEGREES[kind])


def test_orders_of_the_groups():
    assert {kind: prod(DEGREES[kind]) for kind in ORDERS} == ORDERS


@pytest.mark.parametrize("kind", [kind for kind in DEGREES if kind != "E8"])
def test_regions_are_the_elements_of_the_group(kind):
    """chi(t) = prod (t - (d_i - 1)) (Orlik and Solomon 1980), so prod d_i regions."""
    made = coxeter(kind)
    n = len(DEGREES[kind])
    expected = [1]
    for d in DEGREES[kind]:
        expected = [a - (d - 1) * b for a, b in zip([*expected, 0], [0, *expected], strict=True)]
    assert characteristic_polynomial(made) == (*expected, *[0] * (made.dimension - n))
    assert region_number(made) == prod(DEGREES[kind])


@pytest.mark.slow
def test_regions_of_e8():
    assert region_number(coxeter("E8")) == ORDERS["E8"]


@pytest.mark.parametrize("kind", [kind for kind in DEGREES if prod(DEGREES[kind]) <= 2000])
def test_regions_by_listing(kind):
    assert arrangements.count_regions(coxeter(kind)) == prod(DEGREES[kind])


@pytest.mark.parametrize("kind", SMALL)
def test_shi(kind):
    """(h+1)^n (Shi 1987), h the largest degree."""
    degrees = DEGREES[kind]
    made = coxeter_shi(kind)
    expected = (max(degrees) + 1) ** len(degrees)
    assert region_number(made) == expected
    if expected < 3000:
        assert arrangements.count_regions(made) == expected


@pytest.mark.parametrize("kind", SMALL)
def test_catalan(kind):
    """The product of all h + d_i (Athanasiadis 2004)."""
    degrees = DEGREES[kind]
    made = coxeter_catalan(kind)
    expected = prod(max(degrees) + d for d in degrees)
    assert region_number(made) == expected
    if expected < 3000:
        assert arrangements.count_regions(made) == expected


@pytest.mark.parametrize("kind", ["A2", "B2", "B3", "C3", "D3", "G2"])
def test_over_finite_fields(kind):
    degrees = DEGREES[kind]
    assert regions_by_finite_field(coxeter(kind)) == prod(degrees)
    assert regions_by_finite_field(coxeter_shi(kind)) == (max(degrees) + 1) ** len(degrees)
    assert regions_by_finite_field(coxeter_catalan(kind)) == prod(max(degrees) + d for d in degrees)


@pytest.mark.parametrize("n", range(1, 6))
def test_type_a_is_the_braid_arrangement_and_its_deformations(n):
    assert coxeter(f"A{n}") == family(f"coxeter:a{n}") == braid(n + 1)
    assert coxeter_shi(f"A{n}") == shi(n + 1)
    assert coxeter_catalan(f"A{n}") == catalan(n + 1)


@pytest.mark.parametrize("n", range(1, 6))
def test_short_forms(n):
    assert [type_b(n), type_c(n), type_d(n)] == [coxeter(f"{letter}{n}") for letter in "BCD"]
    assert region_number(type_b(n)) == 2**n * factorial(n)


@pytest.mark.parametrize(
    ("kind", "rank", "dimension"), [("E6", 6, 8), ("E7", 7, 8), ("E8", 8, 8), ("G2", 2, 3), ("F4", 4, 4)]
)
def test_rank_in_the_space_around(kind, rank, dimension):
    assert (coxeter(kind).rank, coxeter(kind).dimension) == (rank, dimension)
