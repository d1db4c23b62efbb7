"""Pricing on an executor: the searches of both output signs run elsewhere, and the answer is the one without."""

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from support.endless_search import answer_endless, endless
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian, with_loss

from arrangements import InputError
from arrangements.parallel.executors import Inline
from convex import certificate_json, solve, solve_outputs
from convex.columns import spread_pricing
from convex.columns.spread_pricing import SpreadPricing
from convex.solving import certified_solve
from multilayer import checker
from multilayer.io.writing import write_json

LOSSES = ("squared", "huber:1/2", "hinge", "logistic")
PROBLEMS = {
    "four rows": FOUR_ROWS,
    "xor": XOR,
    "gaussian": gaussian(6, 2, 5, "0.01"),
    "repeated rows": DEGENERATE["repeated rows, other targets"],
}


@pytest.fixture(scope="module")
def processes():
    """Two spawned processes, which share nothing with this one."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def own_processes():
    """Two processes for one test: whatever other tests did to theirs."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def all_sent(monkeypatch):
    """Send short searches too."""
    monkeypatch.setattr(spread_pricing, "_SHORT", 0)


class Counted(Executor):
    """Passes tasks on to another executor, and counts them."""

    def __init__(self, inner):
        self.inner, self.count = inner, 0

    def submit(self, fn, /, *args, **kwargs):
        self.count += 1
        return self.inner.submit(fn, *args, **kwargs)


class Raising(Executor):
    """Every task ends with this exception."""

    def __init__(self, error):
        self.error = error

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(self.error)
        return future


def meet(one, other):
    return one.lower <= other.upper and other.lower <= one.upper


@pytest.mark.usefixtures("all_sent")
@pytest.mark.parametrize("width", [2, None])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_same_optimum_on_every_executor(name, loss, width, processes, threads, tmp_path):
    problem = with_loss(PROBLEMS[name], loss)
    here = solve(problem, width)
    for place, executor in {"processes": Counted(processes), "threads": threads, "here": Inline()}.items():
        found = solve(problem, width, executor=executor)
        assert found.status == here.status == "optimal", place
        assert meet(found, here), place
        assert found.network.objective(problem) == found.upper
        file = tmp_path / f"{place}.json"
        write_json(file, certificate_json([found], "a test", {}))
        kind, _ = checker.check(str(file))
        assert kind == "optimum"
        if place == "processes":
            assert executor.count >= 4  # two to start the workers, and a round at least


@pytest.mark.usefixtures("all_sent")
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 10, 20, 50, 100])
@pytest.mark.parametrize("width", [2, None])
def test_a_limit_of_steps_ends_the_search_at_the_same_step(limit, width, processes):
    problem = gaussian(8, 2, 0, "0.002")
    here, found = (solve(problem, width, limit=limit, executor=executor) for executor in (None, processes))
    assert (found.limited, found.steps, found.rounds) == (here.limited, here.steps, here.rounds)
    assert found.steps <= limit
    assert found.lower <= found.upper
    assert meet(found, solve(problem, width))


def test_short_searches_stay_here(processes):
    counted = Counted(processes)
    assert solve(FOUR_ROWS, 2, executor=counted).status == "optimal"
    assert counted.count == 2  # what starts the workers


@pytest.mark.usefixtures("all_sent")
def test_outputs_share_an_executor(processes):
    problems = [gaussian(5, 2, 3, "0.05"), gaussian(5, 2, 3, "0.05")]
    assert solve_outputs(problems, 2, executor=processes).upper == solve_outputs(problems, 2).upper


class Endless(Counted):
    """Searches in its processes have no end."""

    def submit(self, fn, /, *args, **kwargs):
        return super().submit(answer_endless, *args, **kwargs)


def assert_free(executor):
    """Both workers take tasks again."""
    assert [task.result(timeout=60) for task in [executor.submit(abs, -1) for _ in range(2)]] == [1, 1]


@pytest.mark.parametrize("kind", ["own_processes", "threads"])
def test_a_stop_ends_the_searches_elsewhere_too(kind, request, monkeypatch):
    problem, workers, asked = gaussian(8, 2, 0, "0.002"), request.getfixturevalue(kind), []
    optimum, executor = solve(problem, 2), Endless(workers)
    if kind == "threads":
        executor = Counted(workers)
        monkeypatch.setattr(spread_pricing.Question, "answer", endless)
    monkeypatch.setattr(SpreadPricing, "_short", lambda *arguments: None)

    def stopped():
        asked.append(True)
        return len(asked) > 100

    found = solve(problem, 2, stopped=stopped, executor=executor)
    assert executor.count == 4  # two to start the workers, two searches
    assert found.limited
    assert 0 < found.lower < found.upper
    assert meet(found, optimum)
    assert_free(workers)


@pytest.mark.parametrize("kind", ["own_processes", "threads"])
def test_time_ends_a_search_that_does_not_see_the_file_of_its_round(kind, request, monkeypatch):
    """As on another machine: its own limit of time ends it."""
    workers = request.getfixturevalue(kind)
    executor = Endless(workers)
    if kind == "threads":
        executor = workers
        monkeypatch.setattr(spread_pricing.Question, "answer", endless)
    monkeypatch.setattr(SpreadPricing, "_short", lambda *arguments: None)
    monkeypatch.setattr(spread_pricing.platform, "node", lambda: "elsewhere")  # of threads too, which look at a file
    monkeypatch.setattr(Path, "exists", lambda path: True)  # that stays
    found = solve(gaussian(8, 2, 0, "0.002"), 2, seconds=1, executor=executor)
    assert found.limited
    assert 0 < found.lower < found.upper
    assert_free(workers)


@pytest.mark.usefixtures("all_sent")
def test_a_broken_pool_loses_nothing():
    problem, said = gaussian(6, 2, 5, "0.01"), []
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        death = pool.submit(os._exit, 1)
        assert death.exception(timeout=60) is not None
        found = solve(problem, 2, executor=pool, progress=said.append)
    assert found.status == "optimal"
    assert meet(found, solve(problem, 2))
    assert sum("the executor is broken" in message for message in said) == 1


@pytest.mark.usefixtures("all_sent")
def test_workers_that_are_interrupted_stop_the_search():
    problem = gaussian(6, 2, 5, "0.01")
    found = solve(problem, 2, executor=Raising(KeyboardInterrupt()))
    assert found.limited
    assert found.lower <= found.upper
    assert meet(found, solve(problem, 2))


@pytest.mark.usefixtures("all_sent")
def test_errors_of_a_search_arrive():
    with pytest.raises(ZeroDivisionError, match="of a test"):
        solve(FOUR_ROWS, 2, executor=Raising(ZeroDivisionError("of a test")))


def test_no_files_are_left(threads, tmp_path, monkeypatch):
    monkeypatch.setattr(spread_pricing, "_SHORT", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = []
    real = spread_pricing._answer

    def answer(packed, question, seconds, place):
        seen.append(list(tmp_path.iterdir()))
        return real(packed, question, seconds, place)

    monkeypatch.setattr(spread_pricing, "_answer", answer)
    assert solve(FOUR_ROWS, 2, executor=threads).status == "optimal"
    assert any(seen)
    assert list(tmp_path.iterdir()) == []


def test_without_workers_nothing_is_spread(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("no executor was given")

    monkeypatch.setattr(certified_solve, "SpreadPricing", refuse)
    for executor in (None, Inline()):
        assert solve(XOR, 2, executor=executor).status == "optimal"


def test_other_things_are_no_executors():
    with pytest.raises(InputError, match=r"executor: 2 is an int, not an Executor"):
        solve(FOUR_ROWS, 2, executor=2)
