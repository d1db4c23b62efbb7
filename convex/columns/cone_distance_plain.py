"""The distances of `convex.columns.cone_distance` without compiled code: all neurons in step, in array operations.

g_k  the vector of neuron k;  a_ki  its walls, filled up with zero vectors to the same number for all neurons

Each neuron goes through the active set method by itself, but the steps are taken by all at once. What is no compiled
code is there at once, and fast enough for small problems.
"""

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel.state import Ints

Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]

ROUNDING = 1e-14  # of a unit vector: which walls are worth a multiplier, nothing that is reported


def all_shortest(
    plus: Floats, minus: Floats, x: Floats, active: Bools, outputs: Signs, walls: Floats, starts: Ints
) -> tuple[Floats, Floats]:
    """For every neuron the shortest g + sum l_i a_i, and all multipliers; see `convex.columns.neurons`.

    Example:
        >>> active, outputs = np.array([[True, False]]), np.array([1], np.int8)
        >>> lengths, multipliers = all_shortest(
        ...     np.array([-1.0, 1.0]), np.ones(2), np.eye(2), active, outputs, np.eye(2), np.array([0, 2]))
        >>> lengths.tolist(), multipliers.tolist()
        ([0.0], [1.0, 0.0])
    """
    g = np.where(outputs[:, None] > 0, active * plus, active * -minus) @ x
    counts = np.diff(starts)
    there = np.arange(counts.max(initial=0)) < counts[:, None]
    a = np.zeros((*there.shape, x.shape[1]))
    a[there] = walls
    found = _multipliers(g, a, there)
    return np.linalg.norm(g + np.einsum("ki,kid->kd", found, a), axis=1), found[there]


def _multipliers(g: Floats, a: Floats, there: Bools) -> Floats:
    """For each neuron the l >= 0 with the least ||g + sum l_i a_i||.

    Args:
        g: one vector a neuron.
        a: their walls.
        there: which of them are walls.
    """
    size = np.linalg.norm(g, axis=1)
    found, inside, useless = np.zeros(there.shape), np.zeros_like(there), ~there
    for _ in range(4 * there.shape[1] + 8):
        rest = g + np.einsum("ki,kid->kd", found, a)
        values = np.where(inside | useless, np.inf, np.einsum("kid,kd->ki", a, rest))
        going = np.flatnonzero(values.min(axis=1, initial=np.inf) < -ROUNDING * size)
        if not len(going):
            break
        best = values[going].argmin(axis=1)
        inside[going, best] = True
        short = going
        while len(short):
            short = _step(g, a, size, found, inside, short)
        useless[going, best] |= ~inside[going, best]
    return found


def _step(g: Floats, a: Floats, size: Floats, found: Floats, inside: Bools, k: Ints) -> Ints:
    """Go towards the best multipliers of any sign, as far as none is negative. Returns the neurons that fell short."""
    free, old = inside[k], found[k]
    target = -np.einsum("kid,kd->ki", np.linalg.pinv(np.swapaxes(a[k] * free[:, :, None], 1, 2), ROUNDING), g[k])
    stops = free & (target <= 0)
    ratio = np.where(stops, old / np.where(stops & (old > 0), old - target, 1), 1)
    step = ratio.min(axis=1, keepdims=True)
    new = np.where(free, np.maximum(old + step * (target - old), 0), 0)
    spent = free & (step < 1) & ((ratio <= step) | (new <= 1e-15 * size[k, None]))
    found[k] = np.where(spent, 0, new)
    inside[k] = free & ~spent
    short: Ints = k[(step[:, 0] < 1) & inside[k].any(axis=1)]
    return short
