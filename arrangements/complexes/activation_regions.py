"""The activation regions of a given network: maximal open sets of inputs with constant signs of all pre-activations.

x  an input in R^d;  z = (x t, t), t > 0, homogeneous coordinates of it
s  signs of all hidden pre-activations

The first layer is an affine arrangement; inside one of its regions the second layer's pre-activations are linear in z,
and cut its cone further; and so on. `region_splitting` does this by extreme rays, in integers. Signs of 0 on a whole
region are normal: a neuron whose weights and bias are zero, or all of whose inputs are switched off there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, cmp_to_key
from typing import Any

import numpy as np

from arrangements.arguments import check_kind
from arrangements.cells import Signs
from arrangements.complexes.integer_layers import IntegerLayers
from arrangements.complexes.layered_network import Layer, LayeredNetwork
from arrangements.complexes.region_splitting import Cone, Splitter
from arrangements.complexes.start_cones import Start, read_box, start_cones
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row, primitive
from arrangements.exact.numbers import Matrix, Vector


@dataclass(frozen=True)
class ActivationRegion:
    """A region of a network in input space.

    Attributes:
        signs: for each hidden layer -1, 0 or +1 for each neuron.
        rays: the extreme rays of the region's closure in homogeneous coordinates, modulo lineality: primitive integer
            vectors (x t, t). One with t > 0 is the vertex x, one with t = 0 a direction in which it is unbounded.
        lineality: a basis of the directions in which no neuron changes; the region contains lines in these.
        layers: the network in integers.

    Example:
        >>> layers = [{"weights": [[2]], "biases": [-1]}, {"weights": [[3]]}]
        >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
        >>> region = max(iter_activation_regions(network), key=lambda region: region.signs)
        >>> region.signs, region.witness, region.vertices, region.directions, region.bounded
        (((1,),), (1, 1), ((Fraction(1, 2),),), ((1,),), False)
        >>> region.affine_map
        Layer(weights=((Fraction(6, 1),),), biases=(Fraction(-3, 1),))
    """

    signs: tuple[Signs, ...]
    rays: tuple[Row, ...]
    lineality: tuple[Row, ...]
    layers: IntegerLayers = field(repr=False, compare=False)

    @property
    def witness(self) -> Row:
        """A point inside: d integers, and a positive denominator of them."""
        return primitive([sum(column) for column in zip(*self.rays, strict=True)])

    @property
    def point(self) -> Vector:
        """The point inside as fractions."""
        return point_of(self.witness)

    @property
    def vertices(self) -> Matrix:
        """The vertices of the closure; with lineality, one point on each of its smallest faces."""
        return tuple(point_of(ray) for ray in self.rays if ray[-1])

    @property
    def directions(self) -> tuple[Row, ...]:
        """The extreme directions in which it is unbounded, without those of the lineality."""
        return tuple(ray[:-1] for ray in self.rays if not ray[-1])

    @property
    def polygon(self) -> Matrix:
        """The vertices in counterclockwise order, for a bounded region of a network of two inputs.

        Raises:
            InputError: it is unbounded, or has another dimension; a box makes every region bounded.
        """
        if len(self.witness) != 3 or not self.bounded:
            raise InputError("only bounded regions in two dimensions are polygons; give a box to list bounded ones")
        return counterclockwise(self.vertices, self.point)

    @property
    def bounded(self) -> bool:
        """Whether it is bounded."""
        return not self.lineality and all(ray[-1] for ray in self.rays)

    @cached_property
    def output_rows(self) -> tuple[Row, ...]:
        """The outputs on the region, times one positive integer for the whole network, as linear functions of z."""
        return self.layers.output_rows([[s > 0 for s in layer] for layer in self.signs])

    @property
    def affine_map(self) -> Layer:
        """The affine map that the network is on the closure of the region."""
        unit = self.layers.units[-1]
        rows = [tuple(Fraction(x, unit) for x in row) for row in self.output_rows]
        return Layer(tuple(row[:-1] for row in rows), tuple(row[-1] for row in rows))


@dataclass(frozen=True)
class RegionFrame:
    """What all regions of a network share, and the search of them.

    Attributes:
        layers: the network in integers.
        widths: neurons in each layer that cuts.
        inputs: d.
        start: where the search starts.
    """

    layers: IntegerLayers
    widths: tuple[int, ...]
    inputs: int
    start: Start

    @classmethod
    def of(cls, network: LayeredNetwork, box: object = None, *, last: bool = False) -> "RegionFrame":
        """Prepare the search of a network's regions.

        Args:
            network: the layers.
            box: for each input its lower and upper bound; None for all inputs.
            last: whether the last layer cuts, too.
        """
        sides = read_box(box, network.inputs)
        layers = IntegerLayers.of(network)
        depth = len(network.layers) - 1 + last
        first = layers.rows[0] if depth else ()
        widths = tuple(len(rows) for rows in layers.rows[:depth])
        return cls(layers, widths, network.inputs, start_cones(first, network.inputs, sides))

    def cones(self) -> Iterator[Cone]:
        """Yield the cone of every region once."""
        splitter = Splitter(self.layers, len(self.widths), self.start.dimension, self.start.walls)
        for rays in self.start.cones():
            yield from splitter.regions(rays)

    def signs(self, plus: int, minus: int) -> tuple[Signs, ...]:
        """Write sets of positive and negative neurons as signs, layer by layer."""
        found: list[Signs] = []
        plus, minus = plus >> self.start.walls, minus >> self.start.walls
        for width in self.widths:
            up, down = (np.frombuffer(_digits(bits, width), np.int8) for bits in (plus, minus))
            found.append(tuple((up - down)[::-1].tolist()))
            plus, minus = plus >> width, minus >> width
        return tuple(found)

    def region(self, cone: Cone) -> ActivationRegion:
        """The region of a cone."""
        rays = tuple(ray.vector for ray in cone.rays)
        return ActivationRegion(self.signs(cone.plus, cone.minus), rays, self.start.lineality, self.layers)


def iter_activation_regions(network: LayeredNetwork, *, box: object = None) -> Iterator[ActivationRegion]:
    """Yield every activation region of a network once, exactly; none is kept.

    Args:
        network: layers with rational weights, ReLU after all but the last; a trained model will do.
        box: for each input its lower and its upper bound, to see the part of the complex in this open box; None for
            all of R^d.

    Raises:
        InputError: the argument is not a network, or the box does not fit it.
        LimitError: the box has more corners than can be listed.

    Theorem (Buck 1943): one hidden layer of n neurons in general position, n >= d, has sum_{k<=d} C(n, k) regions.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1], [1, 1]], "biases": [0, 0, -1]}, {"weights": [[1, 1, 1]]}]
        >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
        >>> sorted(region.signs[0] for region in iter_activation_regions(network))[-1]
        (1, 1, 1)
    """
    frame = RegionFrame.of(as_network(network), box)
    return map(frame.region, frame.cones())


def list_activation_regions(network: LayeredNetwork, *, box: object = None) -> list[ActivationRegion]:
    """List all activation regions of a network.

    Args:
        network: as for `iter_activation_regions`.
        box: as for `iter_activation_regions`.

    Raises:
        InputError: as for `iter_activation_regions`.

    Example:
        >>> network = LayeredNetwork.from_json({"layers": [{"weights": [[1], [-1]]}, {"weights": [[1, 1]]}]}, "here")
        >>> [region.signs for region in list_activation_regions(network)]
        [((1, -1),), ((-1, 1),)]
    """
    return list(iter_activation_regions(network, box=box))


def count_activation_regions(network: LayeredNetwork, *, box: object = None) -> int:
    """Count the activation regions of a network; none is kept.

    Args:
        network: as for `iter_activation_regions`.
        box: as for `iter_activation_regions`.

    Raises:
        InputError: as for `iter_activation_regions`.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1], [1, 1]], "biases": [0, 0, -1]}, {"weights": [[1, 1, 1]]}]
        >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
        >>> count_activation_regions(network), count_activation_regions(network, box=[(0, 1), (0, 1)])
        (7, 2)
    """
    return sum(1 for _ in RegionFrame.of(as_network(network), box).cones())


def as_network(value: Any) -> LayeredNetwork:
    """Return the layers of a network, and raise for anything else.

    Args:
        value: a `LayeredNetwork`, or a model with a method `layered` that makes one.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_network(3)
        Traceback (most recent call last):
        arrangements.errors.InputError: network: 3 is an int, not a LayeredNetwork; make one with convex.to_layered
    """
    if not isinstance(value, LayeredNetwork | type) and hasattr(value, "layered"):
        value = value.layered()
    return check_kind(value, LayeredNetwork, "network", "make one with convex.to_layered")


def _digits(bits: int, width: int) -> bytes:
    """The last binary digits of a number, as letters."""
    return f"{bits & (1 << width) - 1:0{width}b}".encode()


def point_of(ray: Sequence[int]) -> Vector:
    """Divide homogeneous coordinates by the last one.

    Args:
        ray: integers, the last one positive.

    Example:
        >>> point_of((1, 4, 2))
        (Fraction(1, 2), Fraction(2, 1))
    """
    return tuple(Fraction(x, ray[-1]) for x in ray[:-1])


def counterclockwise(points: Sequence[Vector], centre: Vector) -> Matrix:
    """Sort points of the plane by their angle around another one, exactly.

    Args:
        points: not the centre itself.
        centre: what they lie around.

    Example:
        >>> counterclockwise([(1, 0), (-1, 0), (0, -1), (0, 1)], (0, 0))
        ((0, -1), (1, 0), (0, 1), (-1, 0))
    """

    def compare(p: Vector, q: Vector) -> int:
        (a, b), (c, d) = ([x - m for x, m in zip(point, centre, strict=True)] for point in (p, q))
        first, second = (y > 0 or (y == 0 and x < 0) for x, y in ((a, b), (c, d)))  # angles from -pi, below first
        turn = first - second if first != second else b * c - a * d
        return (turn > 0) - (turn < 0)

    return tuple(sorted(points, key=cmp_to_key(compare)))
