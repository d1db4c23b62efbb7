"""The run that fills a dataset: it hands out tasks, and stops at a limit; nothing is kept but what is in the folder."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import Any

from arrangements.arguments import read_whole
from arrangements.errors import InputError, shown
from arrangements.parallel.executors import as_executor, tasks_in_flight
from arrangements.parallel.slices import task_seconds
from arrangements.parallel.spreading import never, spread
from multilayer.store.folder import ask_to_go_on, ask_to_stop
from multilayer.store.listing import Listing
from multilayer.store.part_files import Json
from multilayer.store.part_task import PartResult, PartTask, list_part_if_room, resident_memory

_LEAST, _MOST = 1_000, 1 << 24  # cells of a task


@dataclass(frozen=True)
class Limits:
    """Where a run stops; None: nowhere.

    Attributes:
        cells: how many in the dataset.
        seconds: of this run.
        memory: bytes of all its processes.
        disk: bytes of the dataset.

    Raises:
        InputError: a limit is not above 0.

    Example:
        >>> Limits(seconds=-1)
        Traceback (most recent call last):
        arrangements.errors.InputError: seconds is -1; give a number above 0, or None
    """

    cells: int | None = None
    seconds: float | None = None
    memory: int | None = None
    disk: int | None = None

    def __post_init__(self) -> None:
        for name in ("cells", "memory", "disk"):
            if getattr(self, name) is not None:
                read_whole(getattr(self, name), name, 1)
        seconds = self.seconds
        if seconds is not None and not (isinstance(seconds, int | float) and isfinite(seconds) and seconds > 0):
            raise InputError(f"seconds is {shown(seconds)}; give a number above 0, or None")


@dataclass
class Run:
    """A run at work: what it has done so far.

    Attributes:
        cells: in the dataset, with those of earlier runs.
        size: bytes of the dataset.
        parts: how many it has.
        tasks: how many tasks this run has ended, and their seconds, one after the other.
        peaks: for each process the most memory that it was seen to have.
        reason: the limit at which it stops; None while it goes on.
        full: whether a task found no room on the disk.
    """

    folder: Path
    listing: Listing
    run: Json
    limits: Limits
    cells: int = 0
    size: int = 0
    parts: int = 0
    tasks: int = 0
    seconds: float = 0.0
    largest: int = 0
    reason: str | None = None
    full: bool = False

    def __post_init__(self) -> None:
        self.peaks: dict[str, int] = {}
        self.begun = monotonic()

    def fill(
        self,
        waiting: list[list[Any]],
        executor: Executor | None = None,
        seen: Callable[[int], None] = lambda cells: None,
        stopped: Callable[[], bool] = never,
    ) -> None:
        """List what is left to do, until all is done or a limit is reached.

        Args:
            waiting: groups of roots.
            executor: runs the tasks; None for one after the other in this process.
            seen: told how many cells are in the dataset.
            stopped: asked now and then whether to stop; tasks in flight then end early, and keep what they have.

        Raises:
            OSError: a part cannot be written, and not because the disk is full.
        """
        chosen = as_executor(executor)
        self._room = tasks_in_flight(chosen)

        def over() -> bool:
            if self.reason is None:
                self.reason = self._reason(stopped)
                if self.reason is not None:
                    ask_to_stop(self.folder)
            return self.reason is not None

        try:
            for result in spread(waiting, list_part_if_room, PartResult.opened, self._sized, chosen, stopped=over):
                self._take(result)
                seen(self.cells)
        except BaseException:
            ask_to_stop(self.folder)  # the next run takes it back
            raise
        else:
            ask_to_go_on(self.folder)

    def _sized(self, group: list[Any], idle: int) -> PartTask:
        elapsed = monotonic() - self.begun
        seconds = task_seconds(elapsed, idle)
        if self.limits.seconds is not None:
            seconds = min(seconds, max(0.0, self.limits.seconds - elapsed))
        most = _MOST
        if self.limits.cells is not None:
            most = min(most, max(_LEAST, (self.limits.cells - self.cells) // (2 * self._room)))
        if self.limits.disk is not None and self.size:
            fitting = (self.limits.disk - self.size) * self.cells // self.size
            most = min(most, max(_LEAST, fitting // (2 * self._room)))
        return PartTask(self.folder.absolute(), self.listing, self.run, group, seconds, most, max(1, idle + 1))

    def _take(self, result: PartResult) -> None:
        if result.full:
            self.full = True
            return
        self.cells += result.cells
        self.size += result.size
        self.parts += 1
        self.tasks += 1
        self.seconds += result.seconds
        self.largest = max(self.largest, result.size)
        process, memory = result.process
        self.peaks[process] = max(self.peaks.get(process, 0), memory)

    def _reason(self, stopped: Callable[[], bool]) -> str | None:
        limits = self.limits
        if self.full:
            return "a full disk"
        if limits.cells is not None and self.cells >= limits.cells:
            return f"--limit of {limits.cells:,} {self.listing.kind}"
        if limits.seconds is not None and monotonic() - self.begun >= limits.seconds:
            return f"--time of {limits.seconds:g} s"
        if limits.disk is not None and self.size + self._room * self.largest > limits.disk:
            return f"--disk of {limits.disk:,} bytes"
        if limits.memory is not None and max(sum(self.peaks.values()), resident_memory()) > limits.memory:
            return f"--memory of {limits.memory:,} bytes"
        return "an interruption" if stopped() else None
