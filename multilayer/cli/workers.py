"""Workers of a command: processes on this machine, or those of a Dask cluster.

A worker ignores Ctrl-C, which a terminal sends to all processes: the command that started it decides. It ends itself
when that command is gone, whatever ended it.
"""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from time import sleep

import click

from arrangements.errors import InputError

_LOOK = 0.5  # seconds between looks at whether the command is still there

workers = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that share the work.",
)
dask = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Share the work out to this Dask scheduler, such as tcp://host:8786 (extra scale).",
)


@contextmanager
def executor_of(number: int, address: str | None = None) -> Iterator[Executor | None]:
    """Give the executor of a command; None if it works alone.

    Args:
        number: of processes on this machine.
        address: of a Dask scheduler.

    Raises:
        InputError: both are given, or nobody answers at the address.
    """
    if address is not None:
        if number != 1:
            raise InputError("--workers and --dask exclude each other: a Dask cluster has workers of its own")
        with _dask_executor(address) as executor:
            yield executor
        return
    if number == 1:
        yield None
        return
    pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_serve, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def worker_died(error: BaseException) -> bool:
    """Whether this is what an executor says of a worker that died, rather than an error of the work."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def _serve(driver: int) -> None:
    """Prepare a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(driver,), daemon=True).start()


def _end_with(driver: int) -> None:
    while os.getppid() == driver:
        sleep(_LOOK)
    os._exit(1)


@contextmanager
def _dask_executor(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--dask needs the extra scale: pip install 'multilayer-arrangements[scale]'") from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"--dask {address}: no scheduler answers there: {error}") from error
    with client:
        yield client.get_executor(pure=False)
