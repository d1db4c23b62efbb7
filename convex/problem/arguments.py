"""Checks of the arguments of public functions: widths, tolerances and positive integers."""

from fractions import Fraction
from operator import index
from typing import SupportsIndex

from arrangements.errors import InputError
from arrangements.exact.numbers import exact_number


def read_width(width: object) -> int | None:
    """Read a number of first-layer neurons; None stands for any number.

    Raises:
        InputError: it is neither None nor an integer of at least 1.

    Example:
        >>> read_width(2), read_width(None)
        (2, None)
    """
    if width is None:
        return None
    number = _integer(width)
    if number is None or number < 1:
        raise InputError(f"width is {_shown(width)}; it must be an integer of at least 1, or None for any number")
    return number


def read_tolerance(tolerance: object) -> Fraction:
    """Read a relative gap.

    Raises:
        InputError: it is no finite number, or negative.

    Example:
        >>> read_tolerance("1e-6")
        Fraction(1, 1000000)
    """
    gap = exact_number(tolerance, "tolerance")
    if gap < 0:
        raise InputError(f"tolerance is {tolerance}; it must be at least 0")
    return gap


def check_positive(**numbers: object) -> None:
    """Check that all are integers of at least 1.

    Raises:
        InputError: one is not; the message names it.

    Example:
        >>> check_positive(restarts=3)
    """
    for name, value in numbers.items():
        number = _integer(value)
        if number is None or number < 1:
            raise InputError(f"{name} is {_shown(value)}; it must be an integer of at least 1")


def _integer(value: object) -> int | None:
    return index(value) if isinstance(value, SupportsIndex) and not isinstance(value, bool) else None


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)
