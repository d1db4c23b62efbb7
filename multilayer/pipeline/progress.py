"""How far a long computation is, told to whoever wants to show it: nothing is shown here."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

T = TypeVar("T")
Seen = Callable[[int], None]  # told how many are done
Progress = Callable[[int | None, str], AbstractContextManager[Seen]]  # opened with how many there are of what


def unshown(total: int | None, label: str) -> AbstractContextManager[Seen]:
    """Show nothing."""
    return nullcontext(lambda done: None)


def tracked(
    items: Iterable[T], total: int, label: str, progress: Progress, size: Callable[[T], int] = lambda item: 1
) -> Iterator[T]:
    """Yield the items, and tell how many there have been.

    Args:
        items: an iterable.
        total: how many there will be.
        label: what they are called.
        progress: shows it.
        size: how many an item is.

    Example:
        >>> from contextlib import contextmanager
        >>> @contextmanager
        ... def printed(total, label):
        ...     yield lambda done: print(f"{done} of {total} {label}")
        >>> sum(tracked([2, 3], 5, "regions", printed, int))
        2 of 5 regions
        5 of 5 regions
        5
    """
    done = 0
    with progress(total, label) as seen:
        for item in items:
            yield item
            done += size(item)
            seen(done)
