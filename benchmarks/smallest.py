"""Is there a smaller counterexample to the literal interpretations of program (12)? Every small table, in floats.

All tables of n rows out of the eight non-zero vectors of {-1, 0, 1}^2, in any order and with repetition, with targets
in {-1, 0, 1}, up to the sign of the targets; beta 0.05. Prints each table on which an interpretation differs from the
program over tuples by more than one part in a million, and how many were tried.

    python benchmarks/smallest.py --rows 3 --width 2
"""

import argparse
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

from convex import Problem, interpretation_values

VECTORS = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]


def problems(rows: int) -> Iterator[Problem]:
    """The tables of this many rows."""
    for x in combinations_with_replacement(VECTORS, rows):
        for y in product((-1, 0, 1), repeat=rows):
            if next((value for value in y if value), -1) > 0:
                yield Problem.read(x, y, "0.05")


def main() -> None:
    """Go through all tables up to the size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=3)
    options.add_argument("--width", type=int, default=2)
    chosen = options.parse_args()
    tried = different = 0
    for rows in range(1, chosen.rows + 1):
        for problem in problems(rows):
            values = interpretation_values(problem, chosen.width)
            tried += 1
            away = [name for name, value in values.items() if abs(value - values["tuples"]) > 1e-6 * values["tuples"]]
            if away:
                different += 1
                print([tuple(map(int, row)) for row in problem.x], tuple(map(int, problem.y)), away, values, flush=True)
    print(f"{tried} tables of up to {chosen.rows} rows, width {chosen.width}: interpretations differ on {different}")


if __name__ == "__main__":
    main()
