"""Pricing by local ascent: sub-networks that violate the dual constraint, found from random starts without any proof.

v       a dual vector, times the sign o of the output weight
w_k     weights of neuron k of a sub-network, with output sign I_k;  u = sum_k I_k (X w_k)_+
r(w)    sum_i v_i (u_i)_+ / sum_k ||w_k||, which the dual constraint bounds by beta

r is piecewise smooth and does not change when w is scaled. Many sub-networks climb at once, along the gradient of r,
with steps that shrink. What is found is a local maximum; whether all are below beta `convex.columns.pricing_tree` says.
"""

from collections.abc import Iterator

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.columns.neurons import Neurons

_NEURONS = 6  # in each of them at most
_STEPS = 80


def climb(
    neurons: Neurons, v: Floats, least: float, width: int, starts: int, random: np.random.Generator
) -> Iterator[tuple[list[int], Floats]]:
    """Yield sub-networks whose r(w) exceeds a number, the largest first: their neurons in order, and their weights.

    Args:
        neurons: all neurons.
        v: the dual vector; the sign of the output weight is in it.
        least: what r(w) must exceed.
        width: most neurons in a sub-network.
        starts: sub-networks that climb at once.
        random: where the starts come from.
    """
    x, m = neurons.x, min(width, _NEURONS)
    signs = random.choice([-1.0, 1.0], (starts, m, 1))
    w = random.standard_normal((starts, m, x.shape[1]))
    for step in range(_STEPS):
        w /= np.linalg.norm(w, axis=2).sum(axis=1)[:, None, None]
        gradient, _ = _slopes(x, v, w, signs)
        length = np.linalg.norm(gradient, axis=(1, 2), keepdims=True)
        w += 0.3 / (1 + step / 8) * gradient / np.where(length > 0, length, 1.0)
    w /= np.linalg.norm(w, axis=2).sum(axis=1)[:, None, None]
    _, ratios = _slopes(x, v, w, signs)
    places = {
        (bits, sign): k for k, (bits, sign) in enumerate(zip(neurons.bits, neurons.outputs.tolist(), strict=True))
    }
    powers = [1 << i for i in range(len(x))]
    for start in np.argsort(-ratios)[: int((ratios > least).sum())]:
        found: dict[int, Floats] = {}
        for vector, sign in zip(w[start], signs[start, :, 0].tolist(), strict=True):
            bits = sum(power for power, value in zip(powers, (x @ vector).tolist(), strict=True) if value > 0)
            k = places.get((bits, int(sign)))
            if k is not None:
                found[k] = found[k] + vector if k in found else vector
        if found:
            members = sorted(found)
            yield members, np.array([found[k] for k in members])


def _slopes(x: Floats, v: Floats, w: Floats, signs: Floats) -> tuple[Floats, Floats]:
    """The gradient of r at each of the sub-networks, whose lengths add up to 1, and r itself."""
    products = w @ x.T  # starts x neurons x rows
    u = (signs * np.maximum(products, 0)).sum(axis=1)
    ratios = np.maximum(u, 0) @ v
    worth = np.where(u > 0, v, 0.0)[:, None, :] * (products > 0)
    sizes = np.linalg.norm(w, axis=2, keepdims=True)
    return signs * (worth @ x) - ratios[:, None, None] * w / np.where(sizes > 0, sizes, 1.0), ratios
