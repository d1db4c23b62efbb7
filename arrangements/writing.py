"""Writing a file beside its place first, then renaming it, so that no half-written file is ever left."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from arrangements.errors import InputError


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open a temporary file that replaces `path` when the block ends, and is removed if the block fails.

    A device or a pipe is not replaced, but written to. What replaces a file has its permissions.

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
        if is_special(path):
            with path.open(mode, **form) as file:
                yield file
            return
        with beside.open(mode.replace("w", "x"), **form) as file:
            if path.exists():
                beside.chmod(stat.S_IMODE(path.stat().st_mode))  # before anything is in it
            yield file
        os.replace(beside, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def is_special(path: Path) -> bool:
    """Whether this is a device or a pipe, which can be written to but not replaced."""
    return path.exists() and not path.is_file()
