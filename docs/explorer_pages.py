"""The explorer's pages that the lessons link to, each with the address of the state in which a lesson opens it.

The text behind the # of an address is "v1.CHECK.DATA": base64url of the state as JSON, and its 32-bit FNV-1a hash in
base 36 (docs/howto/explorer.md).
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from convex import Problem, certificate_json, solve
from multilayer.explorer.contents import Content, arrangement_content
from multilayer.io.tables import Table, read_source
from multilayer.pipeline.explorer import certificate_page_content, write_page

PICTURES = (
    *("over-beta", "certificate", "certified-function", "activity", "complex", "weights", "lines", "affine"),
    *("sphere", "disc", "data-plane", "second-layer", "bent-line", "fold", "second-counts", "zonotope", "graph"),
    *("table", "tree"),
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Opened(NamedTuple):
    """A page, the pictures that are shown, and chosen neurons: the signs of a region with an output sign."""

    content: Content
    shown: tuple[str, ...]
    neurons: tuple[tuple[str, int], ...] = ()


def pages() -> Mapping[str, Opened]:
    """All pages by name."""
    teacher, xor = read_source("teacher", "label"), read_source("xor", "xor")
    rows, offsets = ((1, 0), (0, 1), (1, 1), (1, -2)), (0, 0, 2, 1)
    lines = arrangement_content(Table("four lines", rows, offsets, columns=("a", "b")))
    neurons = (("\N{MINUS SIGN}++++" + 3 * "\N{MINUS SIGN}", 1), ("+++" + 4 * "\N{MINUS SIGN}" + "+", -1))
    return {
        "lines": Opened(lines, ("affine", "table")),
        "deletion": Opened(lines, ("affine", "tree")),
        "masks": Opened(arrangement_content(xor), ("disc", "data-plane", "table")),
        "bends": Opened(arrangement_content(teacher), ("lines", "second-layer", "bent-line", "fold"), neurons=neurons),
        "proof": Opened(_certified(teacher), ("certificate", "certified-function", "activity")),
        "counting": Opened(arrangement_content(read_source("braid:4")), ("disc", "zonotope", "graph", "tree")),
    }


def write_pages(folder: Path) -> None:
    """Write each page, and beside it NAME-lesson.html, which opens it in the state of the lesson."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, opened in pages().items():
        write_page(opened.content, folder / f"{name}.html")
        target = f"{name}.html#{fragment(state(opened))}"
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
            f'<meta http-equiv="refresh" content="0; url={target}"></head>'
            f'<body><a href="{target}">{name}</a></body></html>\n'
        )
        (folder / f"{name}-lesson.html").write_text(page, encoding="utf-8")


def state(opened: Opened) -> Mapping[str, Any]:
    """The state in which a page is opened."""
    content = opened.content
    offsets = content["offsets"] or [None] * len(content["rows"])
    targets = content.get("targets") or []
    rows = [
        {"entries": row, "offset": offset, "on": True, "name": str(i + 1), "targets": [t["values"][i] for t in targets]}
        for i, (row, offset) in enumerate(zip(content["rows"], offsets, strict=True))
    ]
    return {
        "columns": content["columns"],
        "affine": content["affine"],
        "bias": content["bias"],
        "targetNames": [target["name"] for target in targets],
        "rows": rows,
        "marked": None,
        "neurons": [{"key": key, "output": output} for key, output in opened.neurons],
        "hidden": [name for name in PICTURES if name not in opened.shown],
        "theme": "auto",
        "camera": None,
        "cell": None,
        "slice": None,
        "output": 0,
        "layers": None,
    }


def fragment(value: Mapping[str, Any]) -> str:
    """What stands behind the # of an address.

    Example:
        >>> fragment({"a": 1})
        'v1.ml94pw.eyJhIjoxfQ'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    check = 0x811C9DC5
    for letter in data:
        check = (check ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return f"v1.{_base_36(check)}.{data}"


def _base_36(number: int) -> str:
    return (_base_36(number // 36) if number >= 36 else "") + _DIGITS[number % 36]


def _certified(table: Table) -> Content:
    """The page of the certified optimum of width 2 at beta 0.1."""
    problem = Problem.read(table.x, table.targets[0].values, "0.1")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "teacher.certificate.json"
        path.write_text(json.dumps(certificate_json([solve(problem, 2)], "multilayer-arrangements")), encoding="utf-8")
        return certificate_page_content(path, 1000)
