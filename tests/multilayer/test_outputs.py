"""Nothing that is read is overwritten, no two outputs are one file; devices and pipes as outputs."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from arrangements import InputError, family, iter_regions
from arrangements.cells import CellBlock
from arrangements.exact.packed_bits import packed
from multilayer.io.cell_files import write_regions
from multilayer.io.growing_arrays import growing_arrays
from multilayer.io.paths import check_distinct

TABLE = "a,b,y\n1,2,1\n3,-1,0\n"
SPELLINGS = ["t.csv", "./t.csv", "sub/../t.csv", "symbolic.csv", "hard.csv"]
WRITERS = {
    "enumerate": ["enumerate", "{}", "--output", "t.csv"],
    "count": ["count", "{}", "--certificate", "t.csv"],
    "certificate": ["solve", "{}", "--width", "1", "--beta", "1", "--certificate", "t.csv"],
    "network": ["solve", "{}", "--width", "1", "--beta", "1", "--network", "t.csv"],
    "sample": ["solve", "{}", "--width", "1", "--beta", "1", "--sample", "3", "--network", "t.csv"],
    "depth": ["depth", "{}", "--figure", "t.csv"],
}


@pytest.fixture
def linked(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "sub").mkdir()
    (tmp_path / "symbolic.csv").symlink_to("t.csv")
    os.link(tmp_path / "t.csv", tmp_path / "hard.csv")
    return tmp_path


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("command", WRITERS)
def test_an_output_is_no_input(multilayer, linked, command, spelling):
    outcome = multilayer(*(part.format(spelling) for part in WRITERS[command]))
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert f"t.csv is SOURCE {spelling}, which is read" in outcome.err
    assert (linked / "t.csv").read_text() == TABLE


@pytest.mark.parametrize("other", ["f.json", "./f.json", "sub/../f.json", "link.json"])
def test_two_outputs_are_two_files(multilayer, linked, other):
    (linked / "link.json").symlink_to("f.json")
    outcome = multilayer(
        "solve", "t.csv", "--width", "1", "--beta", "1", "--network", "f.json", "--certificate", other
    )  # fmt: skip
    assert (outcome.status, outcome.out) == (2, "")
    assert "--certificate and --network are one file" in outcome.err
    assert not (linked / "f.json").exists()


def test_distinct_files_are_no_error(tmp_path):
    (tmp_path / "a").touch()
    check_distinct({"SOURCE": tmp_path / "a"}, {"--output": tmp_path / "b", "--network": tmp_path / "c"})


def run(*arguments, cwd, **streams):
    command = [sys.executable, "-m", "multilayer", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, stderr=subprocess.PIPE, text=True, check=False, **streams)


@pytest.mark.parametrize(
    "arguments",
    [
        ["enumerate", "loop.csv", "--output", "x.csv"],
        ["count", "t.csv", "--certificate", "loop.csv/x.json"],
        ["explore", "loop.csv", "--output", "x.html"],
        ["solve", "t.csv", "--width", "1", "--beta", "1", "--resume", "loop.csv"],
    ],
)
def test_links_in_a_circle(multilayer, linked, arguments):
    (linked / "loop.csv").symlink_to("loop.csv")
    outcome = multilayer(*arguments)
    assert outcome.status == 2
    assert outcome.err.startswith("multilayer: ")
    assert outcome.err.count("\n") == 1
    assert not (linked / "x.csv").exists()


@pytest.mark.parametrize("arguments", [["xor", "--output", "xor/"], ["braid:3", "--output", "braid:3/"]])
def test_a_folder_may_have_the_name_of_a_family_or_of_a_table_of_the_package(multilayer, arguments):
    for again in ([], ["--resume"]):
        assert multilayer("enumerate", *arguments, *again).status == 0
    assert multilayer("count", arguments[0]).status == 0


def test_a_loss_too_large_for_a_float(multilayer, tmp_path):
    (tmp_path / "huge.csv").write_text("a,b,y\n1,2,1e400\n3,-1,0\n")
    assert multilayer("solve", "t.csv", "--width", "1", "--beta", "1").status == 2  # there is no t.csv
    (tmp_path / "t.csv").write_text(TABLE)
    assert multilayer("solve", "t.csv", "--width", "1", "--beta", "1").status == 0
    found = multilayer("predict", "t.network.json", "huge.csv", "--output", "o.csv", "--json")
    report = json.loads(found.out)
    assert (found.status, report["loss_value"]) == (0, None)
    assert int(report["loss_exact"].partition("/")[0]) > 10**700


def test_standard_input_is_an_input(linked):
    with (linked / "t.csv").open() as stdin:
        done = run("enumerate", "-", "--output", "hard.csv", cwd=linked, stdin=stdin)
    assert done.returncode == 2
    assert done.stderr == "multilayer: --output hard.csv is standard input, which is read; give --output another path\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
@pytest.mark.parametrize("arguments", [[], ["--help"], ["count", "--help"], ["count", "braid:4"], ["--version"]])
def test_a_full_device(tmp_path, arguments):
    with open("/dev/full", "w") as full:
        done = run(*arguments, cwd=tmp_path, stdout=full)
    assert (done.returncode, done.stderr) == (2, "multilayer: standard output: No space left on device\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced(multilayer):
    outcome = multilayer("count", "braid:4", "--certificate", "/dev/full")
    assert outcome.status == 2
    assert outcome.err == "multilayer: /dev/full: cannot be written: No space left on device\n"
    assert not os.path.isfile("/dev/full")


@pytest.mark.parametrize("arguments", [[], ["count", "braid:4", "--json"], ["verify", "t.csv"]])
def test_a_closed_pipe_is_silence(linked, arguments):
    """The status is that of programs which SIGPIPE ends: a verdict that nobody could read is no success."""
    reader, writer = os.pipe()
    os.close(reader)
    done = run(*arguments, cwd=linked, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_closed_standard_error_stops_nothing(tmp_path):
    with open("/dev/full" if os.path.exists("/dev/full") else os.devnull, "w") as full:
        command = [sys.executable, "-m", "multilayer", "enumerate", "threshold:5", "--output", "t.npz", "--json"]
        done = subprocess.run(command, cwd=tmp_path, stderr=full, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0
    assert (tmp_path / "t.npz").exists()


def test_help_without_a_command(multilayer):
    outcome = multilayer()
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == multilayer("--help").out
    assert outcome.out.count("\n") > 15


def test_names_in_any_case(multilayer):
    small, large = (
        multilayer("count", "braid:4", "--engine", "lp", "--json"),
        multilayer("COUNT", "Braid:4", "--ENGINE", "LP", "--JSON"),
    )
    assert small.out.split("seconds")[0] == large.out.split("seconds")[0]
    assert multilayer("count", "braid:4", "--Engine", "RAYS", "--layer", "1").status == 0
    assert multilayer("enumerate", "braid:3", "--output", "OUT.CSV").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["growth", "--rank", "2", "--width", "1", "--rows", "3", "--seed", "-1"],
        ["solve", "braid:3", "--width", "1", "--beta", "1", "--sample", "3", "--seed", "-1"],
        ["count", "random:3,2,-1"],
    ],
)
def test_a_negative_seed(multilayer, arguments):
    outcome = multilayer(*arguments)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "-1" in outcome.err


FILES = {
    "empty.json": (b"", "is empty"),
    "t.csv": (TABLE.encode(), "is text, as tables are"),
    "x.npz": (b"PK\x03\x04rest", "is a zip archive"),
    "x.npy": (b"\x93NUMPY\x01\x00", "is a NumPy array"),
    "x.gz": (b"\x1f\x8b\x08\x00", "is damaged, and cannot be unpacked"),
    "x.bin": (b"\x00\x01\x02", "is binary data"),
    "other.json": (b'{"a": 1}', "is JSON without the field format"),
    "list.json": (b"[1]", "is JSON, but no object"),
    "deep.json": (b"[" * 100_000, "is JSON nested too deeply"),
    "cut.json": (b'{"format": "multilayer-arr', "it is no JSON"),
    "half.json": (b'{"format": "multilayer-arrangements/regions", "version": 3}', "exactly the fields"),
    "version.json": (b'{"format": "multilayer-arrangements/regions"}', "version: None is not 1 or 3"),
}


@pytest.mark.parametrize("name", FILES)
def test_verify_says_what_is_no_certificate(multilayer, tmp_path, name):
    data, reason = FILES[name]
    (tmp_path / name).write_bytes(data)
    outcome = multilayer("verify", name)
    assert (outcome.status, outcome.err, outcome.out.count("\n")) == (3, "", 1)
    assert reason in outcome.out


def blocks(cells, size):
    listed = list(cells)
    for first in range(0, len(listed), size):
        part = listed[first : first + size]
        signs = np.array([cell.signs for cell in part])
        yield CellBlock(packed(signs > 0), np.array([cell.witness for cell in part]), signs.shape[1])


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_arrays_grow_on_disk(tmp_path, size):
    cells = list(iter_regions(family("threshold:3")))
    assert write_regions(tmp_path / "r.npz", blocks(cells, size), 8, 4) == 104
    with np.load(tmp_path / "r.npz") as found:
        assert found["signs"].dtype, found["witness"].dtype == (np.int8, np.int64)
        assert list(map(tuple, found["signs"].tolist())) == [cell.signs for cell in cells]
        assert list(map(tuple, found["witness"].tolist())) == [cell.witness for cell in cells]
    assert os.listdir(tmp_path) == ["r.npz"]


def test_integers_become_text_where_64_bits_do_not_hold_them(tmp_path):
    with growing_arrays(tmp_path / "w.npz", {"w": ((2, 1), False), "none": ((3,), True)}) as arrays:
        arrays["w"].add(np.array([[[-12345678], [2]]]))
        arrays["w"].add(np.array([[[1], [10**30]], [[3], [4]]], object))
        arrays["w"].add(np.array([[[5], [6]]]))
        assert len(arrays["w"]) == 4
    with np.load(tmp_path / "w.npz") as found:
        assert found["w"].reshape(4, 2).tolist() == [["-12345678", "2"], ["1", str(10**30)], ["3", "4"], ["5", "6"]]
        assert found["w"].shape == (4, 2, 1)
        assert found["none"].shape == (0, 3)


def test_a_failure_leaves_no_array(tmp_path):
    def fail():
        with growing_arrays(tmp_path / "w.npz", {"w": ((1,), False)}) as arrays:
            arrays["w"].add(np.array([[1]]))
            raise InputError("no")

    with pytest.raises(InputError):
        fail()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("output", ["t.csv", "./t.csv", "hard.csv", "symbolic.csv"])
def test_a_prediction_does_not_overwrite_its_table(linked, output):
    (linked / "net.json").write_text('{"layers": [{"weights": [[1, 2]], "biases": [0]}]}')
    with (linked / "t.csv").open() as stdin:
        done = run("predict", "net.json", "-", "--target", "y", "--output", output, cwd=linked, stdin=stdin)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"--output {os.path.normpath(output)} is standard input, which is read" in done.stderr
    assert (linked / "t.csv").read_text() == TABLE


@pytest.mark.parametrize("value", ["", "-"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["predict", "t.csv"],
        ["count", "t.csv", "--certificate"],
        ["enumerate", "t.csv", "--output"],
        ["growth", "--rank", "2", "--width", "1", "--rows", "4", "--figure"],
        ["depth", "t.csv", "--figure"],
        *(
            ["solve", "t.csv", "--width", "1", "--beta", "1", option]
            for option in ("--certificate", "--network", "--resume", "--start")
        ),
    ],
)
def test_a_file_has_a_name(multilayer, linked, arguments, value):
    """Only SOURCE may be "-", standard input."""
    if arguments[0] == "predict":
        arguments, value = ["predict", value], "t.csv"
    (linked / "-").write_text("{}")
    outcome = multilayer(*arguments, value)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "give the path of a file" in outcome.err
    assert (linked / "-").read_text() == "{}"
    assert {path.name for path in linked.iterdir()} == {"-", "t.csv", "sub", "symbolic.csv", "hard.csv"}


@pytest.mark.parametrize("output", ["report", "/dev/stdout"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["count", "braid:3", "--json", "--certificate"],
        ["solve", "t.csv", "--width", "1", "--beta", "1", "--network"],
        ["growth", "--rank", "2", "--width", "1", "--rows", "4", "--figure"],
    ],
)
def test_a_report_is_not_lost_in_an_output(linked, arguments, output):
    with (linked / "report").open("w") as stdout:
        done = run(*arguments, output, cwd=linked, stdout=stdout)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"{arguments[-1]} {output} is standard output, where the report goes" in done.stderr


def test_a_report_may_go_to_a_file_of_its_own(linked):
    with (linked / "report").open("w") as stdout:
        done = run("count", "braid:3", "--certificate", "c.json", cwd=linked, stdout=stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert "regions" in (linked / "report").read_text()
    assert (linked / "c.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="closed with a shell")
@pytest.mark.parametrize("arguments", ["count -", "solve - --width 1 --beta 1", "predict net.json -"])
def test_a_closed_standard_input(linked, arguments):
    (linked / "net.json").write_text('{"layers": [{"weights": [[1, 2]], "biases": [0]}]}')
    command = f'exec "{sys.executable}" -m multilayer {arguments} <&-'
    done = subprocess.run(command, shell=True, cwd=linked, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "multilayer: standard input: cannot be read: it is closed\n"
