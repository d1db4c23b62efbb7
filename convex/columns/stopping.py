"""Stopping: long computations ask, step by step, a function whether to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from time import perf_counter

from arrangements.errors import InputError, shown


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


def read_seconds(seconds: object) -> float:
    """Read a time.

    Raises:
        InputError: it is no finite number above 0.

    Example:
        >>> read_seconds(20)
        20.0
    """
    try:
        value = float(seconds)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        value = 0.0
    if isinstance(seconds, bool) or not isfinite(value) or value <= 0:
        raise InputError(f"seconds is {shown(seconds)}; it must be a number above 0")
    return value
