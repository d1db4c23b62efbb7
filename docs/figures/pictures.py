"""Draw the pictures of docs/howto/pictures.md: run each of its examples, and write the figure to the file it names."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from multilayer.figures.drawing import save

PAGE = Path(__file__).parents[1] / "howto" / "pictures.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n.*?```\n\n!\[.*?\]\((.*?)\)", re.DOTALL)


def figures():
    """Yield the file and the figure of every example of the page."""
    for code, path in EXAMPLE.findall(PAGE.read_text()):
        names = {}
        with redirect_stdout(StringIO()):
            exec(compile(code, path, "exec"), names)
        yield PAGE.parent / path, names["figure"]


if __name__ == "__main__":
    for path, figure in figures():
        save(path, figure)
        print(path)
