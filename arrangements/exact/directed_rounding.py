"""Exact numbers rounded in a stated direction, as floats and as text: what is printed of a bound is still a bound."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from fractions import Fraction
from math import inf, nextafter

_DIGITS = 12


def float_below(value: Fraction | int) -> float:
    """Give the largest float that is at most an exact number; -inf below all of them.

    Args:
        value: the number.

    Example:
        >>> float_below(Fraction(1, 10)) <= Fraction(1, 10), float_below(Fraction(1, 2)), float_below(-(10**400))
        (True, 0.5, -inf)
    """
    near = _nearest(value)
    return nextafter(near, -inf) if near > value else near


def float_above(value: Fraction | int) -> float:
    """Give the smallest float that is at least an exact number; inf above all of them.

    Args:
        value: the number.

    Example:
        >>> float_above(Fraction(1, 3)) > Fraction(1, 3), float_above(Fraction(1, 2)), float_above(10**400)
        (True, 0.5, inf)
    """
    near = _nearest(value)
    return nextafter(near, inf) if near < value else near


def text_below(value: Fraction | int | float, digits: int = _DIGITS) -> str:
    """Write a number with some significant digits, rounded down.

    Args:
        value: the number; a float is taken as what it is.
        digits: most significant digits.

    Example:
        >>> text_below(Fraction(2, 3), 4), text_below(Fraction(-2, 3), 4), text_below(Fraction(1, 4))
        ('0.6666', '-0.6667', '0.25')
    """
    return _text(value, digits, ROUND_FLOOR)


def text_above(value: Fraction | int | float, digits: int = _DIGITS) -> str:
    """Write a number with some significant digits, rounded up.

    Args:
        value: the number; a float is taken as what it is.
        digits: most significant digits.

    Example:
        >>> text_above(Fraction(1, 3), 4), text_above(Fraction(1, 10**12), 2), text_above(12345678, 3)
        ('0.3334', '1e-12', '1.24e+7')
    """
    return _text(value, digits, ROUND_CEILING)


def _nearest(value: Fraction | int) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _text(value: Fraction | int | float, digits: int, rounding: str) -> str:
    if isinstance(value, float) and not abs(value) < inf:
        return str(value)
    rounded = Context(prec=digits, rounding=rounding).divide(*value.as_integer_ratio())
    mantissa, e, exponent = f"{rounded:g}".partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + exponent
