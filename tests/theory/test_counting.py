"""Exact counts against published numbers, against the definition, and under symmetries."""

import random
from fractions import Fraction
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.counts_by_definition import (
    braid,
    crosspolytope,
    deformed_braid,
    demicube,
    moment,
    resonance,
    threshold,
    type_b,
    type_d,
    whitney_by_flats,
)

from arrangements import Arrangement
from arrangements.errors import InputError, LimitError
from theory import bounded_number, characteristic_polynomial, region_number, whitney_numbers
from theory.counting import deletion_restriction as restriction

KNOWN = [
    (resonance, 1, [2, 6, 32, 370, 11292, 1066044]),  # OEIS A034997
    (threshold, 1, [4, 14, 104, 1882, 94572]),  # OEIS A000609
    (crosspolytope, 1, [4, 14, 46, 146, 454]),  # OEIS A027649
    (demicube, 2, [4, 16, 146, 3756, 291558]),
    (braid, 2, [factorial(n) for n in range(2, 12)]),
    (type_b, 1, [2**n * factorial(n) for n in range(1, 7)]),
    (type_d, 2, [2 ** (n - 1) * factorial(n) for n in range(2, 7)]),
]
AFFINE = [
    ("shi", (0, 1), [(n + 1) ** (n - 1) for n in range(1, 6)]),
    ("catalan", (-1, 0, 1), [factorial(n) * comb(2 * n, n) // (n + 1) for n in range(1, 6)]),
    ("linial", (1,), [1, 2, 7, 36, 246]),  # OEIS A007889
    ("semiorder", (-1, 1), [1, 3, 19, 183, 2371]),  # OEIS A006531
]
BOUNDED = [
    ("shi", (0, 1), [(n - 1) ** (n - 1) for n in range(2, 6)]),
    ("catalan", (-1, 0, 1), [factorial(n) * comb(2 * n - 2, n - 1) // n for n in range(2, 6)]),
]

small = st.integers(-2, 2)


@st.composite
def matrices(draw, entries=small, most_rows=6, most_columns=4):
    d = draw(st.integers(1, most_columns))
    return draw(st.lists(st.tuples(*[entries] * d), min_size=1, max_size=most_rows))


def affine(rows, offsets):
    return Arrangement.from_table(rows, offsets)


def deformed(n, shifts):
    """The arrangement of `deformed_braid`, which for n = 1 is R^1 without a hyperplane."""
    rows, offsets = deformed_braid(n, shifts)
    return Arrangement(tuple(rows), tuple(offsets), n)


def transformed(rows, matrix):
    """The product rows matrix, in Python integers."""
    return [tuple(map(int, row)) for row in np.array(rows, dtype=object) @ np.array(matrix, dtype=object)]


@pytest.mark.parametrize(
    ("family", "n", "count"),
    [(family, n, count) for family, start, counts in KNOWN for n, count in enumerate(counts, start)],
)
def test_known_families(family, n, count):
    assert region_number(family(n)) == count


@pytest.mark.parametrize(("name", "shifts", "counts"), AFFINE)
def test_known_affine_families(name, shifts, counts):
    assert [region_number(deformed(n, shifts)) for n in range(1, 6)] == counts


@pytest.mark.parametrize(("name", "shifts", "counts"), BOUNDED)
def test_known_bounded_regions(name, shifts, counts):
    # the hyperplanes leave the direction (1, ..., 1) free: relatively bounded regions
    assert [bounded_number(deformed(n, shifts)) for n in range(2, 6)] == counts


@pytest.mark.parametrize("n", [2, 3, 5])
def test_braid_polynomial_has_the_roots_0_to_n_minus_1(n):
    expected = np.array([1], dtype=object)
    for root in range(n):
        expected = np.convolve(expected, np.array([1, -root], dtype=object))
    assert characteristic_polynomial(braid(n)) == tuple(expected)


def test_shi_polynomial():
    # chi(t) = t (t - n)^(n-1) (Headley 1997)
    assert characteristic_polynomial(deformed(4, (0, 1))) == (1, -12, 48, -64, 0)


@pytest.mark.parametrize(("n", "d"), [(1, 3), (3, 3), (7, 3), (12, 5), (40, 3), (9, 8)])
def test_general_position(n, d):
    r = min(n, d)
    expected = (*(comb(n, k) for k in range(r)), comb(n - 1, r - 1))
    assert whitney_numbers(moment(n, d)) == expected


@given(matrices())
def test_agrees_with_the_definition(rows):
    assert whitney_numbers(rows) == whitney_by_flats(rows)


@settings(max_examples=30)
@given(matrices(st.sampled_from([0, 1, 10**30, 10**30 + 1, -(2**61) + 1, 2**61 - 1, 2**89 - 1]), 5, 3))
def test_agrees_with_the_definition_on_huge_entries(rows):
    assert whitney_numbers(rows) == whitney_by_flats(rows)


@given(matrices(), st.randoms(use_true_random=False))
def test_order_scaling_repetition_and_zero_rows_do_not_matter(rows, rng):
    expected = whitney_numbers(rows)
    scaled = [tuple(factor * a for a in row) for row in rows for factor in (rng.choice((-3, 1, 7)),)]
    more = [*scaled, rng.choice(scaled), tuple(-a for a in rng.choice(scaled)), (0,) * len(rows[0])]
    rng.shuffle(more)
    assert whitney_numbers(more) == expected


@given(matrices(), st.randoms(use_true_random=False))
def test_change_of_basis_does_not_matter(rows, rng):
    d = len(rows[0])
    lower = [[rng.randint(-9, 9) if j < i else int(i == j) for j in range(d + 1)] for i in range(d)]
    upper = [[rng.randint(-9, 9) if j > i else int(i == j) for j in range(d + 1)] for i in range(d + 1)]
    assert whitney_numbers(transformed(transformed(rows, lower), upper)) == whitney_numbers(rows)


@given(matrices(most_rows=7))
def test_deletion_and_restriction_of_a_coordinate_hyperplane(rows):
    d = len(rows[0])
    last = (0,) * (d - 1) + (1,)
    deleted = [row for row in rows if any(row[:-1])]  # without every hyperplane parallel to the last one
    restricted = [row[:-1] for row in deleted]
    counts = [region_number(Arrangement(tuple(rows), None, k)) for rows, k in ((deleted, d), (restricted, d - 1))]
    assert region_number([*deleted, last]) == sum(counts)


@given(matrices(most_columns=3), st.lists(small, min_size=6, max_size=6))
def test_affine_counts_on_a_line_of_offsets(rows, offsets):
    offsets = offsets[: len(rows)]
    zero = [0] * len(rows)
    assert region_number(affine(rows, zero)) == region_number(rows)
    assert characteristic_polynomial(affine(rows, zero)) == characteristic_polynomial(rows)
    chi = characteristic_polynomial(affine(rows, offsets))
    assert len(chi) == len(rows[0]) + 1
    assert region_number(affine(rows, offsets)) == sum(map(abs, chi))
    # a translation by (1, ..., 1) changes the offsets and nothing else
    moved = [b + sum(row) for row, b in zip(rows, offsets, strict=True)]
    assert characteristic_polynomial(affine(rows, moved)) == chi


def test_points_on_a_line():
    rows, offsets = [(1,), (2,), (-1,), (3,), (0,), (0,)], [0, 2, -1, 7, 5, 0]
    # the points 0, 1, 1, 7/3; the zero rows cut nothing, whatever their offsets
    assert region_number(affine(rows, offsets)) == 4
    assert bounded_number(affine(rows, offsets)) == 2
    assert characteristic_polynomial(affine(rows, offsets)) == (1, -3)


@given(st.lists(st.tuples(small, small, small), min_size=1, max_size=6))
def test_lines_in_the_plane_against_their_intersection_points(lines):
    """Regions of lines: 1 + lines + sum over the intersection points of (lines through it - 1)."""
    distinct = set()
    for a, b, c in lines:
        if a or b:
            lead = Fraction(a or b)
            distinct.add((a / lead, b / lead, c / lead))
    points = {}
    for a, b, c in distinct:
        for u, v, w in distinct:
            if det := a * v - b * u:
                points.setdefault(((c * v - b * w) / det, (a * w - c * u) / det), set()).add((a, b, c))
    expected = 1 + len(distinct) + sum(len(through) - 1 for through in points.values())
    assert region_number(affine([line[:2] for line in lines], [line[2] for line in lines])) == expected


def test_huge_entries():
    big = 10**30
    assert region_number([(big, 1), (big + 1, 1), (big, 1)]) == 4
    assert region_number([(big, 1), (2 * big, 2), (-big, -1)]) == 2
    # three vectors that are dependent, and three whose determinant is 1
    assert whitney_numbers([(big, 1, 0), (0, big, 1), (big, big + 1, 1)]) == (1, 3, 2)
    assert whitney_numbers([(big, 1, 0), (big - 1, 1, 0), (0, 0, 1)]) == (1, 3, 3, 1)
    mixing = [[big, 1, 3, 0, 7], [0, 1, big, 5, 0], [2, 0, 1, 0, big], [0, big, 0, 1, 1], [1, 1, 0, big, 0]]
    assert region_number(transformed(resonance(5), mixing)) == 11292


@pytest.mark.parametrize("e", [61, 89, 107])
def test_a_determinant_that_is_a_mersenne_prime_is_not_zero(e):
    p = 2**e - 1
    assert whitney_numbers([(1, 0), (1, p)]) == (1, 2, 1)
    assert whitney_numbers([(1, 0), (0, 1), (1, p), (p, 1)]) == (1, 4, 3)
    assert whitney_numbers([(1, 0, 0), (0, 1, 0), (1, 1, p), (2, 3, p)]) == (1, 4, 6, 3)


def test_dyadic_rows_of_floats_are_in_general_position():
    rng = random.Random(1)
    rows = [tuple(int(rng.gauss(0, 1) * 2**60) for _ in range(4)) for _ in range(30)]
    assert region_number(rows) == 2 * sum(comb(29, k) for k in range(4))
    first, second = rows[0], rows[1]
    rows.append(tuple(a + b for a, b in zip(first, second, strict=True)))
    # one more hyperplane, whose restriction has two coincident planes: chi changes by that of 29 lines
    more = 2 * sum(comb(28, k) for k in range(3))
    assert region_number(rows) == 2 * sum(comb(29, k) for k in range(4)) + more


def test_degenerate_shapes():
    assert whitney_numbers(Arrangement((), None, 0)) == (1,)
    assert whitney_numbers([(0, 0), (0, 0)]) == (1,)
    assert whitney_numbers(Arrangement(((), ()), None, 0)) == (1,)
    assert whitney_numbers([(5,)]) == (1, 1)
    assert characteristic_polynomial([(0, 0)]) == (1, 0, 0)
    assert characteristic_polynomial(Arrangement((), None, 3)) == (1, 0, 0, 0)
    assert characteristic_polynomial(Arrangement((), (), 0)) == (1,)
    assert region_number(affine([(0, 0)], [3])) == 1
    assert bounded_number(affine([(0, 0)], [3])) == 1
    assert bounded_number(affine([(1, 0), (0, 1)], [1, 1])) == 0


def test_numpy_arrays_and_lists_are_alike():
    rows = np.array(resonance(4), dtype=np.int8)
    assert region_number(rows) == region_number(rows.tolist()) == 370
    assert region_number(rows.astype(object) * 2**70) == 370
    assert region_number(affine(rows[:2], np.array([1, 2]))) == 4


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, 2), (1, float("nan"))], "row 2, column 2: nan is not a finite number"),
        ([(1, 2), (1,)], "row 2 has 1 columns where row 1 has 2"),
        ([(1, "x")], "row 1, column 2"),
        ([], "the table is empty"),
    ],
)
def test_wrong_input(rows, message):
    for function in (region_number, bounded_number, characteristic_polynomial, whitney_numbers):
        with pytest.raises(InputError, match=message):
            function(rows)


@settings(max_examples=50)
@given(matrices(st.fractions(-2, 2, max_denominator=6), 5, 3), st.data())
def test_fractions_count_like_the_integers_on_their_rays(rows, data):
    """Tables of fractions, as text and in arrangements with offsets; the cone has every region twice."""
    assert whitney_numbers(rows) == whitney_by_flats(rows) == whitney_numbers([list(map(str, row)) for row in rows])
    offsets = data.draw(st.lists(st.fractions(-2, 2, max_denominator=6), min_size=len(rows), max_size=len(rows)))
    cone = [*((*row, -b) for row, b in zip(rows, offsets, strict=True)), (*[0] * len(rows[0]), 1)]
    w = whitney_numbers(affine(rows, offsets))
    assert 2 * sum(w) == 2 * region_number(affine(rows, offsets)) == sum(whitney_by_flats(cone))
    assert [a + b for a, b in zip((*w, 0), (0, *w), strict=True)] == list(whitney_by_flats(cone))


def test_limit():
    assert region_number(resonance(5), limit=11292) == 11292
    assert region_number(affine([(1,), (1,)], [0, 1]), limit=3) == 3
    with pytest.raises(LimitError, match="11291"):
        region_number(resonance(5), limit=11291)
    with pytest.raises(LimitError, match="more than 2 regions"):
        region_number(affine([(1,), (1,)], [0, 1]), limit=2)
    with pytest.raises(LimitError):  # far too many to count: 10^30 or so
        region_number(moment(400, 20), limit=1000)


@given(matrices())
def test_the_first_whitney_numbers_bound_the_regions(rows):
    """Brute force for the theorem on shellable complexes: any prefix, its last number too small or not."""
    w = whitney_by_flats(rows)
    r, regions = len(w) - 1, sum(w)
    for k, w_k in enumerate(w):
        for seen in range(w_k + 1):
            assert restriction.least_regions((*w[:k], seen), r) <= regions
    assert restriction.least_regions(w, r) == regions


@given(matrices(), st.sampled_from([(1, 1, 1), (40, 300, 300), (1 << 18, 1 << 21, 1 << 24)]))
def test_a_limit_is_met_exactly(rows, sizes):
    with pytest.MonkeyPatch.context() as patch:
        for name, size in zip(("BATCH", "HELD", "HELD_WHOLE"), sizes, strict=True):
            patch.setattr(restriction, name, size)
        regions = sum(whitney_by_flats(rows))
        assert region_number(rows, limit=regions) == regions
        if regions > 1:
            with pytest.raises(LimitError):
                region_number(rows, limit=regions - 1)


@pytest.mark.parametrize(("batch", "held"), [(1, 1), (40, 300), (1 << 18, 300)])
def test_memory_limits_do_not_change_the_answer(monkeypatch, batch, held):
    monkeypatch.setattr(restriction, "BATCH", batch)
    monkeypatch.setattr(restriction, "HELD", held)
    assert region_number(threshold(3)) == 104
    assert region_number(braid(6)) == 720


@pytest.mark.parametrize("value", [0, 2**64 - 1])
def test_wrong_guesses_of_the_signature_do_not_change_the_answer(monkeypatch, value):
    # a signature is the sum of the values plus the number of rows: the number alone, or always 0
    monkeypatch.setattr(restriction, "scramble", lambda rows: np.full(len(rows), value, dtype=np.uint64))
    assert region_number(threshold(4)) == 1882
    assert region_number(braid(6)) == 720


def test_an_arrangement_is_not_merged_with_the_beginning_of_a_longer_one(monkeypatch):
    rows, weight = np.array([(1, 0), (1, 1), (1, 0)]), np.array([1, 1, 5])
    level = restriction.Level(rows, np.array([0, 0, 1]), weight)
    monkeypatch.setattr(restriction, "scramble", lambda rows: np.full(len(rows), 2**64 - 1, dtype=np.uint64))
    assert restriction.merge(level) is level
    twins = restriction.Level(rows[[0, 1, 0, 1]], np.array([0, 0, 1, 1]), np.array([1, 1, 5, 5]))
    merged = restriction.merge(twins)
    assert (merged.rows.tolist(), merged.weight.tolist()) == ([[1, 0], [1, 1]], [6, 6])


def test_large_weights_do_not_overflow():
    # C(72, 36) > 2^63: the weights of merged arrangements are Python integers then
    assert whitney_numbers(np.eye(36, dtype=int).tolist()) == tuple(comb(36, k) for k in range(37))
    assert region_number(braid(21)) == factorial(21) > 2**63
