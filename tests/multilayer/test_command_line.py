"""The command line as a whole: one file a command, help that loads nothing, settings left as they were."""

import subprocess
import sys
from pathlib import Path

import pytest

import multilayer.cli.commands
from multilayer.cli.entry import COMMANDS

HEAVY = {"numpy", "scipy", "sympy", "numba", "cvxpy", "networkx", "highspy", "flint", "rich", "z3", "matplotlib"}
FOLDER = Path(multilayer.cli.commands.__file__).parent


def test_every_command_has_a_file_and_every_file_a_command():
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(multilayer, command):
    outcome = multilayer(command, "--help")
    assert outcome.status == 0
    assert f" {command} [OPTIONS]" in outcome.out.splitlines()[0]


def test_help_names_engines_and_families(multilayer):
    text = multilayer("count", "--help").out
    assert "[auto|sweep|rays|lp]" in text
    assert all(name in text for name in ("braid", "semiorder", "moment"))


def test_help_loads_nothing_heavy():
    code = "import sys\nfrom multilayer.cli import main\nsys.argv = ['multilayer', '--help']\n"
    code += f"try:\n    main()\nexcept SystemExit:\n    print({HEAVY!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_long_integers_are_printed_and_the_interpreter_is_left_as_it_was(multilayer):
    found, before = sys.get_int_max_str_digits(), 4300
    sys.set_int_max_str_digits(before)
    outcome = multilayer("bounds", "--rows", "20000", "--rank", "2", "--width", "2", "--json")
    assert outcome.status == 0
    assert max(map(len, outcome.out.split())) > before
    assert sys.get_int_max_str_digits() == before
    sys.set_int_max_str_digits(found)
