"""The restricted program: the convex program over few blocks, by Clarabel itself, without a modelling layer.

z = (f, e, w, t)  outputs, auxiliary unknowns of the loss, all weights, a bound on the length of each weight vector

    minimise loss(f, e) + beta sum t   subject to f = A w, C w >= 0, ||w_j|| <= t_j

Blocks may have different widths. `convex.program` solves the same through cvxpy.
"""

from collections.abc import Sequence

import clarabel
import numpy as np
from scipy import sparse

from convex.blocks import Block
from convex.problem import Problem
from convex.program import TIGHT, ProgramSolution, SolverError, by_block, effects, empty_solution, rescaled, wall_matrix


def solve_master(
    problem: Problem, blocks: Sequence[Block], settings: dict[str, float] | None = None
) -> ProgramSolution:
    """Solve the program over these blocks.

    Args:
        problem: the data.
        blocks: may be empty.
        settings: options of Clarabel; those of `convex.program` by default.

    Raises:
        SolverError: Clarabel returned no point.
    """
    if not blocks:
        return empty_solution(problem)
    x, y = problem.floats
    n, d = x.shape
    a, c, loss = effects(blocks, x), wall_matrix(blocks, x), problem.loss.epigraph(y)
    extra, size = len(loss.linear) - n, a.shape[1]
    lengths = size // d
    # ||w_j|| <= t_j: t_j first, then w_j
    place = np.arange(lengths) * (1 + d)
    rows = np.concatenate([place, (place[:, None] + 1 + np.arange(d)).ravel()])
    columns = np.concatenate([size + np.arange(lengths), np.arange(size)])
    norms = sparse.csc_matrix((np.full(size + lengths, -1.0), (rows, columns)), shape=(lengths * (1 + d), size + lengths))
    matrix = sparse.bmat(
        [
            [sparse.eye(n), sparse.csc_matrix((n, extra)), -a, sparse.csc_matrix((n, lengths))],
            [loss.matrix[:, :n], loss.matrix[:, n:], None, None],
            [None, None, -c, None],
            [None, None, norms[:, :size], norms[:, size:]],
        ],
        format="csc",
    )
    right = np.concatenate([np.zeros(n), loss.right, np.zeros(c.shape[0] + lengths * (1 + d))])
    quadratic = sparse.diags(np.concatenate([loss.quadratic, np.zeros(size + lengths)]), format="csc")
    linear = np.concatenate([loss.linear, np.zeros(size), np.full(lengths, float(problem.beta))])
    kinds = {
        "zero": clarabel.ZeroConeT,
        "nonnegative": clarabel.NonnegativeConeT,
        "exponential": lambda _: clarabel.ExponentialConeT(),
    }
    cones = [clarabel.ZeroConeT(n), *(kinds[kind](k) for kind, k in loss.cones), clarabel.NonnegativeConeT(c.shape[0])]
    cones += [clarabel.SecondOrderConeT(1 + d)] * lengths
    chosen = clarabel.DefaultSettings()
    chosen.verbose = False
    for name, value in (TIGHT if settings is None else settings).items():
        setattr(chosen, name, value)
    solution = clarabel.DefaultSolver(quadratic, linear, matrix, right, cones, chosen).solve()
    z, multipliers = np.array(solution.x), np.array(solution.z)
    if not np.isfinite(z).all():
        raise SolverError(f"Clarabel returned no point on {len(blocks)} blocks: {solution.status}")
    weights = by_block(z[n + extra : n + extra + size].reshape(-1, d), blocks)
    start = n + len(loss.right)
    walls = np.maximum(np.nan_to_num(multipliers[start : start + c.shape[0]]), 0)
    parts = np.split(walls, np.cumsum([len(block.constraints) for block in blocks])[:-1])
    f = a @ z[n + extra : n + extra + size]
    value = float(problem.loss.values(f, y).sum() + problem.beta * sum(np.linalg.norm(w, axis=1).sum() for w in weights))
    return ProgramSolution(
        weights,
        [rescaled(part, block, x) for part, block in zip(parts, blocks, strict=True)],
        value,
        problem.loss.dual_vector(f, y, multipliers[:n]),
    )
