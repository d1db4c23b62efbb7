"""Stochastic gradients on (4) for many starts at once, without PyTorch: plain steps, or Adam.

B  starts;  A, b, c  their weights (`convex.heuristics.parallel_networks`), of which A is projected after each step

Where the rows are few, a step is dominated by the calls, not by the numbers: a hundred starts cost little more than
one. `convex.heuristics.stochastic_gradients` does one start at a time, with any loss.
"""

from collections.abc import Iterator

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.gradient_steps import Descent, batches, stepper
from convex.heuristics.parallel_networks import Weights, derivatives, project
from convex.problem.arguments import check_counts


def descend(
    x: Floats, y: Floats, beta: float, start: Weights, how: Descent, rng: np.random.Generator, every: int
) -> Iterator[tuple[int, Weights]]:
    """Descend from all starts, and yield the steps made and the weights: at the start, and after every so many.

    Args:
        x: n rows.
        y: targets, shape (n, q), or (n,) for one output.
        beta: weight of the penalty.
        start: weights of B networks, within the ball.
        how: optimizer, rate, steps, batch.
        rng: draws the batches; it is not asked where a batch is all rows.
        every: steps between two yields.

    Raises:
        InputError: an unknown optimizer, a rate that is not above 0, a number below 1, or a batch above n.

    Example:
        >>> start = Weights(np.ones((1, 1, 1, 1)), np.ones((1, 1, 1)), np.ones((1, 1, 1)))
        >>> x, y, how = np.array([[1.0]]), np.array([2.0]), Descent("sgd", 0.1, 200)
        >>> *_, (steps, end) = descend(x, y, 0.5, start, how, np.random.default_rng(0), every=100)
        >>> steps, (end.second * end.output).round(6).tolist()  # least (z - 2)^2 / 2 + z / 2
        (200, [[[1.5]]])
    """
    check_counts(every=every)
    targets, weights = y.reshape(len(x), -1), start
    step = stepper(how, start)
    yield 0, weights
    for done, drawn in enumerate(batches(len(x), how, rng), start=1):
        slopes = derivatives(weights, x[drawn], targets[drawn], beta, len(targets[drawn]) / len(x))
        first, second, output = step(weights, slopes, len(targets[drawn]))
        weights = Weights(project(first), second, output)
        if done % every == 0 or done == how.steps:
            yield done, weights
