"""The joint bounds on the pairs and masks of width m, from one arrangement for all neurons of a sub-network together.

n, r, m  rows, their rank, width; p, q  neurons with sign + and with sign -, p + q = m
N_p      n (m + 2^m - 2^p - 2^q + 1), the hyperplanes of the joint arrangement in R^(mr)
C(n, k)  binomial coefficients;  P1  the number of regions

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

from math import comb, factorial

from arrangements.arguments import is_whole
from arrangements.errors import InputError, shown
from theory.cover_bound import check_bits, checked_sizes, cover, general_position


def joint(n: int, r: int, m: int) -> int:
    """Evaluate the joint bound on pairs and masks: the sum over p + q = m of 2 sum_{k<mr} C(N_p - 1, k).

    Here N_p = n (m + 2^m - 2^p - 2^q + 1).

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

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
    n, r, m = checked_sizes(n, r, m)
    return sum(general_position(joint_planes(n, m, p), m * r) for p in range(m + 1))


def joint_planes(n: int, m: int, p: int) -> int:
    """Count N_p, the hyperplanes of the joint arrangement for p neurons with sign + and m - p with sign -; see `joint`.

    Args:
        n: rows of the data.
        m: width of one sub-network.
        p: neurons with sign +.

    Raises:
        InputError: n or m is not an integer above 0, or p is not between 0 and m.

    Example:
        >>> joint_planes(5, 2, 1), joint_planes(5, 2, 2)
        (15, 10)
    """
    n, _, m = checked_sizes(n, 1, m)
    if not is_whole(p) or not 0 <= p <= m:
        raise InputError(f"there are {shown(m)} neurons, so that {shown(p)} of them cannot have the sign +")
    check_bits(m)
    return n * (m + (1 << m) - (1 << p) - (1 << m - p) + 1)


def joint_unordered(n: int, r: int, m: int) -> int:
    """A sharper joint bound on the pairs: 2 C(P1, m) + sum_{0<p<m} [2 sum_{k<mr} C(N_p - 1, k)] / (p! q!), P1 = cover.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network.

    Raises:
        InputError: the sizes are impossible.

    Theorem: the pairs (tuple, s), and hence the masks, number at most joint_unordered(n, r, m) = O(n^(mr-1)).

    Proof. Equal signs force s, so there are as many pairs as tuples, at most C(P1, m) for either sign. For other signs
    each pair lies on a region of the joint arrangement for every order of its p neurons with + and of its q neurons
    with -. The masks of a tuple are distinct for equal signs, so different orders are different regions,
    and p! q! regions go to each pair. This needs tuples of m signed masks: there are at least 2 (2^r - 1) of them, as r
    independent rows have all 2^r regions; for greater m the bound is `joint`. QED.

    Example:
        >>> joint_unordered(5, 2, 1), joint_unordered(5, 2, 2), joint_unordered(5, 2, 3)
        (20, 1030, 293432)
    """
    n, r, m = checked_sizes(n, r, m)
    check_bits(r)
    if m > 2 * (2**r - 1):
        return joint(n, r, m)
    orders = {p: factorial(p) * factorial(m - p) for p in range(1, m)}
    mixed = sum(general_position(joint_planes(n, m, p), m * r) // times for p, times in orders.items())
    return 2 * comb(cover(n, r), m) + mixed
