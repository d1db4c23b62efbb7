"""The linear program of a cone: one HiGHS model, changed from cone to cone and solved from the last basis.

Each row is free, or >= 1, or <= -1, after scaling by its largest entry. Only bounds change between calls, so
the dual simplex goes on from the last basis. Answers are proposals: the caller checks them in integers.
"""

from typing import Any

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats


class ConeModel:
    """Feasibility of sign prefixes over fixed rows.

    Args:
        rows: n x d floating-point rows, none zero.
    """

    def __init__(self, rows: Floats) -> None:
        n, d = rows.shape
        infinity = highspy.kHighsInf
        # highspy.Highs itself (1.16) prints a banner on standard output before it can be told not to
        self._highs: Any = _Highs()
        options: dict[str, Any] = {"output_flag": False, "presolve": "off", "threads": 1, "solver": "simplex"}
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = d, n
        lp.col_cost_ = np.zeros(d)
        lp.col_lower_, lp.col_upper_ = np.full(d, -infinity), np.full(d, infinity)
        lp.row_lower_, lp.row_upper_ = np.full(n, -infinity), np.full(n, infinity)
        occupied = rows != 0
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(occupied.sum(axis=1))]).astype(np.int32)
        lp.a_matrix_.index_ = np.nonzero(occupied)[1].astype(np.int32)
        lp.a_matrix_.value_ = rows[occupied]
        self._highs.passModel(lp)
        self._signs = np.zeros(n, np.int8)

    def solve(self, signs: NDArray[np.int8]) -> tuple[Floats | None, Floats | None]:
        """Look for a point with these signs, or a dual ray that says there is none; the solver may give neither.

        Args:
            signs: -1, 0 (free) or +1 for each row.

        Returns:
            (point, None), (None, ray) or (None, None) when HiGHS has no answer.
        """
        changed = np.flatnonzero(signs != self._signs).astype(np.int32)
        wanted = signs[changed]
        infinity = highspy.kHighsInf
        lower = np.where(wanted > 0, 1.0, -infinity)
        upper = np.where(wanted < 0, -1.0, infinity)
        self._highs.changeRowsBounds(len(changed), changed, lower, upper)
        self._signs = signs.copy()
        self._highs.run()
        answer = self._answer()
        if answer[0] is None and answer[1] is None:  # a dual ray can be missing after a hot start
            self._highs.clearSolver()
            self._highs.run()
            answer = self._answer()
        return answer

    def _answer(self) -> tuple[Floats | None, Floats | None]:
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.array(self._highs.getSolution().col_value), None
        if status == highspy.HighsModelStatus.kInfeasible:
            _, known, ray = self._highs.getDualRay()
            if known:
                return None, np.array(ray)
        return None, None
