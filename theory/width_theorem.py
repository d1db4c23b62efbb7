"""The width theorem: for n rows, n - 1 neurons in each sub-network do what any number of them does.

n        rows of the data, n >= 2;  x_i  row i;  m  neurons in a sub-network
b_j      unit neuron j at the rows: I_j (x_i.w_j)_+, ||w_j|| = 1, I_j = +1 or -1
u        second-layer pre-activation at the rows, u = sum_j t_j b_j, t_j > 0
S        penalty of the sub-network in balanced form, sum_j t_j; its output is (u)_+ or -(u)_+
P, N     the rows with u_i > 0, and those with u_i <= 0
z_i      slack of row i of N
P*(m)    optimum of (4) of Ergen and Pilanci (2021) at width m, with any number of sub-networks; P*(inf) at any width

Theorem. Every sub-network is a sum of others with at most max(n - 1, 1) neurons each: the same output at the rows, and
together no larger penalty. So P*(m) = P*(inf) for all m >= n - 1, n >= 2, whatever the convex loss. The same is true
with n the number of different directions of the non-zero rows (x and 3 x are one direction, x and -x two).

Proof. Consider the linear program over t >= 0 and z >= 0

    minimise sum_j t_j  subject to  sum_j t_j b_j,i = u_i (i in P),  sum_j t_j b_j,i + z_i = 0 (i in N).

The sub-network itself is feasible, with z_i = -u_i, and the objective is bounded below, so some vertex is optimal. Its
columns that belong to positive entries are independent, so at most n of the t_j and z_i are positive. Let u' be its
pre-activation. Then u' = u on P and u' <= 0 on N, so (u')_+ = (u)_+, and the penalty is at most S. There are two cases.

  Some z_i > 0. Then at most n - 1 of the t_j are positive.
  All z_i = 0. Then u' >= 0, so (u')_+ = u' = sum_j t_j b_j. The term t_j b_j = I_j t_j (X w_j)_+ is the output of a
  sub-network of one neuron and penalty t_j, with the sub-network's output sign times I_j. So the sub-network falls
  apart into one-neuron sub-networks of the same total penalty.

Narrower sub-networks are among the wider ones, so P*(m) falls with m. Take a network for any width, and write each of
its sub-networks in this way: its outputs, hence its loss, are the same, its penalty is no larger, and its width is at
most max(n - 1, 1). At most n of the new sub-networks are needed (Caratheodory 1911). At a row that is zero every b_j,i
is 0, and rows of one direction give proportional equations of one sign; one equation for each direction is enough. QED.

The proof says more: a vertex with k rows of u'_i < 0 has at most n - k neurons.

Signs. Only tuples with both signs I_j matter beyond width 1. If all are +, then u >= 0 and the sub-network falls apart
as above, without a program; if all are -, then u <= 0 and its output is 0.

Few rows. For n <= 3 one neuron is enough (three rows: `multilayer/claims/training/widths.py`; three directions are
three rows, since (s x.w)_+ = s (x.w)_+ for s > 0, so that v counts by the sum of s_i v_i over the rows of a direction).
For n = 4 and n = 5 the theorem is sharp: there are tables with P*(n - 2) > P*(n - 1) in proven intervals (the same
module).
"""

from arrangements.errors import InputError
from arrangements.exact.linear_algebra import primitive
from theory.counting.zaslavsky import Rows, read_arrangement
from theory.cover_bound import checked_sizes

_ONE_IS_ENOUGH = 3  # rows


def sufficient_width(n: int) -> int:
    """Give a width that is enough for n rows: P*(m) = P*(inf) for all m from it on, for every convex loss and beta.

    Args:
        n: rows of the data, or different directions among the non-zero ones (`row_directions`).

    Raises:
        InputError: n is not an integer above 0.

    Theorem (this project, the top of this module): n - 1 for n >= 2; one for n <= 3. For n = 4 and 5 no smaller width
    is enough for all tables.

    Example:
        >>> [sufficient_width(n) for n in range(1, 7)]
        [1, 1, 1, 3, 4, 5]
    """
    n, _, _ = checked_sizes(n)
    return 1 if n <= _ONE_IS_ENOUGH else n - 1


def row_directions(arrangement: Rows) -> int:
    """Count the directions of the non-zero rows: x and 3 x have one direction, x and -x two.

    Args:
        arrangement: the rows of the data, through 0: a central arrangement, or the table of its rows.

    Raises:
        InputError: the rows are affine, or no table of numbers.

    Example:
        >>> row_directions([[1, 2], [3, 6], [-1, -2], [0, 0]])
        2
        >>> sufficient_width(row_directions([[1, 2], [3, 6], [-1, -2], [0, 0]]))
        1
    """
    arrangement = read_arrangement(arrangement)
    if arrangement.is_affine:
        raise InputError("the arrangement is affine; directions of rows need rows through 0")
    return len({primitive(row) for row in arrangement.normals if any(row)})
