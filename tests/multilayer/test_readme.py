"""What the README shows is what happens."""

import re
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text()


def test_python_example(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    regions, counts, solution = capsys.readouterr().out.splitlines()
    assert regions == "8"
    assert counts.startswith("SecondLayerCounts(tuples=45")
    assert solution.startswith("optimal 0.09887305898")


def test_first_screen(multilayer):
    data = Path(__file__).parents[2] / "multilayer" / "data" / "galileo.csv"
    shown = dict(re.findall(r"^(upper|lower|status) +(\S+)$", README, re.MULTILINE))
    outcome = multilayer("solve", data, "--width", 2, "--beta", "0.001")
    found = dict(line.split(maxsplit=1) for line in outcome.out.splitlines())
    assert shown["status"] == found["status"] == "optimal"
    assert shown["upper"][:12] == found["upper"][:12]
    assert shown["lower"][:11] == found["lower"][:11]
