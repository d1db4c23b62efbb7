"""Regions counted by listing them, none of which is kept: in one process, or by several workers.

A task counts the regions below some nodes for a while, and hands back the nodes that it left.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs, Statistics, add_counters, counters
from arrangements.first_layer.region_search import RegionSearch
from arrangements.parallel.executors import as_executor
from arrangements.parallel.slices import dealt, sliced, task_seconds
from arrangements.parallel.spreading import spread


@dataclass(frozen=True)
class _Task:
    """Count below these nodes for some seconds, and divide what is left into so many groups."""

    arrangement: Arrangement
    engine: str
    nodes: Sequence[Signs] | None
    seconds: float
    pieces: int


class _Counted(NamedTuple):
    """How many regions, the groups of nodes that are left, and the counters."""

    regions: int
    left: list[list[Signs]]
    statistics: Statistics


def count_regions(
    arrangement: Arrangement,
    *,
    engine: str = "auto",
    statistics: Statistics | None = None,
    executor: Executor | None = None,
) -> int:
    """Count the regions by enumeration; none is kept.

    `theory` counts them without enumeration, from the characteristic polynomial.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.
        statistics: counters to add to.
        executor: any `concurrent.futures.Executor`, to count by its workers.

    Raises:
        InputError: as for `iter_regions`; or the executor is none.

    Example:
        >>> from arrangements.families import family
        >>> count_regions(family("braid:4"))
        24
    """
    return sum(region_counts(arrangement, engine=engine, statistics=statistics, executor=executor))


def region_counts(
    arrangement: Arrangement, *, engine: str, statistics: Statistics | None = None, executor: Executor | None = None
) -> Iterator[int]:
    """Count the regions as a sum, whose terms come as they are counted: for those who say how far it is.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.
        statistics: counters to add to.
        executor: to count by its workers.
    """
    total = counters(statistics)
    search = RegionSearch(arrangement, engine=engine, statistics=total)
    return search.counts() if executor is None else spread_counts(search, total, as_executor(executor))


def spread_counts(search: RegionSearch, statistics: Statistics, executor: Executor) -> Iterator[int]:
    """Count the regions as a sum, whose terms come as tasks end.

    Args:
        search: says what is counted, and by which engine.
        statistics: counters to add to.
        executor: runs the tasks.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from arrangements.families import family
        >>> with ThreadPoolExecutor(2) as pool:
        ...     sum(spread_counts(RegionSearch(family("braid:5")), Statistics(), pool))
        120
    """
    begun = monotonic()

    def sized(nodes: Sequence[Signs] | None, idle: int) -> _Task:
        seconds = task_seconds(monotonic() - begun, idle)
        return _Task(search.arrangement, search.engine.name, nodes, 0.0 if nodes is None else seconds, max(1, idle + 1))

    for counted in spread([None], _count, lambda found: found.left, sized, executor):
        add_counters(statistics, counted.statistics)
        yield counted.regions


def _count(task: _Task) -> _Counted:
    statistics, regions = Statistics(), 0

    def explore(nodes: Sequence[Signs], budget: int) -> Sequence[Signs]:
        nonlocal regions
        start = None if task.nodes is None else nodes
        search = RegionSearch(task.arrangement, engine=task.engine, statistics=statistics, frontier=start)
        regions += search.count(budget)
        return search.frontier

    left = sliced(explore, [()] if task.nodes is None else task.nodes, task.seconds)
    groups = dealt(left, task.pieces, _undecided)
    return _Counted(regions, groups, statistics)


def _undecided(node: Signs) -> int:
    return node.count(0)
