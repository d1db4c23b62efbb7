"""How the cost of a certified optimum grows with the rows: `python benchmarks/growth.py --largest 50`.

Gaussian tables in the plane with Gaussian targets, width 2. One line for each number n of rows: pairs (tuple, s), by
the exact formula; CPU seconds of the solve and of its whole process; rounds and columns of column generation; proof
vectors, bytes of the certificate, and what the checker says of it. Each n is a process of its own with a time limit:
the gap that is proven by then is shown, and n is left out of the exponents.

An exponent is the least-squares slope of a logarithm over log n, on all sizes and on the larger half of them. It
describes these sizes and proves nothing of others. Beside them stands what the paper says of its program (12).
"""

import argparse

from harness import print_table, shown
from solve_process import Run, problem_of, question_of, solved

from theory import Plane, fitted_exponent, plane_pairs

ROWS = (8, 12, 16, 20, 24, 30, 40, 50)
RANK = WIDTH = 2
HEADINGS = ["n", "pairs", "solve s", "whole s", "rounds", "columns", "vectors", "bytes", "gap", "status", "checker"]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, nargs="+", default=list(ROWS))
    options.add_argument("--largest", type=int, default=max(ROWS), help="leave out more rows than that")
    options.add_argument("--beta", default="0.05")
    options.add_argument("--tolerance", default="1e-6")
    options.add_argument("--seconds", type=float, default=600.0, help="time limit of each solve")
    chosen = options.parse_args()
    lines, pairs, runs = [], {}, {}
    for n in sorted({n for n in chosen.rows if n <= chosen.largest}):
        question = question_of(f"{n},{RANK},{WIDTH}", chosen.beta, chosen.tolerance, chosen.seconds)
        number = plane_pairs(Plane.of(problem_of(question).arrangement))
        run = solved(question)
        lines.append([str(n), f"{number:,}", *_cells(run)])
        print("  ".join(lines[-1]), flush=True)
        if run.status == "optimal":
            pairs[n], runs[n] = number, run
    print()
    print_table(HEADINGS, lines)
    missing = [line[0] for line in lines if int(line[0]) not in runs]
    print(f"not reached in {chosen.seconds:g} s: {', '.join(missing) or 'none'}")
    if len(runs) > 1:
        print()
        print_table(["exponent of n", "fitted", "larger half"], exponents(pairs, runs))
    exponent = 3 * (WIDTH + 1) * RANK
    print(
        f"paper, section 2.2: O(d^3 m_1^3 n^(3(m_1+1)r)) for program (12), n^{exponent} for m_1 = {WIDTH}, r = {RANK}"
    )
    print("pairs, no two rows parallel: n^3 + 9 n^2 - 4 n, or n^3 + 9 n^2 - 12 n + 4 for rows in an open half-plane")


def exponents(pairs: dict[int, int], runs: dict[int, Run]) -> list[list[str]]:
    """The lines of the second table: what is fitted to the sizes that were solved, two at least.

    Args:
        pairs: for each n, in increasing order.
        runs: for each n.
    """
    rows = list(runs)
    measured: dict[str, list[int]] = {"pairs": list(pairs.values())}
    # microseconds: a slope does not depend on the unit
    measured["solve s"] = [round(run.solve * 10**6) for run in runs.values()]
    measured["whole s"] = [round(run.whole * 10**6) for run in runs.values()]
    columns = [run.columns for run in runs.values() if run.columns is not None]
    if len(columns) == len(rows):
        measured["columns"] = columns
    measured["vectors"] = [run.vectors for run in runs.values()]
    measured["bytes"] = [run.size for run in runs.values()]
    half = -max(2, (len(rows) + 1) // 2)
    return [
        [name, f"{fitted_exponent(rows, values):.2f}", f"{fitted_exponent(rows[half:], values[half:]):.2f}"]
        for name, values in measured.items()
    ]


def _cells(run: Run) -> list[str]:
    if run.reason:
        return ["-", shown(run.whole), "-", "-", "-", "-", "-", run.reason, "-"]
    columns = "-" if run.columns is None else f"{run.columns:,}"
    counts = [f"{run.rounds:,}", columns, f"{run.vectors:,}", f"{run.size:,}"]
    return [shown(run.solve), shown(run.whole), *counts, f"{run.gap:.0e}", run.status, run.checked]


if __name__ == "__main__":
    main()
