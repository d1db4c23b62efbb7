"""Rounding in a stated direction: never on the wrong side, and never further than the next float or digit."""

from fractions import Fraction
from math import inf, nextafter

from hypothesis import given
from hypothesis import strategies as st

from arrangements.exact.directed_rounding import float_above, float_below, text_above, text_below

NUMBERS = st.fractions() | st.floats(allow_nan=False, allow_infinity=False).map(Fraction) | st.integers()


@given(NUMBERS)
def test_floats_enclose_a_number_as_closely_as_floats_can(value):
    low, high = float_below(value), float_above(value)
    assert low <= value <= high
    assert high in (low, nextafter(low, inf))
    assert (low == high) == (Fraction(low) == value)


def test_floats_beyond_the_largest():
    huge, tiny = 10**400, Fraction(1, 10**400)
    assert (float_above(huge), float_above(-huge)) == (inf, -float_below(huge))
    assert float_below(huge) < inf
    assert (float_below(tiny), float_above(-tiny)) == (0.0, 0.0)
    assert (float_above(tiny), float_below(-tiny)) == (5e-324, -5e-324)


@given(NUMBERS, st.integers(1, 17))
def test_texts_enclose_a_number_and_differ_by_one_digit(value, digits):
    low, high = (Fraction(text(value, digits)) for text in (text_below, text_above))
    assert low <= value <= high
    step = Fraction(10) ** (1 - digits)
    assert high - low <= step * max(abs(low), abs(high))
    if value == 0:
        assert text_below(value) == text_above(value) == "0"


def test_texts_of_all_sizes_are_plain():
    assert [text_below(value) for value in (100, 0.25, -3, 1e300)] == ["100", "0.25", "-3", "1e+300"]
    assert text_above(inf) == "inf"
    assert text_above(Fraction(10) ** -9999, 3) == "1e-9999"
