"""Export of networks to other tools, in float64: weight matrices, PyTorch modules, ONNX models (extra `sgd`).

A      first-layer weights of all neurons of all sub-networks, shape (M, d)
B, c   second-layer weights, shape (K, M), zero outside each sub-network's own neurons; output weights, shape (K,)

    f(x) = c.(B (A x)_+)_+

The rational weights are rounded to the nearest floats; f is the exact network's up to rounding. PyTorch and onnx are
imported where they are used; this module can be imported without them.
"""

from pathlib import Path
from typing import Any

import numpy as np

from arrangements.arguments import check_kind
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from convex.problem.arguments import check_counts
from convex.problem.network import Network
from convex.problem.optional_packages import needed

_OPSET, _IR_VERSION = 17, 8  # of 2022, which every runtime reads


def matrices(network: Network, columns: int) -> tuple[Floats, Floats, Floats]:
    """Round the weights to floats: A, B and c; the empty network is one dead neuron.

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
    check_counts(columns=columns)
    check_kind(network, Network, "network", "give the network of a solution")
    for k, part in enumerate(network.subnetworks, start=1):
        for w in part.first:
            if len(w) != columns:
                raise InputError(f"sub-network {k} takes {len(w)} columns, not {columns}")
    widths = [part.width for part in network.subnetworks]
    first, second = np.zeros((max(sum(widths), 1), columns)), np.zeros((max(len(widths), 1), max(sum(widths), 1)))
    output = np.zeros(len(second))
    for k, part in enumerate(network.subnetworks):
        own = slice(sum(widths[:k]), sum(widths[: k + 1]))
        first[own] = np.array([[float(value) for value in w] for w in part.first]).reshape(-1, columns)
        second[k, own] = [float(value) for value in part.second]
        output[k] = float(part.output)
    return first, second, output


def to_torch(network: Network, columns: int) -> Any:
    """Make the network a `torch.nn.Module` in float64, from rows of shape (n, d) to outputs of shape (n,).

    Args:
        network: sub-networks, of any widths; may be empty.
        columns: d, numbers in a row of the data.

    Raises:
        InputError: PyTorch is not installed, or columns do not fit.

    Example:
        >>> to_torch(Network(()), 0)
        Traceback (most recent call last):
        arrangements.errors.InputError: columns is 0; it must be an integer of at least 1
    """
    first, second, output = matrices(network, columns)
    torch = needed("torch")
    layers = []
    for weights in (first, second, output[None]):
        shape = reversed(weights.shape)
        layer = torch.nn.utils.skip_init(torch.nn.Linear, *shape, bias=False, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weights))
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1], torch.nn.Flatten(0))


def to_onnx(network: Network, columns: int, path: str | Path | None = None) -> bytes:
    """Write the network as an ONNX model in float64, from `rows` of shape (n, d) to `outputs` of shape (n,).

    Args:
        network: sub-networks, of any widths; may be empty.
        columns: d, numbers in a row of the data.
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
    first, second, output = matrices(network, columns)
    needed("onnx")
    helper, numpy_helper = needed("onnx.helper"), needed("onnx.numpy_helper")
    double = needed("onnx").TensorProto.DOUBLE
    weights = {"first": first.T, "second": second.T, "output": output}
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["rows", "first"], ["neurons"]),
            helper.make_node("Relu", ["neurons"], ["hidden"]),
            helper.make_node("MatMul", ["hidden", "second"], ["sums"]),
            helper.make_node("Relu", ["sums"], ["parts"]),
            helper.make_node("MatMul", ["parts", "output"], ["outputs"]),
        ],
        "three-layer ReLU network",
        [helper.make_tensor_value_info("rows", double, ["n", columns])],
        [helper.make_tensor_value_info("outputs", double, ["n"])],
        [numpy_helper.from_array(np.ascontiguousarray(values), name) for name, values in weights.items()],
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=_IR_VERSION, producer_name="multilayer")
    needed("onnx.checker").check_model(model)
    data: bytes = model.SerializeToString()
    if path is not None:
        try:
            Path(path).write_bytes(data)
        except OSError as error:
            raise InputError(f"cannot write {path}: {error.strerror}") from error
    return data
