"""Tasks over executors: every task and what it opens is done once, whatever the executor, and few are in flight."""

import threading
import time
from collections import Counter
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements.errors import InputError
from arrangements.parallel.executors import as_executor, tasks_in_flight
from arrangements.parallel.slices import dealt, sliced
from arrangements.parallel.spreading import in_order, spread


def tree(task: int) -> list[int]:
    """The tasks that a task opens: 2 n and 2 n + 1 below 200."""
    return [child for child in (2 * task, 2 * task + 1) if child < 200]


@pytest.mark.parametrize("workers", [None, 1, 3])
def test_every_task_is_run_once(workers):
    pool = None if workers is None else ThreadPoolExecutor(workers)
    found = Counter(spread([1], lambda task: task, tree, lambda task, idle: task, pool))
    assert found == Counter(range(1, 200))


class Counting(Executor):
    """Runs tasks in threads, and remembers how many were submitted and not taken yet."""

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers)
        self._max_workers = workers
        self._lock = threading.Lock()
        self.flying = self.most = 0

    def submit(self, fn, /, *args, **kwargs) -> Future:
        with self._lock:
            self.flying += 1
            self.most = max(self.most, self.flying)
        future = self._pool.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self._ended())
        return future

    def _ended(self):
        with self._lock:
            self.flying -= 1


def test_two_tasks_a_worker_are_in_flight_at_most():
    pool = Counting(3)
    assert len(list(spread([1], lambda task: task, tree, lambda task, idle: task, pool))) == 199
    assert 1 < pool.most <= 6


def test_workers_that_come_later_are_given_tasks(monkeypatch):
    monkeypatch.setattr("arrangements.parallel.spreading._COUNT", 0.0)
    pool = Counting(1)
    found = []

    def run(task):
        time.sleep(0.02)  # so that tasks are in flight when others are submitted
        return task

    for result in spread(range(60), run, lambda result: (), lambda task, idle: task, pool):
        found.append(result)
        if len(found) == 20:
            assert pool.most <= 2
            pool._max_workers = 4
    assert sorted(found) == list(range(60))
    assert 2 < pool.most <= 8


def test_tasks_are_told_how_many_workers_are_about_to_be_idle():
    told = []

    def sized(task, idle):
        told.append(idle)
        return task

    list(spread([1], lambda task: task, tree, sized, Counting(2)))
    assert told[0] == 3  # four can be in flight, and this is the only one
    assert min(told) < 0  # later more wait than can be in flight


def test_what_a_task_raises_comes_out_and_nothing_further_is_submitted():
    seen = []

    def run(task):
        seen.append(task)
        if task == 3:
            raise InputError("the third")
        return task

    with pytest.raises(InputError, match="the third"):
        list(spread([1], run, tree, lambda task, idle: task))
    assert seen[-1] == 3


def test_when_it_is_stopped_the_tasks_in_flight_are_waited_for():
    found = []
    with ThreadPoolExecutor(2) as pool:
        for task in spread([1], lambda task: task, tree, lambda task, idle: task, pool, stopped=lambda: len(found) > 9):
            found.append(task)
    assert 10 <= len(found) <= 14
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("workers", [None, 1, 4])
@given(st.lists(st.integers(), max_size=30))
def test_results_come_in_order(workers, items):
    pool = None if workers is None else ThreadPoolExecutor(workers)
    assert list(in_order(items, str, pool)) == list(map(str, items))


@pytest.mark.parametrize("wrong", [2, "pool", object()])
def test_what_is_no_executor_is_refused(wrong):
    with pytest.raises(InputError, match=r"concurrent\.futures\.Executor"):
        as_executor(wrong)


def test_unknown_executors_are_taken_to_have_a_worker_a_core():
    class Other(Executor):
        pass

    assert tasks_in_flight(Other()) >= 2


@given(st.lists(st.text("+-0", min_size=4, max_size=4)), st.integers(1, 9))
def test_dealt_roots_are_all_there(roots, pieces):
    groups = dealt(roots, pieces, lambda root: root.count("0"))
    assert Counter(root for group in groups for root in group) == Counter(roots)
    assert len(groups) == min(pieces, len(roots))
    assert max(map(len, groups), default=0) - min(map(len, groups), default=0) <= 1


@given(st.integers(0, 50), st.sampled_from([0.0, 60.0]), st.integers(1, 20))
def test_slices_end_with_the_time_or_the_work(size, seconds, enough):
    looks = []

    def over():
        looks.append(1)
        return len(looks) >= enough

    left = sliced(lambda roots, budget: roots[1:], list(range(size)), seconds, over)
    expected = min(size, 1 if seconds == 0 else enough)
    assert len(left) == size - expected
