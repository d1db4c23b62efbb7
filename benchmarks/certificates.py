"""Search, proof, size of the file and checking time. `python benchmarks/certificates.py`.

With `--workers 1 2` whole commands are timed instead, with each number of workers in turn: `count` with and without its
certificate, and `verify`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from harness import print_table, shown
from instances import RANDOM, Instance

from arrangements import Arrangement, FirstLayer, family, iter_products, iter_regions
from arrangements.proofs.cell_certificates import Json, regions_certificate, second_layer_certificate
from convex import Problem, solve
from convex.proofs.optimum_certificate import certificate_json
from multilayer import checker

REGIONS = ("resonance:4", "threshold:4", "braid:6", "random:20,3,1", "shi:4")
DEGENERATE: dict[str, list[list[Any]]] = {
    "zero, repeated, opposite rows": [[1, 2, 0], [0, 0, 0], [-2, -4, 0], [1, 2, 0], ["1/3", "-0.5", 1], [0, 0, 7]],
    "rank 2 in 4 columns": [[1, 0, 1, 2], [0, 1, 1, -1], [1, 1, 2, 1], [2, -1, 1, 5], [1, -1, 0, 3]],
}
PAIRS = ((5, 2, 2), (6, 3, 2))
OPTIMA = ((5, 2, 2), (5, 2, 3), (8, 2, 3), (12, 2, 3))
TABLES = ((12, 2), (12, 3))  # Gaussian, default_rng(0)
COMMANDS = {
    "resonance:5": "resonance:5",
    "random:40,4,0": "random:40,4,0",
    "H2 12,2,2": "12x2.csv --layer 2 --width 2",
    "H2 12,2,3": "12x2.csv --layer 2 --width 3",
    "H2 12,3,2": "12x3.csv --layer 2 --width 2",
}
Steps = tuple[str, Callable[[], Any], Callable[[Any], Json]]


def instances() -> list[Steps]:
    """Name, search, and proof of what it found."""
    found: list[Steps] = []
    for name in REGIONS:
        found.append(_regions(name, family(name)))
    for name, table in DEGENERATE.items():
        found.append(_regions(name, Arrangement.from_table(table)))
    for n, d, m in PAIRS:
        layer = FirstLayer.of(Arrangement.from_table(np.random.default_rng(0).standard_normal((n, d))))
        found.append(
            (
                f"H2 {n},{d},{m}",
                lambda layer=layer, m=m: list(iter_products(layer, m, engine="lp")),
                lambda products, layer=layer, m=m: second_layer_certificate(layer, m, products, "benchmark"),
            )
        )
    example = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
    regression = "optimum 4,2,2 (regression)"
    found.append((regression, lambda: solve(example, 2), lambda s: certificate_json([s], "benchmark")))
    for n, d, m in OPTIMA:
        problem = Instance(n, d, m, RANDOM, "0.002").problem()
        found.append(
            (
                f"optimum {n},{d},{m}",
                lambda problem=problem, m=m: solve(problem, m),
                lambda solution: certificate_json([solution], "benchmark"),
            )
        )
    return found


def _regions(name: str, arrangement: Arrangement) -> Steps:
    return (
        name,
        lambda: list(iter_regions(arrangement, engine="lp")),
        lambda cells: regions_certificate(arrangement, cells, "benchmark"),
    )


def main() -> None:
    """Time every instance and print medians."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, nargs="+", help="time whole commands with each number of workers")
    options.add_argument(
        "--commands",
        nargs="+",
        default=list(COMMANDS),
        metavar="NAME",
        help=f"{', '.join(COMMANDS)}, or what follows count",
    )
    chosen = options.parse_args()
    rounds = chosen.rounds
    if chosen.workers:
        time_commands(chosen.commands, chosen.workers, rounds)
        return
    listed = instances()
    times: dict[str, list[list[float]]] = {name: [] for name, *_ in listed}
    sizes: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.json"
        for _ in range(rounds):
            for name, search, prove in listed:
                marks = [perf_counter()]
                found = search()
                marks.append(perf_counter())
                certificate = prove(found)
                marks.append(perf_counter())
                path.write_text(json.dumps(certificate, separators=(",", ":")))
                sizes[name] = path.stat().st_size
                start = perf_counter()
                checker.check(str(path))
                times[name].append([marks[1] - marks[0], marks[2] - marks[1], perf_counter() - start])
    lines = []
    for name, seconds in times.items():
        search_, proof, check = (median(column) for column in zip(*seconds, strict=True))
        ratio = f"{check / search_:.2f}"
        lines.append([name, f"{search_:.3f}", f"{proof:.3f}", f"{sizes[name] / 1000:,.0f}", f"{check:.3f}", ratio])
    print_table(["instance", "search s", "proof s", "file kB", "check s", "check/search"], lines)
    print(f"medians of {rounds} rounds; search by lp; the optimum's search is the whole solve")


def time_commands(names: list[str], workers: list[int], rounds: int) -> None:
    """Time whole commands with each number of workers, in turn, and print medians."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for n, d in TABLES:
            rows = np.random.default_rng(0).standard_normal((n, d)).tolist()
            Path(folder, f"{n}x{d}.csv").write_text("\n".join(",".join(map(repr, row)) for row in rows))
        for name in names:
            count = ["count", *COMMANDS.get(name, name).split()]
            run_command(folder, count)  # compiles what is not compiled yet
            found: dict[int, list[tuple[float, float]]] = {n: [] for n in workers}
            for _ in range(rounds):
                for n in workers:
                    more = ["--workers", str(n)]
                    made = run_command(folder, [*count, "--certificate", "c.json", *more])
                    found[n].append((made, run_command(folder, ["verify", "c.json", *more])))
            plain = run_command(folder, count)
            for n, runs in found.items():
                made, checked = (median(column) for column in zip(*runs, strict=True))
                lines.append([name, str(n), shown(plain), shown(made), shown(checked)])
    print_table(["instance", "workers", "count s", "count and certificate s", "verify s"], lines)
    print(f"medians of {rounds} rounds; count alone: one run")


def run_command(folder: str, arguments: list[str]) -> float:
    """Run a command of this tree in a folder; its seconds."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    start = perf_counter()
    command = [sys.executable, "-m", "multilayer", *arguments]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return perf_counter() - start


if __name__ == "__main__":
    main()
