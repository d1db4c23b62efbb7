"""Networks of PyTorch and ONNX read exactly: there and back, by outputs, and what is refused."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from arrangements import InputError, Layer, LayeredNetwork
from convex import Network, SubNetwork, TrainedModel, to_layered, to_onnx, to_torch
from convex.networks.layer_steps import layers_of

ONE = Fraction(1)
PART = SubNetwork(((ONE, -ONE),), (ONE,), -ONE)


def network(*sizes, biased=True):
    normal = np.random.default_rng(0).standard_normal
    return LayeredNetwork.read([(normal((b, a)), normal(b) if biased else None) for a, b in pairwise(sizes)])


def rounded(layered):
    """The same network with float weights."""
    return LayeredNetwork(tuple(Layer(*(_floats(part) for part in layer)) for layer in layered.layers))


def _floats(values):
    return tuple(_floats(x) if isinstance(x, tuple) else Fraction(float(x)) for x in values)


def test_networks_of_the_project():
    model = TrainedModel((Network((PART,)),), bias=True)
    assert to_layered(model) == model.layered()
    assert to_layered(Network((PART,)), 2) == TrainedModel((Network((PART,)),)).layered(2)
    layered = network(2, 3, 1)
    assert to_layered(layered) is layered
    with pytest.raises(InputError, match="the network takes 2 columns, not 3"):
        to_layered(layered, 3)
    with pytest.raises(InputError, match="columns is None"):
        to_layered(Network((PART,)))


def test_files(tmp_path):
    path = tmp_path / "n.network.json"
    model = TrainedModel((Network((PART,)),), columns=("a",), bias=True)
    model.write(path)
    assert to_layered(path) == to_layered(str(path)) == model.layered()
    layers = tmp_path / "l.json"
    layers.write_text('{"layers": [{"weights": [["1/3", 2]]}]}')
    assert to_layered(layers) == LayeredNetwork.read([([["1/3", 2]], None)])
    with pytest.raises(InputError, match=r"none\.json"):
        to_layered(tmp_path / "none.json")


def test_steps_in_any_order():
    """A ReLU at either end, two in a row, and maps in a row compute what they say."""
    double, shift = Layer(((ONE * 2,),), (ONE,)), Layer(((ONE,),), (-ONE * 3,))
    for steps in ([None, double], [double, None], [double, None, None, shift], [double, shift, None, shift, double]):
        layered = layers_of(steps, 1)
        for x in map(Fraction, range(-4, 5)):
            y = x
            for step in steps:
                y = max(y, Fraction(0)) if step is None else step.weights[0][0] * y + step.biases[0]
            assert layered.predict([(x,)]) == ((y,),)


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 4, 3, 2), (3, 2)])
@pytest.mark.parametrize("biased", [True, False])
def test_modules_there_and_back(sizes, biased):
    torch = pytest.importorskip("torch", reason="the extra sgd is not installed")
    layered = network(*sizes, biased=biased)
    module = to_torch(layered)
    assert to_layered(module) == rounded(layered)
    assert to_layered(torch.nn.Sequential(torch.nn.Flatten(), module, torch.nn.Identity())) == rounded(layered)
    single = module.float()
    x = torch.ones(1, sizes[0])
    exact = to_layered(single).predict([[1] * sizes[0]])[0]
    assert np.allclose(single(x).detach().numpy().ravel(), [float(v) for v in exact], atol=1e-5)


def test_modules_that_are_refused():
    nn = pytest.importorskip("torch", reason="the extra sgd is not installed").nn
    for module, message in [
        (nn.Sequential(nn.Linear(2, 2), nn.Tanh()), "the module, 1 is a Tanh; only Sequential, Linear, ReLU"),
        (nn.Sequential(nn.Linear(2, 3), nn.Linear(2, 1)), "a Linear takes 2 numbers, but 3 come in"),
        (nn.Sequential(nn.ReLU()), "no Linear layer"),
        (nn.Conv2d(1, 1, 1), "the module is a Conv2d"),
    ]:
        with pytest.raises(InputError, match=message):
            to_layered(module)


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 4, 3, 2), (3, 2)])
@pytest.mark.parametrize("biased", [True, False])
def test_onnx_there_and_back(sizes, biased, tmp_path):
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    layered = network(*sizes, biased=biased)
    assert to_layered(to_onnx(layered, path=tmp_path / "n.onnx")) == rounded(layered)
    assert to_layered(tmp_path / "n.onnx") == rounded(layered)


def test_onnx_of_a_model_with_classes():
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    model = TrainedModel((Network((PART,)), Network(()), Network(())), columns=("a", "b"), classes=("x", "y", "z"))
    assert to_layered(to_onnx(model)) == rounded(model.layered())


def made(*nodes, constants=(), columns=2, output="y"):
    """An ONNX model of nodes from x to y."""
    onnx = pytest.importorskip("onnx", reason="the extra sgd is not installed")
    helper, types = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node(kind, inputs, outputs, **options) for kind, inputs, outputs, options in nodes],
        "made",
        [helper.make_tensor_value_info("x", types.FLOAT, ["n", columns])],
        [helper.make_tensor_value_info(output, types.FLOAT, None)],
        [onnx.numpy_helper.from_array(np.array(value, np.float32), name) for name, value in dict(constants).items()],
    )
    return helper.make_model(graph).SerializeToString()


def test_operators():
    constants = {"W": [[1, 2], [3, 4]], "c": [5, 6], "one": [1]}
    found = to_layered(
        made(
            ("Gemm", ["x", "W", "c"], ["a"], {"transB": 1, "alpha": 2.0, "beta": 0.5}),
            ("Relu", ["a"], ["b"], {}),
            ("MatMul", ["b", "W"], ["d"], {}),
            ("Sub", ["c", "d"], ["e"], {}),
            ("Add", ["one", "e"], ["f"], {}),
            ("Sub", ["f", "c"], ["y"], {}),
            constants=constants,
        )
    )
    assert found == LayeredNetwork.read([([[2, 4], [6, 8]], ["5/2", 3]), ([[-1, -3], [-2, -4]], [1, 1])])


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([("Tanh", ["x"], ["y"], {})], r"\(Tanh\): only Gemm, MatMul, Add, Sub, Relu"),
        ([("Relu", ["x"], ["a"], {}), ("Add", ["a", "x"], ["y"], {})], "it takes 2 computed values; only a chain"),
        ([("MatMul", ["W", "x"], ["y"], {})], "the rows of the data must be on the left"),
        ([("Gemm", ["x", "W"], ["y"], {"transA": 1})], "transA is 1"),
        ([("MatMul", ["x", "V"], ["y"], {})], "it takes 3 numbers, but 2 come in"),
        ([("Add", ["x", "d"], ["y"], {})], "3 numbers are added to 2"),
        ([("Flatten", ["x"], ["y"], {"axis": 0})], r"\(Flatten\): only"),
        ([("Cast", ["x"], ["y"], {"to": 7})], r"\(Cast\): only"),
        ([("Relu", ["z"], ["y"], {})], "'z' comes from no node"),
    ],
)
def test_onnx_that_is_refused(nodes, message):
    constants = {"W": [[1, 2], [3, 4]], "V": [[1], [2], [3]], "d": [1, 2, 3]}
    with pytest.raises(InputError, match=message):
        to_layered(made(*nodes, constants=constants))


def test_bytes_that_are_no_model():
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    with pytest.raises(InputError, match="this is no ONNX model"):
        to_layered(b"nonsense")
