"""The joint arrangement of given rows, and the bound on their pairs that its exact count gives.

n, d, m  rows, their length, width; p, q  neurons with sign + and with sign -, p + q = m

For signs I, + p times, then - q times, the joint arrangement has the hyperplanes sum_{j in A} I_j x_i.w_j = 0 in
R^(md), where A is one neuron or has neurons of both signs. Each of its regions has one pair (`theory.joint_bound`).
"""

from math import comb, factorial

from arrangements.arguments import read_whole
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, LimitError, shown
from theory.counting.zaslavsky import Rows, read_arrangement, region_number
from theory.cover_bound import checked_sizes

_MOST = 20  # neurons


def joint_arrangement(arrangement: Rows, p: int, q: int) -> Arrangement:
    """Make the joint arrangement of p neurons with sign + and q with sign -, in R^((p+q) d).

    Args:
        arrangement: the rows of the data: a central arrangement, or the table of its rows.
        p: neurons with sign +.
        q: neurons with sign -.

    Returns:
        For each row its hyperplanes: one for each neuron, then those of the mixed sets A; zero and repeated ones among
        them.

    Raises:
        InputError: the rows are affine or no table of numbers, or there is no neuron.

    Example:
        >>> joint_arrangement([(2, 3)], 1, 1).normals
        ((2, 3, 0, 0), (0, 0, -2, -3), (2, 3, -2, -3))
    """
    arrangement = _central(arrangement)
    p, q = read_whole(p, "p, neurons with sign +,", 0), read_whole(q, "q, neurons with sign -,", 0)
    if not p + q:
        raise InputError(f"{p} neurons with sign + and {q} with sign - are no sub-network; give at least one neuron")
    if p + q > _MOST:
        raise LimitError(f"{shown(p + q)} neurons are too many: the joint arrangement has 2^{_MOST} rows and more")
    signs = [1] * p + [-1] * q
    single = [1 << j for j in range(p + q)]
    mixed = [a for a in range(1, 1 << p + q) if a & ((1 << p) - 1) and a >> p]
    active = [[sign * (a >> j & 1) for j, sign in enumerate(signs)] for a in (*single, *mixed)]
    normals = (
        tuple(i * x for i in coefficients for x in row) for row in arrangement.normals for coefficients in active
    )
    return Arrangement(tuple(normals), None, (p + q) * arrangement.dimension)


def joint_of_data(arrangement: Rows, m: int) -> int:
    """Bound the pairs of these rows by the regions of the joint arrangements, each divided by p! q!.

    It is found by an exact count that lists nothing (`theory.region_number`): coincident and dependent hyperplanes,
    which the formulas do not see, are counted as what they are.

    Args:
        arrangement: the rows of the data: a central arrangement, or the table of its rows.
        m: width of one sub-network.

    Raises:
        InputError: the rows are affine or no table of numbers, or m is not an integer above 0.

    Theorem: at most joint_of_data(X, m) pairs exist if there are m signed masks or more (proof:
    `theory.joint_unordered`).

    Example:
        >>> joint_of_data([(1, 0), (0, 1), (1, 1)], 1), joint_of_data([(1, 0), (0, 1), (1, 1)], 2)
        (12, 132)
    """
    arrangement = _central(arrangement)
    _, _, m = checked_sizes(1, 1, m)
    found = 2 * comb(region_number(arrangement), m)
    for p in range(1, m // 2 + 1):
        pairs = region_number(joint_arrangement(arrangement, p, m - p)) // (factorial(p) * factorial(m - p))
        found += pairs if 2 * p == m else 2 * pairs  # m - p and p: the same hyperplanes, all signs turned
    return found


def _central(rows: Rows) -> Arrangement:
    arrangement = read_arrangement(rows)
    if arrangement.is_affine:
        raise InputError("the arrangement is affine; a joint arrangement needs a central one")
    return arrangement
