"""Square roots of rational numbers, rounded up or down to a multiple of a power of two, by integers alone.

s  a rational number, not negative;  b  bits: the root is a multiple of 2^-b
"""

from fractions import Fraction
from math import isqrt


def ceil_sqrt(square: int) -> int:
    """Round the square root of an integer up to an integer.

    Example:
        >>> ceil_sqrt(9), ceil_sqrt(10), ceil_sqrt(0)
        (3, 4, 0)
    """
    root = isqrt(square)
    return root + (root * root < square)


def root_below(square: Fraction, *, bits: int = 64) -> Fraction:
    """Round the square root of a rational number down to a multiple of 2^-bits.

    Since m <= sqrt(s 4^b) exactly where m^2 <= floor(s 4^b), for integers m, the integer root of the floor is it.

    Args:
        square: s.
        bits: b.

    Example:
        >>> root_below(Fraction(9, 4)) == Fraction(3, 2), root_below(Fraction(2), bits=1)
        (True, Fraction(1, 1))
    """
    return Fraction(isqrt(square.numerator * 4**bits // square.denominator), 2**bits)


def root_above(square: Fraction, *, bits: int = 64) -> Fraction:
    """Round the square root of a rational number up to a multiple of 2^-bits.

    Args:
        square: s.
        bits: b.

    Example:
        >>> root_above(Fraction(9, 4)) == Fraction(3, 2), root_above(Fraction(2), bits=1)
        (True, Fraction(3, 2))
    """
    return Fraction(ceil_sqrt(-(-square.numerator * 4**bits // square.denominator)), 2**bits)
