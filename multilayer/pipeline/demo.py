"""The whole pipeline on bundled data: list, count, bound, solve, prove, show."""

from importlib.resources import as_file, files
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from convex.problem.losses import SQUARED
from convex.problem.network import Network
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve
from multilayer.io.printing import readable
from multilayer.io.tables import Source, read_source
from multilayer.pipeline.counts import count_first, count_second
from multilayer.pipeline.optimum import problems_of

EXAMPLES = (
    (
        "galileo.csv",
        "0.001",
        "Galileo's ramp, 1608: how far a ball flies against the height it rolled down from "
        "(folio 116v; Dickey and Arnold 1995). In thousands of punti.",
    ),
    ("xor.csv", "0.1", "XOR: the exclusive or of two bits."),
)
WIDTH = 2


def run() -> None:
    """Run both examples and print what was found."""
    console = Console(highlight=False)
    start = perf_counter()
    for name, beta, story in EXAMPLES:
        with as_file(files("multilayer") / "data" / name) as path:
            source = read_source(str(path), last_is_target=True)
        console.rule(f"[bold]{name}")
        console.print(story)
        console.print(_counts(source))
        (problem,), _ = problems_of(source, beta, SQUARED)
        solution = solve(problem, WIDTH)
        _show_solution(console, solution, source, beta)
    console.print(f"\nAll of it took {perf_counter() - start:.1f} s. Next: multilayer --help")


def _counts(source: Source) -> Table:
    first = count_first(source, "auto", 10**6)
    table = Table(title=f"{first['rows']} rows of rank {first['rank']}: listed, counted without listing, and bounded")
    for heading in ("", "listed", "counted", "bound", "value"):
        table.add_column(heading, justify="left" if heading in ("", "bound") else "right")
    bounds = first["bounds"]
    regions = readable(first["regions"])
    table.add_row(
        "H1 regions (P1)", regions, readable(first["exact_count"]), "(13), 1st step", readable(bounds["cover"])
    )
    table.add_row("", "", "", "(13), 2nd step", f"{bounds['eq13']:.6g}")
    for width in (1, WIDTH):
        report: dict[str, Any] = count_second(source, width, "auto", 10**6)
        bounds = report["bounds"]
        table.add_section()
        table.add_row(f"H2, width {width}: tuples", readable(report["tuples"]), "", "", "")
        table.add_row("  pairs", readable(report["pairs"]), "", "joint bound", readable(bounds["joint"]))
        table.add_row("  masks (P2)", readable(report["masks"]), "", "(14), 1st line", readable(bounds["eq14_product"]))
        table.add_row("", "", "", "(14), last line", f"{bounds['eq14_closed']:.6g}")
        table.add_row("", "", "", "all masks, 2^n", readable(bounds["two_to_n"]))
    return table


def _show_solution(console: Console, solution: Solution, source: Source, beta: str) -> None:
    console.print(
        f"\nTraining three-layer ReLU sub-networks of width {solution.width} on {source.targets[0].name!r}, "
        f"beta = {beta}: {solution.pairs_used} pairs are in use, "
        f"and {len(solution.proof.entries)} vectors prove that no other helps."
    )
    console.print(f"  status       {solution.status}")
    console.print(f"  upper bound  {float(solution.upper):.15g}  (this network, in exact arithmetic)")
    console.print(f"  lower bound  {float(solution.lower):.15g}  (any network of this width, proven)")
    console.print(
        f"  gap          {float(solution.gap):.2e} absolute, {float(solution.relative_gap):.2e} relative, both exact"
    )
    console.print(_network(solution.network))
    answers = solution.network.predict(solution.problem.x)
    table = Table(title="its answers")
    for heading in ("row", "data", "target", "network"):
        table.add_column(heading, justify="right")
    for i, (row, target, answer) in enumerate(zip(solution.problem.x, solution.problem.y, answers, strict=True), 1):
        data = ", ".join(f"{float(value):g}" for value in row)
        table.add_row(str(i), data, f"{float(target):g}", f"{float(answer):.6f}")
    console.print(table)


def _network(network: Network) -> Table:
    table = Table(title="the network: sum of output * relu(sum_j second_j * relu(x . first_j))")
    for heading in ("sub-network", "output", "second", "first"):
        table.add_column(heading, justify="left" if heading == "first" else "right")
    for k, part in enumerate(network.subnetworks, start=1):
        for j, (first, second) in enumerate(zip(part.first, part.second, strict=True)):
            weights = "(" + ", ".join(f"{float(value):+.4f}" for value in first) + ")"
            table.add_row(
                str(k) if j == 0 else "",
                f"{float(part.output):+.4f}" if j == 0 else "",
                f"{float(second):+.4f}",
                weights,
            )
        table.add_section()
    return table
