"""Draw the pictures of docs/pictures.md: run each of its examples, and write the figure to the file that it names."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from multilayer.figures.drawing import save

DOCS = Path(__file__).parents[1]
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n.*?```\n\n!\[.*?\]\((.*?)\)", re.DOTALL)


def figures():
    """Yield the file and the figure of every example of the page."""
    for code, path in EXAMPLE.findall((DOCS / "pictures.md").read_text()):
        names = {}
        with redirect_stdout(StringIO()):
            exec(compile(code, path, "exec"), names)
        yield DOCS / path, names["figure"]


if __name__ == "__main__":
    for path, figure in figures():
        save(path, figure)
        print(path)
