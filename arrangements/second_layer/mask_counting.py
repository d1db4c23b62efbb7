"""Pairs and masks of the second layer counted by several workers: a task counts some ranges of tuples for a while."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.cells import Statistics, add_counters
from arrangements.exact.distinct_words import DistinctWords
from arrangements.exact.packed_bits import Words
from arrangements.first_layer.layer import FirstLayer
from arrangements.parallel.slices import sliced, task_seconds
from arrangements.parallel.spreading import spread
from arrangements.second_layer.product_search import ProductSearch
from arrangements.second_layer.tuple_ranges import TupleRange, divided, whole_range
from arrangements.second_layer.tuples import SecondLayerCounts

_GROUPS = 32  # ranges to begin with


@dataclass(frozen=True)
class _Task:
    """Count these ranges for some seconds, and divide what is left into so many groups."""

    arrangement: Arrangement
    width: int
    ranges: Sequence[TupleRange]
    seconds: float
    pieces: int


class _Counted(NamedTuple):
    """Numbers of tuples and pairs, the distinct masks, the groups that are left, and the counters."""

    tuples: int
    pairs: int
    masks: Words | None
    left: list[tuple[TupleRange, ...]]
    statistics: Statistics


def spread_masks(
    layer: FirstLayer,
    width: int,
    statistics: Statistics,
    executor: Executor,
    seen: Callable[[int], None] = lambda tuples: None,
) -> SecondLayerCounts:
    """Count tuples, pairs and masks; only distinct masks are kept.

    Args:
        layer: the first layer; at least one region is active.
        width: neurons in one sub-network.
        statistics: counters to add to.
        executor: runs the tasks; each worker lists the first layer anew.
        seen: told how many tuples are done.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> with ThreadPoolExecutor(2) as pool:
        ...     spread_masks(layer, 1, Statistics(), pool)
        SecondLayerCounts(tuples=6, pairs=6, masks=4)
    """
    begun, size = monotonic(), 2 * len(layer.active)
    ranges = divided(whole_range(min(width, size), size), _GROUPS, size)
    known: DistinctWords | None = None
    tuples = pairs = 0

    def sized(group: Sequence[TupleRange], idle: int) -> _Task:
        seconds = task_seconds(monotonic() - begun, idle)
        return _Task(layer.arrangement, width, group, seconds, max(1, idle + 1))

    begin: list[tuple[TupleRange, ...]] = [(each,) for each in ranges]
    for found in spread(begin, _count, lambda found: found.left, sized, executor):
        if found.masks is not None:
            known = DistinctWords(found.masks.shape[1]) if known is None else known
            known.add(found.masks)
        tuples, pairs = tuples + found.tuples, pairs + found.pairs
        add_counters(statistics, found.statistics)
        seen(tuples)
    return SecondLayerCounts(tuples, pairs, 0 if known is None else len(known))


@lru_cache(maxsize=4)
def prepared_search(arrangement: Arrangement, width: int) -> ProductSearch:
    """Prepare the search of all pairs, once in a process: for all workers the regions have the same order.

    Args:
        arrangement: central; row i is x_i.
        width: neurons in one sub-network.
    """
    return ProductSearch(FirstLayer.with_rays(arrangement), width)


def _count(task: _Task) -> _Counted:
    whole, statistics = prepared_search(task.arrangement, task.width), Statistics()
    known: DistinctWords | None = None
    tuples = pairs = 0

    def explore(ranges: Sequence[TupleRange], budget: int) -> Sequence[TupleRange]:
        nonlocal tuples, pairs, known
        search = whole.resumed(ranges, statistics)
        for block in search.masks(budget):
            tuples, pairs = tuples + block.tuples, pairs + block.pairs
            known = DistinctWords(block.masks.shape[1]) if known is None else known
            known.add(block.masks)
        return search.frontier

    left = sliced(explore, task.ranges, task.seconds)
    groups = shared_out(left, task.pieces, 2 * len(whole.layer.active))
    return _Counted(tuples, pairs, None if known is None else known.words, groups, statistics)


def shared_out(ranges: Sequence[TupleRange], pieces: int, size: int) -> list[tuple[TupleRange, ...]]:
    """Share ranges out to at most that many groups; the last one, which is the longest, is divided if they are few.

    Args:
        ranges: those that a search left.
        pieces: how many groups.
        size: how many signed masks there are.

    Example:
        >>> shared_out([TupleRange((0,), (1,)), TupleRange((2,), (6,))], 3, 6)
        [(TupleRange(start=(0,), stop=(1,), nodes=()),), (TupleRange(start=(2,), stop=(4,), nodes=()),), \
(TupleRange(start=(4,), stop=(6,), nodes=()),)]
    """
    listed = sorted(ranges)
    if listed and len(listed) < pieces:
        *listed, last = listed
        listed += divided(last, pieces - len(listed), size)
    return [tuple(group) for k in range(pieces) if (group := listed[k::pieces])]
