"""The restricted master of column generation: the convex program over the blocks generated so far.

z = (f, e, w, t)  outputs, auxiliary unknowns of the loss, all weights, a bound on the length of each weight vector

    minimise loss(f, e) + beta sum t   subject to f = A w, C w >= 0, ||w_j|| <= t_j

Blocks may have different widths. `convex.listed.cvxpy_program` solves the same through cvxpy.
"""

from collections.abc import Sequence

import numpy as np

from convex.blocks.block import Block
from convex.blocks.conic_solver import lengths, solve_cones
from convex.blocks.linear_maps import ProgramSolution, by_block, effects, empty_solution, wall_matrix, wall_multipliers
from convex.problem.training_problem import Problem
from convex.settings import TIGHT, ConicSettings


def solve_master(problem: Problem, blocks: Sequence[Block], *, settings: ConicSettings = TIGHT) -> ProgramSolution:
    """Solve the convex program over these blocks.

    Args:
        problem: the data.
        blocks: may be empty.
        settings: options of Clarabel.

    Raises:
        SolverError: Clarabel returned no point.
    """
    from scipy import sparse

    if not blocks:
        return empty_solution(problem)
    x, _ = problem.floats
    n, d = x.shape
    a, c, loss = effects(blocks, x), wall_matrix(blocks, x), problem.total_loss.epigraph()
    size, count = a.shape[1], a.shape[1] // d
    extra, walls = len(loss.linear) - n, c.shape[0]
    w, t = lengths(count, d)
    matrix = sparse.bmat(
        [
            [sparse.eye(n), sparse.csc_matrix((n, extra)), -a, sparse.csc_matrix((n, count))],
            [loss.matrix[:, :n], loss.matrix[:, n:], None, None],
            [None, None, -c, None],
            [None, None, w, t],
        ],
        format="csc",
    )
    z, multipliers = solve_cones(
        np.concatenate([loss.quadratic, np.zeros(size + count)]),
        np.concatenate([loss.linear, np.zeros(size), np.full(count, float(problem.beta))]),
        matrix,
        np.concatenate([np.zeros(n), loss.right, np.zeros(walls + count * (1 + d))]),
        [("zero", n), *loss.cones, ("nonnegative", walls), *[("length", 1 + d)] * count],
        settings=settings,
    )
    flat = z[n + extra : n + extra + size]
    weights = by_block(flat.reshape(-1, d), blocks)
    start = n + len(loss.right)
    f = a @ flat
    penalty = float(problem.beta) * sum(float(np.linalg.norm(part, axis=1).sum()) for part in weights)
    return ProgramSolution(
        weights,
        wall_multipliers(multipliers[start : start + walls], blocks, x),
        float(problem.total_loss.values(f).sum()) + penalty,
        problem.total_loss.dual_vector(f, multipliers[:n]),
    )
