"""Faces of every dimension: against brute force, Zaslavsky's formula, closed formulas, and the other engine."""

from itertools import chain, combinations, groupby
from math import comb, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.brute_force import brute_covectors, dot, sign
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import Arrangement, InputError, count_regions, f_vector, family, iter_covectors
from arrangements.exact.linear_algebra import nullspace, rank
from arrangements.first_layer import engines
from theory import region_number

FACES = {  # DESIGN, section 9
    "braid:4": 75,
    "typeB:1": 3,
    "typeB:2": 17,
    "typeB:3": 147,
    "typeB:4": 1697,  # OEIS A080253
    "resonance:4": 1701,
}
DEGENERATE = [
    ([[0]], None),
    ([[0, 0], [0, 0]], None),
    ([[0, 0]], [0]),
    ([[0, 0]], [3]),
    ([[2], [-1], [0]], None),
    ([[1, 2, 3]], None),
    ([[1, 2, 3], [-2, -4, -6], [0, 0, 0]], [1, -2, -1]),
    ([[1, 1], [1, 1], [2, 2]], [0, 1, 1]),
    ([[1, 0, 0], [0, 1, 0], [1, 1, 0], [-1, -1, 0]], None),
    ([[1, 0], [0, 1], [1, 1], [0, 0]], [0, 0, 1, -7]),
    ([[10**9, 1], [10**9 + 1, 1], [1, 10**9], [10**40, 10**40 + 1]], None),
    ([["1e-9", 1, 0], [0, 1, 0], ["-1e-9", 1, "1e30"]], ["1e-30", 0, 1]),
]


def dimension(signs, arrangement):
    """Of a face: what the hyperplanes that hold it leave; that they meet in some point is given."""
    return arrangement.dimension - rank(
        [row for s, row in zip(signs, arrangement.normals, strict=True) if not s], arrangement.dimension
    )


def by_restrictions(arrangement):
    """Zaslavsky's formula: over all flats, closed sets of rows, the numbers of regions, counted by linear algebra."""
    rows, infinity = arrangement.homogeneous, arrangement.infinity
    columns = len(rows[0])
    numbers = [0] * (arrangement.dimension + 1)
    flats = set()
    for chosen in chain.from_iterable(combinations(rows, size) for size in range(columns + 1)):
        basis = nullspace(chosen, columns)
        if infinity is None or any(dot(infinity, b) for b in basis):
            flats.add(frozenset(i for i, row in enumerate(rows) if not any(dot(row, b) for b in basis)))
    for flat in flats:
        basis = nullspace([rows[i] for i in flat], columns)
        seen = [[dot(row, b) for b in basis] for row in (*rows, *([infinity] if infinity else []))]
        regions = region_number(seen) if basis else 1
        numbers[len(basis) - arrangement.is_affine] += regions // (1 + arrangement.is_affine)
    return tuple(numbers)


def as_set(cells):
    listed = [cell.signs for cell in cells]
    assert len(set(listed)) == len(listed), "a face is listed twice"
    return set(listed)


@EVERY_ENGINE
@pytest.mark.parametrize(("name", "count"), FACES.items())
def test_known_numbers(engine, name, count):
    assert sum(1 for _ in iter_covectors(family(name), engine=engine)) == count
    assert sum(f_vector(family(name), engine=engine)) == count


@EVERY_ENGINE
@settings(max_examples=150)
@given(arrangement=arrangements(rows=5, columns=4))
def test_brute_force(engine, arrangement):
    expected = brute_covectors(arrangement.homogeneous, arrangement.infinity)
    assert as_set(iter_covectors(arrangement, engine=engine)) == expected


@EVERY_ENGINE
@pytest.mark.parametrize(("table", "offsets"), DEGENERATE)
def test_degenerate_tables(engine, table, offsets):
    arrangement = Arrangement.from_table(table, offsets)
    expected = brute_covectors(arrangement.homogeneous, arrangement.infinity)
    assert as_set(iter_covectors(arrangement, engine=engine)) == expected
    numbers = [0] * (arrangement.dimension + 1)
    for signs in expected:
        numbers[dimension(signs, arrangement)] += 1
    assert f_vector(arrangement, engine=engine) == tuple(numbers)


@EVERY_ENGINE
@settings(max_examples=60)
@given(arrangement=arrangements(rows=8, columns=4))
def test_zaslavsky_and_euler(engine, arrangement):
    numbers = f_vector(arrangement, engine=engine)
    assert numbers == by_restrictions(arrangement)
    assert sum((-1) ** i * number for i, number in enumerate(numbers)) == (-1) ** arrangement.dimension
    assert numbers[-1] == count_regions(arrangement)
    assert not any(numbers[: len(arrangement.lineality)])


@EVERY_ENGINE
@settings(max_examples=60)
@given(arrangement=arrangements(rows=8, columns=4))
def test_witnesses_and_order(engine, arrangement):
    """Each witness lies in its face; dimensions fall; and the numbers are those of the list."""
    dimensions = []
    for signs, witness in iter_covectors(arrangement, engine=engine):
        dimensions.append(dimension(signs, arrangement))
        assert signs == tuple(sign(dot(row, witness)) for row in arrangement.homogeneous)
        assert len(witness) == arrangement.dimension + arrangement.is_affine
        assert not arrangement.is_affine or witness[-1] > 0
    assert dimensions == sorted(dimensions, reverse=True)
    numbers = f_vector(arrangement, engine=engine)
    assert {i: len(list(run)) for i, run in groupby(dimensions)} == {i: f for i, f in enumerate(numbers) if f}


@settings(max_examples=40)
@given(arrangements(rows=9, columns=4))
def test_engines_agree(arrangement):
    assert as_set(iter_covectors(arrangement, engine="rays")) == as_set(iter_covectors(arrangement, engine="lp"))


@pytest.mark.parametrize(
    "name", ["braid:5", "typeB:3", "resonance:4", "shi:4", "catalan:3", "random:9,4,0", "moment:9,4"]
)
def test_engines_agree_on_families(name):
    assert as_set(iter_covectors(family(name), engine="rays")) == as_set(iter_covectors(family(name), engine="lp"))


@EVERY_ENGINE
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_braid_faces_are_ordered_partitions(engine, n):
    """Dimension k: k! S(n, k) ways to put n letters into k blocks in a row."""
    onto = [sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1)) for k in range(n + 1)]
    if n > 1:
        assert f_vector(family(f"braid:{n}"), engine=engine) == tuple(onto)


@EVERY_ENGINE
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_type_b_faces_are_signed_ordered_partitions(engine, n):
    """Dimension k: some letters are zero, the others are put into k blocks in a row, with signs."""
    expected = [
        sum(comb(n, m) * 2**m * sum((-1) ** (k - j) * comb(k, j) * j**m for j in range(k + 1)) for m in range(n + 1))
        for k in range(n + 1)
    ]
    assert f_vector(family(f"typeB:{n}"), engine=engine) == tuple(expected)
    assert expected[n] == 2**n * factorial(n)


@EVERY_ENGINE
@pytest.mark.parametrize("n", [2, 3, 4])
def test_shi_faces(engine, n):
    """Athanasiadis (1996): C(n, k) times the functions from n-1 to n+1 letters whose image contains n-k given ones."""
    expected = [
        comb(n, k) * sum((-1) ** i * comb(n - k, i) * (n + 1 - i) ** (n - 1) for i in range(n - k + 1))
        for k in range(n + 1)
    ]
    assert f_vector(family(f"shi:{n}"), engine=engine) == tuple(expected)


@EVERY_ENGINE
@pytest.mark.parametrize(("n", "d"), [(1, 1), (5, 2), (7, 3), (10, 4), (7, 6), (5, 5)])
def test_general_position(engine, n, d):
    """C(n, c) flats of codimension c < d, each with n - c hyperplanes in general position; and the origin."""
    expected = [1] + [comb(n, d - k) * 2 * sum(comb(n - d + k - 1, j) for j in range(k)) for k in range(1, d + 1)]
    assert f_vector(family(f"random:{n},{d},0"), engine=engine) == tuple(expected)


@pytest.mark.parametrize("name", ["resonance:5", "random:20,4,0", "braid:7", "threshold:4", "shi:5"])
def test_euler_on_larger_families(name):
    numbers = f_vector(family(name))
    assert sum((-1) ** i * number for i, number in enumerate(numbers)) == (-1) ** family(name).dimension
    assert numbers[-1] == count_regions(family(name))


@given(st.integers(1, 5), st.integers(0, 5), st.data())
def test_coordinate_hyperplanes(d, zeros, data):
    """Every sign vector is a face, C(d, k) 2^k of dimension k; zero rows change nothing."""
    rows = [[int(i == j) for j in range(d)] for i in range(d)] + [[0] * d] * zeros
    arrangement = Arrangement.from_table(data.draw(st.permutations(rows)))
    assert f_vector(arrangement) == tuple(comb(d, k) * 2**k for k in range(d + 1))


def test_auto_loads_no_kernel_for_few_faces(monkeypatch):
    monkeypatch.setattr(engines, "RaySearch", None)
    assert sum(f_vector(family("braid:5"))) == 541
    assert sum(1 for _ in iter_covectors(family("braid:5"))) == 541


def test_auto_solves_no_linear_program_for_many_faces(monkeypatch):
    monkeypatch.setattr(engines, "Search", None)
    assert f_vector(family("random:20,4,0")) == (1, 2280, 6840, 6880, 2320)


@pytest.mark.parametrize("lister", [iter_covectors, f_vector])
def test_unknown_engine(lister):
    with pytest.raises(InputError, match=r"'cdd'.*auto, sweep, rays, lp"):
        lister(family("braid:3"), engine="cdd")
