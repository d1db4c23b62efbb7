"""The exact integer part of an expression in Euler's number e, decided by integer arithmetic alone.

Letters: x stands for e; b, a number of bits; an enclosure of a number t is a pair of integers or
fractions (lo, hi) with lo <= 2^b t <= hi.

A count is an integer, so count <= value iff count <= floor(value): with exact floors, comparing a count
with a closed formula needs no tolerance.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from arrangements.errors import InputError

if TYPE_CHECKING:
    import sympy


def floor_exact(expression: sympy.Expr) -> int:
    """The largest integer <= expression, a rational function of e with rational coefficients.

    Raises:
        InputError: the expression has free symbols, another irrational number, or a zero denominator.

    Theorem (Hermite, C. R. Acad. Sci. 77, 1873): e is transcendental. A rational function of e that does
    not cancel to a rational number is thus never an integer, and finer enclosures of e must decide.

    Example:
        >>> import sympy
        >>> floor_exact(10 * sympy.E), floor_exact(sympy.Integer(7)), floor_exact((1 - sympy.E) / 2)
        (27, 7, -1)
    """
    import sympy

    expression, x = sympy.sympify(expression), sympy.Dummy("x", positive=True)
    rational = sympy.cancel(expression.replace(sympy.exp, lambda power: x**power).subs(sympy.E, x))
    try:
        if rational.has(sympy.Float):
            raise InputError(f"not an exact number: {expression}")
        terms, divisors = (
            {power: Fraction(int(c.p), int(c.q)) for (power,), c in sympy.Poly(part, x, domain="QQ").terms()}
            for part in sympy.fraction(rational)
        )
    except sympy.polys.polyerrors.BasePolynomialError as error:
        raise InputError(f"not a rational function of e: {expression}") from error
    bits = 64
    while True:
        top, bottom = evaluate(terms, bits), evaluate(divisors, bits)
        if bottom[0] > 0 or bottom[1] < 0:
            floors = {a // b for a in top for b in bottom}
            if len(floors) == 1:
                return floors.pop()
        bits *= 2


def evaluate(terms: dict[int, Fraction], bits: int) -> tuple[Fraction, Fraction]:
    """An enclosure of the polynomial sum c e^power with the coefficients {power: c}.

    Example:
        >>> lo, hi = evaluate({2: Fraction(1), 0: Fraction(-7)}, 20)  # e^2 - 7
        >>> round(float(lo) / 2**20, 3), round(float(hi) / 2**20, 3)
        (0.389, 0.389)
    """
    lo = hi = Fraction(0)
    e = enclose_e(bits)
    for power, c in terms.items():
        least, most = enclose_power(e, power, bits)
        lo += c * (least if c > 0 else most)
        hi += c * (most if c > 0 else least)
    return lo, hi


def enclose_power(base: tuple[int, int], power: int, bits: int) -> tuple[int, int]:
    """An enclosure of t^power, power >= 0, from one of t > 0, rounded outwards after each product.

    Example:
        >>> enclose_power((6, 7), 2, 1)  # 3 <= t <= 3.5
        (18, 25)
    """
    lo = hi = 1 << bits
    for digit in bin(power)[2:]:
        lo, hi = lo * lo >> bits, -(-hi * hi >> bits)
        if digit == "1":
            lo, hi = lo * base[0] >> bits, -(-hi * base[1] >> bits)
    return lo, hi


def enclose_e(bits: int) -> tuple[int, int]:
    """An enclosure of e: sum_{j<=k} 1/j! < e < sum_{j<=k} 1/j! + 1/(k k!).

    Each of the k terms that change after division is rounded down, an error below 1 in 2^b; when the term
    1/k! is below 1 the tail is as well.

    Example:
        >>> [round(t / 2**40, 9) for t in enclose_e(40)]
        [2.718281828, 2.718281828]
    """
    lo, term, k = 0, 1 << bits, 0
    while term:
        lo += term
        k += 1
        term //= k
    return lo, lo + k + 1
