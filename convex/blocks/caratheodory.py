"""Few sub-networks suffice, and few neurons in each: vertices of the fits of equal output.

f_b  output of block b on the rows, S_b its penalty
u_j  what neuron j of a block adds to its second-layer pre-activation
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import Block, cell_block
from convex.blocks.linear_maps import effects


def reduce_blocks(blocks: Sequence[Block], weights: Sequence[Floats], x: Floats) -> list[int]:
    """Blocks that are enough for the same fit at no larger penalty: at most n of them.

    Minimise sum t_b S_b subject to sum t_b f_b = sum f_b, t >= 0. All t_b = 1 is feasible, and a vertex has at
    most as many positive entries as there are equations (Caratheodory 1911), so n sub-networks suffice; with (8) of
    Ergen and Pilanci (2021), n+1.

    Args:
        blocks: the blocks.
        weights: for each block, m x d.
        x: the data.

    Returns:
        Indices of the blocks to keep.
    """
    if not blocks:
        return []
    cost = np.array([np.linalg.norm(w, axis=1).sum() for w in weights])
    heavy = np.flatnonzero(cost > 1e-6 * cost.sum())
    if not len(heavy):
        return []
    fits = np.stack([effects([blocks[k]], x) @ weights[k].ravel() for k in heavy.tolist()], axis=1)
    active = fits.any(axis=0)
    heavy, fits = heavy[active], fits[:, active]
    if not len(heavy):
        return []
    # in units of each row's and each block's own fit, so that no coefficient is small enough to be dropped
    rows = np.abs(fits).max(axis=1, keepdims=True)
    rows[rows == 0] = 1
    sizes = np.abs(fits / rows).max(axis=0)
    equal = (fits / rows).sum(axis=1)
    result = linprog(cost[heavy] / sizes / cost.max(), A_eq=fits / rows / sizes, b_eq=equal, method="highs-ds")
    if result.x is None:
        return [int(k) for k in heavy]
    return [int(k) for k in heavy[result.x > 0]]


def reduce_neurons(layer: FirstLayer, block: Block, weights: Floats, x: Floats) -> tuple[Block, Floats]:
    """The block of fewer neurons with the same output at no larger penalty: at most n of them.

    Minimise sum t_j ||w_j|| subject to sum t_j u_j = u at rows where the second layer is positive, <= 0 elsewhere,
    t >= 0. All t_j = 1 is feasible, and a vertex has at most n positive entries.

    Args:
        layer: the first layer.
        block: the block.
        weights: m x d.
        x: the data.
    """
    signs = np.array([sign for _, sign in block.pair.neurons])
    factors = sparse_factors(np.maximum(x @ weights.T, 0) * signs, np.linalg.norm(weights, axis=1), block.pair.signs)
    kept = np.flatnonzero(factors)
    if len(kept) in (0, len(weights)):
        return block, weights
    neurons = tuple(block.pair.neurons[j] for j in kept)
    return cell_block(layer, neurons, block.pair.signs, block.output), weights[kept] * factors[kept, None]


def sparse_factors(u: Floats, sizes: Floats, signs: Sequence[int]) -> Floats:
    """The factors t of the neurons of a sub-network that keep its output at no larger penalty, few of them positive.

    Args:
        u: u_j at each row, n x m.
        sizes: ||w_j||.
        signs: of the second layer; where it is not +, sum t_j u_j <= 0.
    """
    unit = np.abs(u).max() or 1.0
    above = np.asarray(signs) > 0
    below = ~above & u.any(axis=1)
    result = linprog(
        sizes / (sizes.max() or 1.0),
        A_eq=u[above] / unit,
        b_eq=u[above].sum(axis=1) / unit,
        A_ub=u[below] / unit,
        b_ub=np.maximum(u[below].sum(axis=1), 0) / unit,
        method="highs-ds",
    )
    if result.x is None or not (result.x > 1e-9).any():
        return np.ones(len(sizes))
    return np.where(result.x > 1e-9, result.x, 0.0)
