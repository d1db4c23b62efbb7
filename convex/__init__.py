"""The convex program over enumerated cells: solve, map back, certify."""

from convex.blocks import READINGS, Block, iter_blocks
from convex.losses import LOSSES, Loss, read_loss
from convex.network import Network, SubNetwork
from convex.problem import Problem
from convex.solve import Solution, first_layer_bound, solve
from convex.whole import WholeSolution, reading_values, solve_whole

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
