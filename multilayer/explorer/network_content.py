"""A network as the content of a page: the neurons of its first layer as the rows, the later layers beside them.

The neuron (w.x + b)_+ of the first layer is the row w with the offset -b: its hyperplane w.x = -b lies in the space of
inputs, where the page shows the arrangement.
"""

from collections.abc import Sequence

from arrangements.complexes.layered_network import Layer
from arrangements.errors import InputError
from multilayer.explorer.contents import MOST_ROWS, Content, arrangement_content, exact_texts
from multilayer.io.networks import NetworkRead
from multilayer.io.tables import Table


def first_layer_table(network: NetworkRead, name: str) -> Table:
    """The first layer as a table: one row a neuron, with offsets.

    Args:
        network: with any number of inputs.
        name: what it is called.

    Raises:
        InputError: it has no hidden layer, or too many neurons.

    Example:
        >>> from arrangements.complexes.layered_network import LayeredNetwork
        >>> from convex.networks.trained_model import Description
        >>> layers = {"layers": [{"weights": [[1, 2]], "biases": [3]}, {"weights": [[1]]}]}
        >>> table = first_layer_table(NetworkRead(LayeredNetwork.from_json(layers, "here"), Description()), "here")
        >>> print(*table.x[0], table.offsets[0], table.columns)
        1 2 -3 ('input 1', 'input 2')
    """
    layers = network.layers.layers
    if len(layers) < 2:
        raise InputError(
            f"{name}: a network of one layer is affine, with nothing to fold; give one with a hidden layer"
        )
    neurons = sum(len(layer.biases) for layer in layers[:-1])
    if neurons > MOST_ROWS:
        raise InputError(
            f"{name}: it has {neurons:,} neurons in hidden layers, and a page shows {MOST_ROWS} at most; "
            'count its regions by "multilayer complex"'
        )
    first, about = layers[0], network.about
    inputs = network.layers.inputs
    named = about.columns if about.columns is not None and len(about.columns) == inputs else None
    return Table(
        name,
        first.weights,
        tuple(-bias for bias in first.biases),
        columns=named or tuple(f"input {k + 1}" for k in range(inputs)),
    )


def network_content(network: NetworkRead, name: str) -> Content:
    """The content of a network.

    Args:
        network: with one hidden layer or more, and any number of inputs.
        name: what it is called.

    Raises:
        InputError: it has no hidden layer, or too many neurons.
    """
    later = network.layers.layers[1:]
    content = arrangement_content(first_layer_table(network, name))
    outputs = network.layers.outputs
    named = network.about.targets if len(network.about.targets) == outputs else ()
    return {
        **content,
        "kind": "network",
        "layers": layers_texts(later),
        "outputs": list(named) or [f"output {k + 1}" for k in range(outputs)],
    }


def layers_texts(layers: Sequence[Layer]) -> list[dict[str, object]]:
    """Layers as exact text, for the page.

    Args:
        layers: any.

    Example:
        >>> from fractions import Fraction
        >>> layers_texts([Layer(((Fraction(1, 2), Fraction(-1)),), (Fraction(0),))])
        [{'weights': [['1/2', '-1']], 'biases': ['0']}]
    """
    return [
        {"weights": [exact_texts(row) for row in weights], "biases": exact_texts(biases)} for weights, biases in layers
    ]
