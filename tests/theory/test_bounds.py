"""The bounds: their algebra, their order, their truth for small layers, and how they grow."""

import sys
from fractions import Fraction
from itertools import combinations, product
from math import comb, factorial
from subprocess import run

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from support.counts_by_definition import moment

import theory
from arrangements.errors import InputError
from arrangements.exact.enclosures import enclose_powers_of_e
from theory import (
    PowerOfE,
    all_bounds,
    floor_exact,
    formula,
    growth_exponent,
    growth_exponents,
    region_number,
    symbolic_bounds,
    symbols,
)
from theory.asymptotics import order
from theory.formulas import NAMES
from theory.paper_bounds import closed_sum

SIZES = [(n, r) for n in range(1, 21) for r in range(1, n + 1)]
WIDE = [(n, r, m) for n in range(1, 13) for r in range(1, n + 1) for m in (1, 2, 3)]


def test_cover_is_the_count_in_general_position():
    for n, r in [(1, 1), (4, 2), (6, 3), (9, 4), (6, 6)]:
        assert theory.cover(n, r) == region_number(moment(n, r))


def test_cover_satisfies_its_recursion():
    for n, r in SIZES:
        if 1 < r < n:
            assert theory.cover(n, r) == theory.cover(n - 1, r) + theory.cover(n - 1, r - 1)
        if r == n:
            assert theory.cover(n, r) == 2**n


def test_second_step_of_13_holds_exactly_from_two_rows_on():
    for n, r in SIZES:
        assert (theory.cover(n, r) <= floor_exact(theory.eq13_closed(n, r))) == theory.eq13_assumption(n) == (n >= 2)


def test_lines_of_14_are_ordered_under_their_assumption():
    for n, r, m in WIDE:
        if theory.eq14_assumption(n, r, m) and n >= 2:
            assert theory.eq14_product(n, r, m) <= floor_exact(theory.eq14_second_closed(n, r, m))


def test_lines_of_14_can_fail_without_their_assumption():
    assert not theory.eq14_assumption(3, 3, 4)
    assert theory.general_position(3, 12) > floor_exact(closed_sum(3, 12))


def test_closed_lines_of_14_are_equal():
    for n, r, m in WIDE:
        assert theory.eq14_second_closed(n, r, m) == theory.eq14_closed(n, r, m)
    quotient = formula("eq14_second_closed") / formula("eq14_closed")
    assert sympy.simplify(sympy.powsimp(sympy.expand_power_base(quotient, force=True), force=True)) == 1


def test_joint_at_width_one_is_twice_cover():
    for n, r in SIZES:
        assert theory.joint(n, r, 1) == 2 * theory.cover(n, r)


@pytest.mark.parametrize(
    ("n", "r", "m", "pairs", "masks"),
    [
        (5, 2, 1, 20, 11),
        (5, 2, 2, 330, 22),
        (5, 2, 3, 3674, 32),
        (8, 2, 2, 1056, 58),
        (6, 3, 2, 4318, 62),
    ],
)
def test_joint_covers_the_reference_counts(n, r, m, pairs, masks):
    assert masks <= theory.two_to_n(n)
    assert pairs <= theory.joint(n, r, m)
    assert masks <= theory.eq14_product(n, r, m)


@pytest.mark.parametrize(
    ("signs", "rows"),
    [
        ((1, 1), [(1, 2), (2, -1), (-1, 3)]),
        ((1, -1), [(1, 2), (2, -1), (-1, 3)]),
        ((1, 1, -1), [(1, 0), (1, 1)]),
        ((1, -1, -1), [(1, 0), (0, 1), (1, 1)]),
        ((-1, -1), [(1, 0), (0, 0)]),
    ],
)
def test_joint_arrangement_has_as_many_hyperplanes_as_the_proof_says(signs, rows):
    """Build the arrangement of the proof; its exact count lies below the term of its signs."""
    n, m, p = len(rows), len(signs), signs.count(1)
    planes = []
    for size in range(1, m + 1):
        for chosen in combinations(range(m), size):
            if size == 1 or len({signs[j] for j in chosen}) == 2:
                planes += [[a * signs[j] * (j in chosen) for j in range(m) for a in row] for row in rows]
    assert len(planes) == n * (m + 2**m - 2**p - 2 ** (m - p) + 1)
    regions = region_number(planes)
    assert regions <= theory.general_position(len(planes), 2 * m)
    # on a region the masks and the signs of u are constant: there are no more such patterns than sign vectors
    weights = np.random.default_rng(0).integers(-1000, 1000, size=(4000, 2 * m))
    values = weights @ np.array([plane for plane in planes if any(plane)]).T
    generic = (values != 0).all(axis=1)
    active = np.maximum(0, np.einsum("nd,smd->snm", np.array(rows), weights[generic].reshape(-1, m, 2)))
    u = active @ np.array(signs)
    signs_seen = {tuple(value) for value in np.sign(values[generic])}
    patterns = {(*(a > 0).ravel(), *np.sign(c)) for a, c in zip(active, u, strict=True)}
    assert 1 < len(patterns) <= len(signs_seen) <= regions


def test_general_position_of_nothing():
    assert theory.general_position(4, 0) == 0
    assert theory.general_position(4, 9) == 16
    for n, r in ((0, 1), (3, -1)):
        with pytest.raises(InputError, match="general position"):
            theory.general_position(n, r)


def test_bounds_collects_the_functions():
    for n, r, m in [(5, 2, 2), (1, 1, 1), (12, 4, 3)]:
        found = all_bounds(n, r, m)
        assert found.cover == theory.cover(n, r)
        assert found.eq13 == floor_exact(theory.eq13_closed(n, r))
        assert found.eq14_product == theory.eq14_product(n, r, m)
        assert found.eq14_closed == floor_exact(theory.eq14_closed(n, r, m))
        assert found.joint == theory.joint(n, r, m)
        assert found.two_to_n == 2**n
        assert (found.eq13_assumption, found.eq14_assumption) == (n >= 2, m * r <= n)
        assert set(found.as_dict()) == {
            "rows",
            "rank",
            "width",
            "cover",
            "eq13",
            "eq13_assumption",
            "eq14_product",
            "eq14_closed",
            "eq14_assumption",
            "joint",
            "two_to_n",
        }
    assert set(all_bounds(5, 2).as_dict()) == {"rows", "rank", "cover", "eq13", "eq13_assumption"}


def test_values_do_not_load_sympy():
    """A small count waits for nothing that only formulas need."""
    program = "import sys, theory; print(theory.all_bounds(5, 2, 2).eq14_closed, 'sympy' in sys.modules)"
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["24420007", "False"]


def test_numpy_sizes_do_not_overflow():
    n, r, m = np.int64(200), np.int64(9), np.int64(3)
    assert theory.joint(n, r, m) == theory.joint(200, 9, 3) > 2**63
    assert theory.two_to_n(n) == 2**200
    assert all_bounds(n, r, m) == all_bounds(200, 9, 3)


@pytest.mark.parametrize(
    ("n", "r", "m", "message"),
    [
        (0, 1, 1, "number of rows .* not 0"),
        (3, 0, 1, "rank .* not 0"),
        (3, 4, 1, "rank 4 exceeds .* 3"),
        (3, 2, 0, "width .* not 0"),
        (3, 2, 1.5, "width .* not 1.5"),
        ("3", 2, 1, "number of rows .* not '3'"),
    ],
)
def test_impossible_sizes_are_refused(n, r, m, message):
    closed = (theory.eq14_second_closed, theory.eq14_closed)
    for function in (all_bounds, theory.eq14_product, *closed, theory.eq14_assumption, theory.joint):
        with pytest.raises(InputError, match=message):
            function(n, r, m)
    if m == 1:
        for function in (theory.cover, theory.eq13_closed):
            with pytest.raises(InputError, match=message):
                function(n, r)


def between(k):
    """Rational numbers below and above e: sum_{j<=k} 1/j! < e < sum_{j<=k} 1/j! + 1/(k k!)."""
    total = sum(Fraction(1, factorial(j)) for j in range(k + 1))
    return total, total + Fraction(1, k * factorial(k))


@pytest.mark.parametrize("bits", [5, 64, 300])
@pytest.mark.parametrize("exponent", [1, 2, 9, -1, -5])
def test_enclosures_of_powers_of_e(bits, exponent):
    """Arb's ball meets the exponential series, which is far narrower, and is about as narrow as its bits say."""
    low, high = enclose_powers_of_e({exponent: Fraction(1)}, bits)
    truth = sorted(t**exponent for t in between(120))
    assert low <= truth[0] <= truth[1] <= high
    assert high - low < truth[1] * 2 ** Fraction(8 - bits)


VALUES = st.builds(PowerOfE, st.fractions(max_denominator=30), st.integers(-4, 4))


@given(VALUES, VALUES | st.integers(-200, 200) | st.fractions(max_denominator=9))
def test_powers_of_e_are_ordered_as_their_decimals(one, other):
    exact, decimals = (one < other, one == other), (sympy.N(sympy.sympify(value), 60) for value in (one, other))
    difference = next(decimals) - next(decimals)
    assert exact == (difference < -(10**-40), abs(difference) < 10**-40)
    assert (one <= other, one > other, one >= other) == (exact[0] or exact[1], not any(exact), not exact[0])
    assert not exact[1] or hash(one) == hash(other)


@given(VALUES, VALUES, st.integers(0, 3))
def test_arithmetic_of_powers_of_e_is_that_of_expressions(one, other, power):
    assert sympy.sympify(one * other) == one.as_sympy() * other.as_sympy()
    assert sympy.sympify(3 * one**power / 7) == 3 * one.as_sympy() ** power / 7
    if other != 0:
        assert (one / other) * other == one


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(-40, 40))
def test_floats_of_powers_of_e_are_the_nearest(c, k):
    with mpmath.workdps(60):
        assert float(PowerOfE(c, k)) == float(mpmath.mpf(c.numerator) / c.denominator * mpmath.e**k)


def test_what_is_no_power_of_e_is_refused():
    value = PowerOfE(Fraction(1), 1)
    assert value != "e"
    for operation in (lambda: value < "e", lambda: value * "e", lambda: value / 1.5):
        with pytest.raises(TypeError):
            operation()


@pytest.mark.parametrize("k", [30, 150])
def test_floor_of_numbers_very_close_to_integers(k):
    # the convergents p/q of e, alternately below and above it, leave |q e - p| < 1/q
    cf = [2] + [x for j in range(1, k) for x in (1, 2 * j, 1)]
    p0, q0, p, q = 1, 0, cf[0], 1
    for position, a in enumerate(cf[1:], 1):
        p0, q0, p, q = p, q, a * p + p0, a * q + q0
        assert floor_exact(q * sympy.E) == (p if position % 2 == 0 else p - 1)
    assert q > 10**k


def test_floor_of_k_factorial_e():
    for k in (1, 2, 10, 60):
        assert floor_exact(factorial(k) * sympy.E) == sum(factorial(k) // factorial(j) for j in range(k + 1))


@pytest.mark.parametrize(
    ("expression", "floor"),
    [
        (sympy.Integer(7), 7),
        (sympy.Rational(-7, 2), -4),
        (sympy.Integer(0), 0),
        (-sympy.E, -3),
        ((sympy.E + 1) ** 2 - sympy.E**2 - 2 * sympy.E - 1, 0),
        ((sympy.E**2 - 1) / (sympy.E - 1) - sympy.E, 1),
        (sympy.exp(-3) * 1000, 49),
        (1 / (2 - sympy.E), -2),
        (sympy.exp(2) - 3 * sympy.E + 1, 0),
    ],
)
def test_floor_of_rational_functions(expression, floor):
    assert floor_exact(expression) == floor


@given(st.integers(1, 10**40), st.integers(1, 10**20), st.integers(-30, 60))
def test_floor_agrees_with_high_precision(a, c, k):
    expression = sympy.Rational(a, c) * sympy.E**k
    decimals = int(sympy.floor(sympy.N(expression, 150)))
    assert floor_exact(expression) == PowerOfE(Fraction(a, c), k).floor() == decimals


@pytest.mark.parametrize(
    "expression",
    [
        sympy.pi * sympy.E,
        sympy.sqrt(sympy.E),
        sympy.Symbol("x", positive=True) * sympy.E,
        sympy.oo,
        sympy.nan,
        sympy.zoo,
        sympy.exp(sympy.E),
        sympy.Float(2.5) * sympy.E,
        sympy.sqrt(2),
        sympy.I * sympy.E,
    ],
)
def test_floor_refuses_what_it_cannot_decide(expression):
    with pytest.raises(InputError):
        floor_exact(expression)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "joint_unordered"])
def test_formulas_are_the_functions(name):
    n, r, m = symbols()
    for rank, width, rows in [(1, 1, 4), (2, 1, 5), (2, 2, 6), (3, 2, 7), (2, 3, 6)]:
        arguments = {"two_to_n": (rows,), "cover": (rows, rank), "eq13_closed": (rows, rank)}
        value = getattr(theory, name)(*arguments.get(name, (rows, rank, width)))
        assert sympy.simplify(formula(name, rank, width).subs(n, rows) - value) == 0
        assert sympy.simplify(formula(name).subs({n: rows, r: rank, m: width}).doit() - value) == 0


def test_formulas_print_as_latex():
    assert list(symbolic_bounds()) == list(NAMES)
    for expression in symbolic_bounds().values():
        assert "n" in sympy.latex(expression)
    assert "\\sum" in sympy.latex(formula("joint"))
    with pytest.raises(InputError, match="eq15"):
        formula("eq15")


@pytest.mark.parametrize(("r", "m"), [*product((1, 2, 3, 4), (1, 2)), (2, 3)])
def test_growth_exponents(r, m):
    assert growth_exponents(r, m) == {
        "cover": r - 1,
        "eq13_closed": r,
        "eq14_product": 2 * m * r - m - 1,
        "eq14_second_closed": 2 * m * r,
        "eq14_closed": 2 * m * r,
        "joint": m * r - 1,
        "joint_unordered": m * r - 1,
    }


@pytest.mark.parametrize("name", [name for name in NAMES if name != "two_to_n"])
@pytest.mark.parametrize(("rank", "width"), [(1, 1), (2, 1), (1, 3), (2, 2), (3, 2), (2, 3)])
def test_orders_read_off_are_the_limits(name, rank, width):
    n, r, m = symbols()
    assert order(formula(name).subs({r: rank, m: width}), n) == growth_exponent(formula(name, rank, width), n)


def test_orders_of_large_sizes_are_quick_and_symbolic_ones_refused():
    assert growth_exponents(10, 100)["joint"] == 999
    n = symbols()[0]
    assert order(sympy.Integer(3), n) == 0
    for expression in (formula("joint"), formula("two_to_n"), sympy.log(n)):
        with pytest.raises(InputError, match="can be read off"):
            order(expression, n)


@pytest.mark.parametrize(("n", "r"), [(1, 0), (1, 5), (7, 3), (30, 30), (30, 40), (10**30, 4)])
def test_general_position_is_a_sum_of_binomials(n, r):
    assert theory.general_position(n, r) == 2 * sum(comb(n - 1, k) for k in range(min(r, n)))


def test_symbolic_growth_exponents():
    n, r, m = symbols()
    assert growth_exponent(formula("eq13_closed"), n) == r
    assert sympy.expand(growth_exponent(formula("eq14_closed"), n)) == 2 * m * r
    assert sympy.expand(growth_exponent(formula("eq14_second_closed"), n)) == 2 * m * r
    assert growth_exponent(formula("two_to_n"), n) == sympy.oo
    assert growth_exponent(sympy.sqrt(n) * (n + 1), n) == sympy.Rational(3, 2)
    assert growth_exponent(sympy.Integer(7), n) == 0
    with pytest.raises(InputError, match="give r and m"):
        growth_exponent(formula("cover"), n)


@pytest.mark.parametrize(("r", "m"), [(2, 2), (3, 2)])
def test_growth_exponents_are_seen_in_numbers(r, m):
    n = 10**12
    for name, exponent in growth_exponents(r, m).items():
        arguments = (r,) if name in ("cover", "eq13_closed") else (r, m)
        small, large = (sympy.sympify(getattr(theory, name)(size, *arguments)) for size in (n, 10 * n))
        assert abs(sympy.N(sympy.log(large / small, 10), 30) - exponent) < 1e-6
