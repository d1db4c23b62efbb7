"""Program (12) over sampled arrangements (Remark 3 of Ergen and Pilanci 2021) by stochastic gradients: a gated model.

P      drawn sub-networks (U, u) with m neurons; their masks D1_bj = 1[X U_bj >= 0], D2_b = 1[(X U_b)_+ u_b >= 0] and
       signs I_bj = sign(u_bj) are kept, as a pair that is not empty
w      weights of the convex program, shape (2, q, P, m, d): both signs of the output weight, q outputs
z, h   z_bj = X w_bj, h_b = sum_j I_bj D1_bj z_bj;  outputs f_c = sum_b D2_b (h_+cb - h_-cb)

The objective is 1/2 ||f - Y||^2 + beta sum ||w_bj||, convex in w. The constraints (2 D1 - 1) z >= 0, (2 D2 - 1) h >= 0
are paid for by rho times the sum of their violations. Whatever w is, the network with first layers w_bj, signs I_bj and
outputs +-1 costs 1/2 ||f' - Y||^2 + beta sum ||w_bj|| by (4), once its weights are balanced as in Proposition 1; where
the constraints hold, f' = f.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats


class Gates(NamedTuple):
    """Drawn sub-networks: `first` of shape (P, m, d), `second` (P, m)."""

    first: Floats
    second: Floats


class Masks(NamedTuple):
    """The masks of rows: `first` of shape (n, P, m), `second` (n, P); and the signs, (P, m)."""

    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    signs: Floats


def draw_gates(rng: np.random.Generator, count: int, width: int, columns: int) -> Gates:
    """Draw sub-networks with standard Gaussian weights.

    Args:
        rng: the source.
        count: P.
        width: m.
        columns: d.
    """
    return Gates(rng.standard_normal((count, width, columns)), rng.standard_normal((count, width)))


def masks_of(gates: Gates, x: Floats) -> Masks:
    """Evaluate the masks of rows.

    Args:
        gates: the sub-networks.
        x: n rows.

    Example:
        >>> gates = Gates(np.array([[[1.0], [-1.0]]]), np.array([[2.0, -2.0]]))
        >>> masks = masks_of(gates, np.array([[1.0], [-1.0]]))
        >>> masks.first.tolist(), masks.second.tolist()
        ([[[True, False]], [[False, True]]], [[True], [False]])
    """
    z = np.tensordot(x, gates.first, (1, 2))
    return Masks(z >= 0, (np.maximum(z, 0) * gates.second).sum(axis=2) >= 0, np.sign(gates.second))


def gated_outputs(w: Floats, masks: Masks, x: Floats) -> Floats:
    """Evaluate the gated model, f.

    Args:
        w: weights.
        masks: of the rows.
        x: n rows.
    """
    h = _inner(_products(w, x), masks)
    return np.asarray(((h[:, 0] - h[:, 1]) * masks.second[:, None]).sum(axis=2))


def relu_outputs(w: Floats, signs: Floats, x: Floats) -> Floats:
    """Evaluate the network of the same weights, f', which has no gates.

    Args:
        w: weights.
        signs: I.
        x: n rows.
    """
    u = np.maximum((np.maximum(_products(w, x), 0) * signs).sum(axis=4), 0)
    return np.asarray((u[:, 0] - u[:, 1]).sum(axis=2))


def group_norms(w: Floats) -> float:
    """Evaluate sum ||w_bj||, the penalty without beta."""
    return float(np.sqrt((w * w).sum(axis=-1)).sum())


def violations(w: Floats, masks: Masks, x: Floats) -> float:
    """Evaluate the sum of all violations of the constraints.

    Args:
        w: weights.
        masks: of the rows.
        x: n rows.
    """
    first, second = _slacks(_products(w, x), masks)
    return float(np.maximum(-first, 0).sum() + np.maximum(-second, 0).sum())


def gated_derivative(w: Floats, masks: Masks, x: Floats, y: Floats, beta: float, rho: float, share: float) -> Floats:
    """Evaluate the derivative by w; at a kink, one with slope 0.

    Args:
        w: weights.
        masks: of the rows.
        x: n rows.
        y: targets, shape (n, q).
        beta: weight of the penalty.
        rho: price of a violation.
        share: of all rows, if these are a batch of them; the penalty counts by this share.
    """
    z = _products(w, x)
    h = _inner(z, masks)
    errors = ((h[:, 0] - h[:, 1]) * masks.second[:, None]).sum(axis=2) - y
    both = np.array([1.0, -1.0])[:, None, None]
    sides = 2.0 * masks.second[:, None, None] - 1  # n, 1, 1, P
    by_h = both * errors[:, None, :, None] * masks.second[:, None, None] - rho * sides * (sides * h < 0)
    ways = 2.0 * masks.first[:, None, None] - 1
    by_z = by_h[..., None] * (masks.signs * masks.first)[:, None, None] - rho * ways * (ways * z < 0)
    lengths = np.sqrt((w * w).sum(axis=-1, keepdims=True))
    unit = np.divide(w, lengths, out=np.zeros_like(w), where=lengths > 0)
    slope = (by_z.reshape(len(x), -1).T @ x).reshape(w.shape)
    return np.asarray(slope + beta * share * unit)


def _products(w: Floats, x: Floats) -> Floats:
    """Evaluate z, shape (n, 2, q, P, m)."""
    return np.asarray((x @ w.reshape(-1, w.shape[-1]).T).reshape(len(x), *w.shape[:-1]))


def _inner(z: Floats, masks: Masks) -> Floats:
    """Evaluate h, shape (n, 2, q, P)."""
    return np.asarray((z * (masks.signs * masks.first)[:, None, None]).sum(axis=4))


def _slacks(z: Floats, masks: Masks) -> tuple[Floats, Floats]:
    ways, sides = 2.0 * masks.first[:, None, None] - 1, 2.0 * masks.second[:, None, None] - 1
    return ways * z, sides * _inner(z, masks)
