"""Certified solves: seconds, pairs and proven gaps. `python benchmarks/solves.py`."""

import argparse
import warnings

import numpy as np
from harness import interleaved, peak_memory, print_table

from convex import Problem, solve

CASES = ((5, 2, 1), (5, 2, 2), (5, 2, 3), (8, 2, 2), (6, 3, 2))


def main() -> None:
    """Solve random data to proven optimality and print medians."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--beta", default="0.002")
    chosen = options.parse_args()
    warnings.simplefilter("error")
    lines = []
    for n, d, width in CASES:
        generator = np.random.default_rng(0)
        x, y = generator.standard_normal((n, d)), generator.standard_normal(n)
        problem = Problem.read(x, y, chosen.beta)
        solutions = []

        def run(problem: Problem = problem, width: int = width, kept: list = solutions) -> int:
            kept.append(solve(problem, width))
            return kept[-1].pairs_total

        seconds, pairs = interleaved({"solve": run}, chosen.rounds)["solve"]
        last = solutions[-1]
        numbers = [f"{seconds:.2f}", f"{float(last.upper):.10f}", f"{float(last.relative_gap):.1e}"]
        network = [str(len(last.network.subnetworks)), str(last.network.width)]
        lines.append([f"{n},{d},{width}", f"{pairs:,}", *numbers, last.status, *network])
    headings = ["n,d,width", "pairs", "s", "optimum", "relative gap", "status", "sub-networks", "neurons"]
    print_table(headings, lines)
    print(f"beta {chosen.beta}; medians of {chosen.rounds} rounds; peak memory {peak_memory():.0f} MiB")


if __name__ == "__main__":
    main()
