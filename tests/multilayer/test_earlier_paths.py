"""The command path into a folder that holds an earlier path: nothing proven gets lost, nothing lies unlisted."""

import json
import shutil
from fractions import Fraction

import pytest

from arrangements import InputError
from multilayer import curve_checker
from multilayer.pipeline.learning import beta_path

TABLE = "1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"
COARSE = ("t.csv", "--width", "2", "--betas", "0.05:0.5", "--tolerance", "0.05")
FINE = (*COARSE[:-1], "0.005")
ENDED = ("--width", "2", "--betas", "0.001:1", "--tolerance", "1e-7", "--time", "0.001")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    return tmp_path / "t.path"


@pytest.fixture
def run(multilayer, folder):
    """Run path; whatever it says, the folder is accepted afterwards, and all its certificates are listed."""

    def solved(*options, status=0):
        outcome = multilayer("path", *options, "--json")
        assert outcome.status == status, outcome.err
        assert multilayer("verify", "t.path", "--table", "t.csv").status == 0
        assert files(folder) == {"path.json", *(knot["certificate"] for knot in curves(folder)["knots"])}
        return json.loads(outcome.out)

    return solved


def curves(folder):
    return json.loads((folder / "path.json").read_text())


def files(folder):
    return {path.name for path in folder.iterdir()}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def bounds(path, beta):
    """Both curves at a beta by brute force, from the file alone: the highest chord, and the least line."""
    numbers = ("beta", "lower", "loss", "penalty")
    knots = [tuple(Fraction(knot[name]) for name in numbers) for knot in path["knots"]]
    chords = [
        curve_checker.chord([left[:2], right[:2]], beta)
        for k, left in enumerate(knots)
        for right in knots[k + 1 :]
        if left[0] <= beta <= right[0]
    ]
    lines = [(Fraction(path["empty"]["loss"]), 0), *(knot[2:] for knot in knots)]
    return max(chords), min(loss + beta * penalty for loss, penalty in lines)


def assert_no_worse(new, old):
    betas = [Fraction(knot["beta"]) for knot in old["knots"]]
    for share in range(101):
        beta = betas[0] + (betas[-1] - betas[0]) * share / 100
        (low, high), (lower, upper) = bounds(new, beta), bounds(old, beta)
        assert low >= lower
        assert high <= upper


def test_the_same_command_again_solves_nothing(run, folder):
    first = run(*COARSE)
    before = contents(folder)
    again = run(*COARSE)
    assert (first["earlier_knots"], first["solves"]) == (0, len(first["knots"]))
    assert (again["earlier_knots"], again["solves"], again["steps"]) == (len(first["knots"]), 0, 0)
    assert again["relative_gap"] == first["relative_gap"]
    assert contents(folder) == before


def test_a_smaller_tolerance_goes_on_from_the_knots(run, folder):
    coarse = run(*COARSE)
    old = contents(folder)
    fine = run(*FINE)
    assert fine["complete"]
    assert fine["relative_gap"] <= 0.005 < coarse["relative_gap"]
    betas = {knot["beta_exact"] for knot in fine["knots"]}
    new = betas - {knot["beta_exact"] for knot in coarse["knots"]}
    assert len(new) == len(betas) - len(coarse["knots"])
    kept = [name for name, content in contents(folder).items() if old.get(name) == content]
    replaced = len(coarse["knots"]) - len(kept)  # those with too large a gap for the new tolerance
    assert fine["solves"] == len(new) + replaced
    assert replaced < len(coarse["knots"])


@pytest.mark.parametrize(
    "options",
    [
        ("--tolerance", "0.05"),
        ("--betas", "0.1:0.3", "--tolerance", "0.05"),
        ("--betas", "0.3:0.8", "--tolerance", "0.05"),
        ENDED,
    ],
    ids=["larger tolerance", "inside", "overlapping", "wider and stopped"],
)
def test_a_better_path_is_never_replaced_by_a_worse_one(run, folder, options):
    run(*FINE)
    old = curves(folder)
    stopped = options == ENDED
    report = run("t.csv", *COARSE[1:], *options, status=4 if stopped else 0)
    assert report["complete"] is not stopped
    assert_no_worse(curves(folder), old)
    betas = [Fraction(end) for end in report["reach"]["betas"]]
    assert betas[0] <= Fraction(1, 20)
    assert betas[1] >= Fraction(1, 2)
    known = {knot["beta"] for knot in old["knots"]}
    assert known <= {knot["beta"] for knot in curves(folder)["knots"]}
    assert run(*FINE)["solves"] == 0  # what it proved is there still


def test_what_a_search_left_open_is_proven_later(run, multilayer, folder):
    ended = run(*COARSE, "--steps", "1", status=4)
    assert "the curves are " in ended["missing"]
    assert f"at beta {ended['at_beta']:.6g}" in ended["missing"]
    assert ended["above_tolerance"]
    weak = curves(folder)
    done = run(*COARSE)
    assert (done["complete"], done["above_tolerance"], done["missing"]) == (True, [], None)
    assert_no_worse(curves(folder), weak)
    text = multilayer("path", *COARSE).out
    assert "0 optima were certified, and " in text


def test_the_printed_report_says_where_the_gap_is(multilayer, folder):
    outcome = multilayer("path", *COARSE, "--steps", "1")
    assert outcome.status == 4
    assert "this is above the tolerance, for beta inside " in outcome.out
    multilayer("path", *COARSE)
    inside = multilayer("path", "t.csv", "--width", "2", "--betas", "0.1:0.2", "--tolerance", "0.05")
    assert "with the earlier knots the curves reach from beta 0.05 to 0.5" in inside.out
    assert folder.is_dir()


def test_certificates_that_are_not_listed_are_taken_up(run, folder):
    run(*FINE)
    before = files(folder)
    path = curves(folder)
    ends = {**path, "knots": [path["knots"][0], path["knots"][-1]], "relative_gap": "1/1"}
    (folder / "path.json").write_text(json.dumps(ends))
    report = run(*FINE)
    assert (report["solves"], files(folder)) == (0, before)
    (folder / "path.json").unlink()  # as after a run that was killed before it wrote its first path.json
    assert run(*FINE)["solves"] == 0


def test_of_two_certificates_at_one_beta_the_weaker_one_is_removed(run, folder):
    run(*COARSE)
    name = curves(folder)["knots"][0]["certificate"]
    good = (folder / name).read_text()
    content = json.loads(good)
    content["claim"]["lower"] = 0  # true, and worth less
    (folder / "beta-weak.certificate.json").write_text(json.dumps(content))
    run(*COARSE)
    assert (folder / name).read_text() == good


def test_a_weak_claim_is_replaced_by_what_its_proof_gives(run, folder):
    run(*COARSE)
    file = folder / curves(folder)["knots"][0]["certificate"]
    content = json.loads(file.read_text())
    proven = content["claim"]["lower"]
    content["claim"]["lower"] = 0
    file.write_text(json.dumps(content))
    assert run(*COARSE)["solves"] == 0
    assert curves(folder)["knots"][0]["lower"] == proven
    assert ".2.certificate.json" in curves(folder)["knots"][0]["certificate"]


def test_a_missing_certificate_is_solved_again(run, folder, multilayer):
    report = run(*COARSE)
    name = curves(folder)["knots"][0]["certificate"]
    (folder / name).unlink()
    outcome = multilayer("path", *COARSE)
    assert outcome.status == 0
    assert f"{name} is missing, which path.json lists" in outcome.err
    assert len(run(*COARSE)["knots"]) == len(report["knots"])


def test_several_outputs_and_another_loss_are_gone_on_from(run, folder):
    (folder.parent / "t.csv").write_text("1,2,1\n2,-1,2\n-1,3,3\n-2,-1,1\n")
    options = ("t.csv", "--width", "1", "--betas", "0.2:1", "--loss", "logistic", "--tolerance")
    assert run(*options, "0.1")["complete"]
    old = curves(folder)
    later = run(*options, "0.02")
    assert later["earlier_knots"] == len(old["knots"])
    assert_no_worse(curves(folder), old)


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        (TABLE.replace("0.5", "0.25"), (), "it is about other targets"),
        (TABLE.replace("3,0.5", "4,0.5"), (), "it is about another table"),
        (TABLE + "1,1,1\n", (), "it is about another table"),
        (TABLE, ("--width", "1"), "it is about width 2, and --width is 1"),
        (TABLE, ("--width", "unlimited"), "it is about width 2, and --width is unlimited"),
        (TABLE, ("--loss", "huber:2"), "it is about the loss squared"),
        (TABLE, ("--target", "1"), "it is about another table"),
    ],
)
def test_a_path_of_something_else_is_refused(multilayer, folder, table, options, said):
    assert multilayer("path", *COARSE).status == 0
    before = contents(folder)
    (folder.parent / "t.csv").write_text(table)
    outcome = multilayer("path", *COARSE, *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert "t.path holds a path already, and not this one: " in outcome.err
    assert said in outcome.err
    assert "or give --output another folder" in outcome.err
    assert contents(folder) == before


def forged(folder):
    file = folder / curves(folder)["knots"][0]["certificate"]
    content = json.loads(file.read_text())
    content["claim"]["lower"] = content["claim"]["upper"]
    file.write_text(json.dumps(content))


def nonsense(folder):
    (folder / "beta-x.certificate.json").write_text("[]")


def no_json(folder):
    (folder / "beta-x.certificate.json").write_text("{")


def no_curves(folder):
    (folder / "path.json").write_text('{"name": "a path of my own"}')


def elsewhere(folder):
    path = curves(folder)
    path["knots"][0]["certificate"] = "../t.csv"
    (folder / "path.json").write_text(json.dumps(path))


def at_no_beta(folder):
    file = folder / curves(folder)["knots"][0]["certificate"]
    file.write_text(file.read_text().replace('"beta":"1/20","width"', '"beta":0,"width"'))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (forged, "rejected"),
        (nonsense, "it is no certificate of an optimum"),
        (no_json, "cannot be read as JSON"),
        (no_curves, "is no file of curves that path wrote"),
        (elsewhere, "is no file of curves that path wrote"),
        (at_no_beta, "not above 0"),
    ],
)
def test_files_that_prove_nothing_are_refused_and_left(multilayer, folder, change, said):
    assert multilayer("path", *COARSE).status == 0
    change(folder)
    before = contents(folder)
    outcome = multilayer("path", *COARSE)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert "or give --output another folder" in outcome.err
    assert contents(folder) == before


def test_a_run_that_dies_while_it_writes_leaves_an_accepted_folder(run, multilayer, folder, monkeypatch):
    run(*COARSE, "--steps", "1", status=4)
    weak = curves(folder)

    def full(path, content):
        raise InputError(f"{path}: cannot be written: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(beta_path, "write_json", full)
        assert multilayer("path", *FINE).status == 2
    assert curves(folder) == weak
    assert multilayer("verify", "t.path").status == 0
    assert run(*FINE)["solves"] == 0  # the certificates that it wrote are taken up


def test_a_copied_folder_is_gone_on_from(run, folder):
    run(*COARSE)
    shutil.copytree(folder, folder.parent / "copy")
    report = run(*COARSE, "--output", "copy")
    assert report["solves"] == 0
    assert report["output"] == "copy/path.json"
