"""The examination of all claims, in the paper's order: evidence computed anew and compared with the record."""

import json
import signal
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from multiprocessing import get_context
from typing import NamedTuple

from arrangements.errors import InputError
from multilayer.claims.claim import Claim, Evidence, EvidenceError
from multilayer.claims.counting import architectures, bounds, deeper, derivations, exact_counts, shared_weights
from multilayer.claims.experiments import figures, table1
from multilayer.claims.training import (
    definitions,
    duality,
    independent_draws,
    program,
    regularisers,
    rescaling,
    scope,
    stationarity,
    widths,
)

_MODULES = (
    scope,
    duality,
    rescaling,
    regularisers,
    definitions,
    program,
    independent_draws,
    stationarity,
    bounds,
    architectures,
    derivations,
    deeper,
    figures,
    table1,
    widths,
    exact_counts,
    shared_weights,
)
_SECTIONS = ("abstract", "1.1", "1.2", "1.4", "1.5", "2", "2.1", "2.2", "3", "4", "own")

CLAIMS: tuple[Claim, ...] = tuple(
    sorted(
        (claim for module in _MODULES for claim in module.CLAIMS),
        key=lambda claim: _SECTIONS.index(claim.section.partition(",")[0]),
    )
)


class Finding(NamedTuple):
    """The findings on a claim as text: its name, where and how it is printed, what it says, verdict, why, evidence."""

    name: str
    section: str
    printed: str
    claim: str
    verdict: str
    remark: str
    evidence: str


def chosen(names: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Choose the claims whose names contain one of the texts; all claims if no text is given.

    Raises:
        InputError: a text is in no name.

    Example:
        >>> [claim.name for claim in chosen(["lemma", "(13)"])]
        ['Lemma 1', '(13), first step', '(13), second step']
    """
    for text in names:
        if not any(text.lower() in claim.name.lower() for claim in CLAIMS):
            raise InputError(f"no claim is called {text!r}; they are {'; '.join(claim.name for claim in CLAIMS)}")
    return tuple(claim for claim in CLAIMS if not names or any(text.lower() in claim.name.lower() for text in names))


@cache
def record() -> dict[str, Evidence]:
    """Read the evidence on record, by the names of the claims."""
    found = json.loads((files("multilayer.claims") / "record.json").read_text(encoding="utf-8"))
    return {name: Evidence(one["text"], tuple(one["values"])) for name, one in found.items()}


def examine(claims: Sequence[Claim] = CLAIMS, *, workers: int = 1) -> Iterator[Finding]:
    """Compute the evidence of every claim anew.

    Args:
        claims: in the order of the findings.
        workers: processes that compute evidence side by side; 1 computes it here.

    Raises:
        EvidenceError: a check behind a verdict fails, or the evidence is not the one on record.

    Example:
        >>> [finding] = examine(chosen(["last line"]))
        >>> finding.verdict
        'fails as printed'
    """
    for claim, evidence in zip(claims, _computed(claims, workers), strict=True):
        known = record().get(claim.name)
        if known is None or not evidence.agrees(known):
            raise EvidenceError(f"{claim.name}: the evidence has changed. On record: {known}. Now: {evidence}")
        yield Finding(
            claim.name, claim.section, claim.printed, claim.statement, claim.judgement, claim.remark, str(evidence)
        )


def _computed(claims: Sequence[Claim], workers: int) -> Iterator[Evidence]:
    """The evidence of each claim, in their order."""
    names = [claim.name for claim in claims]
    if min(workers, len(claims)) < 2:
        yield from map(_evidence, names)
        return
    # spawned, because a fork copies the threads' locks of libraries that compute in threads
    with get_context("spawn").Pool(min(workers, len(claims)), _leave_signals) as pool:
        yield from pool.imap(_evidence, names)


def _evidence(name: str) -> Evidence:
    claim = next(claim for claim in CLAIMS if claim.name == name)
    try:
        return claim.evidence()
    except EvidenceError as error:
        raise EvidenceError(f"{name}: {error}") from error


def _leave_signals() -> None:
    """Ctrl-C goes to all processes of a terminal; the first one ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
