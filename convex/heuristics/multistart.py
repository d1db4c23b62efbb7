"""Local search with restarts on the non-convex problem (4): upper bounds, never a proof.

p, L, S, F  a network in balanced form (`convex.heuristics.balanced_networks`)
v           minus the derivative of the loss at f = sum_k F_k

Kinks trap descent, so they are first rounded off, by t falling towards 0. F_k stays homogeneous in p_k, so a new
sub-network, if small enough, lowers the objective where v.F_k > beta S_k; such ones are sought from random starts.
"""

from collections.abc import Sequence

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.balanced_networks import (
    Parts,
    TrainedNetwork,
    best_of,
    forward,
    objective,
    rounded_losses,
    to_network,
)
from convex.heuristics.bfgs import Indices, minimise
from convex.networks.network import grown
from convex.problem.arguments import check_counts, read_seed
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem

_COARSE, _SEEK, _FINE = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5), (1e-2, 1e-3, 1e-4), (1e-4, 1e-5)  # t, in turn
_LAST = (1e-6, 1e-7, 1e-8)
_STARTS = 100  # random sub-networks among which one that helps is sought
_PATIENCE = 3  # rounds in vain before a restart ends


def local_search(
    problem: Problem,
    width: int,
    *,
    subnetworks: int | None = None,
    restarts: int = 10,
    seed: int = 0,
    rounds: int = 40,
) -> TrainedNetwork:
    """Train parallel three-layer ReLU sub-networks directly, problem (4) of Ergen and Pilanci (2021).

    Each restart descends from Gaussian weights by BFGS (Lewis and Overton 2013), drops sub-networks that the others
    replace, lets one join while one is found that lowers the objective, and descends again. The answer is an upper
    bound on the optimum and nothing more: `convex.solving.certified_solve` proves.

    Args:
        problem: data, targets, beta and loss.
        width: neurons in the first layer of a sub-network.
        subnetworks: most sub-networks; n+1 by default, which is enough for the optimum.
        restarts: number of independent starts.
        seed: the same seed gives the same network.
        rounds: how often, at most, a sub-network may join in one restart.

    Raises:
        InputError: width, subnetworks, restarts or rounds is no integer of at least 1.

    Example:
        >>> found = local_search(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1, restarts=2)
        >>> float(round(found.objective, 6)), len(found.values), found.network.width
        (0.75, 2, 1)
    """
    problem = as_problem(problem)
    count = len(problem.x) + 1 if subnetworks is None else subnetworks
    check_counts(width=width, subnetworks=count, restarts=restarts, rounds=rounds)
    scaling, rng = Scaling.of(problem), np.random.default_rng(read_seed(seed))
    found = [_restart(scaling.problem, count, width, rounds, rng) for _ in range(restarts)]
    return best_of(problem, [grown(to_network(parts), scaling.root) for parts in found])


def _restart(problem: Problem, count: int, width: int, rounds: int, rng: np.random.Generator) -> Parts:
    parts = _descended(problem, _gaussian(rng, count, width, len(problem.x[0])), _COARSE)
    least, vain = objective(problem, parts)[0], 0
    for _ in range(rounds):
        if vain == _PATIENCE or len(parts.p) == count:
            break
        joined = _joined(problem, parts, rng)
        candidate = parts if joined is parts else _descended(problem, joined, _FINE)
        value = objective(problem, candidate)[0]
        vain = 0 if value < least * (1 - 1e-6) else vain + 1
        if value < least:
            parts, least = candidate, value
    last = _descended(problem, parts, _LAST)
    return min(parts, last, key=lambda some: objective(problem, some)[0])


def _gaussian(rng: np.random.Generator, count: int, width: int, columns: int) -> Parts:
    p = rng.standard_normal((count, width, columns)) / np.sqrt(width * columns)
    signs = rng.choice([-1.0, 1.0], (count, width + 1))
    return Parts(p, signs[:, 1:], signs[:, 0])


def _descended(problem: Problem, parts: Parts, rounding: Sequence[float]) -> Parts:
    if not len(parts.p):
        return parts

    def evaluate(flat: Floats, t: float, rows: Indices) -> tuple[Floats, Floats]:
        value, slope = objective(problem, parts._replace(p=flat.reshape(parts.p.shape)), t)
        return np.array([value]), slope.reshape(1, -1)

    flat = minimise(evaluate, parts.p.reshape(1, -1), rounding, steps=500, tolerance=1e-14)
    return _spared(problem, parts._replace(p=flat.reshape(parts.p.shape)))


def _spared(problem: Problem, parts: Parts) -> Parts:
    """Replace sub-networks by others with the same outputs and no larger penalty: at most n are left.

    Along a dependency among the F_k / S_k the S_k change until one is 0 (Caratheodory 1911).
    """
    outputs, sizes, _ = forward(parts, problem.floats[0], 0.0)
    kept = np.flatnonzero(outputs.any(axis=1) & (sizes > 1e-9 * sizes.sum()))
    units = np.abs(outputs[kept]).max(axis=0, initial=0)
    left, columns = sizes.copy(), (outputs[:, units > 0] / units[units > 0]).T
    while len(kept):
        _, singular, directions = np.linalg.svd(columns[:, kept] / sizes[kept])
        if len(kept) <= len(columns) and singular[-1] > 1e-10 * singular[0]:
            break
        z = directions[-1] if directions[-1].sum() >= 0 else -directions[-1]
        steps = np.divide(left[kept], z, out=np.full(len(kept), np.inf), where=z > 0)
        left[kept] -= steps.min() * z
        kept = np.delete(kept, np.argmin(steps))
    p = parts.p[kept] * np.sqrt(np.maximum(left[kept], 0) / sizes[kept])[:, None, None]
    return Parts(p, parts.inner[kept], parts.outer[kept])


def _joined(problem: Problem, parts: Parts, rng: np.random.Generator) -> Parts:
    """Add one sub-network, its size chosen by a step along its outputs; change nothing if none helps."""
    x, t, beta = problem.floats[0], _FINE[-1], float(problem.beta)
    v = -rounded_losses(problem, forward(parts, x, t)[0].sum(axis=0), t)[1]
    some = _sought(x, v, parts.p.shape[1], rng)
    outputs, sizes, _ = forward(some, x, 0.0)
    worth = np.divide(outputs @ v, sizes, out=np.zeros_like(sizes), where=sizes > 1e-9)
    k = int(np.argmax(worth))
    if worth[k] <= beta:
        return parts
    step = (worth[k] - beta) * sizes[k] / (outputs[k] @ (problem.total_loss.floats[1] * outputs[k]))
    new = Parts(some.p[[k]] * np.sqrt(step), some.inner[[k]], some.outer[[k]])
    return Parts(*(np.concatenate(pair) for pair in zip(parts, new, strict=True)))


def _sought(x: Floats, v: Floats, width: int, rng: np.random.Generator) -> Parts:
    """Find local maxima of v.F / S; the best have x_i.w = 0 on some rows, so starts lie in faces of any dimension."""
    d, unit = x.shape[1], np.abs(v).max() or 1.0
    some = _gaussian(rng, _STARTS, width, d)
    walls = x[rng.integers(len(x), size=(_STARTS, width, d - 1))] * rng.integers(2, size=(_STARTS, width, d - 1, 1))
    some = some._replace(p=some.p - (np.linalg.pinv(walls) @ (walls @ some.p[..., None]))[..., 0])

    def price(flat: Floats, t: float, rows: Indices) -> tuple[Floats, Floats]:
        # S^2 / 2 - v.F, least where S = v.F / S
        these = Parts(flat.reshape(-1, width, d), some.inner[rows], some.outer[rows])
        outputs, sizes, pullback = forward(these, x, t)
        return sizes * sizes / 2 - outputs @ v / unit, pullback(-v[None] / unit, sizes).reshape(flat.shape)

    flat = minimise(price, some.p.reshape(_STARTS, -1), _SEEK, steps=60, tolerance=1e-6)
    return some._replace(p=flat.reshape(some.p.shape))
