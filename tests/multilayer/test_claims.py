"""The claims as a whole: names, record, printing, the command line, and faults planted under them."""

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

import pytest
from support.faults import FAULTS

from arrangements.errors import InputError
from multilayer.claims import printing, referee
from multilayer.claims.claim import Evidence, EvidenceError, Verdict, require
from multilayer.claims.referee import CLAIMS, Finding, chosen, examine, record

PAGE = Path(__file__).parents[2] / "docs" / "paper" / "claims.md"
KEYS = ["name", "section", "printed", "claim", "verdict", "remark", "evidence"]
QUICK = ("lemma 1", "(13)", "last line")


def judgements():
    trials = {f"not refuted in {claim.trials:,} trials" for claim in CLAIMS if claim.trials is not None}
    return {str(verdict) for verdict in Verdict} | trials


def test_names_and_record():
    names = [claim.name for claim in CLAIMS]
    assert len(names) >= 15
    assert len(set(names)) == len(names)
    assert list(record()) == names
    assert all(evidence.text and str(evidence) for evidence in record().values())


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_claim_is_complete(claim):
    assert claim.judgement in judgements()
    assert claim.trials is None or claim.judgement == f"not refuted in {claim.trials:,} trials"
    assert all(text == text.strip() and text for text in (claim.name, claim.section, claim.statement, claim.remark))
    assert not (claim.printed and claim.section == "own")
    assert claim.printed.isascii()
    assert claim.evidence.__doc__


def test_a_proof_that_is_named_is_there():
    root = Path(referee.__file__).parents[2]
    for claim in CLAIMS:
        for path in re.findall(r"multilayer/\S+\.py", claim.remark):
            assert (root / path).read_text(encoding="utf-8").startswith('"""')
        for name in re.findall(r"\btheory(?:\.\w+)+", claim.remark):
            assert resolve_name(name).__doc__


@pytest.mark.parametrize(
    ("names", "count"),
    [((), len(CLAIMS)), (("lemma",), 1), (("LEMMA 1", "lemma"), 1), (("(13)", "proposition"), 3)],
)
def test_chosen(names, count):
    found = chosen(names)
    assert len(found) == count
    assert [claim for claim in CLAIMS if claim in found] == list(found)


def test_unknown_names():
    with pytest.raises(InputError, match=r"no claim is called 'Lemma 7'; they are .*Lemma 1; "):
        chosen(["(13)", "Lemma 7"])


def test_require():
    require(True, "never said")
    with pytest.raises(EvidenceError, match=r"^not so: two is three$"):
        require(False, "two is three")


# --------------------------------------------------------------------------------------------------- the command line


def test_json_is_one_list(multilayer):
    outcome = multilayer("claims", *QUICK, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.count("\n") == 1
    found = json.loads(outcome.out)
    assert [list(one) for one in found] == [KEYS] * 4
    for one, claim in zip(found, chosen(QUICK), strict=True):
        assert one == {
            "name": claim.name,
            "section": claim.section,
            "printed": claim.printed,
            "claim": claim.statement,
            "verdict": claim.judgement,
            "remark": claim.remark,
            "evidence": str(record()[claim.name]),
        }


def test_text_says_the_same(multilayer):
    names = ("(13), second", "last line")
    outcome = multilayer("claims", *names)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [line.rstrip("\n") for line in printing.lines(findings(names))]
    assert outcome.out.splitlines()[-1].startswith("2 claims: ")
    assert max(map(len, outcome.out.splitlines())) <= 110


def test_a_name_that_is_none(multilayer):
    outcome = multilayer("claims", "lemma 7")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("multilayer: no claim is called 'lemma 7'")
    assert outcome.err.count("\n") == 1


def test_another_record_is_noticed(multilayer, monkeypatch):
    known = record()["(13), second step"]
    sizes, *others = known.values
    assert sizes == 299
    changed = Evidence(known.text, (298, *others))
    monkeypatch.setattr(referee, "record", lambda: {**record(), "(13), second step": changed})
    with pytest.raises(EvidenceError, match=r"^\(13\), second step: the evidence has changed\. On record: .*298"):
        list(examine(chosen(["(13), second"])))
    outcome = multilayer("claims", "(13), second")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("multilayer: (13), second step: the evidence has changed")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (Evidence("{} of {:.6g}", (20, 0.1425)), True),
        (Evidence("{} of {:.6g}", (20, 0.1425001)), True),  # the last digits are not the same on every machine
        (Evidence("{} of {:.6g}", (20, 0.142501)), False),
        (Evidence("{} of {:.6g}", (21, 0.1425)), False),
        (Evidence("{} of {:.6g}", (20.0, 0.1425)), False),
        (Evidence("{} of {:.6g}", (20,)), False),
        (Evidence("{} above {:.6g}", (20, 0.1425)), False),
    ],
)
def test_evidence_is_compared_by_its_values(now, same):
    assert Evidence("{} of {:.6g}", (20, 0.1425)).agrees(now) is same
    assert now.agrees(Evidence("{} of {:.6g}", (20, 0.1425))) is same


def test_a_claim_without_record_is_noticed(monkeypatch):
    monkeypatch.setattr(referee, "record", dict)
    with pytest.raises(EvidenceError, match=r"^Lemma 1: the evidence has changed\. On record: None"):
        list(examine(chosen(["lemma 1"])))


def test_a_check_that_fails_stops_with_status_1(multilayer, monkeypatch):
    monkeypatch.setattr("multilayer.claims.counting.bounds.growth_exponent", lambda expression, n: 0)
    for arguments in ((), ("--json",)):
        outcome = multilayer("claims", "last line", *arguments)
        assert (outcome.status, outcome.out) == (1, "")
        assert outcome.err.startswith("multilayer: (14), last line")
        assert "not so: " in outcome.err
        assert outcome.err.count("\n") == 1


# ------------------------------------------------------------------------------------------------------- planted faults


@pytest.mark.parametrize(("name", "target", "fault", "said"), FAULTS)
def test_planted_faults_are_noticed(monkeypatch, name, target, fault, said):
    [claim] = chosen([name])
    owner, attribute = target.rsplit(".", 1)
    monkeypatch.setattr(target, fault(getattr(import_module(owner), attribute)))
    with pytest.raises(EvidenceError) as caught:
        list(examine([claim]))
    assert str(caught.value).startswith(f"{claim.name}: ")
    assert said in str(caught.value)


def test_a_fault_deep_below_is_noticed(monkeypatch):
    """Sums of binomials that stop one term early, in the bounds themselves."""
    right = import_module("theory").general_position
    for module in ("cover_bound", "joint_bound"):
        monkeypatch.setattr(f"theory.{module}.general_position", lambda n, r: right(n, r - 1))
    for name in ("(13), first", "P2 = O"):
        with pytest.raises(EvidenceError):
            list(examine(chosen([name])))


def test_every_claim_has_a_planted_fault():
    assert {claim.name for name, *_ in FAULTS for claim in chosen([name])} == {claim.name for claim in CLAIMS}


# -------------------------------------------------------------------------------------------------------- what is shown


def findings(names=()):
    return [
        Finding(c.name, c.section, c.printed, c.statement, c.judgement, c.remark, str(record()[c.name]))
        for c in chosen(names)
    ]


@pytest.mark.skipif(not PAGE.exists(), reason="the page is not part of the installed project")
def test_the_page_shows_what_the_command_prints():
    block = PAGE.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    assert block.rstrip("\n").splitlines() == list(printing.lines(findings()))


def test_the_verdicts_are_counted():
    *_, last = printing.lines(findings())
    total, _, rest = last.partition(" claims: ")
    assert int(total) == len(CLAIMS) == sum(int(part.split()[0]) for part in rest.split(", "))


def test_json_of_nothing_is_an_empty_list():
    assert printing.as_json([]) == "[]"


def test_evidence_of_several_processes_is_the_same():
    claims = chosen(QUICK)
    assert list(examine(claims, workers=2)) == list(examine(claims)) == findings(QUICK)


@pytest.mark.slow
def test_all_claims():
    assert list(examine(workers=2)) == findings()
