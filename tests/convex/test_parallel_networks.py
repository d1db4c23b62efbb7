"""Networks by the dozen: outputs, objective and derivatives against plain loops, exact networks and differences."""

from fractions import Fraction

import numpy as np
import pytest

from arrangements.errors import InputError
from convex import Network, Problem, SubNetwork, solve
from convex.heuristics.batched_descent import descend
from convex.heuristics.gradient_steps import Descent, batches, stepper
from convex.heuristics.parallel_networks import (
    Weights,
    derivatives,
    gaussian_weights,
    network_outputs,
    objectives,
    penalties,
    project,
)
from convex.heuristics.polishing import polished

BETA = 0.3


def drawn(outputs=1, networks=3):
    rng = np.random.default_rng(7)
    weights = gaussian_weights(rng, networks, 4, 3, 2, outputs)
    return weights, rng.standard_normal((6, 2)), rng.standard_normal((6, outputs))


def by_loops(weights, x):
    relu = lambda z: max(z, 0.0)  # noqa: E731
    return [
        [
            [
                sum(
                    relu(sum(b * relu(float(row @ a)) for a, b in zip(first, second, strict=True))) * output[q]
                    for first, second, output in zip(*network, strict=True)
                )
                for q in range(network[2].shape[1])
            ]
            for row in x
        ]
        for network in zip(*weights, strict=True)
    ]


@pytest.mark.parametrize("outputs", [1, 3])
def test_outputs_are_those_of_loops(outputs):
    weights, x, _ = drawn(outputs)
    assert np.allclose(network_outputs(weights, x), by_loops(weights, x), rtol=0, atol=1e-12)


def test_the_objective_is_that_of_the_exact_network():
    weights, x, y = drawn()
    problem = Problem.read(x, y[:, 0], BETA)
    for k, network in enumerate(zip(*weights, strict=True)):
        parts = []
        for first, second, output in zip(*network, strict=True):
            inside = [[Fraction(value) * Fraction(999_999, 1_000_000) for value in row] for row in first.tolist()]
            parts.append(SubNetwork(tuple(map(tuple, inside)), tuple(map(Fraction, second)), Fraction(output[0])))
        exact = float(Network(tuple(parts)).objective(problem))
        shrunk = weights._replace(first=weights.first * (1 - 1e-6))
        assert objectives(shrunk, x, y, BETA)[k] == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("share", [1.0, 0.25])
def test_derivatives_are_limits_of_differences(outputs, share):
    weights, x, y = drawn(outputs)
    value = lambda w: objectives(w, x, y, 0.0) + BETA * share * penalties(w)  # noqa: E731
    found = derivatives(weights, x, y, BETA, share)
    step = 1e-6
    for name, part in zip(Weights._fields, weights, strict=True):
        slope = getattr(found, name)
        for index in np.ndindex(part.shape[1:]):
            up, down = part.copy(), part.copy()
            up[(slice(None), *index)] += step
            down[(slice(None), *index)] -= step
            both = value(weights._replace(**{name: up})) - value(weights._replace(**{name: down}))
            assert slope[(slice(None), *index)] == pytest.approx(both / (2 * step), abs=1e-6), (name, index)


def test_projection_is_the_nearest_point_of_the_ball():
    first = np.random.default_rng(1).standard_normal((2, 3, 4, 5)) * np.array([0.1, 1, 3])[:, None, None]
    norms = np.linalg.norm(project(first).reshape(6, -1), axis=1)
    assert (norms <= 1 + 1e-12).all()
    before = np.linalg.norm(first.reshape(6, -1), axis=1)
    assert np.allclose(norms, np.minimum(before, 1))
    assert np.allclose(project(first) * before.reshape(2, 3, 1, 1), first * norms.reshape(2, 3, 1, 1))


@pytest.mark.parametrize(
    "how", [Descent("sgd", 0.2, 300), Descent("adam", 0.02, 300, 2), Descent("sgd", 0.1, 300, 4, True)]
)
def test_descent_lowers_the_objective_and_stays_in_the_ball(how):
    weights, x, y = drawn()
    looks = list(descend(x, y, BETA, weights, how, np.random.default_rng(0), 100))
    assert [step for step, _ in looks] == [0, 100, 200, 300]
    values = np.array([objectives(w, x, y, BETA) for _, w in looks])
    assert (values[-1] < values[0]).all()
    assert all((np.linalg.norm(w.first.reshape(12, -1), axis=1) <= 1 + 1e-12).all() for _, w in looks)


def test_starts_do_not_see_each_other():
    weights, x, y = drawn()
    how = Descent("adam", 0.02, 50)
    *_, (_, together) = descend(x, y, BETA, weights, how, np.random.default_rng(0), 50)
    for k in range(3):
        one = Weights(*(part[k : k + 1] for part in weights))
        *_, (_, alone) = descend(x, y[:, 0], BETA, one, how, np.random.default_rng(0), 50)
        assert all(np.allclose(a[k], b[0], atol=1e-10) for a, b in zip(together, alone, strict=True))


def test_steps_by_hand():
    step = stepper(Descent("sgd", 1.0, 2, None, True), [np.zeros(1)])
    (first,) = step([np.array([4.0])], [np.array([2.0])], 1)
    (second,) = step([first], [np.array([2.0])], 1)
    assert (first.tolist(), second.tolist()) == ([2.0], [1.0])  # rates 1 and 1/2
    step, w, m, v = stepper(Descent("adam", 0.1, 3), [np.zeros(1)]), 1.0, 0.0, 0.0
    for t, slope in enumerate((3.0, -1.0, 0.5), start=1):
        (found,) = step([np.array([w])], [np.array([2 * slope])], 2)
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope * slope
        w -= 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
        assert found[0] == pytest.approx(w, abs=1e-12)


def test_a_pass_of_batches_has_each_row_once():
    rows = list(batches(7, Descent("sgd", 1, 6, 3), np.random.default_rng(0)))
    assert [len(r) for r in rows] == [3, 3, 1] * 2
    assert sorted(np.concatenate(rows[:3])) == sorted(np.concatenate(rows[3:])) == list(range(7))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Descent("newton", 1, 1), "unknown optimizer 'newton'"),
        (Descent("sgd", 0, 1), "rate is 0"),
        (Descent("sgd", float("nan"), 1), "rate is nan"),
        (Descent("sgd", 1, 0), "steps is 0"),
        (Descent("sgd", 1, 1, 9), "batch is 9; there are only 6 rows"),
        (Descent("sgd", 1, 1, 0), "batch is 0"),
    ],
)
def test_what_cannot_be_done(how, said):
    weights, x, y = drawn()
    with pytest.raises(InputError, match=said):
        list(descend(x, y, BETA, weights, how, np.random.default_rng(0), 1))


def test_polishing_ends_between_the_optimum_and_the_start():
    weights, x, y = drawn(networks=6)
    problem = Problem.read(x, y[:, 0], BETA)
    best = solve(problem, 3)
    ends = polished(problem, weights)
    assert (ends >= float(best.lower) * (1 - 1e-9)).all()
    assert (ends < objectives(weights, x, y, BETA)).all()


def test_polishing_finds_back_to_an_optimum():
    _, x, y = drawn()
    best, rng = solve(Problem.read(x, y[:, 0], BETA), 3), np.random.default_rng(0)
    arrays = [np.zeros((5, len(best.network.subnetworks), *shape)) for shape in ((3, 2), (3,), (1,))]
    for k, part in enumerate(best.network.subnetworks):
        arrays[0][:, k, : part.width] = np.array(part.first, float)
        arrays[1][:, k, : part.width] = np.array(part.second, float)
        arrays[2][:, k] = float(part.output)
    away = Weights(*(part * (1 + 0.1 * rng.standard_normal(part.shape)) for part in arrays))
    away = away._replace(first=project(away.first))
    ends = polished(best.problem, away)
    assert (objectives(away, x, y, BETA) > float(best.upper) * 1.001).all()
    assert ends == pytest.approx(np.full(5, float(best.upper)), rel=1e-5)
