"""Global solvers on the non-convex training problem beside certified solves. `python benchmarks/global_solvers.py`.

SCIP, discopt and MAiNGO (pip install pyscipopt discopt maingopy) are given problem (4) itself with n sub-networks,
which are enough, --seconds each on one thread, in a process of its own with a hard limit. `--outside-python` names
other interpreters to look for them in; what is not found, or fails, says why.

One line a solver: the exact objective of the network with its weights; the value and the bound that it claims; and
where one of them is wrong, by how much. The interval proven here decides, in rational numbers: no bound is above its
upper end, no value below its lower end. SCIP, for one, keeps its constraints up to 1e-6 only, so that it may be wrong
by as much; more is no matter of tolerances.
"""

import argparse
from fractions import Fraction
from time import process_time

from harness import print_table, shown
from instances import BETAS, LABELS, RANDOM, Instance
from outside.training_solvers import SOLVERS, Outcome, python_with, run_solver, training_of

from convex import Problem, Solution, solve

SIZES = ("3,2,1", "5,2,2", "8,2,2", "12,2,2")
HEADINGS = ["way", "its network", "value", "bound", "wrong", "s", "status"]


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", nargs="+", default=list(SIZES), metavar="N,D,WIDTH")
    options.add_argument("--labels", nargs="+", default=[RANDOM], choices=LABELS)
    options.add_argument("--betas", nargs="+", default=list(BETAS))
    options.add_argument("--seconds", type=float, default=60.0, help="of each solver")
    options.add_argument("--subnetworks", type=int, help="n unless given; with fewer the optimum may be higher")
    options.add_argument("--solvers", nargs="+", default=list(SOLVERS), choices=SOLVERS)
    options.add_argument("--outside-python", nargs="+", default=[], metavar="PYTHON", help="interpreters to look in")
    chosen = options.parse_args()
    pythons = {}
    for name in chosen.solvers:
        python, reason = python_with(SOLVERS[name], chosen.outside_python)
        if python is None:
            print(f"{name} is not run: {reason}")
        else:
            pythons[name] = python
    versions: dict[str, str] = {}
    for size in chosen.sizes:
        n, d, width = map(int, size.split(","))
        for labels in chosen.labels:
            for beta in chosen.betas:
                instance = Instance(n, d, width, labels, beta)
                problem = instance.problem()
                lines, ours = certified(problem, width)
                for name, python in pythons.items():
                    training = training_of(problem, width, chosen.subnetworks or n, chosen.seconds)
                    found = run_solver(python, SOLVERS[name], training)
                    versions.setdefault(name, found.version)
                    lines.append([name, *cells(found, problem, ours)])
                print(f"\n{instance.name}")
                print_table(HEADINGS, lines)
    print(f"\n{chosen.seconds:g} s each; {'; '.join(filter(None, versions.values())) or 'no other solver'}")


def certified(problem: Problem, width: int) -> tuple[list[list[str]], Solution]:
    """Solve by the convex program: the first line of the table, and the solution."""
    start = process_time()
    ours = solve(problem, width)
    seconds = process_time() - start
    upper, lower = f"{float(ours.upper):.9f}", f"{float(ours.lower):.9f}"
    return [["convex program", upper, upper, lower, "-", shown(seconds), ours.status]], ours


def cells(found: Outcome, problem: Problem, ours: Solution) -> list[str]:
    """What is said of a solver in the table.

    Raises:
        AssertionError: its network costs less than what is proven here, which is then wrong.
    """
    if found.reason:
        return ["-", "-", "-", "-", "-", found.reason]
    value = None if found.network is None else found.network.objective(problem)
    if value is not None and value < ours.lower:
        raise AssertionError(f"a network costs {value}, less than {ours.lower}, which was proven to be a bound")
    numbers = [None if number is None else f"{float(number):.9f}" for number in (value, found.upper, found.lower)]
    return [*(number or "-" for number in numbers), wrong(found, ours), shown(found.seconds), found.status]


def wrong(found: Outcome, ours: Solution) -> str:
    """What is wrong of the value and the bound that a solver claims, and by how much; decided in rational numbers."""
    said = []
    if found.lower is not None and Fraction(found.lower) > ours.upper:
        said.append(f"bound +{float(Fraction(found.lower) - ours.upper):.1e}")
    if found.upper is not None and Fraction(found.upper) < ours.lower:
        said.append(f"value -{float(ours.lower - Fraction(found.upper)):.1e}")
    return ", ".join(said) or "no"


if __name__ == "__main__":
    main()
