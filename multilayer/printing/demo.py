"""Printing of the results of the command demo."""

from rich.console import Console
from rich.table import Table

from arrangements.exact.directed_rounding import text_above, text_below
from convex.networks.network import Network
from multilayer.pipeline.demo import Example, Result
from multilayer.printing.reports import readable


def print_title(example: Example) -> None:
    """Say which table comes next, and what it is about."""
    console = _console()
    console.rule(f"[bold]{example.table}.csv")
    console.print(example.story)


def print_example(result: Result) -> None:
    """Print counts beside bounds, then the optimum, its network and what that answers."""
    console = _console()
    console.print(_counts(result))
    _print_solution(console, result)


def print_end(seconds: float) -> None:
    """Say how long it all took, and how to go on."""
    _console().print(f"\nAll of it took {seconds:.1f} s. Next: multilayer --help")


def _console() -> Console:
    return Console(highlight=False)


def _counts(result: Result) -> Table:
    rows, rank = len(result.table.x), result.table.arrangement.rank
    table = Table(title=f"{rows} rows of rank {rank}: listed, counted without listing, and bounded")
    for heading in ("", "listed", "counted", "bound", "value"):
        table.add_column(heading, justify="left" if heading in ("", "bound") else "right")
    regions, exact, cover = map(readable, (result.regions, result.exact_count, result.bounds["cover"]))
    table.add_row("H1 regions (P1)", regions, exact, "(13), 1st step", cover)
    table.add_row("", "", "", "(13), 2nd step", f"{result.bounds['eq13']:.6g}")
    for layer in result.layers:
        bounds = layer.bounds
        table.add_section()
        table.add_row(f"H2, width {layer.width}: tuples", readable(layer.tuples), "", "", "")
        table.add_row("  pairs", readable(layer.pairs), "", "joint bound", readable(bounds["joint_unordered"]))
        table.add_row("  masks (P2)", readable(layer.masks), "", "(14), 1st line", readable(bounds["eq14_product"]))
        table.add_row("", "", "", "(14), last line", f"{bounds['eq14_closed']:.6g}")
        table.add_row("", "", "", "all masks, 2^n", readable(bounds["two_to_n"]))
    return table


def _print_solution(console: Console, result: Result) -> None:
    solution = result.solution
    console.print(
        f"\nTraining three-layer ReLU sub-networks of width {solution.width} on {result.table.targets[0].name!r}, "
        f"beta = {result.example.beta}: {solution.pairs_used} pairs are in use, "
        f"and {len(solution.proof.entries)} vectors prove that no other helps."
    )
    console.print(f"  status       {solution.status}")
    console.print(f"  upper bound  {text_above(solution.upper, 15)}  (this network, in exact arithmetic)")
    console.print(f"  lower bound  {text_below(solution.lower, 15)}  (any network of this width, proven)")
    gap, relative = text_above(solution.gap, 3), text_above(solution.relative_gap, 3)
    console.print(f"  gap          at most {gap} absolute, {relative} relative")
    full = result.full
    console.print(
        f"  both ways    program (12) over all {readable(full.pairs_total)} pairs proves "
        f"[{text_below(full.lower)}, {text_above(full.upper)}]; the intervals meet"
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
