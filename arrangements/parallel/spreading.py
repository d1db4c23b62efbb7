"""Tasks spread over an executor: those that leave further tasks open, and those whose results come in order.

The driver holds the tasks that wait and those in flight, never all results.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

from arrangements.parallel.executors import as_executor, tasks_in_flight

Task = TypeVar("Task")
Job = TypeVar("Job")
Result = TypeVar("Result")
_LOOK = 0.5  # seconds
_COUNT = 5.0  # seconds between looks at how many workers there are: those of a cluster come and go


def never() -> bool:
    """Go on always."""
    return False


def spread(
    tasks: Iterable[Task],
    run: Callable[[Job], Result],
    opened: Callable[[Result], Iterable[Task]],
    sized: Callable[[Task, int], Job],
    executor: Executor | None = None,
    *,
    stopped: Callable[[], bool] = never,
) -> Iterator[Result]:
    """Run tasks and those that they leave open, until none is left; yield the results as they come.

    The task opened last is run first, so that few wait.

    Args:
        tasks: those to begin with.
        run: makes a result of what `sized` made of a task; for processes both must be picklable.
        opened: the tasks that a result leaves open.
        sized: says how much of a task is to be done, when its turn comes; it is told how many workers are about to be
            without work, so that it can leave more tasks open.
        executor: None to run one task after the other.
        stopped: whether to submit no more; those in flight are waited for.

    Raises:
        Exception: what a task raised; nothing further is submitted.

    Example:
        >>> halves = spread([4], lambda n: n, lambda n: [n // 2, n // 2] if n > 1 else [], lambda n, idle: n)
        >>> list(halves)
        [4, 2, 1, 1, 2, 1, 1]
    """
    chosen = as_executor(executor)
    room, counted = tasks_in_flight(chosen), monotonic()
    waiting, flying = list(tasks), set[Future[Result]]()
    done: SimpleQueue[Future[Result]] = SimpleQueue()  # a look at it costs the same, however many tasks are in flight
    try:
        while True:
            if monotonic() - counted >= _COUNT:
                room, counted = tasks_in_flight(chosen), monotonic()
            while waiting and len(flying) < room and not stopped():
                task = waiting.pop()
                future = chosen.submit(run, sized(task, room - len(flying) - 1 - len(waiting)))
                flying.add(future)
                future.add_done_callback(done.put)
            if not flying:
                return
            try:
                future = done.get(timeout=_LOOK)
            except Empty:
                stopped()  # asked also while tasks are long: it may have them told
                continue
            flying.remove(future)
            result = future.result()
            waiting += opened(result)
            yield result
    finally:
        for future in flying:
            future.cancel()


def in_order(
    tasks: Iterable[Task], run: Callable[[Task], Result], executor: Executor | None = None
) -> Iterator[Result]:
    """Run tasks side by side, and yield their results in the order of the tasks; few are held at a time.

    Args:
        tasks: any number.
        run: makes a result of a task; for processes it and all tasks must be picklable.
        executor: None to run one task after the other.

    Raises:
        Exception: what a task raised.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> with ThreadPoolExecutor(2) as pool:
        ...     list(in_order(range(5), str, pool))
        ['0', '1', '2', '3', '4']
    """
    chosen = as_executor(executor)
    room = tasks_in_flight(chosen)
    flying: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            flying.append(chosen.submit(run, task))
            if len(flying) >= room:
                yield flying.popleft().result()
        while flying:
            yield flying.popleft().result()
    finally:
        for future in flying:
            future.cancel()
