"""Certified solves in processes of their own, of this tree or another, each with a hard limit; and their checking."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from instances import RANDOM, Instance
from outside.limited_process import communicated

from convex import Problem

HERE = Path(__file__).parents[1]
ANY = "any"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_MORE = 60.0  # seconds beside twice its time limit that a process has before it is ended


class Question(NamedTuple):
    """What is to be solved; numbers as floats, or as text that is meant exactly.

    Attributes:
        x: rows.
        y: targets.
        beta: weight of the penalty, as text.
        width: neurons in the first layer of a sub-network; None for any number.
        tolerance: relative gap asked for, as text.
        seconds: time that the solve is given; the interval proven by then counts.
    """

    x: Sequence[Sequence[float | str]]
    y: Sequence[float | str]
    beta: str
    width: int | None
    tolerance: str
    seconds: float


class Run(NamedTuple):
    """What became of a solve.

    Attributes:
        reason: why there is no result, or "".
        solve: CPU seconds of the solve alone.
        whole: CPU seconds of the process, imports and certificate included.
        status: "optimal" or "gap-above-tolerance", decided in rational numbers.
        upper: the network's exact objective.
        lower: the proven bound.
        rounds: of column generation.
        columns: blocks in the restricted master at its end; None where the solve does not say.
        vectors: entries of the proof.
        size: bytes of the certificate.
        checked: what its checker says, "accepted", "rejected" or why not.
        checking: CPU seconds of the checker.
    """

    reason: str
    solve: float = 0
    whole: float = 0
    status: str = "-"
    upper: Fraction = Fraction(0)
    lower: Fraction = Fraction(0)
    rounds: int = 0
    columns: int | None = None
    vectors: int = 0
    size: int = 0
    checked: str = "-"
    checking: float = 0

    @property
    def gap(self) -> float:
        """The relative gap, for display."""
        return float((self.upper - self.lower) / (self.upper or 1))


def question_of(size: str, beta: str, tolerance: str, seconds: float, labels: str = RANDOM) -> Question:
    """The instance that a text such as "20,2,2" or "20,2,any" names; a teacher of any width has width 2."""
    n, d, width = size.split(",")
    x, y = Instance(int(n), int(d), 2 if width == ANY else int(width), labels, beta).data()
    return Question(x.tolist(), y.tolist(), beta, None if width == ANY else int(width), tolerance, seconds)


def problem_of(question: Question) -> Problem:
    """The problem that is solved."""
    return Problem.read(question.x, question.y, question.beta)


def solved(question: Question, tree: Path = HERE, limit: float | None = None) -> Run:
    """Solve in a process of its own with the code of a tree, and have its checker look at the certificate.

    Args:
        question: what to solve.
        tree: a checkout.
        limit: hard limit in wall-clock seconds; twice what the solve is given and a minute, unless told.
    """
    limit = 2 * question.seconds + _MORE if limit is None else limit
    with TemporaryDirectory() as folder:
        file, certificate = Path(folder, "question.json"), Path(folder, "certificate.json")
        file.write_text(json.dumps(question._asdict()))
        program = str(Path(__file__).with_name("one_solve.py"))
        whole, done = _process([program, str(file), str(certificate)], folder, tree, limit)
        if done is None:
            return Run(f"ended after {limit:g} s", whole=whole)
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            return Run(f"failed: {lines[-1] if lines else f'status {done.returncode}'}", whole=whole)
        report = json.loads(done.stdout.splitlines()[-1])
        checking, looked = _process([str(tree / "multilayer" / "checker.py"), str(certificate)], folder, tree, limit)
    words = {0: "accepted", 3: "rejected"}
    checked = "late" if looked is None else words.get(looked.returncode, f"status {looked.returncode}")
    for bound in ("upper", "lower"):
        report[bound] = Fraction(*(int(number, 16) for number in report[bound]))
    return Run("", whole=whole, checked=checked, checking=checking, **report)


def _process(
    program: list[str], folder: str, tree: Path, limit: float
) -> tuple[float, subprocess.CompletedProcess[str] | None]:
    """CPU seconds of a Python process, and what it said; None where it had to be ended."""
    environment = {**os.environ, "PYTHONPATH": str(tree), **dict.fromkeys(THREADS, "1")}
    before = _children()
    done = communicated([sys.executable, *program], limit, folder=folder, environment=environment)
    return _children() - before, done


def _children() -> float:
    """CPU seconds of all processes that this one has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
