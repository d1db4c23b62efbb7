"""The pip packages regioncam and relucent on a network: how many activation regions they find.

Both work in floating point. regioncam (float32, one or two inputs) keeps the regions of a square and cuts them neuron
by neuron; relucent (any number of inputs) walks from region to region of the whole space, by linear programs of Gurobi.
"""

from collections import OrderedDict
from importlib.util import find_spec

import numpy as np

from arrangements import LayeredNetwork

INSTALLED = tuple(name for name in ("regioncam", "relucent") if find_spec(name))


def regioncam_regions(network: LayeredNetwork, size: float) -> int:
    """The regions of a network of two inputs in the square [-size, size]^2."""
    import regioncam

    complex = regioncam.Regioncam(size=size)
    for weights, biases in network.layers[:-1]:
        complex.linear(np.array(weights, dtype=np.float32).T.copy(), np.array(biases, dtype=np.float32))
        complex.relu()
    return int(complex.num_faces)


def relucent_regions(network: LayeredNetwork) -> int:
    """The regions that a breadth-first search over the whole space finds, without the verification at its end."""
    import relucent
    from relucent.model.builders import LinearLayer, ReLULayer, ReLUNetwork

    layers = OrderedDict()
    for number, (weights, biases) in enumerate(network.layers):
        layers[f"sum {number}"] = LinearLayer(weight=np.array(weights, dtype=float), bias=np.array(biases, dtype=float))
        if number < len(network.layers) - 1:
            layers[f"activation {number}"] = ReLULayer()
    found = relucent.Complex(ReLUNetwork(layers, input_shape=(network.inputs,)))
    start = np.random.default_rng(0).standard_normal(network.inputs) / 8
    found.bfs(start=start, nworkers=1, verify=False, verbose=0)
    return len(found)
