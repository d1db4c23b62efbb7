"""Signals that end a run, so that what is being written is cleaned up and what was found is kept.

SIGINT comes from Ctrl-C, SIGTERM from `kill` and schedulers, SIGHUP from a terminal that is closed.
"""

import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

_AGAIN = 0.5  # seconds
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_REMINDER = hasattr(signal, "setitimer")

Handler = Callable[[int, FrameType | None], None]


class Terminated(BaseException):
    """The run was ended by a signal; like KeyboardInterrupt it passes every `except Exception`."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number


@contextmanager
def signals_as_exceptions() -> Iterator[None]:
    """Raise `Terminated` where a signal would end the process without a word; files beside their target then vanish.

    An exception can be lost: in a callback from C, in a finalizer, or where a library that is being imported makes an
    ImportError of it and goes on without. So the signal comes again until the exception arrives here.
    """
    pending: list[int] = []

    def ended(number: int, frame: FrameType | None) -> None:
        pending[:] = [number]
        _remind(_AGAIN)
        if not isinstance(sys.exc_info()[1], Terminated):  # else it is on its way, and cleans up
            raise Terminated(number)

    def reminded(number: int, frame: FrameType | None) -> None:
        signal.raise_signal(pending[0])

    def lost(unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, Terminated):
            before(unraisable)

    handlers: dict[int, Handler] = dict.fromkeys(_ENDING, ended)
    if _REMINDER:
        handlers[signal.SIGALRM] = reminded
    before, sys.unraisablehook = sys.unraisablehook, lost
    try:
        with _handled(handlers):
            try:
                yield
            except Exception as error:
                if (first := _behind(error)) is not None:
                    raise first from None
                raise
            finally:
                if pending:
                    _remind(0)
    finally:
        sys.unraisablehook = before


def _behind(error: BaseException | None) -> Terminated | None:
    """The `Terminated` of which a library made this error."""
    while error is not None and not isinstance(error, Terminated):
        error = error.__cause__ or error.__context__
    return error


def _remind(seconds: float) -> None:
    """Have SIGALRM sent after a time; 0 calls it off."""
    if _REMINDER:
        signal.setitimer(signal.ITIMER_REAL, seconds)


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

    with _handled(dict.fromkeys(_ENDING, asked)):
        yield lambda: bool(seen)


@contextmanager
def _handled(handlers: Mapping[int, Handler]) -> Iterator[None]:
    """Install handlers of signals, in the main thread only, and put back what was there."""
    before = {}
    for number, handler in handlers.items():
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
