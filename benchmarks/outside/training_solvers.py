"""Global solvers of other people on a training problem, each run in a process of its own with a hard limit.

A solver is looked for in this Python and in others that are named; where it is not found, or fails, the reason is kept.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from convex import Network, Problem
from convex.heuristics.balanced_networks import Parts, to_network
from outside.limited_process import communicated
from outside.training_problem import Training

FOLDER = Path(__file__).parents[1]
START = 30.0  # seconds that a process has for its start, its model and its end, beside twice its time limit


class Solver(NamedTuple):
    """A solver: the module that its package brings, the pip package, and the program in this folder that calls it."""

    module: str
    package: str
    program: str


SOLVERS = {
    "SCIP": Solver("pyscipopt", "pyscipopt", "scip_training"),
    "discopt": Solver("discopt.modeling", "discopt", "discopt_training"),
    "MAiNGO": Solver("maingopy", "maingopy", "maingopy_training"),
}


class Outcome(NamedTuple):
    """What became of a run.

    Attributes:
        reason: why there is no answer, or "".
        status: the solver's own word.
        upper: the value that it claims; None where it claims none.
        lower: its bound, likewise.
        network: the network with its weights, as rational numbers.
        seconds: wall-clock time, the model included.
        version: of the solver.
    """

    reason: str
    status: str = "-"
    upper: float | None = None
    lower: float | None = None
    network: Network | None = None
    seconds: float = 0
    version: str = ""


def training_of(problem: Problem, width: int, subnetworks: int, seconds: float) -> Training:
    """The problem in plain numbers."""
    x, y = problem.floats
    return Training(x.tolist(), y.tolist(), float(problem.beta), width, subnetworks, seconds)


def python_with(solver: Solver, pythons: Sequence[str] = ()) -> tuple[str | None, str]:
    """The first Python that can import a solver, this one before those named; or None and why not.

    Args:
        solver: what to look for.
        pythons: other interpreters.
    """
    reasons = []
    for python in (sys.executable, *pythons):
        try:
            done = subprocess.run(
                [python, "-c", f"import {solver.module}"], capture_output=True, text=True, check=False
            )
        except OSError as error:
            reasons.append(f"{python}: {error.strerror}")
            continue
        if done.returncode == 0:
            return python, ""
        lines = done.stderr.strip().splitlines()
        reasons.append(f"{python}: {lines[-1] if lines else f'status {done.returncode}'}")
    return None, f"{'; '.join(reasons)} (pip install {solver.package})"


def run_solver(python: str, solver: Solver, training: Training, limit: float | None = None) -> Outcome:
    """Run a solver in a process of its own; after the hard limit it is ended with all that it started.

    Args:
        python: interpreter.
        solver: what to run.
        training: the problem, with the time limit that the solver is told.
        limit: hard limit in seconds; twice the solver's own and some for its start, unless told: MAiNGO's are CPU time.
    """
    limit = 2 * training.seconds + START if limit is None else limit
    places = os.pathsep.join(filter(None, [str(FOLDER), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": places, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with TemporaryDirectory() as folder:
        file = Path(folder, "training.json")
        file.write_text(json.dumps(training._asdict()))
        command = [python, "-W", "ignore", "-m", f"outside.{solver.program}", str(file)]
        done = communicated(command, limit, folder=folder, environment=environment)
    if done is None:
        return Outcome(f"ended after {limit:g} s, without an answer")
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        return Outcome(f"failed with status {done.returncode}: {lines[-1] if lines else 'it says nothing'}")
    return outcome_of(json.loads(done.stdout.splitlines()[-1]))


def outcome_of(answer: dict[str, Any]) -> Outcome:
    """Read the answer of a solver, and make a network of its weights: w_1j = w_j / sqrt(||w_j|| S) and so on."""
    network = None
    if answer["weights"] is not None:
        weights = np.array(answer["weights"])
        norms = np.linalg.norm(weights, axis=2, keepdims=True)
        balanced = np.divide(weights, np.sqrt(norms), out=np.zeros_like(weights), where=norms > 0)
        signs, outputs = (np.array(answer[key], dtype=float) for key in ("signs", "outputs"))
        network = to_network(Parts(balanced, signs, outputs))
    told = {key: answer[key] for key in ("status", "upper", "lower", "seconds", "version")}
    return Outcome("", network=network, **told)
