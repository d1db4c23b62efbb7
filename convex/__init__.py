"""Certified global optima of three-layer ReLU networks: read a `Problem`, `solve` it, keep the proof.

Exact solves give a `Solution` with two rational bounds (`solve`, `solve_outputs`, `depth_table`), and
`certificate_json` writes it down for a checker. `solve_full_program` and `interpretation_value` list every block of
program (12) of Ergen and Pilanci (2021); `solve_sampled`, `local_search` and `train_by_gradients` give upper bounds
only. Solvers are loaded when something is solved.

The folders import each other one way: `problem`, `settings`, then `blocks`, `columns`, `proofs`, and on top of these
`solving`, `listed` and `heuristics`.

Example:
    >>> problem = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
    >>> solution = solve(problem, 2)
    >>> solution.status, f"{float(solution.upper):.8f}"
    ('optimal', '0.09887306')
"""

from convex.blocks.block import INTERPRETATIONS, Block, iter_blocks
from convex.blocks.conic_solver import SolverError
from convex.heuristics.balanced_networks import TrainedNetwork
from convex.heuristics.multistart import local_search
from convex.heuristics.sampled_blocks import Sample, solve_sampled
from convex.heuristics.stochastic_gradients import train_by_gradients
from convex.listed.full_program import FullSolution, solve_full_program
from convex.listed.interpretations import InterpretationValue, interpretation_value, interpretation_values
from convex.problem.export import to_onnx, to_torch
from convex.problem.losses import LOSSES, Loss, read_loss
from convex.problem.network import Network, SubNetwork
from convex.problem.regions import first_layer_of
from convex.problem.residual_network import Residual, as_parallel
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.optimum_certificate import certificate_json
from convex.solving.certified_solve import first_layer_bound, solve
from convex.solving.depth_gain import DepthGain, DepthRow, depth_table
from convex.solving.separable_outputs import JointSolution, solve_outputs

__all__ = [
    "INTERPRETATIONS",
    "LOSSES",
    "Block",
    "DepthGain",
    "DepthRow",
    "FullSolution",
    "InterpretationValue",
    "JointSolution",
    "Loss",
    "Network",
    "Problem",
    "Residual",
    "Sample",
    "Solution",
    "SolverError",
    "SubNetwork",
    "TrainedNetwork",
    "as_parallel",
    "certificate_json",
    "depth_table",
    "first_layer_bound",
    "first_layer_of",
    "interpretation_value",
    "interpretation_values",
    "iter_blocks",
    "local_search",
    "read_loss",
    "solve",
    "solve_full_program",
    "solve_outputs",
    "solve_sampled",
    "to_onnx",
    "to_torch",
    "train_by_gradients",
]
