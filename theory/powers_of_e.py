"""Exact numbers c e^k, rational multiples of powers of Euler's number: their order and their integer parts.

c, k  coefficient and exponent of a value c e^k, a rational number and an integer
b     a number of bits; an enclosure with more bits is narrower (`arrangements.exact.enclosures`)

A count is an integer, so count <= value iff count <= floor(value): with exact floors, comparing a count with a closed
formula needs no tolerance.

Theorem (Hermite, C. R. Acad. Sci. 77, 1873): e is transcendental. So a polynomial in e and 1/e with rational
coefficients, not all 0, is never 0, and c e^k with c and k not 0 is never rational: narrower enclosures must decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from itertools import count
from math import floor
from typing import TYPE_CHECKING

from arrangements.arguments import read_whole
from arrangements.errors import InputError
from arrangements.exact.enclosures import enclose_powers_of_e
from arrangements.exact.numbers import exact_number
from theory.formulas import read_expression

if TYPE_CHECKING:
    import sympy

Rational = int | Fraction

_LARGEST = 10**8  # exponent


@total_ordering
@dataclass(frozen=True, eq=False)
class PowerOfE:
    """The number c e^k; 0 has the exponent 0, so that equal numbers are equal values.

    Attributes:
        coefficient: c.
        exponent: k.

    Example:
        >>> value = 2 * PowerOfE(Fraction(1, 3), 2) ** 2
        >>> value, value.floor(), 12 < value < 13, round(float(value), 3)
        (PowerOfE(coefficient=Fraction(2, 9), exponent=4), 12, True, 12.133)
    """

    coefficient: Fraction
    exponent: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "coefficient", exact_number(self.coefficient, "coefficient"))
        object.__setattr__(self, "exponent", read_whole(self.exponent, "exponent", -_LARGEST, _LARGEST))
        if not self.coefficient:
            object.__setattr__(self, "exponent", 0)

    def floor(self) -> int:
        """Round c e^k down to an integer, exactly.

        Example:
            >>> PowerOfE(Fraction(10), 1).floor(), PowerOfE(Fraction(-1), -3).floor()
            (27, -1)
        """
        if not self.exponent:
            return floor(self.coefficient)
        return _floor_of_quotient({self.exponent: self.coefficient}, {0: Fraction(1)})

    def as_sympy(self) -> sympy.Expr:
        """The value as an expression of SymPy, which `sympy.sympify` and SymPy's arithmetic use too.

        Example:
            >>> PowerOfE(Fraction(1, 3), 2).as_sympy()
            exp(2)/3
        """
        import sympy

        return sympy.Rational(self.coefficient.numerator, self.coefficient.denominator) * sympy.E**self.exponent

    _sympy_ = as_sympy  # the name that SymPy looks for

    def __float__(self) -> float:
        """The float nearest to the value."""
        if not self.exponent:
            return float(self.coefficient)
        ends = (map(float, enclosure) for enclosure in _enclosures({self.exponent: self.coefficient}))
        return next(low for low, high in ends if low == high)

    def __mul__(self, other: PowerOfE | Rational) -> PowerOfE:
        if not isinstance(other, PowerOfE | Rational):
            return NotImplemented
        other = _value(other)
        return PowerOfE(self.coefficient * other.coefficient, self.exponent + other.exponent)

    __rmul__ = __mul__

    def __truediv__(self, other: PowerOfE | Rational) -> PowerOfE:
        if not isinstance(other, PowerOfE | Rational):
            return NotImplemented
        return self * _value(other) ** -1

    def __pow__(self, power: int) -> PowerOfE:
        return PowerOfE(self.coefficient**power, self.exponent * power)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PowerOfE | Rational):
            return NotImplemented
        other = _value(other)
        return (self.coefficient, self.exponent) == (other.coefficient, other.exponent)

    def __lt__(self, other: PowerOfE | Rational) -> bool:
        if not isinstance(other, PowerOfE | Rational):
            return NotImplemented
        other = _value(other)
        if self.exponent == other.exponent:
            return self.coefficient < other.coefficient
        # transcendental, hence not 0
        difference = {self.exponent: self.coefficient, other.exponent: -other.coefficient}
        return _sign(difference) < 0

    def __hash__(self) -> int:
        return hash((self.coefficient, self.exponent) if self.exponent else self.coefficient)


def _value(number: PowerOfE | Rational) -> PowerOfE:
    return number if isinstance(number, PowerOfE) else PowerOfE(Fraction(number))


def floor_exact(expression: PowerOfE | sympy.Expr) -> int:
    """Round a rational function of e with rational coefficients down to an integer, exactly.

    Args:
        expression: a power of e, or the rational function as an expression of SymPy.

    Raises:
        InputError: the expression has free symbols, another irrational number, or a zero denominator.

    Theorem (Hermite 1873): a rational function of e that does not cancel to a rational number is not rational.

    Example:
        >>> import sympy
        >>> floor_exact(10 * sympy.E), floor_exact(sympy.Integer(7)), floor_exact((1 - sympy.E) / 2)
        (27, 7, -1)
    """
    if isinstance(expression, PowerOfE):
        return expression.floor()
    import sympy

    expression, x = read_expression(expression), sympy.Dummy("x", positive=True)
    rational = sympy.cancel(expression.replace(sympy.exp, lambda power: x**power).subs(sympy.E, x))
    try:
        if rational.has(sympy.Float):
            raise InputError(f"not an exact number: {expression}")
        numerator, denominator = (
            {power: Fraction(int(c.p), int(c.q)) for (power,), c in sympy.Poly(part, x, domain="QQ").terms()}
            for part in sympy.fraction(rational)
        )
    except sympy.polys.polyerrors.BasePolynomialError as error:
        raise InputError(f"not a rational function of e: {expression}") from error
    if max(*numerator, *denominator) == 0:  # rational, and perhaps an integer
        return floor(numerator[0] / denominator[0])
    return _floor_of_quotient(numerator, denominator)


def _floor_of_quotient(numerator: Mapping[int, Fraction], denominator: Mapping[int, Fraction]) -> int:
    """The integer part of a quotient that is not rational."""
    enclosures = zip(_enclosures(numerator), _enclosures(denominator), strict=True)  # neither ends
    floors = ({a // b for a in top for b in bottom} for top, bottom in enclosures if bottom[0] > 0 or bottom[1] < 0)
    return next(found.pop() for found in floors if len(found) == 1)


def _sign(terms: Mapping[int, Fraction]) -> int:
    """The sign of a number that is not 0."""
    return next(1 if low > 0 else -1 for low, high in _enclosures(terms) if low > 0 or high < 0)


def _enclosures(terms: Mapping[int, Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield ever narrower enclosures of the sum of c e^k."""
    return (enclose_powers_of_e(terms, 64 << doublings) for doublings in count())
