"""The builtin `map` over an executor: the same results and the same exceptions, in the same order."""

import pickle
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest

from arrangements.errors import InputError
from arrangements.parallel.chunks import map_in_order


def shifted(item, by):
    if item == "bad":
        raise ValueError("bad is no number")
    return item + by


def slower_first(item):
    time.sleep(0.02 if item < 3 else 0)
    return -item


def outcome(stream):
    """All results before the first exception, and the exception."""
    results = []
    try:
        for result in stream:
            results.append(result)
    except Exception as error:
        return results, type(error), str(error)
    return results, None, ""


def ending_badly(n):
    yield from range(n)
    raise OSError("the items end")


STREAMS = {
    "none": lambda: [],
    "one": lambda: [5],
    "many": lambda: range(3000),
    "the first is bad": lambda: ["bad", 1, 2],
    "one of many is bad": lambda: [*range(700), "bad", *range(700)],
    "two are bad": lambda: [1, "bad", 2, "bad"],
    "the items end badly": lambda: ending_badly(40),
    "the items end badly at once": lambda: ending_badly(0),
    "a bad one before the bad end": lambda: (k if k != 25 else "bad" for k in ending_badly(30)),
}


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("name", STREAMS)
def test_it_is_the_builtin(name):
    function = partial(shifted, by=10)
    alone = outcome(map(function, STREAMS[name]()))
    assert outcome(map_in_order(function, STREAMS[name]())) == alone
    with ThreadPoolExecutor(3) as threads:
        assert outcome(map_in_order(function, STREAMS[name](), threads)) == alone


@pytest.mark.parametrize("name", STREAMS)
def test_processes_give_the_same(name, processes):
    function = partial(int.__add__, 10)
    assert outcome(map_in_order(function, STREAMS[name](), processes)) == outcome(map(function, STREAMS[name]()))


def test_results_come_in_order_where_the_first_take_longest():
    with ThreadPoolExecutor(4) as threads:
        assert list(map_in_order(slower_first, range(50), threads)) == [-k for k in range(50)]


class Recording(Executor):
    """An executor that runs nothing before it is asked for the result, and counts what is waiting."""

    def __init__(self):
        self.sizes = []

    def submit(self, function, task):
        self.sizes.append(len(pickle.loads(task[1])))
        future = Future()
        future.set_result(function(task))
        return future


def test_items_are_taken_as_they_are_needed():
    taken = []

    def items():
        for k in range(10**6):
            taken.append(k)
            yield k

    stream = map_in_order(abs, items(), Recording())
    assert [next(stream) for _ in range(3)] == [0, 1, 2]
    assert len(taken) < 10**5
    stream.close()


def test_chunks_grow_where_items_are_quick():
    recording = Recording()
    assert sum(map_in_order(abs, range(20_000), recording)) == sum(range(20_000))
    assert recording.sizes[0] == 1
    assert len(recording.sizes) < 10_000


def test_what_is_no_executor_is_refused_at_once():
    with pytest.raises(InputError, match="executor"):
        map_in_order(abs, [1], 2)


def test_what_is_nested_too_deeply_to_be_sent_is_done_here(processes):
    nested = []
    for _ in range(20_000):
        nested = [nested]
    items = [[1], [], nested, [1, 2], nested]
    with pytest.raises(RecursionError):
        pickle.dumps(nested)
    assert list(map_in_order(len, items, processes)) == [1, 0, 1, 2, 1]
