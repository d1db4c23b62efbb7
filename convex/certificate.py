"""The certificate of an optimum, as one JSON object that stands on its own.

Everything that the two bounds need is in it: the exact input, the network (upper bound), the dual vector and the
multipliers of every pair (lower bound), and the proof that the pairs are all pairs. docs/certificates.md states the
format, and why a file that the checker accepts proves its claim.
"""

from collections.abc import Mapping
from typing import Any

from arrangements.cells import Signs
from arrangements.certificate import (
    Json,
    certificate,
    first_layer_proof,
    matrix_json,
    number_json,
    one_of_each,
    tuple_json,
    vector_json,
)
from arrangements.reading import Vector
from arrangements.replay import row_factors
from arrangements.second_layer import Neuron
from convex.blocks import Block
from convex.network import Network
from convex.solve import Solution

Multipliers = list[list[Any]]


def network_json(network: Network) -> Json:
    """The weights of a network: f(x) = sum_k output_k relu(sum_j second_kj relu(x . first_kj))."""
    return {
        "subnetworks": [
            {
                "first": matrix_json(part.first),
                "second": vector_json(part.second),
                "output": number_json(part.output),
            }
            for part in network.subnetworks
        ]
    }


def certificate_json(solution: Solution, software: str, parameters: Mapping[str, Any] | None = None) -> Json:
    """Prove both bounds of a solution.

    Args:
        solution: what was solved.
        software: name and version of what solved it.
        parameters: how it was solved.
    """
    problem, layer = solution.problem, solution.layer
    known: dict[tuple[frozenset[Neuron], Signs, int], tuple[Block, Vector]] = {
        (frozenset(block.pair.neurons), block.pair.signs, block.output): (block, multipliers)
        for block, multipliers in zip(solution.blocks, solution.proof.multipliers, strict=True)
    }
    factors = row_factors(layer.arrangement.normals, problem.x)
    tuples = []
    for product in one_of_each(solution.products):
        mirror = tuple((region, -sign) for region, sign in product.neurons)
        both = [(product.neurons, 1)] if set(mirror) == set(product.neurons) else [(product.neurons, 1), (mirror, -1)]
        cells = []
        for pair in product.pairs:
            evidence = []
            for neurons, flip in both:
                signs = tuple(flip * s for s in pair.signs)
                for output in (1, -1):
                    found = known.get((frozenset(neurons), signs, output))
                    evidence.append(None if found is None else _named(*found, product.neurons, flip) or None)
            cells.append((pair.signs, evidence))
        tuples.append(tuple_json(layer, product, cells, factors))
    data = {
        "rows": matrix_json(problem.x),
        "targets": vector_json(problem.y),
        "beta": number_json(problem.beta),
        "width": solution.width,
        "loss": "squared",
    }
    return certificate(
        "optimum",
        data,
        {"upper": number_json(solution.upper), "lower": number_json(solution.lower)},
        software,
        parameters or {},
        network=network_json(solution.network),
        first=first_layer_proof(layer.arrangement, layer.cells, (problem.x, None)),
        dual={"v": vector_json(solution.proof.v), "tuples": tuples},
    )


def _named(block: Block, multipliers: Vector, neurons: tuple[Neuron, ...], flip: int) -> Multipliers:
    """Multipliers as [neuron, row, c]: c x_row.w_j, or c u_row where neuron is -1; neurons in the order given."""
    order = [neurons.index((region, flip * sign)) for region, sign in block.pair.neurons]
    named: Multipliers = []
    for k, (wall, value) in enumerate(zip(block.constraints, multipliers, strict=False)):
        if not value:
            continue
        places, rows = wall.nonzero()
        j, row = int(places[0]), int(rows[0])
        if k < block.first_walls:
            named.append([order[j], row, number_json(value * int(wall[j, row]))])
        else:
            named.append([-1, row, number_json(value * block.pair.signs[row])])
    return named
