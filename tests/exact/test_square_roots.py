"""Square roots rounded to one side: below, above, and exact where they are multiples of the unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements.exact.square_roots import ceil_sqrt, root_above, root_below

SQUARES = st.fractions(0, 10**30)
BITS = st.integers(0, 80)


@given(SQUARES, BITS)
def test_the_two_sides_are_one_unit_apart_or_equal(square, bits):
    low, high, unit = root_below(square, bits=bits), root_above(square, bits=bits), Fraction(1, 2**bits)
    assert low**2 <= square <= high**2
    assert (low / unit).denominator == (high / unit).denominator == 1
    assert high - low == (0 if low**2 == square else unit)
    assert low >= 0


@given(st.integers(0, 2**90), BITS)
def test_exact_at_squares_of_multiples(count, bits):
    root = Fraction(count, 2**bits)
    assert root_below(root**2, bits=bits) == root_above(root**2, bits=bits) == root


@pytest.mark.parametrize("square", [*range(50), 10**40 - 1, 10**40, 10**40 + 1])
def test_integer_roots(square):
    root = ceil_sqrt(square)
    assert root**2 >= square
    assert root == 0 or (root - 1) ** 2 < square
