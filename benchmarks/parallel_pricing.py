"""Certified solves with pricing on two processes, beside one process. `python benchmarks/parallel_pricing.py`.

One line an instance: `solve` without an executor, with a pool of spawned processes whose start counts, and with the
same pool again, in turn, medians over the rounds. The searches are the same, so are the rounds and steps of all three.
A round has two searches, one for each sign of the output weight: more than two workers have nothing to do.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from harness import print_table, shown
from instances import RANDOM, Instance

from convex import Problem, Solution, solve

SIZES = ("16,2,2", "20,2,2", "24,2,2", "12,3,2", "15,3,2", "16,2,any", "20,2,any")
WAYS = ("alone", "new pool", "same pool")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--sizes", nargs="*", default=list(SIZES), metavar="N,D,WIDTH", help="WIDTH: a number, or any")
    options.add_argument("--beta", default="0.05")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    solve(Problem.read([[1]], [1], chosen.beta), 1)  # loads the solver, so that the seconds are those of solving
    lines = [_line(size, chosen.beta, chosen.rounds, chosen.workers) for size in chosen.sizes]
    print_table(["instance", "rounds", "steps", *(f"{way} s" for way in WAYS), "ratio new", "ratio same"], lines)
    print(f"medians of {chosen.rounds} rounds; {chosen.workers} processes")


def _line(size: str, beta: str, rounds: int, workers: int) -> list[str]:
    n, d, text = size.split(",")
    width = None if text == "any" else int(text)
    problem = Instance(int(n), int(d), width or 2, RANDOM, beta).problem()
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        alone, seconds_alone = _timed(problem, width, None)
        with _pool(workers) as pool:
            new, seconds_new = _timed(problem, width, pool)
            same, seconds_same = _timed(problem, width, pool)
        for found in (new, same):
            if not (found.lower <= alone.upper and alone.lower <= found.upper):
                raise SystemExit(f"{size}: the proven intervals do not meet")
        for way, value in zip(WAYS, (seconds_alone, seconds_new, seconds_same), strict=True):
            seconds[way].append(value)
    found = [median(seconds[way]) for way in WAYS]
    line = [size, str(alone.rounds), f"{alone.steps:,}", *map(shown, found)]
    line += [f"{found[0] / value:.2f}" for value in found[1:]]
    print("  ".join(line), flush=True)
    return line


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield pool


def _timed(problem: Problem, width: int | None, executor: Executor | None) -> tuple[Solution, float]:
    start = perf_counter()
    return solve(problem, width, executor=executor), perf_counter() - start


if __name__ == "__main__":
    main()
