"""Executors: how many tasks they run at once, and one that runs each task where it is submitted.

Any `concurrent.futures.Executor` will do: a pool of threads or processes on this machine, that of a Dask client
(`client.get_executor()`), or `mpi4py.futures.MPIPoolExecutor`.
"""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from arrangements.arguments import check_kind


class Inline(Executor):
    """An executor without workers: `submit` runs the task, and returns when it is done.

    Example:
        >>> Inline().submit(pow, 2, 5).result()
        32
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run the task; its result or its exception is in the future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def as_executor(executor: Executor | None) -> Executor:
    """Return the executor, or in place of None one that runs each task where it is submitted.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_executor(None).submit(max, 1, 2).result()
        2
    """
    advice = "give a concurrent.futures.Executor, or leave it out"
    return Inline() if executor is None else check_kind(executor, Executor, "executor", advice)


def tasks_in_flight(executor: Executor) -> int:
    """Say how many tasks to keep submitted: two for each worker, so that none waits for the driver.

    The standard pools know their number of workers, and so does a Dask client; of other executors it is taken to be the
    number of cores here.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> tasks_in_flight(Inline()), tasks_in_flight(ThreadPoolExecutor(3))
        (1, 6)
    """
    if isinstance(executor, Inline):
        return 1
    client = getattr(executor, "_client", None)
    workers = sum(client.nthreads().values()) if client is not None else getattr(executor, "_max_workers", None)
    return 2 * max(1, workers or os.cpu_count() or 1)
