"""The polyhedral complex of a network: its regions and all their faces, each once, with what bounds what.

f_k  number of faces of dimension k;  faces are relatively open, and numbered dimension by dimension from 0

`arrangements.complexes.faces` proves that the faces found are all faces.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from arrangements.arguments import check_kind
from arrangements.cells import Signs
from arrangements.complexes.activation_regions import ActivationRegion, RegionFrame, as_network, point_of
from arrangements.complexes.faces import FaceCounter, cone_faces
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.complexes.region_splitting import Cone
from arrangements.exact.linear_algebra import Row, primitive
from arrangements.exact.numbers import Matrix

if TYPE_CHECKING:
    import networkx

_Key = tuple[int, int]  # the neurons that are positive, and those that are negative


@dataclass(frozen=True)
class ComplexFace:
    """A face of a network's complex: a non-empty set of inputs with constant signs of all pre-activations.

    Attributes:
        signs: for each layer that cuts -1, 0 or +1 for each neuron.
        dimension: of the face.
        rays: the extreme rays of its closure in homogeneous coordinates (x t, t), as in `ActivationRegion`.
        facets: the faces of one dimension less in its closure, by their numbers.
        regions: the regions whose closures contain it, by their numbers.

    Example:
        >>> layers = [{"weights": [[2]], "biases": [-1]}, {"weights": [[3]]}]
        >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
        >>> point, *_ = network_complex(network).faces[0]
        >>> point.signs, point.dimension, point.rays, point.regions
        (((0,),), 0, ((1, 2),), (0, 1))
    """

    signs: tuple[Signs, ...]
    dimension: int
    rays: tuple[Row, ...]
    facets: tuple[int, ...]
    regions: tuple[int, ...]

    @property
    def witness(self) -> Row:
        """A point in it: d integers, and a positive denominator of them."""
        return primitive([sum(column) for column in zip(*self.rays, strict=True)])

    @property
    def vertices(self) -> Matrix:
        """The vertices of the closure, as in `ActivationRegion`."""
        return tuple(point_of(ray) for ray in self.rays if ray[-1])

    @property
    def directions(self) -> tuple[Row, ...]:
        """The extreme directions in which it is unbounded, as in `ActivationRegion`."""
        return tuple(ray[:-1] for ray in self.rays if not ray[-1])


@dataclass(frozen=True)
class NetworkComplex:
    """All regions and faces of a network in input space; `network_complex` makes it.

    Attributes:
        inputs: d.
        widths: neurons in each layer that cuts.
        regions: the activation regions.
        faces: for each dimension from 0 to d its faces; those of dimension d are the regions, in the same order.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1], [1, 1]], "biases": [0, 0, -1]}, {"weights": [[1, 1, 1]]}]
        >>> found = network_complex(LayeredNetwork.from_json({"layers": layers}, "here"))
        >>> found.f_vector, len(found.regions), found.pieces, found.bounded
        ((3, 9, 7), 7, 7, 1)
    """

    inputs: int
    widths: tuple[int, ...]
    regions: tuple[ActivationRegion, ...] = field(repr=False)
    faces: tuple[tuple[ComplexFace, ...], ...] = field(repr=False)

    @property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension; the alternating sum is (-1)^d."""
        return tuple(map(len, self.faces))

    @property
    def bounded(self) -> int:
        """How many regions are bounded."""
        return sum(region.bounded for region in self.regions)

    @cached_property
    def pieces(self) -> int:
        """How many distinct affine maps the network is on its regions."""
        return len({region.output_rows for region in self.regions})


def network_complex(network: LayeredNetwork, *, box: object = None) -> NetworkComplex:
    """List all regions and faces of a network.

    Args:
        network: as for `iter_activation_regions`.
        box: as for `iter_activation_regions`; the faces are then those in the open box.

    Raises:
        InputError: as for `iter_activation_regions`.

    Theorem: the faces are the relative interiors of the faces of the regions' closures, and sum_k (-1)^k f_k = (-1)^d.

    Example:
        >>> network = LayeredNetwork.from_json({"layers": [{"weights": [[1], [-1]]}, {"weights": [[1, 1]]}]}, "here")
        >>> network_complex(network).f_vector
        (1, 2)
    """
    return complex_of(RegionFrame.of(as_network(network), box))


def complex_of(frame: RegionFrame, seen: Callable[[int], object] = int) -> NetworkComplex:
    """List all regions and faces of a prepared search.

    Args:
        frame: the search.
        seen: told with each region how many there were before; may raise to end the search.
    """
    d = frame.inputs
    cones: list[Cone] = []
    places: list[dict[_Key, int]] = [{} for _ in range(d + 1)]
    rays: list[list[tuple[Row, ...]]] = [[] for _ in range(d + 1)]
    facets: list[list[tuple[int, ...]]] = [[] for _ in range(d + 1)]
    owners: list[list[list[int]]] = [[] for _ in range(d + 1)]
    for number, cone in enumerate(frame.cones()):
        seen(number)
        cones.append(cone)
        below: dict[int, int] = {}
        levels = list(cone_faces(cone.rays, frame.start.walls))
        for k, level in reversed(list(zip(range(d, -1, -1), levels, strict=False))):
            here: dict[int, int] = {}
            for face in level:
                key = (cone.plus & ~face.zeros, cone.minus & ~face.zeros)
                place = here[face.rays] = places[k].setdefault(key, len(places[k]))
                if place == len(rays[k]):
                    rays[k].append(tuple(ray.vector for i, ray in enumerate(cone.rays) if face.rays >> i & 1))
                    facets[k].append(tuple(below[part] for part in face.facets))
                    owners[k].append([])
                owners[k][place].append(number)
            below = here
    faces = tuple(
        tuple(
            ComplexFace(frame.signs(*key), k, rays[k][place], facets[k][place], tuple(owners[k][place]))
            for key, place in places[k].items()
        )
        for k in range(d + 1)
    )
    return NetworkComplex(d, frame.widths, tuple(map(frame.region, cones)), faces)


def complex_f_vector(network: LayeredNetwork, *, box: object = None) -> tuple[int, ...]:
    """Count the faces of each dimension of a network's complex; their signs alone are kept.

    Args:
        network: as for `iter_activation_regions`.
        box: as for `iter_activation_regions`.

    Raises:
        InputError: as for `iter_activation_regions`.

    Theorem: sum_k (-1)^k f_k = (-1)^d, as relatively open faces divide R^d.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1], [1, 1]], "biases": [0, 0, -1]}, {"weights": [[1, 1, 1]]}]
        >>> complex_f_vector(LayeredNetwork.from_json({"layers": layers}, "here"))
        (3, 9, 7)
    """
    frame = RegionFrame.of(as_network(network), box)
    faces = FaceCounter(frame.inputs, frame.start.walls)
    for cone in frame.cones():
        faces.add(cone)
    return faces.numbers


def region_graph(complex: NetworkComplex) -> "networkx.Graph[int]":
    """Make the graph of regions and their adjacency, for all that networkx can do with it.

    A node is the number of a region in `NetworkComplex.regions`, with the attributes `signs` and `witness`. An edge
    joins two regions with a common facet; its attribute `facet` is the number of that face of dimension d - 1, and
    `neurons` the pairs (layer, neuron), both from 0, that vanish on the facet but not on both regions. Two regions
    have at most one common facet, as their closures are convex.

    Args:
        complex: of `network_complex`.

    Raises:
        InputError: the argument is not a complex.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1], [1, 1]], "biases": [0, 0, -1]}, {"weights": [[1, 1, 1]]}]
        >>> graph = region_graph(network_complex(LayeredNetwork.from_json({"layers": layers}, "here")))
        >>> graph.number_of_nodes(), graph.number_of_edges()
        (7, 9)
    """
    import networkx

    as_complex(complex)
    graph = networkx.Graph()
    for number, region in enumerate(complex.regions):
        graph.add_node(number, signs=region.signs, witness=region.witness)
    for number, facet in enumerate(complex.faces[-2] if complex.inputs else ()):
        a, b = facet.regions
        neurons = tuple(
            (layer, k)
            for layer, signs in enumerate(facet.signs)
            for k, sign in enumerate(signs)
            if not sign and (complex.regions[a].signs[layer][k] or complex.regions[b].signs[layer][k])
        )
        graph.add_edge(a, b, facet=number, neurons=neurons)
    return graph


def as_complex(value: object) -> NetworkComplex:
    """Return the value itself if it is a complex, and raise otherwise.

    Args:
        value: what was given as a complex.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_complex(1)
        Traceback (most recent call last):
        arrangements.errors.InputError: 1 is an int, not a NetworkComplex; make one with network_complex(network)
    """
    return check_kind(value, NetworkComplex, None, "make one with network_complex(network)")
