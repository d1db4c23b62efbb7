"""Steps of stochastic gradients on a few arrays: plain ones (Robbins and Monro 1951), or Adam (Kingma and Ba 2015)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import read_choice
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from convex.problem.arguments import check_counts

OPTIMIZERS = ("sgd", "adam")
_DECAY = (0.9, 0.999)  # of Adam's means, as Kingma and Ba propose
_SMALL = 1e-8

Rows: TypeAlias = slice | NDArray[np.intp]
Step: TypeAlias = Callable[[Sequence[Floats], Sequence[Floats], int], list[Floats]]


class Descent(NamedTuple):
    """How the weights move.

    Attributes:
        optimizer: "sgd" for plain steps, or "adam".
        rate: length of a step, for the objective divided by the number of rows.
        steps: how many.
        batch: rows of a step, drawn without replacement in each pass; None for all.
        falling: whether the rate falls linearly to 0.
    """

    optimizer: str
    rate: float
    steps: int
    batch: int | None = None
    falling: bool = False


def batches(n: int, how: Descent, rng: np.random.Generator) -> Iterator[Rows]:
    """Yield the rows of each step; each pass over the rows has another order, and its last batch may be smaller.

    Args:
        n: number of rows.
        how: steps, and rows of one.
        rng: draws the orders; it is not asked where a batch is all rows.

    Raises:
        InputError: a number below 1, or a batch above n.

    Example:
        >>> [len(rows) for rows in batches(5, Descent("sgd", 0.1, 4, 2), np.random.default_rng(0))]
        [2, 2, 1, 2]
    """
    batch = n if how.batch is None else how.batch
    check_counts(steps=how.steps, batch=batch)
    if batch > n:
        raise InputError(f"batch is {batch}; there are only {n} rows")
    return islice(_passes(n, batch, rng), how.steps)


def _passes(n: int, batch: int, rng: np.random.Generator) -> Iterator[Rows]:
    while True:
        order: Rows = slice(None) if batch == n else rng.permutation(n)
        for begin, end in pairwise([*range(0, n, batch), n]):
            yield order if isinstance(order, slice) else order[begin:end]


def stepper(how: Descent, start: Sequence[Floats]) -> Step:
    """Make the function that moves weights by their slopes, which are those of so many rows.

    Args:
        how: optimizer, rate and steps.
        start: weights.

    Raises:
        InputError: an unknown optimizer, or a rate that is not above 0.

    Example:
        >>> step = stepper(Descent("sgd", 0.5, 1), [np.array([3.0])])
        >>> step([np.array([3.0])], [np.array([4.0])], 2)  # 3 - 0.5 * 4 / 2
        [array([2.])]
    """
    if not how.rate > 0:
        raise InputError(f"rate is {how.rate}; it must be above 0")
    means, squares = ([np.zeros_like(part) for part in start] for _ in range(2))
    plain, count = read_choice(how.optimizer, OPTIMIZERS, "optimizer") == "sgd", 0

    def step(weights: Sequence[Floats], slopes: Sequence[Floats], rows: int) -> list[Floats]:
        nonlocal count
        rate = how.rate * (1 - count / how.steps if how.falling else 1.0)
        count += 1
        moved = []
        for k, (part, total) in enumerate(zip(weights, slopes, strict=True)):
            slope = total / rows
            if plain:
                moved.append(part - rate * slope)
                continue
            means[k] = _DECAY[0] * means[k] + (1 - _DECAY[0]) * slope
            squares[k] = _DECAY[1] * squares[k] + (1 - _DECAY[1]) * slope * slope
            root = np.sqrt(squares[k] / (1 - _DECAY[1] ** count))
            moved.append(part - rate * means[k] / (1 - _DECAY[0] ** count) / (root + _SMALL))
        return moved

    return step
