"""Printing of the claims: a paragraph for each, then the number of each verdict."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import wrap

from multilayer.claims.referee import Finding

_WIDTH = 110
_LABELS = ("text", "says", "note", "seen")


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Format the findings for reading, one after the other as they come.

    Example:
        >>> for line in lines([Finding("Lemma 0", "1.2", "0 = 0", "nothing", "holds", "it is empty", "none")]):
        ...     print(line.rstrip())
        Lemma 0: holds
          text  (section 1.2) 0 = 0
          says  nothing
          note  it is empty
          seen  none
        <BLANKLINE>
        1 claim: 1 holds
    """
    verdicts: Counter[str] = Counter()
    for finding in findings:
        verdicts[finding.verdict] += 1
        yield f"{finding.name}: {finding.verdict}"
        source = "" if finding.section == "own" else f"(section {finding.section}) {finding.printed}".strip()
        texts = (source, finding.claim, finding.remark, finding.evidence)
        for label, text in zip(_LABELS, texts, strict=True):
            yield from wrap(text, _WIDTH, initial_indent=f"  {label}  ", subsequent_indent=" " * 8)
        yield ""
    total = verdicts.total()
    counted = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
    yield f"{total} claim{'' if total == 1 else 's'}: {counted}"


def as_json(findings: Iterable[Finding]) -> str:
    """Write the findings as one JSON list.

    Example:
        >>> as_json([Finding("Lemma 0", "1.2", "0 = 0", "nothing", "holds", "empty", "none")])[:62]
        '[{"name": "Lemma 0", "section": "1.2", "printed": "0 = 0", "cl'
    """
    return json.dumps([finding._asdict() for finding in findings])
