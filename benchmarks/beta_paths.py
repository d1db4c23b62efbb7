"""Proven curves over all of beta: solves, seconds, gap, checker, bytes. `python benchmarks/beta_paths.py`.

One line a bundled table and width: `multilayer path` into an empty folder, in this process, on the squared loss. `cpu
s` and `wall s` are those of the command, its certificates and their files; `check s` the processor seconds of the
checker of curves, which reads the folder afterwards. `gap` is the largest relative gap between the curves, rounded up,
and `at` its beta. `bytes` are those of all certificates. A path that is not done in `--time` seconds is kept as far as
it came, and its gap says so. The widths are 2, the paper's 7 for balloons, and unlimited.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from harness import print_table, shown

from arrangements.exact.directed_rounding import text_above
from convex import Problem, solve_path
from multilayer import checker, curve_checker
from multilayer.io.bundled import located
from multilayer.io.tables import read_source
from multilayer.pipeline.learning.beta_path import solve_table_path

CASES = (
    *(f"{name},{width}" for name in ("xor", "galileo", "teacher") for width in ("2", "unlimited")),
    *("balloons,2", "balloons,7", "balloons,unlimited"),
)
HEADINGS = ["table,width", "solves", "knots", "cpu s", "wall s", "gap", "at", "checker", "check s", "bytes"]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", nargs="*", default=list(CASES), metavar="TABLE,WIDTH", help="WIDTH: 2, unlimited")
    options.add_argument("--betas", default="0.001:1")
    options.add_argument("--tolerance", default="1e-3")
    options.add_argument("--time", type=float, default=600.0, help="most seconds for one path")
    chosen = options.parse_args()
    solve_path([Problem.read([[1]], [1], 1)], 1, ("0.5", 1), tolerance="0.1")  # loads what the seconds are not about
    lines = [_line(case, chosen.betas, chosen.tolerance, chosen.time) for case in chosen.cases]
    print_table(HEADINGS, lines)
    print(f"beta {chosen.betas}, gap asked {chosen.tolerance}, at most {chosen.time:g} s a path")


def _line(case: str, betas: str, tolerance: str, seconds: float) -> list[str]:
    name, _, width = case.partition(",")
    with located(name) as source, TemporaryDirectory() as place:
        table = read_source(source, last_is_target=True)
        folder = Path(place) / "path"
        wall, cpu = perf_counter(), process_time()
        report = solve_table_path(
            table,
            None if width == "unlimited" else int(width),
            betas,
            loss="squared",
            tolerance=tolerance,
            steps=1_000_000,
            seconds=seconds,
            folder=folder,
        )
        wall, cpu = perf_counter() - wall, process_time() - cpu
        begin = process_time()
        try:
            curve_checker.check(folder / "path.json")
            said = "accepted"
        except checker.Rejected as reason:
            said = f"rejected: {reason}"
        checked = process_time() - begin
        size = sum(path.stat().st_size for path in folder.glob("*.certificate.json"))
    gap = text_above(report["relative_gap"], 3)
    numbers = (f"{report['solves']}", f"{len(report['knots'])}", shown(cpu), shown(wall), gap)
    line = [case, *numbers, f"{report['at_beta']:.4g}", said, shown(checked), f"{size:,}"]
    print("  ".join(line), flush=True)
    return line


if __name__ == "__main__":
    main()
