"""Fully connected ReLU networks with rational weights, layer by layer, and their exact outputs.

W_l, b_l   weights of layer l, one row a neuron, and its biases
h_l        its output:  h_l = (W_l h_{l-1} + b_l)_+, and without the ReLU in the last layer;  h_0 = x
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from numbers import Rational
from typing import NamedTuple

from arrangements.arguments import check_iterable, check_kind, read_list
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import Matrix, Vector, exact_matrix, exact_rows, exact_vector
from arrangements.exact.strict_json import entries, fields, matrix_in, vector_in

_READ = "LayeredNetwork.read(pairs of weights and biases)"
_IntegerRow = tuple[int, list[tuple[int, int]]]  # a bias, and the weights that are not zero with their places


class Layer(NamedTuple):
    """One layer: its weights, one row a neuron, and its biases.

    Example:
        >>> Layer(((Fraction(1), Fraction(-1)),), (Fraction(0),)).biases
        (Fraction(0, 1),)
    """

    weights: Matrix
    biases: Vector


@dataclass(frozen=True)
class LayeredNetwork:
    """A network of layers, each with at least one neuron and one input, with ReLU after all but the last.

    Example:
        >>> one = Fraction(1)
        >>> network = LayeredNetwork((Layer(((one,), (-one,)), (one, one)), Layer(((one, one),), (-one,))))
        >>> network.predict([(Fraction(0),), (Fraction(3),)])
        ((Fraction(1, 1),), (Fraction(3, 1),))
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        before = None
        if not isinstance(self.layers, tuple) or not self.layers:
            raise InputError(f"layers: {shown(self.layers)} is no tuple of layers; make a network with {_READ}")
        for number, layer in enumerate(self.layers, start=1):
            if not _is_layer(layer, before):
                raise InputError(
                    f"layer {number}: {shown(layer)} is no Layer of fractions that fits the one before; make a network "
                    f"with {_READ}"
                )
            before = len(layer.weights)

    @property
    def inputs(self) -> int:
        """Numbers in one row of the data."""
        return len(self.layers[0].weights[0])

    @property
    def outputs(self) -> int:
        """Numbers in one row of what it predicts."""
        return len(self.layers[-1].biases)

    def predict(self, x: Sequence[Vector]) -> Matrix:
        """Compute the exact outputs, one row for each row of the data.

        In integers: a layer of denominators with least common multiple q, after one in units of 1/p, is one in units
        of 1/(p q), as the ReLU keeps positive factors.

        Args:
            x: rows of exact numbers.

        Raises:
            InputError: the rows are no table of numbers, or have another length.
        """
        x = exact_rows(x)
        for i, row in enumerate(x, start=1):
            if len(row) != self.inputs:
                raise InputError(f"row {i} has {len(row)} numbers where the network takes {self.inputs}")
        units = [lcm(*(value.denominator for row in (*w, b) for value in row)) for w, b in self.layers]
        integer = [_integer_rows(layer, unit) for layer, unit in zip(self.layers, units, strict=True)]
        return tuple(self._outputs(row, integer, units) for row in x)

    def _outputs(self, x: Vector, layers: Sequence[Sequence[_IntegerRow]], units: Sequence[int]) -> Vector:
        p = lcm(*(value.denominator for value in x))
        h = [int(value * p) for value in x]
        for number, (layer, q) in enumerate(zip(layers, units, strict=True), start=1):
            h = [bias * p + sum(w * h[j] for j, w in weights) for bias, weights in layer]
            p *= q
            if number < len(layers):
                h = [max(value, 0) for value in h]
        return tuple(Fraction(value, p) for value in h)

    @classmethod
    def read(cls, layers: object) -> "LayeredNetwork":
        """Read weights and biases exactly; floats, also those of arrays, are the dyadic rationals that they hold.

        Args:
            layers: for each layer a pair: its weights, one row a neuron, and its biases, or None for none.

        Raises:
            InputError: it is no list of such pairs, or their sizes do not fit; with the place and the value.

        Example:
            >>> LayeredNetwork.read([([[1, 0.5]], ["1/3"]), ([[2]], None)]).predict([(1, 1)])
            ((Fraction(11, 3),),)
        """
        found: list[Layer] = []
        for number, entry in enumerate(read_list(layers, "layers", "pairs of weights and biases"), start=1):
            pair = [*check_iterable(entry, f"layer {number}", "two: weights and biases")]
            if len(pair) != 2:
                raise InputError(
                    f"layer {number}: {shown(entry)} is no pair; give weights and biases, or None for none"
                )
            weights = exact_matrix(pair[0], f"layer {number}: neuron")
            zero = (Fraction(0),) * len(weights)
            biases = zero if pair[1] is None else exact_vector(pair[1], f"layer {number}: bias")
            if len(biases) != len(weights):
                raise InputError(f"layer {number}: there are {len(biases)} biases for {len(weights)} neurons")
            if found and len(weights[0]) != len(found[-1].weights):
                before = len(found[-1].weights)
                raise InputError(
                    f"layer {number}: {len(weights[0])} weights in a row, but the layer before has {before} neurons"
                )
            found.append(Layer(weights, biases))
        if not found:
            raise InputError("layers: there is none; give one pair of weights and biases for each")
        return cls(tuple(found))

    @classmethod
    def from_json(cls, content: object, place: str) -> "LayeredNetwork":
        """Read {"layers": [{"weights": [[..]..], "biases": [..]} ..]}, numbers or "p/q"; missing biases are zero.

        Args:
            content: what JSON holds, as `arrangements.exact.strict_json.read_json` returns it.
            place: what it is called in messages.

        Raises:
            InputError: with the place and the value.

        Example:
            >>> LayeredNetwork.from_json({"layers": [{"weights": [[1, "1/2"]]}]}, "here").inputs
            2
        """
        check_kind(place, str, "place", "give the name of the file, or of whatever was read")
        layers: list[Layer] = []
        for where, entry in entries(fields(content, place, ["layers"])["layers"], f"{place}: layers"):
            found = fields(entry, where, ["weights"], ["biases"])
            weights = matrix_in(found["weights"], f"{where}: weights")
            if not weights or not weights[0]:
                raise InputError(f"{where}: weights: a layer needs at least one neuron and one input")
            if layers and len(weights[0]) != len(layers[-1].weights):
                before = len(layers[-1].weights)
                raise InputError(
                    f"{where}: weights: {len(weights[0])} in a row, but the layer before has {before} neurons"
                )
            zero = (Fraction(0),) * len(weights)
            biases = zero if found["biases"] is None else vector_in(found["biases"], f"{where}: biases")
            if len(biases) != len(weights):
                raise InputError(f"{where}: biases: there are {len(biases)} for {len(weights)} neurons")
            layers.append(Layer(weights, biases))
        if not layers:
            raise InputError(f"{place}: layers: there is none")
        return cls(tuple(layers))


def _is_layer(value: object, inputs: int | None) -> bool:
    """Whether this is a layer of exact numbers that takes so many; None for any number."""
    if not isinstance(value, Layer) or not all(isinstance(part, tuple) and part for part in value):
        return False
    if not all(isinstance(row, tuple) and row for row in value.weights):
        return False
    sizes = {len(row) for row in value.weights} | ({inputs} if inputs else set())
    exact = all(isinstance(x, Rational) for row in (*value.weights, value.biases) for x in row)
    return len(sizes) == 1 and len(value.weights) == len(value.biases) and exact


def _integer_rows(layer: Layer, unit: int) -> list[_IntegerRow]:
    """The rows of a layer times the unit, without zeros."""
    return [
        (int(bias * unit), [(j, int(value * unit)) for j, value in enumerate(row) if value])
        for row, bias in zip(*layer, strict=True)
    ]
