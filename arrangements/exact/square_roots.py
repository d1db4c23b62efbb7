"""Square roots of rational numbers, rounded to a multiple of a power of two, exactly to the side that is asked for.

s  a rational number, not negative;  b  bits: the root is a multiple of 2^-b
"""

from fractions import Fraction
from math import isqrt


def ceil_sqrt(square: int) -> int:
    """The least integer at or above the square root of an integer.

    Example:
        >>> ceil_sqrt(9), ceil_sqrt(10), ceil_sqrt(0)
        (3, 4, 0)
    """
    root = isqrt(square)
    return root + (root * root < square)


def root_below(square: Fraction, *, bits: int = 64) -> Fraction:
    """The largest multiple of 2^-bits at or below the square root.

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
    """The least multiple of 2^-bits at or above the square root.

    Args:
        square: s.
        bits: b.

    Example:
        >>> root_above(Fraction(9, 4)) == Fraction(3, 2), root_above(Fraction(2), bits=1)
        (True, Fraction(3, 2))
    """
    return Fraction(ceil_sqrt(-(-square.numerator * 4**bits // square.denominator)), 2**bits)
