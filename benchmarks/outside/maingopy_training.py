"""The pip package maingopy (MAiNGO) on a training problem, in reduced space: its variables are the weights and signs.

`python -m outside.maingopy_training FILE`, where FILE holds a `Training` as JSON.

MAiNGO relaxes whole functions by McCormick's rules, so nothing is added for outputs and norms: the objective is that of
`Training`, with max(., 0) for the ReLU and a norm of its own for two columns. Weights lie in the box that the bound M
on all norms gives; M itself, the loss of f = 0, and signs in falling order are constraints. The other orders of
`big_m_model`, of norms and penalties, would be constraints on non-convex functions and are left out.
"""

from functools import reduce
from importlib.metadata import version
from itertools import pairwise
from operator import add
from typing import Any

import maingopy

from outside.training_problem import Answer, Training, finite, run_from_file

RELATIVE_GAP, ABSOLUTE_GAP = 1e-6, 1e-9


class _Model(maingopy.MAiNGOmodel):
    """The problem; variables are all w_kj, then all o_k, then all I_kj but the first of each k, as 0 or 1."""

    def __init__(self, training: Training) -> None:
        super().__init__()
        self.training = training

    def get_variables(self) -> list[Any]:
        training = self.training
        box = maingopy.Bounds(-training.most, training.most)
        weights = training.subnetworks * training.width * len(training.x[0])
        binaries = training.subnetworks * training.width
        numbers = [maingopy.OptimizationVariable(box, maingopy.VT_CONTINUOUS) for _ in range(weights)]
        unit = maingopy.Bounds(0, 1)
        return numbers + [maingopy.OptimizationVariable(unit, maingopy.VT_BINARY) for _ in range(binaries)]

    def parts(self, values: list[Any]) -> tuple[list[Any], list[Any], list[Any]]:
        """The weights, signs and outputs among the values of all variables; binaries as they are."""
        training = self.training
        count, width, columns = training.subnetworks, training.width, len(training.x[0])
        neurons = [values[at : at + columns] for at in range(0, count * width * columns, columns)]
        binaries = values[count * width * columns :]
        weights = [neurons[k * width : (k + 1) * width] for k in range(count)]
        rest = binaries[count:]
        signs = [[1, *rest[k * (width - 1) : (k + 1) * (width - 1)]] for k in range(count)]
        return weights, signs, binaries[:count]

    def evaluate(self, values: list[Any]) -> Any:
        training = self.training
        weights, signs, outputs = self.parts(values)
        penalty = _sum([_norm(w) for part in weights for w in part])
        squares = []
        for row, target in zip(training.x, training.y, strict=True):
            terms = []
            for part, kinds, output in zip(weights, signs, outputs, strict=True):
                hidden = [maingopy.max(_sum([a * b for a, b in zip(row, w, strict=True)]), 0.0) for w in part]
                inner = _sum([(2 * sign - 1) * value for sign, value in zip(kinds, hidden, strict=True)])
                terms.append((2 * output - 1) * maingopy.max(inner, 0.0))
            squares.append(maingopy.sqr(_sum(terms) - target))
        loss = 0.5 * _sum(squares)
        found = maingopy.EvaluationContainer()
        found.objective = loss + training.beta * penalty
        falling = [pairwise(listed) for listed in (outputs, *(kinds[1:] for kinds in signs))]
        order = [after - before for pairs in falling for before, after in pairs]
        found.ineq = [penalty - training.most, loss - training.square / 2, *order]
        return found


def _sum(values: list[Any]) -> Any:
    """The sum; MAiNGO's expressions begin with none that is 0."""
    return reduce(add, values)


def _norm(w: list[Any]) -> Any:
    if len(w) == 2:
        return maingopy.euclidean_norm_2d(*w)
    return maingopy.sqrt(_sum([maingopy.sqr(value) for value in w])) if len(w) > 1 else maingopy.fabs(w[0])


def solve(training: Training) -> Answer:
    """Give the problem to MAiNGO; its time limit is in CPU seconds."""
    model = _Model(training)  # MAiNGO does not keep it alive
    solver = maingopy.MAiNGO(model)
    quiet = {"BAB_verbosity": 0, "LBP_verbosity": 0, "UBP_verbosity": 0, "loggingDestination": 0}
    gaps = {"epsilonR": RELATIVE_GAP, "epsilonA": ABSOLUTE_GAP, "maxTime": training.seconds}
    for name, value in {**quiet, **gaps}.items():
        if not solver.set_option(name, value):
            raise RuntimeError(f"MAiNGO does not know the option {name}")
    status = str(solver.solve()).removeprefix("RETCODE.").lower().replace("_", " ")
    lower = finite(solver.get_final_LBD())
    try:
        values, upper = list(solver.get_solution_point()), finite(solver.get_objective_value())
    except maingopy.MAiNGOException:
        return Answer(status, None, lower)
    weights, signs, outputs = model.parts(values)
    return Answer(
        status,
        upper,
        lower,
        weights,
        [[1 if sign > 0.5 else -1 for sign in part] for part in signs],
        [1 if output > 0.5 else -1 for output in outputs],
    )


def maingo_version() -> str:
    """Version of the package."""
    return f"maingopy {version('maingopy')}"


if __name__ == "__main__":
    run_from_file(solve, maingo_version)
