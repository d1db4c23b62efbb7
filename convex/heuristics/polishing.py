"""From where stochastic gradients end to a point where descent ends: BFGS in balanced form, with all signs kept.

p, I, o  a network in balanced form (`convex.heuristics.balanced_networks`): what its weights cost at the cheapest

Steps of a fixed or falling length come near a local minimum slowly. Descent by BFGS from there says what the minimum
is: whether a start was slow, or is stuck.
"""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.balanced_networks import Parts, objective
from convex.heuristics.bfgs import Indices, minimise
from convex.heuristics.parallel_networks import Weights
from convex.heuristics.stochastic_gradients import balanced
from convex.problem.training_problem import Problem

_ROUNDING = (1e-5, 1e-7)
_STEPS = 300
_TOLERANCE = 1e-11


def polished(problem: Problem, weights: Weights) -> Floats:
    """Descend from each network by BFGS, and give the objective (4) where that ends; never above where it began.

    Args:
        problem: data, targets, beta and loss.
        weights: of B networks with one output, within the ball.

    Example:
        >>> start = Weights(np.ones((1, 1, 1, 1)), np.ones((1, 1, 1)), np.ones((1, 1, 1)))
        >>> polished(Problem.read([[1]], [2], "0.5"), start).round(6).tolist()  # least (z - 2)^2 / 2 + z / 2
        [0.875]
    """
    return np.array([_descended(problem, balanced(a, b, c[:, 0])) for a, b, c in zip(*weights, strict=True)])


def _descended(problem: Problem, parts: Parts) -> float:
    def evaluate(flat: Floats, t: float, rows: Indices) -> tuple[Floats, Floats]:
        value, slope = objective(problem, parts._replace(p=flat.reshape(parts.p.shape)), t)
        return np.array([value]), slope.reshape(1, -1)

    flat = minimise(evaluate, parts.p.reshape(1, -1), _ROUNDING, steps=_STEPS, tolerance=_TOLERANCE)
    end = parts._replace(p=flat.reshape(parts.p.shape))
    return min(objective(problem, end)[0], objective(problem, parts)[0])
