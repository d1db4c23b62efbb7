"""Witness proposals: points inside a cone found without a linear program; floats propose, integers decide.

a_k  unit normals in floating point, oriented so that the cone is {w : a_k.w > 0}
h    the row whose side is wanted, last of the cone's rows
w    a known point with a_k.w > 0 for every row before h

Nothing here is trusted: every proposal is checked in integers by the caller.
"""

from collections.abc import Iterator

import numpy as np

from arrangements.exact.integer_matrix import Floats, Integers, integer_vector

_STEPS = 30
_TERMS = 20
_SCALES = (1, 4, 64, 1024, 2**20, 2**40)


def rounded(x: Floats) -> Iterator[Integers]:
    """Yield integer points near ever larger multiples of x."""
    for scale in _SCALES:
        scaled = np.rint(x * scale)
        if not np.isfinite(scaled).all():
            return
        yield integer_vector([int(value) for value in scaled.tolist()])


def between(low: float, high: float) -> tuple[int, int] | None:
    """Find the simplest fraction p/q with low < p/q < high, by continued fractions; None if it has too many terms.

    Example:
        >>> between(0.3, 0.35)
        (1, 3)
    """
    terms: list[int] = []
    while np.isfinite(low) and low < high and len(terms) < _TERMS:
        terms.append(int(np.floor(low)))
        if terms[-1] + 1 < high:
            p, q = terms.pop() + 1, 1
            for term in reversed(terms):
                p, q = term * p + q, p
            return p, q
        low, high = 1 / (high - terms[-1]), 1 / (low - terms[-1]) if low > terms[-1] else np.inf
    return None


def step_across(rates: Floats, values: Floats) -> tuple[int, int] | None:
    """Find a step p/q such that w + (p/q) d is across h and across no other row; None where another row is met first.

    Args:
        rates: a_k.d for the cone's rows, h last.
        values: a_k.w for the same rows, negative at h.
    """
    falling = rates[:-1] < 0
    limit = float(np.min(values[:-1][falling] / -rates[:-1][falling])) if falling.any() else np.inf
    return between(float(-values[-1] / rates[-1]), limit)


def relax(normals: Floats, x: Floats) -> Floats | None:
    """Move x into the cone by the relaxation method (Agmon 1954; Motzkin, Schoenberg 1954).

    Each step reflects x in the worst violated row and a little beyond. Returns a point with smallest
    slack 1, or None after a fixed number of steps.

    Args:
        normals: unit rows a_k of the cone.
        x: where to start.
    """
    size = np.abs(normals @ x).max()
    if not (np.isfinite(size) and size > 0):
        return None
    x = x / size
    for _ in range(_STEPS):
        slack = normals @ x
        worst = int(slack.argmin())
        if slack[worst] > 0:
            return np.asarray(x / slack[worst])
        x = x + (0.02 - 1.5 * slack[worst]) * normals[worst]
    return None
