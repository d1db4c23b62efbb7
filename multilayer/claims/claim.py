"""A claim: a statement with its formulas as printed, a verdict, why, and evidence that is computed anew each time.

Formulas are written in ASCII with the paper's symbols: subscripts after _, powers after ^, primes and stars as ' and
*, +- for the sign plus or minus, bar for a bar over a letter, cap for an intersection, C(n, k) for a binomial
coefficient, sum_{k=0}^{r-1} and prod for sums and products.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isclose
from typing import NamedTuple, TypeAlias

from arrangements.errors import ArrangementError


class EvidenceError(ArrangementError):
    """The evidence for a verdict fails, or is not the one on record."""


Value: TypeAlias = int | float | str | list[int]

_CLOSE = 2e-6  # optima are known within 1e-8, and are kept with six digits


class Evidence(NamedTuple):
    """Measured values, and the sentence that shows them.

    Attributes:
        text: the sentence, with a replacement field for each value, as `str.format` has them.
        values: integers and text, which have to be equal on every machine, and floats, which have to be close.

    Example:
        >>> str(Evidence("{:,} pairs, {:.6g} apart", (2928, 0.0388447)))
        '2,928 pairs, 0.0388447 apart'
    """

    text: str
    values: tuple[Value, ...] = ()

    def __str__(self) -> str:
        return self.text.format(*self.values)

    def agrees(self, other: "Evidence") -> bool:
        """Whether both say the same: equal sentences, equal integers and text, floats equal in six digits.

        Args:
            other: what is compared.

        Example:
            >>> Evidence("{}", (0.1425,)).agrees(Evidence("{}", (0.14250001,)))
            True
            >>> Evidence("{}", (20,)).agrees(Evidence("{}", (21,)))
            False
        """
        return (
            self.text == other.text
            and len(self.values) == len(other.values)
            and all(_same(a, b) for a, b in zip(self.values, other.values, strict=True))
        )


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return isclose(a, b, rel_tol=_CLOSE)
    return type(a) is type(b) and a == b


def joined(parts: Iterable[Evidence], separator: str = "; ") -> Evidence:
    """Join evidence into one sentence.

    Args:
        parts: in this order.
        separator: text between them.

    Example:
        >>> str(joined([Evidence("n = {}", (4,)), Evidence("n = {}", (5,))]))
        'n = 4; n = 5'
    """
    found = list(parts)
    return Evidence(separator.join(part.text for part in found), tuple(v for part in found for v in part.values))


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
        section: the paper's section, and the number of what is quoted; "own" for a statement of this project.
        printed: the formulas and numbers as the paper prints them, or "" where it has words alone. "For all" of
            indices is written "for all" or left to the sets that are named.
        statement: what it says, in this project's words and letters.
        verdict: what is true of it.
        remark: why it holds, under which condition, or the corrected statement.
        evidence: computes the evidence: measured values, and the sentence that shows them.
        trials: set where the evidence is a search that refuted nothing, and is no proof.
    """

    name: str
    section: str
    printed: str
    statement: str
    verdict: Verdict
    remark: str
    evidence: Callable[[], Evidence]
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
