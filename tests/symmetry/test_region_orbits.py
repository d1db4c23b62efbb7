"""Orbits of regions: against brute force, known classes, and Burnside's lemma."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from support.signed_permutations import generated
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import (
    Arrangement,
    InputError,
    SymmetryGroup,
    count_orbits,
    count_regions,
    family,
    iter_orbits,
    iter_regions,
    list_orbits,
    symmetry_group,
)
from arrangements.exact.linear_algebra import dot
from arrangements.first_layer.adjacency import hyperplane_rows


def on_hyperplanes(signs, arrangement):
    return tuple(signs[rows[0]] for rows in hyperplane_rows(arrangement))


def brute_orbits(arrangement, group):
    """The orbits as sets, by applying generators to regions one by one, on the hyperplanes."""
    classes = hyperplane_rows(arrangement)
    turned = [1 if arrangement.hyperplanes[k] else 0 for k in range(len(classes))]
    left = {
        tuple(s * t for s, t in zip(on_hyperplanes(c.signs, arrangement), turned, strict=True))
        for c in iter_regions(arrangement)
    }
    found = []
    while left:
        waiting = [left.pop()]
        orbit = set(waiting)
        while waiting:
            signs = waiting.pop()
            for g in group.generators:
                if (image := g.applied(signs)) not in orbit:
                    orbit.add(image)
                    waiting.append(image)
        left -= orbit
        found.append(orbit)
    return found


@EVERY_ENGINE
@settings(max_examples=40, deadline=None)
@given(arrangement=arrangements(rows=6, columns=3))
def test_brute_force(engine, arrangement):
    group = symmetry_group(arrangement)
    expected = brute_orbits(arrangement, group)
    found = list_orbits(arrangement, engine=engine)
    assert sorted(orbit.size for orbit in found) == sorted(map(len, expected))
    assert len(
        {next(i for i, o in enumerate(expected) if on_hyperplanes(f.region.signs, arrangement) in o) for f in found}
    ) == len(expected)
    assert count_orbits(arrangement) == len(expected)
    assert sum(orbit.size for orbit in found) == count_regions(arrangement)
    for orbit in found:
        values = [dot(row, orbit.region.witness) for row in arrangement.homogeneous]
        assert orbit.region.signs == tuple(
            (v > 0) - (v < 0) if any(n) else s
            for v, n, s in zip(values, arrangement.normals, orbit.region.signs, strict=True)
        )
        assert group.order % orbit.size == 0


@pytest.mark.parametrize(
    ("n", "negation_and_permutation", "all_symmetries"), [(1, 2, 1), (2, 3, 2), (3, 6, 3), (4, 15, 7), (5, 63, 21)]
)
def test_classes_of_threshold_functions(n, negation_and_permutation, all_symmetries):
    """Up to permuting and negating variables and negating the output: A001529.

    These symmetries are those that keep the constant functions, w = +-(1, 0, .., 0). The arrangement has more of them,
    n + 1 times as many: with y = 2 x - 1 the rows (1, y) are the diagonals of a cube of dimension n + 1, and functions
    of n variables are the self-dual ones of n + 1; all symmetries give their classes, A001532.
    """
    arrangement = family(f"threshold:{n}")
    group = symmetry_group(arrangement, fixing=[(1, *[0] * n)])
    assert symmetry_group(arrangement).order == (n + 1) * group.order
    for chosen, number in ((group, negation_and_permutation), (None, all_symmetries)):
        found = list_orbits(arrangement, group=chosen)
        assert len(found) == number
        assert sum(orbit.size for orbit in found) == count_regions(arrangement)


def test_threshold_functions_of_no_variable():
    """Two constants, which negating the output exchanges."""
    assert [orbit.size for orbit in iter_orbits(Arrangement.from_table([[1]]))] == [2]


@pytest.mark.parametrize("name", ["braid:5", "typeB:3", "typeD:4"])
def test_chambers_of_a_reflection_arrangement_are_one_orbit(name):
    (orbit,) = iter_orbits(family(name))
    assert orbit.size == count_regions(family(name))


@pytest.mark.parametrize("name", ["resonance:3", "crosspolytope:3", "shi:3", "threshold:2"])
def test_the_number_of_orbits_is_the_mean_number_of_fixed_regions(name):
    """Burnside's lemma, over all elements of the group."""
    arrangement = family(name)
    group = symmetry_group(arrangement)
    regions = {on_hyperplanes(cell.signs, arrangement) for cell in iter_regions(arrangement)}
    known = generated(group)
    kind = type(group.generators[0])
    fixed = sum(kind(*element).applied(region) == region for element in known for region in regions)
    assert Fraction(fixed, len(known)) == count_orbits(arrangement)


@pytest.mark.parametrize("name", ["braid:4", "typeB:3", "resonance:3", "shi:3"])
def test_many_copies_of_rows_and_zero_rows_change_no_orbit(name):
    """Rows scaled, turned over and repeated in any order, in more than one word of 64 signs."""
    base, random = family(name), Random(0)
    offsets = base.offsets or [0] * len(base)
    pairs = [
        (row, b, random.choice((-3, -1, 2))) for row, b in zip(base.normals, offsets, strict=True) for _ in "x" * 15
    ]
    table = [([s * x for x in row], s * b) for row, b, s in pairs] + [([0] * base.dimension, 0)] * (not base.is_affine)
    random.shuffle(table)
    many = Arrangement.from_table([row for row, _ in table], [b for _, b in table] if base.is_affine else None)
    assert len(many) > 64
    assert symmetry_group(many).order == symmetry_group(base).order
    assert sorted(o.size for o in iter_orbits(many)) == sorted(o.size for o in iter_orbits(base))


def test_without_symmetries_every_region_is_an_orbit():
    arrangement = family("braid:4")
    found = list_orbits(arrangement, group=SymmetryGroup(arrangement, ()))
    assert [orbit.region.signs for orbit in found] == [cell.signs for cell in iter_regions(arrangement)]
    assert {orbit.size for orbit in found} == {1}


def test_a_group_of_another_arrangement():
    with pytest.raises(InputError, match="symmetries of another arrangement"):
        list_orbits(family("braid:4"), group=symmetry_group(family("braid:3")))
    with pytest.raises(InputError, match="not a SymmetryGroup"):
        list_orbits(family("braid:4"), group="all")


@pytest.mark.slow
def test_classes_of_threshold_functions_of_six_variables():
    arrangement = family("threshold:6")
    group = symmetry_group(arrangement, fixing=[(1, *[0] * 6)])
    assert count_orbits(arrangement, group=group) == 567
