"""A claim: a numbered statement, a verdict on it, why, and evidence that is computed anew each time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from arrangements.errors import ArrangementError


class EvidenceError(ArrangementError):
    """The evidence for a verdict fails, or is not the one on record."""


class Verdict(StrEnum):
    """The verdict on a statement."""

    HOLDS = "holds"
    CONDITION = "holds under a stated condition"
    FAILS = "fails as printed"


@dataclass(frozen=True)
class Claim:
    """One numbered statement.

    Attributes:
        name: where it stands in the paper, or what it is called here; unique.
        statement: what it says, in this project's words.
        verdict: what is true of it.
        remark: why it holds, under which condition, or the corrected statement.
        evidence: computes the evidence, a text of measured values.
        trials: set where the evidence is a search that refuted nothing, and is no proof.
    """

    name: str
    statement: str
    verdict: Verdict
    remark: str
    evidence: Callable[[], str]
    trials: int | None = None

    @property
    def judgement(self) -> str:
        """The verdict as it is printed."""
        if self.trials is not None:
            return f"not refuted in {self.trials:,} trials"
        return str(self.verdict)


def require(fact: bool, failed: str) -> None:
    """Raise unless the fact holds.

    Raises:
        EvidenceError: it is not; the message says what failed.

    Example:
        >>> require(2 > 3, "two is above three")
        Traceback (most recent call last):
        multilayer.claims.claim.EvidenceError: not so: two is above three
    """
    if not fact:
        raise EvidenceError(f"not so: {failed}")
