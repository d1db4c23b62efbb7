"""Run the command line: inside the test process, as the console script does, or in a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

import pytest

from multilayer.cli import main


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def multilayer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path) -> Callable[..., Outcome]:
    """Call `multilayer ARGS` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["multilayer", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(params=["inside", pytest.param("own process", marks=pytest.mark.slow)])
def multilayer_both_ways(request, multilayer, tmp_path) -> Callable[..., Outcome]:
    """As `multilayer`; slow tests start a new process for each call, so that nothing is caught by the test process."""

    def run(*arguments: object, stdin: bytes = b"") -> Outcome:
        command = [sys.executable, "-m", "multilayer", *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=tmp_path, check=False, timeout=100)
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return multilayer if request.param == "inside" else run
