"""Networks in balanced form, in floating point: their objective with the kinks smoothed, and its derivative.

p_kj     vector in R^d: neuron j of sub-network k;  I_kj, o_k = +-1  signs of its second layer and of its output
L, S     L_kj = ||p_kj||,  S_k = sum_j L_kj^2
F_k      outputs of sub-network k on the n rows, o_k (sum_j I_kj L_kj (X p_kj)_+)_+

W_1k = p_k / sqrt(S_k), w_2kj = I_kj L_kj, w_3k = o_k sqrt(S_k) have ||W_1k||_F = 1 and cost beta S_k, and no weights of
the same neurons cost less. So (4) of Ergen and Pilanci (2021) is, over all p and all signs,

    minimise  sum_i w_i l(f_i, y_i) + beta sum_k S_k   (w_i: weights of the rows).

Rounded off, (z)_+ is (z + sqrt(z^2 + e^2)) / 2, with e = t times the lengths of neuron and row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.networks.network import Network, SubNetwork, within_unit_ball
from convex.problem.losses import Hinge
from convex.problem.training_problem import Problem


@dataclass(frozen=True)
class TrainedNetwork:
    """The best network of several restarts: an upper bound on the optimum, which may be far above it.

    Attributes:
        network: rational weights, feasible for (4).
        objective: what it costs, `network.objective(problem)`.
        values: what each restart ended with; `objective` is the least of them, or what the empty network costs.

    Example:
        >>> found = best_of(Problem.read([[1]], [2], 1), [Network(())])
        >>> found.network == Network(()), found.objective, found.values
        (True, Fraction(2, 1), (Fraction(2, 1),))
    """

    network: Network
    objective: Fraction
    values: tuple[Fraction, ...]


class Parts(NamedTuple):
    """Sub-networks in balanced form: p of shape (K, m, d), I of shape (K, m), o of shape (K,)."""

    p: Floats
    inner: Floats
    outer: Floats


def best_of(problem: Problem, networks: Sequence[Network]) -> TrainedNetwork:
    """Choose the cheapest of the networks, one a restart, and of the empty one.

    Example:
        >>> best_of(Problem.read([[1]], [2], 1), [Network(())]).objective
        Fraction(2, 1)
    """
    values = tuple(network.objective(problem) for network in networks)
    objective, network = min(
        [(Network(()).objective(problem), Network(())), *zip(values, networks, strict=True)], key=lambda pair: pair[0]
    )
    return TrainedNetwork(network, objective, values)


def to_network(parts: Parts) -> Network:
    """Round to rational weights with ||W_1k||_F <= 1 exactly; neurons of length zero are left out.

    Example:
        >>> parts = Parts(np.array([[[0.0, 2.0], [0.0, 0.0]]]), np.ones((1, 2)), -np.ones(1))
        >>> to_network(parts).predict([(Fraction(1), Fraction(1))])
        (Fraction(-4, 1),)
    """
    made = []
    for p, inner, outer in zip(*parts, strict=True):
        lengths = np.linalg.norm(p, axis=1)
        kept = np.flatnonzero(lengths)
        if len(kept):
            root = np.linalg.norm(lengths)
            second = tuple(Fraction(value) for value in (inner * lengths)[kept].tolist())
            made.append(SubNetwork(within_unit_ball(p[kept] / root), second, Fraction(float(outer * root))))
    return Network(tuple(made))


def objective(problem: Problem, parts: Parts, t: float = 0.0) -> tuple[float, Floats]:
    """Evaluate the objective, its kinks smoothed by t, and its derivative by p (at a kink, one of several)."""
    outputs, sizes, pullback = forward(parts, problem.floats[0], t)
    beta = float(problem.beta)
    values, slopes = rounded_losses(problem, outputs.sum(axis=0), t)
    return float(values.sum() + beta * sizes.sum()), pullback(slopes[None], np.full(len(sizes), beta))


def rounded_losses(problem: Problem, f: Floats, t: float) -> tuple[Floats, Floats]:
    """Evaluate the losses at f and their derivatives by f; the kink of the hinge is smoothed by t."""
    if isinstance(problem.loss, Hinge):
        y, w = problem.total_loss.floats
        values, slope, _ = _rounded(1 - y * f, np.full(len(y), t))
        return w * values, -w * y * slope
    return problem.total_loss.values(f), problem.total_loss.slopes(f)


def forward(parts: Parts, x: Floats, t: float) -> tuple[Floats, Floats, Callable[[Floats, Floats], Floats]]:
    """Evaluate F and S, and return with them the map from derivatives by F and by S to the derivative by p."""
    p, inner, outer = parts
    lengths, rows = np.sqrt((p * p).sum(axis=2)), t * np.sqrt((x * x).sum(axis=1))
    sizes, scale = (lengths * lengths).sum(axis=1), (inner * lengths)[..., None]
    h, h_z, h_e = _rounded(p @ x.T, lengths[..., None] * rows)
    r, r_z, r_e = _rounded((scale * h).sum(axis=1), sizes[:, None] * rows)

    def pullback(by_f: Floats, by_s: Floats) -> Floats:
        by_r = outer[:, None] * by_f
        by_u = (by_r * r_z)[:, None]
        by_h = scale * by_u
        by_l = inner * (by_u * h).sum(axis=2) + (by_h * h_e) @ rows
        along = 2 * (by_s + (by_r * r_e) @ rows)[:, None]
        along = along + np.divide(by_l, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return np.asarray((by_h * h_z) @ x + along[..., None] * p)

    return outer[:, None] * r, sizes, pullback


def _rounded(z: Floats, e: Floats) -> tuple[Floats, Floats, Floats]:
    """Evaluate the smoothed ReLU (z + sqrt(z^2 + e^2)) / 2 and its derivatives by z and e."""
    root = np.sqrt(z * z + e * e)
    safe = np.where(root > 0, root, 1)
    return (z + root) / 2, (1 + z / safe) / 2, e / safe / 2
