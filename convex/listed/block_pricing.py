"""Pricing of one block: the support function of its image at v, by a small cone program.

    price_b(v) = max { v.a_b(w) : w in the cone of b, sum_j ||w_j|| <= 1 }

The multipliers of the walls come with it, and they are what the exact bound needs.
"""

from collections.abc import Sequence

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.block import Block
from convex.blocks.conic_solver import run_clarabel
from convex.blocks.linear_maps import rescaled, unit_walls
from convex.problem.training_problem import Problem
from convex.settings import BLOCK


def gradients(block: Block, x: Floats, v: Floats, multipliers: Floats) -> Floats:
    """Compute g_j for each neuron in floating point, shape (m, d): see `convex.proofs.weak_duality`."""
    return np.asarray((block.effect * v + np.tensordot(multipliers, block.constraints.astype(np.float64), 1)) @ x)


def support_bound(block: Block, x: Floats, v: Floats, multipliers: Floats) -> float:
    """Evaluate the support-function bound max_j ||g_j||, at or above the price for any multipliers >= 0."""
    return float(np.linalg.norm(gradients(block, x, v, multipliers), axis=1).max())


def price(block: Block, x: Floats, v: Floats) -> Floats:
    """Solve for multipliers that bring max_j ||g_j|| down to the price, in terms of the rows x_i."""
    m, d = block.effect.shape[0], x.shape[1]
    gain = (block.effect * v) @ x
    size = float(np.linalg.norm(gain)) or 1.0
    walls = unit_walls(block, x).reshape(-1, m * d)
    # unknowns (w, t): maximise gain.w with walls w >= 0, ||w_j|| <= t_j, sum t <= 1
    objective = np.concatenate([-gain.ravel() / size, np.zeros(m)])
    inequalities = np.zeros((len(walls) + 1, m * d + m))
    inequalities[:-1, : m * d] = -walls
    inequalities[-1, m * d :] = 1
    norms = np.zeros((m, 1 + d, m * d + m))
    for j in range(m):
        norms[j, 0, m * d + j] = -1
        norms[j, 1:, j * d : (j + 1) * d] = -np.eye(d)
    matrix = np.concatenate([inequalities, norms.reshape(-1, m * d + m)])
    right = np.zeros(len(matrix))
    right[len(walls)] = 1
    cones = [("nonnegative", len(inequalities)), *[("length", 1 + d)] * m]
    _, multipliers, _ = run_clarabel(None, objective, matrix, right, cones, BLOCK)
    return rescaled(np.maximum(np.nan_to_num(multipliers[: len(walls)] * size), 0), block, x)


def best_multipliers(
    problem: Problem, blocks: Sequence[Block], v: Floats, known: Sequence[Floats]
) -> tuple[list[Floats], Floats]:
    """Find for each block multipliers with a small support-function bound; return them and the bounds.

    Zeros where they suffice; else the known ones where those do; else the cone program's.

    Args:
        problem: the data.
        blocks: the blocks.
        v: dual vector.
        known: multipliers from elsewhere, one array a block.
    """
    x, _ = problem.floats
    beta = float(problem.beta)
    chosen, bounds = [], []
    for block, old in zip(blocks, known, strict=True):
        candidates = [np.zeros(len(block.constraints))]
        values = [support_bound(block, x, v, candidates[0])]
        for propose in (lambda old=old: old, lambda block=block: price(block, x, v)):
            if min(values) <= beta:
                break
            candidates.append(propose())
            values.append(support_bound(block, x, v, candidates[-1]))
        best = int(np.argmin(values))
        chosen.append(candidates[best])
        bounds.append(values[best])
    return chosen, np.array(bounds)
