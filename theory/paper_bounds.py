"""The bounds (13) and (14) of Ergen and Pilanci (2021), one function for each line of their derivation.

Letters: n, the rows of the data; r, their rank; m, the width (neurons in the first layer of one
sub-network); P1 and P2, the numbers of first-layer and of second-layer masks; C(n, k), binomial coefficients.

The paper is Ergen and Pilanci, Global Optimality Beyond Two Layers, ICML 2021. Its chains read

    (13)  P1 <= cover <= eq13_closed
    (14)  P2 <= eq14_product <= eq14_second_closed = eq14_closed

with the last step of (13) for n >= 2 and that of (14) for m r <= n, n >= 2. Exact bounds are Python integers;
closed formulas contain Euler's number e and are multiples of its powers, whose exact floors are as good
for comparing with a count (`theory.powers_of_e`).
"""

from fractions import Fraction

from theory.cover_bound import check_bits, checked_sizes, cover, general_position
from theory.powers_of_e import PowerOfE


def eq13_closed(n: int, r: int) -> PowerOfE:
    """Evaluate the second bound of (13), 2 r (e (n-1) / r)^r.

    Args:
        n: rows of the data.
        r: their rank.

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (13)): cover(n, r) <= eq13_closed(n, r) if n >= 2. For n = 1 the formula is 0.

    Example:
        >>> eq13_closed(5, 3)
        PowerOfE(coefficient=Fraction(128, 9), exponent=3)
    """
    n, r, _ = checked_sizes(n, r)
    return closed_sum(n, r)


def closed_sum(n: int, r: int) -> PowerOfE:
    """Evaluate 2 r (e (n-1) / r)^r, the closed form that replaces 2 sum_{k<r} C(n-1, k); any n, r >= 1.

    Args:
        n: hyperplanes.
        r: dimension.

    Example:
        >>> closed_sum(2, 4)
        PowerOfE(coefficient=Fraction(1, 32), exponent=4)
    """
    check_bits(r * max(n, r).bit_length())
    return PowerOfE(2 * r * Fraction(n - 1, r) ** r, r)


def eq13_assumption(n: int) -> bool:
    """Whether the second step of (13) holds: n >= 2.

    Args:
        n: rows of the data.

    Raises:
        InputError: n is not an integer above 0.

    Example:
        >>> eq13_assumption(1), eq13_assumption(2)
        (False, True)
    """
    n, _, _ = checked_sizes(n)
    return n >= 2


def eq14_product(n: int, r: int, m: int) -> int:
    """Evaluate the first bound of (14), [2 sum_{k<mr} C(n-1, k)] (2 cover(n, r))^m.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (14)): for fixed masks and signs of the m neurons the pre-activation is linear in
    R^(mr), so n hyperplanes cut it; there are at most (2 P1)^m choices of signed masks.

    Example:
        >>> eq14_product(5, 2, 1)
        200
    """
    n, r, m = checked_sizes(n, r, m)
    check_bits(m * (2 * cover(n, r)).bit_length())
    return general_position(n, m * r) * int((2 * cover(n, r)) ** m)


def eq14_second_closed(n: int, r: int, m: int) -> PowerOfE:
    """Evaluate the next line of (14): eq14_product with each of its sums replaced by the closed form of (13).

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (14)): it is an upper bound of eq14_product if m r <= n and n >= 2.

    Example:
        >>> eq14_second_closed(5, 2, 1)
        PowerOfE(coefficient=Fraction(512, 1), exponent=4)
    """
    n, r, m = checked_sizes(n, r, m)
    check_bits(2 * m * r * max(n, m * r).bit_length())
    return closed_sum(n, m * r) * (2 * eq13_closed(n, r)) ** m


def eq14_closed(n: int, r: int, m: int) -> PowerOfE:
    """Evaluate the last explicit line of (14), 2^(2m+1) (e (n-1))^(2mr) / (m^(mr-1) r^(2mr-m-1)).

    It grows as n^(2mr); that P2 = O(n^(mr)) does not follow from it, but from `theory.joint`.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Example:
        >>> eq14_closed(5, 2, 1)
        PowerOfE(coefficient=Fraction(512, 1), exponent=4)
    """
    n, r, m = checked_sizes(n, r, m)
    check_bits(2 * m * r * max(n, m, r).bit_length())
    below = m ** (m * r - 1) * r ** (2 * m * r - m - 1)
    return PowerOfE(Fraction(2 ** (2 * m + 1) * (n - 1) ** (2 * m * r), below), 2 * m * r)


def eq14_assumption(n: int, r: int, m: int) -> bool:
    """Whether the paper's assumption for the closed lines of (14) holds: m r <= n.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Example:
        >>> eq14_assumption(5, 2, 2), eq14_assumption(5, 2, 3)
        (True, False)
    """
    n, r, m = checked_sizes(n, r, m)
    return m * r <= n
