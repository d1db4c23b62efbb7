"""The names of columns, targets and classes of a certified optimum.

They are in the certificate. Where one of an earlier version has none, they are in the network file that `solve` wrote
beside it, and are taken only where both files hold the same weights.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.strict_json import read_json
from convex.networks.network_file import model_of
from convex.networks.trained_model import TrainedModel
from multilayer.io.networks import is_network

_ENDINGS = (".certificate.json", ".certificate.jsonl")


def names_beside(path: Path, certificate: Mapping[str, Any]) -> TrainedModel | None:
    """Find the names that belong to a certificate: its own, or those in the network file that `solve` wrote beside it.

    Args:
        path: of the certificate.
        certificate: one that was accepted.

    Returns:
        The network with its description; None where there are no names, no such file, or it holds other weights.

    Example:
        >>> names_beside(Path("nowhere.certificate.json"), {}) is None
        True
    """
    if "columns" in certificate.get("input", ()):
        return _named(certificate, str(path))
    ending = next((ending for ending in _ENDINGS if path.name.endswith(ending)), None)
    if ending is None:
        return None
    beside = path.with_name(path.name.removesuffix(ending) + ".network.json")
    if not beside.is_file():
        return None
    try:
        content = read_json(beside)
        model = model_of(content, str(beside)) if is_network(content) else None
        proven = model_of(certificate["network"], str(path))
    except InputError:  # names are an extra: without them columns are numbered
        return None
    return model if model is not None and model.networks == proven.networks else None


def _named(certificate: Mapping[str, Any], name: str) -> TrainedModel | None:
    """The network of a certificate with the names that its input has."""
    given = certificate["input"]
    columns, outputs, classes = (given[key] for key in ("columns", "outputs", "classes"))
    if columns is None and outputs is None and classes is None:
        return None
    bias = len(given["rows"][0]) > 1 and all(row[-1] == 1 for row in given["rows"])
    found = model_of(certificate["network"], f"{name}: network")
    targets = outputs or ()
    return replace(
        found,
        columns=None if columns is None else tuple(columns[: len(columns) - bias]),
        bias=bias,
        targets=tuple(targets[:1] if classes else targets),
        classes=tuple(classes or ()),
    )
