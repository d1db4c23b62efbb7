"""Lists written to files, by whole processes of the command line: CPU seconds, wall seconds and peak memory.

`python benchmarks/listings.py` lists regions and pairs to .npz and .csv, medians over the rounds; each case is run once
before it is timed, so that compiled code is there. Cases are arguments of `multilayer enumerate`; give others with
`--cases`. `--against TREE` runs another tree, a checkout, in turn with this one. The peak is that of Linux (VmHWM).
"""

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from harness import print_table, shown

HERE = Path(__file__).parents[1]
CASES = ["resonance:6", "random:25,5,0 --engine sweep", "random:7,3,0 --layer 2 --width 2"]
PROGRAM = """
import sys, time
start = time.perf_counter()
from harness import peak_memory
from multilayer.__main__ import run
try:
    run()
finally:
    print(time.process_time(), time.perf_counter() - start, peak_memory(), file=sys.stderr)
"""


class Run(NamedTuple):
    """One process: CPU and wall seconds, peak memory in MiB, and the size of its file in MiB."""

    cpu: float
    wall: float
    peak: float
    size: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", nargs="*", default=CASES)
    options.add_argument("--kinds", nargs="*", default=["npz", "csv"], choices=["npz", "csv"])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--against", type=Path, metavar="TREE", help="another tree, run in turn with this one")
    chosen = options.parse_args()
    trees = {"this tree": HERE} if chosen.against is None else {"this tree": HERE, "other": chosen.against.resolve()}
    quantities = ("CPU s", "wall s", "MiB", "file MiB")
    headings = ["case", "file", *(f"{name}, {what}" for name in trees for what in quantities)]
    lines = []
    for case in chosen.cases:
        for kind in chosen.kinds:
            runs: dict[str, list[Run]] = {name: [] for name in trees}
            for _ in range(1 + chosen.rounds):
                for name, tree in trees.items():
                    runs[name].append(one_process(case, kind, tree))
            medians = [[median(values) for values in zip(*found[1:], strict=True)] for found in runs.values()]
            cells = [
                text
                for cpu, wall, peak, size in medians
                for text in (shown(cpu), shown(wall), f"{peak:.0f}", f"{size:.1f}")
            ]
            lines.append([case, kind, *cells])
    print_table(headings, lines)
    print(f"medians of {chosen.rounds} rounds")


def one_process(case: str, kind: str, tree: Path) -> Run:
    """List a case in a process of its own, in an empty folder.

    Raises:
        RuntimeError: it failed.
    """
    with TemporaryDirectory() as folder:
        output = Path(folder) / f"cells.{kind}"
        environment = {**os.environ, "PYTHONPATH": f"{tree}{os.pathsep}{Path(__file__).parent}"}
        command = [sys.executable, "-c", PROGRAM, "enumerate", *shlex.split(case), "--output", str(output)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{case} in {tree}: {done.stderr.strip()}")
        return Run(*map(float, done.stderr.splitlines()[-1].split()), output.stat().st_size / 2**20)


if __name__ == "__main__":
    main()
