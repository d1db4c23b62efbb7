"""Where a solve goes on: what a certificate proves, or what a network costs, as the starting point of a search."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.numbers import exact_number
from arrangements.exact.strict_json import check_ends, read_json
from arrangements.first_layer.layer import FirstLayer
from arrangements.proofs.cell_certificates import neuron_number, region_ranks
from convex.columns.neurons import Neurons
from convex.networks.network import Network, SubNetwork
from convex.networks.network_file import model_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.cover_proof import CoverProof, ExactEntry
from convex.proofs.optimum_certificate import loss_json
from convex.proofs.weak_duality import dual_value
from convex.solving.starting_point import StartingPoint
from multilayer import checker
from multilayer.pipeline.certificate_subject import first_difference, loss_text, target_difference, weight_difference
from multilayer.pipeline.learning.training import UNLIMITED, Training


def resumed(path: Path, training: Training, width: int | None, layer: FirstLayer) -> tuple[StartingPoint, ...]:
    """Read what a certificate proves, after checking it: the networks and the bounds, one for each output.

    Args:
        path: a certificate of an optimum.
        training: what is to be solved; the certificate must be about the same.
        width: likewise.
        layer: the regions of the rows.

    Raises:
        InputError: it cannot be read, is rejected, or is about something else.
    """
    check_ends(path)
    try:
        kind, _ = checker.check(path)
        content = checker.load(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except checker.Rejected as reason:
        raise InputError(f"{path}: rejected: {reason}; there is nothing to go on from") from reason
    if kind != "optimum":
        raise InputError(f"{path}: it is a certificate of {kind}; --resume takes one that solve wrote")
    check_same(path, content["input"], training, width)
    networks = _networks(content["network"], len(training.problems))
    neurons = Neurons(layer, Scaling.of(training.problems[0]).problem.floats[0])
    proofs = (_proof(part, neurons, problem) for part, problem in zip(content["dual"], training.problems, strict=True))
    return tuple(StartingPoint(network, proof) for network, proof in zip(networks, proofs, strict=True))


def started(path: Path, training: Training) -> tuple[StartingPoint, ...]:
    """Read a network that solve wrote as the starting point of each output.

    Args:
        path: a network file.
        training: what is to be solved.

    Raises:
        InputError: it cannot be read, is no network, or does not fit the columns or outputs.
    """
    content = read_json(path)
    try:
        model_of(content, str(path))
        networks = _networks(content, len(training.problems))
    except ValueError as error:
        said = str(error).removeprefix(f"{path}: ")
        raise InputError(f"{path}: this is no network that solve wrote: {said}") from error
    columns = len(training.problems[0].x[0])
    for network in networks:
        for k, part in enumerate(network.subnetworks, start=1):
            if any(len(w) != columns for w in part.first):
                raise InputError(f"{path}: sub-network {k} does not fit {columns} columns, the bias among them")
    return tuple(map(StartingPoint, networks))


def check_same(path: Path, data: dict[str, Any], training: Training, width: int | None) -> None:
    """Check that a certificate is about a problem, by its input.

    Args:
        path: what it is called in messages.
        data: its input.
        training: the problem.
        width: neurons in one sub-network; None for any number.

    Raises:
        InputError: with the first difference.
    """
    problem = training.problems[0]
    if data["width"] != width:
        known, asked = (UNLIMITED if value is None else value for value in (data["width"], width))
        raise InputError(f"{path}: it is about width {known}, and --width is {asked}; give the same to go on")
    if exact_number(data["beta"], "beta") != problem.beta:
        raise InputError(
            f"{path}: it is about beta {data['beta']}, and --beta is {problem.beta}; give the same to go on"
        )
    if data["loss"] != loss_json(problem.loss):
        name = loss_text(data["loss"])
        raise InputError(f"{path}: it is about the loss {name}; give --loss {name} to go on")
    targets = [own.y for own in training.problems]
    found = first_difference(data["rows"], problem.x, training.source)
    if found is not None:
        raise InputError(f"{path}: it is about another table: {found}")
    found = target_difference(data["targets"], targets, training.source)
    if found is not None:
        raise InputError(f"{path}: it is about other targets: {found}; give the same --target to go on")
    found = weight_difference(data.get("weights"), problem.weights, training.source)
    if found is not None:
        raise InputError(f"{path}: it is about other weights of the rows: {found}; give the same --weights to go on")


def _networks(content: dict[str, Any], outputs: int) -> list[Network]:
    """One network for each output; a sub-network that serves several is split, its second layer rounded."""
    parts: list[list[SubNetwork]] = [[] for _ in range(outputs)]
    for entry in content["subnetworks"]:
        first = tuple(tuple(Fraction(a) for a in w) for w in entry["first"])
        second, output = (tuple(Fraction(a) for a in entry[name]) for name in ("second", "output"))
        if len(output) != outputs:
            raise ValueError(f"it has {len(output)} outputs, and {outputs} are asked for")
        total = sum(map(abs, output))
        for own, weight in zip(parts, output, strict=True):
            share = Fraction(1)
            if weight and abs(weight) != total:
                share = Fraction(float(abs(weight) / total) ** 0.5)  # ||w_2|| and |w_3| shrink alike
            if weight:
                own.append(SubNetwork(first, tuple(share * u for u in second), weight / share))
    return [Network(tuple(own)) for own in parts]


def _proof(part: dict[str, Any], neurons: Neurons, problem: Problem) -> CoverProof:
    """The proof of a bound as the certificate holds it; the other way of `convex.proofs.optimum_certificate`."""
    order, listed = (_earlier_cover if "cover" in part else _covers)(part, neurons)
    scale, v = Fraction(part["scale"]), _integers(part["v"])
    entries = []
    for output, plus, minus, good in listed:
        named = tuple((order[k], tuple((i, int(c)) for i, c in terms)) for k, terms in good)
        entries.append(ExactEntry(output, _integers(plus), _integers(plus if minus is None else minus), named))
    return CoverProof(dual_value(problem, tuple(scale * a for a in v)), scale, v, order, tuple(entries))


def _covers(part: dict[str, Any], neurons: Neurons) -> tuple[tuple[int, ...], list[Any]]:
    """The neurons in the order of a certificate, and its entries: output sign, c+, c-, neurons with multipliers."""
    ranks = region_ranks(neurons.layer.arrangement, neurons.layer.cells)
    places = {neuron_number(ranks[region], sign): k for k, (region, sign) in enumerate(neurons.signed)}
    entries = [
        (output, plus, minus, [(k, zip(terms[::2], terms[1::2], strict=True)) for k, *terms in good])
        for output, cover in zip((1, -1), part["covers"], strict=True)
        for plus, minus, good in cover["entries"]
    ]
    return tuple(places[number] for number in part["order"]), entries


def _earlier_cover(part: dict[str, Any], neurons: Neurons) -> tuple[tuple[int, ...], list[Any]]:
    """The same of a certificate of version 2, in which neurons are written by their masks."""
    masks = ["".join(map(str, neurons.layer.mask(region))) for region, _ in neurons.signed]
    places = {(mask, sign): k for k, (mask, (_, sign)) in enumerate(zip(masks, neurons.signed, strict=True))}
    return tuple(places[mask, sign] for mask, sign in part["neurons"]), part["cover"]


def _integers(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)
