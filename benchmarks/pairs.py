"""Pairs of the second layer: counting them, and collecting their masks; million pairs a second.

`python benchmarks/pairs.py` takes some minutes; `n,d,width` choose instances. The first layer of Gaussian rows, read
exactly, is listed before; each way searches all tuples, or as many as there is time for.
"""

import argparse
import sys
from collections.abc import Callable

import numpy as np
from harness import Limits, Watch, Way, in_turn, marked, print_table

from arrangements import Arrangement, FirstLayer
from arrangements.second_layer.product_search import ProductSearch

INSTANCES = ["8,2,3", "12,2,4", "20,2,3", "8,3,2", "12,3,2", "7,4,2"]
_NODES = 100_000  # in one step, so that a run can be stopped in time


def main() -> None:
    """Time every instance, and print rates."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("instances", nargs="*", default=INSTANCES, metavar="n,d,width")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=4, help="of each run at most")
    chosen = options.parse_args()
    limits = Limits(chosen.rounds, chosen.seconds, chosen.seconds)
    ProductSearch(layer_of(6, 2), 2).count()
    lines = []
    for name in chosen.instances:
        n, d, width = map(int, name.split(","))
        layer = layer_of(n, d)
        found = in_turn(ways(layer, width), limits, sys.maxsize)
        if all(timing.complete for timing in found.values()) and len({timing.found for timing in found.values()}) > 1:
            raise RuntimeError(f"{name}: ways found different numbers of pairs")
        rates = [marked(f"{timing.rate / 1e6:.3f}", timing) for timing in found.values()]
        lines.append([name, f"{layer.count_tuples(width):,}", *rates])
        print(f"{name}: done", file=sys.stderr, flush=True)
    print(f"million pairs a second; medians of {limits.rounds} interleaved rounds; ~ from a prefix")
    print_table(["n,d,width", "tuples", "count", "masks"], lines)


def layer_of(n: int, d: int) -> FirstLayer:
    """The first layer of Gaussian rows."""
    return FirstLayer.of(Arrangement.from_table(np.random.default_rng(0).standard_normal((n, d))))


def ways(layer: FirstLayer, width: int) -> dict[str, Way]:
    """Count pairs, and collect distinct masks."""

    def count(search: ProductSearch) -> int:
        return search.count(_NODES)[1]

    def masks(search: ProductSearch) -> int:
        return sum(block.pairs for block in search.masks(_NODES))

    def way(step: Callable[[ProductSearch], int]) -> Way:
        def run(watch: Watch) -> int:
            search, total = ProductSearch(layer, width), 0
            while True:
                total += step(search)
                if not search.frontier:
                    return total
                if watch.elapsed > watch.end - watch.start:
                    watch.late = True
                    return total
                search = search.resumed(search.frontier)

        return run

    return {"count": way(count), "masks": way(masks)}


if __name__ == "__main__":
    main()
