"""The engines side by side, in turn, several rounds: medians, ratios, rates, memory, compilation, outside tools.

`python benchmarks/engines.py` does all of it and takes about half an hour; `--sections` chooses parts.
"""

import argparse
import os
import platform
import sys
from math import inf

from fresh import print_compilation, print_memory, print_sign_sets
from harness import Limits, Watch
from layers import FIRST_LAYER, SECOND_LAYER, Ratio, print_extremes, time_first_layer, time_second_layer
from outside.tools import INSTANCES, time_outside
from ways import first_layer_ways, iter_blocks

from arrangements import family

SECTIONS = ("first", "second", "memory", "compilation", "outside")


def main() -> None:
    """Run the chosen sections and end with the worst and the best ratio."""
    chosen = _options()
    limits = Limits(chosen.rounds, chosen.limit, chosen.prefix)
    _warm_up()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; one process, one thread; "
        f"medians of {limits.rounds} interleaved rounds\n~ extrapolated from the first {limits.prefix:g} s where a "
        f"run would take more than {limits.limit:g} s; where checked, it was off by up to a factor of 2, either way"
    )
    ratios: list[Ratio] = []
    if "first" in chosen.sections:
        ratios += time_first_layer(chosen.first, limits)
    if "second" in chosen.sections:
        ratios += time_second_layer(chosen.second, limits)
    if "memory" in chosen.sections:
        print_memory(chosen.limit)
        print_sign_sets()
    if "compilation" in chosen.sections:
        print_compilation()
    if "outside" in chosen.sections:
        time_outside(chosen.outside, chosen.outside_python, limits)
    if ratios:
        print_extremes(ratios)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--limit", type=float, default=60, help="seconds of the longest run in full")
    options.add_argument("--prefix", type=float, default=5, help="seconds of a prefix of a longer one")
    options.add_argument("--sections", nargs="+", choices=SECTIONS, default=SECTIONS)
    options.add_argument("--first", nargs="+", default=FIRST_LAYER, metavar="NAME", help="families for H1")
    options.add_argument("--second", nargs="+", default=SECOND_LAYER, metavar="n,d,width", help="instances for H2")
    options.add_argument("--outside", nargs="+", default=INSTANCES, metavar="NAME", help="families for outside tools")
    options.add_argument(
        "--outside-python", nargs="+", default=[], metavar="PYTHON", help="interpreters with outside tools"
    )
    return options.parse_args()


def _warm_up() -> None:
    """Load and, if need be, compile the kernels before anything is timed."""
    print("loading the kernels", file=sys.stderr, flush=True)
    for name in ("braid:4", "random:6,3,0"):
        first_layer_ways(family(name))["rays count"](Watch(inf))
        sum(1 for _ in iter_blocks(family(name)))


if __name__ == "__main__":
    main()
