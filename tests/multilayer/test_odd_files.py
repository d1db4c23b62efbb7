"""Devices without an end, permissions of what is replaced, line breaks in names, and odd values of options."""

import os
import stat
import subprocess
import sys
import time

import pytest

from multilayer import checker

SOLVE = ["solve", "t.csv", "--width", "1", "--beta", "1"]


@pytest.fixture
def table(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,y\n1,2,1\n3,-1,0\n")
    return tmp_path


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
@pytest.mark.parametrize("arguments", [["verify"], [*SOLVE, "--resume"]])
def test_a_device_without_an_end_is_not_read(multilayer, table, arguments):
    begin = time.monotonic()
    outcome = multilayer(*arguments, "/dev/zero")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "it is a device, which may have no end" in outcome.err
    assert time.monotonic() - begin < 30


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_what_replaces_a_file_has_its_permissions(multilayer, table, mode):
    path = table / "c.json"
    path.write_text("")
    path.chmod(mode)
    assert multilayer("count", "t.csv", "--certificate", "c.json").status == 0
    assert checker.check(path)[0] == "regions"
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("name", ["a\nb.csv", "a\r\nb.csv", "a\u2028b.csv"])
def test_a_line_break_in_a_name_makes_no_second_line(multilayer, name):
    outcome = multilayer("count", name)
    assert (outcome.status, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("arguments", [["count", "t.csv"], ["enumerate", "t.csv", "--output", "o.csv"]])
def test_an_impossible_width_at_layer_1(multilayer, table, arguments):
    outcome = multilayer(*arguments, "--width", "0")
    assert (outcome.status, outcome.out) == (2, "")
    assert "width is 0" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*SOLVE, "--beta", ""], "Invalid value for '--beta': '' lacks a value"),
        ([*SOLVE, "--beta", "nan"], "Invalid value for '--beta': 'nan' lacks a value"),
        ([*SOLVE, "--tolerance", "nan"], "Invalid value for '--tolerance': 'nan' lacks a value"),
        ([*SOLVE, "--width", ""], "Invalid value for '--width': '' lacks a value"),
        ([*SOLVE, "--loss", "huber:"], "Invalid value for '--loss': 'huber:' lacks a value"),
        ([*SOLVE, "--loss", ""], "Invalid value for '--loss': '' lacks a value"),
        ([*SOLVE, "--time", "1e400"], "Invalid value for '--time': inf is no finite number"),
        ([*SOLVE, "--time", "nan"], "Invalid value for '--time': nan is no finite number"),
        (["depth", "t.csv", "--betas", "1,,2"], "Invalid value for '--betas': '1,,2' lacks a value"),
        (["depth", "t.csv", "--widths", "1,"], "Invalid value for '--widths': '1,' lacks a value"),
        (["count", ""], "SOURCE is empty"),
        (["count", "random:3,3,99999999999999999999"], "integers of at most 9 digits each"),
        (["count", "braid:9999999999999"], "integers of at most 9 digits each"),
    ],
)
def test_an_odd_value_is_named_with_its_option(multilayer, table, arguments, words):
    outcome = multilayer(*arguments)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert words in outcome.err
    assert "leave the row out" not in outcome.err


@pytest.mark.parametrize("arguments", [["braid:6"], ["braid:4", "--layer", "2"]])
def test_rays_without_compiled_code_are_refused(tmp_path, arguments):
    command = [sys.executable, "-m", "multilayer", "count", *arguments, "--engine"]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    given = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True, "check": False}
    done = subprocess.run([*command, "rays"], **given)
    assert (done.returncode, done.stdout) == (2, "")
    assert "NUMBA_DISABLE_JIT is set" in done.stderr.splitlines()[-1]
    assert subprocess.run([*command, "lp"], **given).returncode == 0
