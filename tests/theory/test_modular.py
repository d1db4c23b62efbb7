"""Arithmetic modulo Mersenne primes against Python's integers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.counts_by_definition import rank

from arrangements.errors import InputError
from theory.counting.mersenne_field import (
    EXPONENTS,
    faithful_exponent,
    fold,
    independent_columns,
    invert,
    monic,
    multiply,
    residues,
    subtract,
)

exponents = st.sampled_from([61, 89, 521])


@st.composite
def pairs(draw):
    e = draw(exponents)
    p = 2**e - 1
    special = [0, 1, 2, 2**30, 2**31 - 1, 2**31, 2**60, p - 2, p - 1]
    number = st.one_of(st.integers(0, p - 1), st.sampled_from(special))
    numbers = draw(st.lists(st.tuples(number, number), min_size=1, max_size=9))
    a, b = (residues([column], e)[0] for column in zip(*numbers, strict=True))
    return e, p, numbers, a, b


@given(pairs())
def test_ring(case):
    e, p, numbers, a, b = case
    assert multiply(a, b, e).tolist() == [x * y % p for x, y in numbers]
    assert subtract(a, b, e).tolist() == [(x - y) % p for x, y in numbers]


@given(pairs())
def test_inverse(case):
    e, p, _, a, _ = case
    a[a == 0] = 1
    assert invert(a, e).tolist() == [pow(int(x), -1, p) for x in a]


def test_inverse_of_zero_is_refused_and_of_nothing_is_nothing():
    with pytest.raises(ValueError, match="not invertible"):
        invert(np.array([3, 0, 5]), 61)
    assert invert(np.array([], dtype=np.int64), 61).tolist() == []


def test_largest_products_fit_in_int64():
    # the four parts of `multiply` at their largest
    a = np.array([2**61 - 2, 2**61 - 1, 2**60 + 2**31 - 1])
    for x in a.tolist():
        for y in a.tolist():
            assert multiply(np.array([x]), np.array([y]), 61).tolist() == [x * y % (2**61 - 1)]
    assert fold(np.array([2**63 - 1, 0, 2**62 - 2]), 61).tolist() == [(2**63 - 1) % (2**61 - 1), 0, 0]


@pytest.mark.parametrize("e", EXPONENTS[:9])
def test_moduli_are_prime(e):
    # Lucas-Lehmer
    s, p = 4, 2**e - 1
    for _ in range(e - 2):
        s = (s * s - 2) % p
    assert s == 0


@pytest.mark.parametrize(("bits", "e"), [(60, 61), (61, 89), (88, 89), (89, 107), (520, 521), (521, 607)])
def test_faithful_exponent_exceeds_every_minor(bits, e):
    determinant = 2**bits - 1
    assert faithful_exponent([(determinant, 0), (0, 1)], 2) == e
    assert 2**e - 1 > determinant


def test_too_long_entries_are_refused():
    with pytest.raises(InputError, match="too long"):
        faithful_exponent([(2 ** (EXPONENTS[-1] + 5),)], 1)


@given(st.lists(st.tuples(*[st.integers(-2, 2)] * 4), min_size=1, max_size=5), exponents)
def test_independent_columns(rows, e):
    columns = independent_columns(residues(rows, e), e)
    for j in range(5):
        before = [c for c in columns if c < j]
        assert len(before) == rank([row[:j] for row in rows])
        assert rank([[row[c] for c in before] or [0] for row in rows]) == len(before)


@given(st.lists(st.tuples(*[st.integers(-2, 2)] * 3).filter(any), min_size=2, max_size=6), exponents)
def test_monic_rows_agree_iff_proportional(rows, e):
    scaled = monic(residues(rows, e), e).tolist()
    for i, row in enumerate(rows):
        for k, other in enumerate(rows):
            assert (scaled[i] == scaled[k]) == (rank([row, other]) == 1)
