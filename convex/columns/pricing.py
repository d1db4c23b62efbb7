"""What pricing finds: sub-networks that violate the dual constraint, or the entries of a cover.

v     a dual vector, times the sign o of the output weight;  the constraint: sum_i v_i (u_i)_+ <= beta sum_k ||w_k||
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.caratheodory import sparse_factors
from convex.columns.covers import Entry
from convex.columns.neurons import Neurons


@dataclass(frozen=True)
class Violation:
    """A sub-network that violates the dual constraint.

    Attributes:
        members: its neurons, in increasing order.
        weights: their weights, lengths adding to 1.
        u: its second-layer pre-activations.
        excess: sum_i v_i (u_i)_+ / (beta sum_k ||w_k||), above 1.
    """

    members: tuple[int, ...]
    weights: Floats
    u: Floats
    excess: float


@dataclass(frozen=True)
class Pricing:
    """The result of pricing: violations, the entries of a cover, and whether the limit ended the search.

    Attributes:
        violations: violated sub-networks; without any, and within the limit, the entries are a cover.
        entries: all entries, by their numbers.
        used: the numbers of those that settled something.
        steps: boxes and partial tuples that were looked at.
        limited: whether the limit ended the search; then nothing is proven.
    """

    violations: tuple[Violation, ...]
    entries: tuple[Entry, ...]
    used: frozenset[int]
    steps: int
    limited: bool

    def after(self, other: "Pricing") -> "Pricing":
        """The same result, with the steps of a search before it counted."""
        return replace(self, steps=self.steps + other.steps)


def violation_of(
    neurons: Neurons, v: Floats, beta: float, members: Sequence[int], weights: Floats, width: int
) -> Violation:
    """Make a violation of a sub-network; with as few neurons as do the same, where it has more than it may have.

    Args:
        neurons: all neurons.
        v: the dual vector; the sign of the output weight is in it.
        beta: the right side of the constraint.
        members: the neurons of the sub-network, in increasing order.
        weights: one vector for each.
        width: neurons in a tuple; the number of all neurons for unlimited width, which may always be too many.
    """
    each = np.asarray(np.maximum(neurons.x @ weights.T, 0) * neurons.outputs[list(members)], np.float64)
    u = each.sum(axis=1)
    if not len(members) <= width < len(neurons):
        signs = np.where((u > 0) | ((u == 0) & (v > 0)), 1, -1)
        factors = sparse_factors(each, np.linalg.norm(weights, axis=1), signs.tolist())
        kept = np.flatnonzero(factors).tolist()
        weights = weights[kept] * factors[kept, None]
        u, members = each[:, kept] @ factors[kept], [members[k] for k in kept]
    excess = float(v @ np.maximum(u, 0)) / (beta * float(np.linalg.norm(weights, axis=1).sum()))
    return Violation(tuple(members), weights, u, excess)
