"""The paper's bounds (13) and (14), and sharper ones, each a function named after what it states.

Letters: n, the rows of the data; r, their rank; m, the width (neurons in the first layer of one
sub-network); P1 and P2, the numbers of first-layer and of second-layer masks; C(n, k), binomial coefficients.

The paper is Ergen and Pilanci, Global Optimality Beyond Two Layers, ICML 2021. Its chains read

    (13)  P1 <= cover <= eq13_closed
    (14)  P2 <= eq14_product <= eq14_second_closed = eq14_closed

with the last step of (13) for n >= 2 and that of (14) for m r <= n, n >= 2. Exact bounds are Python integers;
closed formulas contain Euler's number e and are SymPy expressions, whose exact floors are as good
for comparing with a count (`theory.integer_parts`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from operator import index
from typing import TYPE_CHECKING

from arrangements.errors import InputError
from theory.integer_parts import floor_exact

if TYPE_CHECKING:
    import sympy

__all__ = [
    "Bounds",
    "bounds",
    "cover",
    "eq13_assumption",
    "eq13_closed",
    "eq14_assumption",
    "eq14_closed",
    "eq14_product",
    "eq14_second_closed",
    "floor_exact",
    "general_position",
    "joint",
    "two_to_n",
]


def sizes(n: int, r: int = 1, m: int = 1) -> tuple[int, int, int]:
    """The sizes as Python integers, which cannot overflow.

    Raises:
        InputError: n, r or m is not an integer above 0, or r > n.

    Example:
        >>> sizes(5, 6)
        Traceback (most recent call last):
        arrangements.errors.InputError: rank 6 exceeds the number of rows 5
    """
    for name, value in (("number of rows", n), ("rank", r), ("width", m)):
        if not hasattr(value, "__index__") or value < 1:
            raise InputError(f"{name} must be an integer above 0, not {value!r}")
    if r > n:
        raise InputError(f"rank {r} exceeds the number of rows {n}")
    return index(n), index(r), index(m)


def general_position(n: int, r: int) -> int:
    """2 sum_{k<r} C(n-1, k), the regions of n hyperplanes in general position in R^r; any n >= 1, r >= 0.

    Example:
        >>> [general_position(3, r) for r in range(5)]
        [0, 2, 6, 8, 8]
    """
    total, term = 0, 1  # C(n-1, k), each from the one before: n may have thousands of digits
    for k in range(min(r, n)):
        total += term
        term = term * (n - 1 - k) // (k + 1)
    return 2 * total


def cover(n: int, r: int) -> int:
    """The first bound of (13): n hyperplanes of rank r through 0 have at most 2 sum_{k<r} C(n-1, k) regions.

    Raises:
        InputError: the sizes are impossible.

    Theorem (Schlaefli 1852; Cover, IEEE Trans. Electron. Comput. 14, 1965): equality iff they are in
    general position. It counts regions; sign(X w) over all w includes faces and may exceed it.

    Example:
        >>> cover(5, 3)
        22
    """
    n, r, _ = sizes(n, r)
    return general_position(n, r)


def eq13_closed(n: int, r: int) -> sympy.Expr:
    """The second bound of (13), 2 r (e (n-1) / r)^r.

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (13)): cover(n, r) <= eq13_closed(n, r) if n >= 2. For n = 1 the formula is 0.

    Example:
        >>> eq13_closed(5, 3)
        128*exp(3)/9
    """
    n, r, _ = sizes(n, r)
    return closed_sum(n, r)


def closed_sum(n: int, r: int) -> sympy.Expr:
    """2 r (e (n-1) / r)^r, the closed form that replaces 2 sum_{k<r} C(n-1, k).

    Example:
        >>> closed_sum(2, 4)
        exp(4)/32
    """
    import sympy

    return 2 * r * (sympy.E * sympy.Rational(n - 1, r)) ** r


def eq13_assumption(n: int) -> bool:
    """Whether the second step of (13) holds: n >= 2.

    Example:
        >>> eq13_assumption(1), eq13_assumption(2)
        (False, True)
    """
    n, _, _ = sizes(n)
    return n >= 2


def eq14_product(n: int, r: int, m: int) -> int:
    """The first bound of (14), [2 sum_{k<mr} C(n-1, k)] (2 cover(n, r))^m.

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (14)): for fixed masks and signs of the m neurons the pre-activation is linear in
    R^(mr), so n hyperplanes cut it; there are at most (2 P1)^m choices of signed masks.

    Example:
        >>> eq14_product(5, 2, 1)
        200
    """
    n, r, m = sizes(n, r, m)
    return general_position(n, m * r) * int((2 * cover(n, r)) ** m)


def eq14_second_closed(n: int, r: int, m: int) -> sympy.Expr:
    """The next line of (14): eq14_product with each of its sums replaced by the closed form of (13).

    Raises:
        InputError: the sizes are impossible.

    Theorem (paper, (14)): it is an upper bound of eq14_product if m r <= n and n >= 2.

    Example:
        >>> eq14_second_closed(5, 2, 1)
        512*exp(4)
    """
    n, r, m = sizes(n, r, m)
    return closed_sum(n, m * r) * (2 * eq13_closed(n, r)) ** m


def eq14_closed(n: int, r: int, m: int) -> sympy.Expr:
    """The last explicit line of (14), 2^(2m+1) (e (n-1))^(2mr) / (m^(mr-1) r^(2mr-m-1)).

    It grows as n^(2mr); that P2 = O(n^(mr)) does not follow from it, but from `joint`.

    Raises:
        InputError: the sizes are impossible.

    Example:
        >>> eq14_closed(5, 2, 1)
        512*exp(4)
    """
    import sympy

    n, r, m = sizes(n, r, m)
    below = sympy.Integer(m) ** (m * r - 1) * sympy.Integer(r) ** (2 * m * r - m - 1)
    return 2 ** (2 * m + 1) * (sympy.E * (n - 1)) ** (2 * m * r) / below


def eq14_assumption(n: int, r: int, m: int) -> bool:
    """Whether the paper's assumption for the closed lines of (14) holds: m r <= n.

    Example:
        >>> eq14_assumption(5, 2, 2), eq14_assumption(5, 2, 3)
        (True, False)
    """
    n, r, m = sizes(n, r, m)
    return m * r <= n


def joint(n: int, r: int, m: int) -> int:
    """The joint bound on pairs (tuple, s), and on masks: sum over p + q = m of 2 sum_{k<mr} C(N_p - 1, k).

    Here N_p = n (m + 2^m - 2^p - 2^q + 1).

    Raises:
        InputError: the sizes are impossible.

    Theorem: both the pairs (unordered tuple of distinct signed masks, feasible second-layer signs) and the
    masks 1[u >= 0], u = (X W1)_+ w2 with generic (W1, w2), number at most joint(n, r, m) = O(n^(mr-1)).

    Proof. Fix the signs I: the first p neurons +1, the other q = m - p neurons -1. In R^(mr) (w_j matters
    through X w_j only) take the hyperplanes sum_{j in A} I_j x_i.w_j = 0 for each row i and each A that is
    one neuron or contains neurons of both signs: m singletons, and 2^m - 1 non-empty sets less 2^p - 1 and
    2^q - 1 of one sign, so N_p in all. On a region the singletons fix the masks, and with them the active
    set A of row i. The sign of u_i is that of the hyperplane of A if A is mixed, the common sign of its
    neurons if it is not, and 0 if it is empty. So each region has one set of signed masks, one s, and
    one mask 1[u >= 0]. By Cover's bound there are at most 2 sum_{k<mr} C(N_p - 1, k) regions; rows
    that are zero or hyperplanes that coincide only lower it.

    Conversely let a pair or a mask be given. It is attained on an open set of weights (|w_2j| can be moved
    into w_j, for relu is positively homogeneous), hence on a region for its signs. Neither depends
    on the order of the neurons, so those with sign +1 can come first: the number p stands for all orders, and
    one p for each of 0, ..., m reaches every unordered tuple. A tuple with fewer than m signed masks
    (when no more exist) is reached by repeating one. QED.

    Example:
        >>> joint(5, 2, 1), joint(5, 2, 2)
        (20, 1460)
    """
    n, r, m = sizes(n, r, m)
    return sum(general_position(joint_planes(n, m, p), m * r) for p in range(m + 1))


def joint_planes(n: int, m: int, p: int) -> int:
    """N_p, the hyperplanes of the joint arrangement for p neurons with sign + and m - p with sign -; see `joint`.

    Example:
        >>> joint_planes(5, 2, 1), joint_planes(5, 2, 2)
        (15, 10)
    """
    return n * (m + (1 << m) - (1 << p) - (1 << m - p) + 1)


def two_to_n(n: int) -> int:
    """The number 2^n of all masks of n rows: no layer of any width has more.

    Example:
        >>> two_to_n(10)
        1024
    """
    n, _, _ = sizes(n)
    return 1 << n


@dataclass(frozen=True)
class Bounds:
    """Every bound for n rows of rank r, and for one width; closed formulas as exact floors.

    A count exceeds a bound iff it exceeds the floor. Fields of the second layer are None without a width.
    """

    rows: int
    rank: int
    width: int | None
    cover: int
    eq13: int
    eq13_assumption: bool
    eq14_product: int | None = None
    eq14_closed: int | None = None
    eq14_assumption: bool | None = None
    joint: int | None = None
    two_to_n: int | None = None

    def as_dict(self) -> dict[str, int | bool]:
        """The fields that apply, by name.

        Example:
            >>> bounds(5, 3).as_dict()
            {'rows': 5, 'rank': 3, 'cover': 22, 'eq13': 285, 'eq13_assumption': True}
        """
        return {name: value for name, value in asdict(self).items() if value is not None}


def bounds(n: int, r: int, m: int | None = None) -> Bounds:
    """All bounds for n rows of rank r and, if given, width m.

    Raises:
        InputError: the sizes are impossible.

    Example:
        >>> b = bounds(5, 2, 2)
        >>> b.eq14_product, b.eq14_closed, b.joint, b.two_to_n
        (12000, 24420007, 1460, 32)
    """
    n, r, _ = sizes(n, r)
    first = cover(n, r), floor_exact(eq13_closed(n, r)), eq13_assumption(n)
    if m is None:
        return Bounds(n, r, m, *first)
    n, r, m = sizes(n, r, m)
    closed, assumption = floor_exact(eq14_closed(n, r, m)), eq14_assumption(n, r, m)
    return Bounds(n, r, m, *first, eq14_product(n, r, m), closed, assumption, joint(n, r, m), two_to_n(n))
