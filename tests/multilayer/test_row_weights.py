"""--weights: a column of weights of the rows, through solve, path, depth, resume and verify --table."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from convex import Problem, read_loss, solve
from multilayer import checker, curve_checker
from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import certificate_page_content

TABLE = "a,b,y,w\n1,2,1,0.5\n2,-1,-1,3\n-1,3,0.5,1/3\n-2,-1,2,1\n"
CLASSES = "a,b,w,kind\n1,2,2,yes\n2,-1,1,no\n-1,3,1,yes\n-2,-1,3,no\n"
REPEATED = "a,b,kind\n" + "1,2,yes\n" * 2 + "2,-1,no\n-1,3,yes\n" + "-2,-1,no\n" * 3
WEIGHTED = ("--target", "y", "--weights", "w")
PLAIN = ("--target", "y", "--drop", "w")


@pytest.fixture(autouse=True)
def folder(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "classes.csv").write_text(CLASSES)
    (tmp_path / "repeated.csv").write_text(REPEATED)
    return tmp_path


def run(multilayer, *arguments, status=0):
    outcome = multilayer(*arguments, "--json")
    assert outcome.status == status, outcome.out + outcome.err
    return json.loads(outcome.out)


def test_the_optimum_is_that_of_the_problem_with_weights(multilayer):
    found = run(multilayer, "solve", "t.csv", "--width", 2, "--beta", "0.05", *WEIGHTED, "--all-pairs")
    assert (found["target"], found["weights"], found["status"]) == ("y", "w", "optimal")
    rows, targets = [[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2]
    known = solve(Problem.read(rows, targets, "0.05", weights=["0.5", 3, "1/3", 1]), 2)
    assert Fraction(found["lower_exact"]) <= known.upper
    assert known.lower <= Fraction(found["upper_exact"])
    given = json.loads(Path(found["certificate"]).read_text())["input"]
    assert (given["weights"], given["rows"]) == (["1/2", 3, "1/3", 1], rows)


@pytest.mark.parametrize("loss", ["squared", "huber", "hinge", "logistic"])
def test_a_weight_is_a_number_of_equal_rows(multilayer, loss):
    options = ("--width", 2, "--beta", "0.1", "--loss", loss)
    one = run(multilayer, "solve", "classes.csv", *options, "--weights", 3, "--certificate", "one.json")
    other = run(multilayer, "solve", "repeated.csv", *options)
    assert "weights" not in other
    assert max(Fraction(r["lower_exact"]) for r in (one, other)) <= min(
        Fraction(r["upper_exact"]) for r in (one, other)
    )
    for table, read in (("classes.csv", ("--weights", "w")), ("repeated.csv", ())):
        assert run(multilayer, "verify", "one.json", "--table", table, *read)["table"] is True
    found = run(multilayer, "verify", "one.json", "--table", "classes.csv", "--drop", "w", status=3)
    assert "the weight of row 1 is 2, and 1 in classes (--weights names a column)" in found["reason"]
    known = solve(
        Problem.read(
            [[1, 2]] * 2 + [[2, -1], [-1, 3]] + [[-2, -1]] * 3, [1, 1, -1, 1] + [-1] * 3, "0.1", read_loss(loss)
        ),
        2,
    )
    assert known.lower <= Fraction(one["upper_exact"])


def test_verify_tells_weights_apart(multilayer, folder):
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *PLAIN, "--certificate", "plain.json")
    assert "squared loss with weights of the rows, beta" in multilayer("verify", "t.certificate.json").out
    assert run(multilayer, "verify", "t.certificate.json", "--table", "t.csv", *WEIGHTED)["table"] is True
    assert "weighted" not in run(multilayer, "verify", "plain.json", "--table", "t.csv", *PLAIN)["about"]
    found = run(multilayer, "verify", "plain.json", "--table", "t.csv", *WEIGHTED, status=3)
    assert "the weight of row 1 is 1, and 1/2 in t" in found["reason"]
    (folder / "t.csv").write_text(TABLE.replace("1/3", "1/4"))
    found = run(multilayer, "verify", "t.certificate.json", "--table", "t.csv", *WEIGHTED, status=3)
    assert "the weight of row 3 is 1/3, and 1/4 in t" in found["reason"]
    lines = TABLE.splitlines()
    (folder / "t.csv").write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n")
    assert run(multilayer, "verify", "t.certificate.json", "--table", "t.csv", *WEIGHTED)["table"] is True
    assert multilayer("verify", "t.certificate.json", "--weights", "w").err.startswith("multilayer: --weights says how")


def test_resume_asks_for_the_same_weights(multilayer):
    options = ("--width", 1, "--beta", "0.1", "--resume", "t.certificate.json")
    first = run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    again = run(multilayer, "solve", "t.csv", *options, *WEIGHTED)
    assert Fraction(again["upper_exact"]) <= Fraction(first["upper_exact"])
    assert Fraction(again["lower_exact"]) >= Fraction(first["lower_exact"])
    outcome = multilayer("solve", "t.csv", *options, *PLAIN)
    assert outcome.status == 2
    assert "about other weights of the rows: the weight of row 1 is 1/2, and 1 in t" in outcome.err


def test_a_path_and_its_verification(multilayer, folder):
    options = ("--width", 2, "--betas", "0.05:0.5", "--tolerance", "0.05")
    found = run(multilayer, "path", "t.csv", *options, *WEIGHTED)
    assert found["weights"] == "w"
    assert run(multilayer, "verify", "t.path", "--table", "t.csv", *WEIGHTED)["table"] is True
    assert run(multilayer, "verify", "t.path", "--table", "t.csv", *PLAIN, status=3)["table"] is False
    outcome = multilayer("path", "t.csv", *options, *PLAIN)
    assert outcome.status == 2
    assert "holds a path already, and not this one" in outcome.err
    assert "weights w, squared loss" in multilayer("path", "t.csv", *options, *WEIGHTED).out
    curves = folder / "t.path" / "path.json"
    content = json.loads(curves.read_text())
    idle = sum(Fraction(w) * Fraction(y) ** 2 / 2 for y, w in ((1, "1/2"), (-1, 3), ("1/2", "1/3"), (2, 1)))
    assert Fraction(content["empty"]["loss"]) == idle
    content["empty"]["loss"] = str(idle - Fraction(1, 10**6))
    curves.write_text(json.dumps(content))
    assert run(multilayer, "verify", "t.path", status=3)["reason"].startswith("empty")


def test_a_path_whose_knots_have_other_weights_is_rejected(multilayer, folder):
    found = run(multilayer, "path", "t.csv", "--width", 1, "--betas", "0.5:1", "--tolerance", "0.5", *WEIGHTED)
    certificate = Path(found["knots"][0]["certificate"])
    (folder / "t.csv").write_text(TABLE.replace("1/3", "1/4"))
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.5", *WEIGHTED, "--certificate", certificate)
    _, told = curve_checker.certified(certificate, "", checker.check)
    curves = folder / "t.path" / "path.json"
    path = json.loads(curves.read_text())
    path["knots"][0] |= dict(zip(("lower", "upper", "loss", "penalty"), map(str, told), strict=True))
    curves.write_text(json.dumps(path))
    reason = run(multilayer, "verify", "t.path", status=3)["reason"]
    assert reason == "knots[1]: the certificate is about another table, width or loss"


def test_a_page_says_that_rows_have_weights(multilayer):
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    given = certificate_page_content(Path("t.certificate.json"), 1000)
    assert given["certificate"]["weights"] == ["1/2", "3", "1/3", "1"]
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *PLAIN, "--certificate", "plain.json")
    assert certificate_page_content(Path("plain.json"), 1000)["certificate"]["weights"] is None


def test_predictions_weigh_the_loss(multilayer, folder):
    found = run(multilayer, "solve", "t.csv", "--width", 2, "--beta", "0.05", *WEIGHTED)
    options = ("predict", "t.network.json", "t.csv")
    heavy, plain = run(multilayer, *options, "--weights", "w"), run(multilayer, *options, "--drop", "w")
    assert heavy["predictions"] == plain["predictions"]
    given = json.loads(Path("t.network.json").read_text())
    penalty = sum(
        sum(Fraction(a) ** 2 for a in part["second"]) + Fraction(part["output"][0]) ** 2
        for part in given["subnetworks"]
    )
    assert Fraction(heavy["loss_exact"]) + Fraction(1, 20) * penalty / 2 == Fraction(found["upper_exact"])
    exact = run(multilayer, *options, "--drop", "w", "--exact")["predictions"]
    losses = [(Fraction(f[0]) - Fraction(y)) ** 2 / 2 for f, y in zip(exact, (1, -1, "1/2", 2), strict=True)]
    assert Fraction(plain["loss_exact"]) == sum(losses)
    assert given["weights"] == "w"
    assert run(multilayer, *options) == heavy  # the network knows the name of the column
    assert (heavy["weights"], plain["weights"]) == ("w", None)
    assert "without the column 'w' of training, every row counts once" in multilayer(*options, "--drop", "w").err
    (folder / "t.csv").write_text(TABLE.replace("1/3", "0"))
    assert "the weight of row 3 is 0" in multilayer(*options, "--weights", "w").err
    run(multilayer, "solve", "classes.csv", "--width", 1, "--beta", "0.1", "--loss", "hinge", "--weights", "w")
    known = run(multilayer, "predict", "classes.network.json", "classes.csv", "--weights", "w")
    assert known["accuracy"] == 1


def test_decimals_leave_weights_as_they_are(multilayer):
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", 1, "--decimals", 0, *WEIGHTED)
    assert json.loads(Path("t.certificate.json").read_text())["input"]["weights"] == ["1/2", 3, "1/3", 1]


def test_a_name_is_clear_where_the_other_column_of_that_name_is_dropped(multilayer, folder):
    lines = TABLE.splitlines()
    twice = [lines[0] + ",w", *(line + ",7" for line in lines[1:])]
    (folder / "twice.csv").write_text("\n".join(twice) + "\n")
    number = len(lines[0].split(",")) + 1
    options = ("--width", 1, "--beta", "0.1", *WEIGHTED)
    assert "share the name 'w'" in multilayer("solve", "twice.csv", *options).err
    found = run(multilayer, "solve", "twice.csv", *options, "--drop", number)
    assert found["upper_exact"] == run(multilayer, "solve", "t.csv", *options)["upper_exact"]


def test_depth(multilayer):
    found = run(multilayer, "depth", "t.csv", "--betas", "0.05", "--widths", "1,2", *WEIGHTED)
    (table,) = found["tables"]
    assert (table["target"], table["weights"], table["columns"]) == (["y"], "w", 2)
    two = run(multilayer, "solve", "t.csv", "--width", 2, "--beta", "0.05", *WEIGHTED)
    assert table["optima"][0]["widths"][1]["lower"] <= two["upper"]
    assert two["lower"] <= table["optima"][0]["widths"][1]["upper"]
    assert "target y, weights w, squared loss" in multilayer("depth", "t.csv", "--betas", "1", *WEIGHTED).out
    over = run(multilayer, "depth", "t.csv", "--betas", "0.5:1", "--widths", "2", *WEIGHTED)
    assert over["tables"][0]["weights"] == "w"


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ("a", "the weight of row 3 is -1; it must be above 0"),
        ("y", "the column 'y' is named twice"),
        ("z", "no column 'z'"),
        ("5", "no column '5'"),
        ("c", "the weight of row 2 is 0; it must be above 0 (leave out a row of weight 0)"),
        ("t", "u.csv: line 2, column 5: column 't' is text ('x'); --weights names a column of numbers above 0"),
    ],
)
def test_what_is_refused(multilayer, folder, weights, reason):
    (folder / "u.csv").write_text("a,b,y,c,t\n1,2,1,1,x\n2,-1,-1,0,y\n-1,3,0.5,1,z\n")
    table = "u.csv" if weights in "ct" else "t.csv"
    left = {"c": ("--drop", "t"), "t": ("--drop", "c")}.get(weights, ())
    outcome = multilayer("solve", table, "--width", 1, "--beta", 1, "--target", "y", *left, "--weights", weights)
    assert outcome.status == 2
    assert reason in outcome.err
    assert outcome.err.count("\n") == 1


def test_all_columns_used_up(multilayer, folder):
    (folder / "few.csv").write_text("y,w\n1,2\n2,1\n")
    outcome = multilayer("solve", "few.csv", "--width", 1, "--beta", 1, "--weights", "w", "--target", "y")
    assert outcome.status == 2
    assert "nothing is left beside the target" in outcome.err


def test_decimals_and_families():
    table = read_source("threshold:2", "3", weights="1")
    assert table.weights.values == (1,) * 4
    assert (table.x[1], table.columns, table.arrangement.normals[1]) == ((0,), ("column 2",), (0,))


def test_numbers_of_any_length(multilayer, folder):
    long = "1." + "0" * 400 + "1"
    (folder / "t.csv").write_text(TABLE.replace("1/3", long))
    run(multilayer, "solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    assert run(multilayer, "verify", "t.certificate.json", "--table", "t.csv", *WEIGHTED)["table"] is True
    (folder / "t.csv").write_text(TABLE.replace("1/3", "1e-400"))
    outcome = multilayer("solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    assert outcome.status == 2
    assert "the weight of row 3 is about 1e-400, less than 2^-500 times the largest, 3 in row 2" in outcome.err
    (folder / "t.csv").write_text(TABLE.replace("1/3", "1e400"))
    outcome = multilayer("solve", "t.csv", "--width", 1, "--beta", "0.1", *WEIGHTED)
    assert outcome.status == 2
    assert "the weight of row 3 is about 1e400: the loss is above the limit of 2^1000" in outcome.err
