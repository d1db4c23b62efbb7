"""Binomial coefficients that are compared with a limit, without their digits."""

from math import comb, log2


def binomial_up_to(n: int, k: int, limit: int) -> int | None:
    """C(n, k) if it is at most the limit, else None: in as many steps as the limit has bits.

    Args:
        n: at least k.
        k: at least 0.
        limit: at least 0.

    For j <= n/2 the numbers C(n, j) grow with j, and are at least (n / j)^j >= 2^j.

    Example:
        >>> binomial_up_to(10, 3, 120), binomial_up_to(10, 3, 119), binomial_up_to(10**9, 5 * 10**8, 10**12)
        (120, None, None)
    """
    k = min(k, n - k)
    term = 1
    for j in range(k):
        if term > limit:
            return None
        term = term * (n - j) // (j + 1)
    return term if term <= limit else None


def binomial_at_least(n: int, k: int, bits: int = 10_000) -> int:
    """C(n, k), or a power of 2 below it where it may have more bits than that: C(n, k) >= (n / k)^k.

    Args:
        n: at least k.
        k: at least 0.
        bits: beyond which it is not computed.

    Example:
        >>> binomial_at_least(10, 3), binomial_at_least(10**9, 10**6).bit_length()
        (120, 9965785)
    """
    k = min(k, n - k)
    if k * n.bit_length() <= bits:
        return comb(n, k)
    return 1 << int(k * (log2(n) - log2(k)) * (1 - 2.0**-40))
