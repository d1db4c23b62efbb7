"""Figure 5: ten classes, trained by (4), and by program (12) over sampled arrangements; accuracies over time.

The paper has CIFAR-10 and Fashion-MNIST; here the rows are scikit-learn's digits, 1,797 images of 8 x 8 pixels. The
convex program is trained as a gated model (`convex.heuristics.sampled_gates`), which answers like a network only where
its constraints hold. So the network that Proposition 1 makes of its weights is measured beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from convex.heuristics.batched_descent import descend
from convex.heuristics.gradient_steps import Descent, batches, stepper
from convex.heuristics.parallel_networks import gaussian_weights, network_outputs, penalties
from convex.heuristics.sampled_gates import (
    Masks,
    draw_gates,
    gated_derivative,
    gated_outputs,
    group_norms,
    masks_of,
    relu_outputs,
    violations,
)
from multilayer.reproduce.experiment import Request, Result, looks

NETWORK, GATED, MAPPED = "(4)", "(12), sampled, gated", "(12), its network"


@dataclass(frozen=True)
class Settings:
    """Sizes and rates.

    Attributes:
        train: rows for training, drawn from all; the others test.
        most: rows that are used at all; None for all.
        width: m1.
        subnetworks: K of (4), and the number of sampled sub-networks for (12).
        beta: weight of the penalty.
        rho: price of a violated constraint of (12).
        looks: how often accuracies are measured.
        network: descents on (4).
        gated: descents on (12).
    """

    train: float = 0.75
    most: int | None = None
    width: int = 10
    subnetworks: int = 40
    beta: float = 1e-3
    rho: float = 0.1
    looks: int = 25
    network: tuple[Descent, ...] = (Descent("sgd", 0.5, 6_000, 100), Descent("adam", 0.003, 6_000, 100))
    gated: tuple[Descent, ...] = (Descent("sgd", 0.001, 500, 100), Descent("adam", 0.001, 500, 100))


QUICK = Settings(
    most=300,
    width=4,
    subnetworks=10,
    looks=5,
    network=(Descent("sgd", 0.5, 200, 50), Descent("adam", 0.003, 200, 50)),
    gated=(Descent("sgd", 0.001, 100, 50), Descent("adam", 0.001, 100, 50)),
)

LEFT_OPEN = {
    "data": "scikit-learn's digits, 64 pixels divided by 16, three quarters for training; the paper's CIFAR-10 and "
    "Fashion-MNIST have 50,000 and 60,000 rows",
    "sizes": "(m1, K, batch) = (10, 40, 100) instead of (100, 40, 1000)",
    "loss": "squared, on targets 0 and 1, as (4) and (12) are printed; an output a class, penalty ||w_3k||_1^2",
    "sampling": "masks and signs of 40 Gaussian sub-networks, both layers of one draw, so that no block is empty",
    "constraints": "of (12): their violations cost rho = 0.1 each; the share that is left is reported",
    "learning rates": "(4): SGD 0.5, Adam 0.003; (12): SGD 0.001, Adam 0.001; for objectives divided by n",
    "time": "(4) takes 6,000 steps, (12) takes 500, about as many seconds",
}


class Data(NamedTuple):
    """Rows, their classes, and which are for training and which for testing."""

    x: Floats
    classes: np.ndarray
    train: np.ndarray
    test: np.ndarray

    @property
    def targets(self) -> Floats:
        """1 in the column of the class, 0 elsewhere."""
        return np.asarray(np.eye(10)[self.classes])


class Look(NamedTuple):
    """What is measured at one time: of which model, by which optimizer, after how many steps and seconds."""

    model: str
    optimizer: str
    steps: int
    seconds: float
    objective: float
    train: float
    test: float
    violation: float | None


def digits_data(settings: Settings, seed: int) -> Data:
    """Load scikit-learn's digits, and draw the rows for training.

    Args:
        settings: how many.
        seed: of the draw.

    Raises:
        InputError: scikit-learn is missing.
    """
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise InputError('figure5 needs scikit-learn: pip install ".[sklearn]" in a clone of the project') from error
    x, classes = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(x))[: settings.most]
    cut = round(settings.train * len(order))
    return Data(x / 16, classes, order[:cut], order[cut:])


def accuracy(outputs: Floats, classes: np.ndarray) -> float:
    """Compute the share of rows whose largest output is that of their class.

    Example:
        >>> accuracy(np.array([[0.9, 0.1], [0.2, 0.3], [1.0, 0.0]]), np.array([0, 1, 1])) == 2 / 3
        True
    """
    return float((outputs.argmax(axis=1) == classes).mean())


def train_network(settings: Settings, data: Data, how: Descent, seed: int) -> Iterator[Look]:
    """Train by (4), and look now and then.

    Args:
        settings: sizes.
        data: rows.
        how: the descent.
        seed: of start and batches.
    """
    rng = np.random.default_rng([seed, 4])
    x, y = data.x[data.train], data.targets[data.train]
    start = gaussian_weights(rng, 1, settings.subnetworks, settings.width, x.shape[1], y.shape[1])
    began, aside = perf_counter(), 0.0
    chosen = looks(how.steps, settings.looks)
    for step, weights in descend(x, y, settings.beta, start, how, rng, every=1):
        if step not in chosen:
            continue
        now = perf_counter()
        inside, outside = network_outputs(weights, x)[0], network_outputs(weights, data.x[data.test])[0]
        cost = _cost(inside, y, settings.beta * float(penalties(weights)[0]))
        right = accuracy(inside, data.classes[data.train]), accuracy(outside, data.classes[data.test])
        yield Look(NETWORK, how.optimizer, step, now - began - aside, cost, *right, None)
        aside += perf_counter() - now


def train_gated(settings: Settings, data: Data, how: Descent, seed: int) -> Iterator[Look]:
    """Train by (12) over sampled arrangements, and look at the gated model and at its network now and then.

    Args:
        settings: sizes.
        data: rows.
        how: the descent.
        seed: of the sampled arrangements and batches.
    """
    rng = np.random.default_rng([seed, 12])
    x, y = data.x[data.train], data.targets[data.train]
    gates = draw_gates(rng, settings.subnetworks, settings.width, x.shape[1])
    masks = masks_of(gates, x)
    w = np.zeros((2, y.shape[1], *gates.first.shape))
    step, chosen = stepper(how, [w]), looks(how.steps, settings.looks)
    began, aside = perf_counter(), 0.0
    for done, drawn in enumerate(batches(len(x), how, rng), start=1):
        some = Masks(masks.first[drawn], masks.second[drawn], masks.signs)
        share = len(some.second) / len(x)
        slope = gated_derivative(w, some, x[drawn], y[drawn], settings.beta, settings.rho, share)
        [w] = step([w], [slope], len(some.second))
        if done in chosen:
            now = perf_counter()
            for look in _looks(settings, data, w, masks, masks_of(gates, data.x[data.test])):
                yield look._replace(optimizer=how.optimizer, steps=done, seconds=now - began - aside)
            aside += perf_counter() - now


def _looks(settings: Settings, data: Data, w: Floats, masks: Masks, outside: Masks) -> Iterator[Look]:
    x, other, penalty = data.x[data.train], data.x[data.test], settings.beta * group_norms(w)
    slack = violations(w, masks, x)
    for model, inside, beyond in (
        (GATED, gated_outputs(w, masks, x), gated_outputs(w, outside, other)),
        (MAPPED, relu_outputs(w, masks.signs, x), relu_outputs(w, masks.signs, other)),
    ):
        cost = _cost(inside, data.targets[data.train], penalty)
        right = accuracy(inside, data.classes[data.train]), accuracy(beyond, data.classes[data.test])
        yield Look(model, "", 0, 0.0, cost, *right, slack)


def _cost(outputs: Floats, y: Floats, penalty: float) -> float:
    return float(((outputs - y) ** 2).sum() / 2) + penalty


def summary(found: Sequence[Look]) -> list[dict[str, Any]]:
    """Give the last look of each model and optimizer."""
    last = {(look.model, look.optimizer): look for look in found}
    return [
        {
            "model": look.model,
            "optimizer": look.optimizer,
            "steps": look.steps,
            "seconds": round(look.seconds, 2),
            "objective": look.objective,
            "train": f"{100 * look.train:.2f} %",
            "test": f"{100 * look.test:.2f} %",
            "violations": look.violation,
        }
        for look in last.values()
    ]


def run(request: Request) -> Result:
    """Do the experiment."""
    from multilayer.figures.training import accuracy_figure

    settings = QUICK if request.quick else Settings()
    data = digits_data(settings, request.seed)
    seen_at: list[Look] = []
    total = sum(how.steps for how in (*settings.network, *settings.gated))
    with request.progress(total, "steps of Figure 5") as seen:
        before = 0
        for train, descents in ((train_network, settings.network), (train_gated, settings.gated)):
            for how in descents:
                for look in train(settings, data, how, request.seed):
                    seen_at.append(look)
                    seen(before + look.steps)
                before += how.steps
    rows = summary(seen_at)
    findings = {"rows for training": len(data.train), "rows for testing": len(data.test)}
    table = [look._asdict() for look in seen_at]
    return Result(table, accuracy_figure(seen_at), asdict(settings), LEFT_OPEN, rows, findings)
