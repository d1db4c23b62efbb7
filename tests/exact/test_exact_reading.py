"""Numbers are read as what they spell, and refused with their value and place."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements import Arrangement, InputError, iter_regions
from arrangements.exact.numbers import exact_matrix, exact_number, exact_vector, integer_row, rank_warning, rounded_to


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        (10**40, 10**40),
        (np.int8(-3), -3),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.1"), Fraction(1, 10)),
        (0.1, Fraction(3602879701896397, 36028797018963968)),
        (np.float64(0.5), Fraction(1, 2)),
        (np.float32(0.1), Fraction(13421773, 134217728)),
        (5e-324, Fraction(1, 2**1074)),
        ("-3", -3),
        (" +7 ", 7),
        ("0.1", Fraction(1, 10)),
        ("1.", 1),
        (".5", Fraction(1, 2)),
        ("2e-3", Fraction(1, 500)),
        ("-.5E+2", -50),
        ("1/3", Fraction(1, 3)),
        ("-2/4", Fraction(-1, 2)),
        ("1/010", Fraction(1, 10)),
        ("1e300", 10**300),
        ("9" * 3000, 10**3000 - 1),
    ],
)
def test_read(value, expected):
    number = exact_number(value)
    assert number == expected
    assert type(number) is Fraction


REFUSED_TEXT = [
    *("", " ", "abc", "nan", "inf", "-Infinity", "1/0", "0/00", "1e99999", "1_000", "0x10", "--1", "1e", "1/-3"),
    *("1/2/3", "1.5/2", "1/3e2", "1 2", "1,5", "\u0663", "9" * 5000),
]
REFUSED = [None, 1j, [1], b"1", float("nan"), float("-inf"), np.float32("inf"), Decimal("NaN"), Decimal("Infinity")]


@pytest.mark.parametrize("value", [*REFUSED_TEXT, *REFUSED], ids=lambda value: repr(value)[:20])
def test_refused(value):
    with pytest.raises(InputError) as caught:
        exact_number(value, "row 2, column 3")
    message = str(caught.value)
    assert message.startswith(f"row 2, column 3: {repr(value)[:36]}")
    assert "not a finite number" in message
    assert len(message) < 150


@pytest.mark.skipif(np.finfo(np.longdouble).eps == np.finfo(float).eps, reason="a long double is a double here")
def test_long_double():
    numerator, denominator = (np.longdouble(1) / 3).as_integer_ratio()
    assert exact_number(np.longdouble(1) / 3) == Fraction(numerator, denominator)


@given(st.fractions())
def test_fractions_come_back(x):
    assert exact_number(str(x)) == exact_number(x) == x


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_come_back(x):
    assert exact_number(str(x)) == exact_number(x) == Fraction(x)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_the_dyadic_rationals_that_they_hold(x):
    assert exact_number(x) == Fraction(x)
    assert exact_number(repr(x)) == Fraction(repr(x))


@pytest.mark.parametrize(
    ("table", "offsets", "message"),
    [
        ([], None, "at least one row and one column"),
        ([[]], None, "at least one row and one column"),
        ([[1, 2], [3]], None, "row 2 has 1 columns where row 1 has 2"),
        ([[1, 2], [3, "x"]], None, "row 2, column 2: 'x' is not"),
        ([[1, None]], None, "row 1, column 2: None is not"),
        (np.array([[1.0, np.nan]]), None, "row 1, column 2: .*nan.* is not"),
        ([[1], [2]], [3], "1 offsets for 2 rows"),
        ([[1], [2]], [3, "inf"], "offset 2: 'inf' is not"),
    ],
)
def test_refused_tables(table, offsets, message):
    with pytest.raises(InputError, match=message):
        Arrangement.from_table(table, offsets)


@pytest.mark.parametrize("table", [[1, 2, 3], np.array([1.0, 2.0]), ["12", "34"]])
def test_refused_tables_of_one_dimension(table):
    with pytest.raises(InputError, match="row 1"):
        Arrangement.from_table(table)


def test_unknown_engine():
    with pytest.raises(InputError, match="unknown engine 'magic'"):
        iter_regions(Arrangement.from_table([[1]]), engine="magic")


@given(st.lists(st.fractions(), min_size=1, max_size=5))
def test_integer_row_is_a_positive_multiple(row):
    integers = integer_row(row)
    scale = next((Fraction(n) / x for n, x in zip(integers, row, strict=True) if x), Fraction(1))
    assert scale > 0
    assert [scale * x for x in row] == list(integers)
    assert np.gcd.reduce(np.array(integers, dtype=object)) <= 1


ALMOST = [[1, 1], [1, "1.00000000001"]]


@pytest.mark.parametrize(
    ("table", "ranks"),
    [
        (ALMOST, ("2", "1")),
        ([["1e5000", 1], [1, 1]], ("2", "1")),
        ([["0.333333333333333", 1], [1, 3], [0, 0]], ("2", "1")),
        ([[1, 1], [1, "1.001"]], None),
        ([[1, 2], [2, 4]], None),
        ([["1e-300", 0], [0, "1e-300"]], None),
        ([[0, 0]], None),
    ],
)
def test_rank_warning(table, ranks):
    warning = rank_warning(exact_matrix(table))
    if ranks is None:
        assert warning is None
    else:
        assert f"the exact rank is {ranks[0]}, the numerical rank (relative 1e-9) is {ranks[1]}" in warning


def test_rounding_restores_the_rank_that_was_meant():
    assert rank_warning(rounded_to(exact_matrix(ALMOST), 6)) is None


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.125", 2, "0.12"), ("0.135", 2, "0.14"), ("-1/3", 3, "-0.333"), ("2.5", 0, "2"), ("1/3", 30, "0." + "3" * 30)],
)
def test_rounded_to(value, decimals, expected):
    assert rounded_to(exact_matrix([[value]]), decimals) == exact_matrix([[expected]])


def test_places_are_counted_from_one():
    with pytest.raises(InputError, match="weight 2: 'x'"):
        exact_vector([1, "x"], "weight")
