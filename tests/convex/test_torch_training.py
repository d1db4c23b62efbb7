"""Training in PyTorch: the right gradient, feasible networks, and never below a proven lower bound."""

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from support.problems import FOUR_ROWS, XOR

from arrangements.errors import InputError
from convex import Network, Problem, read_loss, solve
from convex.heuristics.multistart import objective, to_network
from convex.heuristics.stochastic_gradients import balanced, train_by_gradients

NAMES = ["squared", "huber:1/3", "hinge", "logistic"]


def problem_with(name):
    return Problem.read(FOUR_ROWS.x, [1, -1, 1, -1], "0.05", read_loss(name))


def literal(problem, first, second, output):
    """Objective (4) as it is written."""
    x, y = problem.floats
    f = output @ np.maximum(np.einsum("km,kmn->kn", second, np.maximum(first @ x.T, 0)), 0)
    return problem.loss.values(f, y).sum() + float(problem.beta) / 2 * ((second**2).sum() + (output**2).sum())


def weights(seed, shape=(3, 2, 2)):
    rng = np.random.default_rng(seed)
    first = rng.standard_normal(shape)
    first *= 0.5 / np.linalg.norm(first, axis=(1, 2), keepdims=True)
    return first, rng.standard_normal(shape[:2]), rng.standard_normal(shape[0])


@pytest.mark.parametrize("name", NAMES)
def test_balanced_weights_compute_the_same_and_cost_no_more(name):
    problem = problem_with(name)
    for seed in range(5):
        first, second, output = weights(seed)
        parts = balanced(first, second, output)
        f = to_network(parts).predict(problem.x)
        x, _ = problem.floats
        hidden = np.maximum(np.einsum("km,kmn->kn", second, np.maximum(first @ x.T, 0)), 0)
        np.testing.assert_allclose([float(value) for value in f], output @ hidden, rtol=1e-12, atol=1e-14)
        assert objective(problem, parts)[0] <= literal(problem, first, second, output)


def test_balanced_weights_of_dead_neurons():
    parts = balanced(np.zeros((2, 1, 2)), np.ones((2, 1)), np.zeros(2))
    assert to_network(parts) == Network(())


@pytest.mark.parametrize("name", NAMES)
def test_one_step_follows_the_gradient(name):
    torch = pytest.importorskip("torch")
    from convex.heuristics.stochastic_gradients import _run

    problem, rate, h = problem_with(name), 1e-4, 1e-6
    before = weights(7)
    tensors = [torch.from_numpy(part.copy()).requires_grad_() for part in before]
    _run(torch, problem, tensors, torch.optim.SGD(tensors, lr=rate), 1, 4, np.random.default_rng(0))
    for which, part in enumerate(before):
        slope = np.zeros_like(part)
        for place in np.ndindex(part.shape):
            sides = []
            for sign in (1, -1):
                moved = [other.copy() for other in before]
                moved[which][place] += sign * h
                sides.append(literal(problem, *moved))
            slope[place] = (sides[0] - sides[1]) / (2 * h)
        step = (part - tensors[which].detach().numpy()) / rate
        np.testing.assert_allclose(step, slope, rtol=1e-6, atol=1e-6)


def test_projection_onto_the_unit_ball():
    torch = pytest.importorskip("torch")
    from convex.heuristics.stochastic_gradients import _run

    tensors = [torch.from_numpy(5 * part).requires_grad_() for part in weights(8)]
    _run(torch, FOUR_ROWS, tensors, torch.optim.SGD(tensors, lr=1e-3), 1, 4, np.random.default_rng(0))
    norms = np.linalg.norm(tensors[0].detach().numpy(), axis=(1, 2))
    np.testing.assert_allclose(norms, 1, rtol=1e-12)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("name", NAMES)
def test_training_stays_above_the_certified_optimum(name, optimizer):
    pytest.importorskip("torch")
    problem = problem_with(name)
    solution = solve(problem, 2)
    found = train_by_gradients(problem, 2, optimizer=optimizer, steps=200, batch=3, restarts=2)
    assert solution.lower <= found.objective < Network(()).objective(problem)
    assert found.objective == found.network.objective(problem) == min(found.values)
    assert found.network.width <= 2
    assert len(found.network.subnetworks) <= 5


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_training_comes_near_the_optimum_where_that_is_easy(optimizer):
    pytest.importorskip("torch")
    problem = Problem.read([[1], [-1]], [1, 1], "0.5")
    found = train_by_gradients(problem, 1, subnetworks=8, optimizer=optimizer, steps=500, restarts=4)
    assert Fraction(3, 4) <= found.objective < Fraction(3, 4) * (1 + Fraction(1, 1000))


def test_same_seed_same_network():
    pytest.importorskip("torch")
    first, again, other = (train_by_gradients(XOR, 1, steps=30, batch=2, seed=seed) for seed in (3, 3, 4))
    assert first == again != other


def test_size_of_the_numbers_does_not_matter():
    pytest.importorskip("torch")
    c = Fraction(2) ** 20
    rows = tuple(tuple(c * value for value in row) for row in FOUR_ROWS.x)
    problem = Problem(rows, tuple(c * value for value in FOUR_ROWS.y), c * c * FOUR_ROWS.beta)
    assert (
        train_by_gradients(problem, 1, steps=50).objective
        == c * c * train_by_gradients(FOUR_ROWS, 1, steps=50).objective
    )


def test_divergence_is_an_error():
    pytest.importorskip("torch")
    with pytest.raises(InputError, match=r"^training diverged: learning_rate 1e\+200 is too large for sgd$"):
        train_by_gradients(FOUR_ROWS, 1, optimizer="sgd", learning_rate=1e200, steps=20)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"width": 0}, "width is 0; it must be an integer of at least 1"),
        ({"subnetworks": 0}, "subnetworks is 0; it must be an integer of at least 1"),
        ({"steps": 0}, "steps is 0; it must be an integer of at least 1"),
        ({"restarts": 0}, "restarts is 0; it must be an integer of at least 1"),
        ({"batch": 0}, "batch is 0; it must be an integer of at least 1"),
        ({"batch": 5}, "batch is 5; there are only 4 rows"),
        ({"optimizer": "newton"}, "unknown optimizer 'newton'; choose one of adam, sgd"),
        ({"learning_rate": 0.0}, "learning_rate is 0.0; it must be above 0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan; it must be above 0"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(InputError) as caught:
        train_by_gradients(FOUR_ROWS, **{"width": 1, **arguments})
    assert str(caught.value) == message


def test_without_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(InputError) as caught:
        train_by_gradients(FOUR_ROWS, 1)
    assert str(caught.value) == 'this needs torch: pip install ".[sgd]" in a clone of the project'


def test_import_loads_neither_torch_nor_onnx():
    modules = "convex.heuristics.stochastic_gradients, convex.networks.export"
    code = f"import sys, {modules}; sys.exit(bool({{'torch', 'onnx'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
