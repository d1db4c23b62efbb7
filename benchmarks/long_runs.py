"""Whole runs into a folder: `python benchmarks/long_runs.py [FAMILY ...]`.

Ways of listing the regions of a family, in turn, several rounds; medians and ratios of them. The list is
`RegionSearch(...).blocks()` read to its end, in this process. The others are whole commands, from their start in a new
process to their end: a file, and a folder with one worker and with two. Of the folders: bytes a region, parts, and most
memory of the command and of a worker (high-water marks).

What the driver costs: CPU seconds of this process while it has a folder filled by two worker processes, divided by the
tasks; and its busy share, CPU seconds by seconds. A driver that needs c seconds for a task can feed T / c workers with
tasks of T seconds.

`--rates` runs one task of each family, and says from it what 10^9 and 10^12 regions take: CPU hours, bytes, and tasks,
at least, which a run of one worker has when its tasks have grown to their full length; those of many workers have more.
`--pools` runs the same tasks in threads and in processes instead. `--big FAMILY` is one run of many regions with two
workers, and what DuckDB says of it: the number of lines, of different ones, and the exact count.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

from harness import peak_memory, print_table, shown

from arrangements import RegionSearch, family
from arrangements.first_layer.engines import choose_engine
from multilayer import store
from multilayer.store.part_task import PartTask, list_part
from multilayer.store.region_listing import RegionListing

FAMILIES = ("resonance:6", "random:60,5,0")
BIG = "random:190,5,0"
LIMIT = ("--limit", str(10**12))
SECONDS = ("list, s", "file, s", "1 worker, s", "2 workers, s")
TIMES = ["family", "regions", *SECONDS, "file / list", "1 / list", "2 / list", "1 / 2"]
SIZES = ("bytes/region", "parts", "MiB alone", "MiB driver", "MiB worker")
LONG = (10**9, 10**12)
RATES = [
    "family",
    "engine",
    "regions/s",
    "bytes/region",
    *(f"{kind}, {n:.0e}" for n in LONG for kind in ("tasks", "GB", "hours")),
]
LONGEST, MOST = 60.0, 1 << 24  # seconds and cells of a task at full length
COSTS = ["family", *SIZES, "ms/task", "driver busy, %", "fed at 1 s", "at 10 s", "at 60 s"]
DRIVER = """
import os, sys, threading, time
from pathlib import Path
from multilayer.cli import main

def high_water(process):
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return max((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), default=0)

def children():
    own = os.getpid()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, ValueError):
                continue
            if parent == own:
                yield int(entry.name)

most = 0
def look():
    global most
    while True:
        most = max([most, *map(high_water, children())])
        time.sleep(0.2)

if __name__ == "__main__":
    threading.Thread(target=look, daemon=True).start()
    begun = time.perf_counter()
    try:
        main()
    except SystemExit as ended:
        status = ended.code or 0
    print(status, time.perf_counter() - begun, time.process_time(), high_water(os.getpid()), most, file=sys.stderr)
"""


class Run(NamedTuple):
    """What a command took.

    Seconds of the whole process, and of the command inside; CPU seconds of its own process; most MiB of it, and of a
    worker.
    """

    whole: float
    inside: float
    driver: float
    memory: float
    worker: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("families", nargs="*", default=list(FAMILIES))
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--folder", type=Path, help="where to write; a temporary folder if it is left out")
    options.add_argument("--rates", action="store_true", help="one task of each, and what long lists take")
    options.add_argument("--pools", action="store_true", help="threads against processes")
    options.add_argument("--big", nargs="?", const=BIG, metavar="FAMILY", help=f"one long run; {BIG} if none is named")
    chosen = options.parse_args()
    place: AbstractContextManager[str] = TemporaryDirectory() if chosen.folder is None else nullcontext(chosen.folder)
    with place as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        if chosen.big:
            big(chosen.big, Path(folder))
        elif chosen.rates:
            print_table(RATES, [on_paper(name) for name in chosen.families])
        elif chosen.pools:
            pools(chosen.families, chosen.rounds, Path(folder))
        else:
            compare(chosen.families, chosen.rounds, Path(folder))


def compare(families: list[str], rounds: int, folder: Path) -> None:
    """Time the list, the file and the folders in turn, and then the driver."""
    times, costs = [], []
    for name in families:
        lists: list[float] = []
        files: list[float] = []
        alone: list[Run] = []
        both: list[Run] = []
        for _ in range(rounds):
            number, seconds = listed(name)
            lists.append(seconds)
            files.append(command(folder, "enumerate", name, "--output", "cells.npz").whole)
            alone.append(filled(folder, name, 1))
            both.append(filled(folder, name, 2))
        found = store.open(folder / "cells")
        if len(found) != number:
            raise AssertionError(f"{name}: {len(found):,} regions in the folder, {number:,} in the list")
        medians = [median(lists), median(files), median(run.whole for run in alone), median(run.whole for run in both)]
        ratios = [f"{seconds / medians[0]:.2f}" for seconds in medians[1:]]
        times.append([name, f"{number:,}", *map(shown, medians), *ratios, f"{medians[2] / medians[3]:.2f}"])
        size, parts = sum(part.size for part in found.parts), len(found.parts)
        memory = [
            median(run.memory for run in alone),
            median(run.memory for run in both),
            median(run.worker for run in both),
        ]
        cost, busy = driver(folder, name, rounds)
        fed = [f"{seconds / cost:,.0f}" for seconds in (1, 10, 60)]
        sizes = [f"{size / number:.1f}", str(parts), *(f"{value:,.0f}" for value in memory)]
        costs.append([name, *sizes, f"{1000 * cost:.2f}", f"{100 * busy:.1f}", *fed])
    print_table(TIMES, times)
    print()
    print_table(COSTS, costs)
    print(f"medians of {rounds} rounds in turn; parts are those of the last run")


def driver(folder: Path, name: str, rounds: int) -> tuple[float, float]:
    """Say how many CPU seconds a task costs the driver of two workers, and which share of the time it is busy."""
    costs, shares = [], []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        for number in range(rounds + 1):
            start, used = perf_counter(), process_time()
            done = store.enumerate_regions(family(name), folder / "cells", restart=True, executor=executor)
            if number:  # the first round starts the workers
                costs.append((process_time() - used) / done.tasks)
                shares.append((process_time() - used) / (perf_counter() - start))
    return median(costs), median(shares)


def listed(name: str) -> tuple[int, float]:
    """List the regions in this process, and keep none."""
    arrangement = family(name)
    start = perf_counter()
    number = sum(len(block.words) for block in RegionSearch(arrangement).blocks())
    return number, perf_counter() - start


def filled(folder: Path, name: str, workers: int) -> Run:
    """Fill a folder anew by the command."""
    return command(folder, "enumerate", name, "--output", "cells/", "--restart", "--workers", str(workers), *LIMIT)


def command(folder: Path, *arguments: str) -> Run:
    """Run a command of the command line in a process of its own.

    Raises:
        RuntimeError: it failed.
    """
    program = folder / "driver.py"
    program.write_text(DRIVER)
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, program.name, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    whole = perf_counter() - start
    if done.returncode or not done.stderr.splitlines()[-1].startswith("0 "):
        raise RuntimeError(f"{arguments}: {done.stderr.strip()}")
    inside, driver, memory, worker = map(float, done.stderr.splitlines()[-1].split()[1:])
    return Run(whole, inside, driver, memory / 1024, worker / 1024)


class OneTask(NamedTuple):
    """What a task lists in a second of CPU time, and the bytes of its part for each."""

    rate: float
    size: float


def one_task(listing: RegionListing, seconds: float = 5.0) -> OneTask:
    """Run one task of some seconds, on all that the first task of a run leaves open."""
    with TemporaryDirectory() as folder:
        first = list_part(PartTask(Path(folder), listing, {}, listing.groups[0], 0.0, 1, 1))
        group = list(chain.from_iterable(first.open))
        start = process_time()
        done = list_part(PartTask(Path(folder), listing, {}, group, seconds, MOST, 1)) if group else first
        return OneTask(done.cells / (process_time() - start), done.size / done.cells)


def on_paper(name: str) -> list[str]:
    """Say what long lists take at the rate of one task: a line of the table."""
    engine = choose_engine("auto", family(name)).name
    rate, size = one_task(RegionListing(family(name), engine))
    line = [name, engine, f"{rate:,.0f}", f"{size:.1f}"]
    for regions in LONG:
        tasks = max(regions / (LONGEST * rate), regions / MOST)
        line += [f"{tasks:,.0f}", f"{size * regions / 1e9:,.1f}", f"{regions / rate / 3600:,.2f}"]
    return line


def pools(families: list[str], rounds: int, folder: Path) -> None:
    """Time the same tasks in this process, in two threads and in two processes that have begun before."""
    lines = []
    for name in families:
        found: dict[str, list[float]] = {"alone": [], "2 threads": [], "2 processes": []}
        with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            executors: dict[str, Executor | None] = {"alone": None, "2 threads": threads, "2 processes": processes}
            for number in range(rounds + 1):
                for way, executor in executors.items():
                    start = perf_counter()
                    store.enumerate_regions(family(name), folder / "cells", restart=True, executor=executor)
                    if number:  # the first round loads and compiles
                        found[way].append(perf_counter() - start)
        medians = [median(seconds) for seconds in found.values()]
        lines.append([name, *map(shown, medians), *(f"{medians[0] / seconds:.2f}" for seconds in medians[1:])])
    print_table(["family", *(f"{way}, s" for way in found), "alone / threads", "alone / processes"], lines)
    print(f"medians of {rounds} rounds in turn")


def big(name: str, folder: Path) -> None:
    """Fill a folder by two workers, and ask DuckDB about it.

    Raises:
        AssertionError: the numbers are not those of the exact count.
    """
    import duckdb

    from theory import region_number

    exact, seconds = timed(lambda: region_number(family(name)))
    print(f"{name}: {exact:,} regions, counted without listing in {shown(seconds)} s", flush=True)
    run = filled(folder, name, 2)
    found = store.open(folder / "cells")
    size = sum(part.size for part in found.parts)
    number, parts = len(found), len(found.parts)
    busy = 100 * run.driver / run.inside
    for line in (
        f"listed by 2 workers in {shown(run.whole)} s, {number / run.whole:,.0f} a second; {parts:,} parts",
        f"{size / 2**30:.2f} GiB, {size / number:.2f} bytes a region",
        f"driver: {shown(run.driver)} s of CPU time, {busy:.1f} %; {run.memory:,.0f} MiB at most",
        f"workers: {run.worker:,.0f} MiB at most",
    ):
        print(line, flush=True)
    files = f"'{folder}/cells/part-*.parquet'"
    keys = ", ".join(found.listing.keys)
    (rows,), seconds = timed(lambda: duckdb.sql(f"SELECT count(*) FROM {files}").fetchall()[0])
    print(f"DuckDB counts {rows:,} in {shown(seconds)} s", flush=True)
    duckdb.sql(f"SET temp_directory = '{folder}/duckdb'")
    (distinct,), seconds = timed(
        lambda: duckdb.sql(f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {files})").fetchall()[0]
    )
    print(f"and {distinct:,} different ones in {shown(seconds)} s; {peak_memory():,.0f} MiB at most", flush=True)
    if not exact == number == rows == distinct:
        raise AssertionError(f"{name}: {exact:,} exactly, {number:,} listed, {rows:,} lines, {distinct:,} different")


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """Do some work, and say how long it took."""
    start = perf_counter()
    return work(), perf_counter() - start


if __name__ == "__main__":
    main()
