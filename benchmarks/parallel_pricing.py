"""Certified solves with pricing on two processes, beside one process. `python benchmarks/parallel_pricing.py`.

One line an instance: `solve` without an executor, with a pool of spawned processes whose start counts, and with the
same pool again, in turn, medians over the rounds. The searches are the same, so are the rounds and steps of all three.
A round has two searches, one for each sign of the output weight: more than two workers have nothing to do.

Seconds on the clock need two idle cores. `cpu alone` and `path` do not: processor seconds without an executor, and
those on the longest path with one. These are the driver's outside its waits and, for each wait, the larger of the
longest search and of what the driver does meanwhile.

`--rounds 3 --sizes 20,2,2 16,2,2` on two idle cores gave 7.95 s alone, 6.28 s with a new pool and 4.80 s with the same
again (1.27 and 1.66 times faster) at 20,2,2; 1.68 s, 2.31 s and 1.31 s (0.73 and 1.29 times) at 16,2,2. So a pool pays
where a solve takes longer than its processes need to start and to load compiled code, about a second each.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from threading import Lock
from time import perf_counter, process_time
from typing import Any

from harness import print_table, shown
from instances import RANDOM, Instance

from convex import Problem, Solution, solve

SIZES = ("16,2,2", "20,2,2", "24,2,2", "12,3,2", "15,3,2", "16,2,any", "20,2,any")
HEADINGS = ("alone s", "new pool s", "same pool s", "ratios", "cpu alone", "path new", "path same", "ratios")
_FIRST = 2  # tasks only start the workers


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--sizes", nargs="*", default=list(SIZES), metavar="N,D,WIDTH", help="WIDTH: a number, or any")
    options.add_argument("--beta", default="0.05")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    solve(Problem.read([[1]], [1], chosen.beta), 1)  # loads the solver, so that the seconds are those of solving
    lines = [_line(size, chosen.beta, chosen.rounds, chosen.workers) for size in chosen.sizes]
    print_table(["instance", "rounds", "steps", *HEADINGS], lines)
    print(f"medians of {chosen.rounds} rounds; {chosen.workers} processes")


def _line(size: str, beta: str, rounds: int, workers: int) -> list[str]:
    n, d, text = size.split(",")
    width = None if text == "any" else int(text)
    problem = Instance(int(n), int(d), width or 2, RANDOM, beta).problem()
    wall: list[list[float]] = []
    path: list[list[float]] = []
    for _ in range(rounds):
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            runs = [_timed(problem, width, executor) for executor in (None, pool, pool)]
        alone = runs[0][0]
        for found, _, _ in runs[1:]:
            if not (found.lower <= alone.upper and alone.lower <= found.upper):
                raise SystemExit(f"{size}: the proven intervals do not meet")
        wall.append([seconds for _, seconds, _ in runs])
        path.append([seconds for _, _, seconds in runs])
    line = [size, str(alone.rounds), f"{alone.steps:,}"]
    for measured in (wall, path):
        seconds = [median(column) for column in zip(*measured, strict=True)]
        line += [*map(shown, seconds), " ".join(f"{seconds[0] / value:.2f}" for value in seconds[1:])]
    print("  ".join(line), flush=True)
    return line


def _timed(problem: Problem, width: int | None, pool: Executor | None) -> tuple[Solution, float, float]:
    """Solve; the seconds on the clock, and the processor seconds on the longest path."""
    clocked = None if pool is None else Clocked(pool)
    start, cpu = perf_counter(), process_time()
    found = solve(problem, width, executor=clocked)
    seconds, cpu = perf_counter() - start, process_time() - cpu
    return found, seconds, cpu if clocked is None else cpu + clocked.beyond


class Clocked(Executor):
    """Passes tasks on, and adds up how many processor seconds of each wait the driver does not use itself.

    Attributes:
        beyond: for each wait the longest task, less what the driver computed meanwhile, where that is less.
    """

    def __init__(self, pool: Executor) -> None:
        self.pool, self.beyond = pool, 0.0
        self._submitted = self._flying = 0
        self._longest = self._began = 0.0
        self._lock = Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Pass a task on; its processor seconds are kept here."""
        self._submitted += 1
        if self._submitted <= _FIRST:
            return self.pool.submit(fn, *args, **kwargs)
        with self._lock:
            if not self._flying:
                self._longest, self._began = 0.0, process_time()
            self._flying += 1
        outer: Future[Any] = Future()
        self.pool.submit(_clocked, fn, *args, **kwargs).add_done_callback(lambda inner: self._done(inner, outer))
        return outer

    def _done(self, inner: "Future[tuple[Any, float]]", outer: "Future[Any]") -> None:
        error = inner.exception()
        if error is not None:
            outer.set_exception(error)
            return
        result, seconds = inner.result()
        with self._lock:
            self._longest = max(self._longest, seconds)
            self._flying -= 1
            if not self._flying:
                self.beyond += max(0.0, self._longest - (process_time() - self._began))
        outer.set_result(result)


def _clocked(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, float]:
    start = process_time()
    result = fn(*args, **kwargs)
    return result, process_time() - start


if __name__ == "__main__":
    main()
