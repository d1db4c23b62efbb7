"""Problems that several tests share, and what a certificate says about them."""

from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import strategies as st

from convex import FullSolution as Solution
from convex import Problem, read_loss
from convex import solve_full_program as solve

FOUR_ROWS = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
XOR = Problem.read([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0], "0.05")
SHARED_BLOCK = Problem.read([[2, 3], [-3, 0], [2, 2], [2, 0]], [-2, 3, 3, 2], "0.1")

DEGENERATE = {
    "one row": Problem.read([[3, 4]], [2], "1"),
    "one column": Problem.read([[1], [-2], [3], [-1]], [1, 2, -1, "0.5"], "0.1"),
    "rank 1 in three columns": Problem.read([[1, 2, -1], [-2, -4, 2], [3, 6, -3]], [1, 2, 1], "0.1"),
    "rank 2 in four columns": Problem.read([[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1]], [1, -1, 2], "0.05"),
    "fewer rows than columns": Problem.read([[1, 2, 0, 1], [0, 1, -1, 1]], [1, -2], "0.1"),
    "zero rows with targets": Problem.read([[0, 0], [1, 2], [0, 0], [2, -1]], [3, 1, -1, -1], "0.05"),
    "repeated rows, other targets": Problem.read([[1, 2], [1, 2], [2, -1], [1, 2]], [1, -2, 1, 3], "0.05"),
    "opposite and parallel rows": Problem.read([[1, 1], [-1, -1], [2, 2], [1, -1]], [1, 1, -1, 2], "0.05"),
    "half-plane": Problem.read([[1, 0], [1, 1], [1, 2], [1, 3]], [1, -1, 1, -1], "0.01"),
    "nearly parallel rows": Problem.read([[1, 1], [1, "1.000000001"], [-1, 2]], [1, -1, 1], "0.1"),
    "weights at their threshold": Problem.read([[0, -1], [-1, 0], [1, -1]], [-3, 2, -2], 2),
    "beta at its threshold": Problem.read([[0, 1], [-1, 0], [-1, 0]], [2, 3, -3], 2),
    "long and short rows": Problem.read([["1e-4", 0], [0, 1000], [1, -1]], [1, 1, -1], "0.01"),
}


def with_loss(problem, name):
    """The problem with another loss, and with classes -1 and 1 where the loss is one of classes."""
    y = problem.y
    if name in ("hinge", "logistic"):
        y = tuple(Fraction(1 if value > 0 else -1) for value in y)
    return Problem(problem.x, y, problem.beta, read_loss(name))


def gaussian(n: int, d: int, seed: int, beta: str) -> Problem:
    """Gaussian rows, then Gaussian targets, read exactly."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, d))
    return Problem.read(x, rng.standard_normal(n), beta)


@cache
def solved(problem: Problem, width: int) -> Solution:
    """Solve once for all tests."""
    return solve(problem, width)


def nothing(problem: Problem) -> Fraction:
    """What the empty network costs, 1/2 ||y||^2."""
    return sum(value * value for value in problem.y) / 2


def agree(one: Solution, other: Solution, factor: Fraction = Fraction(1)) -> bool:
    """Whether the proven intervals around factor P* and the other P* meet."""
    return factor * one.lower <= other.upper and other.lower <= factor * one.upper


@st.composite
def problems(draw: st.DrawFn, rows: int = 4, columns: int = 2) -> Problem:
    """Tiny integer data with many zero, repeated, parallel and opposite rows."""
    d = draw(st.integers(1, columns))
    pool = draw(
        st.lists(st.tuples(*[st.integers(-2, 2)] * d), min_size=1, max_size=rows).filter(lambda p: any(map(any, p)))
    )
    again = draw(st.lists(st.tuples(st.sampled_from(pool), st.sampled_from([-1, 0, 1, 2])), max_size=rows - len(pool)))
    x = [*pool, *(tuple(c * value for value in row) for row, c in again)]
    y = draw(st.lists(st.integers(-3, 3), min_size=len(x), max_size=len(x)))
    return Problem.read(x, y, draw(st.sampled_from(["0.01", "0.1", "1/3", "1/2", "1", "2"])))
