"""Proven enclosures of transcendental numbers by rational ones, by Arb through python-flint.

Arb (Johansson, IEEE Trans. Comput. 66, 2017) keeps with every number a radius that bounds its error, so that both ends
of a ball are rational numbers on the stated side of the true value.
"""

from collections.abc import Mapping
from fractions import Fraction

import flint

_BITS = 192  # of an enclosure
_MARGIN = Fraction(1, 2**128)  # what others may lose when they compute the same with 60 digits


def softplus_above(x: Fraction) -> Fraction:
    """Find a rational number above log(1 + exp(x)), by about 2^-128.

    Example:
        >>> 0 < softplus_above(Fraction(-100)) < Fraction(1, 10**38)
        True
    """
    with flint.ctx.workprec(_BITS + _size(x)):
        ball = _ball(x)
        # log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))
        rest = (-abs(ball)).exp().log1p()
        return max(x, Fraction(0)) + _side(rest, 1) + _MARGIN


def entropy_below(p: Fraction) -> Fraction:
    """Find a rational number below -p log p - (1 - p) log(1 - p), by about 2^-128; for 0 <= p <= 1.

    Example:
        >>> entropy_below(Fraction(0)), entropy_below(Fraction(1))
        (Fraction(0, 1), Fraction(0, 1))
    """
    total = Fraction(0)
    with flint.ctx.workprec(_BITS + _size(p)):
        for q in (p, 1 - p):
            if 0 < q < 1:
                total += _side(-_ball(q) * _ball(q).log(), -1) - _MARGIN
    return total


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
