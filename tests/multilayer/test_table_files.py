"""Files as people have them: what is read, what is noted, and what is refused with its cause and its place."""

import gzip
import os
import subprocess
import sys
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from arrangements.errors import InputError
from multilayer.io.tables import read_source

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "table1"


def npz(**arrays):
    file = BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array):
    file = BytesIO()
    np.save(file, np.array(array))
    return file.getvalue()


# name: bytes, rows that are read
ACCEPTED = {
    "semicolons.csv": (b"a;b\n1;2\n3;4\n", [[1, 2], [3, 4]]),
    "tabs.tsv": (b"a\tb\n1\t2\n", [[1, 2]]),
    "bars.txt": (b"1|2\n3|4\n", [[1, 2], [3, 4]]),
    "spaces.dat": (b"  1   2\n  3\t4 \n"[:9] + b"  3   4 \n", [[1, 2], [3, 4]]),
    "comma-and-space.csv": (b"1, 2\n3, 4\n", [[1, 2], [3, 4]]),
    "quoted.csv": (b'"a","b"\n"1","2"\n', [[1, 2]]),
    "quoted-names.txt": (b'"a b" "c"\n1 2\n', [[1, 2]]),
    "mark.csv": (b"\xef\xbb\xbf1,2\r\n3,4\r\n", [[1, 2], [3, 4]]),
    "old-mac.csv": (b"1,2\r3,4\r", [[1, 2], [3, 4]]),
    "one-column.csv": (b"7\n", [[7]]),
    "forms.csv": (b"+1,.5,1.,1e2\n-1,1/3,2E-1,0\n", [[1, "1/2", 1, 100], [-1, "1/3", "1/5", 0]]),
    "UPPER.CSV": (b"1,2\n", [[1, 2]]),
    "UPPER.TXT": (b"1 2\n", [[1, 2]]),
    "packed.csv.gz": (gzip.compress(b"a,b\n1,2\n"), [[1, 2]]),
    "PACKED.TSV.GZ": (gzip.compress(b"1\t2\n"), [[1, 2]]),
    "packed-in-secret.csv": (gzip.compress(b"1,2\n"), [[1, 2]]),
    "integers.npy": (npy([[1, -2]]), [[1, -2]]),
    "booleans.NPY": (npy([[True, False]]), [[1, 0]]),
    "halves.npy": (npy(np.array([[0.5, 2]], np.float16)), [["1/2", 2]]),
    "one.npz": (npz(x=[[1, 2]]), [[1, 2]]),
    "one.NPZ": (npz(x=[[0.5]]), [["1/2"]]),
    "archive-as-array.npy": (npz(x=[[1, 2]]), [[1, 2]]),
    "huge.csv": (b"9" * 4000 + b",1\n", [[10**4000 - 1, 1]]),
}

# name: bytes, parts of the message
REFUSED = {
    "decimal-commas.csv": (b"a;b\n1,5;2\n", "line 2, column 1: '1,5'", "decimal comma; write 1.5"),
    "decimal-commas-alone.csv": (b"1,5;2,5\n1,25;3,5\n", "line 1, column 1", "decimal comma"),
    "decimal-commas-spaces.txt": (b"1,5 2,5\n3,5 4,5\n", "line 2 has decimal commas"),
    "german.csv": (b"a;b\n1;1.234,5\n", "line 2, column 2: '1.234,5'", "decimal comma; write 1234.5"),
    "minus.csv": ("a,b\n1,\u22122\n".encode(), "line 2, column 2", "minus sign is not ASCII"),
    "minus-first.csv": ("\u22121,\u22122\n3,4\n".encode(), "line 1, column 1", "minus sign is not ASCII"),
    "dash.csv": ("a,b\n1,\u20132.5\n".encode(), "line 2, column 2", "minus sign is not ASCII"),
    "thousands.csv": (b"a;b\n1,234,567;2\n", "line 2, column 1", "thousands separators; write 1234567"),
    "thousands-quoted.csv": (b'a,b\n"12,345,678.5",2\n', "line 2, column 1", "write 12345678.5"),
    "thousands-apostrophe.csv": (b"a,b\n1'000,2\n", "line 2, column 1", "thousands separators"),
    "thousands-or-decimal.csv": (b"a;b\n1,234;2\n", "line 2, column 1", "write 1.234, or 1234"),
    "percent.csv": (b"a,b\n50%,2\n", "line 2, column 1", "percentage"),
    "true.csv": (b"a,b\n1,2\nTrue,2\n2,3\n", "line 3, column 1", "write 1 for true"),
    "na.csv": (b"a,b\n1,NA\n", "line 2, column 2: 'NA'", "missing; fill it in or leave the row out"),
    "question.csv": (b"a,b\n1,?\n", "line 2, column 2: '?'", "missing"),
    "null.csv": (b"a,b\n1,NULL\n", "line 2, column 2: 'NULL'", "missing"),
    "nan.csv": (b"a,b\n1,2\n1,NaN\n", "line 3, column 2: 'NaN'", "missing"),
    "sheet-na.csv": (b"a,b\n1,#N/A\n", "line 2, column 2: '#N/A'", "missing"),
    "empty-cell.csv": (b"a,b\n1,\n3,4\n", "line 2, column 2 is empty; fill it in"),
    "empty-column.csv": (b"1,2,\n3,4,\n", "line 1, column 3 is empty, as in every row", "--drop 3"),
    "digits.csv": (b"1,2\n" + b"9" * 4001 + b",1\n", "line 2, column 1", "4,001 characters, and the limit is 4,000"),
    "tabs-and-spaces.tsv": (b"1\t2 3\n4\t5 6\n1\t2 3\n", "line 1, column 2: '2 3'", "several numbers in one cell"),
    "spaces-below.tsv": (b"a\tb\n4\t5\n1\t2.5 -3\n", "line 3, column 2: '2.5 -3'", "several numbers in one cell"),
    "semicolons-in-bars.csv": (b"a|b\n1|2\n1|2;3\n", "line 3, column 2: '2;3'", "several numbers in one cell"),
    "exponent.csv": (b"1,2\n1,1e12345\n", "line 2, column 2", "exponent has more than 4 digits, the limit"),
    "hexadecimal.csv": (b"a,b\n1,0xff\n", "line 2, column 2", "it is hexadecimal; write it in decimal digits"),
    "infinite.csv": (b"1,2\n1,inf\n", "line 2, column 2", "it is infinite"),
    "line-break.csv": (b'a,b\n"1\n2",3\n', "line 2: a quoted cell goes on in the next line"),
    "stray-quote.csv": (b'a,b\n"1"2"",3\n', "line 2", "quotation marks"),
    "sep.csv": (b"sep=;\na;b\n1;2\n", "line 1: 'sep=;' is an instruction to a spreadsheet; delete"),
    "comment.csv": (b"# made by me\n1,2\n", "line 1: '# made by me' is a comment; delete"),
    "comment-inside.txt": (b"1 2\n% half\n3 4\n", "line 2: '% half' is a comment"),
    "control-z.csv": (b"1,2\n3,4\n\x1a", "line 3 has a Ctrl-Z"),
    "zeros.csv": (b"1,2\n3,\x004\n", "line 2 has a zero byte"),
    "next-line.csv": ("1,2\x853,4\x855,6".encode(), "line 1 has a line separator U+0085; end the lines with"),
    "separator.csv": ("1,2\u20283,4\u20285,6".encode(), "line 1 has a line separator U+2028; end the lines with"),
    "paragraphs.csv": ("a,b\n1,2\u20293,4".encode(), "line 2 has a line separator U+2029"),
    "first-cell.csv": (b",1.5,2\n3,3.5,1\n", "line 1, column 1 is empty", "or give --header, if line 1 has names"),
    "utf16.csv": ("1,2\n".encode("utf-16"), "the text is UTF-16, not UTF-8"),
    "utf16-plain.csv": ("1,2\n".encode("utf-16-le"), "line 1 has a zero byte, so this is UTF-16"),
    "latin1.csv": ("größe,b\n1,2\n".encode("latin-1"), "line 1: byte 0xf6 is not UTF-8"),
    "sheet.xlsx": (b"PK\x03\x04", "a spreadsheet cannot be read; save the table as .csv"),
    "sheet.XLS": (b"\xd0\xcf\x11\xe0", "a spreadsheet cannot be read; save the table as .csv"),
    "renamed.csv": (b"PK\x03\x04....", "this is a spreadsheet or an archive, whatever its name"),
    "table.docx": (b"1,2\n", "not a .csv"),
    "table.gz": (b"1,2\n", "not a .csv"),
    "cut.csv.gz": (gzip.compress(b"1,2\n")[:-9], "damaged or cut off"),
    "short.csv": (b"a,b,c\n1,2\n", "line 2 has 2 columns where the first has 3"),
    "no-header.csv": (b"1,x\n3,4\n", "line 1, column 2: 'x'", "or give --header, if line 1 has names"),
    "flat.npy": (npy([1, 2]), "holds int64 of the shape (2,)", "two-dimensional"),
    "text.npy": (npy([["a"]]), "two-dimensional"),
    "two.npz": (npz(x=[[1]], y=[2]), "the archive holds 2 arrays (x, y); save one alone"),
    "none.npz": (npz(), "the archive holds 0 arrays"),
    "damaged.npz": (b"PK\x03\x04 and so on", "not a NumPy archive"),
    "plain.npz": (npy([[1]]), "not a NumPy archive"),
    "damaged.parquet": (b"PAR1", "damaged.parquet"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(tmp_path, name):
    data, rows = ACCEPTED[name]
    (tmp_path / name).write_bytes(data)
    table = read_source(str(tmp_path / name))
    assert [list(row) for row in table.x] == [[Fraction(value) for value in row] for row in rows]
    assert table.notes == ()
    assert len(table.columns) == len(rows[0])


@pytest.mark.parametrize("name", REFUSED)
def test_refused(multilayer_both_ways, tmp_path, name):
    data, *parts = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    outcome = multilayer_both_ways("count", name)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith(f"multilayer: {name}: ")
    assert len(outcome.err) < 250
    for part in parts:
        assert part in outcome.err
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["d.csv", "d.npy", "d.npz", "d.parquet"])
def test_a_folder_is_no_table(multilayer, tmp_path, name):
    (tmp_path / name).mkdir()
    outcome = multilayer("count", name)
    assert (outcome.status, outcome.err) == (2, f"multilayer: {name}: cannot be read: Is a directory\n")


def test_names_in_reports_and_files_are_without_endings(multilayer, tmp_path):
    (tmp_path / "few.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n-1,1\n"))
    outcome = multilayer("solve", "few.csv.gz", "--width", "Unlimited", "--beta", "1", "--loss", "Squared")
    assert outcome.status == 0
    assert sorted(os.listdir(tmp_path)) == ["few.certificate.json", "few.csv.gz", "few.network.json"]
    assert ["loss", "squared"] in [line.split() for line in outcome.out.splitlines()]


@pytest.mark.parametrize(
    "options",
    [
        ["count", "BRAID:3"],
        ["count", "braid:3", "--engine", "RAYS"],
        ["solve", "t.csv", "--width", "1", "--beta", "1", "--loss", "HUBER:0.5"],
        ["solve", "t.csv", "--width", "UNLIMITED", "--beta", "1"],
        ["depth", "t.csv", "--betas", "1", "--widths", "1,Unlimited", "--loss", "Squared"],
    ],
    ids=" ".join,
)
def test_values_of_options_in_any_case(multilayer, tmp_path, options):
    (tmp_path / "t.csv").write_text("a,y\n1,1\n-1,1\n")
    assert multilayer(*options).status == 0


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not here")
def test_published_tables():
    for path in PUBLISHED.glob("*.csv"):
        plain, trained = read_source(str(path)), read_source(str(path), last_is_target=True)
        assert plain.notes == (f"{path}: column 'class' is data; --target class makes it the target",)
        assert (trained.notes, trained.target) == ((), "class")
        assert len(trained.columns) == len(plain.columns) - 1
        assert set(trained.targets[0].values) <= set(range(6))


def test_parquet(tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame({"a": [0.5, 2], "n": [3, -1], "text": ["1/3", "0.1"], "sure": [True, False]})
    frame.index = pandas.Index([7, 3], name="id")
    path = tmp_path / "t.PARQUET"
    frame.assign(label=["x", "y"]).to_parquet(path)
    table = read_source(str(path))
    assert [list(row) for row in table.x] == [
        [Fraction(1, 2), 3, Fraction(1, 3), 1],
        [2, -1, Fraction(1, 10), 0],
    ]
    assert (table.columns, table.target) == (("a", "n", "text", "sure"), "label")
    assert table.targets[0].values == ("x", "y")
    assert table.notes == (f"{path}: column 6 labels the rows: it is left out (--target 6 keeps it)",)
    frame.assign(hole=[1, None]).to_parquet(path)
    with pytest.raises(InputError, match="row 2, column 5 is empty; fill it in"):
        read_source(str(path))


def test_parquet_without_pyarrow(multilayer, tmp_path, monkeypatch):
    (tmp_path / "t.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    outcome = multilayer("count", "t.parquet")
    assert outcome.status == 2
    assert 'pip install ".[scale]" in a clone of the project' in outcome.err


@pytest.mark.parametrize(
    ("arguments", "data", "status", "said"),
    [
        (["count", "-", "--json"], b"a;b;kind\n1;2;x\n3;4;y\n", 0, ""),
        (["count", "-", "--json"], gzip.compress(b"0,1\n0.5,2\n"), 0, "standard input: line 1 (0,1) was read as names"),
        (["count", "-"], b"a;b\n1,5;2\n", 2, "multilayer: standard input: line 2, column 1: '1,5' is not"),
        (["count", "-", "--drop", "c"], b"a,b\n1,2\n", 2, "multilayer: no column 'c'"),
    ],
    ids=["labels", "packed", "decimal comma", "drop"],
)  # fmt: skip
def test_in_a_process_of_its_own(tmp_path, arguments, data, status, said):
    command = [sys.executable, "-m", "multilayer", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == status
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == bool(said)
    assert b"Traceback" not in done.stderr
    assert bool(done.stdout) == (status == 0)
