"""What a global solver is given, and what it says: plain numbers, since it may run in a Python without this project.

x, y, beta   rows, targets, weight of the penalty;  K, m  sub-networks, and neurons in the first layer of each
w_kj         weights of a neuron, times what the next layers multiply them with;  I_kj, o_k  signs of those layers
M            ||y||^2 / (4 beta), a bound on sum_kj ||w_kj||
"""

import json
import sys
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple


class Training(NamedTuple):
    """The non-convex problem, min 1/2 ||f - y||^2 + beta sum_kj ||w_kj||, f = sum_k o_k (sum_j I_kj (X w_kj)_+)_+.

    Attributes:
        x: rows.
        y: targets.
        beta: weight of the penalty.
        width: m.
        subnetworks: K.
        seconds: time limit.
    """

    x: list[list[float]]
    y: list[float]
    beta: float
    width: int
    subnetworks: int
    seconds: float

    @property
    def square(self) -> float:
        """||y||^2; half of it is the loss of the network that is 0 everywhere."""
        return sum(value * value for value in self.y)

    @property
    def most(self) -> float:
        """M: at an optimum t = 1 minimises 1/2 ||t f - y||^2 + t beta S, so beta S = f.(y - f) <= ||y||^2 / 4."""
        return self.square / (4 * self.beta)


class Answer(NamedTuple):
    """What a solver says at the end or at its limit; None where it says nothing.

    Attributes:
        status: its own word.
        upper: the value that it claims to have found.
        lower: the bound that it claims to have proven.
        weights: w_kj.
        signs: I_kj.
        outputs: o_k.
    """

    status: str
    upper: float | None
    lower: float | None
    weights: list[list[list[float]]] | None = None
    signs: list[list[int]] | None = None
    outputs: list[int] | None = None


def finite(value: float | None) -> float | None:
    """The number, or None where it says nothing, as 1e20 does in many solvers."""
    return None if value is None or not isfinite(value) or abs(value) >= 1e20 else float(value)


def run_from_file(solve: Callable[[Training], Answer], version: Callable[[], str]) -> None:
    """Solve the problem in the file that the command line names; the last line printed is the answer as JSON.

    Args:
        solve: gives the problem to a solver.
        version: of the solver.
    """
    training = Training(**json.loads(Path(sys.argv[1]).read_text()))
    start = perf_counter()
    answer: dict[str, Any] = solve(training)._asdict()
    print()  # what a solver has printed may not end its line
    print(json.dumps({**answer, "version": version(), "seconds": perf_counter() - start}))
