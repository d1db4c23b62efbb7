"""The pip package discopt on a training problem, on one thread: the model of `big_m_model`.

`python -m outside.discopt_training FILE`, where FILE holds a `Training` as JSON.
"""

from importlib.metadata import version
from typing import Any

import discopt.modeling as dm

from outside.big_m_model import formulate
from outside.training_problem import Answer, Training, finite, run_from_file

GAP = 1e-6


class _Discopt:
    """Discopt as a solver for `big_m_model`; it takes no priorities."""

    def __init__(self) -> None:
        self.model = dm.Model("training")
        self.names = 0

    def name(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def variable(self, lower: float, upper: float) -> Any:
        return self.model.continuous(self.name(), lb=lower, ub=upper)

    def binary(self, priority: int = 0) -> Any:
        return self.model.binary(self.name())

    def require(self, constraint: Any) -> None:
        self.model.subject_to(constraint)

    def minimize(self, expression: Any) -> None:
        self.model.minimize(expression)


def solve(training: Training) -> Answer:
    """Give the problem to discopt; a bound that it does not call certified is left out."""
    discopt = _Discopt()
    formulation = formulate(discopt, training)
    found = discopt.model.solve(time_limit=training.seconds, gap_tolerance=GAP, threads=1)
    bounds = finite(found.objective), finite(found.bound)
    status = found.status if found.gap_certified else f"{found.status}, not certified"
    if found.x is None:
        return Answer(status, *bounds)

    def value(variable: Any) -> float:
        return float(found.x[variable.name])

    def sign(binary: Any) -> int:
        return 1 if isinstance(binary, int) or value(binary) > 0.5 else -1

    return Answer(
        status,
        *bounds,
        [[[value(entry) for entry in w] for w in part] for part in formulation.weights],
        [[sign(binary) for binary in part] for part in formulation.signs],
        [sign(binary) for binary in formulation.outputs],
    )


def discopt_version() -> str:
    """Version of the package."""
    return f"discopt {version('discopt')}"


if __name__ == "__main__":
    run_from_file(solve, discopt_version)
