"""The names of columns and targets of a certified optimum, which the certificate itself does not hold.

`solve` writes them into the network file beside it. They are taken only where both files hold the same weights.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.strict_json import read_json
from convex.networks.network_file import model_of
from convex.networks.trained_model import TrainedModel
from multilayer.io.networks import is_network

_ENDINGS = (".certificate.json", ".certificate.jsonl")


def names_beside(path: Path, certificate: Mapping[str, Any]) -> TrainedModel | None:
    """Find the network file that `solve` wrote beside a certificate.

    Args:
        path: of the certificate.
        certificate: one that was accepted.

    Returns:
        The network with its description, or None where there is no such file, or it holds other weights.

    Example:
        >>> names_beside(Path("nowhere.certificate.json"), {}) is None
        True
    """
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
