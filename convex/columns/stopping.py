"""Stopping: long computations ask, step by step, a function whether to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


def never() -> bool:
    """Never ask to stop."""
    return False


@dataclass(frozen=True)
class Stop:
    """When a search is to end.

    Attributes:
        ends: on the clock of `time.perf_counter`; None for no such time.
        asked: tells whether somebody asks to stop.

    Example:
        >>> Stop(None, never)(), Stop(perf_counter() - 1, never)()
        (False, True)
    """

    ends: float | None
    asked: Callable[[], bool]

    def __call__(self) -> bool:
        """Whether it is to end now."""
        return self.asked() or (self.ends is not None and perf_counter() >= self.ends)
