"""What a user waits for: whole processes of the command line. `python benchmarks/startup.py`.

One line a case: CPU seconds (user and system) and wall seconds, medians over the rounds. Warm cases are run once
before they are timed; fresh ones find an empty cache of compiled code each time, as after an installation.
`--against TREE` runs another tree, a checkout or a folder of installed packages, in turn with this one.
"""

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from harness import print_table, shown

HERE = Path(__file__).parents[1]
TOY = "a,b,one,y\n0,0,1,0\n0,1,1,1\n1,0,1,1\n1,1,1,0\n"
SOLVE = "solve toy.csv --width 2 --beta 0.1"


class Case(NamedTuple):
    """A command, and whether compiled code is to be missing."""

    command: str
    fresh: bool = False


CASES = {
    "python": Case(""),
    "help": Case("--help"),
    "small": Case("count threshold:4"),
    "large": Case("count resonance:6"),
    "solve": Case(SOLVE),
    "demo": Case("demo"),
    "H1-fresh": Case("count braid:4 --engine rays", True),
    "H2-fresh": Case("count braid:4 --layer 2 --engine rays", True),
    "solve-fresh": Case(SOLVE, True),
    "demo-fresh": Case("demo", True),
}


class Run(NamedTuple):
    """Seconds of one process: user and system together, and wall."""

    cpu: float
    wall: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", nargs="*", default=list(CASES), choices=CASES)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--fresh-rounds", type=int, default=1, help="of the fresh cases, which take up to a minute")
    options.add_argument("--against", type=Path, metavar="TREE", help="another tree, run in turn with this one")
    chosen = options.parse_args()
    trees = {"this tree": HERE} if chosen.against is None else {"this tree": HERE, "other": chosen.against.resolve()}
    headings = ["case", "command", *(f"{name}, {kind}" for name in trees for kind in ("CPU s", "wall s"))]
    lines = []
    for name in chosen.cases:
        case = CASES[name]
        found = in_turn(case, list(trees.values()), chosen.fresh_rounds if case.fresh else chosen.rounds)
        cells = [shown(seconds) for run in found for seconds in run]
        ratio = [f"{found[0].cpu / found[1].cpu:.2f}"] if len(found) > 1 else []
        lines.append([name, case.command or "-c pass", *cells, *ratio])
    print_table([*headings, "CPU ratio"] if len(trees) > 1 else headings, lines)
    print(f"medians of {chosen.rounds} rounds, of fresh cases {chosen.fresh_rounds}")


def in_turn(case: Case, trees: Sequence[Path], rounds: int) -> list[Run]:
    """Run a case in every tree once a round, in turn; the medians of each tree."""
    runs: list[list[Run]] = [[] for _ in trees]
    if not case.fresh:
        for tree in trees:
            one_process(case, tree)
    for _ in range(rounds):
        for tree, found in zip(trees, runs, strict=True):
            found.append(one_process(case, tree))
    return [Run(median(run.cpu for run in found), median(run.wall for run in found)) for found in runs]


def one_process(case: Case, tree: Path) -> Run:
    """Run a case in a process of its own, in an empty folder.

    Raises:
        RuntimeError: it failed.
    """
    with TemporaryDirectory() as folder:
        (Path(folder) / "toy.csv").write_text(TOY)
        environment = {**os.environ, "PYTHONPATH": str(tree)}
        if case.fresh:
            environment["NUMBA_CACHE_DIR"] = str(Path(folder) / "compiled")
        program = ["-m", "multilayer", *case.command.split()] if case.command else ["-c", "pass"]
        before, start = _children(), perf_counter()
        done = subprocess.run(
            [sys.executable, *program], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        run = Run(_children() - before, perf_counter() - start)
    if done.returncode:
        raise RuntimeError(f"{case.command} in {tree}: {done.stderr.strip()}")
    return run


def _children() -> float:
    """CPU seconds of all processes that this one has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
