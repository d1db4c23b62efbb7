"""A certificate that has the default name already: what proves more of the same optimum is not replaced."""

from pathlib import Path

from arrangements.errors import InputError
from arrangements.proofs.cell_certificates import Json
from convex.proofs.optimum_certificate import QUESTION, input_json
from convex.solving.separable_outputs import JointSolution
from multilayer import checker
from multilayer.pipeline.learning.training import Training


def earlier_certificate(path: Path) -> Json | None:
    """Read the certificate of an optimum that an earlier solve left there; None if there is nothing.

    Args:
        path: where a certificate would be written without being named.

    Raises:
        InputError: it is nothing that solve wrote.
    """
    if not path.exists():
        return None
    try:
        content = checker.load(path)
    except (OSError, ValueError, RecursionError, checker.Rejected):
        content = None
    named = isinstance(content, dict) and content.get("format") == "multilayer-arrangements/optimum"
    if not named or not isinstance(content.get("input"), dict):
        raise InputError(
            f"{path} is there already, and is no certificate of an optimum; remove it, or give --certificate a path"
        )
    return dict(content)


def same_question(earlier: Json, training: Training, width: int | None) -> bool:
    """Whether an earlier certificate is about the same data, beta, loss and width, and the same names if it has any."""
    own, given = input_json(training.problems, width, training.names), earlier["input"]
    same_names = all(given.get(name) in (None, own[name]) for name in own.keys() - {*QUESTION})
    return same_names and all(given.get(name) == own[name] for name in QUESTION)


def proves_more(path: Path, earlier: Json, joint: JointSolution) -> bool:
    """Whether an earlier certificate of the same question proves a narrower interval than a solution, by the checker.

    Args:
        path: where it is.
        earlier: what it holds.
        joint: the solution.
    """
    try:
        gap = checker.number(earlier["claim"]["upper"], "upper") - checker.number(earlier["claim"]["lower"], "lower")
        if gap >= joint.gap:
            return False
        checker.check(path)
    except (OSError, KeyError, TypeError, ValueError, ArithmeticError, checker.Rejected):
        return False
    return True
