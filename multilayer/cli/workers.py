"""The options --workers and --dask: processes of this machine, which end with the command, or those of a cluster."""

import logging
import os
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from arrangements.errors import InputError, LimitError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST = 1000
_TERMINAL = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

workers = click.option(
    "--workers",
    type=click.IntRange(1, _MOST),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes of this machine that share the work; with 1, the command's own.",
)
dask = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Share the work out to this Dask scheduler, such as tcp://host:8786 (extra scale).",
)


@contextmanager
def executor_of(workers: int, address: str | None = None) -> Iterator[Executor | None]:
    """Give an executor with that many processes, or that of a Dask cluster; None for one worker.

    The processes are gone when the block is left. They are spawned, and at once: a fork would copy locks that threads
    of libraries hold, and HiGHS wants a process of its own. Each holds one end of a pipe, and ends when the other end
    closes: where the block is left by an exception, or this process is killed.

    Args:
        workers: at least 1.
        address: of a Dask scheduler.

    Raises:
        InputError: both are given, Dask is missing, or no scheduler answers.
        LimitError: a worker was ended from outside, most likely for want of memory.

    Example:
        >>> with executor_of(1) as executor:
        ...     print(executor)
        None
    """
    if address is not None:
        if workers != 1:
            raise InputError("--workers and --dask exclude each other: a Dask cluster has workers of its own")
        with _dask_executor(address) as executor:
            yield executor
        return
    if workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

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
        _close_results(pool)
        if isinstance(error, BrokenProcessPool):
            text = f"one of {workers} workers was ended from outside, most likely for want of memory; ask for fewer"
            raise LimitError(text) from error
        raise
    finally:
        ours.close()  # first: where a worker was killed the pool ends the others by a signal that they ignore
        pool.shutdown(cancel_futures=True)
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


def _close_results(pool: Executor) -> None:
    """Close what this process holds of the end at which workers write their results.

    A worker may end in the middle of writing one, and the pool would wait for the rest: a pipe tells that the other
    side is gone only if nobody else holds that end. The pipe of tasks is closed by the pool.
    """
    with suppress(AttributeError, OSError):
        getattr(pool, "_result_queue")._writer.close()  # noqa: B009  (of the standard library, and not public)


def _stay_with(end: "Connection") -> None:
    """Leave signals of the terminal to the driver, and end this worker as soon as the other end of the pipe closes."""
    for number in _TERMINAL:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_after, args=(end,), daemon=True).start()


def _end_after(end: "Connection") -> None:
    with suppress(OSError):  # closed pipes are errors where they are named pipes
        end.poll(None)
    os._exit(1)


def worker_died(error: BaseException) -> bool:
    """Whether this is what an executor says of a worker that died, rather than an error of the work.

    Example:
        >>> worker_died(OSError("no such file"))
        False
    """
    return isinstance(error.__cause__, BrokenExecutor) or type(error).__name__ == "KilledWorker"


@contextmanager
def _dask_executor(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--dask needs the extra scale: pip install '.[scale]' in a clone of the project") from error
    if not re.fullmatch(r"([a-z]+://)?\S+:[0-9]{1,5}", address):
        raise InputError(f"--dask {address} is no address of a scheduler; give one such as tcp://host:8786")
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"--dask {address}: no scheduler answers there: {error}") from error
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # it is said here, in one line
    with client:
        try:
            yield client.get_executor(pure=False)
        except CancelledError as error:
            advice = "start it, and run the command again; a folder is gone on with by --resume"
            raise LimitError(f"--dask {address}: the scheduler is gone; {advice}") from error
