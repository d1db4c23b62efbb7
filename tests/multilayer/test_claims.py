"""The claims as a whole: names, record, printing, the command line, and faults planted under them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

import pytest

from arrangements.errors import InputError
from convex.heuristics.multistart import TrainedNetwork
from convex.networks.network import Network, SubNetwork
from multilayer.claims import printing, referee
from multilayer.claims.claim import Evidence, EvidenceError, Verdict, require
from multilayer.claims.referee import CLAIMS, Finding, chosen, examine, record
from multilayer.claims.tables import solved

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
KEYS = ["name", "claim", "verdict", "remark", "evidence"]
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
    assert all(text == text.strip() and text for text in (claim.name, claim.statement, claim.remark))
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
    with pytest.raises(InputError, match="no claim is called 'Lemma 7'; they are Lemma 1; "):
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
    monkeypatch.setattr("multilayer.claims.counting.growth_exponent", lambda expression, n: 0)
    for arguments in ((), ("--json",)):
        outcome = multilayer("claims", "last line", *arguments)
        assert (outcome.status, outcome.out) == (1, "")
        assert outcome.err.startswith("multilayer: (14), last line")
        assert "not so: " in outcome.err
        assert outcome.err.count("\n") == 1


# ------------------------------------------------------------------------------------------------------- planted faults


def plus(amount) -> Callable:
    return lambda original: lambda *arguments: original(*arguments) + amount


def always(value) -> Callable:
    return lambda original: lambda *arguments, **named: value


def read_as(reading) -> Callable:
    return lambda original: lambda problem, width, _="": original(problem, width, reading)


def with_fields(**factors) -> Callable:
    """The result with some fields multiplied."""

    def plant(original):
        def wrong(*arguments, **named):
            found = original(*arguments, **named)
            return replace(found, **{name: getattr(found, name) * factor for name, factor in factors.items()})

        return wrong

    return plant


def scaled_dual(factor) -> Callable:
    def plant(original):
        def wrong(*arguments):
            bound = original(*arguments)
            return replace(bound, v=tuple(factor * a for a in bound.v))

        return wrong

    return plant


def cheaper_without_limit(original):
    """P*(inf) of half the penalty."""
    return lambda problem, m: original(problem if m else replace(problem, beta=problem.beta / 2), m)


def nothing_but_zeros(_):
    zero = Fraction(0)
    return lambda rng, columns: SubNetwork(((zero,) * columns,), (zero,), zero)


def many_parts(original):
    def wrong(*arguments):
        found = original(*arguments)
        return replace(found, network=Network(found.network.subnetworks * 5))

    return wrong


def descends_to(factor) -> Callable:
    def plant(original):
        def wrong(problem, width, **_):
            value = solved(problem).lower * factor
            return TrainedNetwork(Network(()), value, (value,) * 6)

        return wrong

    return plant


def one_mask_less(original):
    return lambda *arguments: set(sorted(original(*arguments))[1:])


def one_mask_more(original):
    return lambda arrangement, *rest: {*original(arrangement, *rest), (0,) * len(arrangement.normals)}


DUALITY, PROGRAM, COUNTING = (f"multilayer.claims.{name}" for name in ("duality", "program", "counting"))
ARCHITECTURES, OWN, WIDTHS = (f"multilayer.claims.{name}" for name in ("architectures", "own", "widths"))
FAULTS = [  # claim, what is replaced, by what, and what the claim says of it
    ("Lemma 1", f"{DUALITY}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, 2 * c), "the same outputs"),
    ("(3)", f"{DUALITY}.lower_bound", with_fields(value=30), "no dual value is above"),
    ("(6)", f"{DUALITY}.solved", with_fields(upper=1.000001), "is certified"),
    ("(6)", f"{DUALITY}.solved", with_fields(lower=2), "in order"),
    ("(6)", f"{DUALITY}.solved", with_fields(lower=2, upper=2), "has changed"),
    (
        "(7)",
        f"{DUALITY}.solve_full_program",
        lambda right: lambda problem, m: right(problem, 1),
        "intervals of four rows meet",
    ),
    ("(8)", f"{DUALITY}.solved", many_parts, "n sub-networks"),
    ("(8)", f"{DUALITY}.dual_value", plus(1), "reach the dual value"),
    ("(10)", f"{DUALITY}.lower_bound", scaled_dual(3), "violates the dual constraint"),
    ("(10)", f"{DUALITY}.lower_bound", scaled_dual(0), "attain it"),
    ("over tuples", f"{PROGRAM}.interpretation_value", read_as("shared-index"), "both intervals meet on four rows"),
    ("over tuples", f"{PROGRAM}.solved", with_fields(lower=0.9, upper=0.9), "both intervals meet on four rows"),
    ("over tuples", f"{PROGRAM}.local_search", descends_to(0.999), "not below the bound"),
    ("over tuples", f"{PROGRAM}.local_search", descends_to(1.001), "comes within"),
    ("one index", f"{PROGRAM}.interpretation_value", read_as("tuples"), "less than the reading's value"),
    ("one index", f"{PROGRAM}.interpretation_value", with_fields(lower=1.01, upper=1.01), "two-layer optimum"),
    ("apart", f"{PROGRAM}.interpretation_value", read_as("tuples"), "less than the reading's value"),
    ("apart", f"{PROGRAM}.solved", with_fields(upper=2), "less than the reading's value"),
    ("one block", f"{PROGRAM}.interpretation_value", read_as("tuples"), "below every network"),
    ("Proposition 1", f"{PROGRAM}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, c * 2), "penalty S"),
    ("Proposition 1", f"{PROGRAM}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, -c), "the block's"),
    ("Proposition 1", f"{PROGRAM}.solved", with_fields(upper=1.000001), "reaches the program"),
    ("Remark 1", f"{PROGRAM}.as_parallel", lambda _: lambda residual: Network(residual.blocks), "answer alike"),
    ("sampling", f"{PROGRAM}.solve_sampled", with_fields(upper=0.5), "upper bound"),
    ("sampling", f"{PROGRAM}.exact_share", always((330, 0.5)), "has changed"),
    ("fixed points", f"{PROGRAM}.local_search", descends_to(0.999), "not below the proven bound"),
    ("fixed points", f"{PROGRAM}.local_search", descends_to(1), "some are not"),
    ("size of (12)", f"{PROGRAM}.iter_pairs", lambda right: lambda *a: list(right(*a))[::3], "two blocks"),
    ("size of (12)", f"{PROGRAM}.iter_blocks", always(()), "two blocks"),
    ("complexity", "theory.growth_exponent", plus(1), "lower order"),
    ("(13), first", f"{COUNTING}.cover", plus(-1), "general position"),
    ("(13), first", f"{COUNTING}.region_number", plus(2), "general position"),
    ("(13), first", f"{COUNTING}.f_vector", always((1, 1)), "all w, faces included"),
    ("(13), second", f"{COUNTING}.cover", plus(4), "closed form for n >= 2"),
    ("(13), second", f"{COUNTING}.floor_exact", plus(3), "one row"),
    ("first line", f"{COUNTING}.eq14_product", always(199), "the first line on"),
    ("first line", f"{COUNTING}.general_position", always(1), "P2' bounds the cells"),
    ("closed lines", f"{COUNTING}.eq14_closed", lambda right: lambda *sizes: right(*sizes) / 2, "lines are equal"),
    ("closed lines", f"{COUNTING}.floor_exact", always(0), "where m r <= n"),
    ("last line", f"{COUNTING}.growth_exponent", lambda right: lambda *a: right(*a) / 2, "exponent of the last line"),
    ("P2 = O", f"{COUNTING}.joint", plus(-1), "the joint bound on"),
    ("P2 = O", f"{COUNTING}.two_to_n", always(10), "the joint bound on"),
    ("Remark 4", f"{ARCHITECTURES}.region_number", plus(10**9), "bounded by the patches"),
    ("Remark 4", f"{ARCHITECTURES}.count_regions", plus(2), "listed and counted"),
    ("Remark 4", f"{ARCHITECTURES}.cover", plus(-1), "has changed"),
    ("Remark 5", f"{ARCHITECTURES}.sampled_masks", one_mask_more, "has changed"),
    ("Remark 5", f"{ARCHITECTURES}.decoupled_masks", one_mask_less, "drawn masks are among"),
    ("Remark 5", f"{ARCHITECTURES}.layer_joint", always(31), "formula bounds"),
    ("Remark 5", f"{ARCHITECTURES}.layer_exponent", plus(1), "exponent of the layer"),
    ("Corollary 1", f"{ARCHITECTURES}.sampled_masks", one_mask_more, "half-planes"),
    ("Corollary 1", f"{ARCHITECTURES}.decoupled_masks", one_mask_less, "two copies"),
    ("unlimited", f"{WIDTHS}.solved", lambda right: lambda problem, m: right(problem, m or 1), "lower bound"),
    ("unlimited", f"{WIDTHS}.solved", lambda right: lambda problem, m: right(problem, m and 2), "P*(n) = P*(inf)"),
    ("joint bounds", f"{OWN}.joint_of_data", plus(-1), "sharper than the next"),
    ("joint bounds", f"{OWN}.joint_unordered", plus(-1), "sharper than the next"),
    ("joint bounds", f"{OWN}.joint", plus(-1), "sharper than the next"),
    ("pairs in the plane", f"{OWN}.plane_pairs", plus(1), "the closed formula"),
    ("masks of width two", f"{OWN}.plane_masks", plus(1), "all masks"),
    ("masks of width two", f"{OWN}.plane_opposite_masks", plus(1), "signs"),
    ("masks of width two", f"{OWN}.opposite_zero_sets", lambda right: lambda a: right(a) | {-1}, "are intersections"),
    ("three rows", f"{WIDTHS}.solve", cheaper_without_limit, "intervals of P*(1) and P*(inf) meet"),
    ("n - 1 neurons", f"{WIDTHS}.solve", cheaper_without_limit, "n - 1 neurons are enough"),
    ("Lemma 1", f"{DUALITY}.random_part", nothing_but_zeros, "has changed"),
    ("(10)", f"{DUALITY}.random_part", nothing_but_zeros, "has changed"),
    ("Remark 1", f"{PROGRAM}.random_part", nothing_but_zeros, "has changed"),
    ("(8)", f"{DUALITY}.solved", lambda right: lambda p: replace(right(p), network=Network(())), "n sub-networks"),
    ("(13), second", f"{COUNTING}.eq13_closed", lambda right: lambda *sizes: 10 * right(*sizes), "has changed"),
    ("Remark 4", f"{ARCHITECTURES}.two_to_n", always(10**9), "pooled masks"),
    ("Remark 5", f"{ARCHITECTURES}.two_to_n", always(10**9), "has changed"),
]


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
    return [Finding(c.name, c.statement, c.judgement, c.remark, str(record()[c.name])) for c in chosen(names)]


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


@pytest.mark.slow
def test_all_claims():
    assert [finding._asdict() for finding in examine()] == [finding._asdict() for finding in findings()]
