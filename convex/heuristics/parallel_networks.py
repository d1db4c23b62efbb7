"""Many three-layer networks at once, in floating point: outputs, objective (4), and its derivatives.

B      networks, one after the other along the first axis;  n, d  rows and columns of X;  q  outputs of a network
A, b, c  weights W_1, w_2, w_3 of K sub-networks of m neurons: shapes (B, K, m, d), (B, K, m), (B, K, q)
f      outputs sum_k (sum_j b_kj (X A_kj)_+)_+ c_k, shape (B, n, q)

The objective is (4) of Ergen and Pilanci (2021), 1/2 ||f - Y||^2 + beta/2 sum_k (||b_k||^2 + ||c_k||_1^2). With the
norm ||c_k||_1 the outputs separate, as they do in `convex.solving.separable_outputs`; for q = 1 it is |c_k|. The
constraint ||A_k||_F <= 1 is not part of it: `project` imposes it.
"""

from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats


class Weights(NamedTuple):
    """Weights of many networks: `first` of shape (B, K, m, d), `second` (B, K, m), `output` (B, K, q)."""

    first: Floats
    second: Floats
    output: Floats


def gaussian_weights(
    rng: np.random.Generator, networks: int, subnetworks: int, width: int, columns: int, outputs: int = 1
) -> Weights:
    """Draw starts: N(0, 1/(m d)) for the first layer, N(0, 1/m) for the second, N(0, 1/K) for the output.

    Args:
        rng: the source.
        networks: B.
        subnetworks: K.
        width: m.
        columns: d.
        outputs: q.
    """
    shape = (networks, subnetworks, width)
    return Weights(
        project(rng.standard_normal((*shape, columns)) / np.sqrt(width * columns)),
        rng.standard_normal(shape) / np.sqrt(width),
        rng.standard_normal((networks, subnetworks, outputs)) / np.sqrt(subnetworks),
    )


def project(first: Floats) -> Floats:
    """Project each W_1k on the ball ||W_1k||_F <= 1.

    Args:
        first: shape (B, K, m, d).

    Example:
        >>> project(np.array([[[[3.0, 4.0]], [[0.3, 0.4]]]])).round(6).tolist()
        [[[[0.6, 0.8]], [[0.3, 0.4]]]]
    """
    norms = np.sqrt(np.einsum("bkmd,bkmd->bk", first, first))
    return np.asarray(first / np.maximum(norms, 1)[..., None, None])


def network_outputs(weights: Weights, x: Floats) -> Floats:
    """Evaluate the networks at the rows of x.

    Args:
        weights: of B networks.
        x: n rows.

    Example:
        >>> one = Weights(np.ones((1, 1, 1, 2)), -np.ones((1, 1, 1)), np.ones((1, 1, 1)))
        >>> network_outputs(one._replace(second=2 * np.ones((1, 1, 1))), np.array([[1.0, 2.0], [1.0, -2.0]])).tolist()
        [[[6.0], [0.0]]]
    """
    return _forward(weights, x)[2]


def objectives(weights: Weights, x: Floats, y: Floats, beta: float) -> Floats:
    """Evaluate objective (4) of each network.

    Args:
        weights: of B networks.
        x: n rows.
        y: targets, shape (n, q).
        beta: weight of the penalty.

    Example:
        >>> one = Weights(np.ones((1, 1, 1, 1)), np.ones((1, 1, 1)), np.ones((1, 1, 1)))
        >>> objectives(one, np.array([[2.0]]), np.array([[5.0]]), 0.5).tolist()  # (2 - 5)^2 / 2 + 0.5 (1 + 1) / 2
        [5.0]
    """
    errors = network_outputs(weights, x) - y
    return np.asarray((errors * errors).sum(axis=(1, 2)) / 2 + beta * penalties(weights))


def penalties(weights: Weights) -> Floats:
    """Evaluate 1/2 sum_k (||w_2k||^2 + ||w_3k||_1^2) of each network."""
    sizes = np.abs(weights.output).sum(axis=2)
    return np.asarray(((weights.second**2).sum(axis=(1, 2)) + (sizes * sizes).sum(axis=1)) / 2)


def derivatives(weights: Weights, x: Floats, y: Floats, beta: float, share: float = 1.0) -> Weights:
    """Evaluate the derivative of objective (4) by all weights; at a kink, one with slope 0.

    Args:
        weights: of B networks.
        x: n rows.
        y: targets, shape (n, q).
        beta: weight of the penalty.
        share: of all rows, if these are a batch of them; the penalty counts by this share.
    """
    hidden, inner, f = _forward(weights, x)
    by_f = f - y
    _, second, output = weights
    by_output = np.einsum("bkn,bnq->bkq", inner, by_f, optimize=True)
    by_inner = (output @ by_f.transpose(0, 2, 1)) * (inner > 0)  # B, K, n
    by_second = (hidden @ by_inner[..., None])[..., 0]
    by_hidden = by_inner[:, :, None, :] * second[..., None] * (hidden > 0)  # B, K, m, n
    weight = beta * share
    sizes = np.abs(output).sum(axis=2, keepdims=True)
    return Weights(by_hidden @ x, by_second + weight * second, by_output + weight * sizes * np.sign(output))


def _forward(weights: Weights, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Evaluate the first layer (B, K, m, n), the second (B, K, n), and the outputs."""
    first, second, output = weights
    hidden = np.maximum(first @ x.T, 0)
    inner = np.maximum((second[:, :, None, :] @ hidden)[:, :, 0, :], 0)
    return hidden, inner, np.asarray(inner.transpose(0, 2, 1) @ output)
