"""SIGKILL at random moments, of a run with its workers, of the run alone, of a worker alone: nothing is lost."""

import os
import random
import signal
import time

import pytest
from support import store_runs
from support.store_runs import Work, check, counted_elsewhere, ended, kill, ran, reference, session, started, until

from multilayer import store
from multilayer.cli.workers import executor_of
from multilayer.store.folder import part_paths

pytestmark = pytest.mark.skipif(not store_runs.HAS_PROC, reason="processes of a session are found in /proc")

SMALL = Work("resonance:5"), 400
PAIRS = Work("random:8,3,0", 2), 600
LARGE = Work("resonance:6"), 20_000
MANY_PAIRS = Work("random:12,3,0", 2), 4_000


def everything(process, draw):
    """Kill the run with its workers, one after the other in any order."""
    processes = session(process.pid)
    draw.shuffle(processes)
    for number in processes:
        kill(number)


def driver(process, draw):
    kill(process.pid)


def worker(process, draw):
    if found := store_runs.workers(process.pid):
        kill(draw.choice(found))


def endure(folder, work, cells, *options, victim, kills, seed):
    """Kill runs until that many kills have met one at work, and resume after each; begin anew when all is listed.

    Half of the moments are drawn from the start of the process, half from a new part on; where a run has ended before,
    the next moment is shorter.
    """
    draw = random.Random(seed)
    target, met, runs, wait, go_on = folder / "d", 0, 0, 0.3, []
    while met < kills:
        runs += 1
        assert runs < 20 * kills
        there = len(part_paths(target))
        process = started(folder, work, *options, *go_on, cells=cells)
        if draw.random() < 0.5:
            time.sleep(draw.uniform(0, 6 * wait))
        else:
            wanted = there + draw.randrange(1, 8)
            until(lambda: process.poll() is not None or len(part_paths(target)) >= wanted)  # noqa: B023
            time.sleep(draw.uniform(0, wait))
        victim(process, draw)
        end = ended(process)
        found = end.status == -signal.SIGKILL or "a worker died" in end.err
        met += found
        wait *= 1 if found else 0.7
        if end.status == 0:
            check(target, work)
            go_on = ["--restart"]
        else:
            assert end.status == -signal.SIGKILL, end
            go_on = ["--resume"] if part_paths(target) else []
            if go_on:
                some = store.open(target)  # what is there counts
                assert len(some) == len(some.sorted_keys())
                assert not set(map(tuple, some.sorted_keys())) - _known(work)
    end = ran(folder, work, *options, *(go_on or ["--restart"]), cells=cells)
    assert end.status == 0, end
    check(target, work)
    counted_elsewhere(target, work)


_KNOWN = {}


def _known(work):
    return _KNOWN.setdefault(work, set(map(tuple, reference(work))))


@pytest.mark.parametrize(
    ("small", "victim", "workers", "kills"),
    [(SMALL, everything, 1, 3), (SMALL, driver, 2, 1), (SMALL, worker, 2, 1), (PAIRS, everything, 2, 2)],
    ids=["regions, everything", "regions, the run alone", "regions, a worker", "pairs, everything"],
)
def test_a_killed_run_goes_on(tmp_path, small, victim, workers, kills):
    seed = f"{victim.__name__} {workers}"
    endure(tmp_path, *small, "--workers", workers, victim=victim, kills=kills, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize(("work", "cells"), [LARGE, MANY_PAIRS], ids=["regions", "pairs"])
@pytest.mark.parametrize("victim", [everything, driver, worker])
@pytest.mark.parametrize("workers", [1, 2])
def test_twenty_kills(tmp_path, work, cells, victim, workers):
    if victim is worker and workers == 1:
        pytest.skip("there is no worker beside the run")
    endure(tmp_path, work, cells, "--workers", workers, victim=victim, kills=20, seed=f"{work} {victim} {workers}")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_twenty_kills_with_tasks_of_their_own_size(tmp_path, workers):
    endure(tmp_path, LARGE[0], None, "--workers", workers, victim=everything, kills=20, seed=workers)


def test_workers_that_die_when_all_is_done_hold_nobody_up():
    for _ in range(8):
        with executor_of(2) as executor:
            assert executor is not None
            numbers = {future.result() for future in [executor.submit(os.getpid) for _ in range(8)]}
            os.kill(min(numbers), signal.SIGKILL)
