"""The map from a point of the convex program to a network with rational weights (Proposition 1 of the paper).

w_j   weights of neuron j of a block;  I_j  its output sign
S     sum_j ||w_j|| of a block, the penalty that it pays in the convex program
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.block import Block
from convex.networks.network import Network, SubNetwork, within_unit_ball

_NEGLIGIBLE = 2.0**-30  # neurons below this share of the penalty are left out of a proposal


def from_blocks(blocks: Sequence[Block], weights: Sequence[Floats]) -> Network:
    """Map a point of the convex program back to a network (Ergen and Pilanci 2021, Proposition 1).

    w_1j = w_j / sqrt(||w_j|| S), w_2j = I_j sqrt(||w_j||), w_3 = +-sqrt(S), rounded to rational numbers with
    ||W_1||_F <= 1 exactly.

    Args:
        blocks: the blocks.
        weights: for each block, m x d.
    """
    norms = [np.linalg.norm(w, axis=1) for w in weights]
    least = _NEGLIGIBLE * sum(norm.sum() for norm in norms)
    parts = []
    for block, w, norm in zip(blocks, weights, norms, strict=True):
        kept = np.flatnonzero(norm > least)
        if not len(kept):
            continue
        total = norm[kept].sum()
        first = w[kept] / np.sqrt(norm[kept] * total)[:, None]
        second = [block.pair.neurons[j][1] * Fraction(float(np.sqrt(norm[j]))) for j in kept]
        parts.append(SubNetwork(within_unit_ball(first), tuple(second), block.output * Fraction(float(np.sqrt(total)))))
    return Network(tuple(parts))
