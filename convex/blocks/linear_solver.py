"""Linear programs as HiGHS takes them: minimise c.z subject to A z = b, U z <= h, z >= 0, at a vertex."""

from __future__ import annotations

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
    from scipy.optimize import linprog

    for presolve in (True, False):  # which may call a program infeasible that is feasible up to rounding
        options = {"presolve": presolve}
        found = linprog(cost, A_eq=equal, b_eq=right, A_ub=below, b_ub=high, method="highs-ds", options=options)
        if found.x is not None:
            return np.asarray(found.x)
    return None
