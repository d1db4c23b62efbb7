"""NETWORK, a file that `solve` wrote, a list of layers or ONNX, as a `LayeredNetwork` and what is said beside it."""

from pathlib import Path
from typing import Any, NamedTuple

from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.errors import InputError, shown
from arrangements.exact.strict_json import read_json
from convex.networks.imports import to_layered
from convex.networks.network_file import FORMAT, model_of
from convex.networks.trained_model import Description


class NetworkRead(NamedTuple):
    """A network that was read: its layers, and its description, which says nothing for a file of mere layers."""

    layers: LayeredNetwork
    about: Description


def read_network(path: Path) -> NetworkRead:
    """Read what `solve` wrote, {"layers": [{"weights": [[..]..], "biases": [..]} ..]} with numbers or "p/q", or .onnx.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, or holds no network; with the place and the value.
    """
    if path.suffix.lower() == ".onnx":
        return NetworkRead(to_layered(path), Description())
    content, place = read_json(path), str(path)
    if isinstance(content, dict) and "layers" in content:
        return NetworkRead(LayeredNetwork.from_json(content, place), Description())
    if not is_network(content):
        layers = '{"layers": [{"weights": [[..]..], "biases": [..]} ..]}'
        raise InputError(f"{place}: no network; give what solve wrote, {layers}, or .onnx{_advice(content)}")
    model = model_of(content, place)
    if model.inputs is None:
        raise InputError(f"{place}: an empty network that does not say how many columns it takes; its outputs are 0")
    return NetworkRead(model.layered(), model)


def _advice(content: Any) -> str:
    """What to say of a file of the project that is no network."""
    if not isinstance(content, dict) or not str(content.get("format", "")).startswith(FORMAT.partition("/")[0]):
        return ""
    return f"; this is {shown(content['format'])}: of a solved problem the network is in the other file, .network.json"


def is_network(content: Any) -> bool:
    """Whether a JSON value is meant as a network: by its format, or as the weights that version 1 held.

    Example:
        >>> is_network({"subnetworks": []}), is_network({"format": "multilayer-arrangements/optimum"})
        (True, False)
    """
    if not isinstance(content, dict):
        return False
    return content["format"] == FORMAT if "format" in content else bool({"subnetworks", "layers"} & set(content))
