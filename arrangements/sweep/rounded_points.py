"""Integer points in cells above vertices that the second filter has proven: proposed by floats, proven by integers.

Q, R, v, B  as in `arrangements.sweep.second_filter`; s_b the sign of row b in the cell
u           R s, with s_b at b and 0 at the functionals: row b of B has the sign s_b on u

v + h u is inside of the cell for small h > 0; half of the way to the first row that it would cross is taken. The point
is rounded to whole numbers of 16 binary digits, or 32, or 50, until exact products have the signs of the cell.
"""

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats, IntegerMatrix, Integers

_DIGITS = (16, 32, 50)


def proposed(rows: Floats, inverses: Floats, bases: NDArray[np.int64], signs: NDArray[np.int8], head: int) -> Floats:
    """Propose a point v + h u for each cell.

    Args:
        rows: all rows.
        inverses: R for each cell.
        bases: B for each cell.
        signs: of all rows in each cell.
        head: how many functionals stand before B in Q.

    Example:
        >>> proposed(np.eye(2), np.eye(2)[None], np.array([[0]]), np.array([[-1, 1]], np.int8), 0).tolist()
        [[-1.0, 1.0]]
    """
    lines = np.arange(len(bases))[:, None]
    v = inverses[:, :, -1]
    u = np.einsum("njb,nb->nj", inverses[:, :, head:-1], signs[lines, bases])
    with np.errstate(all="ignore"):
        steps = np.abs(v).max(axis=1) / np.abs(u).max(axis=1)
        at_v, toward = np.abs(v @ rows.T), -(u @ rows.T) * signs
        toward[lines, bases] = 0.0
        limits = np.where(toward > 0.0, 0.5 * at_v / toward, np.inf).min(axis=1)
        points = v + np.minimum(np.where(np.isfinite(steps), steps, 1.0), limits)[:, None] * u
    return np.asarray(np.where(np.isfinite(points), points, 0.0))


def placed(matrix: IntegerMatrix, points: Floats, signs: NDArray[np.int8]) -> tuple[Integers, NDArray[np.bool_]]:
    """Round points, and say which of them are inside of their cells; the others are to be found in another way.

    Args:
        matrix: all rows.
        points: one a line.
        signs: of all rows in each cell.

    Example:
        >>> found, inside = placed(IntegerMatrix([[1, 0], [0, 1]]), np.array([[0.5, -0.25]]), np.array([[1, -1]]))
        >>> found.tolist(), inside.tolist()
        ([[32768, -16384]], [True])
    """
    found: Integers = np.zeros(points.shape, np.int64)
    inside = np.zeros(len(points), bool)
    sizes = np.abs(points).max(axis=1, initial=0.0)
    for digits in _DIGITS:
        left = np.flatnonzero(~inside & (sizes > 0.0))
        if not len(left):
            break
        scales = np.ldexp(1.0, digits - np.frexp(sizes[left])[1])
        found[left] = np.rint(points[left] * scales[:, None]).astype(np.int64)
        values = matrix.dot(found[left].T).T
        inside[left] = ((values > 0) == (signs[left] > 0)).all(axis=1) & (values != 0).all(axis=1)
    return found, inside
