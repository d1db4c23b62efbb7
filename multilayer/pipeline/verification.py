"""Certificates checked by the independent checker."""

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.strict_json import check_ends, read_json
from multilayer import checker
from multilayer.io.file_kinds import not_a_certificate
from multilayer.io.networks import is_network
from multilayer.pipeline.checking import check


def verify(path: Path, *, executor: Executor | None = None) -> dict[str, Any]:
    """Check a certificate by the independent checker: whether it is accepted, its kind and claim, or the reason.

    Args:
        path: the file.
        executor: any of `concurrent.futures`, whose workers run the checker's functions on parts of its lists; what is
            said does not depend on it. None to check all here.

    Raises:
        InputError: the file cannot be read, or is a device; or the executor is not one.
    """
    check_ends(path)
    try:
        kind, claim = check(path, executor)
    except checker.Rejected as reason:
        return {
            "verified": False,
            "kind": None,
            "claim": None,
            "reason": _network_reason(path) or not_a_certificate(path) or str(reason),
        }
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return {"verified": True, "kind": kind, "claim": claim, "reason": None}


def _network_reason(path: Path) -> str | None:
    """Why a network is no certificate, and what to give instead; None if the file is no network."""
    try:
        content = read_json(path)
    except InputError:
        return None
    if not is_network(content):
        return None
    named = content.get("certificate")
    if isinstance(named, str) and named and named.isprintable():
        return f"{path} is a network, which proves nothing; its certificate is {path.parent / named}"
    return f"{path} is a network, which proves nothing, and it names no certificate; solve writes one beside it"
