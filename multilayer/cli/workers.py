"""The option --workers: processes of this machine, which end with the command, however it ends."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST = 1000
_TERMINAL = tuple(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))

workers = click.option(
    "--workers",
    type=click.IntRange(1, _MOST),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes of this machine that share the work; with 1, the command's own.",
)


@contextmanager
def executor_of(workers: int) -> Iterator[Executor | None]:
    """Give an executor with that many processes, None for one worker; they are gone when the block is left.

    They are spawned, and at once: a fork would copy locks that threads of libraries hold, and HiGHS wants a process of
    its own. Each holds one end of a pipe, and ends when the other end closes: where the block is left by an exception,
    or this process is killed.

    Args:
        workers: at least 1.

    Raises:
        LimitError: a worker was ended from outside, most likely for want of memory.

    Example:
        >>> with executor_of(1) as executor:
        ...     print(executor)
        None
    """
    if workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from arrangements.errors import LimitError

    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with _signals_held_back():  # this starts multiprocessing's resource tracker, which lets signals in again
        pool = ProcessPoolExecutor(workers, context, _stay_with, (theirs,))
    try:
        with _signals_held_back():
            for _ in range(workers):
                pool.submit(os.getpid)  # starts one worker more, as none is idle yet
        yield pool
    except BaseException as error:
        ours.close()
        if isinstance(error, BrokenProcessPool):
            text = f"one of {workers} workers was ended from outside, most likely for want of memory; ask for fewer"
            raise LimitError(text) from error
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        ours.close()
        theirs.close()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Hold signals of the terminal back for a moment: processes that are started meanwhile begin without them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stay_with(end: "Connection") -> None:
    """Leave signals of the terminal to the driver, and end this worker as soon as the other end of the pipe closes."""
    for number in _TERMINAL:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_after, args=(end,), daemon=True).start()


def _end_after(end: "Connection") -> None:
    with suppress(OSError):  # closed pipes are errors where they are named pipes
        end.poll(None)
    os._exit(1)
