"""The convex program over enumerated cells: solve, map back, certify."""

from convex.blocks.block import READINGS, Block, iter_blocks
from convex.listed.full_program import WholeSolution, reading_values, solve_whole
from convex.problem.losses import LOSSES, Loss, read_loss
from convex.problem.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import first_layer_bound, solve

__all__ = [
    "LOSSES",
    "READINGS",
    "Block",
    "Loss",
    "Network",
    "Problem",
    "Solution",
    "SubNetwork",
    "WholeSolution",
    "first_layer_bound",
    "iter_blocks",
    "read_loss",
    "reading_values",
    "solve",
    "solve_whole",
]
