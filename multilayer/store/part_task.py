"""The task of a run: list the cells below some roots into one part, for some time, and leave the rest open.

A task is plain data, and so is what it returns: the cells go to the folder, not to the driver.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from arrangements.parallel.slices import sliced
from multilayer.store.folder import FULL, asked_to_stop
from multilayer.store.listing import Listing
from multilayer.store.part_files import FORMAT, VERSION, Json, part_name, read_part, writing_part

_EACH = 8  # roots for each group, where few are left and most is below one of them


@dataclass(frozen=True)
class PartTask:
    """What to list into one part.

    Attributes:
        folder: of the dataset.
        listing: what is listed.
        run: what the part says that it belongs to.
        group: the roots.
        seconds: how long to list.
        most: about how many cells to list.
        pieces: into how many groups to divide what is left.
    """

    folder: Path
    listing: Listing
    run: Json
    group: list[Any]
    seconds: float
    most: int
    pieces: int


class PartResult(NamedTuple):
    """What became of a task.

    Attributes:
        cells: how many it listed.
        size: bytes of the part.
        open: the groups that it left.
        seconds: how long it took.
        process: by which process, with how much memory in bytes.
        full: whether there was no room on the disk, so that nothing was written.
    """

    cells: int
    size: int
    open: list[list[Any]]
    seconds: float
    process: tuple[str, int]
    full: bool = False

    def opened(self) -> list[list[Any]]:
        """The groups that it left."""
        return self.open


def list_part_if_room(task: PartTask) -> PartResult:
    """List one part; where the disk is full nothing is done, and that is the result: others may find room.

    Raises:
        OSError: it cannot be written for another reason.
    """
    try:
        return list_part(task)
    except OSError as error:
        if error.errno not in FULL:
            raise
        return PartResult(0, 0, [task.group], 0.0, (_place(), resident_memory()), full=True)


def list_part(task: PartTask) -> PartResult:
    """List the cells below the roots of a task, and write its part.

    Raises:
        OSError: it cannot be written.
    """
    start = perf_counter()
    listing, name = task.listing, part_name(task.run, task.group)
    fixed = listing.first(task.group)
    with writing_part(task.folder, name, listing.schema, listing.repeating) as part:

        def explore(roots: Sequence[Any], budget: int) -> Sequence[Any]:
            """Add the cells of some nodes; a node makes one cell more, and its mirror image."""
            left: Sequence[Any] = ()
            few = -(-max(1, task.most - part.cells) // 2)
            for found in listing.explored(list(roots), min(budget, few) if fixed is None else budget):
                if isinstance(found, list):
                    left = found
                else:
                    part.add(found)
            return left

        def enough() -> bool:
            return part.cells >= task.most or asked_to_stop(task.folder)

        if fixed is None:
            roots, pieces = sliced(explore, task.group, task.seconds, enough), task.pieces
        else:
            roots, pieces = explore(task.group, fixed.nodes), fixed.pieces
        if pieces > 1 and listing.lopsided:
            roots = split_up(explore, listing, list(roots), _EACH * pieces)
        opened = listing.divided(list(roots), pieces) if roots else []
        about = {"format": FORMAT, "version": VERSION, "cells": part.cells}
        part.finish({**about, "run": task.run, "roots": task.group, "open": opened})
    kept = read_part(task.folder / name)  # of a part that was there already, if a worker outlived its run
    return PartResult(kept.cells, kept.size, kept.open, perf_counter() - start, (_place(), resident_memory()))


def split_up(
    explore: Callable[[Sequence[Any], int], Sequence[Any]], listing: Listing, roots: list[Any], enough: int
) -> list[Any]:
    """Split the largest root by one node, again and again, until there are enough to be divided evenly.

    A search that goes down first leaves few roots, and nearly all that is left may lie below one of them.

    Args:
        explore: searches below roots until that many nodes are split, and returns the roots that are left.
        listing: which says what is large.
        roots: those that are left.
        enough: how many are wanted.
    """
    for _ in range(2 * enough):  # below some there is nothing
        if not 0 < len(roots) < enough:
            break
        (largest, *others), *_ = listing.divided(roots, 1)
        roots = [*others, *explore([largest], 1)]
    return roots


def _place() -> str:
    return f"{os.uname().nodename}:{os.getpid()}"


def resident_memory() -> int:
    """The memory of this process in bytes; 0 where the system does not say.

    Example:
        >>> resident_memory() >= 0
        True
    """
    try:
        text = Path("/proc/self/statm").read_text()
    except OSError:
        return 0
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")
