"""The stored set depends on neither workers, nor sizes of tasks, nor their order, nor interruptions; memory is flat."""

import os
import random
import subprocess
import sys
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import count
from multiprocessing import get_context
from threading import Lock

import pytest
from support import store_runs
from support.store_runs import Work, check, counted_elsewhere

from arrangements import family
from multilayer import store
from multilayer.store.folder import part_paths
from multilayer.store.region_listing import RegionListing

REGIONS, PAIRS = Work("resonance:5"), Work("random:8,3,0", 2)


@pytest.fixture(params=[REGIONS, PAIRS], ids=["regions", "pairs"])
def work(request):
    return request.param


class Shuffled(ThreadPoolExecutor):
    """Runs tasks in an order drawn at random from those that wait."""

    def __init__(self, seed, threads):
        super().__init__(threads)
        self.draw, self.waiting, self.lock = random.Random(seed), [], Lock()

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, fn, args, kwargs))
        super().submit(self.run_any)
        return future

    def run_any(self):
        with self.lock:
            future, fn, args, kwargs = self.waiting.pop(self.draw.randrange(len(self.waiting)))
        if future.set_running_or_notify_cancel():
            future.set_result(fn(*args, **kwargs))


@pytest.mark.parametrize("cells", [1, 700, 5_000, None])
def test_sizes_of_tasks(tmp_path, monkeypatch, work, cells):
    store_runs.small_parts(cells, monkeypatch.setattr)
    if cells == 1:  # a part for every few cells: with fewer cells in all
        work = work._replace(source={"resonance:5": "threshold:3", "random:8,3,0": "random:4,2,0"}[work.source])
    assert work.fill(tmp_path / "d").complete
    check(tmp_path / "d", work)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads(tmp_path, monkeypatch, work, threads):
    store_runs.small_parts(600, monkeypatch.setattr)
    with ThreadPoolExecutor(threads) as pool:
        assert work.fill(tmp_path / "d", executor=pool).complete
    check(tmp_path / "d", work)
    counted_elsewhere(tmp_path / "d", work)


def test_processes(tmp_path, monkeypatch, work):
    store_runs.small_parts(600, monkeypatch.setattr)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert work.fill(tmp_path / "d", executor=pool).complete
    check(tmp_path / "d", work)


@pytest.mark.parametrize("seed", range(3))
def test_orders_and_interruptions(tmp_path, monkeypatch, work, seed):
    """Tasks of different sizes in any order; each run is stopped after some looks, and parts are lost in between."""
    draw, folder = random.Random(seed), tmp_path / "d"
    for _ in count():
        with monkeypatch.context() as patch, Shuffled(seed, draw.choice([1, 2, 3])) as pool:
            store_runs.small_parts(draw.choice([200, 900, 3_000]), patch.setattr)
            looks, last = count(), draw.randrange(2, 30)
            found = work.fill(
                folder,
                resume=True,
                executor=draw.choice([None, pool]),
                stopped=lambda looks=looks, last=last: next(looks) >= last,
            )
        if found.complete:
            break
        assert found.reason == "an interruption"
        if draw.random() < 0.3:
            draw.choice(part_paths(folder)).unlink()
    check(folder, work, refused=None)
    counted_elsewhere(folder, work)


def test_datasets_of_different_runs_are_equal(tmp_path, monkeypatch, work):
    work.fill(tmp_path / "one")
    store_runs.small_parts(300, monkeypatch.setattr)
    work.fill(tmp_path / "two", limits=store.Limits(cells=2_000))
    one, two = store.open(tmp_path / "one"), store.open(tmp_path / "two")
    assert two <= one
    assert not one <= two
    assert len(list(one - two)) == len(one) - len(two)
    work.fill(tmp_path / "two", resume=True)
    assert store.open(tmp_path / "two") == one


def test_an_executor_that_breaks(tmp_path, monkeypatch):
    """An error of a task is raised; what is there is kept, and the next run goes on."""
    store_runs.small_parts(600, monkeypatch.setattr)
    explored, calls = RegionListing.explored, count()

    def failing(self, group, budget):
        if next(calls) == 7:
            raise ZeroDivisionError
        return explored(self, group, budget)

    with monkeypatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(RegionListing, "explored", failing)
        with pytest.raises(ZeroDivisionError):
            REGIONS.fill(tmp_path / "d", executor=pool)
    before = part_paths(tmp_path / "d")
    assert before
    REGIONS.fill(tmp_path / "d", resume=True)
    assert set(before) <= set(part_paths(tmp_path / "d"))
    check(tmp_path / "d", REGIONS)


_PEAK = """
import sys
from pathlib import Path
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from arrangements import family
from multilayer import store

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

if __name__ == "__main__":
    source, folder, workers = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if workers:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            found = store.enumerate_regions(family(source), folder, executor=pool)
            peaks = [pool.submit(peak).result() for _ in range(4 * workers)]
    else:
        found, peaks = store.enumerate_regions(family(source), folder), [0]
    assert found.complete
    print(found.cells, peak(), max(peaks))
"""


@pytest.mark.slow
@pytest.mark.skipif(not store_runs.HAS_PROC, reason="peaks are read from /proc")
@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize("rank", [4, 5])
def test_memory_is_flat(tmp_path, workers, rank):
    """Peaks of fresh processes, driver and worker, over three sizes; the last has 25 times the cells of the first."""
    program = tmp_path / "peak.py"
    program.write_text(_PEAK)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), "OMP_NUM_THREADS": "1"}
    found = []
    for rows in {4: (80, 160, 280), 5: (30, 50, 70)}[rank]:
        words = [sys.executable, str(program), f"random:{rows},{rank},0", str(tmp_path / str(rows)), str(workers)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        found.append(tuple(map(int, done.stdout.split())))
    print(found)
    cells, drivers, others = zip(*found, strict=True)
    assert cells[2] > 25 * cells[0]
    margin = 150_000  # KiB; the cells alone, unpacked, would take more: see the sizes
    assert drivers[2] < drivers[0] + margin
    assert others[2] < others[0] + margin


@pytest.mark.parametrize("source", ["random:1,1,0", "random:3,1,0", "random:64,2,0", "random:65,2,0", "random:90,2,0"])
def test_edges_of_words(tmp_path, monkeypatch, source):
    """One row, rank 1, and rows that just fill words or do not."""
    store_runs.small_parts(10, monkeypatch.setattr)
    work = Work(source)
    assert work.fill(tmp_path / "d").complete
    check(tmp_path / "d", work)
    assert {cell.signs for cell in store.open(tmp_path / "d")} == set(store_runs.region_set(family(source)))
