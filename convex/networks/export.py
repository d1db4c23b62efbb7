"""Export of networks to other tools, in float64: weight matrices, PyTorch modules, ONNX models (extra `sgd`).

W_l, b_l   weights and biases of layer l of a network
A, B, c    those of one output: all neurons of all sub-networks, shape (M, d); second layer, (K, M), zero outside each
           sub-network's own neurons; output weights, (K,):  f(x) = c.(B (A x)_+)_+

The rational weights are rounded to the nearest floats; the outputs are the exact network's up to rounding. A trained
model takes its d columns and adds the column of ones itself. One output has shape (n,), k of them (n, k). PyTorch and
onnx are imported where they are used; this module can be imported without them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from arrangements.arguments import check_kind, read_path
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Matrix
from convex.networks.network import Network
from convex.networks.trained_model import TrainedModel
from convex.problem.arguments import check_counts
from convex.problem.optional_packages import needed

_OPSET, _IR_VERSION = 17, 8  # of 2022, which every runtime reads

Exportable = Network | TrainedModel | LayeredNetwork


def matrices(network: Network, columns: int) -> tuple[Floats, Floats, Floats]:
    """Round the weights of one output to floats: A, B and c; the empty network is one dead neuron.

    Args:
        network: sub-networks, of any widths.
        columns: d, numbers in a row of the data.

    Raises:
        InputError: columns below 1, or not the length of the first-layer weights.

    Example:
        >>> a, b, c = matrices(Network(()), 2)
        >>> a.shape, b.shape, c.shape
        ((1, 2), (1, 1), (1,))
    """
    first, second, output = (_floats(layer.weights) for layer in layered_of(network, columns).layers)
    return first, second, output[0]


def to_torch(network: Exportable, columns: int | None = None) -> Any:
    """Make the network a `torch.nn.Module` in float64, from rows of shape (n, d) to outputs of shape (n,) or (n, k).

    Args:
        network: a network, a trained model with all its outputs, or layers; a model's classes are those of its outputs.
        columns: d, numbers in a row of the data; needed where the network does not say it.

    Raises:
        InputError: PyTorch is not installed, or columns do not fit.

    Example:
        >>> to_torch(Network(()), 0)
        Traceback (most recent call last):
        arrangements.errors.InputError: columns is 0; it must be an integer of at least 1
    """
    layered = layered_of(network, columns)
    torch = needed("torch")
    layers: list[Any] = []
    for weights, biases in layered.layers:
        biased = any(biases)
        shape = len(weights[0]), len(weights)
        layer = torch.nn.utils.skip_init(torch.nn.Linear, *shape, bias=biased, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(_floats(weights)))
            if biased:
                layer.bias.copy_(torch.from_numpy(_floats((biases,))[0]))
        layers += [layer, torch.nn.ReLU()]
    last = [torch.nn.Flatten(0)] if layered.outputs == 1 else []
    return torch.nn.Sequential(*layers[:-1], *last)


def to_onnx(network: Exportable, columns: int | None = None, path: str | Path | None = None) -> bytes:
    """Write the network as an ONNX model in float64, from `rows` of shape (n, d) to `outputs` of shape (n,) or (n, k).

    Where a trained model has classes, a second output `class` of shape (n,) is the place of each row's class, from 0;
    the metadata of the model names classes, columns and targets, as JSON.

    Args:
        network: a network, a trained model with all its outputs, or layers.
        columns: d, numbers in a row of the data; needed where the network does not say it.
        path: where to write the model too, if anywhere.

    Returns:
        The model as the bytes of an .onnx file.

    Raises:
        InputError: onnx is not installed, columns do not fit, or the file cannot be written.

    Example:
        >>> to_onnx(Network(()), 0)
        Traceback (most recent call last):
        arrangements.errors.InputError: columns is 0; it must be an integer of at least 1
    """
    layered = layered_of(network, columns)
    place = None if path is None else read_path(path)
    needed("onnx")
    helper, numpy_helper = needed("onnx.helper"), needed("onnx.numpy_helper")
    types = needed("onnx").TensorProto
    classes = network.classes if isinstance(network, TrainedModel) else ()
    one = layered.outputs == 1
    steps, weights = _onnx_steps(layered)
    shape = ["n"] if one else ["n", layered.outputs]
    results = [helper.make_tensor_value_info("outputs", types.DOUBLE, shape)]
    if classes:
        results.append(helper.make_tensor_value_info("class", types.INT64, ["n"]))
        steps += _onnx_decision(one, types.INT64)
        weights |= {"zero": np.float64(0)} if one else {}
    graph = helper.make_graph(
        [helper.make_node(kind, inputs, [output], **options) for kind, inputs, output, options in steps],
        "three-layer ReLU network",
        [helper.make_tensor_value_info("rows", types.DOUBLE, ["n", layered.inputs])],
        results,
        [numpy_helper.from_array(np.ascontiguousarray(values), name) for name, values in weights.items()],
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=_IR_VERSION, producer_name="multilayer")
    helper.set_model_props(model, _metadata(network))
    needed("onnx.checker").check_model(model)
    data: bytes = model.SerializeToString()
    if place is not None:
        try:
            place.write_bytes(data)
        except OSError as error:
            raise InputError(f"cannot write {place}: {error.strerror}") from error
    return data


_Step = tuple[str, list[str], str, dict[str, Any]]  # operator, inputs, output, attributes


def _onnx_steps(layered: LayeredNetwork) -> tuple[list[_Step], dict[str, Any]]:
    """The operators from `rows` to `outputs`, and the arrays that they use."""
    steps: list[_Step] = []
    arrays: dict[str, Any] = {}
    value, last = "rows", len(layered.layers)
    for number, (weights, biases) in enumerate(layered.layers, start=1):
        w = _floats(weights).T
        end = "outputs" if number == last else f"sums {number}"
        arrays[f"weights {number}"] = w[:, 0] if number == last and layered.outputs == 1 else w
        biased = any(biases)
        product = f"products {number}" if biased else end
        steps.append(("MatMul", [value, f"weights {number}"], product, {}))
        if biased:
            arrays[f"biases {number}"] = _floats((biases,))[0]
            steps.append(("Add", [product, f"biases {number}"], end, {}))
        if number < last:
            value = f"hidden {number}"
            steps.append(("Relu", [end], value, {}))
    return steps, arrays


def _onnx_decision(one: bool, integer: int) -> list[_Step]:
    """The operators from `outputs` to `class`: above 0 for two classes, the first of the largest for more."""
    if one:
        return [
            ("Greater", ["outputs", "zero"], "is second", {}),
            ("Cast", ["is second"], "class", {"to": integer}),
        ]
    return [("ArgMax", ["outputs"], "class", {"axis": 1, "keepdims": 0})]


def _metadata(network: Exportable) -> dict[str, str]:
    if not isinstance(network, TrainedModel):
        return {}
    known = {"columns": network.columns, "targets": network.targets, "classes": network.classes}
    return {name: json.dumps(value) for name, value in known.items() if value}


def layered_of(network: Exportable, columns: int | None) -> LayeredNetwork:
    """Write a network layer by layer, for that number of columns.

    Args:
        network: as for `to_torch`.
        columns: d, or None where the network says it.

    Raises:
        InputError: columns do not fit, or are needed.

    Example:
        >>> layered_of(Network(()), 2).inputs
        2
    """
    if columns is not None or isinstance(network, Network):
        check_counts(columns=columns)
    if isinstance(network, LayeredNetwork):
        if columns not in (None, network.inputs):
            raise InputError(f"the network takes {network.inputs} columns, not {columns}")
        return network
    if isinstance(network, TrainedModel):
        return network.layered(columns)
    check_kind(network, Network, "network", "give the network of a solution")
    for k, part in enumerate(network.subnetworks, start=1):
        for w in part.first:
            if len(w) != columns:
                raise InputError(f"sub-network {k} takes {len(w)} columns, not {columns}")
    return TrainedModel((network,)).layered(columns)


def _floats(weights: Matrix) -> Floats:
    """The nearest floats.

    Raises:
        InputError: a weight is too large for a float.
    """
    try:
        return np.array([[float(value) for value in row] for row in weights])
    except OverflowError:
        raise InputError("a weight is too large for a float, so the network cannot be exported") from None
