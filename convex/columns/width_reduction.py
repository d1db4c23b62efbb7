"""Width reduction: a wide sub-network as a sum of narrow ones, found at extreme rays of a cone.

t_j   factor of neuron j of a sub-network, t >= 0;  u(t) = sum_j t_j u_j, its second-layer pre-activation
C     {t >= 0 : s_i u_i(t) >= 0 at all rows}, where the sub-network is linear in t;  t = 1 is in it

Output and penalty are linear on C, so any t_1 + t_2 + ... = 1 within C writes the sub-network as a sum of others at the
same penalty. Extreme rays of C have the fewest neurons: at most one more than rows at which u_i(t) = 0.
"""

from collections.abc import Iterator

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import Block, cell_block
from convex.blocks.linear_solver import least_vertex

_ROUNDS = 30  # random directions a sub-network


def reduce_width(layer: FirstLayer, block: Block, weights: Floats, x: Floats, width: int) -> Iterator[Block]:
    """Draw blocks of at most `width` neurons whose sub-networks are extreme rays of C.

    Args:
        layer: the first layer.
        block: a block, of any width.
        weights: m x d.
        x: the data.
        width: most neurons in a part.
    """
    random = np.random.default_rng(0)
    sizes = np.linalg.norm(weights, axis=1)
    signs = np.array([sign for _, sign in block.pair.neurons])
    each = np.maximum(x @ weights.T, 0) * signs
    unit = np.abs(each).max() or 1.0
    # rows at which u vanishes belong to both signs: keep them at 0
    s = np.array(block.pair.signs)
    total = each.sum(axis=1)
    zero = np.abs(total) <= 1e-9 * unit
    inside = -(s[:, None] * each)[~zero & (s != 0)] / unit
    flat = np.vstack([each[zero & each.any(axis=1)] / unit, sizes / sizes.sum()])
    right = np.zeros(len(flat))
    right[-1] = 1
    for _ in range(_ROUNDS):
        t = least_vertex(random.standard_normal(len(sizes)), flat, right, below=inside, high=np.zeros(len(inside)))
        if t is None:
            return
        kept = np.flatnonzero(t > 1e-9)
        if len(kept) <= width:
            yield cell_block(layer, tuple(block.pair.neurons[j] for j in kept), block.pair.signs, block.output)
