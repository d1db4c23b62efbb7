"""A certificate that has the default name already: what is about other data, or proves more, is not replaced."""

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.proofs.cell_certificates import Json
from convex.proofs.optimum_certificate import input_json
from convex.solving.separable_outputs import JointSolution
from multilayer import checker
from multilayer.pipeline.learning.training import Training

_ADVICE = "give --certificate and --network other paths, or remove it"


def earlier_certificate(path: Path, training: Training) -> Json | None:
    """Read the certificate that an earlier solve of the same data left there; None if there is nothing.

    Args:
        path: where a certificate would be written without being named.
        training: what is to be solved.

    Raises:
        InputError: it is about other rows or targets, or is nothing that solve wrote.
    """
    if not path.exists():
        return None
    try:
        content = checker.load(path)
    except (OSError, ValueError, RecursionError, checker.Rejected):
        content = None
    named = isinstance(content, dict) and content.get("format") == "multilayer-arrangements/optimum"
    if not named or not isinstance(content.get("input"), dict):
        raise InputError(f"{path} is there already, and is no certificate of an optimum; {_ADVICE}")
    data, own = content["input"], input_json(training.problems, None)
    # a loss for classes codes their targets, and --bias is another question about the same table
    coded = data.get("loss") != own["loss"]
    if _unbiased(data.get("rows")) != _unbiased(own["rows"]) or (not coded and data.get("targets") != own["targets"]):
        raise InputError(f"{path} is there already, about other data than those of {training.source} now; {_ADVICE}")
    return dict(content)


def _unbiased(rows: Any) -> Any:
    """The rows without a last column of ones.

    Example:
        >>> _unbiased([[2, 1], [3, 1]]), _unbiased([[2, 1], [3, 0]])
        ([[2], [3]], [[2, 1], [3, 0]])
    """
    biased = isinstance(rows, list) and all(isinstance(row, list) and row[-1:] == [1] for row in rows)
    return [row[:-1] for row in rows] if biased else rows


def same_question(earlier: Json, training: Training, width: int | None) -> bool:
    """Whether an earlier certificate of the same data is about the same beta, loss, width and bias, too."""
    return bool(earlier["input"] == input_json(training.problems, width))


def proves_more(path: Path, earlier: Json, joint: JointSolution) -> bool:
    """Whether an earlier certificate of the same question proves a narrower interval than a solution, by the checker.

    Args:
        path: where it is.
        earlier: what it holds.
        joint: the solution.
    """
    digits = sys.get_int_max_str_digits()
    try:
        gap = Fraction(earlier["claim"]["upper"]) - Fraction(earlier["claim"]["lower"])
        if gap >= joint.gap:
            return False
        checker.check(path)
    except (OSError, KeyError, TypeError, ValueError, ArithmeticError, checker.Rejected):
        return False
    finally:
        sys.set_int_max_str_digits(digits)
    return True
