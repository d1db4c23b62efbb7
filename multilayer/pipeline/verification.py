"""Certificates checked by the independent checker."""

from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from multilayer import checker
from multilayer.io.file_kinds import not_a_certificate


def verify(path: Path) -> dict[str, Any]:
    """Check a certificate by the independent checker: whether it is accepted, its kind and claim, or the reason.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        kind, claim = checker.check(str(path))
    except checker.Rejected as reason:
        return {"verified": False, "kind": None, "claim": None, "reason": not_a_certificate(path) or str(reason)}
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return {"verified": True, "kind": kind, "claim": claim, "reason": None}
