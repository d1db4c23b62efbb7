"""Every example of docs/howto/paths.md, run as a program or a command of its own, does what the page says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
PAGE = (HERE / "docs" / "howto" / "paths.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line[2:].split() for line in PAGE.splitlines() if line.startswith("$ multilayer ")]


def test_there_are_examples():
    assert (len(PROGRAMS), len(COMMANDS)) == (2, 2)


@pytest.mark.parametrize(("program", "printed"), PROGRAMS, ids=range(len(PROGRAMS)))
def test_programs(program, printed, tmp_path):
    if "estimators" in program:
        pytest.importorskip("sklearn")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (run.stdout, run.stderr) == (printed, "")


def test_commands(multilayer, tmp_path):
    pytest.importorskip("matplotlib")
    (tmp_path / "multilayer").mkdir()
    (tmp_path / "multilayer" / "data").symlink_to(HERE / "multilayer" / "data")
    said = [multilayer(*command[1:]) for command in COMMANDS]
    assert [outcome.status for outcome in said] == [0, 0], said[0].err
    assert "every beta from 1/1000 to 1" in said[1].out
    assert (tmp_path / "teacher.svg").is_file()
