"""Certified solves beside the whole program and a general global solver. `python benchmarks/solves.py`.

One line an instance: column generation (`convex.solve`), the full program over all listed pairs through cvxpy and
Clarabel (`convex.solve_full_program`), and SCIP on the non-convex problem itself with a time limit, in turn, medians
over the rounds. The full program is left out above --pairs pairs, and where it takes longer than --limit it runs once
only. `--unlimited` solves for any width instead; `--table FILE` a table whose last column is the target.
"""

import argparse
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from harness import peak_memory, print_table, shown
from instances import BETAS, LABELS, SIZES, Instance
from outside.training_solvers import SOLVERS, python_with, run_solver, training_of

from arrangements import FirstLayer, count_second_layer
from arrangements.errors import ArrangementError
from convex import Problem, solve, solve_full_program
from multilayer.io.tables import read_source


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--sizes", nargs="*", default=[",".join(map(str, size)) for size in SIZES], metavar="N,D,WIDTH"
    )
    options.add_argument("--labels", nargs="*", default=list(LABELS), choices=LABELS)
    options.add_argument("--betas", nargs="*", default=list(BETAS))
    options.add_argument("--pairs", type=int, default=5_000, help="largest whole program")
    options.add_argument("--limit", type=float, default=60.0, help="seconds after which a way runs only once")
    options.add_argument(
        "--scip", type=float, default=0.0, metavar="SECONDS", help="time limit of SCIP; 0: leave it out"
    )
    options.add_argument("--outside-python", nargs="+", default=[], metavar="PYTHON", help="where SCIP is looked for")
    options.add_argument("--unlimited", action="store_true", help="any width; N,D is enough")
    options.add_argument("--table", type=Path, help="a table instead; beta of --betas")
    chosen = options.parse_args()
    warnings.simplefilter("error")
    if chosen.scip:
        chosen.python, reason = python_with(SOLVERS["SCIP"], chosen.outside_python)
        if chosen.python is None:
            print(f"SCIP is left out: {reason}")
            chosen.scip = 0.0
    headings = ["instance", "pairs", "ours s", "optimum", "proven gap", "neurons", "vectors", "whole s", "ratio"]
    lines = [_line(name, problem, width, chosen) for name, problem, width in _problems(chosen)]
    print_table(headings + ["SCIP value", "SCIP lower"] * bool(chosen.scip), lines)
    print(f"medians of {chosen.rounds} rounds (1 round above {chosen.limit:g} s); peak memory {peak_memory():.0f} MiB")


def _problems(chosen: argparse.Namespace) -> Iterable[tuple[str, Problem, int | None]]:
    if chosen.table is not None:
        source = read_source(str(chosen.table), last_is_target=True)
        widths = [None] if chosen.unlimited else sorted({int(size.split(",")[-1]) for size in chosen.sizes})
        for beta in chosen.betas:
            for width in widths:
                name = f"{chosen.table.stem} {'unlimited' if width is None else width} beta {beta}"
                yield name, Problem.read(source.x, source.targets[0].values, beta), width
        return
    for size in chosen.sizes:
        n, d, *rest = map(int, size.split(","))
        width = None if chosen.unlimited else rest[0]
        for labels in chosen.labels:
            for beta in chosen.betas:
                instance = Instance(n, d, width or 2, labels, beta)
                yield f"{n},{d},{width or 'any'} {labels} {beta}", instance.problem(), width


def _line(name: str, problem: Problem, width: int | None, chosen: argparse.Namespace) -> list[str]:
    pairs = None
    if width is not None:
        layer = FirstLayer.of(problem.arrangement)
        if layer.count_tuples(width) <= 10**6:
            pairs = count_second_layer(layer, width).pairs
    ways: dict[str, Callable[[], Any]] = {"ours": lambda: solve(problem, width)}
    if pairs is not None and pairs <= chosen.pairs:
        ways["whole"] = lambda: solve_full_program(problem, width)
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    results: dict[str, Any] = {}
    for _ in range(chosen.rounds):
        for way, run in ways.items():
            if seconds[way] and seconds[way][0] > chosen.limit:
                continue
            start = perf_counter()
            try:
                results[way] = run()
            except ArrangementError as error:
                print(f"{name}: {way}: {error}")
            seconds[way].append(perf_counter() - start)
    ours, whole = results["ours"], results.get("whole")
    if whole is not None and not (whole.lower <= ours.upper and ours.lower <= whole.upper):
        raise SystemExit(f"{name}: the proven intervals do not meet")
    own = median(seconds["ours"])
    other = median(seconds["whole"]) if whole is not None else None
    line = [
        name,
        "-" if pairs is None else f"{pairs:,}",
        shown(own),
        f"{float(ours.upper):.9g}",
        f"{float(ours.relative_gap):.0e}" + ("" if ours.status == "optimal" else " !"),
        str(ours.network.width),
        str(len(ours.proof.entries)),
        "-" if other is None else shown(other),
        "-" if other is None else f"{other / own:.1f}",
    ]
    if chosen.scip and width is not None:
        training = training_of(problem, width, len(problem.x), chosen.scip)
        found = run_solver(chosen.python, SOLVERS["SCIP"], training)
        value = None if found.network is None else float(found.network.objective(problem))
        line += ["-" if number is None else f"{number:.6g}" for number in (value, found.lower)]
    print("  ".join(line), flush=True)
    return line


if __name__ == "__main__":
    main()
