"""A lower bound from the lengths of the rows alone, for tables of any size and networks of every width.

r_i  length ||x_i|| of a row, or any number above it;  S  penalty: half the sum of all ||w_2k||^2 + w_3k^2
w_i  weight of a row, positive
h(S) 1/2 sum_i w_i (|y_i| - S r_i)_+^2 + beta S, convex and piecewise quadratic

A ReLU shortens, so a sub-network with ||W_1||_F <= 1 answers at most |w_3| ||w_2|| ||W_1||_F ||x_i||, and
|w_3| ||w_2|| <= 1/2 (||w_2||^2 + w_3^2). Summed over the sub-networks: |f(x_i)| <= S r_i. So the loss of row i is at
least 1/2 w_i (|y_i| - S r_i)_+^2, the objective of every network of penalty S at least h(S), and P* >= min_S h(S).

As v_i = w_i sign(y_i) (|y_i| - S r_i)_+ at the minimum has sum_i r_i |v_i| <= beta, it is a feasible dual vector, and
the bound is its value: this is weak duality ((6) of Ergen and Pilanci 2021) with the crudest test of feasibility.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from arrangements.errors import InputError
from arrangements.exact.numbers import Vector
from arrangements.exact.square_roots import root_above
from convex.problem.losses import Squared
from convex.problem.training_problem import Problem, as_problem


@dataclass(frozen=True)
class NormBound:
    """A proven lower bound on the optimum of every width and every number of sub-networks.

    Attributes:
        value: the bound, min_S h(S).
        penalty: the S where the minimum is.
        v: a dual vector with sum_i r_i |v_i| <= beta, of the same value.

    Example:
        >>> norm_bound(Problem.read([[3, 4]], [2], "0.5")).v
        (Fraction(1, 10),)
    """

    value: Fraction
    penalty: Fraction
    v: Vector


def norm_bound(problem: Problem) -> NormBound:
    """Prove a lower bound on (4) of Ergen and Pilanci (2021) from the lengths of the rows, rounded up.

    Args:
        problem: data, targets and beta, with the squared loss.

    Raises:
        InputError: another loss.

    Example:
        >>> found = norm_bound(Problem.read([[3, 4], [0, 1]], [1, 2], "0.5"))
        >>> found.value, found.penalty
        (Fraction(7, 8), Fraction(3, 2))
    """
    if not isinstance(as_problem(problem).loss, Squared):
        raise InputError(f"the loss is {problem.loss.name}; the bound from the lengths of the rows is for squared")
    lengths = [root_above(sum((a * a for a in row), Fraction(0))) for row in problem.x]
    return bound_from_lengths(lengths, problem.y, problem.beta, problem.weights)


def bound_from_lengths(
    lengths: Sequence[Fraction],
    targets: Sequence[Fraction],
    beta: Fraction,
    weights: Sequence[Fraction] | None = None,
) -> NormBound:
    """Minimise h exactly.

    The slope beta - sum_i w_i r_i (|y_i| - S r_i)_+ grows with S, linearly between the breakpoints |y_i| / r_i. So the
    minimum is at S = 0, or where the rows that are still short of their targets, those of the largest breakpoints,
    give sum w_i r_i |y_i| - S sum w_i r_i^2 = beta.

    Args:
        lengths: r_i, not below ||x_i||.
        targets: y_i.
        beta: weight of the penalty.
        weights: w_i; None if all are 1.

    Example:
        >>> bound_from_lengths([Fraction(5), Fraction(1)], [Fraction(1), Fraction(2)], Fraction(100)).value
        Fraction(5, 2)
    """
    own = [Fraction(1)] * len(targets) if weights is None else weights
    sizes = [(r, abs(y), w) for r, y, w in zip(lengths, targets, own, strict=True) if r and y]
    sizes.sort(key=lambda row: row[1] / row[0], reverse=True)
    penalty, first, second = Fraction(0), Fraction(0), Fraction(0)
    for place, (r, size, w) in enumerate(sizes):
        first, second = first + w * r * size, second + w * r * r
        penalty = max((first - beta) / second, Fraction(0))
        if place + 1 == len(sizes) or penalty >= sizes[place + 1][1] / sizes[place + 1][0]:
            break
    short = [
        max(abs(y) - penalty * r, Fraction(0)) * (1 if y > 0 else -1) for r, y in zip(lengths, targets, strict=True)
    ]
    v = tuple(w * e for w, e in zip(own, short, strict=True))
    loss = sum((a * e for a, e in zip(v, short, strict=True)), Fraction(0)) / 2
    return NormBound(loss + beta * penalty, penalty, v)


def bound_from_scale(squares: Fraction, marked: int, beta: Fraction) -> Fraction:
    """Bound P* for all tables whose squared lengths sum to at most a number, if some targets are 1 or more in size.

    Let v_i = +-t at `marked` = k such rows, 0 elsewhere. By Cauchy and Schwarz sum_i r_i |v_i| <= t sqrt(k q), q the
    sum of the squares; with t = min(1, beta / sqrt(k q)), rounded down, the dual value is at least k t - k t^2 / 2. A
    standardised table of n rows and d columns has q = n d at most (constant columns are 0).

    Args:
        squares: q, at least the sum of all ||x_i||^2, positive.
        marked: k, the number of targets of absolute value at least 1.
        beta: weight of the penalty.

    Example:
        >>> bound_from_scale(Fraction(16), 4, Fraction(1, 2))
        Fraction(31, 128)
    """
    t = min(beta / root_above(marked * squares), Fraction(1))
    return marked * t - marked * t * t / 2
