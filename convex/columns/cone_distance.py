"""Distance from a vector to the cone that multipliers can reach, compiled: least squares with l >= 0.

g  a vector;  a_i  unit normals of the walls of a cone K = {w : a_i.w >= 0}

    max { g.w : w in K, ||w|| <= 1 } = min { ||g + sum_i l_i a_i|| : l >= 0 }

(the projection on K and the one on its polar cone; Moreau 1962). Active set method of Lawson and Hanson (1974, chapter
23). Whatever it returns, l >= 0 and the length belongs to it: an upper bound, and the best one up to rounding.
"""

from typing import Any

import numpy as np
from numba import njit

_ROUNDING = 1e-14  # of a unit vector: which walls are worth a multiplier, nothing that is reported


@njit(cache=True, nogil=True)
def _solve(walls: Any, chosen: Any, g: Any) -> Any:
    """The l with the least ||g + sum l_i a_i|| over these walls, any sign; empty where they are dependent in floats.

    By Gram and Schmidt, each vector twice, so that walls 1e-9 apart do no harm.
    """
    count, d = len(chosen), walls.shape[1]
    basis, triangle, found = np.zeros((count, d)), np.zeros((count, count)), np.zeros(count)
    rest = g.copy()
    for i in range(count):
        vector = walls[chosen[i]].copy()
        for _ in range(2):
            for j in range(i):
                part = (basis[j] * vector).sum()
                triangle[j, i] += part
                vector -= part * basis[j]
        length = np.sqrt((vector * vector).sum())
        if length <= _ROUNDING:
            return np.zeros(0)
        triangle[i, i] = length
        basis[i] = vector / length
        found[i] = -(basis[i] * rest).sum()
        rest += found[i] * basis[i]
    for i in range(count - 1, -1, -1):
        for j in range(i + 1, count):
            found[i] -= triangle[i, j] * found[j]
        found[i] /= triangle[i, i]
    return found


@njit(cache=True, nogil=True)
def shortest(walls: Any, g: Any, multipliers: Any) -> Any:
    """The length of g + sum l_i a_i; l is written into `multipliers`."""
    k = len(walls)
    inside, useless = np.zeros(k, np.bool_), np.zeros(k, np.bool_)
    multipliers[:] = 0.0
    rest = g.copy()
    size = np.sqrt((g * g).sum())
    for _ in range(4 * k + 8):
        best, least = -1, -_ROUNDING * size
        for i in range(k):
            if not inside[i] and not useless[i]:
                value = (walls[i] * rest).sum()
                if value < least:
                    best, least = i, value
        if best < 0:
            break
        inside[best] = True
        while True:
            chosen = np.nonzero(inside)[0]
            count = len(chosen)
            target = _solve(walls, chosen, g)
            if not len(target):
                inside[best] = False
                useless[best] = True
                break
            step = 1.0
            for i in range(count):
                if target[i] <= 0:
                    old = multipliers[chosen[i]]
                    step = min(step, old / (old - target[i]) if old > 0 else 0.0)
            for i in range(count):
                c = chosen[i]
                multipliers[c] += step * (target[i] - multipliers[c])
                if step < 1 and multipliers[c] <= 1e-15 * size:
                    multipliers[c] = 0.0
                    inside[c] = False
            if step == 1:
                break
            if not inside.any():
                break
        rest = g.copy()
        for i in range(k):
            if multipliers[i] > 0:
                rest += multipliers[i] * walls[i]
            else:
                multipliers[i] = 0.0
    return np.sqrt((rest * rest).sum())


@njit(cache=True, nogil=True)
def all_shortest(plus: Any, minus: Any, x: Any, active: Any, outputs: Any, walls: Any, starts: Any) -> Any:
    """For every neuron the shortest g, and all multipliers; see `convex.columns.neurons`."""
    lengths, multipliers = np.zeros(len(outputs)), np.zeros(len(walls))
    for k in range(len(outputs)):
        g = np.zeros(x.shape[1])
        for i in range(len(x)):
            if active[k, i]:
                g += (plus[i] if outputs[k] > 0 else -minus[i]) * x[i]
        first, last = starts[k], starts[k + 1]
        lengths[k] = shortest(walls[first:last], g, multipliers[first:last])
    return lengths, multipliers
