"""The convex program over enumerated cells: solve, map back, certify."""

from convex.blocks.block import INTERPRETATIONS, Block, iter_blocks
from convex.listed.full_program import FullSolution, interpretation_values, solve_full_program
from convex.problem.losses import LOSSES, Loss, read_loss
from convex.problem.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import first_layer_bound, solve

__all__ = [
    "INTERPRETATIONS",
    "LOSSES",
    "Block",
    "FullSolution",
    "Loss",
    "Network",
    "Problem",
    "Solution",
    "SubNetwork",
    "first_layer_bound",
    "interpretation_values",
    "iter_blocks",
    "read_loss",
    "solve",
    "solve_full_program",
]
