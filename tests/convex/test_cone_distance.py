"""The compiled distances to cones against those in array operations, and against the conditions of the optimum."""

import subprocess
import sys

import numpy as np
import pytest

from arrangements import Arrangement, FirstLayer
from convex.columns import cone_distance, cone_distance_plain
from convex.columns.neurons import Neurons

TABLES = {
    "plane": [[1, 2], [2, -1], [-1, 3], [-2, -1], [3, 3]],
    "space": np.random.default_rng(1).standard_normal((7, 3)),
    "rank 4": np.random.default_rng(2).standard_normal((6, 4)),
    "zero, repeated, opposite": [[0, 0], [1, 2], [1, 2], [-1, -2], [2, 1]],
    "many meet": [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]],
    "one row": [[2, 1]],
    "rank 1": [[1], [-3], [2]],
    "huge and tiny": [[1e9, 1], [1, 1e-9], [1, 1], [-1, 2]],
    "near-parallel": [[1, 2, 0], [1, 2 + 1e-9, 0], [0, 1, 1], [1, -1, 2]],
}


def neurons_of(name):
    x = np.array(TABLES[name], dtype=float)
    return Neurons(FirstLayer.of(Arrangement.from_table(x), engine="lp"), x)


def arguments(neurons, seed):
    plus, minus = np.random.default_rng(seed).standard_normal((2, len(neurons.x)))
    return plus, minus, neurons.x, neurons.active, neurons.outputs, neurons.walls, neurons.starts


@pytest.mark.parametrize("name", TABLES)
def test_both_ways_are_optimal_and_agree(name):
    neurons = neurons_of(name)
    for seed in range(20):
        plus, minus, *rest = arguments(neurons, seed)
        compiled = cone_distance.all_shortest(plus, minus, *rest)
        plain = cone_distance_plain.all_shortest(plus, minus, *rest)
        for k, output in enumerate(neurons.outputs):
            part = slice(neurons.starts[k], neurons.starts[k + 1])
            a, size = neurons.walls[part], np.abs(neurons.x).max() * len(neurons.x)
            g = (neurons.active[k] * (plus if output > 0 else -minus)) @ neurons.x
            rounding = 1e-13 * (size + max(found[1][part].sum() for found in (compiled, plain)))
            assert compiled[0][k] == pytest.approx(plain[0][k], abs=rounding)
            for lengths, multipliers in (compiled, plain):
                point = g + multipliers[part] @ a
                assert (multipliers[part] >= 0).all()
                assert lengths[k] == pytest.approx(np.linalg.norm(point), abs=rounding)
                assert (a @ point >= -rounding).all()  # the shortest vector lies in the cone,
                assert multipliers[part] @ (a @ point) <= rounding * (1 + multipliers[part].sum())  # across l


def test_first_answers_wait_for_no_compiled_code(monkeypatch):
    """Both give the same answers; the compiled one is asked as soon as enough was asked."""
    asked = []
    for module in (cone_distance, cone_distance_plain):
        ask = module.all_shortest
        monkeypatch.setattr(module, "all_shortest", lambda *a, ask=ask, module=module: asked.append(module) or ask(*a))
    neurons = neurons_of("plane")
    monkeypatch.setattr("convex.columns.neurons._PLAIN", 2 * len(neurons))
    plus, minus = arguments(neurons, 0)[:2]
    lengths = [neurons.support_bounds(plus, minus)[0] for _ in range(4)]
    assert asked == [cone_distance_plain] * 2 + [cone_distance] * 2
    assert np.ptp(lengths, axis=0).max() < 1e-12


def test_small_problems_are_solved_without_numba():
    code = """
import sys
from convex import Problem, solve
problem = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, 0.5, 2], "0.05")
print(solve(problem, 2).status, "numba" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["optimal", "False"]
