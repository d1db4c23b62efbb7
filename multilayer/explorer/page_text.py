"""The page as one text: its modules, styles and content in the template, with nothing left to fetch.

Every JavaScript module stays as it is in the folder `page/`. An import map gives each its name, the path without the
ending, as a data: address; so the modules need no bundler, and the page no server. The template forbids all network
access.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from multilayer.io.templates import filled

_FOLDERS = ("core", "model", "views", "ui")
_STYLES = ("style.css", "networks.css")


def page_text(content: Mapping[str, Any], title: str) -> str:
    r"""Make the page of a content.

    Args:
        content: what the page shows, as JSON; see `multilayer.explorer.contents`.
        title: the name in the head of the page.

    Example:
        >>> text = page_text({"kind": "arrangement", "name": "</script>", "rows": []}, "a < b")
        >>> "<title>a &lt; b" in text, "</script>\"" in text
        (True, False)
    """
    folder = files("multilayer.explorer") / "page"
    parts = {
        "TITLE": _escaped(title),
        "STYLE": "\n".join(_text(folder / name) for name in _STYLES),
        "IMPORTS": json.dumps({"imports": _modules(folder)}),
        "CONTENT": _inside_script(json.dumps(content)),
    }
    return filled(_text(folder / "index.html"), parts)


def _modules(folder: Traversable) -> dict[str, str]:
    """The address of every module, by its name."""
    found = {"app": folder / "app.js"}
    for name in _FOLDERS:
        found.update(_modules_in(folder / name, name))
    return {name: _address(_text(file)) for name, file in sorted(found.items())}


def _modules_in(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """The modules of a folder and of those in it, with their names."""
    for file in folder.iterdir():
        if file.is_dir():
            yield from _modules_in(file, f"{name}/{file.name}")
        elif file.name.endswith(".js"):
            yield f"{name}/{file.name.removesuffix('.js')}", file


def _address(code: str) -> str:
    return "data:text/javascript;base64," + base64.b64encode(code.encode()).decode()


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inside_script(text: str) -> str:
    """JSON that cannot end the script element that holds it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
