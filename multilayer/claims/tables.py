"""The small tables on which claims are tested, and their solutions, each found once."""

from fractions import Fraction
from functools import cache
from typing import Protocol

import numpy as np

from convex.networks.network import SubNetwork
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve

TABLES = {
    "four rows": Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05"),
    "XOR": Problem.read([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0], "0.05"),
    "opposite and parallel rows": Problem.read([[1, 1], [-1, -1], [2, 2], [1, -1]], [1, 1, -1, 2], "0.05"),
    "zero and repeated rows": Problem.read([[0, 0], [1, 2], [1, 2], [2, -1]], [3, 1, -2, -1], "0.05"),
}
WIDTH = 2


@cache
def gaussian(n: int, d: int, seed: int, beta: str) -> Problem:
    """Draw Gaussian rows, then Gaussian targets, and read them exactly."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, d))
    return Problem.read(x, rng.standard_normal(n), beta)


@cache
def solved(problem: Problem, width: int | None = WIDTH) -> Solution:
    """Find the certified optimum of a table, once."""
    return solve(problem, width)


def random_part(rng: np.random.Generator, d: int, width: int = WIDTH) -> SubNetwork:
    """Draw a sub-network with ||W_1||_F <= 1 and small rational weights."""
    whole = rng.integers(-9, 10, (width, d))
    size = int(np.abs(whole).sum()) or 1
    first = tuple(tuple(Fraction(int(value), size) for value in w) for w in whole)
    second = tuple(Fraction(int(value), 4) for value in rng.integers(-8, 9, width))
    return SubNetwork(first, second, Fraction(int(rng.choice([-1, 1]) * rng.integers(1, 9)), 4))


class Bounds(Protocol):
    """A value between two proven bounds."""

    @property
    def upper(self) -> Fraction:
        """At least the value."""

    @property
    def lower(self) -> Fraction:
        """At most the value."""


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two proven intervals meet, so that both may hold one value.

    Example:
        >>> meet(solved(TABLES["XOR"], 1), solved(TABLES["XOR"]))
        True
    """
    return max(one.lower, other.lower) <= min(one.upper, other.upper)


def digits(value: Fraction) -> float:
    """Round a number that is known within 1e-8 to six digits.

    Example:
        >>> digits(Fraction(1, 3)), digits(Fraction(12345678, 10))
        (0.333333, 1234570.0)
    """
    return float(f"{float(value):.6g}")
