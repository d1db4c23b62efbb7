"""Exported networks predict what the exact ones do."""

import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import FOUR_ROWS

from arrangements.errors import InputError
from convex import Network, SubNetwork, solve
from convex.problem.export import matrices, to_onnx, to_torch

THIRDS = st.integers(-9, 9).map(lambda k: Fraction(k, 3))


@st.composite
def networks(draw, columns=3):
    """Up to three sub-networks, of widths 0 to 3."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        width = draw(st.integers(0, 3))
        first = draw(st.lists(st.tuples(*[THIRDS] * columns), min_size=width, max_size=width))
        second = draw(st.lists(THIRDS, min_size=width, max_size=width))
        parts.append(SubNetwork(tuple(first), tuple(second), draw(THIRDS)))
    return Network(tuple(parts))


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


@pytest.mark.parametrize(("export", "name"), [(to_torch, "torch"), (to_onnx, "onnx")])
def test_missing_package(export, name, monkeypatch):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError) as caught:
        export(Network(()), 2)
    assert str(caught.value) == f'this needs {name}: pip install "multilayer-arrangements[sgd]"'
