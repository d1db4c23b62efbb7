"""The root relaxation: each second ReLU replaced by its convex hull, a lower bound for every width.

It is the relaxation over a partition (`convex.columns.partition_relaxation`) with one box without restriction for each
sign of the output weight, and all neurons at once: its size is linear in the number of regions.
"""

from math import inf

from arrangements.exact.integer_matrix import Floats
from convex.columns.covers import CoveredDual, Entry
from convex.columns.neurons import Neurons
from convex.columns.partition_relaxation import Leaf, entry_for_all, solve_partition, tight_bound, whole_boxes
from convex.problem.training_problem import Problem
from convex.settings import TIGHT


def solve_root_relaxation(problem: Problem, neurons: Neurons) -> CoveredDual:
    """Solve the root relaxation: its dual vector, and one entry for each output sign that covers all neurons at once.

    Args:
        problem: the scaled problem.
        neurons: all neurons.

    Raises:
        SolverError: Clarabel returned no point.
    """
    everything = tuple(range(len(neurons)))
    leaves = [Leaf(output, box, list(everything)) for output, box in whole_boxes(len(problem.y))]
    v, _ = solve_partition(problem, neurons, leaves, settings=TIGHT)
    return CoveredDual(v, everything, tuple((leaf.output, [_root(neurons, leaf, v)]) for leaf in leaves))


def _root(neurons: Neurons, leaf: Leaf, v: Floats) -> Entry:
    begun = Leaf(leaf.output, leaf.box, [0])
    found, _, _ = tight_bound(neurons, begun, v, -inf, slack=1e-10, joining=8)
    return entry_for_all(0, leaf.box, found, len(neurons))
