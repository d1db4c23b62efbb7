"""Work in parts: what is finished is kept where a signal or a limit ends the rest."""

from collections.abc import Iterable
from typing import TypeVar

from arrangements.errors import LimitError
from multilayer.io.signals import Terminated, signals_as_exceptions

T = TypeVar("T")


def finished_parts(parts: Iterable[T]) -> tuple[list[T], str | None]:
    """Collect parts as they are made until all are there, or a signal or a limit ends the rest.

    Args:
        parts: makes one after the other.

    Returns:
        The parts that are finished, one at least, and why there are no more; None if these are all.

    Raises:
        Terminated: a signal came before the first part was finished.
        LimitError: a limit was met before.

    Example:
        >>> finished_parts(iter([1, 2]))
        ([1, 2], None)
    """
    finished: list[T] = []
    try:
        with signals_as_exceptions():
            for part in parts:
                finished.append(part)  # extend would lose them all
    except Terminated as signal:
        if not finished:
            raise
        return finished, f"ended by {signal}"
    except LimitError as error:
        if not finished:
            raise
        return finished, str(error)
    return finished, None
