"""Non-convex training never beats the proven lower bound, and finds the optimum on tables this small."""

import numpy as np
import pytest
from descent import loss, trained
from instances import FOUR_ROWS, SHARED_BLOCK, XOR, gaussian, solved
from referee import objective
from scipy.optimize import check_grad

from convex import Problem

FIVE_ROWS = gaussian(5, 2, 0, "0.02")
PLANE_XOR = Problem.read([[1, 1], [-1, -1], [1, -1], [-1, 1]], [0, 0, 1, 1], "0.1")


def test_gradient():
    rng = np.random.default_rng(1)
    arguments = rng.standard_normal((4, 2)), rng.standard_normal(4), 0.3, (3, 2, 2)
    for _ in range(5):
        error = check_grad(lambda p: loss(p, *arguments)[0], lambda p: loss(p, *arguments)[1], rng.standard_normal(21))
        assert error < 1e-5


TRAINED = [(problem, 1) for problem in (FOUR_ROWS, SHARED_BLOCK, XOR, PLANE_XOR, FIVE_ROWS)]
TRAINED += [(problem, 2) for problem in (FOUR_ROWS, XOR, PLANE_XOR)]
LONG = [pytest.param(problem, 2, marks=pytest.mark.slow) for problem in (SHARED_BLOCK, FIVE_ROWS)]


@pytest.mark.parametrize(("problem", "width"), [*TRAINED, *LONG])
def test_training_meets_the_certified_optimum(problem, width):
    solution = solved(problem, width)
    network = trained(problem, width, goal=float(solution.upper) * (1 + 5e-5))
    parts = [(part.first, part.second, part.output) for part in network.subnetworks]
    value = objective(problem.x, problem.y, problem.beta, parts)
    assert solution.lower <= value
    assert float(value / solution.upper) < 1 + 1e-4
