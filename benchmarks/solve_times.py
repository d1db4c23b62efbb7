"""Certified solves beside earlier code, in one run: `python benchmarks/solve_times.py --against FOLDER`.

Gaussian tables with Gaussian targets, N,D,WIDTH or N,D,any for any width; `--table FILE` adds a table whose last column
holds two classes, coded -1 and 1, at any width. Every solve is a whole process on one thread, of this tree and of the
other in turn, with a time limit. One line a tree: median CPU seconds of the solve alone, of the process, and of the
checker; the ratio is the other tree's solve over this one's. A solve that meets its limit shows the gap proven by then;
it runs once. Both intervals must meet, and each tree's own checker looks at its certificates.

A first solve in each tree, which is not timed, has compiled code built and stored.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from harness import print_table, shown
from instances import BETAS, LABELS, RANDOM
from solve_process import HERE, Question, Run, question_of, solved

from multilayer.io.tables import read_source

SIZES = (
    *("8,2,2", "12,2,2", "20,2,2", "24,2,2", "30,2,2", "50,2,2", "20,2,3", "12,3,2", "16,3,2", "20,3,2", "12,4,2"),
    *("16,2,any", "20,2,any", "24,2,any", "20,3,any", "30,2,any"),
)
TIMES = ("solve s", "whole s", "ratio")
HEADINGS = ["instance", "tree", *TIMES, "status", "gap", "bytes", "vectors", "checker", "check s"]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", nargs="*", default=list(SIZES), metavar="N,D,WIDTH")
    options.add_argument("--table", type=Path, help="also a table, its last column of two classes; any width")
    options.add_argument("--labels", nargs="+", default=[RANDOM], choices=LABELS)
    options.add_argument("--betas", nargs="+", default=list(BETAS))
    options.add_argument("--tolerance", default="1e-6")
    options.add_argument("--seconds", type=float, default=600.0, help="time limit of each solve")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--long", type=float, default=60.0, help="CPU seconds from which on a solve runs only once")
    options.add_argument("--against", type=Path, metavar="FOLDER", help="a checkout, run in turn with this")
    options.add_argument("--warm", default="12,3,2", metavar="N,D,WIDTH", help="the first solve in each tree")
    chosen = options.parse_args()
    trees = {"this": HERE} if chosen.against is None else {"this": HERE, "other": chosen.against.resolve()}
    for tree in trees.values():
        solved(question_of(chosen.warm, chosen.betas[0], chosen.tolerance, chosen.seconds), tree)
    lines = []
    for name, question in questions(chosen):
        found = in_turn(question, trees, chosen.rounds, chosen.long)
        for line in table_lines(name, found):
            lines.append(line)
            print("  ".join(line), flush=True)
    print()
    print_table(HEADINGS, lines)
    print(f"CPU seconds, medians of {chosen.rounds} rounds (1 round from {chosen.long:g} s on)")
    print(f"tolerance {chosen.tolerance}, time limit {chosen.seconds:g} s")


def questions(chosen: argparse.Namespace) -> Iterator[tuple[str, Question]]:
    """Name every instance, and give its question."""
    for beta in chosen.betas:
        for size in chosen.sizes:
            for labels in chosen.labels:
                question = question_of(size, beta, chosen.tolerance, chosen.seconds, labels)
                yield f"{size} {labels} {beta}", question
        if chosen.table is not None:
            rows, targets = two_classes(chosen.table)
            question = Question(rows, targets, beta, None, chosen.tolerance, chosen.seconds)
            yield f"{chosen.table.stem} {beta}", question


def two_classes(path: Path) -> tuple[list[list[str]], list[str]]:
    """Read a table whose last column has two values, and code the lesser as -1 and the other as 1.

    Raises:
        SystemExit: the column has another number of values.
    """
    source = read_source(str(path), last_is_target=True)
    values = source.targets[0].values
    classes = sorted(set(values))
    if len(classes) != 2:
        raise SystemExit(f"{path}: the last column has {len(classes)} values; two classes are coded -1 and 1")
    rows = [[str(value) for value in row] for row in source.x]
    return rows, ["-1" if value == classes[0] else "1" for value in values]


def in_turn(question: Question, trees: dict[str, Path], rounds: int, long: float) -> dict[str, list[Run]]:
    """Solve in every tree once a round, in turn; a tree that took long, or met its limit, has one round.

    Raises:
        AssertionError: the proven intervals of two runs do not meet.
    """
    found: dict[str, list[Run]] = {name: [] for name in trees}
    for _ in range(rounds):
        for name, tree in trees.items():
            runs = found[name]
            if not runs or (runs[0].status == "optimal" and runs[0].solve < long):
                runs.append(solved(question, tree))
    intervals = [(run.lower, run.upper) for runs in found.values() for run in runs if not run.reason]
    if intervals and max(lower for lower, _ in intervals) > min(upper for _, upper in intervals):
        raise AssertionError(f"the proven intervals do not meet: {intervals}")
    return found


def table_lines(name: str, found: dict[str, list[Run]]) -> list[list[str]]:
    """The lines of one instance: one a tree, with the ratio of the solves where there are two that are done."""
    lines = []
    here = found["this"]
    for tree, runs in found.items():
        last = runs[-1]
        if last.reason:
            lines.append([name, tree, "-", shown(last.whole), "-", last.reason, "-", "-", "-", "-", "-"])
            continue
        solve, whole, checking = (median(getattr(run, key) for run in runs) for key in ("solve", "whole", "checking"))
        ratio = "-"
        if tree != "this" and last.status == here[-1].status == "optimal":
            ratio = f"{solve / median(run.solve for run in here):.2f}"
        counts = [f"{last.gap:.0e}", f"{last.size:,}", f"{last.vectors:,}"]
        checker = ", ".join(sorted({run.checked for run in runs}))
        lines.append([name, tree, shown(solve), shown(whole), ratio, last.status, *counts, checker, shown(checking)])
    return lines


if __name__ == "__main__":
    main()
