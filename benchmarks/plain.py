"""The textbook way in floating point: one linear program for each child, no circuits, a tolerance.

Incremental enumeration as in Rada and Cerny (2018): the parent's witness decides one child, a linear program the
other. This is what public code does; its counts are not proven.
"""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import linprog

TOLERANCE = 1e-9


def iter_regions(rows: np.ndarray) -> Iterator[np.ndarray]:
    """Sign vectors of the central arrangement of these rows (none zero, no two parallel), by float programs."""
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    stack = [(np.array([1.0]), units[0])]
    while stack:
        signs, point = stack.pop()
        k = len(signs)
        if k == len(units):
            yield signs
            yield -signs
            continue
        for sign in (1.0, -1.0):
            extended = np.append(signs, sign)
            inside = point if sign * (units[k] @ point) > TOLERANCE else _interior(extended[:, None] * units[: k + 1])
            if inside is not None:
                stack.append((extended, inside))


def _interior(oriented: np.ndarray) -> np.ndarray | None:
    """A point of the box with the largest smallest slack, or None if that is not above the tolerance."""
    d = oriented.shape[1]
    found = linprog(
        np.append(np.zeros(d), -1.0),
        A_ub=np.column_stack([-oriented, np.ones(len(oriented))]),
        b_ub=np.zeros(len(oriented)),
        bounds=[(-1, 1)] * d + [(None, 1)],
        method="highs",
    )
    return found.x[:-1] if found.x is not None and found.x[-1] > TOLERANCE else None
