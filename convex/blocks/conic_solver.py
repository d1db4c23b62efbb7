"""Cone programs as Clarabel takes them: minimise 1/2 z.Pz + q.z subject to b - A z in a product of cones."""

from collections.abc import Mapping, Sequence
from typing import Any

import clarabel
import numpy as np
from scipy import sparse

from arrangements.errors import ArrangementError
from arrangements.exact.integer_matrix import Floats

# With full steps Clarabel stalls 1e-7 short of the optimum where a weight vanishes exactly at its threshold beta; with
# the regularisation of its default, 1e-8, it stalls on hundreds of blocks, most of which are idle.
TIGHT = {
    "tol_gap_abs": 1e-12,
    "tol_gap_rel": 1e-12,
    "tol_feas": 1e-12,
    "max_iter": 200,
    "max_step_fraction": 0.8,
    "static_regularization_constant": 1e-10,
}

Cone = tuple[str, int]  # "zero", "nonnegative", "exponential" or "length" (||rest|| <= first), and its size


class SolverError(ArrangementError):
    """The convex solver returned no point."""


def solve_cones(
    squares: Floats,
    linear: Floats,
    matrix: sparse.csc_matrix,
    right: Floats,
    cones: Sequence[Cone],
    settings: Mapping[str, float] = TIGHT,
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
        >>> one, half = sparse.csc_matrix([[1.0]]), np.array([0.5])
        >>> z, _ = solve_cones(np.ones(1), -np.ones(1), one, half, [("nonnegative", 1)])
        >>> round(float(z[0]), 9)
        0.5
    """
    kinds: dict[str, Any] = {
        "zero": clarabel.ZeroConeT,
        "nonnegative": clarabel.NonnegativeConeT,
        "exponential": lambda size: clarabel.ExponentialConeT(),
        "length": clarabel.SecondOrderConeT,
    }
    chosen = clarabel.DefaultSettings()
    chosen.verbose = False
    for name, value in settings.items():
        setattr(chosen, name, value)
    made = [kinds[kind](size) for kind, size in cones]
    program = clarabel.DefaultSolver(sparse.diags(squares, format="csc"), linear, matrix, right, made, chosen)
    solution = program.solve()
    z = np.array(solution.x)
    if not np.isfinite(z).all():
        raise SolverError(f"Clarabel returned no point of a program with {len(z)} unknowns: {solution.status}")
    return z, np.nan_to_num(np.array(solution.z))


def lengths(count: int, d: int) -> tuple[sparse.csc_matrix, sparse.csc_matrix]:
    """Rows of ||w_j|| <= t_j for `count` vectors of length d: what they take of all w, and of all t.

    Example:
        >>> w, t = lengths(1, 2)
        >>> w.toarray().tolist(), t.toarray().tolist()
        ([[0.0, 0.0], [-1.0, 0.0], [0.0, -1.0]], [[-1.0], [0.0], [0.0]])
    """
    first = np.arange(count) * (1 + d)
    rest = (first[:, None] + 1 + np.arange(d)).ravel()
    shape = count * (1 + d)
    w = sparse.csc_matrix((np.full(len(rest), -1.0), (rest, np.arange(count * d))), shape=(shape, count * d))
    t = sparse.csc_matrix((np.full(count, -1.0), (first, np.arange(count))), shape=(shape, count))
    return w, t
