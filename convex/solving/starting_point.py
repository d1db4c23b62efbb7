"""Where a search begins: a network that is known, and a lower bound that was proven before.

w_j = |w_3 w_2j| w_1j  weights of neuron j of a sub-network as a block of the convex program has them
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import Block, cell_block
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, Box
from convex.networks.network import Network, grown
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.cover_proof import CoverProof

_MANY = 1_000  # entries of a proof from which on the search begins with a partition of its own


@dataclass(frozen=True)
class StartingPoint:
    """A network for one output, and a proof of a lower bound for the same problem and width.

    Attributes:
        network: any; wider sub-networks than the width allows are only split where they can be.
        proof: of an earlier solution of the same problem; it names neurons by their places in
            `convex.columns.neurons.Neurons` of the problem.

    Example:
        >>> from convex import solve
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> found = solve(problem, 1)
        >>> solve(problem.with_beta("0.4"), 1, start=StartingPoint(found.network), layer=found.neurons.layer).status
        'optimal'
    """

    network: Network
    proof: CoverProof | None = None


def starting_network(problem: Problem, scaling: Scaling, network: Network) -> Network:
    """Carry a network to the scaled problem; the way back is `grown` by `Scaling.root`.

    Raises:
        InputError: it is not feasible for (4) of Ergen and Pilanci (2021).
    """
    network.objective(problem)
    return grown(network, 1 / scaling.root)


def starting_blocks(layer: FirstLayer, problem: Problem, network: Network) -> list[tuple[Block, Floats]]:
    """Find a block for each sub-network, with the weights that it has there, from exact signs.

    Weights on a hyperplane belong to the closed cones of all adjacent regions; the first of them is taken. Neurons of
    one region and output sign are added up.

    Args:
        layer: the first layer.
        problem: the problem whose rows the network was trained on, scaled or not.
        network: sub-networks that answer 0 everywhere are left out.
    """
    regions = np.array([layer.cells[region].signs for region in layer.active], np.int8)
    found = []
    for part in network.subnetworks:
        weights: dict[tuple[int, int], Floats] = {}
        sums = [Fraction(0)] * len(problem.x)
        for w, u in zip(part.first, part.second, strict=True):
            products = [sum((a * b for a, b in zip(row, w, strict=True)), Fraction(0)) for row in problem.x]
            signs = np.array([(a > 0) - (a < 0) for a in products], np.int8)
            if not u or not part.output or not (signs > 0).any():
                continue
            sums = [total + u * max(a, Fraction(0)) for total, a in zip(sums, products, strict=True)]
            at = layer.active[int(np.flatnonzero(((signs == 0) | (regions == signs)).all(axis=1))[0])]
            factor = abs(part.output * u)
            vector = np.array([float(factor * a) for a in w])
            key = (at, 1 if u > 0 else -1)
            weights[key] = weights[key] + vector if key in weights else vector
        if any(total > 0 for total in sums):
            second = tuple(1 if total >= 0 else -1 for total in sums)
            block = cell_block(layer, tuple(weights), second, 1 if part.output > 0 else -1)
            found.append((block, np.array(list(weights.values()))))
    return found


def proof_boxes(proof: CoverProof | None) -> Sequence[tuple[int, Box]]:
    """Read off the boxes of second-layer signs that the entries of a proof allow; none where there are many."""
    if proof is None or len(proof.entries) > _MANY:
        return []
    boxes = []
    for entry in proof.entries:
        sides = [
            (POSITIVE if a >= entry.output * v else 0) + (2 * NEGATIVE if b <= 0 else 0)
            for a, b, v in zip(entry.plus, entry.minus, proof.v, strict=True)
        ]
        if 0 not in sides:
            box = [{1: POSITIVE, -2: NEGATIVE, -1: EITHER}[side] for side in sides]
            boxes.append((entry.output, np.array(box, np.int8)))
    return boxes
