"""Exported networks predict what the exact ones do."""

import json
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.models import THIRDS, models, networks
from support.problems import FOUR_ROWS

from arrangements import LayeredNetwork
from arrangements.errors import InputError
from convex import Network, SubNetwork, TrainedModel, solve
from convex.networks.export import matrices, to_onnx, to_torch

TABLES = st.lists(st.tuples(*[THIRDS] * 3), min_size=1, max_size=5)


def by_hand(network, columns, x):
    first, second, output = matrices(network, columns)
    return np.maximum(np.maximum(x @ first.T, 0) @ second.T, 0) @ output


def by_torch(network, columns, x):
    torch = pytest.importorskip("torch")
    with torch.no_grad():
        return to_torch(network, columns)(torch.from_numpy(x)).numpy()


def by_onnx(network, columns, x):
    onnx = pytest.importorskip("onnx.reference")
    proto = pytest.importorskip("onnx").load_from_string(to_onnx(network, columns))
    return onnx.ReferenceEvaluator(proto).run(None, {"rows": x})[0]


def by_onnxruntime(network, columns, x):
    pytest.importorskip("onnx")
    runtime = pytest.importorskip("onnxruntime")
    session = runtime.InferenceSession(to_onnx(network, columns), providers=["CPUExecutionProvider"])
    return session.run(None, {"rows": x})[0]


TOOLS = [by_hand, by_torch, by_onnx, by_onnxruntime]


def check(tool, network, rows):
    x = np.array(rows, dtype=np.float64)
    found = tool(network, x.shape[1], x)
    assert found.shape == (len(x),)
    assert found.dtype == np.float64
    exact = [float(value) for value in network.predict([tuple(map(Fraction, row)) for row in x.tolist()])]
    np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("tool", TOOLS)
def test_any_network(tool):
    @settings(max_examples=60 if tool is by_hand else 20)
    @given(networks(), TABLES)
    def agree(network, rows):
        check(tool, network, rows)

    agree()


@pytest.mark.parametrize("tool", TOOLS)
def test_empty_network(tool):
    check(tool, Network(()), [[1, 2], [3, 4]])


@pytest.mark.parametrize("tool", TOOLS)
def test_certified_network(tool):
    network = solve(FOUR_ROWS, 2).network
    check(tool, network, FOUR_ROWS.x)
    check(tool, network, np.random.default_rng(0).standard_normal((100, 2)))


@pytest.mark.parametrize("tool", TOOLS)
def test_widths_are_not_mixed_up(tool):
    """Sub-networks of widths 1 and 2; the second-layer matrix is block diagonal."""
    one, two = Fraction(1), Fraction(2)
    parts = SubNetwork(((one, two),), (-one,), two), SubNetwork(((one, -one), (two, one)), (one, two), -one)
    check(tool, Network(parts), [[1, 2], [-1, 2], [3, -1], [0, 0]])
    assert matrices(Network(parts), 2)[1].tolist() == [[-1, 0, 0], [0, 1, 2]]


def torch_outputs(network, x):
    torch = pytest.importorskip("torch")
    with torch.no_grad():
        return to_torch(network)(torch.from_numpy(x)).numpy(), None


def onnx_outputs(network, x):
    pytest.importorskip("onnx")
    runtime = pytest.importorskip("onnxruntime")
    found = runtime.InferenceSession(to_onnx(network), providers=["CPUExecutionProvider"]).run(None, {"rows": x})
    return found if len(found) == 2 else (found[0], None)


@pytest.mark.parametrize("tool", [torch_outputs, onnx_outputs])
def test_models(tool):
    """Several outputs, bias and classes in one model that takes the d columns of the data."""

    @settings(max_examples=40)
    @given(models(), TABLES)
    def agree(model, rows):
        rows = [row[: 3 - model.bias] for row in rows]
        x = np.array(rows, dtype=np.float64)
        found, places = tool(model, x)
        held = model.predict([tuple(map(Fraction, row)) for row in x.tolist()])
        exact = np.array([[float(value) for value in row] for row in held])
        assert found.dtype == np.float64
        np.testing.assert_allclose(found, exact[:, 0] if exact.shape[1] == 1 else exact, rtol=1e-12, atol=1e-12)
        if places is not None:
            assert places.dtype == np.int64
            best = found.argmax(axis=1) if len(model.classes) > 2 else found > 0  # ties as the floats have them
            assert places.tolist() == best.astype(int).tolist()
            for row, values, place in zip(held, exact, places, strict=True):
                if len(set(np.round([*values, 0.0], 9))) > len(values):
                    assert model.decide(row) == model.classes[place]
        assert (places is None) == (tool is torch_outputs or not model.classes)

    agree()


@pytest.mark.parametrize("tool", [torch_outputs, onnx_outputs])
def test_layers_with_biases(tool):
    layers = [{"weights": [[1, 2], [-1, "1/2"]], "biases": [0, -1]}, {"weights": [["1/3", 1]], "biases": ["1/7"]}]
    network = LayeredNetwork.from_json({"layers": layers}, "f")
    x = np.array([[1.0, 2.0], [-3.0, 1.0], [0.0, 5.0]])
    exact = [float(value) for (value,) in network.predict([tuple(map(Fraction, row)) for row in x.tolist()])]
    np.testing.assert_allclose(tool(network, x)[0], exact, rtol=1e-12)


def test_onnx_names_what_it_is():
    onnx = pytest.importorskip("onnx")
    model = TrainedModel((Network(()),), columns=("a", "b"), targets=("kind",), classes=("no", "yes"), bias=True)
    proto = onnx.load_from_string(to_onnx(model))
    properties = {entry.key: json.loads(entry.value) for entry in proto.metadata_props}
    assert properties == {"columns": ["a", "b"], "targets": ["kind"], "classes": ["no", "yes"]}
    assert [result.name for result in proto.graph.output] == ["outputs", "class"]


def test_onnx_file(tmp_path):
    onnx = pytest.importorskip("onnx")
    network = solve(FOUR_ROWS, 1).network
    data = to_onnx(network, 2, tmp_path / "network.onnx")
    assert (tmp_path / "network.onnx").read_bytes() == data == to_onnx(network, 2)
    model = onnx.load(tmp_path / "network.onnx")
    assert [node.op_type for node in model.graph.node] == ["MatMul", "Relu", "MatMul", "Relu", "MatMul"]
    with pytest.raises(InputError, match=r"^cannot write .*: Is a directory$"):
        to_onnx(network, 2, tmp_path)


def test_torch_module_trains_on():
    torch = pytest.importorskip("torch")
    module = to_torch(solve(FOUR_ROWS, 1).network, 2)
    assert isinstance(module, torch.nn.Module)
    assert all(weight.dtype == torch.float64 and weight.requires_grad for weight in module.parameters())


def test_making_a_module_draws_no_random_numbers():
    torch = pytest.importorskip("torch")
    before = torch.random.get_rng_state()
    to_torch(solve(FOUR_ROWS, 1).network, 2)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("export", [to_torch, to_onnx])
def test_bad_columns(export):
    network = Network((SubNetwork(((Fraction(1),),), (Fraction(1),), Fraction(1)),))
    with pytest.raises(InputError, match=r"^sub-network 1 takes 1 columns, not 2$"):
        export(network, 2)
    with pytest.raises(InputError, match=r"^columns is 0; it must be an integer of at least 1$"):
        export(Network(()), 0)


@pytest.mark.parametrize("export", [to_torch, to_onnx])
def test_models_that_do_not_fit(export):
    model = TrainedModel((Network(()),), columns=("a", "b"))
    with pytest.raises(InputError, match=r"^the network takes 2 columns, not 3$"):
        export(model, 3)
    with pytest.raises(InputError, match="say how many columns it takes"):
        export(TrainedModel((Network(()),)))
    one = Fraction(1)
    narrow = TrainedModel((Network((SubNetwork(((one,),), (one,), one),)),), columns=("a",), bias=True)
    with pytest.raises(InputError, match=r"^a neuron has 1 weights; with 1 columns and a bias it needs 2$"):
        export(narrow)
    with pytest.raises(InputError, match=r"^the network takes 1 columns, not 2$"):
        export(LayeredNetwork.from_json({"layers": [{"weights": [[1]]}]}, "f"), 2)


@pytest.mark.parametrize(("export", "name"), [(to_torch, "torch"), (to_onnx, "onnx")])
def test_missing_package(export, name, monkeypatch):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError) as caught:
        export(Network(()), 2)
    assert str(caught.value) == f'this needs {name}: pip install ".[sgd]" in a clone of the project'


def test_weights_beyond_the_floats():
    network = Network((SubNetwork(((Fraction(10**400),),), (Fraction(1),), Fraction(1)),))
    with pytest.raises(InputError, match="too large for a float"):
        matrices(network, 1)
