"""The root relaxation: each second ReLU replaced by its convex hull, a lower bound for every width.

It is the relaxation over a partition (`convex.columns.partition_relaxation`) with one box without restriction for each
sign of the output weight, and all neurons at once: its size is linear in the number of regions.
"""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.columns.box_bounds import EITHER, bound
from convex.columns.covers import CoveredDual, Entry
from convex.columns.neurons import Neurons
from convex.columns.partition_relaxation import Leaf, solve_partition, whole_boxes
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
    return CoveredDual(v, everything, tuple((o, [_root(neurons, o * v)]) for o in (1, -1)))


def _root(neurons: Neurons, v: Floats) -> Entry:
    """Make the entry of the box without restrictions, whether or not it proves the dual constraint."""
    box = np.full(len(v), EITHER, np.int8)
    work: list[int] = [0]
    while True:
        result = bound(neurons, work, v, box)
        lengths, multipliers = neurons.support_bounds(result.plus, result.minus)
        new = [int(k) for k in np.argsort(-lengths)[:8] if lengths[k] > result.value * (1 + 1e-10) and k not in work]
        if not new:
            return Entry(0, box, result.plus, result.minus, (1 << len(neurons)) - 1, multipliers)
        work += new
