"""ONNX models of affine maps and ReLUs, read exactly: Gemm, MatMul, Add, Sub, Relu, and what changes no number.

The first output of the model is followed back to its input; other outputs, such as the class, are left aside. Float
initialisers are the dyadic rationals that they hold.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from arrangements import InputError, Layer, LayeredNetwork
from arrangements.errors import shown
from arrangements.exact.numbers import Vector, exact_matrix, exact_number, exact_vector
from convex.networks.layer_steps import Step, identity, layers_of
from convex.problem.optional_packages import needed

_UNCHANGED = ("Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast")
_AFFINE = ("Gemm", "MatMul", "Add", "Sub")
_Constants = Mapping[str, Any]  # arrays by their names


def read_onnx(content: bytes, place: str) -> LayeredNetwork:
    """Read an ONNX model.

    Args:
        content: the bytes of an .onnx file.
        place: what it is called in messages.

    Raises:
        InputError: onnx is not installed, or this is no model of affine maps and ReLUs; with the node.
    """
    onnx = needed("onnx")
    try:
        graph = onnx.load_model_from_string(content).graph
    except Exception as error:  # of protobuf, which onnx hands through
        raise InputError(f"{place}: this is no ONNX model: {' '.join(str(error).split())[:100]}") from error
    if not graph.output or not graph.node:
        raise InputError(f"{place}: this is no ONNX model with nodes and an output")
    constants = _constants(graph)
    chain = list(_chain(graph, constants, place))[::-1]
    inputs = size = _declared(graph, chain[0][1])
    steps: list[Step] = []
    for node, value in chain:
        where = f"{place}: node {node.name or node.output[0]} ({node.op_type})"
        if node.op_type in _AFFINE:
            step = _affine(node, value, constants, size, where)
            if size not in (None, len(step.weights[0])):
                raise InputError(f"{where}: it takes {len(step.weights[0])} numbers, but {size} come in")
            inputs, size = inputs or len(step.weights[0]), len(step.biases)
            steps.append(step)
        elif node.op_type == "Relu":
            steps.append(None)
        elif node.op_type not in _UNCHANGED or not _keeps_rows(node, constants, size):
            known = ", ".join((*_AFFINE, "Relu", *_UNCHANGED))
            raise InputError(
                f"{where}: only {known} can be read, and these only where they keep every row; export the network so"
            )
    if inputs is None:
        raise InputError(f"{place}: the ONNX model has no weights that say how many columns it takes")
    return layers_of(steps, inputs)


def _constants(graph: Any) -> dict[str, Any]:
    """The arrays of a graph: its initialisers, its constants, and those turned over or renamed."""
    numpy_helper = needed("onnx.numpy_helper")
    found = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    for node in graph.node:
        values = {entry.name: entry for entry in node.attribute}
        if node.op_type == "Constant" and "value" in values:
            found[node.output[0]] = numpy_helper.to_array(values["value"].t)
        elif node.op_type == "Identity" and node.input[0] in found:
            found[node.output[0]] = found[node.input[0]]
        elif node.op_type == "Transpose" and node.input[0] in found:
            axes = list(values["perm"].ints) if "perm" in values else None
            found[node.output[0]] = np.transpose(found[node.input[0]], axes)
    return found


def _chain(graph: Any, constants: _Constants, place: str) -> Iterator[tuple[Any, str]]:
    """The nodes from the first output back to the input, each with the name of the value that it takes."""
    makers = {name: node for node in graph.node for name in node.output}
    sources = {entry.name for entry in graph.input} - set(constants)
    name = graph.output[0].name
    while name not in sources:
        node = makers.pop(name, None)
        if node is None:
            raise InputError(f"{place}: the value {name!a} comes from no node and no input of the ONNX model")
        inputs = node.input[:1] if node.op_type in _UNCHANGED else node.input  # others say the shape
        values = [value for value in inputs if value and value not in constants]
        if len(values) != 1:
            where = f"{place}: node {node.name or node.output[0]} ({node.op_type})"
            raise InputError(f"{where}: it takes {len(values)} computed values; only a chain of layers can be read")
        name = values[0]
        yield node, name
    if name == graph.output[0].name:
        raise InputError(f"{place}: the output of the ONNX model is its input")


def _declared(graph: Any, name: str) -> int | None:
    """The numbers in one row of an input, where the model says so."""
    entry = next(entry for entry in graph.input if entry.name == name)
    sizes = [axis.dim_value for axis in entry.type.tensor_type.shape.dim]
    return sizes[-1] or None if sizes else None


def _keeps_rows(node: Any, constants: _Constants, size: int | None) -> bool:
    """Whether a node of `_UNCHANGED` leaves every row of that many numbers as it is."""
    values = {entry.name: entry for entry in node.attribute}
    if node.op_type == "Cast":
        types = needed("onnx").TensorProto
        return values["to"].i in (types.FLOAT, types.DOUBLE, types.FLOAT16)
    if node.op_type in ("Identity", "Dropout") or size == 1:
        return True
    if node.op_type == "Flatten":
        return "axis" not in values or values["axis"].i == 1
    shape = np.ravel(constants[node.input[1]]).tolist() if node.input[1:] and node.input[1] in constants else []
    return node.op_type == "Reshape" and shape in ([-1, size], [0, size], [0, -1])


def _affine(node: Any, value: str, constants: _Constants, size: int | None, where: str) -> Layer:
    """The affine map of a node, for rows of that many numbers."""
    place = list(node.input).index(value)
    other = np.asarray(constants[node.input[1 - place]])
    if node.op_type in ("Add", "Sub"):
        shift = exact_vector(np.ravel(other).tolist(), f"{where}: entry")
        size = size or len(shift)
        shift = _broadcast(shift, size, where)
        signs = (1, 1) if node.op_type == "Add" else (1, -1) if place == 0 else (-1, 1)
        weights = tuple(tuple(signs[0] * x for x in row) for row in identity(size).weights)
        return Layer(weights, tuple(signs[1] * x for x in shift))
    if place != 0 or np.ndim(other) not in (1, 2) or (node.op_type == "Gemm" and np.ndim(other) == 1):
        raise InputError(f"{where}: the rows of the data must be on the left of a constant matrix")
    options = {entry.name: entry for entry in node.attribute} if node.op_type == "Gemm" else {}
    if "transA" in options and options["transA"].i:
        raise InputError(f"{where}: transA is {options['transA'].i}; the rows of the data must not be turned over")
    turned = "transB" in options and options["transB"].i
    matrix = other if turned else np.atleast_2d(other) if np.ndim(other) == 1 else np.transpose(other)
    alpha, beta = (exact_number(options[name].f) if name in options else Fraction(1) for name in ("alpha", "beta"))
    weights = tuple(tuple(alpha * x for x in row) for row in exact_matrix(matrix.tolist(), f"{where}: row"))
    shift = (Fraction(0),)
    if len(node.input) > 2 and node.input[2]:
        shift = tuple(beta * x for x in exact_vector(np.ravel(constants[node.input[2]]).tolist(), f"{where}: entry"))
    return Layer(weights, _broadcast(shift, len(weights), where))


def _broadcast(shift: Vector, size: int, where: str) -> Vector:
    if len(shift) not in (1, size):
        raise InputError(f"{where}: {shown(len(shift))} numbers are added to {size}")
    return shift * (size // len(shift))
