"""BFGS for many starts at once, also where there are kinks: dense inverse Hessians, bisection for weak Wolfe steps.

z  a point, one row for each start;  t  how much the kinks of the function are rounded off

The method is that of Lewis and Overton (2013), who show why BFGS with this line search does well on functions that are
not smooth. All starts step together; each stops by itself.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats

Indices = NDArray[np.intp]
Function = Callable[[Floats, float, Indices], tuple[Floats, Floats]]  # of some rows, t, and which rows: values, slopes


def minimise(function: Function, z: Floats, rounding: Sequence[float], *, steps: int, tolerance: float) -> Floats:
    """Minimise from each row of z by dense BFGS with the line search of Lewis and Overton (2013), for each t in turn.

    Args:
        function: values and slopes at some rows, t, and which rows they are.
        z: starts, one a row.
        rounding: each t.
        steps: most steps for each t.
        tolerance: a row is done when its value falls by this share of it or less.

    Example:
        >>> def square(z, t, rows):
        ...     return ((z - 3) ** 2).sum(axis=1), 2 * (z - 3)
        >>> minimise(square, np.zeros((2, 1)), [0.0], steps=50, tolerance=1e-9).round(6).tolist()
        [[3.0], [3.0]]
    """
    z = z.copy()
    for t in rounding:
        alive = np.arange(len(z))
        values, slopes = function(z, t, alive)
        inverse = np.broadcast_to(np.eye(z.shape[1]), (len(z), z.shape[1], z.shape[1])).copy()
        for k in range(steps):
            ways = -np.einsum("bij,bj->bi", inverse[alive], slopes[alive])
            falls = (ways * slopes[alive]).sum(axis=1)
            down = falls < 0
            alive, ways, falls = alive[down], ways[down], falls[down]
            if not len(alive):
                break
            length = np.ones(len(alive)) if k else 1 / np.sqrt(-falls)
            before, old, level = z[alive], slopes[alive], values[alive]
            _search_line(function, t, (z, values, slopes), alive, ways, length)
            inverse[alive] = _updated(inverse[alive], z[alive] - before, slopes[alive] - old, k == 0)
            alive = alive[level - values[alive] > tolerance * np.abs(level)]
    return z


def _search_line(
    function: Function, t: float, state: tuple[Floats, Floats, Floats], alive: Indices, ways: Floats, length: Floats
) -> None:
    """Move rows along their directions to weak Wolfe steps, by bisection; to the lowest point where that fails."""
    z, values, slopes = state
    start, level, falls = z[alive], values[alive], (ways * slopes[alive]).sum(axis=1)
    low, high = np.zeros(len(alive)), np.full(len(alive), np.inf)
    pending = np.arange(len(alive))
    for _ in range(30):
        rows, step = alive[pending], length[pending]
        trial = start[pending] + step[:, None] * ways[pending]
        found, turned = function(trial, t, rows)
        enough = found <= level[pending] + 1e-4 * step * falls[pending]
        better = enough & (found < values[rows])
        moved = rows[better]
        z[moved], values[moved], slopes[moved] = trial[better], found[better], turned[better]
        low[pending] = np.where(enough, step, low[pending])
        high[pending] = np.where(enough, high[pending], step)
        flat = (turned * ways[pending]).sum(axis=1) >= 0.9 * falls[pending]
        pending = pending[~(enough & flat)]
        if not len(pending):
            break
        length[pending] = np.where(high[pending] < np.inf, (low[pending] + high[pending]) / 2, 2 * low[pending])


def _updated(inverse: Floats, s: Floats, y: Floats, first: bool) -> Floats:
    """Update the inverse Hessians after steps s that changed the slopes by y, where the curvature is positive."""
    curved, size = (s * y).sum(axis=1), (y * y).sum(axis=1)
    good = curved > 1e-14 * np.sqrt((s * s).sum(axis=1) * size)
    curved, size = np.where(good, curved, 1), np.where(good, size, 1)
    h = inverse * (curved / size)[:, None, None] if first else inverse
    hy = np.einsum("bij,bj->bi", h, y)
    cross = s[:, :, None] * hy[:, None]
    square = (1 + (y * hy).sum(axis=1) / curved)[:, None, None] * s[:, :, None] * s[:, None]
    change = (square - cross - cross.transpose(0, 2, 1)) / curved[:, None, None]
    return np.asarray(np.where(good[:, None, None], h + change, inverse))
