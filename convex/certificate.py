"""The evidence behind a solution, as one JSON object that stands on its own.

Everything that the two bounds need is in it: the exact input, the network (upper bound), the dual vector and the
multipliers of every pair (lower bound). Fractions are text, "p/q". That the list of pairs is complete is the
enumeration's word.
"""

from typing import Any

from arrangements.first_layer import FirstLayer
from arrangements.reading import Vector
from convex.blocks import Block
from convex.network import Network
from convex.solve import Solution

FORMAT = "multilayer-arrangements/optimum"
VERSION = 1


def texts(values: Vector) -> list[str]:
    """Fractions as text."""
    return [str(value) for value in values]


def network_json(network: Network) -> dict[str, Any]:
    """The weights of a network."""
    return {
        "architecture": "f(x) = sum_k output_k * relu(sum_j second_kj * relu(x . first_kj))",
        "subnetworks": [
            {"first": [texts(w) for w in part.first], "second": texts(part.second), "output": str(part.output)}
            for part in network.subnetworks
        ],
    }


def certificate_json(solution: Solution, software: str) -> dict[str, Any]:
    """Problem, network, dual vector and every pair with its multipliers.

    A pair names its neurons as [mask, output sign] with masks as text of 0 and 1, its second-layer signs, and for each
    output sign of w_3 that needs them, multipliers: [neuron, row, value] for (2 D_j - 1) x_row.w_j >= 0, or
    [null, row, value] for s_row u_row >= 0; neurons and rows count from 0.
    """
    problem = solution.problem
    layer = solution.layer
    pairs: dict[Any, dict[str, Any]] = {}
    for block, multipliers in zip(solution.blocks, solution.proof.multipliers, strict=True):
        pair = block.pair
        neurons = [[_mask(layer, region), sign] for region, sign in pair.neurons]
        entry = pairs.setdefault((pair.neurons, pair.signs), {"neurons": neurons, "signs": list(pair.signs)})
        if multipliers:
            entry["plus" if block.output > 0 else "minus"] = _named(block, multipliers)
    return {
        "format": FORMAT,
        "version": VERSION,
        "software": software,
        "problem": {
            "x": [texts(row) for row in problem.x],
            "y": texts(problem.y),
            "beta": str(problem.beta),
            "width": solution.width,
            "loss": "squared",
        },
        "claim": {"upper": str(solution.upper), "lower": str(solution.lower)},
        "network": network_json(solution.network),
        "dual": {"v": texts(solution.proof.v), "pairs": list(pairs.values())},
    }


def _mask(layer: FirstLayer, region: int) -> str:
    return "".join(map(str, layer.mask(region)))


def _named(block: Block, multipliers: Vector) -> list[list[Any]]:
    named: list[list[Any]] = []
    for k, (wall, value) in enumerate(zip(block.constraints, multipliers, strict=True)):
        neurons, rows = wall.nonzero()
        own = k < block.first_walls
        if value:
            named.append([int(neurons[0]) if own else None, int(rows[0]), str(value)])
    return named
