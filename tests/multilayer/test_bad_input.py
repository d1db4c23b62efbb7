"""Every wrong input: status 2, one line that names the place and the value, no traceback, no file left behind."""

import os

import numpy as np
import pytest
from support.outcomes import refused

TABLES = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b"\n \n", "empty"),
    "header.csv": (b"a,b\n", "no row of numbers"),
    "ragged.csv": (b"1,2\n3\n", "line 2 has 1 columns where the first has 2"),
    "longer.csv": (b"a,b\n1,2\n3,4,5\n", "line 3 has 3 columns where the first has 2"),
    "text.csv": (b"a,b\n1,2\n3,four\n", "line 3, column 2: 'four'"),
    "firsttext.csv": (b"1,x\n3,4\n", "line 1, column 2: 'x'"),
    "nan.csv": (b"a,b\n1,nan\n", "line 2, column 2: 'nan'"),
    "nanfirst.csv": (b"nan,nan\n1,2\n", "line 1, column 1: 'nan'"),
    "inf.csv": (b"1,2\n-inf,1\n", "line 2, column 1: '-inf'"),
    "hole.csv": (b"1,2\n3,\n", "line 2, column 2 is empty"),
    "zerodiv.csv": (b"1,1/0\n2,3\n", "line 1, column 2: '1/0'"),
    "huge.csv": (b"1,1e999999999\n2,3\n", "line 1, column 2: '1e999999999'"),
    "binary.csv": (b"\xff\xfe\x00", "not UTF-8"),
    "quote.csv": (b'1,"2\n3,4\n', "line 1"),
    "zeros.csv": (b"0,0,0\n0,0,1\n", "zero"),
    "broken.npy": (b"nonsense", "NumPy"),
    "table.xlsx": (b"1,2\n", "table.xlsx: a spreadsheet"),
}
COMMANDS = {
    "count": ["count", "{}", "--target", "last"],
    "second": ["count", "{}", "--layer", "2", "--target", "last"],
    "enumerate": ["enumerate", "{}", "--output", "out.csv"],
    "solve": ["solve", "{}", "--width", "1", "--beta", "0.1"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", TABLES)
def test_wrong_tables(multilayer_both_ways, tmp_path, name, command):
    data, needle = TABLES[name]
    (tmp_path / name).write_bytes(data)
    arguments = [name if part == "{}" else part for part in COMMANDS[command]]
    if "last" in arguments:
        position = arguments.index("--target")
        arguments[position:] = ["--target", "3"] if name == "zeros.csv" else []
    if name == "zeros.csv" and command == "enumerate":
        arguments += ["--target", "3"]
    refused(multilayer_both_ways(*arguments), needle)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_is_checked_too(multilayer_both_ways, command):
    arguments = ["-" if part == "{}" else part for part in COMMANDS[command] if part not in ("--target", "last")]
    refused(multilayer_both_ways(*arguments, stdin=b"1,2\n3,x\n"), "standard input: line 2, column 2: 'x'")


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (["count", "missing.csv"], "missing.csv: cannot be read: No such file"),
        (["count", "."], ".: not a .csv"),
        (["count", "folder.csv"], "folder.csv: cannot be read"),
        (["count", "brad:4"], "unknown family 'brad'"),
        (["count", "braid:x"], "braid:"),
        (["count", "braid:0"], "sizes start at 1"),
        (["count", "braid:99"], "at most"),
        (["count", "moment:3"], "moment:n,d"),
        (["count", "random:3,2"], "random:n,d,seed"),
        (["count", "shi:3", "--bias"], "offsets already"),
        (["count", "good.csv", "--bias", "--affine"], "exclude each other"),
        (["count", "good.csv", "--target", "z"], "no column 'z'; the columns are a, b, y"),
        (["count", "good.csv", "--target", "4"], "no column '4'"),
        (["count", "good.csv", "--target", "0"], "no column '0'"),
        (["count", "good.csv", "--layer", "2", "--width", "0"], "width is 0"),
        (["count", "good.csv", "--layer", "3"], "'3'"),
        (["count", "good.csv", "--engine", "magic"], "'magic'"),
        (["count", "good.csv", "--limit", "0"], "0"),
        (["count", "shi:3", "--layer", "2"], "affine"),
        (["enumerate", "good.csv", "--output", "out.doc"], "out.doc"),
        (["enumerate", "good.csv", "--output", "no/out.csv"], "there is no folder no"),
        (["enumerate", "good.csv", "--output", "good.csv/"], "good.csv"),
        (["enumerate", "good.csv"], "--output"),
        (["bounds", "--rows", "0", "--rank", "1", "--width", "1"], "0"),
        (["bounds", "--rows", "3", "--rank", "0", "--width", "1"], "0"),
        (["bounds", "--rows", "3", "--rank", "1", "--width", "-1"], "-1"),
        (["solve", "good.csv", "--width", "1", "--beta", "0"], "beta is 0"),
        (["solve", "good.csv", "--width", "1", "--beta", "-1/2"], "beta is -1/2"),
        (["solve", "good.csv", "--width", "1", "--beta", "nan"], "'--beta': 'nan' lacks a value"),
        (["solve", "good.csv", "--width", "0", "--beta", "1"], "--width is 0"),
        (["solve", "good.csv", "--width", "1.5", "--beta", "1"], "1.5"),
        (["solve", "good.csv", "--width", "1"], "--beta"),
        (["solve", "good.csv", "--width", "1", "--beta", "1", "--target", "q"], "no column 'q'"),
        (["solve", "good.csv", "--width", "1", "--beta", "1", "--tolerance", "-1"], "tolerance is -1"),
        (["solve", "good.csv", "--width", "1", "--beta", "1", "--certificate", "no/c.json"], "no folder no"),
        (["solve", "one.csv", "--width", "1", "--beta", "1"], "one.csv has one column only"),
        (["solve", "shi:3", "--width", "1", "--beta", "1"], "shi:3"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage(multilayer_both_ways, tmp_path, arguments, needle):
    (tmp_path / "good.csv").write_text("a,b,y\n1,2,1\n3,-1,0\n")
    (tmp_path / "one.csv").write_text("1\n2\n")
    (tmp_path / "folder.csv").mkdir()
    before = sorted(os.listdir(tmp_path))
    refused(multilayer_both_ways(*arguments), needle)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize(
    ("array", "needle"),
    [
        (np.zeros(3), "two-dimensional"),
        (np.array([["a", "b"]]), "two-dimensional array of integers or floats"),
        (np.array([[1, 2j]]), "two-dimensional array of integers or floats"),
        (np.array([[1.0, np.nan]]), "row 1, column 2"),
        (np.zeros((0, 2)), "empty"),
        (np.array([[1, None]], dtype=object), "NumPy"),
    ],
)
def test_wrong_arrays(multilayer_both_ways, tmp_path, array, needle):
    np.save(tmp_path / "a.npy", array)
    refused(multilayer_both_ways("count", "a.npy"), "a.npy", needle)


def test_a_failure_while_writing_leaves_the_old_file_alone(tmp_path):
    from arrangements.writing import replacing

    path = tmp_path / "kept.csv"
    path.write_text("old")

    def fail():
        with replacing(path) as file:
            file.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_closed_folder(multilayer, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    refused(multilayer("enumerate", "braid:3", "--output", "closed/out.csv"), "no permission")


def test_limits_have_a_status_of_their_own(multilayer, tmp_path):
    outcome = multilayer("count", "braid:6", "--limit", "719")
    assert (outcome.status, outcome.out) == (4, "")
    assert "more than 719 regions" in outcome.err
    outcome = multilayer("enumerate", "braid:6", "--output", "out.csv", "--limit", "719")
    assert (outcome.status, os.listdir(tmp_path)) == (4, [])
    assert multilayer("count", "random:5,2,0", "--layer", "2", "--limit", "189").status == 4
    assert multilayer("solve", "random:5,2,0", "--width", "1", "--beta", "1", "--steps", "1").status == 4
