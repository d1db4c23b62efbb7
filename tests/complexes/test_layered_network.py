"""Networks of layers: exact outputs, and files that are refused with the place."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.models import THIRDS

from arrangements import Layer, LayeredNetwork
from arrangements.errors import InputError


def by_definition(network, x):
    """Layer by layer in fractions."""
    for k, (weights, biases) in enumerate(network.layers):
        x = [sum((w * v for w, v in zip(row, x, strict=True)), b) for row, b in zip(weights, biases, strict=True)]
        x = x if k == len(network.layers) - 1 else [max(v, Fraction(0)) for v in x]
    return tuple(x)


@st.composite
def layered(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    rows = [
        {
            "weights": [[str(draw(THIRDS)) for _ in range(a)] for _ in range(b)],
            "biases": [str(draw(THIRDS)) for _ in range(b)],
        }
        for a, b in pairwise(sizes)
    ]
    return LayeredNetwork.from_json({"layers": rows}, "f")


@given(layered(), st.data())
def test_outputs(network, data):
    rows = data.draw(st.lists(st.tuples(*[THIRDS] * network.inputs), max_size=3))
    assert network.predict(rows) == tuple(by_definition(network, row) for row in rows)
    assert all(len(row) == network.outputs for row in network.predict(rows))


def test_rows_of_another_length():
    network = LayeredNetwork.from_json({"layers": [{"weights": [[1, 2]], "biases": [1]}]}, "f")
    with pytest.raises(InputError, match=r"^row 2 has 3 columns where row 1 has 2$"):
        network.predict([(Fraction(1),) * 2, (Fraction(1),) * 3])


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "layers: there is none"),
        ({}, "layers: an object is no list"),
        ([1], "layers, entry 1: 1 is no object"),
        ([{"biases": [1]}], "layers, entry 1: weights is missing"),
        ([{"weights": []}], "layers, entry 1: weights: a layer needs at least one neuron"),
        ([{"weights": [[]]}], "layers, entry 1: weights: a layer needs at least one neuron"),
        ([{"weights": [[1], [1, 2]]}], "layers, entry 1: weights, entry 2: it has length 2"),
        ([{"weights": [[1]], "biases": [1, 2]}], "layers, entry 1: biases: there are 2 for 1 neurons"),
        ([{"weights": [[1]], "bias": [1]}], "layers, entry 1: the key 'bias' is unknown; it may have weights, biases"),
        (
            [{"weights": [[1]]}, {"weights": [[1, 1]]}],
            "layers, entry 2: weights: 2 in a row, but the layer before has 1",
        ),
        ([{"weights": [["1/0"]]}], "layers, entry 1: weights, entry 1, entry 1: '1/0' is no number"),
        ([{"weights": [[True]]}], "layers, entry 1: weights, entry 1, entry 1: true is no number"),
    ],
)
def test_wrong_layers(layers, message):
    with pytest.raises(InputError, match=f"^f: {message}"):
        LayeredNetwork.from_json({"layers": layers}, "f")


ONE = Fraction(1)


@pytest.mark.parametrize(
    "layers",
    [
        (),
        [Layer(((ONE,),), (ONE,))],
        (Layer(((ONE,),), (ONE, ONE)),),
        (Layer(((ONE,), (ONE, ONE)), (ONE, ONE)),),
        (Layer(((ONE,),), (ONE,)), Layer(((ONE, ONE),), (ONE,))),
        (Layer(((0.5,),), (ONE,)),),
        ((((ONE,),), (ONE,)),),
    ],
)
def test_layers_that_are_none(layers):
    with pytest.raises(InputError, match=r"make a network with LayeredNetwork\.read"):
        LayeredNetwork(layers)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (3, "layers is 3; give a list of pairs"),
        ([], "layers: there is none"),
        ([[[1]]], "layer 1: .* is no pair"),
        ([([[1]], [1, 2])], "layer 1: there are 2 biases for 1 neurons"),
        ([([[1]], None), ([[1, 2]], None)], "layer 2: 2 weights in a row, but the layer before has 1 neurons"),
        ([([[1, "x"]], None)], "layer 1: neuron 1, column 2: 'x' is not a finite number"),
        ([([[1]], [float("nan")])], "layer 1: bias 1: nan is not a finite number"),
    ],
)
def test_pairs_that_are_refused(layers, message):
    with pytest.raises(InputError, match=f"^{message}"):
        LayeredNetwork.read(layers)


def test_arrays_are_read_exactly():
    network = LayeredNetwork.read([(np.array([[0.1]]), np.array([1], dtype=np.float32)), ([["0.1"]], None)])
    assert network.layers[0].weights[0][0] == Fraction(0.1) != network.layers[1].weights[0][0] == Fraction(1, 10)
