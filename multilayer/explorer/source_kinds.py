"""What `multilayer explore` was given, told by the content of the file and not by its name.

JSON is a network or a certificate of an optimum, anything else a table or a family. An ONNX file begins with no mark
of its own, so it is known by its ending.
"""

import json
from pathlib import Path
from typing import Any, Literal

from arrangements.errors import InputError
from arrangements.exact.strict_json import read_json
from multilayer.io.file_kinds import CURVES
from multilayer.io.networks import is_network

Kind = Literal["table", "network", "certificate", "path"]
_CERTIFICATES = "multilayer-arrangements/"
_NEVER_TABLES = (".json", ".jsonl", ".onnx")
_TAKES = "a table, a named family, a network, the certificate of an optimum, or the curves that path wrote"


def source_kind(source: str) -> Kind:
    """Tell a table, a network and a certificate apart.

    Args:
        source: a path, a named family, or "-" for standard input.

    Raises:
        InputError: a network or certificate that is not there, or JSON that no page shows; it says what to give.

    Example:
        >>> source_kind("braid:3"), source_kind("-")
        ('table', 'table')
    """
    path = Path(source)
    if (path / CURVES).is_file():
        return "path"
    if not path.is_file():
        if path.suffix.lower() in _NEVER_TABLES:
            raise InputError(f"{path}: cannot be read: there is no such file")
        if path.is_dir():
            raise InputError(f"{path}: a folder; explore takes {_TAKES}, such as one of those that a path holds")
        return "table"
    if path.suffix.lower() == ".onnx":
        return "network"
    return _kind_of_json(path) if _begins_an_object(path) else "table"


def _begins_an_object(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _kind_of_json(path: Path) -> Kind:
    content = _header(path)
    if is_network(content):
        return "network"
    format_ = content.get("format")
    if not isinstance(format_, str) or not format_.startswith(_CERTIFICATES):
        raise InputError(f"{path}: this JSON is no network and no certificate; explore takes {_TAKES}")
    kind = format_.removeprefix(_CERTIFICATES)
    if kind == "path":
        return "path"
    if kind != "optimum":
        raise InputError(
            f"{path}: a certificate of {kind} proves a count; explore takes {_TAKES}: give the table that it is about"
        )
    return "certificate"


def _header(path: Path) -> dict[str, Any]:
    """The object in the file, or the first line of JSON Lines."""
    try:
        content = read_json(path)
    except InputError:
        with open(path, encoding="utf-8", errors="replace") as file:
            first = file.readline()
        try:
            content = json.loads(first)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or "stream" not in content:
            raise
    return content if isinstance(content, dict) else {}
