"""Training by stochastic gradients in PyTorch, for comparison. Upper bounds, never a proof. Extra `sgd`.

A, b, c  first-layer, second-layer and output weights of K sub-networks of m neurons

    sum_i w_i l(f(x_i), y_i) + beta/2 (||b||^2 + ||c||^2),  f(x) = sum_k c_k (sum_j b_kj (x.A_kj)_+)_+,  ||A_k||_F <= 1

is problem (4) of Ergen and Pilanci (2021). After every step each A_k is projected back onto its ball.
PyTorch is imported where it is used; this module can be imported without it.
"""

from typing import Any

import numpy as np

from arrangements.arguments import read_choice
from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Floats
from convex.heuristics.balanced_networks import Parts, TrainedNetwork, best_of, to_network
from convex.networks.network import grown
from convex.problem.arguments import check_counts, read_seed
from convex.problem.optional_packages import needed
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem

OPTIMIZERS = ("adam", "sgd")
_FASTEST = 1e300  # learning rate that is still a number


def train_by_gradients(
    problem: Problem,
    width: int,
    *,
    subnetworks: int | None = None,
    optimizer: str = "adam",
    steps: int = 3000,
    learning_rate: float = 0.05,
    batch: int | None = None,
    restarts: int = 1,
    seed: int = 0,
) -> TrainedNetwork:
    """Train parallel three-layer ReLU sub-networks with PyTorch, problem (4) of Ergen and Pilanci (2021).

    Projected stochastic gradients (Robbins and Monro 1951) or Adam (Kingma and Ba 2015), in float64, from Gaussian
    weights, on data and targets near 1; the step length falls linearly to 0. The last weights are rescaled to the
    cheapest ones of the same function. The answer is an upper bound on the optimum and nothing more.

    Args:
        problem: data, targets, beta and loss.
        width: neurons in the first layer of a sub-network.
        subnetworks: number of sub-networks; n+1 by default.
        optimizer: "adam" or "sgd".
        steps: steps of one restart.
        learning_rate: length of the first step.
        batch: rows drawn for each step, without replacement; all of them by default.
        restarts: number of independent starts.
        seed: the same seed gives the same network on the same machine.

    Raises:
        InputError: PyTorch is not installed, an unknown optimizer, a learning rate that is not above 0, a number
            below 1, a batch larger than the data, or weights that are no longer finite.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> train_by_gradients(problem, 1, optimizer="newton")
        Traceback (most recent call last):
        arrangements.errors.InputError: unknown optimizer 'newton'; choose one of adam, sgd
    """
    n = len(as_problem(problem).x)
    count, rows = n + 1 if subnetworks is None else subnetworks, n if batch is None else batch
    check_counts(width=width, subnetworks=count, steps=steps, batch=rows, restarts=restarts)
    if rows > n:
        raise InputError(f"batch is {rows}; there are only {n} rows")
    optimizer, learning_rate = read_choice(optimizer, OPTIMIZERS, "optimizer"), _rate(learning_rate)
    torch, scaling, rng = needed("torch"), Scaling.of(problem), np.random.default_rng(read_seed(seed))
    networks = []
    for _ in range(restarts):
        start = _gaussian(rng, count, width, len(problem.x[0]))
        weights = [torch.from_numpy(part).requires_grad_() for part in start]
        # without momentum: the plain method
        chosen = (torch.optim.Adam if optimizer == "adam" else torch.optim.SGD)(weights, lr=learning_rate)
        _run(torch, scaling.problem, weights, chosen, steps, rows, rng)
        found = [part.detach().numpy() for part in weights]
        if not all(np.isfinite(part).all() for part in found):
            raise InputError(f"training diverged: learning_rate {learning_rate} is too large for {optimizer}")
        networks.append(grown(to_network(balanced(*found)), scaling.root))
    return best_of(problem, networks)


def _rate(value: object) -> float:
    if not isinstance(value, int | float | np.integer | np.floating) or not 0 < value < _FASTEST:
        raise InputError(f"learning_rate is {shown(value)}; it must be above 0")
    return float(value)


def balanced(first: Floats, second: Floats, output: Floats) -> Parts:
    """Rescale the weights to the cheapest ones of the same function: ||p_kj||^2 = ||A_kj|| |b_kj| |c_k|.

    By beta/2 (||b_k||^2 + c_k^2) >= beta ||b_k|| |c_k| >= beta sum_j ||A_kj|| |b_kj| |c_k| this costs no more.

    Args:
        first: A, shape (K, m, d), each ||A_k||_F <= 1.
        second: b, shape (K, m).
        output: c, shape (K,).

    Example:
        >>> balanced(np.array([[[0.6, 0.8]]]), np.array([[-1.0]]), np.array([4.0])).p.round(6).tolist()
        [[[1.2, 1.6]]]
    """
    lengths = np.linalg.norm(first, axis=2)
    sizes = np.abs(second * output[:, None])
    factors = np.sqrt(np.divide(sizes, lengths, out=np.zeros_like(sizes), where=lengths > 0))
    return Parts(first * factors[..., None], np.sign(second), np.sign(output))


def _gaussian(rng: np.random.Generator, count: int, width: int, columns: int) -> tuple[Floats, Floats, Floats]:
    first = rng.standard_normal((count, width, columns)) / np.sqrt(width * columns)
    return first, rng.standard_normal((count, width)) / np.sqrt(width), rng.standard_normal(count)


def _run(
    torch: Any, problem: Problem, weights: list[Any], optimizer: Any, steps: int, rows: int, rng: np.random.Generator
) -> None:
    """Train the weights in place."""
    (x, _), beta, n = problem.floats, float(problem.beta), len(problem.x)
    y, w = problem.total_loss.floats
    first, second, output = weights
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(steps):
        drawn = rng.permutation(n)[:rows]
        hidden = torch.relu(torch.from_numpy(x[drawn]) @ first.transpose(1, 2))  # K, rows, m
        f = (output[:, None] * torch.relu((hidden @ second[..., None])[..., 0])).sum(0)
        # linear in f with the slopes of the loss: the same gradient, from the one definition of the loss
        slopes = torch.from_numpy(w[drawn] * problem.loss.slopes(f.detach().numpy(), y[drawn]))
        decay = (second * second).sum() + (output * output).sum()
        optimizer.zero_grad()
        (slopes @ f * (n / rows) + decay * (beta / 2)).backward()
        optimizer.step()
        rate.step()
        with torch.no_grad():
            first /= torch.linalg.vector_norm(first, dim=(1, 2), keepdim=True).clamp(min=1)
