"""The tables of H1 and H2: seconds, items a second, and ratios of the engines."""

import sys
from math import inf
from typing import NamedTuple

import numpy as np
from harness import Limits, Timing, in_turn, marked, print_table, shown
from ways import FIRST_LAYER_WAYS, SECOND_LAYER_WAYS, first_layer_ways, second_layer_ways

from arrangements import Arrangement, FirstLayer, count_second_layer, family
from theory import region_number

FIRST_LAYER = (
    *("random:50,3,0", "random:100,3,0", "random:200,3,0", "random:30,4,0", "random:50,4,0", "random:100,4,0"),
    *("random:25,5,0", "random:50,5,0", "random:20,6,0", "random:18,7,0", "random:18,10,0", "braid:8", "braid:9"),
    *("typeB:6", "resonance:5", "resonance:6", "threshold:5", "demicube:6", "crosspolytope:10"),
)
SECOND_LAYER = ("8,2,2", "20,2,2", "50,2,2", "8,2,3", "12,2,3", "8,3,2")


class Ratio(NamedTuple):
    """How many times as many items a second `rays` finds as `lp`; not exact where a prefix was timed."""

    kind: str
    instance: str
    value: float
    complete: bool


def time_first_layer(names: list[str], limits: Limits) -> list[Ratio]:
    """Time every way on every instance; print seconds, then rates and ratios."""
    seconds, rates, ratios = [], [], []
    for name in names:
        arrangement = family(name)
        regions = region_number(arrangement)
        found = in_turn(first_layer_ways(prepared(arrangement)), limits, regions)
        _check(name, found, regions)
        seconds.append([name, f"{regions:,}", *(marked(shown(way.seconds), way) for way in found.values())])
        compared = [
            _ratio(f"H1 {way} / lp", name, found[f"rays {way}"], found["lp"]) for way in ("count", "list", "stream")
        ]
        ratios += compared
        listing = {way: timing for way, timing in found.items() if way != "exact count"}
        speeds = [marked(f"{timing.rate:,.0f}", timing) for timing in listing.values()]
        textbook = found["textbook"]
        off = f"{textbook.found - regions:+d}" if textbook.complete else "?"
        rates.append([name, *speeds, *map(_shown_ratio, compared), off])
        print(f"H1 {name}: done", file=sys.stderr, flush=True)
    print("\nH1: seconds")
    print_table(["instance", "regions", *FIRST_LAYER_WAYS], seconds)
    print("\nH1: regions a second")
    listing_ways = [way for way in FIRST_LAYER_WAYS if way != "exact count"]
    print_table(["instance", *listing_ways, "count / lp", "list / lp", "stream / lp", "textbook off by"], rates)
    for way, meaning in FIRST_LAYER_WAYS.items():
        print(f"{way}: {meaning}")
    return ratios


def time_second_layer(names: list[str], limits: Limits) -> list[Ratio]:
    """Time both engines on every instance `n,d,width`, on floats and on integers; print the table."""
    lines, ratios = [], []
    for name in names:
        n, d, width = map(int, name.split(","))
        for kind, arrangement in second_layer_data(n, d).items():
            layer = FirstLayer.of(arrangement)
            pairs = count_second_layer(layer, width, engine="rays").pairs
            found = in_turn(second_layer_ways(layer, width), limits, pairs)
            _check(name, found, pairs)
            compared = [_ratio(f"H2 {way} / lp", f"{name} {kind}", found[way], found["lp"]) for way in list(found)[:2]]
            ratios += compared
            numbers = [text for timing in found.values() for text in _seconds_and_rate(timing)]
            sizes = [f"{layer.count_tuples(width):,}", f"{pairs:,}"]
            lines.append([name, kind, *sizes, *numbers, *map(_shown_ratio, compared)])
            print(f"H2 {name} {kind}: done", file=sys.stderr, flush=True)
    print("\nH2: pairs; the first layer is listed before")
    timed = [f"{way} {what}" for way in SECOND_LAYER_WAYS for what in ("s", "pairs/s")]
    print_table(["n,d,width", "data", "tuples", "pairs", *timed, "count / lp", "stream / lp"], lines)
    for way, meaning in SECOND_LAYER_WAYS.items():
        print(f"{way}: {meaning}")
    return ratios


def prepared(arrangement: Arrangement) -> Arrangement:
    """The same with its cached properties computed, so that the way that is timed first does not pay for them."""
    _ = arrangement.rank, arrangement.hyperplanes, arrangement.essential
    return arrangement


def second_layer_data(n: int, d: int) -> dict[str, Arrangement]:
    """Gaussian data: floats, read exactly, and the same rounded to thousandths."""
    table = np.random.default_rng(0).standard_normal((n, d))
    integers = np.rint(1000 * table).astype(np.int64)
    return {"floats": Arrangement.from_table(table), "integers": Arrangement.from_table(integers)}


def print_extremes(ratios: list[Ratio]) -> None:
    """One line: the worst and the best ratio of each kind; extrapolated ones apart, if they go beyond."""
    parts = []
    for kind in dict.fromkeys(ratio.kind for ratio in ratios):
        of_kind = sorted((ratio for ratio in ratios if ratio.kind == kind), key=lambda ratio: ratio.value)
        measured = [ratio for ratio in of_kind if ratio.complete]
        beyond = [ratio for ratio in (of_kind[0], of_kind[-1]) if not ratio.complete]
        ends = dict.fromkeys([*measured[:1], *measured[-1:], *beyond])
        parts.append(f"{kind}: {', '.join(f'{_shown_ratio(ratio)} ({ratio.instance})' for ratio in ends)}")
    print(f"\nworst, best, and any extrapolated ratio beyond them; {'; '.join(parts)}")


def _check(name: str, found: dict[str, Timing], total: int) -> None:
    """Every way that was run in full found all there is; floating point is allowed to err."""
    for way, timing in found.items():
        if timing.complete and timing.found != total and way != "textbook":
            raise AssertionError(f"{name}: {way} found {timing.found}, there are {total}")


def _ratio(kind: str, instance: str, fast: Timing, slow: Timing) -> Ratio:
    return Ratio(kind, instance, fast.rate / slow.rate if slow.rate else inf, fast.complete and slow.complete)


def _shown_ratio(ratio: Ratio) -> str:
    return f"{'' if ratio.complete else '~'}{ratio.value:,.{1 if ratio.value < 100 else 0}f}"


def _seconds_and_rate(timing: Timing) -> tuple[str, str]:
    return marked(shown(timing.seconds), timing), marked(f"{timing.rate:,.0f}", timing)
