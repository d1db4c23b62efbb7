"""Writing files: beside the target first, then renamed, so that no half-written file is ever left."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from arrangements.errors import InputError


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open a temporary file that replaces `path` when the block ends, and is removed if the block fails.

    A device or a pipe is not replaced, but written to.

    Raises:
        InputError: the place cannot be written.
    """
    text = "b" not in mode
    form: dict[str, Any] = {"encoding": "utf-8", "newline": ""} if text else {}
    # the name is known before the file is there, so that no signal comes between the file and its removal
    beside = path.parent / f".{path.name}.{token_hex(4)}"
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a directory")
        if _is_special(path):
            with path.open(mode, **form) as file:
                yield file
            return
        with beside.open(mode.replace("w", "x"), **form) as file:
            yield file
        os.replace(beside, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


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
    if _is_special(path):
        if not os.access(path, os.W_OK):
            raise InputError(f"{path}: cannot be written: no permission")
        return
    if not path.parent.is_dir():
        raise InputError(f"{path}: cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"{path}: cannot be written: no permission in {path.parent}")
