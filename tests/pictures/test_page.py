"""The pictures of docs/howto/pictures.md are those that its examples draw."""

import re
import runpy
from collections import Counter
from pathlib import Path

import pytest

from arrangements.pictures import svg_text

pytest.importorskip("matplotlib")

SCRIPT = Path(__file__).parents[2] / "docs" / "figures" / "pictures.py"


def names(text):
    """The names of regions, lines, nodes, edges and labels, and how often each comes; not how letters are drawn."""
    parts = re.findall(r'<g id="([a-z][a-z0-9-]*)"', text)
    return Counter(
        part for part in parts if not part.startswith(("patch", "line2d", "text", "axes", "figure", "matplotlib"))
    )


def test_pictures_are_those_of_the_examples():
    page = (SCRIPT.parents[1] / "howto" / "pictures.md").read_text()
    found = list(runpy.run_path(str(SCRIPT))["figures"]())
    assert len(found) == page.count("```python") == page.count("](../figures/") >= 9
    for path, figure in found:
        drawn = names(svg_text(figure))
        assert names(path.read_text()) == drawn, f"{path.name} is old; run python docs/figures/pictures.py"
        assert len(drawn) >= 2
