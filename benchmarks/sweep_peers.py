"""Engines `sweep` and `rays` beside other people's tools: work alone, and whole processes with start and imports.

`python benchmarks/sweep_peers.py` runs whatever `outside.tools` finds; `--outside-python` names the Python of a
virtual environment with passagemath-polyhedra and passagemath-graphs. Every run is a process of its own, which reads
the rows from a file; the tools take turns. A tool that is late or fails runs once on that instance, and is left out of
the next ones if that was its second time. Every number of regions is checked. CPU is of the whole process.
"""

import argparse
import shutil
import sys
from collections.abc import Mapping
from json import dumps
from pathlib import Path
from statistics import median

from harness import print_table, shown
from outside.tools import Run, Tool, found_tools, one_run

from arrangements import Arrangement, family
from theory import region_number

INSTANCES = ("resonance:4", "random:12,4,0", "braid:6", "random:20,4,0", "threshold:4", "resonance:5")
OURS = {
    "sweep": "packed signs of all regions",
    "rays": "packed signs of all regions",
    "witnesses": "packed signs and an exact point of every region, by the engine chosen",
    "count": "the number only, exact",
}
_FLOATING = "relucent bfs"  # works in floating point: its numbers may be wrong
_GIVES_UP = 2


def main() -> None:
    """Time every tool on every instance, and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("instances", nargs="*", default=INSTANCES, metavar="NAME")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--limit", type=float, default=60, help="seconds of a process, after which it is ended")
    options.add_argument("--outside-python", nargs="*", default=[], help="Pythons to look for SageMath in")
    options.add_argument("--alone", action="store_true", help="only this project's ways")
    chosen = options.parse_args()
    script = str(Path(__file__).parent / "outside" / "listed_regions.py")
    ours = [Tool(name, OURS[name], "", [sys.executable, script, name], dumps) for name in OURS]
    found = [] if chosen.alone else found_tools(chosen.outside_python)
    tools = [*ours, *(tool for tool in found if tool.name != _FLOATING)]
    for absent in (name for name in ("polymake", "M2", "lrs") if not shutil.which(name)):
        print(f"{absent}: left out, there is no such command")
    if not any(tool.name.startswith("Sage") for tool in tools):
        print("Sage: left out, no Python that was looked at has its modules")
    for tool in ours:  # so that compiled kernels are stored, and nobody waits for that
        one_run(tool, family("random:6,3,0"), 600)
    misses = dict.fromkeys((tool.name for tool in tools), 0)
    lines = []
    for name in chosen.instances:
        arrangement = family(name)
        total = region_number(arrangement)
        playing = [tool for tool in tools if misses[tool.name] < _GIVES_UP]
        for tool, runs in in_turn(playing, arrangement, chosen.rounds, chosen.limit).items():
            misses[tool] += runs[-1].status != "done"
            lines.append([name, f"{total:,}", tool, *checked(name, tool, runs, total, chosen.limit)])
            print(*lines[-1], file=sys.stderr, flush=True)
    print_table(["instance", "regions", "tool", "work s", "regions/s", "process s", "CPU s"], lines)
    for tool in tools:
        print(f"{tool.name}: {tool.returns}")


def in_turn(tools: list[Tool], arrangement: Arrangement, rounds: int, limit: float) -> Mapping[str, list[Run]]:
    """The runs of every tool; one that is late or fails is not started again."""
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for _ in range(rounds):
        for tool in tools:
            if all(run.status == "done" for run in runs[tool.name]):
                runs[tool.name].append(one_run(tool, arrangement, limit))
    return runs


def checked(name: str, tool: str, runs: list[Run], total: int, limit: float) -> list[str]:
    """Medians of seconds, rate, seconds and processor seconds of the process.

    Raises:
        RuntimeError: a run has found another number of regions.

    Example:
        >>> checked("braid:4", "sweep", [Run("done", 0.5, 24, 2.0, 1.0)], 24, 60)
        ['0.50', '48', '2.00', '1.00']
    """
    if runs[-1].status == "failed":
        return ["failed", "-", "-", "-"]
    if runs[-1].status == "late":
        return ["-", "-", f">{limit:g}", "-"]
    for run in runs:
        if run.regions != total:
            raise RuntimeError(f"{name}: {tool} found {run.regions:,} of {total:,} regions")
    seconds = median(run.seconds for run in runs)
    whole, processor = median(run.whole for run in runs), median(run.processor for run in runs)
    return [shown(seconds), f"{total / seconds:,.0f}", shown(whole), shown(processor)]


if __name__ == "__main__":
    main()
