"""Cone programs as Clarabel takes them: minimise 1/2 z.Pz + q.z subject to b - A z in a product of cones.

Every cone program that does not go through cvxpy is solved here, by `run_clarabel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from arrangements.errors import ArrangementError
from arrangements.exact.integer_matrix import Floats
from convex.settings import TIGHT, ConicSettings

if TYPE_CHECKING:
    from scipy import sparse

Cone = tuple[str, int]  # "zero", "nonnegative", "exponential" or "length" (||rest|| <= first), and its size


class SolverError(ArrangementError):
    """The convex solver returned no point."""


def run_clarabel(
    squares: Floats | None,
    linear: Floats,
    matrix: Floats | sparse.csc_matrix,
    right: Floats,
    cones: Sequence[Cone],
    settings: ConicSettings,
) -> tuple[Floats, Floats, str]:
    """Run the solver, and return whatever it returns: z, the multipliers of the rows, and its status.

    Args:
        squares: the diagonal of P; None for P = 0.
        linear: q.
        matrix: A.
        right: b.
        cones: in the order of the rows.
        settings: options of Clarabel.

    Example:
        >>> z, _, status = run_clarabel(None, np.ones(1), -np.eye(1), np.zeros(1), [("nonnegative", 1)], TIGHT)
        >>> abs(float(z[0])) < 1e-9, status
        (True, 'Solved')
    """
    import clarabel
    from scipy import sparse

    p = _no_squares(len(linear)) if squares is None else sparse.diags(squares, format="csc")
    kinds = _kinds()
    made = [kinds[kind](size) for kind, size in cones]
    a = sparse.csc_matrix(matrix)
    solution = clarabel.DefaultSolver(p, linear, a, right, made, _clarabel_settings(settings)).solve()
    return np.array(solution.x), np.array(solution.z), str(solution.status)


def solve_cones(
    squares: Floats,
    linear: Floats,
    matrix: sparse.csc_matrix,
    right: Floats,
    cones: Sequence[Cone],
    *,
    settings: ConicSettings = TIGHT,
) -> tuple[Floats, Floats]:
    """Solve a cone program: z, and the multipliers of the rows.

    Args:
        squares: the diagonal of P.
        linear: q.
        matrix: A.
        right: b.
        cones: in the order of the rows.
        settings: options of Clarabel.

    Raises:
        SolverError: Clarabel returned no point.

    Example:
        >>> z, _ = solve_cones(np.ones(1), -np.ones(1), np.eye(1), np.array([0.5]), [("nonnegative", 1)])
        >>> round(float(z[0]), 9)
        0.5
    """
    z, multipliers, status = run_clarabel(squares, linear, matrix, right, cones, settings)
    if not np.isfinite(z).all():
        raise SolverError(f"Clarabel returned no point of a program with {len(z)} unknowns: {status}")
    return z, np.nan_to_num(multipliers)


@cache
def _kinds() -> dict[str, Any]:
    import clarabel

    return {
        "zero": clarabel.ZeroConeT,
        "nonnegative": clarabel.NonnegativeConeT,
        "exponential": lambda size: clarabel.ExponentialConeT(),
        "length": clarabel.SecondOrderConeT,
    }


@cache
def _clarabel_settings(settings: ConicSettings) -> Any:
    import clarabel

    chosen = clarabel.DefaultSettings()
    chosen.verbose = False
    for name, value in settings.options().items():
        setattr(chosen, name, value)
    return chosen


@cache
def _no_squares(size: int) -> sparse.csc_matrix:
    from scipy import sparse

    return sparse.csc_matrix((size, size))


def lengths(count: int, d: int) -> tuple[sparse.csc_matrix, sparse.csc_matrix]:
    """Build the rows of ||w_j|| <= t_j for `count` vectors of length d: their part over all w, and over all t.

    Example:
        >>> w, t = lengths(1, 2)
        >>> w.toarray().tolist(), t.toarray().tolist()
        ([[0.0, 0.0], [-1.0, 0.0], [0.0, -1.0]], [[-1.0], [0.0], [0.0]])
    """
    from scipy import sparse

    first = np.arange(count) * (1 + d)
    rest = (first[:, None] + 1 + np.arange(d)).ravel()
    shape = count * (1 + d)
    w = sparse.csc_matrix((np.full(len(rest), -1.0), (rest, np.arange(count * d))), shape=(shape, count * d))
    t = sparse.csc_matrix((np.full(count, -1.0), (first, np.arange(count))), shape=(shape, count))
    return w, t
