"""Other people's tools on the same instances: whichever are found are run, none is needed.

Looked for: the commands `polymake`, `M2` (Macaulay2), `lrs` and `sage`; and in this Python, and in those named by
`--outside-python`, the modules of SageMath (the pip packages passagemath-polyhedra and passagemath-graphs will do)
and `relucent`. Each run is a process of its own; the seconds are its own, without start and imports,
except that the limit counts from its start.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from harness import Limits, in_turn, print_table, shown
from ways import first_layer_ways

from arrangements import Arrangement, family
from arrangements.exact.linear_algebra import Row
from outside.limited_process import communicated
from theory import region_number

INSTANCES = (
    *("braid:5", "random:12,3,0", "resonance:4", "crosspolytope:5", "random:12,4,0", "braid:6", "random:30,3,0"),
    *("threshold:4", "random:20,4,0", "random:50,3,0", "typeB:5", "braid:7", "random:30,4,0", "resonance:5"),
    *("random:25,5,0", "random:50,4,0", "braid:8", "threshold:5", "random:100,4,0", "resonance:6"),
)
_HERE = Path(__file__).parent
_GIVES_UP = 3  # instances on which a tool may run into the limit before the rest is skipped


class Tool(NamedTuple):
    """An outside tool.

    Attributes:
        name: how it is called here.
        returns: what it hands out, and whether that is exact.
        ours: the way of this project that does the most similar work.
        command: argument list.
        program: from the rows, text of a file whose name ends the command; seconds and regions end what is printed.
    """

    name: str
    returns: str
    ours: str
    command: list[str]
    program: Callable[[tuple[Row, ...]], str]


class Run(NamedTuple):
    """What became of one run, and what it took.

    Attributes:
        status: "done", "late" or "failed"; the numbers are those of a run that is done.
        seconds: without start and imports.
        regions: how many were found.
        whole: seconds of the process.
        processor: seconds of processor time of the process, and of those that it started.
    """

    status: str
    seconds: float = 0
    regions: int = 0
    whole: float = 0
    processor: float = 0


def time_outside(names: list[str], pythons: list[str], limits: Limits) -> None:
    """Run all tools that are found on all instances that they finish within the limit; print the table."""
    tools = list(found_tools(pythons))
    print(f"\nOutside tools found: {', '.join(tool.name for tool in tools) or 'none'}")
    misses = dict.fromkeys((tool.name for tool in tools), 0)
    lines = []
    for name in names if tools else []:
        arrangement = family(name)
        regions = region_number(arrangement)
        ways = first_layer_ways(arrangement)
        ours = in_turn({way: ways[way] for way in ("rays list", "exact count")}, limits, regions)
        for tool in tools:
            if misses[tool.name] < _GIVES_UP:
                runs = _runs(tool, arrangement, limits)
                misses[tool.name] += runs[-1].status != "done"
                numbers = _numbers(runs, regions, ours[tool.ours].seconds, limits.limit)
                lines.append([name, f"{regions:,}", tool.name, *numbers])
                print(f"outside {name} {tool.name}: {runs[-1].status}", file=sys.stderr, flush=True)
    if lines:
        print_table(["instance", "regions", "tool", "s", "regions/s", "ours s", "ratio", "off by"], lines)
    for tool in tools:
        print(f"{tool.name}: {tool.returns}; beside `{tool.ours}`")


def found_tools(pythons: list[str]) -> Iterator[Tool]:
    """Every tool that is installed."""
    if shutil.which("polymake"):
        returns = "sign vectors and exact rays of all chambers"
        yield Tool("polymake", returns, "rays list", ["polymake", "--script"], _polymake)
    if shutil.which("M2"):
        yield Tool("Macaulay2", "the number only, exact", "exact count", ["M2", "--script"], _macaulay2)
    if shutil.which("lrs"):
        returns = "exact vertices of the zonotope, its facets being given; no sign vectors"
        yield Tool("lrs zonotope", returns, "rays list", [sys.executable, str(_HERE / "lrs_regions.py")], json.dumps)
    interpreters = [[sys.executable], *([python] for python in pythons)]
    if shutil.which("sage"):
        interpreters.append(["sage", "--python"])
    seen = set()
    for python in interpreters:
        for module, tools in _PYTHON_TOOLS.items():
            if module not in seen and _has(python, module):
                seen.add(module)
                for name, returns, ours, script, what in tools:
                    yield Tool(name, returns, ours, [*python, str(_HERE / script), what], json.dumps)


_PYTHON_TOOLS = {
    "sage.geometry.hyperplane_arrangement.arrangement": (
        (
            "Sage regions",
            "exact polyhedra by their rays, which is more than a witness; no sign vectors",
            "rays list",
            "sage_regions.py",
            "regions",
        ),
        ("Sage n_regions", "the number only, exact", "exact count", "sage_regions.py", "n_regions"),
    ),
    "relucent": (
        (
            "relucent bfs",
            "sign vectors and facets, from floating-point programs; its verification is switched off",
            "rays list",
            "relucent_regions.py",
            "bfs",
        ),
    ),
}


def _has(python: list[str], module: str) -> bool:
    probe = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([*python, "-c", probe], capture_output=True, check=False).returncode == 0


def _runs(tool: Tool, arrangement: Arrangement, limits: Limits) -> list[Run]:
    """Several runs where one is short; the last one says what became of them."""
    runs = [one_run(tool, arrangement, limits.limit)]
    while len(runs) < limits.rounds and runs[-1].status == "done" and runs[0].seconds <= limits.prefix:
        runs.append(one_run(tool, arrangement, limits.limit))
    return runs


def one_run(tool: Tool, arrangement: Arrangement, limit: float) -> Run:
    """One run in a process of its own; if it takes too long it is ended with all that it started."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "program")
        file.write_text(tool.program(arrangement.essential.rows))
        start, before = perf_counter(), _children()
        done = communicated([*tool.command, str(file)], limit)
        whole, processor = perf_counter() - start, _children() - before
    if done is None:
        return Run("late")
    found = done.stdout.split()[-2:]
    if done.returncode or len(found) < 2:
        print(f"{tool.name} failed: {done.stderr.strip()[:500]}", file=sys.stderr)
        return Run("failed")
    return Run("done", float(found[0]), int(found[1]), whole, processor)


def _children() -> float:
    """Processor seconds of all processes that have been started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _numbers(runs: list[Run], regions: int, ours: float, limit: float) -> list[str]:
    """Seconds, rate, our seconds, ratio, and by how many regions the tool is off."""
    if runs[-1].status == "failed":
        return ["failed", "-", shown(ours), "-", "-"]
    if runs[-1].status == "late":
        return [f">{limit:g}", f"<{regions / limit:,.0f}", shown(ours), f">{limit / ours:,.0f}", "?"]
    seconds = median(run.seconds for run in runs)
    rate = f"{regions / seconds:,.0f}"
    return [shown(seconds), rate, shown(ours), f"{seconds / ours:,.1f}", f"{runs[-1].regions - regions:+d}"]


def _forms(rows: tuple[Row, ...], letter: str) -> Iterator[str]:
    """The linear forms of the rows in letter_0, letter_1, ..."""
    for row in rows:
        yield "+".join(f"({a})*{letter}_{j}" for j, a in enumerate(row) if a)


def _macaulay2(rows: tuple[Row, ...]) -> str:
    return f"""needsPackage "HyperplaneArrangements"
R = QQ[x_0..x_{len(rows[0]) - 1}]
A = arrangement {{{", ".join(_forms(rows, "x"))}}}
timed = elapsedTiming(sum flatten entries last coefficients poincare A)
print(toString(timed#0) | " " | toString(timed#1))
"""


def _polymake(rows: tuple[Row, ...]) -> str:
    return f"""use application "fan"; use Time::HiRes;
my $start = Time::HiRes::time();
my $arrangement = new HyperplaneArrangement<Rational>(HYPERPLANES=>{json.dumps(rows)});
my $chambers = $arrangement->CHAMBER_SIGNATURES->rows;
print Time::HiRes::time() - $start, " ", $chambers, "\\n";
"""
