"""Peak memory and compilation, each measured in a fresh process. `python fresh.py WAY INSTANCE SECONDS` is one.

Memory is read twice: after the imports and a tiny instance, when the kernel is loaded, and its peak from there on.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from math import inf
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from harness import Watch, peak_memory, print_table, reset_peak, shown

WARM = "braid:4"
STREAMS = ("rays count", "rays list", "rays stream", "lp")
STREAMED = (("braid:8", "braid:9"), ("resonance:5", "resonance:6"), ("random:50,4,0", "random:100,4,0"))
COLLECTED = ("resonance:5", "braid:9", "resonance:6", "random:100,4,0")


def print_memory(seconds: float, pairs: tuple[tuple[str, str], ...] = STREAMED) -> None:
    """Peak memory of every way on a small and a large instance; a run ends after so many seconds."""
    lines = []
    for small, large in pairs:
        for way in STREAMS:
            few, many = (_fresh(way, name, str(seconds)) for name in (small, large))
            sizes = [f"{run['found']:,}{'' if run['complete'] else ' (prefix)'}" for run in (few, many)]
            peaks = [f"{run['peak']:.0f}" for run in (few, many)]
            above = [f"{run['peak'] - run['start']:.1f}" for run in (few, many)]
            lines.append([f"{small}, {large}", way, *sizes, *peaks, *above])
    print("\nPeak memory while streaming, MiB: in all, and above a process that has done a tiny instance")
    print_table(["small, large", "way", "regions", "regions", "peak", "peak", "above", "above"], lines)


def print_sign_sets(names: tuple[str, ...] = COLLECTED) -> None:
    """Memory of the set of all sign vectors beside N n bits."""
    lines = []
    for name in names:
        run = _fresh("sign set", name, "inf")
        bits = run["found"] * run["rows"] / 8 / 2**20
        held = run["nbytes"] / 2**20
        numbers = [f"{run['found']:,}", str(run["rows"]), f"{bits:.2f}", f"{held:.2f}", f"{held / bits:.2f}"]
        lines.append([name, *numbers, f"{run['peak'] - run['start']:.1f}"])
    print("\nAll sign vectors in one SignSet (whole words of 64 bits), MiB")
    print_table(["instance", "N", "n", "N n bits", "SignSet", "ratio", "peak while built"], lines)


def print_compilation() -> None:
    """Seconds of the first and the second call, with an empty and with a filled cache."""
    with TemporaryDirectory() as folder:
        runs = [_fresh("compile", WARM, "inf", NUMBA_CACHE_DIR=folder) for _ in range(2)]
    keys = ("import", "H1 first", "H1 second", "H2 first", "H2 second")
    lines = [[cache, *(shown(run[key]) for key in keys)] for cache, run in zip(("empty", "filled"), runs, strict=True)]
    print("\nCompilation: seconds of the first and second call in a fresh process")
    print_table(["cache", *keys], lines)


def _fresh(*arguments: str, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr.strip().splitlines()[-1]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _stream(way: str, name: str, seconds: float) -> dict[str, Any]:
    """One way in this process: regions found, and peak memory before and after."""
    from ways import first_layer_ways

    from arrangements import family

    first_layer_ways(family(WARM))[way](Watch(inf))
    reset_peak()
    start = peak_memory()
    watch = Watch(seconds)
    found = first_layer_ways(family(name))[way](watch)
    return {"found": found, "complete": not watch.late, "start": start, "peak": peak_memory()}


def _sign_set(way: str, name: str, seconds: float) -> dict[str, Any]:
    """All sign vectors of an instance, collected."""
    from arrangements import family, iter_regions
    from arrangements.signsets import SignSet

    SignSet.of(cell.signs for cell in iter_regions(family(WARM), engine="rays"))
    reset_peak()
    start = peak_memory()
    signs = SignSet.of(cell.signs for cell in iter_regions(family(name), engine="rays"))
    return {"found": len(signs), "rows": signs.rows, "nbytes": signs.nbytes, "start": start, "peak": peak_memory()}


def _compile(way: str, name: str, seconds: float) -> dict[str, Any]:
    """How long imports, and first and second calls take."""
    start = perf_counter()
    from arrangements import FirstLayer, count_regions, count_second_layer, family

    report = {"import": perf_counter() - start}
    layer = FirstLayer.of(family("random:4,2,0"), engine="lp")
    calls: dict[str, Callable[[], object]] = {
        "H1": lambda: count_regions(family(name), engine="rays"),
        "H2": lambda: count_second_layer(layer, 2, engine="rays"),
    }
    for what, call in calls.items():
        for turn in ("first", "second"):
            start = perf_counter()
            call()
            report[f"{what} {turn}"] = perf_counter() - start
    return report


def main() -> None:
    """Run one way in this process and print a JSON object."""
    way, name, seconds = sys.argv[1:]
    run = {"sign set": _sign_set, "compile": _compile}.get(way, _stream)
    print(json.dumps(run(way, name, float(seconds))))


if __name__ == "__main__":
    main()
