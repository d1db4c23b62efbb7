"""Network files: JSON of version 2, written exactly and read strictly, and of version 1, which held weights alone.

docs/howto/networks.md states the format. Each sub-network stands with an output weight for each output.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.arguments import read_path
from arrangements.errors import InputError
from arrangements.exact.strict_json import (
    Object,
    entries,
    fields,
    flag_in,
    matrix_in,
    number_in,
    read_json,
    shown,
    text_in,
    vector_in,
    whole_in,
)
from arrangements.proofs.cell_certificates import Json, matrix_json, number_json, vector_json
from arrangements.writing import replacing
from convex.networks.network import Network, SubNetwork
from convex.networks.trained_model import TrainedModel
from convex.problem.losses import Loss, read_loss

FORMAT, VERSION = "multilayer-arrangements/network", 2
_OUTPUTS, _DECIMALS = 100_000, 1_000  # most that are read
_KNOWN = ("columns", "decimals", "targets", "classes", "weights", "loss", "beta", "width")
_PROVEN = ("upper_exact", "lower_exact", "certificate")
_DECISION = {True: "sign", False: "largest"}  # whether there are two classes


def network_json(networks: Sequence[Network]) -> Json:
    """Write the weights: f(x) = sum_k output_k relu(sum_j second_kj relu(x . first_kj)), one network an output.

    Each sub-network of an output stands with that output's weight, and 0 for the others.

    Args:
        networks: one for each output.

    Example:
        >>> network_json([Network((SubNetwork(((Fraction(1, 2),),), (Fraction(1),), Fraction(-1)),)), Network(())])
        {'subnetworks': [{'first': [['1/2']], 'second': [1], 'output': [-1, 0]}]}
    """
    parts = []
    for place, network in enumerate(networks):
        for part in network.subnetworks:
            weights = [Fraction(0)] * len(networks)
            weights[place] = part.output
            parts.append(
                {"first": matrix_json(part.first), "second": vector_json(part.second), "output": vector_json(weights)}
            )
    return {"subnetworks": parts}


def model_json(model: TrainedModel) -> Json:
    """Write a network file of version 2 as one JSON object.

    Args:
        model: the networks and what is known of them.

    Example:
        >>> found = model_json(TrainedModel((Network(()),), columns=("a", "b"), beta=Fraction(1, 10)))
        >>> found["version"], found["columns"], found["beta"], found["upper_exact"]
        (2, ['a', 'b'], '1/10', None)
    """
    two = len(model.classes) == 2
    return {
        "format": FORMAT,
        "version": VERSION,
        "outputs": len(model.networks),
        "columns": None if model.columns is None else list(model.columns),
        "bias": model.bias,
        "decimals": model.decimals,
        "targets": list(model.targets) or None,
        "classes": {"labels": list(model.classes), "decision": _DECISION[two]} if model.classes else None,
        "weights": model.weights,
        "loss": model.loss and _loss_text(model.loss),
        "beta": None if model.beta is None else number_json(model.beta),
        "width": model.width,
        "upper_exact": _ratio(model.upper),
        "lower_exact": _ratio(model.lower),
        "certificate": model.certificate,
        **network_json(model.networks),
    }


def write_model(model: TrainedModel, path: str | Path) -> None:
    """Write a network file; a file that was there is replaced as a whole.

    Args:
        model: the networks and what is known of them.
        path: the file.

    Raises:
        InputError: the place cannot be written.
    """
    path = read_path(path)
    text = json.dumps(model_json(model), indent=1) + "\n"
    with replacing(path) as file:
        file.write(text)


def read_model(path: str | Path) -> TrainedModel:
    """Read a network file of version 1 or 2.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, or is none; with the place and the value.
    """
    return model_of(read_json(path), str(path))


def model_of(content: object, place: str) -> TrainedModel:
    """Read what a network file holds.

    Args:
        content: as `arrangements.exact.strict_json.read_json` returns it.
        place: what it is called in messages.

    Raises:
        InputError: it is no network file; with the place and the value.

    Example:
        >>> model = TrainedModel((Network(()), Network(())), columns=("a",), upper=Fraction(2))
        >>> model_of(model_json(model), "here") == model
        True
    """
    if isinstance(content, dict) and "format" not in content:  # version 1
        listed = fields(content, place, ["subnetworks"])["subnetworks"]
        k = len(next((part["output"] for part in listed if _has_outputs(part)), [0])) if isinstance(listed, list) else 1
        return TrainedModel(_networks(listed, f"{place}: subnetworks", k))
    if isinstance(content, dict) and content["format"] != FORMAT:
        raise InputError(f"{place}: format: {shown(content['format'])} is no network; it must be {FORMAT!r}")
    if isinstance(content, dict) and content.get("version") != VERSION:
        raise InputError(f"{place}: version: {shown(content.get('version'))} is not known here; {VERSION} is")
    found = fields(content, place, ["format", "version", "outputs", "bias", "subnetworks"], (*_KNOWN, *_PROVEN))
    outputs = whole_in(found["outputs"], f"{place}: outputs", 1, _OUTPUTS)
    model = _described(found, place, _networks(found["subnetworks"], f"{place}: subnetworks", outputs))
    _check_columns(model, place)
    return model


def _networks(listed: object, place: str, outputs: int) -> tuple[Network, ...]:
    """One network for each output; a sub-network without any weight to the outputs is kept with the first."""
    parts: list[list[SubNetwork]] = [[] for _ in range(outputs)]
    for where, entry in entries(listed, place):
        found = fields(entry, where, ["first", "second", "output"])
        first = matrix_in(found["first"], f"{where}: first")
        second = vector_in(found["second"], f"{where}: second")
        weights = vector_in(found["output"], f"{where}: output")
        if first and not first[0]:
            raise InputError(f"{where}: first: a neuron needs at least one weight")
        if len(second) != len(first):
            raise InputError(f"{where}: second: there are {len(second)} weights for {len(first)} neurons")
        if len(weights) != outputs:
            raise InputError(f"{where}: output: there are {len(weights)} weights for {outputs} outputs")
        for k in [k for k, weight in enumerate(weights) if weight] or [0]:
            parts[k].append(SubNetwork(first, second, weights[k]))
    networks = tuple(Network(tuple(own)) for own in parts)
    sizes = [len(part.first[0]) for network in networks for part in network.subnetworks if part.first]
    if len(set(sizes)) > 1:
        raise InputError(f"{place}: they take different numbers of columns: {', '.join(map(str, sorted(set(sizes))))}")
    return networks


def _described(found: Object, place: str, networks: tuple[Network, ...]) -> TrainedModel:
    """The networks with every part of their description that is not null."""

    def read(key: str, kind: Any, *more: Any) -> Any:
        return None if found[key] is None else kind(found[key], f"{place}: {key}", *more)

    model = TrainedModel(
        networks,
        columns=read("columns", _names),
        bias=flag_in(found["bias"], f"{place}: bias"),
        decimals=read("decimals", whole_in, 0, _DECIMALS),
        targets=read("targets", _names) or (),
        classes=read("classes", _labels, len(networks)) or (),
        weights=read("weights", text_in),
        loss=read("loss", _loss),
        beta=read("beta", number_in),
        width=read("width", whole_in, 1),
        upper=read("upper_exact", number_in),
        lower=read("lower_exact", number_in),
        certificate=read("certificate", text_in),
    )
    if model.targets and len(model.targets) != (1 if model.classes else len(networks)):
        raise InputError(f"{place}: targets: there are {len(model.targets)} for {len(networks)} outputs")
    if model.weights is not None and model.weights in (*(model.columns or ()), *model.targets):
        raise InputError(f"{place}: weights: {shown(model.weights)} is a column of the data or a target as well")
    if model.beta is not None and model.beta <= 0:
        raise InputError(f"{place}: beta: {shown(found['beta'])} is not above 0")
    if model.upper is not None and model.lower is not None and model.lower > model.upper:
        raise InputError(f"{place}: lower_exact is above upper_exact")
    return model


def _check_columns(model: TrainedModel, place: str) -> None:
    weights = replace(model, columns=None, bias=False).inputs
    if weights is not None and weights < 1 + model.bias:
        raise InputError(f"{place}: subnetworks: with a bias a neuron needs at least two weights")
    if model.columns is not None and weights is not None and len(model.columns) + model.bias != weights:
        number = f"{len(model.columns)}{' and a bias' * model.bias}"
        raise InputError(f"{place}: columns: there are {number}, but neurons have {weights} weights")


def _names(value: object, place: str) -> tuple[str, ...]:
    names = tuple(text_in(entry, where) for where, entry in entries(value, place))
    if not names:
        raise InputError(f"{place}: there is none; where they are not known it must be null")
    return names


def _labels(value: object, place: str, outputs: int) -> tuple[str, ...]:
    found = fields(value, place, ["labels", "decision"])
    labels, two = _names(found["labels"], f"{place}: labels"), outputs == 1
    if len(set(labels)) < len(labels):
        raise InputError(f"{place}: labels: a class stands there twice")
    if len(labels) != (2 if two else outputs) or len(labels) < 2:
        raise InputError(
            f"{place}: labels: there are {len(labels)} for {outputs} outputs; 2 have one output, more one each"
        )
    if found["decision"] != _DECISION[len(labels) == 2]:
        wanted = _DECISION[len(labels) == 2]
        raise InputError(f"{place}: decision: {shown(found['decision'])} must be {wanted!r} for {len(labels)} classes")
    return labels


def _loss(value: object, place: str) -> Loss:
    text = text_in(value, place)
    try:
        return read_loss(text)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def _loss_text(loss: Loss) -> str:
    """The text that `read_loss` reads as this loss."""
    threshold = loss.parameters.get("threshold")
    return loss.name if threshold is None else f"{loss.name}:{number_json(threshold)}"


def _ratio(value: Fraction | None) -> str | None:
    """The text p/q, integers too."""
    if value is None:
        return None
    text = str(number_json(value))
    return text if "/" in text else f"{text}/1"


def _has_outputs(part: object) -> bool:
    return isinstance(part, dict) and isinstance(part.get("output"), list) and bool(part["output"])
