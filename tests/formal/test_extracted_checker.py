"""The extracted checker beside the one in Python: the same word on every certificate and forgery.

All files that the tests in tests/certificates show to the one in Python are shown to the extracted one as well, where
it is built (support.certificates.files.verdict). Here it is built, and asked about certificates of every kind.
"""

import copy
import csv
import fcntl
import json
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from support.certificates.files import OPTIMA, SMALL, accepted, fresh, in_lines, of_family, of_optimum, rejected
from support.certificates.formal import ACCEPTED, CHECKER, FORMAL, REJECTED, opinion
from support.certificates.formats import earlier, rehashed
from support.problems import gaussian

import multilayer
from convex import Problem
from multilayer import checker

MISSING = [tool for tool in ("coqc", "ocamlfind", "make") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"the proofs are not built here: no {', '.join(MISSING)}")


@pytest.fixture(scope="session", autouse=True)
def built():
    """Build the proofs and the checker, once for all processes."""
    with open(FORMAL / "Makefile") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run = subprocess.run(["make", "-C", FORMAL], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert CHECKER.exists()


def say(certificate, folder):
    path = folder / "certificate.json"
    path.write_text(certificate if isinstance(certificate, str) else json.dumps(certificate))
    return opinion(path)


@pytest.mark.parametrize("name", SMALL)
def test_certificates_are_accepted(name, tmp_path):
    assert say(fresh(name), tmp_path)[0] == ACCEPTED
    accepted(fresh(name), tmp_path)


@pytest.mark.parametrize("name", SMALL)
def test_a_region_less_is_rejected(name, tmp_path):
    certificate = fresh(name)
    certificate["first"]["regions"].pop()
    if "regions" in certificate["claim"]:
        certificate["claim"]["regions"] -= 1
    assert say(certificate, tmp_path)[0] == REJECTED
    rejected(certificate, tmp_path)


@pytest.mark.parametrize("name", OPTIMA)
@pytest.mark.parametrize(("bound", "part"), [("upper", "network, or claim.upper"), ("lower", "claim.lower")])
def test_a_bound_that_is_too_good_is_rejected(name, bound, part, tmp_path):
    certificate = fresh(name)
    certificate["claim"][bound] = {"upper": 0, "lower": 1000}[bound]
    status, reason = say(certificate, tmp_path)
    assert status == REJECTED
    assert reason.startswith(f"rejected: {part}")


def test_json_lines(tmp_path):
    certificate = of_family("resonance:4")
    text = in_lines(certificate, "first.regions")
    assert say(text, tmp_path) == (ACCEPTED, "accepted: 370 regions")
    assert say(text[: text.rstrip().rindex("\n")], tmp_path)[0] == REJECTED


# source, width, beta, and two numbers between which the optimum is
REAL_TABLES = {
    "galileo": ("galileo.csv", 2, "0.001", "0.000993840", "0.000993842"),
    "balloons": ("balloons.csv", 7, "0.1", "0.189402040", "0.189402042"),
}


@pytest.mark.parametrize("name", REAL_TABLES)
def test_optima_of_real_tables(name, tmp_path):
    """Networks for Galileo's ramp (1608) and for UCI balloons, proven optimal down to the proof assistant."""
    source, width, beta, least, most = REAL_TABLES[name]
    table = Path(multilayer.__file__).parent / "data" / source
    with open(table) as file:
        *columns, target = [list(column) for column in zip(*csv.reader(file), strict=True)]
    problem = Problem.read(list(zip(*(column[1:] for column in columns), strict=True)), target[1:], beta)
    certificate = of_optimum(problem, width)
    status, text = say(certificate, tmp_path)
    assert status == ACCEPTED
    low, high = re.search(r"between (\S+) and (\S+)", text).groups()
    assert Fraction(least) < Fraction(low) <= Fraction(certificate["claim"]["lower"])
    assert Fraction(certificate["claim"]["upper"]) <= Fraction(high) < Fraction(most)


def test_opposed_pairs_region_by_region(tmp_path, monkeypatch):
    """Twelve rows of the plane at width 2 need the rule; with entries of the cover removed, both say the same."""
    certificate = of_optimum(gaussian(12, 2, 1, "0.05"), 2)
    assert say(certificate, tmp_path)[0] == ACCEPTED
    accepted(certificate, tmp_path)
    before = earlier(certificate)  # its covers are searched for
    found = {ACCEPTED: 0, REJECTED: 0}
    for k in range(0, len(before["dual"][0]["cover"]), 5):
        less = copy.deepcopy(before)
        del less["dual"][0]["cover"][k]
        status = say(less, tmp_path)[0]
        found[status] += 1
        (accepted if status == ACCEPTED else rejected)(less, tmp_path)
    assert found[REJECTED] > 0
    (tmp_path / "certificate.json").write_text(json.dumps(certificate))
    monkeypatch.setattr(checker.OpposedPairs, "parts", lambda *given: [])  # no regions: row by row alone
    with pytest.raises(checker.Rejected, match="these neurons are no opposed pair"):
        checker.check(tmp_path / "certificate.json")


@pytest.mark.parametrize("places", [range(40), range(-40, 0)], ids=["first", "last"])
def test_a_token_that_is_another_is_judged_alike(places, tmp_path):
    """Left out, twice, or changed to that of a branch, of regions, or of another entry."""
    certificate = of_optimum(gaussian(8, 2, 1, "0.05"), 2)
    said = set()
    for k in places:
        tree = certificate["dual"][0]["covers"][k % 2]["tree"]
        at = k % len(tree)
        for others in ([], [tree[at]] * 2, [-1], [-2], [0]):
            changed = copy.deepcopy(certificate)
            changed["dual"][0]["covers"][k % 2]["tree"][at : at + 1] = others
            status = say(changed, tmp_path)[0]
            said.add(status)
            (accepted if status == ACCEPTED else rejected)(changed, tmp_path)
    assert REJECTED in said


def test_the_hash_of_text_that_is_not_ascii(tmp_path):
    """Only certificates with plain numbers are accepted, but the reader's hash is that of any input."""
    certificate = fresh("central")
    certificate["input"]["rows"][0][0] = '\u00e9\u20ac\U0001f600\x7f\n"\\'
    reason = say(rehashed(certificate), tmp_path)[1]
    assert reason.startswith("rejected: input.rows")
    certificate["provenance"]["sha256"] = "0" * 64
    assert say(certificate, tmp_path)[1].startswith("rejected: provenance.sha256")


def test_wrong_usage_and_no_file(tmp_path):
    assert subprocess.run([CHECKER], capture_output=True, check=False).returncode == 2
    assert subprocess.run([CHECKER, tmp_path / "none"], capture_output=True, check=False).returncode == 2


def test_only_the_axioms_of_the_real_numbers(tmp_path):
    """The build reports what each theorem rests on, and stops at anything else."""
    reports = (FORMAL / "assumptions.txt").read_text().split("theories/AssumptionsLogistic.v:")
    real, logistic = (set(re.findall(r"^([A-Za-z_.]+)(?= : |$)", report, re.MULTILINE)) for report in reports)
    assert real == {
        "ClassicalDedekindReals.sig_forall_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
    }
    assert logistic - real == {"ClassicalDedekindReals.sig_not_dec", "Classical_Prop.classic"}
    copy = tmp_path / "formal"
    shutil.copytree(FORMAL, copy)
    with open(copy / "theories" / "Assumptions.v", "a") as file:
        file.write("Require Import Classical.\nPrint Assumptions classic.\n")
    run = subprocess.run([copy / "axioms.sh"], capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "not an axiom of Coq's real numbers: classic" in run.stderr


def test_a_proof_that_is_left_open_stops_the_build(tmp_path):
    copy = tmp_path / "formal"
    shutil.copytree(FORMAL, copy)
    with open(copy / "theories" / "Signs.v", "a") as file:
        file.write("Lemma all_zero : forall x, sgn x = Zero.\nAdmitted.\n")
    run = subprocess.run([copy / "axioms.sh"], capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "a proof is left open" in run.stderr
