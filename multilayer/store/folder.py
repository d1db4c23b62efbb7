"""The folder of a dataset: what run it belongs to, which parts count, and what is left to do, from the parts alone.

A group of roots is done if its part is there; that part names the groups that it leaves open, which are done if theirs
are, and so on from the groups that the search begins with. Parts that are reached so are the dataset. Any other file
with the name of a part is refused: renamed, so that nobody reads it, and named.

_run.json   what is listed, and how: the same in every part
_lock       held by the run at work, if any
_stop       there while a run is asked to stop
part-*      the parts;  _refused-part-*  what must not be used
"""

import errno
import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from arrangements.errors import InputError, LimitError, shown
from arrangements.parallel.chunks import map_in_order
from multilayer.store.listing import Listing, unfit
from multilayer.store.part_files import FORMAT, VERSION, DamagedPart, Json, Part, flush_folder, part_name, read_part

_RUN, _LOCK, _STOP, _REFUSED = "_run.json", "_lock", "_stop", "_refused-"
_OURS = re.compile(rf"({_REFUSED})?part-[0-9a-f]{{20}}\.parquet(\.[0-9]+)?")  # other programs name files part-*, too
FULL = (errno.ENOSPC, errno.EDQUOT)
UNREACHED = "no other part has left its roots open"
TWICE = "it leaves roots open that are its own, or that another part has left open"


class Survey(NamedTuple):
    """What is in a folder.

    Attributes:
        parts: those that count.
        waiting: groups of roots that no part is there for.
        refused: names of the others, and why they do not count.
    """

    parts: list[Part]
    waiting: list[list[Any]]
    refused: list[tuple[str, str]]

    @property
    def cells(self) -> int:
        """How many cells the parts have."""
        return sum(part.cells for part in self.parts)

    @property
    def size(self) -> int:
        """How many bytes the parts have."""
        return sum(part.size for part in self.parts)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, so that no second run works in it; the lock is gone when the process is, whatever ended it.

    Raises:
        InputError: another run is at work there, or the folder cannot be written.
    """
    with writing_to(folder), (folder / _LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"{folder}: another run is at work in this folder; wait for it, or stop it") from error
        ask_to_go_on(folder)
        yield


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Make an InputError of a folder that cannot be written, a LimitError of a full disk."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise LimitError(f"{folder}: the disk is full; make room, and run the same command again") from error
        raise InputError(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error


def ask_to_stop(folder: Path) -> None:
    """Ask all tasks of the run, on whatever machine, to end soon."""
    with suppress(OSError):
        (folder / _STOP).touch()


def ask_to_go_on(folder: Path) -> None:
    """Take that back."""
    with suppress(OSError):
        (folder / _STOP).unlink(missing_ok=True)


def asked_to_stop(folder: Path) -> bool:
    """Whether tasks are asked to end."""
    return (folder / _STOP).exists()


def part_paths(folder: Path) -> list[Path]:
    """The files that have the name of a part."""
    return sorted(folder.glob("part-*.parquet"))


def begin(folder: Path, run: Json) -> None:
    """Write down which run the folder belongs to, before its first part, unless just that is written there."""
    path = folder / _RUN
    if read_run(folder) != run:
        beside = folder / f".{_RUN}"
        beside.write_text(json.dumps(run, separators=(",", ":")) + "\n")
        beside.replace(path)
        flush_folder(folder)


def read_run(folder: Path) -> Json | None:
    """Read which run the folder belongs to; None if nothing says so.

    Raises:
        InputError: the file that says so is damaged.
    """
    path = folder / _RUN
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever
            raise InputError(f"{path} is no file; delete it, and run the same command again with --resume")
        run = json.loads(path.read_text())
        if (run["format"], run["version"]) != (FORMAT, VERSION):
            found = f"format {shown(run['format'])}, version {shown(run['version'])}"
            raise InputError(f"{path}: {found} is not known here; it takes a newer version of this program")
        return {**run, "run": dict(run["run"].items()), "input": dict(run["input"].items())}
    except FileNotFoundError:
        return None
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: damaged; delete it, and run the same command again with --resume") from error


def clear(folder: Path) -> None:
    """Delete what runs have left in a folder; other files stay."""
    named = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    for path in [*named, *leftovers(folder), folder / _RUN]:
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """Files that were being written when their process ended."""
    return sorted(folder.glob(".part-*.parquet.*"))


def survey(
    folder: Path,
    run: Json,
    listing: Listing,
    read: Callable[[Path], Part] = read_part,
    executor: Executor | None = None,
) -> Survey:
    """Find the parts that count, and the groups of roots that are left to do.

    Args:
        folder: where they are.
        run: what they must belong to.
        listing: what is listed.
        read: reads a part: `read_part`, or `check_part` to look at its checksum as well.
        executor: reads several at once; None for one after the other.
    """
    found: dict[str, Part] = {}
    refused: list[tuple[str, str]] = []
    paths = part_paths(folder.absolute())  # workers may be at work elsewhere
    for path, part in zip(paths, map_in_order(partial(_read, read), paths, executor), strict=True):
        if isinstance(part, str):
            refused.append((path.name, part))
        elif part.run != run:
            refused.append((path.name, f"it belongs to another run ({difference(part.run, run)})"))
        elif part_name(run, part.roots) != path.name:
            refused.append((path.name, "its name is that of other roots"))
        elif (reason := unfit(listing, part)) is not None:
            refused.append((path.name, reason))
        else:
            found[path.name] = part
    while doubled := _opening_twice(found, run, listing.groups):
        for name in doubled:
            del found[name]
            refused.append((name, TWICE))
    parts: list[Part] = []
    waiting: list[list[Any]] = []
    todo = list(listing.groups)
    while todo:
        group = todo.pop()
        reached = found.pop(part_name(run, group), None)
        if reached is None:
            waiting.append(group)
        else:
            parts.append(reached)
            todo += reached.open
    refused += ((name, UNREACHED) for name in found)
    return Survey(parts, waiting, refused)


def _opening_twice(found: dict[str, Part], run: Json, groups: list[list[Any]]) -> set[str]:
    """Find the parts that leave a group open that is there without them: one of the first, or that of another part.

    Else a search that goes on with what such a part says would have no end.
    """
    opener: dict[str, str | None] = {part_name(run, group): None for group in groups}
    doubled = set[str]()
    todo = list(opener)
    while todo:
        name = todo.pop()
        for group in found[name].open if name in found else ():
            other = part_name(run, group)
            if other in opener:
                doubled |= {name, opener[other] or name}
            else:
                opener[other] = name
                todo.append(other)
    return doubled


def _read(read: Callable[[Path], Part], path: Path) -> Part | str:
    """Read a part, or say why it must not be used.

    Raises:
        InputError: it is not there; then nothing is known about it.
    """
    if not os.path.lexists(path):
        raise InputError(f"{path}: it is not there for a worker; all workers must reach the folder by the same path")
    try:
        return read(path)
    except DamagedPart as reason:
        return str(reason)


def difference(one: Json, other: Json) -> str:
    """Name the things in which two runs differ.

    Example:
        >>> difference({"kind": "regions", "engine": "lp"}, {"kind": "regions", "engine": "rays"})
        "engine: 'lp' there, 'rays' here"
    """
    found = []
    for key in sorted({*one, *other}, key=lambda key: (key != "sha256", key)):
        if one.get(key) != other.get(key):
            values = (
                "the table" if key == "sha256" else f"{key}: {shown(one.get(key))} there, {shown(other.get(key))} here"
            )
            found.append(values)
    return "; ".join(found)


def set_aside(folder: Path, refused: list[tuple[str, str]]) -> None:
    """Rename parts that must not be used, so that no reader takes them for parts."""
    for name, _ in refused:
        free = (folder / f"{_REFUSED}{name}{f'.{k}' * (k > 1)}" for k in count(1))
        (folder / name).rename(next(path for path in free if not os.path.lexists(path)))
