"""Regions a second: the exact engine beside the textbook way in floating point. `python benchmarks/engines.py`."""

import argparse

import numpy as np
from harness import interleaved, peak_memory, print_table
from plain import count_regions as plain_count

from arrangements import Statistics, family, iter_regions
from theory.counting import count_regions as exact_count

CASES = ("braid:6", "resonance:4", "resonance:5", "threshold:4", "crosspolytope:5", "random:30,3,0", "random:20,4,0")


def main() -> None:
    """Time every case and print medians and ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--plain-limit", type=int, default=12_000, help="most regions for the textbook way")
    options.add_argument("cases", nargs="*", default=CASES)
    chosen = options.parse_args()
    lines = []
    for name in chosen.cases:
        arrangement = family(name)
        statistics = Statistics()
        listed = sum(1 for _ in iter_regions(arrangement, "lp", statistics))
        ways = {
            "lp": lambda arrangement=arrangement: sum(1 for _ in iter_regions(arrangement, "lp")),
            "count": lambda arrangement=arrangement: exact_count(arrangement.normals, arrangement.offsets),
        }
        if listed <= chosen.plain_limit and not arrangement.is_affine:
            rows = np.array(arrangement.hyperplanes, dtype=float)
            ways["plain"] = lambda rows=rows: plain_count(rows)
        found = interleaved(ways, chosen.rounds)
        seconds, regions = found["lp"]
        assert regions == found["count"][1], name
        plain = found.get("plain")
        lines.append(
            [
                name,
                f"{regions:,}",
                f"{seconds:.3f}",
                f"{regions / seconds:,.0f}",
                f"{statistics.lps:,}",
                f"{found['count'][0]:.3f}",
                f"{plain[0]:.2f}" if plain else "-",
                f"{plain[0] / seconds:.0f}" if plain else "-",
                f"{plain[1] - regions:+d}" if plain else "-",
            ]
        )
    print_table(
        ["instance", "regions", "lp s", "per s", "LPs", "count s", "plain s", "plain/lp", "plain off by"], lines
    )
    print(f"medians of {chosen.rounds} interleaved rounds; peak memory {peak_memory():.0f} MiB")


if __name__ == "__main__":
    main()
