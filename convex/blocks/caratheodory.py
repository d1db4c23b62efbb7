"""Caratheodory reduction: at most n sub-networks, and n - 1 neurons in each, at the same output.

f_b  output of block b on the rows, S_b its penalty
u_j  what neuron j of a block adds to its second-layer pre-activation
"""

from collections.abc import Sequence

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import Block, cell_block
from convex.blocks.linear_maps import effects
from convex.blocks.linear_solver import least_vertex


def reduce_blocks(blocks: Sequence[Block], weights: Sequence[Floats], x: Floats) -> list[int]:
    """Choose at most n blocks that are enough for the same fit at no larger penalty.

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
    t = least_vertex(cost[heavy] / sizes / cost.max(), fits / rows / sizes, equal)
    return [int(k) for k in (heavy if t is None else heavy[t > 0])]


def reduce_neurons(layer: FirstLayer, block: Block, weights: Floats, x: Floats) -> list[Block]:
    """Keep at most n - 1 neurons of a block or split it into blocks of one neuron: the same output, no larger penalty.

    Minimise sum t_j ||w_j|| subject to sum t_j u_j = u at rows where the second layer is positive, <= 0 elsewhere,
    t >= 0. All t_j = 1 is feasible, and at a vertex the positive entries and the rows below 0 are at most n. Where no
    row is below 0, the output is the sum of the neurons' own (`theory.width_theorem`).

    Args:
        layer: the first layer.
        block: the block.
        weights: m x d.
        x: the data.

    Returns:
        The block of the neurons that are kept, the same object where all are; or a block for each of them;
        nothing where the output is 0.
    """
    signs = np.array([sign for _, sign in block.pair.neurons])
    each = np.maximum(x @ weights.T, 0) * signs
    if not (each.sum(axis=1) > 0).any():
        return []
    factors = sparse_factors(each, np.linalg.norm(weights, axis=1), block.pair.signs)
    kept = np.flatnonzero(factors)
    if not len(kept):
        return [block]
    neurons = tuple(block.pair.neurons[j] for j in kept)
    if len(kept) > 1 and (each @ factors >= -1e-9 * np.abs(each).max()).all():
        single = [((region, 1), block.output * sign) for region, sign in neurons]
        return [cell_block(layer, (neuron,), block.pair.signs, output) for neuron, output in single]
    return [block if len(kept) == len(weights) else cell_block(layer, neurons, block.pair.signs, block.output)]


def sparse_factors(u: Floats, sizes: Floats, signs: Sequence[int]) -> Floats:
    """Find factors t of the neurons of a sub-network, few positive, that keep its output at no larger penalty.

    Args:
        u: u_j at each row, n x m.
        sizes: ||w_j||.
        signs: of the second layer; where it is not +, sum t_j u_j <= 0.
    """
    unit = np.abs(u).max() or 1.0
    above = np.asarray(signs) > 0
    below = ~above & u.any(axis=1)
    t = least_vertex(
        sizes / (sizes.max() or 1.0),
        u[above] / unit,
        u[above].sum(axis=1) / unit,
        below=u[below] / unit,
        high=np.maximum(u[below].sum(axis=1), 0) / unit,
    )
    if t is None or not (t > 1e-9).any():
        return np.ones(len(sizes))
    return np.where(t > 1e-9, t, 0.0)
