"""What the columns of a table are: headers, row labels, labels and targets, by the stated rules."""

import json
from fractions import Fraction

import pytest

from arrangements.errors import InputError
from multilayer.io.tables import read_source

NAMES, DATA = "read as names", "read as data"


@pytest.fixture
def read(tmp_path):
    def call(text, **options):
        path = tmp_path / "t.csv"
        path.write_text(text)
        return read_source(str(path), **options)

    return call


# text: whether line 1 is a header, and what a note says
HEADERS = [
    ("a,b\n1,2\n", True, ""),
    ("1,2\n3,4\n", False, ""),
    ("a,NA\n1,2\n", True, ""),
    ("1st,2nd\n1,2\n", True, ""),
    ("infra,nan-type\n1,2\n", True, ""),
    ("5.1,3.5,setosa\n4.9,3.0,setosa\n7,3.2,virginica\n", False, ""),
    ("0,1,2\n0.5,1.5,2\n", True, NAMES),
    ("0,1,2\n3,4,5\n", False, DATA),
    ("0,1\n1,0\n0,0\n", False, DATA),
    (",0,1\n0,5,6\n1,7,8\n", True, NAMES),
    ("0,1,y\n3,4,5\n", True, NAMES),
    ("0,y\n3,5\n", True, NAMES),
    ("0,1,class\n0.5,2,no\n1,2,yes\n", True, NAMES),
    ("0,1,2,class\n3,4,5,no\n6,7,8,yes\n", True, NAMES),
    ("0,1,no\n1,0,yes\n1,1,no\n", False, DATA),
    ("0,1,no\n1,0.5,yes\n1,1,no\n", False, DATA),
    ("1,2,3,4,class\n5.1,3.5,1.4,0.2,setosa\n4.9,3,1.4,0.2,setosa\n6,3,5,2,virginica\n", True, NAMES),
    ("1,2,class\n5.1,3.5,setosa\n4.9,3,setosa\n", True, NAMES),
    ("k,1,2,3\nx,3,4,5\ny,1,1,1\nx,2,2,2\n", True, NAMES),
    ("0,1,class\n5,2,no\n1,2,yes\n", True, NAMES),
    ("1,2,y\n3,4,5\n", True, NAMES),
    (",1,2\na,3.5,1\nb,2,2\n", True, NAMES),
    ("0.1,0.2,label\n5.1,3.5,setosa\n4.9,3,setosa\n", False, DATA),
    ("7,5,label\n5.1,3.5,setosa\n4.9,3,setosa\n", False, DATA),
    ("1,class\n5,no\n7,yes\n", False, DATA),
    ("2019,2020,no\n2018,2,yes\n", False, DATA),
    ("1,2,no\n3,4,no\n5,6,yes\n", False, ""),
    ("2019,2020,2021\n1,2,3\n", True, NAMES),
    ("place,2019,2020\nOslo,1,2\nRome,1,3\nRome,4,4\n", True, NAMES),
    ("2019,2020\n2018,2021\n", False, DATA),
    ("1900,2000\n1.5,2\n", False, DATA),
    ("1,2,3\n4,5,6\n", False, ""),
    ("0\n1\n", False, ""),
    ("0,1,2\n", False, ""),
]


@pytest.mark.parametrize(("text", "header", "said"), HEADERS, ids=[text for text, _, _ in HEADERS])
def test_header(read, text, header, said):
    table = read(text)
    assert len(table.x) == len(text.splitlines()) - header
    notes = " ".join(table.notes)
    assert said in notes
    assert bool(said) == ("--header or --no-header" in notes)


@pytest.mark.parametrize("text", ["0,1\n5,6\n", "2019,2020\n1.5,2\n", "7,8\n1,2\n"])
def test_either_can_be_forced(read, text):
    first = tuple(text.splitlines()[0].split(","))
    assert (read(text, header=True).columns, len(read(text, header=True).x)) == (first, 1)
    assert (read(text, header=False).columns, len(read(text, header=False).x)) == (("column 1", "column 2"), 2)
    assert not read(text, header=True).notes + read(text, header=False).notes


def test_forced_on_the_command_line(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("0,1\n5,6\n")
    rows = {
        option: json.loads(multilayer("count", "t.csv", "--json", *option).out)["rows"]
        for option in ((), ("--header",), ("--no-header",))
    }
    assert rows == {(): 2, ("--header",): 1, ("--no-header",): 2}
    assert multilayer("count", "t.csv").err.startswith("multilayer: note: t.csv: line 1 (0,1) was read as data")
    assert "braid:3 is a family" in multilayer("count", "braid:3", "--header").err


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        (",a,b\n0,1,2\n1,3,4\n", ("a", "b"), "labels the rows: it is left out"),
        (",a,b\n17,1,2\n4,3,4\n", ("a", "b"), "labels the rows: it is left out"),
        ('"","a","b"\n"1",1,2\n"2",3,4\n', ("a", "b"), "labels the rows: it is left out"),
        (",a,b\nOslo,1,2\nRome,3,4\n", ("a", "b"), "labels the rows: it is left out"),
        ("Unnamed: 0,a\n0,1\n1,3\n", ("a",), "labels the rows: it is left out"),
        ('"a" "b"\n"1" 1 2\n"2" 3 4\n', ("a", "b"), "labels the rows: it is left out"),
        (",a\n0.5,1\n1,3\n", ("column 1", "a"), "has no name; it is data"),
        ("index,a\n0,1\n1,3\n", ("index", "a"), "seems to count the rows; it is data"),
        ("t,a\n0,1\n1,3\n", ("t", "a"), None),
        ("a,b\n1,2\n3,4\n,\n,\n", ("a", "b"), "the last lines have no entries"),
    ],
)
def test_row_labels(read, text, columns, said):
    table = read(text)
    assert table.columns == columns
    assert len(table.x) == 2
    assert [said in note for note in table.notes] == [True] * (said is not None)


def test_places_count_row_labels(read):
    with pytest.raises(InputError, match=r"line 3, column 3: 'x'"):
        read(",a,b\n0,1,2\n1,3,x\n")
    assert read(",a,b\n0,1,2\n1,3,4\n", target="1").columns == ("a", "b")


LABELS = "a,b,kind\n1,2,no\n3,4,yes\n"
FIRST = "kind,a,b\nno,1,2\nyes,3,4\nno,5,7\n"


@pytest.mark.parametrize("last_is_target", [False, True])
@pytest.mark.parametrize("text", [LABELS, FIRST])
def test_count_and_solve_take_the_same_labels(read, text, last_is_target):
    table = read(text, last_is_target=last_is_target)
    assert (table.columns, table.target) == (("a", "b"), "kind")
    assert set(table.targets[0].values) == {"no", "yes"}


@pytest.mark.parametrize(
    ("text", "options", "columns", "target"),
    [
        ("a,b\n1,2\n", {}, ("a", "b"), None),
        ("a,b\n1,2\n", {"last_is_target": True}, ("a",), "b"),
        ("a,b,c\n1,2,3\n", {"target": ["c", "1"]}, ("b",), ["c", "a"]),
        ("a,b,c\n1,2,3\n", {"drop": "b"}, ("a", "c"), None),
        ("a,b,c\n1,2,3\n", {"drop": ["c"], "last_is_target": True}, ("a",), "b"),
        ("a,b,note\n1,2,\n3,4,late\n", {"drop": "note"}, ("a", "b"), None),
        (LABELS, {"drop": "kind", "last_is_target": True}, ("a",), "b"),
        (LABELS, {"drop": "kind"}, ("a", "b"), None),
        (LABELS, {"target": "a", "drop": "kind"}, ("b",), "a"),
        ("place,a,kind\nOslo,1,x\nRome,2,y\n", {"drop": "1"}, ("a",), "kind"),
        ("a,b\n1,+\n2,-\n", {}, ("a",), "b"),
        ("a,b\n1,True\n2,False\n", {}, ("a",), "b"),
        ("a,1\n5,7\n", {"target": "1", "header": True}, ("a",), "1"),
        ("a,a,b\n1,2,3\n", {"target": "b"}, ("a", "a"), "b"),
        ("a,a,b\n1,2,3\n", {"target": "2"}, ("a", "b"), "a"),
        ("a,b,c\n1,2,3\n", {"affine": True}, ("a", "b"), None),
        ("a,b,c\n1,2,3\n", {"bias": True, "target": "c"}, ("a", "b"), "c"),
    ],
)
def test_chosen_columns(read, text, options, columns, target):
    table = read(text, **options)
    assert (table.columns, table.target) == (columns, target)
    assert len(table.x[0]) == len(columns) + bool(options.get("bias"))


@pytest.mark.parametrize(
    "labels", ["1st 2nd", "infra supra", "nan-type inf-type", "a-b c\u2013d", "+ -", "2020-01-05 x"]
)
def test_words_are_classes(read, labels):
    one, two = labels.split()
    assert read(f"a,y\n1,{one}\n2,{two}\n", target="y").targets[0].values == (one, two)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("place,a,b\nOslo,1,2\nRome,3,4\n", {}, r"line 2, column 1: column 'place' is text \('Oslo'\).*--drop place"),
        ("place,a,kind\nOslo,1,x\nRome,2,y\n", {}, "column 'place' is text.*--target place"),
        ("my place,a,b\nOslo,1,2\nRome,3,4\n", {"target": "b"}, "column 'my place' is text.*--drop 1 "),
        ("a,y\n1,yes\n2,no\n3,7\n", {}, "line 4, column 2: '7' is not text as 'yes' is"),
        ("a,y\n1,yes\n2,no\n3,NA\n", {"target": "y"}, "line 4, column 2: 'NA' is no class of 'y' but a missing value"),
        ("a,y\n1,yes\n2,no\n3,\n", {}, "line 4, column 2 is empty"),
        ("a,y\n1,1\n2,0\n3,no\n", {"target": "y"}, "line 4, column 2: 'no' is not a finite number"),
        ("a,y\n1,1\n2,0\n3,?\n", {"target": "y"}, r"line 4, column 2: '\?' is not .* missing"),
        ("a,a,b\n1,2,3\n", {"target": "a"}, "columns 1 and 2 share the name 'a'; give one of these numbers"),
        ("a,a,b\n1,2,3\n", {"drop": "a"}, "columns 1 and 2 share the name 'a'; give one of these numbers"),
        ("a,b\n1,2\n", {"drop": "c"}, "no column 'c'; the columns are a, b"),
        ("a,b\n1,2\n", {"drop": "b", "target": "b"}, "the column 'b' is named twice"),
        ("a,b\n1,2\n", {"drop": ["b", "2"]}, "the dropped column 'b' is named twice"),
        ("a,b\n1,2\n", {"target": ["b", "2"]}, "the target 'b' is named twice"),
        ("a,b\n1,2\n", {"drop": ["a", "b"]}, r"t\.csv: every column is dropped"),
        ("a,b\n1,2\n", {"drop": ["a"], "last_is_target": True}, r"t\.csv has one column only, 'b'"),
        ("y\nno\nyes\n", {}, r"t\.csv has one column only, 'y'"),
    ],
)
def test_refused_columns(read, text, options, message):
    with pytest.raises(InputError, match=message):
        read(text, **options)


def test_a_single_class_is_refused_with_the_name_of_the_table(multilayer, tmp_path):
    (tmp_path / "flat.csv").write_text("a,kind\n1,x\n2,x\n")
    outcome = multilayer("solve", "flat.csv", "--width", "1", "--beta", "1")
    assert outcome.status == 2
    assert outcome.err == "multilayer: flat: every row has the class x; there is nothing to tell apart\n"


def test_duplicate_names_are_noted(read):
    assert [note.partition(": ")[2] for note in read("a,a,b\n1,2,3\n").notes] == [
        "columns 1 and 2 share the name 'a'; name such a column by its number"
    ]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("a,remark\n1,late\n2,soon\n3,never\n", {}, ["the target, and no two rows have the same label; --drop remark"]),
        ("a,remark\n1,late\n2,soon\n3,never\n", {"target": "remark"}, []),
        ("a,class\n1,0\n2,1\n", {}, ["column 'class' is data; --target class makes it the target"]),
        ("a,class\n1,0\n2,1\n", {"last_is_target": True}, []),
        ("a,b\n1,0\n2,1\n", {}, []),
    ],
)
def test_close_calls_of_the_target_are_noted(read, text, options, said):
    notes = read(text, **options).notes
    assert len(notes) == len(said)
    assert all(part in note for part, note in zip(said, notes, strict=True))


@pytest.mark.parametrize(
    "command",
    [["count"], ["count", "--layer", "2", "--width", "1"], ["enumerate", "--output", "out.csv"], ["invariants"]],
    ids=lambda command: command[0],
)
def test_every_command_prints_the_target(multilayer, tmp_path, command):
    (tmp_path / "labels.csv").write_text(LABELS)
    (tmp_path / "numbers.csv").write_text("1,2,0\n3,4,1\n")
    name, *options = command
    found = [
        json.loads(multilayer(name, *arguments, *options, "--json").out)
        for arguments in (["labels.csv"], ["numbers.csv"], ["numbers.csv", "--target", "3"], ["braid:3"])
    ]
    assert [report["target"] for report in found] == ["kind", None, "column 3", None]
    assert [report["columns"] for report in found] == [2, 3, 2, 3]


def test_solve_prints_the_same_target(multilayer, tmp_path):
    (tmp_path / "labels.csv").write_text(FIRST)
    report = json.loads(multilayer("solve", "labels.csv", "--width", "1", "--beta", "1", "--json").out)
    assert (report["target"], report["coding"]) == ("kind", {"no": -1, "yes": 1})
    other = ["--drop", "1", "--certificate", "c.json", "--network", "n.json"]  # other columns are other data
    report = json.loads(multilayer("solve", "labels.csv", *other, "--width", "1", "--beta", "1", "--json").out)
    assert report["target"] == "b"


def test_columns_of_families(read):
    table = read_source("moment:4,3", drop="1")
    assert table.columns == ("column 2", "column 3")
    assert table.x == tuple((t, t * t) for t in range(1, 5))
    assert table.arrangement.dimension == 2
    assert read_source("shi:3").columns == ("column 1", "column 2", "column 3")
    with pytest.raises(InputError, match="shi:3 has offsets already"):
        read_source("shi:3", drop="1")


def test_rounding_leaves_labels_alone(read):
    table = read("a,b,kind\n0.123,1/3,x\n1,2,y\n", decimals=1)
    assert table.x[0] == (Fraction(1, 10), Fraction(3, 10))
    assert table.targets[0].values == ("x", "y")
