"""Planes of the objective and midpoint convexity, against definitions."""

from itertools import combinations

import numpy as np
import pytest

from convex.heuristics.landscape import direction, midpoint_convexity, plane_values
from convex.heuristics.parallel_networks import Weights, gaussian_weights, objectives


@pytest.mark.parametrize("shape", [(6, 7), (5, 5), (1, 4), (2, 2)])
def test_midpoint_convexity_by_all_pairs(shape):
    values = np.random.default_rng(3).standard_normal(shape)
    points, above = list(np.ndindex(shape)), []
    for p, q in combinations(points, 2):
        if all((a + b) % 2 == 0 for a, b in zip(p, q, strict=True)):
            middle = tuple((a + b) // 2 for a, b in zip(p, q, strict=True))
            above.append((values[middle] - (values[p] + values[q]) / 2) / np.ptp(values))
    found = midpoint_convexity(values, 0.01)
    assert found.pairs == len(above)
    assert found.violated == sum(a > 0.01 for a in above)
    assert found.largest == pytest.approx(max([0, *above]))


def test_a_convex_function_violates_nothing_and_a_concave_one_everything():
    ticks = np.linspace(-1, 1, 9)
    bowl = ticks[:, None] ** 2 + 3 * ticks**2 + ticks[:, None] * ticks
    assert midpoint_convexity(bowl, 1e-9).violated == 0
    assert midpoint_convexity(-bowl, 1e-9).share == 1


def test_a_plane_is_the_objective_at_its_points(monkeypatch):
    rng = np.random.default_rng(0)
    one = Weights(*(part[0] for part in gaussian_weights(rng, 1, 3, 2, 4)))
    x, y = rng.standard_normal((5, 4)), rng.standard_normal((5, 1))
    ways, ticks = (direction(rng, one), direction(rng, one)), np.linspace(-1, 1, 5)
    whole = plane_values(one, ways, ticks, x, y, 0.1)
    for i, a in enumerate(ticks):
        for j, b in enumerate(ticks):
            there = Weights(*((w + a * p + b * q)[None] for w, p, q in zip(one, *ways, strict=True)))
            assert whole[i, j] == pytest.approx(objectives(there, x, y, 0.1)[0])
    monkeypatch.setattr("convex.heuristics.landscape._NUMBERS", 70)  # two points at once
    assert np.allclose(plane_values(one, ways, ticks, x, y, 0.1), whole)


def test_directions_are_as_long_as_the_weights_of_each_subnetwork():
    rng = np.random.default_rng(0)
    one = Weights(*(part[0] for part in gaussian_weights(rng, 1, 3, 2, 4)))
    for way, part in zip(direction(rng, one), one, strict=True):
        assert np.allclose(*(np.linalg.norm(each.reshape(3, -1), axis=1) for each in (way, part)))
