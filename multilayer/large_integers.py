"""Integers too large to read: how they are shown, and from which length on they are not written out at all.

Exact counts and bounds may have any number of digits. In JSON an integer with more than `DIGITS` of them is null, and a
second key, its name with `_log2`, holds an exponent k: the number is at most 2^k.
"""

from typing import Any

DIGITS = 100_000
BITS = 332_192  # that many digits
_READ = 10**15


def shortened(value: int) -> str:
    """Write a number for a sentence; long ones are rounded down to two digits.

    Example:
        >>> shortened(1234567), shortened(2**100), shortened(10**400 - 1)
        ('1,234,567', 'about 1.2e30', 'about 9.9e399')
    """
    if value < _READ:
        return f"{value:,}"
    if value.bit_length() > BITS:
        return f"about 2^{value.bit_length() - 1}"
    digits = str(value)
    return f"about {digits[0]}.{digits[1]}e{len(digits) - 1}"


def without_longest(report: dict[str, Any]) -> dict[str, Any]:
    """Replace integers with more than `DIGITS` digits by None and an exponent, as they are in JSON.

    Args:
        report: names and values.

    Example:
        >>> without_longest({"n": 7, "two_to_n": 1 << 10**6})
        {'n': 7, 'two_to_n': None, 'two_to_n_log2': 1000000}
    """
    short: dict[str, Any] = {}
    for name, value in report.items():
        long = isinstance(value, int) and value.bit_length() > BITS
        short[name] = None if long else value
        if long:
            power = value & (value - 1) == 0
            short[f"{name}_log2"] = value.bit_length() - power
    return short
