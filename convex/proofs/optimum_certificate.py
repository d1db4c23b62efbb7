"""The certificate of an optimum: one JSON object with the data, both bounds and their proofs.

Everything that the two bounds need is in it: the exact input, the network (upper bound), for each output the dual
vector and the cover (lower bound), and the proof that the regions of the first layer are all regions.
docs/proofs/certificates.md states the format, and why a file that the checker accepts proves its claim.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from arrangements.arguments import check_kind, read_list
from arrangements.errors import InputError, shown
from arrangements.proofs.cell_certificates import (
    Json,
    certificate,
    first_layer_proof,
    matrix_json,
    number_json,
    vector_json,
)
from convex.columns.neurons import Neurons
from convex.networks.network_file import network_json
from convex.problem.losses import Loss
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.cover_proof import CoverProof

VERSION = 2


def loss_json(loss: Loss) -> Json:
    """Write a loss by name and threshold."""
    threshold = loss.parameters.get("threshold")
    return {"name": loss.name, "threshold": None if threshold is None else number_json(threshold)}


def input_json(problems: Sequence[Problem], width: int | None) -> Json:
    """Write what a certificate is about: the data, beta, the loss and the width.

    Args:
        problems: one for each output; the same rows, weights of rows, beta and loss.
        width: neurons in one sub-network; None for any number.

    Example:
        >>> from convex import Problem
        >>> input_json([Problem.read([[1], [-1]], [1, 1], "0.5")], 1)["targets"]
        [[1, 1]]
    """
    problem = problems[0]
    weights = {} if problem.weights is None else {"weights": vector_json(problem.weights)}
    return {
        "rows": matrix_json(problem.x),
        "targets": [vector_json(each.y) for each in problems],
        **weights,
        "beta": number_json(problem.beta),
        "width": width,
        "loss": loss_json(problem.loss),
    }


def certificate_json(solutions: Sequence[Solution], software: str, parameters: Mapping[str, Any] | None = None) -> Json:
    """Write the proofs of both bounds of solutions for the outputs of one network; their sums are the claim.

    Args:
        solutions: one for each output; the same rows, weights of rows, beta, loss and width.
        software: name and version of what solved them.
        parameters: how they were solved.

    Raises:
        InputError: no solution, something else, or solutions of different problems.

    Example:
        >>> from convex import Problem, solve
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> body = certificate_json([solution], "an example")
        >>> body["format"], body["version"], body["input"]["beta"]
        ('multilayer-arrangements/optimum', 2, '1/2')
    """
    solutions = [
        check_kind(solution, Solution, "solutions", "give what solve returned")
        for solution in read_list(solutions, "solutions", "solutions, one for each output")
    ]
    check_kind(software, str, "software", "give its name and version")
    same = {(s.problem.x, s.problem.weights, s.problem.beta, s.problem.loss, s.width) for s in solutions}
    if len(same) != 1:
        raise InputError(
            "a certificate needs solutions of the same rows, weights, beta, loss and width, and one at least"
        )
    if parameters is not None and not isinstance(parameters, Mapping):
        raise InputError(f"parameters is {shown(parameters)}; give a dictionary")
    first, problem = solutions[0], solutions[0].problem
    data = input_json([solution.problem for solution in solutions], first.width)
    upper = sum((solution.upper for solution in solutions), Fraction(0))
    lower = sum((solution.lower for solution in solutions), Fraction(0))
    layer = first.neurons.layer
    return certificate(
        "optimum",
        data,
        {"upper": number_json(upper), "lower": number_json(lower)},
        software,
        parameters or {},
        version=VERSION,
        network=network_json([solution.network for solution in solutions]),
        first=first_layer_proof(layer.arrangement, layer.cells, (problem.x, None)),
        dual=[_dual_json(solution.proof, solution.neurons) for solution in solutions],
    )


def _dual_json(proof: CoverProof, neurons: Neurons) -> Json:
    place = {k: position for position, k in enumerate(proof.order)}
    names = [neurons.signed[k] for k in proof.order]
    cover = [
        [
            entry.output,
            vector_json(entry.plus),
            None if entry.minus == entry.plus else vector_json(entry.minus),
            [[place[k], [[i, number_json(c)] for i, c in terms]] for k, terms in entry.neurons],
        ]
        for entry in proof.entries
    ]
    return {
        "scale": number_json(proof.scale),
        "v": vector_json(proof.v),
        "neurons": [["".join(map(str, neurons.layer.mask(region))), sign] for region, sign in names],
        "cover": cover,
    }
