"""Certificates checked by the independent checker, and whether they are about a given table."""

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arrangements.errors import InputError
from arrangements.exact.strict_json import check_ends, read_json
from multilayer import checker, curve_checker
from multilayer.io.file_kinds import not_a_certificate
from multilayer.io.networks import is_network
from multilayer.io.tables import Table
from multilayer.pipeline.certificate_subject import difference, subject
from multilayer.pipeline.checking import check
from multilayer.pipeline.limits import silent
from multilayer.pipeline.progress import Progress, unshown
from theory import region_number

_HEAD = 4096  # bytes in which a file says its format, if it is one of curves

if TYPE_CHECKING:
    from multilayer.store.listing import Listing


def verify(
    path: Path,
    *,
    executor: Executor | None = None,
    table: Callable[[bool], Table] | None = None,
    warn: Callable[[str], None] = silent,
) -> dict[str, Any]:
    """Check a certificate by the independent checker: whether it is accepted, its kind and claim, or the reason.

    Args:
        path: the file.
        executor: any of `concurrent.futures`, whose workers run the checker's functions on parts of its lists; what is
            said does not depend on it. None to check all here.
        table: reads the table that the certificate must be about, with a target or without; None for any.
        warn: told how its targets are read.

    Returns:
        Whether it is accepted, kind, claim, reason, whether it is about the table (None where that was not asked, or
        it was rejected before), and what it is about.

    Raises:
        InputError: the file cannot be read, or is a device; or the executor is not one.
    """
    check_ends(path)
    try:
        kind, claim, content = _accepted(path, executor)
    except checker.Rejected as reason:
        return {
            "verified": False,
            "kind": None,
            "claim": None,
            "reason": _network_reason(path) or not_a_certificate(path) or str(reason),
            "table": None,
            "about": None,
        }
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    about = subject(content)
    if kind == "path":
        del about["beta"], about["sha256"]  # those of one knot
    report = {"verified": True, "kind": kind, "claim": claim, "reason": None, "table": None, "about": about}
    if table is None:
        return report
    found = difference(content["input"], table("targets" in content["input"]), warn)
    if found is None:
        return {**report, "table": True}
    said = f"the certificate holds, but is about another table: {found}"
    return {**report, "verified": False, "reason": said, "table": False}


def _accepted(path: Path, executor: Executor | None) -> tuple[str, str, dict[str, Any]]:
    """Kind and claim of what is accepted, and the certificate that says what it is about."""
    with open(path, "rb") as file:
        of_a_path = b'"multilayer-arrangements/path"' in file.read(_HEAD)
    if not of_a_path:
        return *check(path, executor), checker.load(str(path))
    claim = curve_checker.check(path, lambda certificate: check(certificate, executor))
    names = [knot["certificate"] for knot in checker.load(str(path))["knots"]]
    return "path", claim, checker.load(str(path.parent / names[0]))


def verify_dataset(folder: Path, executor: Executor | None = None, progress: Progress = unshown) -> dict[str, Any]:
    """Check a dataset: its parts, what they leave open, their witnesses, and their number.

    Args:
        folder: of the dataset.
        executor: checks several parts at once; None for one after the other.
        progress: shows how far it is.

    Raises:
        InputError: there is no dataset, or it is of another version.
    """
    try:
        from multilayer.store.verification import check_dataset
    except ModuleNotFoundError as error:
        raise missing_pyarrow(folder) from error

    def count(listing: "Listing") -> int | None:
        if listing.kind != "regions":
            return None
        with progress(None, "regions counted without listing them") as seen:
            return region_number(listing.arrangement, seen=seen)

    with progress(None, "cells checked") as seen:
        found = check_dataset(folder, count, executor, seen)
    counted = (
        "as many as the exact count"
        if found.kind == "regions"
        else "nothing is left to do (that no others exist is not proven here: multilayer count --layer 2 --certificate)"
    )
    claim = f"{found.cells:,} {found.kind}, each with a witness, none twice; {counted}"
    accepted = found.reason is None
    return {
        "verified": accepted,
        "kind": f"dataset of {found.kind}" if accepted else None,
        "claim": claim if accepted else None,
        "reason": found.reason,
        "table": None,
        "about": None,
    }


def missing_pyarrow(folder: Path) -> InputError:
    """Say what datasets need."""
    return InputError(f'{folder}: datasets need pyarrow: pip install ".[scale]" in a clone of the project')


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
