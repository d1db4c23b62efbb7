"""Honest timings: ways of doing the same work, in turn, several rounds; medians and ratios.

A way is a function that gets a watch and returns how many items it has found. What it lists goes through the watch,
which stops it in time: a way that would take longer than the limit is timed on a prefix, and says so.
"""

import resource
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Watch:
    """Passes items on until the time is over; `late` says that it cut something off."""

    def __init__(self, seconds: float) -> None:
        self.start = perf_counter()
        self.end = self.start + seconds
        self.late = False

    def __call__(self, items: Iterable[T]) -> Iterator[T]:
        """The items, as long as there is time."""
        for item in items:
            if perf_counter() > self.end:
                self.late = True
                return
            yield item

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.start


Way = Callable[[Watch], int]


class Timing(NamedTuple):
    """Median seconds and rate over all rounds; `complete` is false where only a prefix was timed."""

    seconds: float
    rate: float
    found: int
    complete: bool


class Limits(NamedTuple):
    """How many rounds; the longest run in full; the seconds of a prefix, and of the first look at a way."""

    rounds: int
    limit: float
    prefix: float


def in_turn(ways: Mapping[str, Way], limits: Limits, total: int) -> dict[str, Timing]:
    """Run every way once a round, in turn, and give the median of each.

    Args:
        ways: what to time.
        limits: rounds and times. The first round looks at each way for `prefix` seconds; a way that is not done
            by then is run in full if `total` at its rate takes no longer than `limit`, else by prefixes.
        total: how many items there are.
    """
    runs: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    allowed = dict.fromkeys(ways, limits.prefix)
    complete = dict.fromkeys(ways, True)
    for number in range(limits.rounds):
        for name, way in ways.items():
            seconds, found, late = _run(way, allowed[name])
            if late and number == 0 and found and total / found * seconds <= limits.limit:
                allowed[name] = inf
                seconds, found, late = _run(way, allowed[name])
            complete[name] &= not late
            runs[name].append((seconds, found))
    return {name: _timing(runs[name], total, complete[name]) for name in ways}


def _run(way: Way, seconds: float) -> tuple[float, int, bool]:
    watch = Watch(seconds)
    found = way(watch)
    return watch.elapsed, found, watch.late


def _timing(runs: list[tuple[float, int]], total: int, complete: bool) -> Timing:
    """Medians; the seconds of a prefix are extrapolated to `total` at its rate."""
    rate = median(found / seconds for seconds, found in runs)
    found = runs[-1][1]
    if complete:
        return Timing(median(seconds for seconds, _ in runs), rate, found, True)
    return Timing(total / rate if rate else inf, rate, found, False)


def peak_memory() -> float:
    """Peak resident memory of this process, in MiB, since it began or since `reset_peak`.

    On Linux the high-water mark of this program alone: `ru_maxrss` of a child can begin at the size of its parent.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reset_peak() -> None:
    """Let the peak begin at what is held now, where the system can do that (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def marked(text: str, timing: Timing) -> str:
    """The text, with ~ where it is extrapolated from a prefix."""
    return text if timing.complete else f"~{text}"


def shown(seconds: float) -> str:
    """Seconds to three digits or so.

    Example:
        >>> shown(0.01234), shown(1.234), shown(123.4)
        ('0.0123', '1.23', '123')
    """
    return f"{seconds:.4f}" if seconds < 0.1 else f"{seconds:.2f}" if seconds < 100 else f"{seconds:,.0f}"


def print_table(headings: list[str], lines: list[list[str]]) -> None:
    """Columns as wide as they need, numbers to the right."""
    widths = [max(len(line[k]) for line in [headings, *lines]) for k in range(len(headings))]
    for line in [headings, ["-" * width for width in widths], *lines]:
        cells = [
            cell.ljust(w) if k == 0 else cell.rjust(w) for k, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip(), flush=True)
