"""Checks of the arguments of public functions: widths, tolerances, times and positive integers."""

from fractions import Fraction
from math import isfinite

from arrangements.arguments import read_whole
from arrangements.errors import InputError, shown
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
    try:
        return read_whole(width, "width")
    except InputError as error:
        raise InputError(f"{error}, or None for any number") from None


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
        raise InputError(f"tolerance is {shown(tolerance)}; it must be at least 0")
    return gap


def read_seconds(seconds: object) -> float:
    """Read a time.

    Raises:
        InputError: it is no finite number above 0.

    Example:
        >>> read_seconds(20)
        20.0
    """
    try:
        value = 0.0 if isinstance(seconds, str | bytes) else float(seconds)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        value = 0.0
    if isinstance(seconds, bool) or not isfinite(value) or value <= 0:
        raise InputError(f"seconds is {shown(seconds)}; it must be a number above 0")
    return value


def check_positive(**numbers: object) -> None:
    """Check that all are integers of at least 1.

    Raises:
        InputError: one is not; the message names it.

    Example:
        >>> check_positive(restarts=3)
    """
    for name, value in numbers.items():
        read_whole(value, name)


def check_counts(**numbers: object) -> None:
    """Check that all are integers from 1 to a thousand million: numbers of repetitions, and sizes of arrays.

    Raises:
        InputError: one is not; the message names it.

    Example:
        >>> check_counts(restarts=0)
        Traceback (most recent call last):
        arrangements.errors.InputError: restarts is 0; it must be an integer of at least 1
    """
    for name, value in numbers.items():
        read_whole(value, name, 1, 10**9)


def read_seed(seed: object) -> int:
    """Read the seed of random draws.

    Raises:
        InputError: it is not an integer of at least 0.

    Example:
        >>> read_seed(0)
        0
    """
    return read_whole(seed, "seed", 0)
