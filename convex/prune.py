"""Few sub-networks suffice: a vertex of the fits of equal output.

f_b  output of block b on the rows, S_b its penalty
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from arrangements.integers import Floats
from convex.blocks import Block
from convex.program import effects


def prune(blocks: Sequence[Block], weights: Floats, x: Floats) -> list[int]:
    """Blocks that are enough for the same fit at no larger penalty: at most n of them.

    Minimise sum t_b S_b subject to sum t_b f_b = sum f_b, t >= 0. All t_b = 1 is feasible, and a vertex has at
    most as many positive entries as there are equations (Caratheodory 1911), so n sub-networks suffice; with (8) of
    Ergen and Pilanci (2021), n+1.

    Args:
        blocks: the blocks.
        weights: shape (blocks, m, d).
        x: the data.

    Returns:
        Indices of the blocks to keep.
    """
    cost = np.linalg.norm(weights, axis=2).sum(axis=1)
    heavy = np.flatnonzero(cost > 1e-6 * cost.sum())
    if len(heavy) == 0:
        return []
    chosen = [blocks[int(k)] for k in heavy]
    outputs = effects(chosen, x).reshape(len(x), len(chosen), -1)
    fits = np.einsum("nbk,bk->nb", outputs, weights[heavy].reshape(len(chosen), -1))
    active = fits.any(axis=0)
    heavy, fits = heavy[active], fits[:, active]
    # in units of each row's and each block's own fit, so that no coefficient is small enough to be dropped
    rows = np.abs(fits).max(axis=1, keepdims=True)
    rows[rows == 0] = 1
    sizes = np.abs(fits / rows).max(axis=0)
    equal = (fits / rows).sum(axis=1)
    result = linprog(cost[heavy] / sizes / cost.max(), A_eq=fits / rows / sizes, b_eq=equal, method="highs-ds")
    if result.x is None:
        return [int(k) for k in heavy]
    return [int(k) for k in heavy[result.x > 0]]
