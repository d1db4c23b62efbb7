"""Linear programs as HiGHS takes them: minimise c.z subject to A z = b, U z <= h, z >= 0, at a vertex."""

from __future__ import annotations

from typing import Any

import numpy as np

from arrangements.exact.integer_matrix import Floats


def least_vertex(
    cost: Floats, equal: Floats, right: Floats, *, below: Floats | None = None, high: Floats | None = None
) -> Floats | None:
    """Find a vertex at which c.z is least, by the dual simplex method; None where the solver found none.

    At most as many entries are positive as there are equations and tight inequalities (Caratheodory 1911).

    Args:
        cost: c.
        equal: A.
        right: b.
        below: U, if there are inequalities.
        high: h.

    Example:
        >>> least_vertex(np.array([1.0, 2.0]), np.ones((1, 2)), np.ones(1)).tolist()
        [1.0, 0.0]
    """
    import highspy
    from highspy._core import _Highs

    infinity, size = highspy.kHighsInf, len(cost)
    rows = equal if below is None else np.vstack([equal, below])
    slack = (
        np.zeros(len(equal)) if below is None else np.concatenate([np.zeros(len(equal)), np.full(len(below), infinity)])
    )
    upper = right if high is None else np.concatenate([right, high])
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = size, len(rows)
    program.col_cost_ = np.asarray(cost, np.float64)
    program.col_lower_, program.col_upper_ = np.zeros(size), np.full(size, infinity)
    program.row_lower_, program.row_upper_ = upper - slack, upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.arange(len(rows) + 1, dtype=np.int32) * size
    program.a_matrix_.index_ = np.tile(np.arange(size, dtype=np.int32), len(rows))
    program.a_matrix_.value_ = rows.ravel()
    solver: Any = _Highs()  # highspy.Highs itself prints a banner before it can be told not to
    for option, value in (("output_flag", False), ("threads", 1), ("solver", "simplex")):
        solver.setOptionValue(option, value)
    solver.passModel(program)
    for presolve in ("choose", "off"):  # which may call a program infeasible that is feasible up to rounding
        solver.setOptionValue("presolve", presolve)
        solver.clearSolver()
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return np.array(solver.getSolution().col_value)
    return None
