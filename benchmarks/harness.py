"""Honest timings: ways of doing the same work, in turn, several rounds; medians and ratios."""

import resource
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def interleaved(ways: Mapping[str, Callable[[], int]], rounds: int) -> dict[str, tuple[float, int]]:
    """Run every way once a round, in turn; the median seconds and the result of each."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    results: dict[str, int] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            start = perf_counter()
            results[name] = way()
            seconds[name].append(perf_counter() - start)
    return {name: (median(times), results[name]) for name, times in seconds.items()}


def peak_memory() -> float:
    """Peak resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_table(headings: list[str], lines: list[list[str]]) -> None:
    """Columns as wide as they need, numbers to the right."""
    widths = [max(len(line[k]) for line in [headings, *lines]) for k in range(len(headings))]
    for line in [headings, ["-" * width for width in widths], *lines]:
        cells = [
            cell.ljust(w) if k == 0 else cell.rjust(w) for k, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
