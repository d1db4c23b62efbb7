"""How much of a sweep exact arithmetic would have to settle, estimated from some of its lines."""

import random
from collections.abc import Sequence

from arrangements.sweep.sweep_search import SweepSearch


def share_in_doubt(rows: Sequence[Sequence[int]], lines: int = 100) -> float:
    """Estimate which part of a sweep's vertices are not proven by the kernel: where more rows meet, or nearly so.

    The sets of r - 2 rows, each with the vertices that it makes with one later row, are drawn at random, the same in
    every process. Sets that are dependent count as one vertex. Where the first few leave most in doubt, they will do.

    Args:
        rows: N integer rows of one length r and of rank r, none zero, no two parallel.
        lines: how many sets are drawn.

    Example:
        >>> share_in_doubt([(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 2, 3)])
        0.0
        >>> share_in_doubt([(1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1), (1, 2, 3)]) > 0
        True
    """
    first = _share(rows, lines // 8)
    return first if first > 0.5 else _share(rows, lines)


def _share(rows: Sequence[Sequence[int]], lines: int) -> float:
    size, rank = len(rows), len(rows[0])
    source = random.Random(0)
    nodes = []
    for _ in range(lines):
        chosen = set(source.sample(range(1, size), max(0, min(rank - 2, size - 2))))
        last = max(chosen, default=0)
        nodes.append((1, *(1 if k in chosen else -1 if k < last else 0 for k in range(1, size))))
    doubts, proven = SweepSearch(rows, frontier=nodes).probe()
    return doubts / max(1, doubts + proven)
