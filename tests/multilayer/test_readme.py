"""What the README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text()
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("example", range(len(EXAMPLES)))
def test_python_examples(capsys, example):
    code, printed = EXAMPLES[example]
    exec(compile(code, "README.md", "exec"), {})
    *found, lower, upper = capsys.readouterr().out.split()
    *shown, shown_lower, shown_upper = printed.split()
    assert found == shown
    for number, expected in ((lower, shown_lower), (upper, shown_upper)):  # solvers may differ in the last digits
        assert abs(float(number) - float(expected)) < 1e-9
    # but what is proven of one optimum must meet
    assert float(lower) <= float(shown_upper)
    assert float(shown_lower) <= float(upper)


def test_every_python_block_is_shown_with_what_it_prints():
    assert len(EXAMPLES) == README.count("```python") >= 1


def test_first_screen(multilayer):
    shown = dict(re.findall(r"^(upper|lower|status|about:) +(.+)$", README, re.MULTILINE))
    outcome = multilayer("solve", "galileo", "--width", 2, "--beta", "0.001")
    found = dict(line.split(maxsplit=1) for line in outcome.out.splitlines())
    assert shown["status"] == found["status"] == "optimal"
    assert shown["upper"][:12] == found["upper"][:12]
    assert shown["lower"][:11] == found["lower"][:11]
    assert f"about: {shown['about:']}" in multilayer("verify", "galileo.certificate.json").out


@pytest.mark.slow
@pytest.mark.parametrize("example", range(len(EXAMPLES)))
def test_types_are_complete_for_users(example, tmp_path):
    """In a folder of its own, where the packages are an installed library."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    (tmp_path / "user.py").write_text(EXAMPLES[example][0])
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "user.py"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
