"""Signals that end a run, so that what is being written is cleaned up and what was found is kept.

SIGINT comes from Ctrl-C, SIGTERM from `kill` and schedulers, SIGHUP from a terminal that is closed.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from types import FrameType
from typing import Any

_AGAIN = 0.05  # seconds
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Terminated(BaseException):
    """The run was ended by a signal; like KeyboardInterrupt it passes every `except Exception`."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number


@contextmanager
def signals_as_exceptions() -> Iterator[None]:
    """Raise `Terminated` where a signal would end the process without a word; files beside their target then vanish.

    Where Python cannot pass an exception on, in a callback from C or a finalizer, the signal is sent again.
    """

    def ended(number: int, frame: FrameType | None) -> None:
        raise Terminated(number)

    def lost(unraisable: Any) -> None:
        if isinstance(unraisable.exc_value, Terminated):
            Timer(_AGAIN, os.kill, (os.getpid(), unraisable.exc_value.status - 128)).start()
        else:
            before(unraisable)

    before, sys.unraisablehook = sys.unraisablehook, lost
    try:
        with _handled(ended):
            yield
    finally:
        sys.unraisablehook = before


@contextmanager
def stop_requested(say: Callable[[str], None] = lambda text: None) -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether a signal has asked to stop; a second signal ends the run at once.

    Args:
        say: told when the first one comes.

    Example:
        >>> with stop_requested() as stopped:
        ...     signal.raise_signal(signal.SIGTERM)
        ...     stopped()
        True
    """
    seen: list[int] = []

    def asked(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        if len(seen) > 1:
            raise Terminated(number)
        say(f"{signal.Signals(number).name}: stopping with what is proven so far (once more to end at once)")

    with _handled(asked):
        yield lambda: bool(seen)


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Install a handler for the ending signals, in the main thread only, and put back what was there."""
    before = {}
    for number in _ENDING:
        try:
            known = signal.getsignal(number)
            if known is not signal.SIG_IGN:  # nohup
                before[number] = signal.signal(number, handler)
        except ValueError:  # not the main thread: its signals are not ours
            break
    try:
        yield
    finally:
        for number, known in before.items():
            signal.signal(number, known)
