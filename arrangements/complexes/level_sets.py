"""Unions of faces of a network's complex: the bent hyperplane of a neuron, and the zero set of an output.

Z  a union of faces that is closed in R^d, or in the open box: all faces on which one pre-activation is 0

*Components.* Z is closed, so with a face it contains all faces in the closure of that one. Each relatively open face is
connected, and touches another face of Z iff one is in the closure of the other. So the connected components of Z are
those of its faces under incidence, for which the facets of each face are enough: between a face and one in its closure
there is a chain in Z whose dimensions go up one by one.

*Euler characteristic.* sum over the faces of Z of (-1)^dim: the Euler characteristic with compact support, which adds
up over disjoint faces. For a compact Z it is the ordinary one; for a line it is -1, for a plane +1.
"""

from collections.abc import Callable
from dataclasses import dataclass

from arrangements.arguments import read_whole
from arrangements.complexes.activation_regions import RegionFrame, as_network
from arrangements.complexes.layered_network import Layer, LayeredNetwork
from arrangements.complexes.polyhedral_complex import ComplexFace, NetworkComplex, as_complex, complex_of
from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Vector


@dataclass(frozen=True)
class LevelSet:
    """The faces of a complex on which one pre-activation, or one output, is 0.

    Attributes:
        within: the complex; for an output it is refined by the output as one more layer.
        numbers: for each dimension from 0 to d the numbers of its faces in `within.faces`.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1]]}, {"weights": [[1, 1]], "biases": [-1]}]
        >>> found = zero_set(LayeredNetwork.from_json({"layers": layers}, "here"))
        >>> found.f_vector, len(found.components), found.euler_characteristic
        ((2, 3, 0), 1, -1)
    """

    within: NetworkComplex
    numbers: tuple[tuple[int, ...], ...]

    @property
    def faces(self) -> tuple[tuple[ComplexFace, ...], ...]:
        """Its faces, dimension by dimension."""
        known = zip(self.within.faces, self.numbers, strict=True)
        return tuple(tuple(faces[i] for i in numbers) for faces, numbers in known)

    @property
    def f_vector(self) -> tuple[int, ...]:
        """The number of its faces of each dimension."""
        return tuple(map(len, self.numbers))

    @property
    def pieces(self) -> tuple[ComplexFace, ...]:
        """The faces that are not in the closure of another one of it, largest dimension first."""
        found: list[ComplexFace] = []
        covered: set[int] = set()
        for faces, numbers in reversed(list(zip(self.faces, self.numbers, strict=True))):
            found += [face for face, i in zip(faces, numbers, strict=True) if i not in covered]
            covered = {i for face in faces for i in face.facets}
        return tuple(found)

    @property
    def euler_characteristic(self) -> int:
        """The sum of (-1)^dim over its faces: its Euler characteristic with compact support."""
        return sum(len(numbers) * (-1) ** k for k, numbers in enumerate(self.numbers))

    @property
    def components(self) -> tuple[tuple[ComplexFace, ...], ...]:
        """Its connected components, each as its faces."""
        above: dict[tuple[int, int], tuple[int, int]] = {
            (k, i): (k, i) for k, numbers in enumerate(self.numbers) for i in numbers
        }

        def root(face: tuple[int, int]) -> tuple[int, int]:
            while above[face] != face:
                above[face] = face = above[above[face]]
            return face

        for k, i in list(above):
            for j in self.within.faces[k][i].facets:
                above[root((k, i))] = root((k - 1, j))
        found: dict[tuple[int, int], list[ComplexFace]] = {}
        for k, i in above:
            found.setdefault(root((k, i)), []).append(self.within.faces[k][i])
        return tuple(map(tuple, found.values()))


def bent_hyperplane(complex: NetworkComplex, layer: int, neuron: int) -> LevelSet:
    """Collect the faces on which the pre-activation of one neuron is 0.

    For a neuron of the first layer they fill its hyperplane; for a deeper one they fill a hyperplane in each region of
    the layers before, which bends where it passes from one to the next. Where all inputs of a neuron without a bias are
    switched off, it is 0 on whole regions: these are in the set, too.

    Args:
        complex: of `network_complex`.
        layer: number of the hidden layer, from 0.
        neuron: number of the neuron in it, from 0.

    Raises:
        InputError: the argument is not a complex, or there is no such neuron.

    Example:
        >>> from arrangements import network_complex
        >>> layers = [{"weights": [[1, 0], [0, 1]]}, {"weights": [[1, 1]], "biases": [-1]}, {"weights": [[1]]}]
        >>> found = network_complex(LayeredNetwork.from_json({"layers": layers}, "here"))
        >>> bent_hyperplane(found, 1, 0).f_vector  # two bends, three pieces
        (2, 3, 0)
    """
    widths = as_complex(complex).widths
    if not widths:
        raise InputError("the network has no hidden layer, so it has no neuron that bends")
    layer = read_whole(layer, "layer", 0, len(widths) - 1)
    neuron = read_whole(neuron, "neuron", 0, widths[layer] - 1)
    return LevelSet(
        complex,
        tuple(tuple(i for i, face in enumerate(faces) if not face.signs[layer][neuron]) for faces in complex.faces),
    )


def zero_set(network: LayeredNetwork, *, output: int = 0, minus: int | None = None, box: object = None) -> LevelSet:
    """Find where an output is 0, or where two outputs are equal: the decision boundary of a classifier.

    The complex is refined by the output as one more pre-activation; the zero set is a union of the faces of the refined
    complex. Where the output is 0 on a whole region, that region is in it, too.

    Args:
        network: as for `iter_activation_regions`.
        output: number of the output, from 0.
        minus: number of an output that is subtracted from it; None for the output itself.
        box: as for `iter_activation_regions`.

    Raises:
        InputError: as for `iter_activation_regions`; or there is no such output.

    Example:
        >>> layers = [{"weights": [[1], [-1]]}, {"weights": [[1, 1]], "biases": [-1]}]  # |x| - 1
        >>> found = zero_set(LayeredNetwork.from_json({"layers": layers}, "here"))
        >>> sorted(face.rays for face in found.pieces), found.euler_characteristic
        ([((-1, 1),), ((1, 1),)], 2)
    """
    return zero_set_of(refined_frame(as_network(network), output, minus, box))


def refined_frame(network: LayeredNetwork, output: int, minus: int | None, box: object) -> RegionFrame:
    """Prepare the search of the regions that are refined by an output, or by the difference of two.

    Args:
        network: the layers.
        output: as for `zero_set`.
        minus: as for `zero_set`.
        box: as for `zero_set`.
    """
    difference = Layer(*_difference(network, output, minus))
    return RegionFrame.of(LayeredNetwork((*network.layers[:-1], difference)), box, last=True)


def zero_set_of(frame: RegionFrame, seen: Callable[[int], object] = int) -> LevelSet:
    """Collect the faces on which the first neuron of the last layer is 0.

    Args:
        frame: of `refined_frame`.
        seen: as for `complex_of`.
    """
    found = complex_of(frame, seen)
    return bent_hyperplane(found, len(found.widths) - 1, 0)


def _difference(network: LayeredNetwork, output: int, minus: int | None) -> tuple[Matrix, Vector]:
    """The weights and the bias of one output, or of the difference of two."""
    most = network.outputs - 1
    weights, biases = network.layers[-1]
    k = read_whole(output, "output", 0, most)
    if minus is None:
        return (weights[k],), (biases[k],)
    other = read_whole(minus, "minus", 0, most)
    row = tuple(a - b for a, b in zip(weights[k], weights[other], strict=True))
    return (row,), (biases[k] - biases[other],)
