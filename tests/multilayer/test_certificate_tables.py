"""verify --table: a certificate is accepted only if it is about that table, entry by entry."""

import json

import pytest

TABLE = "a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"
CLASSES = "a,b,kind\n1,2,yes\n2,-1,no\n-1,3,yes\n-2,-1,no\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "classes.csv").write_text(CLASSES)
    return tmp_path


def verify(multilayer, *arguments):
    outcome = multilayer("verify", *arguments, "--json")
    found = json.loads(outcome.out)
    assert outcome.status == (0 if found["verified"] else 3)
    return found


def solved(multilayer, source, *options):
    outcome = multilayer("solve", source, "--width", "1", "--beta", "0.1", "--certificate", "c.json", *options)
    assert outcome.status == 0, outcome.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("source", "options", "reading"),
    [
        ("t.csv", [], []),
        ("t.csv", ["--bias"], ["--bias"]),
        ("t.csv", ["--target", "a"], ["--target", "a"]),
        ("t.csv", ["--target", "y", "--target", "a"], ["--target", "y", "--target", "a"]),
        ("t.csv", ["--drop", "b", "--decimals", "0"], ["--drop", "b", "--decimals", "0"]),
        ("t.csv", ["--loss", "huber:1/3"], []),
        ("classes.csv", ["--loss", "logistic"], []),
        ("classes.csv", ["--loss", "hinge"], []),
        ("threshold:2", [], []),
    ],
)
def test_an_optimum_is_about_its_own_table(multilayer, source, options, reading):
    solved(multilayer, source, *options)
    found = verify(multilayer, "c.json", "--table", source, *reading)
    assert (found["verified"], found["table"], found["reason"]) == (True, True, None)
    assert verify(multilayer, "c.json")["table"] is None


def test_a_table_without_the_column_of_ones_is_refused_with_advice(multilayer, folder):
    solved(multilayer, "t.csv", "--bias")
    assert verify(multilayer, "c.json", "--table", "t.csv")["reason"].endswith(
        "t has 4 x 2; was it solved with --bias?"
    )
    assert verify(multilayer, "c.json", "--table", "t.csv", "--bias")["verified"]


@pytest.mark.parametrize(
    ("changed", "reading", "said"),
    [
        (("-1,3,0.5", "-1,3,0.25"), [], "the target of row 3 is 1/2, and 1/4 in other"),
        (("-1,3,0.5", "-1,3.0000000000000000001,0.5"), [], "row 3, column 2 is 3, and 300000000000"),
        (("1,2,1\n", ""), [], "its table is 4 x 2, and other has 3 x 2"),
        (("1,2,1\n2,-1,-1", "2,-1,-1\n1,2,1"), [], "row 1, column 1 is 1, and 2 in other"),
        (("a,b", "a,b"), ["--bias"], "its table is 4 x 2, and other has 4 x 3"),
        (("a,b", "a,b"), ["--target", "b"], "row 1, column 2 is 2, and 1 in other"),
    ],
)
def test_any_other_table_is_refused(multilayer, folder, changed, reading, said):
    solved(multilayer, "t.csv")
    (folder / "other.csv").write_text(TABLE.replace(*changed))
    found = verify(multilayer, "c.json", "--table", "other.csv", *reading)
    assert (found["verified"], found["table"], found["kind"]) == (False, False, "optimum")
    assert said in found["reason"]
    assert "the certificate holds, but is about another table" in found["reason"]


@pytest.mark.parametrize(
    ("options", "source", "other"),
    [
        ([], "braid:3", "resonance:2"),
        ([], "shi:3", "catalan:3"),
        (["--layer", "2", "--width", "2"], "threshold:2", "braid:3"),
    ],
)
def test_counts(multilayer, options, source, other):
    assert multilayer("count", source, *options, "--certificate", "c.json").status == 0
    assert verify(multilayer, "c.json", "--table", source)["table"] is True
    assert verify(multilayer, "c.json", "--table", other)["table"] is False


def test_offsets_are_compared(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,0,1\n0,1,2\n")
    (tmp_path / "other.csv").write_text("1,0,1\n0,1,3\n")
    (tmp_path / "central.csv").write_text("1,0\n0,1\n")
    assert multilayer("count", "t.csv", "--affine", "--certificate", "c.json").status == 0
    assert (
        "the offset of row 2 is 2, and 3 in other"
        in verify(multilayer, "c.json", "--table", "other.csv", "--affine")["reason"]
    )
    assert "it has offsets, and central has none" in verify(multilayer, "c.json", "--table", "central.csv")["reason"]


@pytest.mark.usefixtures("folder")
def test_a_rejected_certificate_is_about_no_table(multilayer, folder):
    solved(multilayer, "t.csv")
    forged = json.loads((folder / "c.json").read_text())
    forged["claim"]["lower"] = "1000"
    (folder / "c.json").write_text(json.dumps(forged))
    found = verify(multilayer, "c.json", "--table", "t.csv")
    assert (found["verified"], found["table"], found["about"]) == (False, None, None)


@pytest.mark.usefixtures("folder")
def test_what_a_certificate_is_about(multilayer):
    solved(multilayer, "t.csv", "--loss", "huber:1/3", "--bias")
    about = verify(multilayer, "c.json")["about"]
    assert len(about.pop("sha256")) == 64
    assert about == {"rows": 4, "columns": 3, "outputs": 1, "loss": "huber:1/3", "beta": "1/10", "width": 1}
    lines = multilayer("verify", "c.json", "--table", "t.csv", "--bias").out.splitlines()
    assert lines[1].startswith("about: 4 rows of 3 columns, 1 output, huber:1/3 loss, beta 1/10, width 1; SHA-256")
    assert lines[1].endswith("; it is t.csv")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["c.json", "--bias"], "--bias says how a table is read: name the table by --table"),
        (["c.json", "--table", "missing.csv"], "missing.csv"),
        ([".", "--table", "t.csv"], "is a dataset; --table is for certificates"),
    ],
)
def test_bad_usage(multilayer, arguments, said):
    solved(multilayer, "t.csv")
    outcome = multilayer("verify", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
