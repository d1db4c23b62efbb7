"""Proven enclosures of transcendental numbers by rational ones, by Arb through python-flint.

Arb (Johansson, IEEE Trans. Comput. 66, 2017) keeps with every number a radius that bounds its error, so that both ends
of a ball are rational numbers on the stated side of the true value.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import flint

_BITS = 192  # of an enclosure
UNIT = 2**128  # bounds of logarithms are multiples of 1/UNIT
_FARTHEST = 80 * UNIT  # of a logarithm: what is smaller than exp(-80) is bounded by that


def softplus_units(x: Fraction) -> int:
    """Find a bound of log(1 + exp(-|x|)) from above, by about one unit of 2^-128.

    Example:
        >>> softplus_units(Fraction(0)) / UNIT, softplus_units(Fraction(1000))
        (0.6931471805599453, 2)
    """
    with flint.ctx.workprec(_BITS + _size(x)):
        rest = _side((-abs(_ball(x))).exp().log1p(), 1)
    return ceil(rest * UNIT) + 1  # one to spare, for those who compute the same with fewer bits


def neglog_units(p: Fraction) -> int:
    """Find a bound of -log p from below, 0 <= p <= 1, by about one unit of 2^-128, or 80; 0 if p is 0.

    Example:
        >>> neglog_units(Fraction(1, 2)) / UNIT, neglog_units(Fraction(1)), neglog_units(Fraction(1, 10**50)) // UNIT
        (0.6931471805599453, 0, 80)
    """
    if not 0 < p < 1:
        return 0
    with flint.ctx.workprec(_BITS + _size(p)):
        found = _side(-_ball(p).log(), -1)
    return min(max(floor(found * UNIT) - 1, 0), _FARTHEST)


def softplus_above(x: Fraction) -> Fraction:
    """Find a rational number above log(1 + exp(x)), by about 2^-128.

    Example:
        >>> 0 < softplus_above(Fraction(-100)) < Fraction(1, 10**38)
        True
    """
    return max(x, Fraction(0)) + Fraction(softplus_units(x), UNIT)  # = max(x, 0) + log(1 + exp(-|x|))


def entropy_below(p: Fraction) -> Fraction:
    """Find a rational number below -p log p - (1 - p) log(1 - p), by about 2^-128; for 0 <= p <= 1.

    Example:
        >>> entropy_below(Fraction(0)), entropy_below(Fraction(1))
        (Fraction(0, 1), Fraction(0, 1))
    """
    return sum((Fraction(q * neglog_units(q), UNIT) for q in (p, 1 - p)), Fraction(0))


def enclose_powers_of_e(terms: Mapping[int, Fraction], bits: int) -> tuple[Fraction, Fraction]:
    """Enclose a sum of multiples of powers of Euler's number e, sum_k c_k e^k, between two rational numbers.

    Args:
        terms: the coefficient c_k of each exponent k, an integer of either sign.
        bits: with how many bits the ball is computed; the more, the narrower it is.

    Returns:
        A number at most, and one at least, as large as the sum.

    Example:
        >>> low, high = enclose_powers_of_e({2: Fraction(1), 0: Fraction(-7)}, 64)
        >>> low < high, round(float(low), 9), round(float(high), 9)
        (True, 0.389056099, 0.389056099)
    """
    with flint.ctx.workprec(bits):
        total = flint.arb(0)
        for exponent, coefficient in terms.items():
            total += _ball(coefficient) * flint.arb(exponent).exp()
        return _side(total, -1), _side(total, 1)


def _ball(x: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(x.numerator, x.denominator))


def _size(x: Fraction) -> int:
    return abs(x.numerator).bit_length() + x.denominator.bit_length()


def _side(ball: flint.arb, side: int) -> Fraction:
    """The upper (1) or lower (-1) end of a ball; all are dyadic."""
    mantissa, exponent = (ball.upper() if side > 0 else ball.lower()).man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
