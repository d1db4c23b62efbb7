"""Networks of other kinds as `LayeredNetwork`, exactly: trained models, PyTorch modules, ONNX models.

Float weights are the dyadic rationals that they hold. What is computed in floats elsewhere is computed exactly here, so
outputs agree up to the rounding of the other side. PyTorch and onnx are imported where they are used.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arrangements import InputError, Layer, LayeredNetwork
from arrangements.errors import what_it_is
from arrangements.exact.numbers import exact_matrix, exact_vector
from arrangements.exact.strict_json import read_json
from convex.networks.export import layered_of
from convex.networks.layer_steps import Step, layers_of
from convex.networks.network import Network
from convex.networks.network_file import model_of
from convex.networks.trained_model import TrainedModel

_UNCHANGED = ("Identity", "Dropout", "Flatten")  # modules that keep a row of numbers as it is, after training
_KINDS = "a Network, a TrainedModel, a torch.nn.Sequential, or a file of solve, of layers or of ONNX"


def to_layered(network: Any, columns: int | None = None) -> LayeredNetwork:
    """Write a network of any kind layer by layer, exactly, with ReLU after all but the last layer.

    Args:
        network: a `LayeredNetwork`; a `Network` or a `TrainedModel`; a `torch.nn.Sequential` of Linear and ReLU; the
            path of an .onnx file or of a JSON file, as `solve` writes it or {"layers": [..]}; or the bytes of an ONNX
            model, whose operators may be Gemm, MatMul, Add, Sub and Relu.
        columns: d, numbers in a row of the data; needed where the network does not say it, else checked.

    Raises:
        InputError: it is something else; it has a layer that is neither affine nor a ReLU; columns do not fit; or the
            package that reads it is not installed.

    Example:
        >>> to_layered(TrainedModel((Network(()),), columns=("height",))).inputs
        1
        >>> to_layered(3)
        Traceback (most recent call last):
        arrangements.errors.InputError: network: 3 is an int, which cannot be read as a network; give a Network, \
a TrainedModel, a torch.nn.Sequential, or a file of solve, of layers or of ONNX
    """
    if isinstance(network, str | os.PathLike):
        return layered_of(_from_file(Path(network)), columns)
    if isinstance(network, bytes):
        return layered_of(_from_onnx(network, "the ONNX model"), columns)
    torch = sys.modules.get("torch")  # without it nobody has a module
    if torch is not None and isinstance(network, torch.nn.Module):
        return layered_of(_from_torch(network), columns)
    if not isinstance(network, LayeredNetwork | Network | TrainedModel):
        raise InputError(f"network: {what_it_is(network)}, which cannot be read as a network; give {_KINDS}")
    return layered_of(network, columns)


def _from_file(path: Path) -> LayeredNetwork | TrainedModel:
    if path.suffix.lower() == ".onnx":
        try:
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
        return _from_onnx(content, str(path))
    found = read_json(path)
    if isinstance(found, dict) and "layers" in found:
        return LayeredNetwork.from_json(found, str(path))
    return model_of(found, str(path))


def _from_onnx(content: bytes, place: str) -> LayeredNetwork:
    from convex.networks.onnx_reading import read_onnx

    return read_onnx(content, place)


def _from_torch(module: Any) -> LayeredNetwork:
    steps = list(_torch_steps(module, "the module"))
    affine = next((step for step in steps if step is not None), None)
    if affine is None:
        raise InputError("the module has no Linear layer, so it does not say how many columns it takes")
    size = len(affine.weights[0])
    for step in steps:
        if step is not None and len(step.weights[0]) != size:
            raise InputError(f"the module: a Linear takes {len(step.weights[0])} numbers, but {size} come in")
        size = size if step is None else len(step.biases)
    return layers_of(steps, len(affine.weights[0]))


def _torch_steps(module: Any, place: str) -> Iterator[Step]:
    kind = type(module).__name__
    if kind == "Sequential":
        for name, child in module.named_children():
            yield from _torch_steps(child, f"{place}, {name}")
    elif kind == "Linear":
        weights = exact_matrix(module.weight.detach().cpu().tolist(), f"{place}: row")
        zero = [0] * len(weights)
        yield Layer(weights, exact_vector(zero if module.bias is None else module.bias.detach().cpu().tolist()))
    elif kind == "ReLU":
        yield None
    elif kind not in _UNCHANGED:
        raise InputError(
            f"{place} is a {kind}; only Sequential, Linear, ReLU, {', '.join(_UNCHANGED)} can be read exactly: "
            "write the network as a Sequential of these"
        )
