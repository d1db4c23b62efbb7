"""The solve command: widths, losses, classes, several outputs, limits and samples; every certificate is verified."""

import json
import re
from fractions import Fraction

import pytest

from arrangements.exact.directed_rounding import text_above
from convex import Problem, solve
from multilayer.pipeline.learning.full_programs import check_intervals_meet

TABLE = "1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"
CLASSES = "a,b,kind\n1,2,yes\n2,-1,no\n-1,3,yes\n-2,-1,no\n"


@pytest.fixture
def table(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "classes.csv").write_text(CLASSES)
    (tmp_path / "three.csv").write_text(CLASSES.replace("\n2,-1,no", "\n2,-1,perhaps"))
    (tmp_path / "two.csv").write_text("a,b,y,z\n1,2,1,0\n2,-1,-1,1\n-1,3,0.5,1\n-2,-1,2,-1\n")
    return tmp_path


def run(multilayer, *arguments, status=0):
    outcome = multilayer("solve", *arguments, "--json")
    assert outcome.status == status, outcome.err
    found = json.loads(outcome.out)
    if found["lower"] is not None:
        encloses(found)
    return found


def encloses(found):
    """What is printed as floats encloses what is proven."""
    lower, upper = Fraction(found["lower_exact"]), Fraction(found["upper_exact"])
    assert Fraction(found["lower"]) <= lower <= upper <= Fraction(found["upper"])
    assert Fraction(found["gap"]) >= upper - lower


def verified(multilayer, found):
    outcome = multilayer("verify", found["certificate"], "--json")
    assert json.loads(outcome.out)["verified"], outcome.out
    claim = json.loads(outcome.out)["claim"]
    low, high = re.fullmatch(r"the optimum of .* is between (\S+) and (\S+) \(rounded outwards\)", claim).groups()
    assert Fraction(low) <= Fraction(found["lower_exact"]) <= Fraction(found["upper_exact"]) <= Fraction(high)
    return claim


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("loss", ["squared", "huber", "huber:1/4", "hinge", "logistic"])
@pytest.mark.parametrize("width", ["1", "2", "unlimited"])
def test_losses_and_widths(multilayer, loss, width):
    source = "classes.csv" if loss in ("hinge", "logistic") else "t.csv"
    found = run(multilayer, source, "--width", width, "--beta", "0.05", "--loss", loss)
    assert found["status"] == "optimal"
    assert found["loss"] == loss
    assert found["pairs_total"] is None
    assert Fraction(found["lower_exact"]) <= Fraction(found["upper_exact"])
    assert ("unlimited width" if width == "unlimited" else f"width {width}") in verified(multilayer, found)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("loss", ["squared", "huber", "hinge", "logistic"])
def test_all_pairs_in_one_program(multilayer, loss):
    """Program (12) over the full exact set: the same optimum, and as many pairs as count lists."""
    source = "classes.csv" if loss in ("hinge", "logistic") else "t.csv"
    options = [source, "--width", "2", "--beta", "0.05", "--loss", loss]
    without, found = run(multilayer, *options), run(multilayer, *options, "--all-pairs", "--certificate", "all.json")
    target = () if source == "classes.csv" else ("--target", "column 3")
    count = json.loads(multilayer("count", source, "--layer", "2", "--width", "2", *target, "--json").out)
    assert found["pairs_total"] == count["pairs"]
    full = found["full_program"]
    intervals = [[Fraction(each[name]) for name in ("lower_exact", "upper_exact")] for each in (without, found, full)]
    assert max(low for low, _ in intervals) <= min(high for _, high in intervals)
    assert all(high - low <= high / 10**8 for low, high in intervals)
    verified(multilayer, found)


@pytest.mark.usefixtures("table")
def test_all_pairs_of_several_outputs(multilayer):
    options = ["two.csv", "--width", "2", "--beta", "0.05", "--target", "y", "--target", "z"]
    found = run(multilayer, *options, "--all-pairs")
    assert found["outputs"] == 2
    assert Fraction(found["full_program"]["lower_exact"]) <= Fraction(found["upper_exact"])
    assert Fraction(found["lower_exact"]) <= Fraction(found["full_program"]["upper_exact"])


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--width", "unlimited"], "give --width a number"),
        (["--width", "2", "--time", "9"], "leave out --time"),
        (["--width", "2", "--sample", "9"], "leave out --time, --resume, --start and --sample"),
    ],
)
def test_all_pairs_alone(multilayer, more, said):
    outcome = multilayer("solve", "t.csv", "--beta", "0.05", "--all-pairs", *more)
    assert outcome.status == 2
    assert said in outcome.err


def test_too_many_pairs_for_one_program(multilayer):
    outcome = multilayer("solve", "random:14,4,0", "--width", "2", "--beta", "0.05", "--all-pairs")
    assert outcome.status == 4
    assert "above the limit of 50000" in outcome.err


def test_contradicting_proofs_are_refused():
    found, other = (solve(Problem.read([[1], [-1]], [y, 1], "0.5"), 1) for y in (1, 2))
    with pytest.raises(ArithmeticError, match="two proofs contradict each other"):
        check_intervals_meet([found], [other])


@pytest.mark.usefixtures("table")
def test_the_coding_of_classes_is_named(multilayer):
    found = run(multilayer, "classes.csv", "--width", "1", "--beta", "0.1")
    assert found["coding"] == {"no": -1, "yes": 1}
    assert found["target"] == "kind"
    found = run(multilayer, "three.csv", "--width", "1", "--beta", "0.1", "--loss", "hinge")
    assert found["outputs"] == 3
    assert found["coding"]["perhaps"] == "1 at output 2, -1 at the others"
    assert found["status"] == "optimal"
    verified(multilayer, found)


def test_numbers_as_classes(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,2,0\n2,-1,1\n-1,3,0\n")
    outcome = multilayer("solve", "t.csv", "--width", "1", "--beta", "0.1", "--loss", "logistic", "--json")
    assert json.loads(outcome.out)["coding"] == {"0": -1, "1": 1}
    assert "the logistic loss is for classes: the 2 different numbers of 'column 3' are 2 classes" in outcome.err
    squared = multilayer("solve", "t.csv", "--width", "1", "--beta", "0.1", "--json")
    assert "coding" not in json.loads(squared.out)
    assert "classes" not in squared.err


@pytest.mark.usefixtures("table")
def test_two_outputs_cost_the_sum_of_each(multilayer, tmp_path):
    joint = run(multilayer, "two.csv", "--width", "2", "--beta", "0.05", "--target", "y", "--target", "z")
    assert joint["outputs"] == 2
    assert joint["target"] == ["y", "z"]
    assert "width 2" in verified(multilayer, joint)
    total = Fraction(0)
    for name, other in (("y", "z"), ("z", "y")):
        text = (tmp_path / "two.csv").read_text().splitlines()
        place = text[0].split(",").index(other)
        kept = [",".join(c for k, c in enumerate(line.split(",")) if k != place) for line in text]
        (tmp_path / f"{name}.csv").write_text("\n".join(kept))
        total += Fraction(run(multilayer, f"{name}.csv", "--width", "2", "--beta", "0.05")["upper_exact"])
    assert float(joint["upper"]) == pytest.approx(float(total), rel=1e-8)
    network = json.loads((tmp_path / joint["network"]).read_text())
    assert all(len(part["output"]) == 2 for part in network["subnetworks"])


@pytest.mark.usefixtures("table")
def test_a_limit_leaves_an_interval_with_a_certificate(multilayer, tmp_path):
    found = run(multilayer, "random:7,2,1", "--width", "2", "--beta", "0.01", "--steps", "3", "--target", "2", status=4)
    assert found["limited"]
    assert found["status"] == "gap-above-tolerance"
    assert Fraction(found["lower_exact"]) < Fraction(found["upper_exact"])
    verified(multilayer, found)


@pytest.mark.usefixtures("table")
def test_samples_are_upper_bounds(multilayer, tmp_path):
    exact = run(multilayer, "t.csv", "--width", "2", "--beta", "0.05")
    found = run(multilayer, "t.csv", "--width", "2", "--beta", "0.05", "--sample", "300", "--seed", "1")
    assert found["status"] == "upper-bound"
    assert Fraction(found["upper_exact"]) >= Fraction(exact["lower_exact"])
    assert 0 < found["share"] <= 1
    assert found["gap"] >= 0
    assert "certificate" not in found
    few = run(multilayer, "t.csv", "--width", "2", "--beta", "0.05", "--sample", "2")
    assert few["share"] < found["share"]
    assert few["upper"] >= found["upper"]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["t.csv", "--width", "two"], "--width is two"),
        (["t.csv", "--width", "1", "--loss", "absolute"], "unknown loss 'absolute'"),
        (["t.csv", "--width", "1", "--loss", "huber:0"], "threshold"),
        (["t.csv", "--width", "1", "--target", "1", "--target", "1"], "named twice"),
        (["two.csv", "--width", "1", "--target", "y", "--target", "z", "--loss", "hinge"], "holds classes"),
        (["t.csv", "--width", "0"], "--width is 0; give an integer of at least 1, or unlimited"),
        (["t.csv", "--width", "many"], "--width is many; give an integer"),
        (["t.csv", "--width", "unlimited", "--sample", "5"], "--sample draws"),
        (["t.csv", "--width", "unlimited", "--interpretations"], "interpretations"),
        (["t.csv", "--width", "1", "--sample", "5", "--certificate", "c.json"], "proves nothing"),
    ],
)
def test_bad_requests(multilayer, tmp_path, arguments, message):
    before = sorted(tmp_path.iterdir())
    outcome = multilayer("solve", *arguments, "--beta", "0.1")
    assert outcome.status == 2
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_one_class_is_no_target(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,2,cat\n2,-1,cat\n")
    outcome = multilayer("solve", "t.csv", "--width", "1", "--beta", "0.1")
    assert outcome.status == 2
    assert "class cat" in outcome.err


@pytest.mark.usefixtures("table")
def test_a_gap_without_a_limit_is_said(multilayer):
    """A search that is over leaves status 0, and one line if its gap is above the tolerance."""
    outcome = multilayer("solve", "t.csv", "--width", "1", "--beta", "0.05", "--tolerance", "0", "--json")
    found = json.loads(outcome.out)
    assert (outcome.status, found["status"], found["limited"]) == (0, "gap-above-tolerance", False)
    (line,) = [line for line in outcome.err.splitlines() if "the search is over" in line]
    assert f"a relative gap of {text_above(found['relative_gap'], 2)} is left, above the tolerance of 0" in line
    assert "the search is over" not in multilayer("solve", "t.csv", "--width", "1", "--beta", "0.05").err
