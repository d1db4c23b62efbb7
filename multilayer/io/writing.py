"""Writing files of the command line, and asking beforehand whether they can be written."""

import json
import os
from pathlib import Path

from arrangements.errors import InputError
from arrangements.writing import is_special, replacing


def write_json(path: Path, content: object) -> None:
    """Write one JSON value."""
    with replacing(path) as file:
        json.dump(content, file, indent=1)
        file.write("\n")


def path_beside(path: Path, other: Path) -> str:
    """Write the path of another file, seen from the folder of the first, so that both can move together.

    Example:
        >>> path_beside(Path("out/network.json"), Path("out/proofs/c.json"))
        'proofs/c.json'
    """
    return Path(os.path.relpath(other, path.parent)).as_posix()


def check_writable(path: Path) -> None:
    """Check that a file can be written, before the work is done.

    Raises:
        InputError: the folder is missing or closed, or the path is a folder.
    """
    if path.is_dir():
        raise InputError(f"{path}: cannot be written: it is a folder")
    if is_special(path):
        if not os.access(path, os.W_OK):
            raise InputError(f"{path}: cannot be written: no permission")
        return
    if not path.parent.is_dir():
        raise InputError(f"{path}: cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"{path}: cannot be written: no permission in {path.parent}")
