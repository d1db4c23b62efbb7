"""A certificate names its columns, outputs and classes, and is about a table of these names alone."""

import json

import pytest
from support.certificates.formats import earlier, rehashed

TABLES = {
    "t.csv": "a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n",
    "kinds.csv": "a,b,kind\n1,2,yes\n2,-1,no\n-1,3,yes\n-2,-1,no\n",
    "three.csv": "a,b,kind\n1,2,red\n2,-1,blue\n-1,3,green\n-2,-1,red\n",
}
HINGE = ["--loss", "hinge"]


@pytest.fixture
def solved(multilayer, tmp_path):
    """Solve one of the tables; the input of its certificate."""
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)

    def make(source, *options):
        found = ["--width", "1", "--beta", "0.1", "--certificate", "c.json", *options]
        outcome = multilayer("solve", source, *found)
        assert outcome.status == 0, outcome.err
        return json.loads((tmp_path / "c.json").read_text())["input"]

    return make


@pytest.fixture
def verify(multilayer):
    def checked(source, *reading):
        found = json.loads(multilayer("verify", "c.json", "--table", source, *reading, "--json").out)
        return found["verified"], found["reason"]

    return checked


@pytest.mark.parametrize(
    ("source", "options", "columns", "outputs", "classes"),
    [
        ("t.csv", [], ["a", "b"], ["y"], None),
        ("t.csv", ["--bias"], ["a", "b", "1"], ["y"], None),
        ("t.csv", ["--target", "y", "--target", "b"], ["a"], ["y", "b"], None),
        ("t.csv", ["--drop", "a"], ["b"], ["y"], None),
        ("kinds.csv", HINGE, ["a", "b"], ["kind"], ["no", "yes"]),
        ("kinds.csv", [*HINGE, "--bias"], ["a", "b", "1"], ["kind"], ["no", "yes"]),
        ("three.csv", HINGE, ["a", "b"], ["kind"] * 3, ["blue", "green", "red"]),
    ],
)
def test_an_optimum_has_the_names_of_its_table(solved, verify, source, options, columns, outputs, classes):
    data = solved(source, *options)
    assert [data[key] for key in ("columns", "outputs", "classes")] == [columns, outputs, classes]
    reading = [option for option in options if option not in HINGE]
    assert verify(source, *reading) == (True, None)


def test_the_classes_say_what_the_targets_stand_for(solved):
    data = solved("three.csv", *HINGE)
    kinds = [line.split(",")[2] for line in TABLES["three.csv"].splitlines()[1:]]
    assert data["targets"] == [[1 if kind == own else -1 for kind in kinds] for own in data["classes"]]
    data = solved("kinds.csv", *HINGE)
    assert [data["classes"][(1 + y) // 2] for y in data["targets"][0]] == ["yes", "no", "yes", "no"]


def test_counts_have_the_names_of_columns(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n2,-1\n")
    for options, columns in (([], ["a", "b"]), (["--bias"], ["a", "b", "1"]), (["--affine"], ["a"])):
        for layer in ([], ["--layer", "2"]) if "--affine" not in options else ([],):
            assert multilayer("count", "t.csv", *options, *layer, "--certificate", "c.json").status == 0
            assert json.loads((tmp_path / "c.json").read_text())["input"]["columns"] == columns


@pytest.mark.parametrize(
    ("source", "changed", "reason"),
    [
        ("t.csv", ("a,b,y", "a,c,y"), "column 2 is called 'b', and 'c' in other"),
        ("t.csv", ("a,b,y", "a,b,z"), "target 1 is called 'y', and 'z' in other"),
        ("kinds.csv", ("no", "not"), "class 1 is called 'no', and 'not' in other"),
        ("three.csv", ("green", "grey"), "class 2 is called 'green', and 'grey' in other"),
    ],
)
def test_a_table_with_another_name_is_another_table(solved, verify, tmp_path, source, changed, reason):
    solved(source, *(HINGE if source != "t.csv" else []))
    (tmp_path / "other.csv").write_text(TABLES[source].replace(*changed))
    fine, said = verify("other.csv")
    assert not fine
    assert reason in said
    assert verify(source) == (True, None)


def test_names_that_one_side_lacks_are_not_compared(solved, verify, tmp_path):
    solved("t.csv")
    path = tmp_path / "c.json"
    whole = json.loads(path.read_text())
    path.write_text(json.dumps(earlier(whole)))
    (tmp_path / "other.csv").write_text(TABLES["t.csv"].replace("a,b", "c,d"))
    assert verify("other.csv") == (True, None)
    whole["input"] |= {"columns": None, "outputs": None}
    path.write_text(json.dumps(rehashed(whole)))
    assert verify("other.csv") == (True, None)
