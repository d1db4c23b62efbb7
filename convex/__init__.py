"""The convex program over enumerated cells: solve, map back, certify."""

from convex.blocks import READINGS, Block, iter_blocks
from convex.network import Network, SubNetwork
from convex.problem import Problem
from convex.solve import Solution, reading_values, solve

__all__ = [
    "READINGS",
    "Block",
    "Network",
    "Problem",
    "Solution",
    "SubNetwork",
    "iter_blocks",
    "reading_values",
    "solve",
]
