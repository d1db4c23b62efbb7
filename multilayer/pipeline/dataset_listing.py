"""The command enumerate with a folder: the cells of a table as a dataset, by runs that can be stopped and resumed."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic, perf_counter

from arrangements.errors import InputError, LimitError
from arrangements.first_layer.engines import choose_engine
from arrangements.parallel.spreading import never
from arrangements.second_layer.engines import choose_tuple_engine
from multilayer.io.signals import stop_requested
from multilayer.io.tables import Table
from multilayer.pipeline.counts import Shape, shape
from multilayer.pipeline.limits import refuse_affine, refuse_zero, silent
from multilayer.pipeline.progress import Progress, unshown
from multilayer.store.enumeration import Limits
from multilayer.store.filling import Filled, fill
from multilayer.store.folder import ask_to_stop
from multilayer.store.listing import Listing
from multilayer.store.pair_listing import PairListing
from multilayer.store.region_listing import RegionListing
from theory import region_number

_EASY = 50_000_000  # regions that are counted without listing them, in seconds at most, whatever the limit
_ANNOUNCED = 200_000  # regions from which on their number and the room they take are told beforehand
_MOST_REGIONS = 2_000_000  # of a first layer, which is held in memory
_QUICK, _COUNTING = 1.0, 0.25  # seconds, or that part of the time, which the count may take before anything is listed
_TRIES = 3  # of runs whose workers died without a new part

Open = Callable[[], AbstractContextManager[Executor | None]]


@dataclass(frozen=True)
class Way:
    """How a run works, and what to do with parts that are there.

    Attributes:
        resume, restart: go on with them, or delete them.
        limits: where to stop.
        executors: opens the executor that runs the tasks.
        died: whether an error says that a worker died.
    """

    resume: bool
    restart: bool
    limits: Limits
    executors: Open
    died: Callable[[BaseException], bool]


@dataclass(frozen=True)
class DatasetReport(Shape):
    """What a folder holds after a run.

    Attributes:
        layer: 1 or 2.
        regions: of the dataset, or of the first layer.
        exact_count: how many cells there are, counted without listing; None if that is not known.
        parts: how many files.
        complete: whether nothing is left to do.
        output: the folder.
        seconds: of this run.
        missing: why it is not complete, and how much is left; None if it is.
        limited_by: the option whose limit was reached, if one was.
    """

    layer: int
    regions: int
    exact_count: int | None
    parts: int
    complete: bool
    output: str
    seconds: float
    missing: str | None = field(repr=False)
    limited_by: str | None = field(repr=False)


def fill_first(
    table: Table,
    output: Path,
    way: Way,
    *,
    engine: str = "auto",
    progress: Progress = unshown,
    note: Callable[[str], None] = silent,
    warn: Callable[[str], None] = silent,
) -> DatasetReport:
    """List the regions into a folder.

    Args:
        table: the data.
        output: the folder.
        way: how.
        engine: "auto", or what lists them.
        progress: shows it.
        note: told what goes on.
        warn: told about files that must not be used, and beforehand about a long list.

    Raises:
        InputError: every row is zero, an unknown engine, or a folder that cannot be used.
        LimitError: the disk is full, or workers died again and again.
    """
    refuse_zero(table)
    start, begun, hold = perf_counter(), monotonic(), Hold(output, note)
    with stop_requested(hold.stop) as stopped:
        found, total = _listed_regions(table, output, way, engine, hold, stopped, begun, progress, warn)
    return DatasetReport(
        **asdict(shape(table.arrangement)),
        layer=1,
        regions=found.cells,
        exact_count=total,
        parts=found.parts,
        complete=found.complete,
        output=str(output),
        seconds=round(perf_counter() - start, 3),
        missing=None if found.complete else _missing(found, total, "regions"),
        limited_by=(found.reason or "").partition(" ")[0],
    )


class Hold:
    """What a signal does to a run: its tasks are asked to end, once its folder is its own.

    Args:
        folder: of the dataset.
        note: told what goes on.
    """

    def __init__(self, folder: Path, note: Callable[[str], None]) -> None:
        self.folder = folder
        self.note = note
        self.ours = False

    def stop(self, text: str) -> None:
        """Ask the tasks to end; another run in the folder is not disturbed."""
        self.note(text)
        if self.ours:
            ask_to_stop(self.folder)


def _listed_regions(
    table: Table,
    output: Path,
    way: Way,
    engine: str,
    hold: Hold,
    stopped: Callable[[], bool],
    begun: float,
    progress: Progress,
    warn: Callable[[str], None],
) -> tuple[Filled, int | None]:
    """Count the regions, within the time, and list them; the count is None if it was not finished."""

    def over() -> bool:
        seconds = way.limits.seconds
        return stopped() or (seconds is not None and monotonic() - begun >= max(_QUICK, seconds * _COUNTING))

    total = _exact_count(table, way.limits.cells, progress, over=over)
    listing = RegionListing(table.arrangement, choose_engine(engine, table.arrangement).name)
    if total is not None and way.limits.cells is not None and total > way.limits.cells:
        warn(f"{table.name} has {total:,} regions; the first {way.limits.cells:,} or so are listed (--limit)")
    elif total is not None and total > _ANNOUNCED:
        rows, columns = len(table.arrangement), len(listing.integers)
        each = rows // 8 + 4 * columns  # what the columns take when they are compressed, rather more
        warn(f"{table.name} has {total:,} regions; about {total * each / 2**20:,.0f} MiB in {output}")
    return filled(listing, way, total, hold, stopped, begun, progress, warn), total


def filled(
    listing: Listing,
    way: Way,
    total: int | None,
    hold: Hold,
    stopped: Callable[[], bool],
    begun: float,
    progress: Progress,
    warn: Callable[[str], None],
) -> Filled:
    """Fill a folder; where a worker dies, go on with new ones. A signal has the tasks end soon, with what they have.

    Raises:
        LimitError: the disk is full, or workers died again and again.
    """
    folder, resume, restart, tries = hold.folder, way.resume, way.restart, _TRIES
    before = -1
    if way.resume and folder.is_dir():
        hold.note(f"checking the parts in {folder}")
    while True:
        try:
            with way.executors() as executor, progress(total, listing.kind) as shown:

                def seen(cells: int, shown: Callable[[int], None] = shown) -> None:
                    hold.ours = True
                    shown(cells)

                return fill(
                    folder,
                    listing,
                    resume=resume,
                    restart=restart,
                    executor=executor,
                    limits=way.limits,
                    begun=begun,
                    seen=seen,
                    stopped=stopped,
                    say=warn,
                )
        except Exception as error:
            if not way.died(error):
                raise
            resume, restart = True, False
            now = len(list(folder.glob("part-*.parquet")))
            tries = _TRIES if now > before else tries - 1
            before = now
            if tries == 0:
                often = f"worker processes died {_TRIES} times without a new part (for lack of memory?)"
                raise LimitError(f"{often}; {_go_on(folder)}") from error
            warn("a worker died; what it was listing is listed again")


class _Enough(Exception):
    """A count is given up."""


def _exact_count(
    table: Table,
    limit: int | None,
    progress: Progress,
    easy: int = _EASY,
    over: Callable[[], bool] = never,
) -> int | None:
    """Count the regions without listing them; None if they are far more than will be listed, or the time is over."""
    try:
        with progress(None, "regions counted without listing them") as shown:

            def seen(regions: int) -> None:
                shown(regions)
                if over():
                    raise _Enough

            return region_number(table.arrangement, limit=max(easy, limit or 0), seen=seen)
    except (LimitError, _Enough):
        return None


def _missing(found: Filled, total: int | None, kind: str) -> str:
    left = f"; {total - found.cells:,} of {total:,} {kind} are left" if total is not None else ""
    parts = f"{found.parts} part{'s' * (found.parts != 1)}"
    return f"stopped at {found.reason}: {found.cells:,} {kind} are in {parts}{left}"


def _go_on(folder: Path) -> str:
    return f"what is listed is in {folder}; the same command with --resume goes on"


@dataclass(frozen=True)
class PairsReport(DatasetReport):
    """What a folder of pairs holds after a run.

    Attributes:
        width: neurons in one sub-network.
        tuples: how many there are.
        pairs: of the dataset.
    """

    width: int
    tuples: int
    pairs: int


def fill_second(
    table: Table,
    width: int,
    output: Path,
    way: Way,
    *,
    engine: str = "auto",
    progress: Progress = unshown,
    note: Callable[[str], None] = silent,
    warn: Callable[[str], None] = silent,
) -> PairsReport:
    """List the pairs of a width into a folder.

    Args:
        table: the data.
        width: neurons in one sub-network.
        output: the folder.
        way: how.
        engine: any but "lp", which cannot stop inside a tuple; pairs are listed by "rays".
        progress: shows it.
        note: told what goes on.
        warn: told about files that must not be used.

    Raises:
        InputError: every row is zero, an affine table, another engine, or a folder that cannot be used.
        LimitError: more regions than a first layer can have; or workers died again and again.
    """
    start, begun = perf_counter(), monotonic()
    if not choose_tuple_engine(engine, _MOST_REGIONS).compiled:
        raise InputError(f"--engine {engine} lists pairs to a file only; a folder is filled by --engine rays")
    refuse_affine(table, width)
    if _exact_count(table, _MOST_REGIONS, progress, easy=0) is None:
        raise LimitError(f"{table.name} has more than {_MOST_REGIONS:,} regions, too many to hold as a first layer")
    listing = PairListing(table.arrangement, width)
    layer = listing.search.layer
    hold = Hold(output, note)
    with stop_requested(hold.stop) as stopped:
        found = filled(listing, way, None, hold, stopped, begun, progress, warn)
    return PairsReport(
        **asdict(shape(table.arrangement)),
        layer=2,
        regions=len(layer.cells),
        exact_count=None,
        parts=found.parts,
        complete=found.complete,
        output=str(output),
        seconds=round(perf_counter() - start, 3),
        missing=None if found.complete else _missing(found, None, "pairs"),
        limited_by=(found.reason or "").partition(" ")[0],
        width=width,
        tuples=layer.count_tuples(width),
        pairs=found.cells,
    )
