"""Which files a command reads and writes: nothing that is read is written, and no two outputs are one file."""

import os
import stat
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from arrangements.errors import InputError


def check_distinct(reads: Mapping[str, Path], writes: Mapping[str, Path]) -> None:
    """Refuse outputs that are one file with an input, another output or standard output, by any spelling or link.

    Args:
        reads: paths that are read, by what they are called in messages.
        writes: paths that will be written, likewise.

    Raises:
        InputError: with both names and the path.

    Example:
        >>> check_distinct({}, {"--network": Path("f.json"), "--certificate": Path("./f.json")})
        Traceback (most recent call last):
        arrangements.errors.InputError: --network and --certificate are one file, f.json; give each a path of its own
    """
    for name, path in writes.items():
        if _is_standard_output(path):
            raise InputError(f"{name} {path} is standard output, where the report goes; give {name} another path")
    for (first, path), (second, other) in combinations(writes.items(), 2):
        if _same(path, other):
            raise InputError(f"{first} and {second} are one file, {path}; give each a path of its own")
    for name, path in writes.items():
        for source, read in reads.items():
            if _same(path, read):
                raise InputError(f"{name} {path} is {source}, which is read; give {name} another path")


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, there already or not yet."""
    try:
        if one.samefile(other):
            return True
    except OSError:  # one of them is not there yet
        pass
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError):  # links in a circle: whoever opens it says so
        return False


def _is_standard_output(path: Path) -> bool:
    """Whether standard output is a file, and this one."""
    try:
        out = os.fstat(1)
        return stat.S_ISREG(out.st_mode) and os.path.samestat(out, path.stat())
    except OSError:  # standard output is closed, or the path is not there yet
        return False
