"""The certificate of an optimum: one JSON object with the data, both bounds and their proofs.

Everything that the two bounds need is in it: the exact input, the network (upper bound), for each output the dual
vector and its covers (lower bound), bounds of the logarithms that are in a loss, and the proof that the regions of the
first layer are all regions.
docs/proofs/certificates.md states the format, and why a file that the checker accepts proves its claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from arrangements.arguments import check_kind, read_list
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.enclosures import neglog_units, softplus_units
from arrangements.proofs.cell_certificates import (
    Json,
    certificate,
    first_layer_proof,
    matrix_json,
    neuron_number,
    number_json,
    region_ranks,
    texts_json,
    vector_json,
)
from convex.columns.covers import bits_of
from convex.columns.neurons import Neurons
from convex.networks.network_file import network_json
from convex.problem.losses import Loss
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.cover_proof import CoverProof, ExactEntry
from convex.proofs.cover_replay import Allowed, CoverReplay


def loss_json(loss: Loss) -> Json:
    """Write a loss by name and threshold."""
    threshold = loss.parameters.get("threshold")
    return {"name": loss.name, "threshold": None if threshold is None else number_json(threshold)}


@dataclass(frozen=True)
class Names:
    """What the columns and outputs of a problem are called; None where they have no names.

    Attributes:
        columns: one a column; a column of ones that was appended is "1".
        outputs: one an output.
        classes: with one output, the labels that the targets -1 and 1 stand for; with more, one an output, where the
            target is 1 on the rows of that class and -1 on the others.

    Example:
        >>> Names(("height", "1"), ("answer",), ("no", "yes")).classes
        ('no', 'yes')
    """

    columns: tuple[str, ...] | None = None
    outputs: tuple[str, ...] | None = None
    classes: tuple[str, ...] | None = None


NO_NAMES = Names()
QUESTION = ("rows", "targets", "weights", "beta", "width", "loss")  # the input without names


def input_json(problems: Sequence[Problem], width: int | None, names: Names = NO_NAMES) -> Json:
    """Write what a certificate is about: the data, beta, the loss and the width.

    Args:
        problems: one for each output; the same rows, weights of rows, beta and loss.
        width: neurons in one sub-network; None for any number.
        names: of columns, outputs and classes.

    Example:
        >>> from convex import Problem
        >>> input_json([Problem.read([[1], [-1]], [1, 1], "0.5")], 1)["targets"]
        [[1, 1]]
    """
    problem = problems[0]
    weighted = problem.weights is not None and any(weight != 1 for weight in problem.weights)
    return {
        "rows": matrix_json(problem.x),
        "targets": [vector_json(each.y) for each in problems],
        "weights": vector_json(problem.weights or ()) if weighted else None,
        "beta": number_json(problem.beta),
        "width": width,
        "loss": loss_json(problem.loss),
        "columns": texts_json(names.columns),
        "outputs": texts_json(names.outputs),
        "classes": texts_json(names.classes),
    }


def certificate_json(
    solutions: Sequence[Solution],
    software: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    names: Names = NO_NAMES,
) -> Json:
    """Write the proofs of both bounds of solutions for the outputs of one network; their sums are the claim.

    Args:
        solutions: one for each output; the same rows, weights of rows, beta, loss and width.
        software: name and version of what solved them.
        parameters: how they were solved.
        names: of columns, outputs and classes, which the certificate is then about as well.

    Raises:
        InputError: no solution, something else, or solutions of different problems.

    Example:
        >>> from convex import Problem, solve
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> body = certificate_json([solution], "an example")
        >>> body["format"], body["version"], body["input"]["beta"]
        ('multilayer-arrangements/optimum', 3, '1/2')
    """
    solutions = [
        check_kind(solution, Solution, "solutions", "give what solve returned")
        for solution in read_list(solutions, "solutions", "solutions, one for each output")
    ]
    check_kind(software, str, "software", "give its name and version")
    check_kind(names, Names, "names", "give Names")
    same = {(s.problem.x, s.problem.weights, s.problem.beta, s.problem.loss, s.width) for s in solutions}
    if len(same) != 1:
        raise InputError(
            "a certificate needs solutions of the same rows, weights, beta, loss and width, and one at least"
        )
    if parameters is not None and not isinstance(parameters, Mapping):
        raise InputError(f"parameters is {shown(parameters)}; give a dictionary")
    first, problem = solutions[0], solutions[0].problem
    data = input_json([solution.problem for solution in solutions], first.width, names)
    upper = sum((solution.upper for solution in solutions), Fraction(0))
    lower = sum((solution.lower for solution in solutions), Fraction(0))
    layer = first.neurons.layer
    return certificate(
        "optimum",
        data,
        {"upper": number_json(upper), "lower": number_json(lower)},
        software,
        parameters or {},
        network=network_json([solution.network for solution in solutions]),
        first=first_layer_proof(layer.arrangement, layer.cells, (problem.x, None)),
        dual=[_dual_json(solution.proof, solution.neurons, solution.width) for solution in solutions],
        logarithms=_logarithms_json(solutions) if problem.loss.name == "logistic" else None,
    )


def _dual_json(proof: CoverProof, neurons: Neurons, width: int | None) -> Json:
    place = {k: position for position, k in enumerate(proof.order)}
    cells = neurons.layer.cells
    ranks = region_ranks(neurons.layer.arrangement, cells)
    named = [neurons.signed[k] for k in proof.order]
    signed = [(cells[region].signs, sign) for region, sign in named]
    regions = [cells[k].signs for k in ranks]
    return {
        "scale": number_json(proof.scale),
        "v": vector_json(proof.v),
        "order": [neuron_number(ranks[region], sign) for region, sign in named],
        "covers": [_cover_json(proof, signed, regions, width, place, output) for output in (1, -1)],
    }


def _cover_json(
    proof: CoverProof,
    neurons: Sequence[tuple[Signs, int]],
    regions: Sequence[Signs],
    width: int | None,
    place: Mapping[int, int],
    output: int,
) -> Json:
    """Write the cover for one sign of an output weight: its entries, and the tree that says how they cover."""
    entries = [entry for entry in proof.entries if entry.output == output]
    replay = CoverReplay(
        [_allowed(entry, proof.v, place) for entry in entries],
        neurons,
        len(neurons) if width is None else width,
        regions,
    )
    return {
        "entries": [_entry_json(entries[e], place) for e in replay.order],
        "tree": replay.tokens,
    }


def _allowed(entry: ExactEntry, v: Sequence[int], place: Mapping[int, int]) -> Allowed:
    return Allowed(
        bits_of([i for i, (c, a) in enumerate(zip(entry.plus, v, strict=True)) if c >= entry.output * a]),
        bits_of([i for i, c in enumerate(entry.minus) if c <= 0]),
        bits_of([place[k] for k, _ in entry.neurons]),
    )


def _entry_json(entry: ExactEntry, place: Mapping[int, int]) -> list[Any]:
    return [
        vector_json(entry.plus),
        None if entry.minus == entry.plus else vector_json(entry.minus),
        [[place[k], *(x for i, c in terms for x in (i, number_json(c)))] for k, terms in entry.neurons],
    ]


def _logarithms_json(solutions: Sequence[Solution]) -> Json:
    """Write the bounds of logarithms that the logistic loss and its conjugate have at each row."""
    losses, entropies = [], []
    for solution in solutions:
        problem, proof = solution.problem, solution.proof
        outputs = solution.network.predict(problem.x)
        losses.append(vector_json(softplus_units(y * f) for f, y in zip(outputs, problem.y, strict=True)))
        weights = problem.weights or (Fraction(1),) * len(problem.y)
        shares = [proof.scale * a * y / w for a, y, w in zip(proof.v, problem.y, weights, strict=True)]
        entropies.append([vector_json((neglog_units(p), neglog_units(1 - p))) for p in shares])
    return {"losses": losses, "entropies": entropies}
