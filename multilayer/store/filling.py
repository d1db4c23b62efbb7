"""A folder filled with all regions of an arrangement, or all pairs of a width: begun, gone on with, or begun anew."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from arrangements.arguments import check_kind, read_path
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.errors import InputError
from arrangements.first_layer.engines import choose_engine
from arrangements.first_layer.layer import check_width
from arrangements.parallel.executors import as_executor
from arrangements.parallel.spreading import never
from multilayer.store.enumeration import Limits, Run
from multilayer.store.folder import (
    UNREACHED,
    Survey,
    begin,
    clear,
    difference,
    leftovers,
    locked,
    part_paths,
    read_run,
    set_aside,
    survey,
    writing_to,
)
from multilayer.store.listing import Listing, run_of
from multilayer.store.pair_listing import PairListing
from multilayer.store.part_files import FORMAT, VERSION, DamagedPart, Json, Part, check_part, read_part
from multilayer.store.part_task import PartTask, list_part
from multilayer.store.region_listing import RegionListing

_NO_LIMITS = Limits()


@dataclass(frozen=True)
class Filled:
    """What a folder holds when a run has ended.

    Attributes:
        cells: how many.
        parts: in how many files.
        size: of how many bytes.
        complete: whether nothing is left to do.
        reason: the limit at which the run stopped; None if it did not.
        refused: names of files that were damaged or of another run, and what was wrong with them.
        tasks: how many tasks this run has ended.
        busy: their seconds, one after the other.
        memory: for each process that ran tasks the most bytes that it was seen to have.
    """

    cells: int
    parts: int
    size: int
    complete: bool
    reason: str | None
    refused: tuple[tuple[str, str], ...]
    tasks: int
    busy: float
    memory: dict[str, int]


def fill(
    folder: Path,
    listing: Listing,
    *,
    resume: bool = False,
    restart: bool = False,
    executor: Executor | None = None,
    limits: Limits = _NO_LIMITS,
    begun: float | None = None,
    seen: Callable[[int], None] = lambda cells: None,
    stopped: Callable[[], bool] = never,
    say: Callable[[str], None] = lambda text: None,
) -> Filled:
    """List into a folder what is not there yet.

    Args:
        folder: it is made if it is not there.
        listing: what to list.
        resume: go on with the parts that are there.
        restart: delete them first.
        executor: runs the tasks; None for one after the other in this process.
        limits: where to stop.
        begun: since when the time counts, as `time.monotonic` says it; None for now.
        seen: told how many cells are there.
        stopped: asked now and then whether to stop.
        say: told about files that must not be used.

    Raises:
        InputError: the folder cannot be written, is in use, belongs to another run, or has parts and it was not said
            what to do with them.
        LimitError: the disk is full before the first task.
    """
    check_kind(limits, Limits, "limits", "give Limits(cells=..., seconds=...), or leave it out")
    chosen = None if executor is None else as_executor(executor)
    run = run_of(listing)
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder), writing_to(folder):
        if restart:
            clear(folder)
        else:
            _check_run(folder, run, resume)
        _sweep(folder)
        found = _surveyed(folder, listing, run, say, chosen)
        begin(folder, {"format": FORMAT, "version": VERSION, "run": run, "input": listing.input})
        largest = max((part.size for part in found.parts), default=0)
        work = Run(folder, listing, run, limits, found.cells, found.size, len(found.parts), largest=largest)
        if begun is not None:
            work.begun = begun
        seen(work.cells)
        work.fill(found.waiting, chosen, seen, stopped)
        now = survey(folder, run, listing)
        for name, reason in now.refused:  # a worker of an earlier run may have written it meanwhile
            say(f"{folder / name}: {reason}; it came while this run was at work, and is not used")
        set_aside(folder, now.refused)
        _sweep(folder)  # what workers were writing that died while the run went on
    return Filled(
        now.cells,
        len(now.parts),
        now.size,
        not now.waiting,
        work.reason if now.waiting else None,
        (*found.refused, *now.refused),
        work.tasks,
        work.seconds,
        work.peaks,
    )


def _sweep(folder: Path) -> None:
    """Delete files that were being written when their process ended."""
    for path in leftovers(folder):
        path.unlink(missing_ok=True)


def _surveyed(
    folder: Path, listing: Listing, run: Json, say: Callable[[str], None], executor: Executor | None
) -> Survey:
    """Find the parts that count, and set aside and name all others.

    Where a part is missing that can be made again as it was, it is made first: others follow from it.
    """

    def refuse(names: list[tuple[str, str]]) -> None:
        for name, reason in names:
            say(f"{folder / name}: {reason}; it is not used, and what it should hold is listed again")
        set_aside(folder, names)

    found, harmed = survey(folder, run, listing, check_part, executor), []
    again = [group for group in found.waiting if listing.first(group) is not None]
    if again and any(reason == UNREACHED for _, reason in found.refused):
        harmed = [(name, reason) for name, reason in found.refused if reason != UNREACHED]
        refuse(harmed)
        for group in again:
            list_part(PartTask(folder, listing, run, group, seconds=0, most=1, pieces=1))
        found = survey(folder, run, listing, check_part, executor)
    refuse(found.refused)
    return found._replace(refused=harmed + found.refused)


def _check_run(folder: Path, run: Json, resume: bool) -> None:
    """Refuse parts of another run, and parts of which it was not said whether to go on with them."""
    paths = part_paths(folder)
    said = read_run(folder)
    others = [] if said is not None else [part for path in paths if (part := _readable(path)) is not None]
    there = said["run"] if said is not None else next((part.run for part in others), None)
    if there is None or any(part.run == run for part in others):
        there = run
    if there != run:
        raise InputError(
            f"{folder} belongs to another run: {difference(there, run)}; give another folder, the same table and "
            "options, or --restart to delete what is there"
        )
    if paths and not resume:
        raise InputError(
            f"{folder} has {len(paths)} part{'s' * (len(paths) != 1)} of this run already: give --resume to go on, or "
            "--restart to delete them and begin anew"
        )


def _readable(path: Path) -> Part | None:
    try:
        return read_part(path)
    except DamagedPart:
        return None


def enumerate_pairs(arrangement: Arrangement, width: int, folder: "str | PathLike[str]", **options: Any) -> Filled:
    """List all pairs (tuple, s) of a width into a folder, as the command `multilayer enumerate --layer 2` does.

    Args:
        arrangement: central; row i is x_i.
        width: neurons in one sub-network.
        folder: it is made if it is not there.
        options: those of `fill`: resume, restart, executor, limits, seen, stopped, say.

    Raises:
        InputError: as `fill` does; or the arrangement has offsets or no hyperplane, or the width is below 1.

    Example:
        >>> import tempfile
        >>> from multilayer import store
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     found = enumerate_pairs(Arrangement.from_table([[1], [2]]), 2, folder)
        ...     found.cells, sorted(pair.signs for pair in store.open(folder))
        (2, [(-1, -1), (1, 1)])
    """
    return fill(read_path(folder, "folder"), PairListing(as_arrangement(arrangement), check_width(width)), **options)


def enumerate_regions(
    arrangement: Arrangement, folder: "str | PathLike[str]", *, engine: str = "auto", **options: Any
) -> Filled:
    """List all regions of an arrangement into a folder, as the command `multilayer enumerate` does.

    Args:
        arrangement: the hyperplanes.
        folder: it is made if it is not there.
        engine: "sweep", "rays", "lp" or "auto"; see `arrangements.RegionSearch`.
        options: those of `fill`: resume, restart, executor, limits, seen, stopped, say.

    Raises:
        InputError: as `fill` does; or the engine is unknown.

    Example:
        >>> import tempfile
        >>> from arrangements import family
        >>> from multilayer import store
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     found = enumerate_regions(family("braid:5"), folder)
        ...     found.cells, found.complete, store.open(folder).complete
        (120, True, True)
    """
    chosen = choose_engine(engine, as_arrangement(arrangement)).name
    return fill(read_path(folder, "folder"), RegionListing(arrangement, chosen), **options)
