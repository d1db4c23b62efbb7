from .blocks.block import INTERPRETATIONS, Block, iter_blocks
from .blocks.conic_solver import SolverError
from .heuristics.balanced_networks import TrainedNetwork
from .heuristics.multistart import local_search
from .heuristics.sampled_blocks import Sample, solve_sampled
from .heuristics.stochastic_gradients import train_by_gradients
from .listed.full_program import FullSolution, solve_full_program
from .listed.interpretations import InterpretationValue, interpretation_value, interpretation_values
from .networks.export import to_onnx, to_torch
from .networks.imports import to_layered
from .networks.network import Network, SubNetwork
from .networks.residual_network import Residual, as_parallel
from .networks.trained_model import TrainedModel
from .paths.beta_path import BetaPath, Knot, solve_path
from .problem.losses import LOSSES, Loss, read_loss
from .problem.regions import first_layer_of
from .problem.training_problem import Problem
from .proofs.certified_optimum import Solution
from .proofs.optimum_certificate import Names, certificate_json
from .solving.certified_solve import first_layer_bound, solve
from .solving.depth_gain import DepthGain, DepthRow, depth_table
from .solving.row_norms import NormBound, norm_bound
from .solving.separable_outputs import JointSolution, solve_outputs
from .solving.shor_relaxation import Envelope, SemidefiniteBound, semidefinite_bound
from .solving.starting_point import StartingPoint

__all__ = [
    "INTERPRETATIONS",
    "LOSSES",
    "BetaPath",
    "Block",
    "DepthGain",
    "DepthRow",
    "Envelope",
    "FullSolution",
    "InterpretationValue",
    "JointSolution",
    "Knot",
    "Loss",
    "Names",
    "Network",
    "NormBound",
    "Problem",
    "Residual",
    "Sample",
    "SemidefiniteBound",
    "Solution",
    "SolverError",
    "StartingPoint",
    "SubNetwork",
    "TrainedModel",
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
    "norm_bound",
    "read_loss",
    "semidefinite_bound",
    "solve",
    "solve_full_program",
    "solve_outputs",
    "solve_path",
    "solve_sampled",
    "to_layered",
    "to_onnx",
    "to_torch",
    "train_by_gradients",
]
