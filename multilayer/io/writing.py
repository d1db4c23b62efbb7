"""Writing files: beside the target first, then renamed, so that no half-written file is ever left."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from arrangements.errors import InputError


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open a temporary file that replaces `path` when the block ends, and is removed if the block fails.

    Raises:
        InputError: the place cannot be written.
    """
    text = "b" not in mode
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a directory")
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, mode, encoding="utf-8" if text else None, newline="" if text else None) as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside, 0o666 & ~umask)
        os.replace(beside, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)


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
    if not path.parent.is_dir():
        raise InputError(f"{path}: cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"{path}: cannot be written: no permission in {path.parent}")
