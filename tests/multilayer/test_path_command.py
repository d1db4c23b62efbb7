"""The command path: its files, what verify says of them, forgeries, and what is refused."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from multilayer import checker, curve_checker

XOR = Path(__file__).parents[2] / "multilayer" / "data" / "xor.csv"
TABLE = "1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"
OPTIONS = ("--width", "2", "--betas", "0.05:0.5", "--tolerance", "0.05")


@pytest.fixture
def solved(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    outcome = multilayer("path", "t.csv", *OPTIONS, "--json")
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def test_the_report(solved, multilayer):
    assert solved["complete"]
    assert solved["relative_gap"] <= 0.05
    betas = [Fraction(knot["beta_exact"]) for knot in solved["knots"]]
    assert betas == sorted(betas)
    assert (betas[0], betas[-1]) == (Fraction(1, 20), Fraction(1, 2))
    for knot in solved["knots"]:
        assert set(knot) == {"beta", "beta_exact", "lower", "upper", "certificate"}
        assert knot["lower"] <= knot["upper"]
        claim = json.loads(Path(knot["certificate"]).read_text())["claim"]
        assert Fraction(knot["lower"]) <= Fraction(claim["lower"])
        assert Fraction(claim["upper"]) <= Fraction(knot["upper"])
    outcome = multilayer("path", "t.csv", *OPTIONS)
    assert "relative to the upper one" in outcome.out
    assert "path.json" in outcome.out


@pytest.mark.usefixtures("solved")
def test_verify_accepts_the_curves(multilayer):
    for file in ("t.path/path.json", "t.path", "t.path/"):
        found = json.loads(multilayer("verify", file, "--table", "t.csv", "--json").out)
        assert (found["verified"], found["kind"], found["table"]) == (True, "path", True)
        assert "for every beta from 1/20 to 1/2" in found["claim"]
    other = multilayer("verify", "t.path", "--table", "threshold:2")
    assert other.status == 3
    assert "is about another table" in other.out


@pytest.mark.usefixtures("solved")
def test_the_curve_checker_alone(tmp_path):
    """Two files of the standard library, copied elsewhere: nothing of the project is imported."""
    alone = tmp_path / "alone"
    alone.mkdir()
    for module in (checker, curve_checker):
        name = Path(module.__file__).name
        (alone / name).write_text(Path(module.__file__).read_text())
    command = [sys.executable, "-S", "-E", str(alone / "curve_checker.py"), "t.path/path.json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.startswith("accepted: path: ")
    assert subprocess.run(command[:-1], capture_output=True, cwd=tmp_path, check=False).returncode == 2


def test_forgeries_are_rejected(solved, tmp_path):
    folder = tmp_path / "t.path"
    file = folder / "path.json"
    honest = json.loads(file.read_text())
    other = {**honest, "knots": [dict(knot) for knot in honest["knots"]]}
    first, last = honest["knots"][0], honest["knots"][-1]

    def changed(place, **parts):
        knots = [dict(knot) for knot in honest["knots"]]
        knots[place].update(parts)
        return {**honest, "knots": knots}

    gap = Fraction(honest["relative_gap"])
    forged = {
        "smaller gap": {**honest, "relative_gap": str(gap * Fraction(999, 1000))},
        "knot left out": {**honest, "knots": [first, last]},
        "no knots": {**honest, "knots": []},
        "better bound": changed(0, lower=first["upper"]),
        "cheaper network": changed(0, loss="0/1"),
        "steeper line": changed(0, penalty="0/1"),
        "other beta": changed(0, beta="1/30"),
        "other certificate": changed(0, certificate=last["certificate"]),
        "a path out of the folder": changed(0, certificate="../" + first["certificate"]),
        "knots in another order": {**other, "knots": other["knots"][::-1]},
        "idle network": {**honest, "empty": {"loss": "0/1", "penalty": "0/1"}},
        "another version": {**honest, "version": 2},
        "another format": {**honest, "format": "multilayer-arrangements/optimum"},
        "a missing certificate": changed(0, certificate="missing.json"),
        "more fields": {**honest, "more": 1},
        "a source that is no name": {**honest, "source": []},
    }
    assert curve_checker.check(file)
    for name, content in forged.items():
        file.write_text(json.dumps(content))
        with pytest.raises(checker.Rejected):
            pytest.fail(f"{name}: {curve_checker.check(file)}")
    file.write_text(json.dumps(honest))
    certificate = folder / first["certificate"]
    text = certificate.read_text()
    changes = (
        ('"beta":"1/20","width"', '"beta":"1/21","width"'),
        ('"width":2,"loss":{', '"width":1,"loss":{'),
        ('"lower":', '"lower":1'),
    )
    for old, new in changes:
        assert old in text
        certificate.write_text(text.replace(old, new, 1))
        with pytest.raises(checker.Rejected):
            pytest.fail(f"{old}: {curve_checker.check(file)}")
    assert solved["complete"]


ODD_NAMES = ["", ".", "..", "path.json", "missing.json", "a\0b", "\ud800", "a" * 5000, "line\naccepted: path: all"]


@pytest.mark.usefixtures("solved")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_of_certificates_are_rejected_in_one_line(multilayer, tmp_path, name):
    file = tmp_path / "t.path" / "path.json"
    content = json.loads(file.read_text())
    content["knots"][0]["certificate"] = name
    file.write_text(json.dumps(content))
    outcome = multilayer("verify", "t.path")
    assert (outcome.status, len(outcome.out.splitlines())) == (3, 1)
    assert outcome.out.startswith("rejected: knots[0]: ")


@pytest.mark.usefixtures("solved")
def test_a_certificate_without_an_end_is_not_read(multilayer, tmp_path):
    folder = tmp_path / "t.path"
    certificate = folder / json.loads((folder / "path.json").read_text())["knots"][0]["certificate"]
    certificate.unlink()
    certificate.symlink_to("/dev/zero")
    outcome = multilayer("verify", "t.path")
    assert (outcome.status, outcome.err) == (3, "")
    assert "is no file beside this one" in outcome.out


@pytest.mark.usefixtures("solved")
@pytest.mark.parametrize(
    "content",
    [
        b'{"format": "multilayer-arrangements/path", "source": "\xff"}',
        b'{"format": "multilayer-arrangements/path", "source": ' + b"[" * 200_000,
        b'{"format": "multilayer-arrangements/path", "version": 1, "source": "t", "empty": {}, "relative_gap": 0, '
        b'"knots": [{"beta": "'
        + b"9" * 5000
        + b'", "lower": 0, "upper": 0, "loss": 0, "penalty": 0, "certificate": ""}]}',
    ],
    ids=["no UTF-8", "nested too deeply", "a long number"],
)
def test_odd_files_of_curves_are_rejected(tmp_path, content):
    """In a process of its own, where integers have the length that Python allows."""
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    command = [sys.executable, curve_checker.__file__, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith("rejected: ")


@pytest.mark.parametrize("loss", ["huber:1/2", "hinge", "logistic"])
def test_curves_of_every_loss_are_accepted(multilayer, tmp_path, loss):
    (tmp_path / "t.csv").write_text("1,2,1\n2,-1,-1\n-1,3,1\n-2,-1,-1\n")
    solve = multilayer("path", "t.csv", *OPTIONS[:3], "0.2:4", *OPTIONS[4:], "--loss", loss)
    assert solve.status == 0, solve.err
    outcome = multilayer("verify", "t.path", "--table", "t.csv")
    assert (outcome.status, outcome.err) == (0, ""), outcome.out
    assert f"{loss} loss" in outcome.out


def test_certificates_of_two_tables_make_no_curve(multilayer, solved, tmp_path):
    (tmp_path / "u.csv").write_text(TABLE.replace("0.5", "0.25"))
    assert multilayer("path", "u.csv", *OPTIONS).status == 0
    name = solved["knots"][0]["certificate"].rpartition("/")[2]
    (tmp_path / "t.path" / name).write_text((tmp_path / "u.path" / name).read_text())
    outcome = multilayer("verify", "t.path")
    assert outcome.status == 3
    assert outcome.out.startswith("rejected: knots[")


def test_a_beta_of_many_digits(multilayer, tmp_path):
    """Written out it would be too long for the name of a file."""
    (tmp_path / "t.csv").write_text(TABLE)
    beta = "0." + "123456789" * 30
    outcome = multilayer("path", "t.csv", "--width", "1", "--betas", f"{beta}:0.2", "--tolerance", "0.05")
    assert outcome.status == 0, outcome.err
    assert multilayer("verify", "t.path").status == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_refused_before_the_work(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "closed").mkdir(mode=0o500)
    for folder in ("closed", "closed/path"):
        outcome = multilayer("path", "t.csv", *OPTIONS, "--output", folder)
        assert (outcome.status, outcome.out) == (2, "")
        assert "no permission in closed" in outcome.err


def test_a_stopped_path_keeps_what_is_proven(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    wanted = ("--width", "2", "--betas", "0.0001:1", "--tolerance", "1e-7", "--time", "0.01")
    outcome = multilayer("path", "t.csv", *wanted, "--json")
    assert outcome.status == 4
    found = json.loads(outcome.out)
    assert not found["complete"]
    assert f"multilayer: {found['missing']}" in outcome.err.splitlines()
    assert len(found["knots"]) >= 2
    assert multilayer("verify", "t.path").status == 0


@pytest.mark.usefixtures("solved")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--betas", "1"], "give the two ends of an interval as LO:HI"),
        (["--betas", "1:0.1"], "the smaller one first"),
        (["--betas", "0.1:b"], "'b' is not a finite number"),
        (["--tolerance", "0"], "tolerance is 0"),
        (["--width", "0"], "--width is 0"),
        (["--output", "t.csv"], "t.csv is a file"),
        (["--output", "full/"], "full holds other files"),
        (["--output", "no/where/"], "there is no folder no"),
        (["--figure", "f.xyz"], "write the figure to"),
    ],
)
def test_bad_input(multilayer, tmp_path, options, said):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    outcome = multilayer("path", "t.csv", *OPTIONS, *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_the_figure(multilayer, tmp_path):
    pytest.importorskip("matplotlib")
    (tmp_path / "t.csv").write_text(TABLE)
    pictures = []
    for _ in range(2):
        assert multilayer("path", "t.csv", *OPTIONS, "--figure", "f.svg").status == 0
        pictures.append((tmp_path / "f.svg").read_text())
    assert pictures[0] == pictures[1]
    assert "proven for every beta" in pictures[0] or "<svg" in pictures[0]


def test_depth_over_an_interval(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    outcome = multilayer("depth", "t.csv", "--widths", "2", "--betas", "0.05:0.5", "--tolerance", "0.05", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    (width,) = json.loads(outcome.out)["tables"][0]["widths"]
    assert Fraction(1, 20) <= Fraction(width["helps"][0][0])
    assert Fraction(width["saves_little"][-1][1]) <= Fraction(1, 2)
    one = multilayer("depth", "t.csv", "--widths", "2", "--betas", "0.05:0.05")
    assert (one.status, one.out) == (2, "")
    assert "the two ends are one beta; give --betas 0.05" in one.err


def test_depth_over_an_interval_that_met_its_limit(multilayer, tmp_path):
    """Nothing is proven, so the whole interval is open, its ends among it; and it is said why."""
    (tmp_path / "t.csv").write_text(TABLE)
    outcome = multilayer("depth", "t.csv", "--widths", "2", "--betas", "0.05:0.9", "--steps", "3", "--json")
    assert outcome.status == 4
    found = json.loads(outcome.out)
    assert f"multilayer: {found['missing']}" in outcome.err.splitlines()
    (width,) = found["tables"][0]["widths"]
    assert (width["helps"], width["saves_little"]) == ([], [])
    ((low, high),) = width["open"]
    assert Fraction(low) <= Fraction(1, 20) < Fraction(9, 10) <= Fraction(high)


def test_a_path_of_many_knots_is_within_the_checker_s_budget(multilayer):
    """Curves of 50 knots: honest paths are not what the budget is for."""
    assert multilayer("path", XOR, "--width", "1", "--betas", "0.001:1", "--output", "many").status == 0
    assert len(list(Path("many").glob("*.certificate.json"))) > 40
    assert multilayer("verify", "many/").status == 0
