"""How many neurons in each sub-network are needed? A search over random tables of n rows of rank r, certified.

Each trial draws integer rows of rank r, targets whose sizes spread over powers of two, and beta; it solves for P*(inf)
and, if the network found is wider than any width shown to be needed so far, for the next smaller width w - 1. Width w
is needed if the two proven intervals are disjoint: P*(w - 1) > P*(inf). Prints each table that raises the record,
and the record beside `theory.sufficient_width(n)`, which is always enough. A record below it is a search, no proof.

    python benchmarks/widths.py --rows 5 --rank 3 --trials 300
"""

import argparse
from collections.abc import Iterator
from fractions import Fraction
from time import process_time

import numpy as np

from arrangements import Arrangement
from convex import Problem, solve
from theory import sufficient_width

PARTS = (3, 10, 30, 100)  # beta is the largest |y_i| ||x_i||, divided by one of these


def problems(n: int, r: int, trials: int, seed: int) -> Iterator[Problem]:
    """The random problems: n rows of rank r."""
    rng = np.random.default_rng(seed)
    for trial in range(trials):
        x = rng.integers(-6, 7, (n, r))
        while Arrangement.from_table(x).rank < r or not x.any(axis=1).all():
            x = rng.integers(-6, 7, (n, r))
        y = np.rint(rng.choice([-1, 1], n) * 2 ** rng.uniform(0, 8, n)).astype(int)
        most = int(np.ceil(np.max(np.abs(y) * np.linalg.norm(x, axis=1))))
        yield Problem.read(x.tolist(), y.tolist(), Fraction(most, PARTS[trial % len(PARTS)]))


def needed(problem: Problem, above: int) -> int | None:
    """The width of the network found, if it is above the record and proven to be needed."""
    free = solve(problem, None)
    w = free.network.width
    if w <= above or solve(problem, w - 1).lower <= free.upper:
        return None
    return w


def main() -> None:
    """Search, and print the record."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=5)
    options.add_argument("--rank", type=int, default=3)
    options.add_argument("--trials", type=int, default=300)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    enough, record, tried, began = sufficient_width(chosen.rows), 1, 0, process_time()
    for problem in problems(chosen.rows, chosen.rank, chosen.trials, chosen.seed):
        tried += 1
        found = needed(problem, record)
        if found is not None:
            record = found
            x, y = [[int(v) for v in row] for row in problem.x], [int(v) for v in problem.y]
            print(f"trial {tried}: width {record} is needed: X = {x}, y = {y}, beta = {problem.beta}", flush=True)
        if record == enough:
            break
    print(
        f"{chosen.rows} rows of rank {chosen.rank}: width {record} is needed, {enough} is enough; {tried} tables, "
        f"{process_time() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
