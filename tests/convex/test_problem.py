"""What is no problem is refused, in one line that names the value and the place; the rest is read exactly."""

from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest

from arrangements import FirstLayer, InputError, LimitError
from convex import Problem, iter_blocks
from convex import solve_full_program as solve

X = [[1, 2], [2, -1]]
Y = [1, -1]


@pytest.mark.parametrize(
    ("x", "y", "beta", "message"),
    [
        (X, Y, 0, "beta is 0; it must be above 0"),
        (X, Y, "-0.1", "beta is -0.1; it must be above 0"),
        (X, Y, nan, "beta: nan is not a finite number"),
        (X, Y, inf, "beta: inf is not a finite number"),
        (X, Y, "much", "beta: 'much' is not a finite number"),
        (X, Y, None, "beta: None is not a finite number"),
        (X, [1], 1, "there are 1 targets for 2 rows"),
        (X, [1, 2, 3], 1, "there are 3 targets for 2 rows"),
        (X, [], 1, "there are 0 targets for 2 rows"),
        (X, [1, nan], 1, "target 2: nan is not a finite number"),
        (X, [-inf, 1], 1, "target 1: -inf is not a finite number"),
        ([[1, 2], [nan, 1]], Y, 1, "row 2, column 1: nan is not a finite number"),
        ([[1, "x"], [1, 1]], Y, 1, "row 1, column 2: 'x' is not a finite number"),
        ([[1, 2], [1]], Y, 1, "row 2 has 1 columns where row 1 has 2"),
        ([], [], 1, "the table is empty"),
        ([[], []], Y, 1, "the table is empty"),
        ([[0, 0], [0, "0.0"]], Y, 1, "every row of the data is zero"),
    ],
)
def test_refused(x, y, beta, message):
    with pytest.raises(InputError) as refusal:
        Problem.read(x, y, beta)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_read_exactly():
    problem = Problem.read([["0.1", "1/3"]], ["2e-3"], "0.05")
    assert problem.x == ((Fraction(1, 10), Fraction(1, 3)),)
    assert problem.y == (Fraction(1, 500),)
    assert problem.beta == Fraction(1, 20)
    assert problem.integers == (((3, 10),), 30)
    assert Problem.read(np.array([[0.1]]), np.array([0.5]), 0.1).x[0][0] == Fraction(0.1) != Fraction(1, 10)


@pytest.mark.parametrize("width", [0, -1])
def test_no_width(width):
    with pytest.raises(InputError, match=f"width is {width}; it must be an integer of at least 1"):
        solve(Problem.read(X, Y, 1), width)


def test_no_interpretation():
    with pytest.raises(InputError, match="unknown interpretation 'literal'; choose one of tuples, shared-index"):
        next(iter_blocks(FirstLayer.of(Problem.read(X, Y, 1).arrangement), 1, "literal"))


def test_limits():
    problem = Problem.read([[1, 2], [2, -1], [-1, 3]], [1, 2, 3], 1)
    with pytest.raises(LimitError, match="width 2 has 45 tuples on this table, above the limit of 44"):
        solve(problem, 2, limit=44)
    with pytest.raises(LimitError, match="width 2 has more than 45 pairs"):
        solve(problem, 2, limit=45)
