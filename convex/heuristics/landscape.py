"""The objective on a plane through a point of many weights, and how often it lies above its chords.

D1, D2  two random directions, each sub-network's part scaled to the norm of its weights (Li et al. 2018 scale filters)
F_ab    objective (4) at weights + a D1 + b D2, for a and b on one symmetric grid

A convex function has F((p + q) / 2) <= (F(p) + F(q)) / 2 everywhere. On a grid this can be asked of every pair of
points whose midpoint is a grid point too.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.parallel_networks import Weights, objectives

_NUMBERS = 2_000_000  # of a first layer at once: some megabytes


class Convexity(NamedTuple):
    """How a function on a grid keeps midpoint convexity.

    Attributes:
        pairs: pairs of grid points with a grid point midway.
        violated: how many of them have the midpoint above the chord by more than the tolerance times the range.
        largest: by how much at most, over the range of the function; 0 if never.
    """

    pairs: int
    violated: int
    largest: float

    @property
    def share(self) -> float:
        """The share of the pairs that are violated."""
        return self.violated / self.pairs


def direction(rng: np.random.Generator, weights: Weights) -> Weights:
    """Draw a Gaussian direction; each layer of each sub-network is scaled to the norm of the weights there.

    Args:
        rng: the source.
        weights: of one network, each array without the axis of the networks.

    Example:
        >>> one = Weights(3 * np.ones((1, 2, 2)), np.ones((1, 2)), np.zeros((1, 1)))
        >>> [round(float(np.linalg.norm(part)), 6) for part in direction(np.random.default_rng(0), one)]
        [6.0, 1.414214, 0.0]
    """
    parts = []
    for part in weights:
        drawn, flat = rng.standard_normal(part.shape), (len(part), -1)
        scale = np.linalg.norm(part.reshape(flat), axis=1) / np.linalg.norm(drawn.reshape(flat), axis=1)
        parts.append(drawn * scale.reshape(-1, *[1] * (part.ndim - 1)))
    return Weights(*parts)


def plane_values(
    weights: Weights, ways: tuple[Weights, Weights], ticks: Floats, x: Floats, y: Floats, beta: float
) -> Floats:
    """Evaluate the objective on a grid of the plane; the constraint on the first layers is not imposed there.

    Args:
        weights: of one network, each array without the axis of the networks.
        ways: D1 and D2.
        ticks: a, and b.
        x: n rows.
        y: targets, shape (n, q).
        beta: weight of the penalty.

    Returns:
        F, its first index that of a.
    """
    grid = [(a, b) for a in ticks for b in ticks]
    found = [objectives(part, x, y, beta) for part in _points(weights, ways, grid, len(x))]
    return np.concatenate(found).reshape(len(ticks), len(ticks))


def _points(
    weights: Weights, ways: tuple[Weights, Weights], grid: list[tuple[float, float]], n: int
) -> Iterator[Weights]:
    """Yield the weights of the grid points, as many at once as fit."""
    most = max(1, _NUMBERS // (n * weights.second.size))
    for begin in range(0, len(grid), most):
        some = np.array(grid[begin : begin + most])
        parts = zip(weights, *ways, strict=True)
        yield Weights(*(w + np.tensordot(some[:, 0], p, 0) + np.tensordot(some[:, 1], q, 0) for w, p, q in parts))


def midpoint_convexity(values: Floats, tolerance: float) -> Convexity:
    """Ask midpoint convexity of all pairs of grid points whose midpoint is a grid point.

    Args:
        values: the function on a grid.
        tolerance: what counts as violated, as a share of the range; above the rounding of the values.

    Example:
        >>> midpoint_convexity(np.array([[0.0, 1.0, 0.0]]), 1e-6)
        Convexity(pairs=1, violated=1, largest=1.0)
        >>> midpoint_convexity(np.array([[1.0, 0.0, 1.0]]), 1e-6).share
        0.0
    """
    rows, columns = values.shape
    spread = float(np.ptp(values)) or 1.0
    pairs = violated = 0
    largest = 0.0
    for i in range((rows + 1) // 2):
        for j in range(-((columns - 1) // 2), (columns + 1) // 2):
            if (i, j) <= (0, 0):  # each pair once
                continue
            middle, width = slice(i, rows - i), columns - 2 * abs(j)
            inside = slice(abs(j), abs(j) + width)
            ahead = slice(abs(j) + j, abs(j) + j + width)
            behind = slice(abs(j) - j, abs(j) - j + width)
            chord = (values[2 * i :, ahead] + values[: rows - 2 * i, behind]) / 2
            above = (values[middle, inside] - chord) / spread
            pairs += above.size
            violated += int((above > tolerance).sum())
            largest = max(largest, float(above.max()))
    return Convexity(pairs, violated, largest)
