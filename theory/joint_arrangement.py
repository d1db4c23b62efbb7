"""The joint arrangement of all neurons of a sub-network: sharper bounds on pairs, for sizes and for a table.

n, r, m  rows, their rank, width; p, q  neurons with sign + and with sign -, p + q = m
N_p      n (m + 2^m - 2^p - 2^q + 1), the hyperplanes of the joint arrangement in R^(mr) (`theory.paper_bounds.joint`)

For signs +, p times, then -, q times, the regions of the joint arrangement are those of the hyperplanes
sum_{j in A} I_j x_i.w_j = 0, where A is one neuron or has neurons of both signs. Each region has one pair.

The order is attained. Theorem: let the n rows be independent, with one density that is positive on R^r, r >= 2. Then
the expected number of pairs of width m is of order n^(mr-1).

Proof. Let the signs alternate. A vertex is a ray of R^(mr) on which, for each neuron j, r - 1 rows have x_i.w_j = 0,
and m - 1 more rows have u_i = 0 with an active neuron, mr - 1 independent equations, while nothing else vanishes but
structural zeros. Around it each choice of sides has its own masks and s: 2^(mr-1) cells. Cells of given masks and s
are convex cones; a hyperplane g = 1, with g or -g generic so that half of the vertices at least are on it, cuts them
into polyhedra. A generic linear function is least on each of these at one vertex at most, and around each vertex
there is exactly one cell on which it is least there. So the cells are at least half as many as the vertices. Some m
(r-1) + m - 1 rows, with a side for each w_j, make a vertex with a probability that does not depend on n, for nothing
else vanishes almost surely; if it is positive, the expected number of vertices is of order n^(mr-1). At most m! cells
belong to one pair, and neurons of equal sign and equal mask at a vertex are exponentially rare: any other row
separates their directions with a positive probability. The joint bound is the other half of the statement.

It is positive if there is one example, the condition being open. In the plane, where a row at the angle f is active
on w at the angle g iff |f - g| < 90 degrees, take falling angles g_1 > g_2 > ... of the neurons, signs +, -, +, ...,
w_1 of length 1, and f_1 = g_1 + 90. Given the first k - 1 neurons, with c = sum_{j<k} I_j w_j orthogonal to the row
at f_{k-1}, and x.c of sign I_{k-1} just below that angle, put g_k + 90 a little below f_{k-1} and f_k a little below
g_k + 90, so that a row at f_k is active on the first k neurons. Its x.c has sign I_{k-1} = -I_k, so a length of w_k
exists for which u = 0 there; just above f_k u has the sign I_{k-1}, hence below it I_k. This goes on to m, if each
g_{k+1} + 90 is below f_k. For r > 2 use a plane of R^r, and for each j r - 1 independent rows orthogonal to w_j. QED.
"""

from collections.abc import Sequence
from math import comb, factorial

from theory.paper_bounds import cover, general_position, joint, joint_planes, sizes
from theory.zaslavsky import Matrix, count_regions, integer_rows


def joint_unordered(n: int, r: int, m: int) -> int:
    """A sharper joint bound on the pairs: 2 C(P1, m) + sum_{0<p<m} [2 sum_{k<mr} C(N_p - 1, k)] / (p! q!), P1 = cover.

    Raises:
        InputError: the sizes are impossible.

    Theorem: the pairs (tuple, s), and hence the masks, number at most joint_unordered(n, r, m) = O(n^(mr-1)).

    Proof. Equal signs force s, so there are as many pairs as tuples, at most C(P1, m) for either sign. For other signs
    each pair lies on a region of the joint arrangement for every order of its p neurons with + and of its q neurons
    with -. The masks of a tuple are distinct for equal signs, so different orders are different regions,
    and p! q! regions go to each pair. This needs tuples of m signed masks: there are at least 2 (2^r - 1) of them, as r
    independent rows have all 2^r regions; for greater m the bound is `theory.paper_bounds.joint`. QED.

    Example:
        >>> joint_unordered(5, 2, 1), joint_unordered(5, 2, 2), joint_unordered(5, 2, 3)
        (20, 1030, 293432)
    """
    n, r, m = sizes(n, r, m)
    if m > 2 * (2**r - 1):
        return joint(n, r, m)
    orders = {p: factorial(p) * factorial(m - p) for p in range(1, m)}
    mixed = sum(general_position(joint_planes(n, m, p), m * r) // times for p, times in orders.items())
    return 2 * comb(cover(n, r), m) + mixed


def joint_rows(rows: Matrix, p: int, q: int) -> list[tuple[int, ...]]:
    """The joint arrangement of a table: its hyperplanes in R^((p+q) d), zero and repeated ones among them.

    Args:
        rows: n integer vectors of length d.
        p: neurons with sign +.
        q: neurons with sign -.

    Raises:
        InputError: an entry is not an integer, or the rows differ in length.

    Example:
        >>> joint_rows([(2, 3)], 1, 1)
        [(2, 3, 0, 0), (0, 0, -2, -3), (2, 3, -2, -3)]
    """
    signs = [1] * p + [-1] * q
    single = [1 << j for j in range(p + q)]
    mixed = [a for a in range(1, 1 << p + q) if a & ((1 << p) - 1) and a >> p]
    active = [[sign * (a >> j & 1) for j, sign in enumerate(signs)] for a in (*single, *mixed)]
    return [tuple(i * x for i in coefficients for x in row) for row in integer_rows(rows) for coefficients in active]


def joint_of_data(rows: Sequence[Sequence[int]], m: int) -> int:
    """The number of regions of the joint arrangements of a table, each sign count p once, divided by p! q!.

    It bounds the pairs of this table, and is found by an exact count that lists nothing (`theory.zaslavsky`):
    coincident and dependent hyperplanes, which the formulas do not see, are counted as what they are.

    Raises:
        InputError: an entry is not an integer, or the rows differ in length.

    Theorem: at most joint_of_data(rows, m) pairs exist if there are m signed masks or more (proof: `joint_unordered`).

    Example:
        >>> joint_of_data([(1, 0), (0, 1), (1, 1)], 1), joint_of_data([(1, 0), (0, 1), (1, 1)], 2)
        (12, 132)
    """
    singles = count_regions(rows)
    mixed = (count_regions(joint_rows(rows, p, m - p)) // (factorial(p) * factorial(m - p)) for p in range(1, m))
    return 2 * comb(singles, m) + sum(mixed)
