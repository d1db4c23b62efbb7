"""The layers of a network in integers, on homogeneous coordinates, and its pre-activations on whole rays.

x        an input in R^d;  z = (x t, t), t > 0, homogeneous coordinates of it;  a ray is {c z : c > 0}, t >= 0
q_l      least common multiple of the denominators in layer l;  p_l = q_1 ... q_l
u_l(z)   p_l t times the pre-activations of layer l at x:  u_l = q_l W_l (u_{l-1})_+ + q_l p_{l-1} b_l t,  u_0 = (x t)

u_l is continuous and positively homogeneous in z, also where t = 0, and linear on the closure of every region. So on
a region it is known by its values on the extreme rays, and a value on a ray is the same for all regions around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.exact.linear_algebra import Row, integer_matrix, product_columns


@dataclass(frozen=True)
class IntegerLayers:
    """Layers with integer weights.

    Attributes:
        rows: for each layer its neurons: the weights q_l W_l, and q_l p_{l-1} b_l last.
        units: p_l for each layer.
        matrices: the rows, prepared for products.
        transposes: the rows and one more for t itself, prepared for products from the left.
    """

    rows: tuple[tuple[Row, ...], ...]
    units: tuple[int, ...]
    matrices: tuple[Any, ...]
    transposes: tuple[Any, ...]

    @classmethod
    def of(cls, network: LayeredNetwork) -> "IntegerLayers":
        """Multiply the weights of each layer by their common denominator.

        Args:
            network: the layers, with rational weights.

        Example:
            >>> first, last = {"weights": [["1/2"]], "biases": ["1/2"]}, {"weights": [[3]], "biases": [1]}
            >>> network = LayeredNetwork.from_json({"layers": [first, last]}, "here")
            >>> IntegerLayers.of(network).rows, IntegerLayers.of(network).units
            ((((1, 1),), ((3, 2),)), (2, 2))
        """
        rows: list[tuple[Row, ...]] = []
        units: list[int] = []
        before = 1
        for layer in network.layers:
            unit = lcm(*(value.denominator for row in (*layer.weights, layer.biases) for value in row))
            rows.append(tuple(_neuron(*neuron, unit, before) for neuron in zip(*layer, strict=True)))
            before *= unit
            units.append(before)
        matrices = tuple(integer_matrix(layer, len(layer[0])) for layer in rows)
        ends = [[*layer, (*(0,) * (len(layer[0]) - 1), 1)] for layer in rows]
        transposes = tuple(integer_matrix(list(zip(*end, strict=True)), len(end)) for end in ends)
        return cls(tuple(rows), tuple(units), matrices, transposes)

    def pre_activations(self, rays: Sequence[Row], layer: int) -> list[list[int]]:
        """Compute u of one layer on some rays.

        Args:
            rays: integer vectors z, at least one.
            layer: its number, from 0.

        Example:
            >>> layers = [{"weights": [[2]]}, {"weights": [[3]], "biases": [1]}]
            >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
            >>> IntegerLayers.of(network).pre_activations([(1, 2), (-1, 2)], 1)
            [[8], [2]]
        """
        values = product_columns(self.matrices[0], rays)
        for matrix in self.matrices[1 : layer + 1]:
            activations = [[x if x > 0 else 0 for x in u] + [ray[-1]] for u, ray in zip(values, rays, strict=True)]
            values = product_columns(matrix, activations)
        return values

    def output_rows(self, active: Sequence[Sequence[bool]]) -> tuple[Row, ...]:
        """Compute u of the last layer as linear functions of z, one row an output, where these neurons are active.

        Args:
            active: for each hidden layer whether its neurons are active.

        Example:
            >>> layers = [{"weights": [[2]]}, {"weights": [[3]], "biases": [1]}]
            >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
            >>> IntegerLayers.of(network).output_rows([[True]]), IntegerLayers.of(network).output_rows([[False]])
            (((6, 1),), ((0, 1),))
        """
        found: Sequence[Sequence[int]] = self.rows[-1]
        for layer in reversed(range(len(self.rows) - 1)):
            kept = [[c if on else 0 for c, on in zip(row, (*active[layer], True), strict=True)] for row in found]
            found = product_columns(self.transposes[layer], kept)
        return tuple(map(tuple, found))


def _neuron(weights: Sequence[Fraction], bias: Fraction, unit: int, before: int) -> Row:
    return (*(int(value * unit) for value in weights), int(bias * unit) * before)
