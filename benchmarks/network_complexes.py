"""Activation regions of given networks beside regioncam and relucent, and what all three say where nothing is generic.

`pip install regioncam relucent` first; what is not installed is left out. Weights are float32 (float64 where it says
so), drawn by numpy's default_rng(0) from a normal distribution, or small integers, so all read the same networks.
regioncam sees the square [-4, 4]^2, relucent the whole plane; each is beside this project on the same set, in turn,
medians of all rounds.

    python benchmarks/network_complexes.py [--rounds 5] [--sizes 2-64-64-1 ...]
"""

import argparse
import signal
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from time import perf_counter

import numpy as np
from harness import print_table, shown
from outside.network_regions import INSTALLED, regioncam_regions, relucent_regions

from arrangements import LayeredNetwork, complex_f_vector, count_activation_regions

SQUARE = 4
LIMIT = 200  # seconds after which an outside tool is ended
SIZES = ("2-16-1", "2-64-1", "2-16-16-1", "2-64-64-1", "2-128-128-1", "2-32-32-32-1", "3-8-8-1", "4-6-6-1")

_ONES = [[1, 1, 1]]
DEGENERATE = {
    "three lines through a point": [([[1, 0], [0, 1], [1, 1]], None), (_ONES, None)],
    "three lines, general": [([[1, 0], [0, 1], [1, 1]], [0, 0, -1]), (_ONES, None)],
    "two parallel lines and one across": [([[1, 0], [1, 0], [0, 1]], [0, -1, 0]), (_ONES, None)],
    "a neuron twice": [([[1, 0], [1, 0], [0, 1]], None), (_ONES, None)],
    "a neuron and its opposite": [([[1, 0], [-1, 0], [0, 1]], None), (_ONES, None)],
    "a neuron twice, at another scale": [([[1, 2], [3, 6], [0, 1]], [1, 3, 0]), (_ONES, None)],
    "a dead neuron, bias 0": [([[1, 0], [0, 0], [0, 1]], None), (_ONES, None)],
    "a dead neuron, bias -1": [([[1, 0], [0, 0], [0, 1]], [0, -1, 0]), (_ONES, None)],
    "two layers without biases": [
        ([[1, 0], [0, 1], [-1, 1]], None),
        ([[1, -1, 0], [0, 1, -1]], None),
        ([[1, 1]], None),
    ],
    "second layer on the lines of the first": [
        ([[1, 0], [0, 1], [-1, 0], [0, -1]], None),
        ([[1, 0, 0, 0], [1, 1, -1, -1]], None),
        ([[1, 1]], None),
    ],
    "|x| + |y| - 1, corners on the lines": [
        ([[1, 0], [0, 1], [-1, 0], [0, -1]], None),
        ([[1, 1, 1, 1]], [-1]),
        ([[1]], None),
    ],
    "second layer dead in a quadrant": [([[1, 0], [0, 1]], None), ([[1, -1], [1, 1]], None), ([[1, 1]], None)],
    "six lines through a point, ten meetings": [
        ([[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2]], [0, 0, 0, 0, -1, -1]),
        ([[1, -1, 1, -1, 1, -1], [1, 1, -1, -1, 0, 0]], None),
        ([[1, 1]], None),
    ],
    "five lines through (1/3, 1/7)": [
        ([[3, 0], [0, 7], [3, 7], [3, -7], [6, 7]], [-1, -1, -2, 0, -3]),
        ([[1, 1, 1, 1, 1]], None),
    ],
    "eight lines through (1/3, 1/7), then two more layers": [
        (
            [[3, 0], [0, 7], [3, 7], [3, -7], [6, 7], [3, 14], [6, -7], [3, -14]],
            [-1, -1, -2, 0, -3, -3, -1, 1],
        ),
        ([[1, -1, 1, -1, 1, -1, 1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, 2, 3, -4, 1, 2, 3, -4]], None),
        ([[1, 1, -1], [1, -1, 0], [1, -2, 1]], None),
        ([[1, 1, 1]], None),
    ],
    "three lines, 2^-22 from a common point": [([[1, 0], [0, 1], [1, 1]], [-1, -1, -2 - 2.0**-22]), (_ONES, None)],
    "three lines, 2^-50 from a common point": [([[1, 0], [0, 1], [1, 1]], [0, 0, 2.0**-50]), (_ONES, None)],
    "two parallel lines, 2^-23 apart": [([[1, 0], [1, 0], [0, 1]], [-1, -1 - 2.0**-23, 0]), (_ONES, None)],
    "only one direction (lineality)": [([[1, 1], [2, 2], [-1, -1]], [0, -1, -2]), (_ONES, None)],
}


def network_of(size: str, kind: type[np.floating] = np.float32) -> LayeredNetwork:  # type: ignore[type-arg]
    """A network of normal weights: "2-64-64-1" has two inputs, two hidden layers of 64, one output."""
    normal = np.random.default_rng(0).standard_normal
    sizes = [int(part) for part in size.split("-")]
    drawn = [(normal((b, a)), normal(b)) for a, b in pairwise(sizes)]
    return LayeredNetwork.read([(weights.astype(kind), biases.astype(kind)) for weights, biases in drawn])


def square(network: LayeredNetwork) -> list[tuple[int, int]]:
    """The square that regioncam sees."""
    return [(-SQUARE, SQUARE)] * network.inputs


def ways_for(size: str) -> dict[str, Callable[[], int]]:
    """What is timed, by its name."""
    network, finer = network_of(size), network_of(size, np.float64)
    ways: dict[str, Callable[[], int]] = {}
    if network.inputs == 2:
        ways["ours, square"] = lambda: count_activation_regions(network, box=square(network))
        if "regioncam" in INSTALLED:
            ways["regioncam, square"] = lambda: regioncam_regions(network, SQUARE)
    ways["ours, all"] = lambda: count_activation_regions(network)
    ways["ours, all, float64 weights"] = lambda: count_activation_regions(finer)
    ways["ours, f-vector"] = lambda: complex_f_vector(network)[-1]
    if "relucent" in INSTALLED:
        ways["relucent, all"] = lambda: relucent_regions(network)
    return ways


def attempted(way: Callable[[], int]) -> str | int:
    """The number that a tool gives, or how it fails; it is ended after the limit."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LIMIT)
    try:
        return way()
    except TimeoutError:
        return f"over {LIMIT} s"
    except BaseException as error:  # a panic of Rust is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return type(error).__name__
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def time_networks(sizes: list[str], rounds: int) -> None:
    """Time every way on networks of these sizes, in turn; slow ones once."""
    for size in sizes:
        ways = ways_for(size)
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        found: dict[str, str | int] = {}
        for number in range(rounds):
            for name, way in ways.items():
                if number and seconds[name][0] > LIMIT / rounds:
                    continue
                start = perf_counter()
                found[name] = attempted(way)
                seconds[name].append(perf_counter() - start)
        lines = [[name, str(found[name]), shown(median(times)), str(len(times))] for name, times in seconds.items()]
        print_table([size, "regions", "median s", "rounds"], lines)


def compare_degenerate() -> None:
    """Print what every tool says of the degenerate networks."""
    lines = []
    for name, layers in DEGENERATE.items():
        network = LayeredNetwork.read(layers)
        ours = (count_activation_regions(network, box=square(network)), count_activation_regions(network))
        cells = [str(ours[0]), "-", str(ours[1]), "-"]
        if "regioncam" in INSTALLED:
            cells[1] = str(attempted(lambda network=network: regioncam_regions(network, SQUARE)))
        if "relucent" in INSTALLED:
            cells[3] = str(attempted(lambda network=network: relucent_regions(network)))
        lines.append([name, *cells])
    print_table(["degenerate network", "ours, square", "regioncam, square", "ours, all", "relucent, all"], lines)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", nargs="*", default=SIZES)
    options = parser.parse_args()
    print(f"outside tools installed: {', '.join(INSTALLED) or 'none'}")
    time_networks(options.sizes, options.rounds)
    print()
    compare_degenerate()


if __name__ == "__main__":
    main()
