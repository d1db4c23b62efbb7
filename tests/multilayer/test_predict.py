"""The command predict, on what solve wrote and on layers: exact, as floats, with classes; tables that do not fit."""

import csv
import json
import subprocess
import sys
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from support.outcomes import refused

from arrangements import LayeredNetwork
from convex import Network, Problem, TrainedModel, to_onnx
from convex.networks.network_file import network_json
from multilayer.io.tables import read_source

DATA = Path(__file__).parents[2] / "multilayer" / "data"
TABLE = "a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"
CLASSES = "a,b,kind\n1,2,yes\n2,-1,no\n-1,3,yes\n-2,-1,no\n"
LAYERS = {"layers": [{"weights": [[1, "1/2"], [-1, 0]], "biases": [0, "1/3"]}, {"weights": [[1, 0.1]]}]}


def solved(multilayer, tmp_path, text, *options, name="t"):
    """The network of a table, of width 1."""
    (tmp_path / f"{name}.csv").write_text(text)
    outcome = multilayer("solve", f"{name}.csv", "--width", "1", "--beta", "0.05", *options, "--json")
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def predicted(multilayer, *arguments, said=""):
    """The report, and what is said beside it: nothing, or one note."""
    outcome = multilayer("predict", *arguments, "--json")
    assert outcome.status == 0, outcome.err
    assert said in outcome.err
    assert outcome.err.count("\n") == bool(said)
    return json.loads(outcome.out)


def test_exact_outputs_are_those_of_the_network(multilayer, tmp_path):
    found = solved(multilayer, tmp_path, TABLE)
    exact = predicted(multilayer, "t.network.json", "t.csv", "--exact")
    table = read_source("t.csv", "y")
    network = Network.read("t.network.json")
    held = network.predict(table.x)
    assert [Fraction(value) for (value,) in exact["predictions"]] == list(held)
    floats = predicted(multilayer, "t.network.json", "t.csv")
    assert [value for (value,) in floats["predictions"]] == [float(value) for value in held]
    problem = Problem.read(table.x, table.targets[0].values, "0.05")
    loss = sum(problem.loss.value(f, y) for f, y in zip(held, problem.y, strict=True))
    assert (Fraction(exact["loss_exact"]), exact["loss"], floats["loss_value"]) == (loss, "squared", float(loss))
    assert network.objective(problem) == Fraction(found["upper_exact"])
    assert (exact["outputs"], exact["classes"], exact["accuracy"], exact["rows"]) == (["y"], None, None, 4)


def test_the_file_says_how_the_network_was_trained(multilayer, tmp_path):
    found = solved(multilayer, tmp_path, TABLE, "--bias", "--decimals", "1", "--loss", "huber:1/4")
    model = TrainedModel.read("t.network.json")
    assert (model.columns, model.bias, model.decimals, model.targets) == (("a", "b"), True, 1, ("y",))
    assert (model.beta, model.width, model.classes) == (Fraction(1, 20), 1, ())
    assert (model.loss.name, model.loss.parameters) == ("huber", {"threshold": Fraction(1, 4)})
    assert (model.upper, model.lower) == (Fraction(found["upper_exact"]), Fraction(found["lower_exact"]))
    assert model.certificate == "t.certificate.json"


def test_the_certificate_is_named_as_seen_from_the_network(multilayer, tmp_path):
    (tmp_path / "out").mkdir()
    solved(multilayer, tmp_path, TABLE, "--network", "out/n.json", "--certificate", "c.json")
    assert TrainedModel.read("out/n.json").certificate == "../c.json"


def test_unlimited_width_and_samples(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    multilayer("solve", "t.csv", "--width", "unlimited", "--beta", "0.05")
    assert TrainedModel.read("t.network.json").width is None
    multilayer("solve", "t.csv", "--width", "2", "--beta", "0.05", "--sample", "20")
    model = TrainedModel.read("t.network.json")
    assert (model.width, model.lower, model.certificate) == (2, None, None)
    assert model.upper == Network.read("t.network.json").objective(
        Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
    )


def test_bias_and_decimals_are_those_of_training(multilayer, tmp_path):
    solved(multilayer, tmp_path, "a,y\n1.04,1\n2,-1\n-1,0.5\n", "--bias", "--decimals", "1")
    found = predicted(multilayer, "t.network.json", "t.csv", "--exact")["predictions"]
    held = Network.read("t.network.json").predict([(Fraction(a), Fraction(1)) for a in (1, 2, -1)])
    assert [Fraction(value) for (value,) in found] == list(held)


def test_two_outputs(multilayer, tmp_path):
    solved(multilayer, tmp_path, "z,a,y,b\n0,1,1,2\n1,2,-1,-1\n1,-1,0.5,3\n", "--target", "y", "--target", "z")
    found = predicted(multilayer, "t.network.json", "t.csv", "--exact")
    model = TrainedModel.read("t.network.json")
    rows = [(Fraction(a), Fraction(b)) for a, b in ((1, 2), (2, -1), (-1, 3))]
    by_hand = zip(*(network.predict(rows) for network in model.networks), strict=True)
    assert [tuple(map(Fraction, row)) for row in found["predictions"]] == list(by_hand)
    assert found["outputs"] == ["y", "z"]
    targets = [(1, 0), (-1, 1), (Fraction(1, 2), 1)]
    pairs = zip(found["predictions"], targets, strict=True)
    loss = sum((Fraction(f) - y) ** 2 for row, ys in pairs for f, y in zip(row, ys, strict=True)) / 2
    assert Fraction(found["loss_exact"]) == loss


@pytest.mark.parametrize("loss", ["squared", "hinge", "logistic"])
def test_two_classes(multilayer, tmp_path, loss):
    solved(multilayer, tmp_path, CLASSES, "--loss", loss)
    found = predicted(multilayer, "t.network.json", "t.csv")
    decided = ["yes" if value > 0 else "no" for (value,) in found["predictions"]]
    assert found["classes"] == decided
    assert found["outputs"] == ["score"]
    assert (found["target"], found["loss"]) == ("kind", loss)
    assert found["accuracy"] == sum(map(str.__eq__, decided, ["yes", "no", "yes", "no"])) / 4
    assert found["loss_value"] >= 0


def test_three_classes(multilayer, tmp_path):
    solved(multilayer, tmp_path, CLASSES.replace("\n2,-1,no", "\n2,-1,perhaps"))
    found = predicted(multilayer, "t.network.json", "t.csv")
    assert found["outputs"] == ["score no", "score perhaps", "score yes"]
    names = ["no", "perhaps", "yes"]
    assert found["classes"] == [names[row.index(max(row))] for row in found["predictions"]]
    (tmp_path / "new.csv").write_text("b,a\n2,1\n-1,2\n3,-1\n-1,-2\n")
    again = predicted(multilayer, "t.network.json", "new.csv")
    assert again["classes"] == found["classes"]
    assert (again["accuracy"], again["loss_value"]) == (None, None)


def test_numbers_as_classes(multilayer, tmp_path):
    solved(multilayer, tmp_path, "1,2,0\n2,-1,0.5\n-1,3,0\n", "--loss", "logistic")
    found = predicted(multilayer, "t.network.json", "t.csv")
    assert set(found["classes"]) <= {"0", "1/2"}
    assert found["accuracy"] is not None


def test_lines_on_standard_output(multilayer, tmp_path):
    solved(multilayer, tmp_path, CLASSES)
    outcome = multilayer("predict", "t.network.json", "t.csv", "--exact")
    header, *lines = csv.reader(StringIO(outcome.out))
    assert header == ["score", "kind"]
    assert len(lines) == 4
    assert all(Fraction(score) is not None and label in ("yes", "no") for score, label in lines)
    notes = outcome.err.splitlines()
    assert [note.rpartition(" is ")[0] for note in notes] == [
        "multilayer: note: the squared loss on this table",
        "multilayer: note: the accuracy on this table",
    ]


def test_output_to_a_file(multilayer, tmp_path):
    solved(multilayer, tmp_path, CLASSES)
    shown = multilayer("predict", "t.network.json", "t.csv").out
    arguments = ["t.network.json", "t.csv", "--output", "p.csv"]
    found = predicted(multilayer, *arguments)
    assert (tmp_path / "p.csv").read_text() == shown
    lines = dict(line.split(maxsplit=1) for line in multilayer("predict", *arguments).out.splitlines())
    assert (lines["outputs"], lines["output"], lines["rows"]) == ("score", "p.csv", "4")
    assert (found["output"], found["predictions"], found["classes"]) == ("p.csv", None, None)
    for path, message in (("p.txt", ".csv"), ("no/p.csv", "no folder no"), ("d.csv", "folder")):
        (tmp_path / "d.csv").mkdir(exist_ok=True)
        refused(multilayer("predict", "t.network.json", "t.csv", "--output", path), message)


def test_layers(multilayer, tmp_path):
    (tmp_path / "n.json").write_text(json.dumps(LAYERS))
    (tmp_path / "x.csv").write_text("1,2\n-3,1\n")
    found = predicted(multilayer, "n.json", "x.csv", "--exact")
    assert found["predictions"] == [["2/1"], ["1/3"]]
    assert found["outputs"] == ["output 1"]
    (tmp_path / "y.csv").write_text("u,v,w\n1,2,2\n-3,1,1\n")
    assert predicted(multilayer, "n.json", "y.csv", "--target", "w")["predictions"] == [[2.0], [1 / 3]]
    refused(multilayer("predict", "n.json", "y.csv"), "3 data columns where the network takes 2; name a target")


def test_version_1(multilayer, tmp_path):
    solved(multilayer, tmp_path, TABLE)
    two = predicted(multilayer, "t.network.json", "t.csv", "--exact")
    (tmp_path / "old.json").write_text(json.dumps(network_json(TrainedModel.read("t.network.json").networks)))
    old = predicted(multilayer, "old.json", "t.csv", "--target", "y", "--exact")
    assert old["predictions"] == two["predictions"]
    (tmp_path / "old.json").write_text('{"subnetworks": []}')
    refused(multilayer("predict", "old.json", "t.csv"), "does not say how many columns")


def test_outputs_too_large_for_floats(multilayer, tmp_path):
    (tmp_path / "n.json").write_text('{"layers": [{"weights": [[1e400]]}]}')
    (tmp_path / "x.csv").write_text("0\n1\n")
    refused(multilayer("predict", "n.json", "x.csv"), "row 2: an output is too large for a float; ask for --exact")
    assert predicted(multilayer, "n.json", "x.csv", "--exact")["predictions"][1] == [f"{10**400}/1"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("b,a\n2,1\n", True),
        ("y,b,a\n5,2,1\n", True),
        ("1,2\n", True),
        ("a,b,y\n1,2,3\n", True),
        ("1,2,3\n", "3 data columns where the network takes 2, 'a', 'b'; name a target by --target"),
        ("a\n1\n", "the columns do not fit the network; missing: 'b'"),
        ("a,y\n1,2\n", "missing: 'b'; surplus: 'y'"),
        ("a,b,c\n1,2,3\n", "surplus: 'c'"),
        ("a,b,id\n1,2,bob\n", "surplus: 'id'"),
        ("A,B\n1,2\n", "missing: 'a', 'b'; surplus: 'A', 'B'"),
        ("a,b,b\n1,2,3\n", "surplus: 'b'"),
        ("a,b\n1,x\n", "column 'b' holds text"),
        ("a,b,y\n1,2,high\n", "the target 'y' holds text where the network gives numbers"),
    ],
)
def test_columns(multilayer, tmp_path, text, fits):
    solved(multilayer, tmp_path, TABLE)
    (tmp_path / "x.csv").write_text(text)
    if fits is not True:
        refused(multilayer("predict", "t.network.json", "x.csv"), fits)
        return
    (tmp_path / "first.csv").write_text("a,b\n1,2\n")
    first = predicted(multilayer, "t.network.json", "first.csv", "--exact")
    assert predicted(multilayer, "t.network.json", "x.csv", "--exact")["predictions"] == first["predictions"]


@pytest.mark.parametrize(
    "text",
    [
        ",a,b,y\n0,1,2,1\n1,2,-1,-1\n2,-1,3,0.5\n",
        '"a" "b" "y"\n"1" 1 2 1\n"2" 2 -1 -1\n"3" -1 3 0.5\n',
    ],
    ids=["pandas", "R"],
)
def test_row_labels_are_left_out_as_in_training(multilayer, tmp_path, text):
    solved(multilayer, tmp_path, text)
    (tmp_path / "plain.csv").write_text("a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n")
    labelled = multilayer("predict", "t.network.json", "t.csv", "--json", "--exact")
    assert labelled.status == 0, labelled.err
    assert labelled.err.count("\n") == 1
    assert "column 1 has no name and labels the rows: it is left out" in labelled.err
    assert json.loads(labelled.out) == predicted(multilayer, "t.network.json", "plain.csv", "--exact")


@pytest.mark.parametrize("drop", ["y", "3"])
def test_a_target_that_is_not_known_can_be_dropped(multilayer, tmp_path, drop):
    solved(multilayer, tmp_path, TABLE)
    known = predicted(multilayer, "t.network.json", "t.csv", "--exact")
    (tmp_path / "open.csv").write_text("a,b,y\n1,2,NA\n2,-1,NA\n-1,3,\n-2,-1,?\n")
    found = predicted(multilayer, "t.network.json", "open.csv", "--drop", drop, "--exact")
    assert found["predictions"] == known["predictions"]
    assert (found["loss_value"], known["loss_value"] is None) == (None, False)
    refused(multilayer("predict", "t.network.json", "open.csv"), "line 2, column 3: 'NA'")


def test_columns_are_checked_beside_dropped_ones(multilayer, tmp_path):
    solved(multilayer, tmp_path, TABLE)
    (tmp_path / "x.csv").write_text("a,c,y\n1,x,1\n")
    refused(multilayer("predict", "t.network.json", "x.csv", "--drop", "y"), "missing: 'b'; surplus: 'c'")
    (tmp_path / "x.csv").write_text("y,a,b,y\nNA,1,2,1\n")
    refused(multilayer("predict", "t.network.json", "x.csv"), "surplus: 'y'")
    found = predicted(multilayer, "t.network.json", "x.csv", "--drop", "1", said="columns 1 and 4 share the name 'y'")
    assert found["loss_value"] is not None


@pytest.mark.parametrize("options", [(), ("--target", "1"), ("--target", "1", "--target", "3"), ("--sample", "2")])
def test_a_target_that_shares_its_name_is_refused_at_training(multilayer, tmp_path, options):
    (tmp_path / "t.csv").write_text("y,a,y\n1,2,3\n2,-1,1\n")
    outcome = multilayer("solve", "t.csv", "--width", "1", "--beta", "0.1", *options)
    assert outcome.status == 2
    assert "the target 'y' shares its name with another column" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_without_its_namesake_the_target_is_found_again(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("y,a,y\n1,2,3\n2,-1,1\n")
    assert multilayer("solve", "t.csv", "--width", "1", "--beta", "0.1", "--drop", "1").status == 0
    found = predicted(multilayer, "t.network.json", "t.csv", "--drop", "1", said="share the name 'y'")
    assert found["loss_value"] is not None


def test_columns_without_names(multilayer, tmp_path):
    """A target in the middle is known by its place, where a table is as wide as the one of training."""
    solved(multilayer, tmp_path, "1,1,2\n2,-1,-1\n-1,0.5,3\n", "--target", "2")
    whole = predicted(multilayer, "t.network.json", "t.csv", "--exact")
    assert whole["loss_exact"] is not None
    (tmp_path / "x.csv").write_text("1,2\n2,-1\n-1,3\n")
    assert predicted(multilayer, "t.network.json", "x.csv", "--exact")["predictions"] == whole["predictions"]
    (tmp_path / "named.csv").write_text("u,v\n1,2\n2,-1\n-1,3\n")
    assert predicted(multilayer, "t.network.json", "named.csv", "--exact")["predictions"] == whole["predictions"]


def test_names_that_repeat(multilayer, tmp_path):
    (tmp_path / "n.json").write_text("")
    TrainedModel((Network(()),), columns=("a", "a", "b")).write(tmp_path / "n.json")
    (tmp_path / "x.csv").write_text("a,a,b\n1,2,3\n")
    assert predicted(multilayer, "n.json", "x.csv", said="columns 1 and 2 share the name")["predictions"] == [[0.0]]
    (tmp_path / "x.csv").write_text("b,a,a\n1,2,3\n")
    refused(multilayer("predict", "n.json", "x.csv"), "column names repeat, so they must stand in the network's order")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("b,a,kind\n1,2,maybe\n", "row 1: 'kind' is 'maybe', none of the network's classes: 'no', 'yes'"),
        ("a,b,kind\n1,2,3\n", "row 1: 'kind' is '3', none of the network's classes"),
    ],
)
def test_wrong_classes(multilayer, tmp_path, text, message):
    solved(multilayer, tmp_path, CLASSES)
    (tmp_path / "x.csv").write_text(text)
    refused(multilayer("predict", "t.network.json", "x.csv"), message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.json", "t.csv"], "none.json: cannot be read: No such file"),
        ([".", "t.csv"], ".: cannot be read: Is a directory"),
        (["t.csv", "t.csv"], "t.csv: no JSON: Expecting value, at line 1, column 1"),
        (["t.certificate.json", "t.csv"], "t.certificate.json: no network; give what solve wrote"),
        (["list.json", "t.csv"], "list.json: no network; give what solve wrote"),
        (["broken.json", "t.csv"], "broken.json: layers, entry 1: weights is missing"),
        (["t.network.json", "none.csv"], "none.csv"),
        (["t.network.json", "shi:3"], "shi:3"),
        (["t.network.json", "braid:3"], "3 data columns where the network takes 2"),
        (["t.network.json", "t.csv", "--target", "q"], "no column 'q'"),
        (["t.network.json", "t.csv", "--target", "a"], "surplus: 'y'"),
        (["t.network.json"], "SOURCE"),
    ],
)
def test_wrong_usage(multilayer, tmp_path, arguments, message):
    solved(multilayer, tmp_path, TABLE)
    (tmp_path / "list.json").write_text("[1, 2]")
    (tmp_path / "broken.json").write_text('{"layers": [{}]}')
    before = sorted(tmp_path.iterdir())
    refused(multilayer("predict", *arguments), message)
    assert sorted(tmp_path.iterdir()) == before


def test_families_and_standard_input(multilayer, tmp_path):
    solved(multilayer, tmp_path, TABLE)
    from_family = predicted(multilayer, "t.network.json", "moment:2,2", "--exact")["predictions"]
    outcome = multilayer("predict", "t.network.json", "-", "--exact", "--json", stdin=b"b,a\n1,1\n2,1\n")
    assert json.loads(outcome.out)["predictions"] == from_family


def test_verify_says_what_a_network_is(multilayer, tmp_path):
    (tmp_path / "out").mkdir()
    solved(multilayer, tmp_path, TABLE, "--network", "out/n.json", "--certificate", "out/c.json")
    outcome = multilayer("verify", "out/n.json")
    assert outcome.status == 3
    assert outcome.out == "rejected: out/n.json is a network, which proves nothing; its certificate is out/c.json\n"
    for name, content in (("old.json", {"subnetworks": []}), ("layers.json", LAYERS)):
        (tmp_path / name).write_text(json.dumps(content))
        outcome = multilayer("verify", name, "--json")
        assert outcome.status == 3
        assert json.loads(outcome.out)["reason"].startswith(
            f"{name} is a network, which proves nothing, and it names no"
        )
    (tmp_path / "sneaky.json").write_text(json.dumps({"subnetworks": [], "certificate": "a\nb"}))
    assert multilayer("verify", "sneaky.json").out.count("\n") == 1


def process(*arguments, folder):
    command = [sys.executable, "-m", "multilayer", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.parametrize(("name", "beta"), [("xor", "0.1"), ("galileo", "0.001")])
def test_from_solve_to_predict_in_processes(tmp_path, name, beta):
    """The network costs upper_exact on its own table: loss by predict, penalty by the weights."""
    done = process("solve", DATA / f"{name}.csv", "--width", 2, "--beta", beta, "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    solution = json.loads(done.stdout)
    done = process("predict", solution["network"], DATA / f"{name}.csv", "--exact", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    table = read_source(str(DATA / f"{name}.csv"), last_is_target=True)
    network = Network.read(tmp_path / solution["network"])
    assert [Fraction(value) for (value,) in found["predictions"]] == list(network.predict(table.x))
    decay = sum(sum(u * u for u in part.second) + part.output**2 for part in network.subnetworks)
    assert Fraction(found["loss_exact"]) + Fraction(beta) * decay / 2 == Fraction(solution["upper_exact"])


def test_refusals_in_processes(tmp_path):
    (tmp_path / "n.json").write_text('{"layers": [{"weights": [[1, 2]]}]}')
    (tmp_path / "x.csv").write_text("1,2,3\n")
    for arguments, status in ((("predict", "n.json", "x.csv"), 2), (("verify", "n.json"), 3)):
        done = process(*arguments, folder=tmp_path)
        assert done.returncode == status
        assert (done.stdout + done.stderr).count("\n") == 1
        assert "Traceback" not in done.stderr


def test_an_onnx_model_is_computed_exactly(multilayer, tmp_path):
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    network = LayeredNetwork.read([([[1, 0.5], [-1, 0]], [0, 0.25]), ([[1, 2]], None)])
    to_onnx(network, path=tmp_path / "n.onnx")
    (tmp_path / "t.csv").write_text("a,b\n1,0.1\n-2,1\n")
    found = predicted(multilayer, "n.onnx", "t.csv", "--exact")
    expected = network.predict([(1, Fraction(1, 10)), (-2, 1)])
    assert [Fraction(value) for (value,) in found["predictions"]] == [value for (value,) in expected]
