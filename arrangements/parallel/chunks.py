"""The builtin `map` over an executor: many items a task, results in the order of the items.

What a task costs beside its work is paid once a chunk of items. Chunks grow from one item until they take about half a
second; how items fall into chunks is a matter of time, and no result depends on it.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from functools import lru_cache
from itertools import islice
from time import perf_counter
from typing import Any, Generic, NamedTuple, TypeVar

from arrangements.parallel.executors import as_executor
from arrangements.parallel.spreading import in_order

Item = TypeVar("Item")
Result = TypeVar("Result")

_SECONDS = 0.5  # what a chunk should take
_GROWTH = 4  # at most, from one chunk to the next


def map_in_order(
    function: Callable[[Item], Result], items: Iterable[Item], executor: Executor | None = None
) -> Iterator[Result]:
    """Do what the builtin `map` does, side by side: results come in order, and so do exceptions.

    An exception of the function, or of the items, is raised where `map` would raise it: after the results of all
    earlier items. Few chunks are held at a time.

    Args:
        function: makes a result of an item. It is pickled once, and may carry what all items share (`functools.partial`
            of a function of a module).
        items: any number, picklable.
        executor: None for the builtin itself.

    Raises:
        InputError: the executor is not one.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> with ThreadPoolExecutor(2) as pool:
        ...     list(map_in_order(abs, [-1, 2, -3], pool))
        [1, 2, 3]
    """
    return map(function, items) if executor is None else _side_by_side(function, items, as_executor(executor))


def _side_by_side(function: Callable[[Item], Result], items: Iterable[Item], executor: Executor) -> Iterator[Result]:
    shared, chunks, kept = pickle.dumps(function), _Chunks(items), deque[list[Item]]()

    def tasks() -> Iterator[tuple[bytes, bytes | None]]:
        for chunk in chunks:
            try:
                yield shared, pickle.dumps(chunk)
            except RecursionError:  # an item is nested so deeply that it cannot be sent
                kept.append(chunk)
                yield shared, None

    for sent in in_order(tasks(), _run, executor):
        done = _finished(function, kept.popleft()) if sent is None else sent
        yield from done.results
        if done.failure is not None:
            raise done.failure
        chunks.adapt(len(done.results), done.seconds)
    if chunks.failure is not None:
        raise chunks.failure


class _Chunks(Generic[Item]):
    """Chunks of items; where the items end with an exception, it is kept until those before are done."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.failure: Exception | None = None
        self._items = iter(items)
        self._size = 1

    def __iter__(self) -> Iterator[list[Item]]:
        while self.failure is None and (chunk := self._next()):
            yield chunk

    def _next(self) -> list[Item]:
        chunk: list[Item] = []
        try:
            for item in islice(self._items, self._size):
                chunk.append(item)
        except Exception as error:
            self.failure = error
        return chunk

    def adapt(self, size: int, seconds: float) -> None:
        """Choose the size of the chunks to come, from what one took."""
        wanted = size * min(_GROWTH, _SECONDS / max(seconds, 1e-9))
        self._size = max(1, int(wanted))


class _Done(NamedTuple):
    """The results of a chunk up to the first exception, the exception, and the time that they took."""

    results: list[Any]
    failure: Exception | None
    seconds: float


def _run(task: tuple[bytes, bytes | None]) -> _Done | None:
    """Run a chunk, in a worker; None if it was not sent."""
    shared, chunk = task
    return None if chunk is None else _finished(_loaded(shared), pickle.loads(chunk))


def _finished(function: Callable[[Any], Any], chunk: list[Any]) -> _Done:
    start, results = perf_counter(), list[Any]()
    try:
        for item in chunk:
            results.append(function(item))
    except Exception as error:
        return _Done(results, error, perf_counter() - start)
    return _Done(results, None, perf_counter() - start)


@lru_cache(maxsize=2)
def _loaded(shared: bytes) -> Callable[[Any], Any]:
    """Unpickle a function, once a worker."""
    function: Callable[[Any], Any] = pickle.loads(shared)
    return function
