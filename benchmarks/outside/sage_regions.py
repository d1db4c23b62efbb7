"""SageMath on one arrangement: rows as JSON in a file; prints seconds and the number of regions."""

import json
import sys
from pathlib import Path
from time import perf_counter

import sage.all__sagemath_polyhedra  # noqa: F401  (or, where all of Sage is installed, it is there as well)
from sage.geometry.hyperplane_arrangement.arrangement import HyperplaneArrangements
from sage.rings.rational_field import QQ


def main() -> None:
    """Time the method that the argument names: `regions` (all, as polyhedra) or `n_regions` (their number)."""
    rows = json.loads(Path(sys.argv[2]).read_text())
    space = HyperplaneArrangements(QQ, tuple(f"x{j}" for j in range(len(rows[0]))))
    arrangement = space(*[[tuple(row), 0] for row in rows])
    start = perf_counter()
    found = getattr(arrangement, sys.argv[1])()
    print(perf_counter() - start, found if sys.argv[1] == "n_regions" else len(found))


if __name__ == "__main__":
    main()
