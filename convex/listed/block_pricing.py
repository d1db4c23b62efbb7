"""How much a block can answer to v: a small cone program with Clarabel itself.

    price_b(v) = max { v.a_b(w) : w in the cone of b, sum_j ||w_j|| <= 1 }

The multipliers of the walls come with it, and they are what the exact bound needs.
"""

from collections.abc import Sequence

import clarabel
import numpy as np
from scipy import sparse

from arrangements.exact.integer_matrix import Floats
from convex.blocks.block import Block
from convex.blocks.linear_maps import rescaled, unit_walls
from convex.problem.training_problem import Problem


def gradients(block: Block, x: Floats, v: Floats, multipliers: Floats) -> Floats:
    """g_j for each neuron, shape (m, d): see `convex.proofs.weak_duality`, in floating point."""
    return np.asarray((block.effect * v + np.tensordot(multipliers, block.constraints.astype(np.float64), 1)) @ x)


def support_bound(block: Block, x: Floats, v: Floats, multipliers: Floats) -> float:
    """max_j ||g_j||, an upper bound on the price."""
    return float(np.linalg.norm(gradients(block, x, v, multipliers), axis=1).max())


def price(block: Block, x: Floats, v: Floats) -> Floats:
    """Multipliers that bring max_j ||g_j|| down to the price, in terms of the rows x_i."""
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
    cones = [clarabel.NonnegativeConeT(len(inequalities)), *(clarabel.SecondOrderConeT(1 + d) for _ in range(m))]
    solver = clarabel.DefaultSolver(
        sparse.csc_matrix((m * d + m, m * d + m)), objective, sparse.csc_matrix(matrix), right, cones, _settings()
    )
    duals = np.array(solver.solve().z[: len(walls)]) * size
    return rescaled(np.maximum(np.nan_to_num(duals), 0), block, x)


def _settings() -> clarabel.DefaultSettings:
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-13
    return settings


def best_multipliers(
    problem: Problem, blocks: Sequence[Block], v: Floats, known: Sequence[Floats]
) -> tuple[list[Floats], Floats]:
    """For each block, multipliers with the smallest answer found, and those answers.

    Zeros where they suffice; else the known ones where those do; else the cone program's.

    Args:
        problem: the data.
        blocks: the blocks.
        v: dual vector.
        known: multipliers from elsewhere, one array a block.
    """
    x, _ = problem.floats
    beta = float(problem.beta)
    chosen, answers = [], []
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
        answers.append(values[best])
    return chosen, np.array(answers)
