from .blocks.block import READINGS, Block, iter_blocks
from .listed.full_program import WholeSolution, reading_values, solve_whole
from .problem.losses import LOSSES, Loss, read_loss
from .problem.network import Network, SubNetwork
from .problem.training_problem import Problem
from .proofs.certified_optimum import Solution
from .solving.certified_solve import first_layer_bound, solve

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
