"""The convex program over a list of blocks, through cvxpy with Clarabel.

w_bj  weights of neuron j in block b;  a_b(w) = sum_j E_bj w_bj;  C w >= 0 collects all walls

    minimise l(sum_b a_b(w_b), y) + beta sum_b sum_j ||w_bj||   subject to C w >= 0

(Ergen and Pilanci 2021, (12)). Floating point throughout: a proposal for the proofs of `convex.proofs.weak_duality` and
the networks of `convex.networks.network`.
"""

import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from convex.blocks.block import Block
from convex.blocks.conic_solver import SolverError
from convex.blocks.linear_maps import ProgramSolution, by_block, effects, empty_solution, wall_matrix, wall_multipliers
from convex.problem.training_problem import Problem
from convex.settings import TIGHT, ConicSettings


def solve_program(problem: Problem, blocks: Sequence[Block], *, settings: ConicSettings = TIGHT) -> ProgramSolution:
    """Solve the convex program over these blocks through cvxpy.

    Args:
        problem: the data.
        blocks: may be empty.
        settings: options of Clarabel.

    Raises:
        SolverError: Clarabel returned no point.
    """
    cp: Any = import_module("cvxpy")

    x, _ = problem.floats
    if not blocks:
        return empty_solution(problem)
    a, c = effects(blocks, x), wall_matrix(blocks, x)
    w = cp.Variable((a.shape[1] // x.shape[1], x.shape[1]))
    f = cp.Variable(len(x))
    fit = f == a @ cp.vec(w, order="C")
    objective = problem.total_loss.atom(cp, f) + float(problem.beta) * cp.sum(cp.norm(w, 2, axis=1))
    cone = c @ cp.vec(w, order="C") >= 0
    program = cp.Problem(cp.Minimize(objective), [fit, cone])
    try:
        with warnings.catch_warnings():
            # "may be inaccurate": the bounds are proven afterwards, whatever the solver says of itself
            warnings.simplefilter("ignore")
            program.solve(solver=cp.CLARABEL, **settings.options())
    except cp.error.SolverError as error:
        raise SolverError(f"Clarabel failed on {len(blocks)} blocks: {error}") from error
    if w.value is None:
        raise SolverError(f"Clarabel returned no point on {len(blocks)} blocks: {program.status}")
    multipliers = wall_multipliers(cone.dual_value, blocks, x)
    dual = problem.total_loss.dual_vector(f.value, fit.dual_value)
    return ProgramSolution(by_block(w.value, blocks), multipliers, float(program.value), dual)
