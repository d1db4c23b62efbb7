"""Cover's bound: the number of regions of n hyperplanes through 0 in general position, and a bound for all others.

n, r  rows of the data, and their rank;  m  width: neurons in the first layer of one sub-network
"""

from operator import index

from arrangements.arguments import is_whole
from arrangements.errors import InputError, LimitError, shown

_BITS = 10**8  # of a bound


def checked_sizes(n: int, r: int = 1, m: int = 1) -> tuple[int, int, int]:
    """Return the sizes as Python integers, which cannot overflow.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: n, r or m is not an integer above 0, or r > n.

    Example:
        >>> checked_sizes(5, 6)
        Traceback (most recent call last):
        arrangements.errors.InputError: rank 6 exceeds the number of rows 5
    """
    for name, value in (("number of rows", n), ("rank", r), ("width", m)):
        if not is_whole(value) or value < 1:
            raise InputError(f"{name} must be an integer above 0, not {shown(value)}")
    if r > n:
        raise InputError(f"rank {shown(r)} exceeds the number of rows {shown(n)}")
    return int(index(n)), int(index(r)), int(index(m))


def check_bits(bits: int) -> None:
    """Refuse a bound of so many binary digits that nobody could wait for it, before it is computed.

    Args:
        bits: of the bound, or of what it is a quotient of.

    Raises:
        LimitError: there are more than a hundred million.

    Example:
        >>> check_bits(10**9)
        Traceback (most recent call last):
        arrangements.errors.LimitError: an exact bound for these sizes has up to 1000000000 binary digits, above the \
limit of 100000000; take smaller ones
    """
    if bits > _BITS:
        raise LimitError(
            f"an exact bound for these sizes has up to {shown(bits)} binary digits, above the limit of {_BITS}; take "
            "smaller ones"
        )


def general_position(n: int, r: int) -> int:
    """Count the regions of n hyperplanes through 0 in general position in R^r: 2 sum_{k<r} C(n-1, k); n >= 1, r >= 0.

    Args:
        n: hyperplanes.
        r: dimension.

    Raises:
        InputError: n is below 1, or r below 0.
        LimitError: the number has too many digits.

    Example:
        >>> [general_position(3, r) for r in range(5)]
        [0, 2, 6, 8, 8]
    """
    if not is_whole(n) or not is_whole(r) or n < 1 or r < 0:
        raise InputError(
            f"{shown(n)} hyperplanes in dimension {shown(r)} have no general position; take integers n >= 1 and r >= 0"
        )
    n, r = int(n), int(r)
    check_bits(min(r, n) * n.bit_length() * (1 + min(r, n) // 10_000))  # each of the terms has that many digits
    total, term = 0, 1  # C(n-1, k), each from the one before: n may have thousands of digits
    for k in range(min(r, n)):
        total += term
        term = term * (n - 1 - k) // (k + 1)
    return 2 * total


def cover(n: int, r: int) -> int:
    """Evaluate the first bound of (13): n hyperplanes of rank r through 0 have at most 2 sum_{k<r} C(n-1, k) regions.

    Args:
        n: rows of the data.
        r: their rank.

    Raises:
        InputError: the sizes are impossible.

    Theorem (Schlaefli 1852; Cover, IEEE Trans. Electron. Comput. 14, 1965): equality iff they are in
    general position. It counts regions; sign(X w) over all w includes faces and may exceed it.

    Example:
        >>> cover(5, 3)
        22
    """
    n, r, _ = checked_sizes(n, r)
    return general_position(n, r)


def two_to_n(n: int) -> int:
    """Count all masks of n rows, 2^n: no layer of any width has more.

    Args:
        n: rows of the data.

    Raises:
        InputError: n is not an integer above 0.

    Example:
        >>> two_to_n(10)
        1024
    """
    n, _, _ = checked_sizes(n)
    check_bits(n)
    return 1 << n
