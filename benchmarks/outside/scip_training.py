"""SCIP (the pip package pyscipopt) on a training problem, on one thread: the model of `big_m_model`.

`python -m outside.scip_training FILE`, where FILE holds a `Training` as JSON.
"""

from importlib.metadata import version
from typing import Any

from pyscipopt import Model

from outside.big_m_model import formulate
from outside.training_problem import Answer, Training, finite, run_from_file


class _Scip:
    """SCIP as a solver for `big_m_model`."""

    def __init__(self) -> None:
        self.model = Model()

    def variable(self, lower: float, upper: float) -> Any:
        return self.model.addVar(lb=lower, ub=upper)

    def binary(self, priority: int = 0) -> Any:
        variable = self.model.addVar(vtype="B")
        self.model.chgVarBranchPriority(variable, priority)  # for signs it pays
        return variable

    def require(self, constraint: Any) -> None:
        self.model.addCons(constraint)

    def minimize(self, expression: Any) -> None:
        self.model.setObjective(expression)


def solve(training: Training) -> Answer:
    """Give the problem to SCIP; what it says holds up to its tolerance, 1e-6 on every constraint."""
    scip = _Scip()
    formulation = formulate(scip, training)
    model = scip.model
    model.hideOutput()
    model.setParam("limits/time", training.seconds)
    model.setParam("lp/threads", 1)
    model.optimize()
    bounds = finite(model.getPrimalbound()), finite(model.getDualbound())
    if not model.getNSols():
        return Answer(model.getStatus(), *bounds)

    def sign(binary: Any) -> int:
        return 1 if isinstance(binary, int) or model.getVal(binary) > 0.5 else -1

    return Answer(
        model.getStatus(),
        *bounds,
        [[[model.getVal(value) for value in w] for w in part] for part in formulation.weights],
        [[sign(binary) for binary in part] for part in formulation.signs],
        [sign(binary) for binary in formulation.outputs],
    )


def scip_version() -> str:
    """Versions of SCIP and of its package."""
    return f"SCIP {Model().version()}, pyscipopt {version('pyscipopt')}"


if __name__ == "__main__":
    run_from_file(solve, scip_version)
