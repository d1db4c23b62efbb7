"""How long a task works: in slices of some nodes, so that it can look at the clock, and for about a second or more."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TypeVar

from arrangements.parallel.spreading import never

Root = TypeVar("Root")

_FIRST = 1 << 12  # nodes of the first slice, before it is known how long they take
_FEWEST = 64
_LOOK = 0.2  # seconds between looks at the clock
_SHORTEST, _LONGEST = 1.0, 60.0  # seconds of a task
_SHARE = 20  # a task takes that part of the run so far: a run of days has thousands of tasks, not millions


def sliced(
    explore: Callable[[Sequence[Root], int], Sequence[Root]],
    roots: Sequence[Root],
    seconds: float,
    over: Callable[[], bool] = never,
) -> Sequence[Root]:
    """Search below roots, slice by slice, until nothing or no time is left; at least one slice.

    Args:
        explore: searches below roots until that many nodes are split, and returns the roots that are left.
        roots: those to begin with.
        seconds: how long.
        over: asked after each slice whether to end early.

    Returns:
        The roots that are left.

    Example:
        >>> sliced(lambda roots, budget: roots[1:], [1, 2, 3], seconds=60)
        []
        >>> sliced(lambda roots, budget: roots[1:], [1, 2, 3], seconds=0)
        [2, 3]
    """
    start, budget = perf_counter(), _FIRST
    while roots:
        begun = perf_counter()
        roots = explore(roots, budget)
        now = perf_counter()
        if now - start >= seconds or over():
            break
        budget = max(_FEWEST, int(budget * min(8.0, _LOOK / max(now - begun, 1e-6))))
    return roots


def task_seconds(elapsed: float, idle: int) -> float:
    """Say how long a task should work: short where workers are about to be idle, longer the longer a run has lasted.

    Args:
        elapsed: seconds since the run began.
        idle: how many workers are about to be without work.

    Example:
        >>> task_seconds(0.0, 0), task_seconds(100.0, 0), task_seconds(100.0, 1), task_seconds(1e6, 0)
        (1.0, 5.0, 1.0, 60.0)
    """
    return _SHORTEST if idle > 0 else min(_LONGEST, max(_SHORTEST, elapsed / _SHARE))


def dealt(roots: Sequence[Root], pieces: int, size: Callable[[Root], int]) -> list[list[Root]]:
    """Deal roots out to at most that many groups, the largest first.

    Args:
        roots: those that are left.
        pieces: how many groups.
        size: how large a root is, about.

    Example:
        >>> dealt(["+0", "++", "00"], 2, lambda root: root.count("0"))
        [['00', '++'], ['+0']]
    """
    ordered = sorted(roots, key=size, reverse=True)
    return [group for k in range(pieces) if (group := ordered[k::pieces])]
