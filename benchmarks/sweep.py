"""Engine `sweep` beside engine `rays`, in turn: counting, listing of signs, and listing of signs with witnesses apart.

`python benchmarks/sweep.py` takes some minutes; names of families choose instances. Every way begins with the
arrangement, already read, and ends with all regions in arrays, both of each pair of opposites. The last columns say at
what part of the vertices more rows meet, or nearly so, and what `auto` chooses; planted:n,d,share has a share of rows
that are sums of two others.
"""

import argparse
import sys
from math import inf

import numpy as np
from harness import Limits, Timing, Watch, Way, in_turn, marked, print_table, shown

from arrangements import Arrangement, RegionSearch, family
from arrangements.first_layer.engines import choice
from arrangements.sweep.sampling import share_in_doubt
from theory import region_number

INSTANCES = ["random:50,3,0", "random:50,4,0", "random:100,4,0", "random:50,5,0", "random:20,6,0", "random:18,7,0"]
INSTANCES += ["random:30,8,0", "random:18,10,0", "planted:30,4,0.02", "planted:60,4,0.1", "planted:40,5,0.1"]
INSTANCES += ["planted:20,6,0.1", "planted:18,7,0.1", "planted:20,6,0.4", "braid:6", "threshold:4", "resonance:5"]
KINDS = ("count", "signs", "witnesses")


def main() -> None:
    """Time every instance, and print regions a second."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("instances", nargs="*", default=INSTANCES, metavar="NAME")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--limit", type=float, default=10, help="seconds of the longest run in full")
    options.add_argument("--prefix", type=float, default=2, help="seconds of a prefix of a longer one")
    chosen = options.parse_args()
    limits = Limits(chosen.rounds, chosen.limit, chosen.prefix)
    print("loading the kernels", file=sys.stderr, flush=True)
    for way in ways(family("random:6,3,0")).values():
        way(Watch(inf))
    print(f"million regions a second; medians of {limits.rounds} interleaved rounds; ~ from a prefix")
    headings = ["instance", "regions", *(f"{engine} {kind}" for engine in ("sweep", "rays") for kind in KINDS)]
    lines = []
    for name in chosen.instances:
        arrangement = instance(name)
        total = region_number(arrangement)
        timings = in_turn(ways(arrangement), limits, total)
        check(name, timings, total)
        rates = [marked(f"{timing.rate / 1e6:.2f}", timing) for timing in timings.values()]
        seconds, share = timings["sweep signs"].seconds, share_in_doubt(arrangement.essential.rows)
        auto = choice("auto", arrangement).engine.name
        lines.append([name, f"{total:,}", *rates, shown(seconds), f"{share:.1%}", auto])
    print_table([*headings, "sweep signs, s", "in doubt", "auto"], lines)


def instance(name: str) -> Arrangement:
    """A family, or random rows of which a share are sums of multiples of two others.

    Example:
        >>> instance("planted:10,3,0.2").rank
        3
    """
    if not name.startswith("planted:"):
        return family(name)
    n, d, share = name.removeprefix("planted:").split(",")
    draw, planted = np.random.default_rng(0), round(int(n) * float(share)) or 1
    rows = draw.integers(-(10**6), 10**6, (int(n), int(d)))
    for k in range(int(n) - planted, int(n)):
        i, j = draw.choice(int(n) - planted, 2, replace=False)
        rows[k] = rows[i] + rows[j]
    return Arrangement.from_table(rows.tolist())


def ways(arrangement: Arrangement) -> dict[str, Way]:
    """Count, list signs, and list signs with witnesses, by both engines."""
    found: dict[str, Way] = {}
    for engine in ("sweep", "rays"):
        found[f"{engine} count"] = lambda watch, e=engine: sum(watch(RegionSearch(arrangement, engine=e).counts()))
        found[f"{engine} signs"] = lambda watch, e=engine: sum(
            map(len, watch(RegionSearch(arrangement, engine=e).words()))
        )
        found[f"{engine} witnesses"] = lambda watch, e=engine: sum(
            len(block.words) for block in watch(RegionSearch(arrangement, engine=e).blocks())
        )
    return found


def check(name: str, timings: dict[str, Timing], total: int) -> None:
    """Stop if a way that was done did not find as many regions as there are."""
    for way, timing in timings.items():
        if timing.complete and timing.found != total:
            raise RuntimeError(f"{name}: {way} found {timing.found:,} of {total:,} regions")


if __name__ == "__main__":
    main()
