"""Adjacency, bent hyperplanes and zero sets of networks."""

from fractions import Fraction

import networkx
import pytest
from support.plain_complexes import plain_faces
from support.small_networks import drawn, euler, generic

from arrangements import (
    InputError,
    LayeredNetwork,
    bent_hyperplane,
    count_activation_regions,
    network_complex,
    region_graph,
    zero_set,
)


@pytest.mark.parametrize("seed", range(0, 50, 3))
def test_the_graph_of_regions(seed):
    """Connected, one edge a facet; regions on both sides of a facet differ exactly in neurons that vanish on it."""
    found = network_complex(drawn(seed))
    graph = region_graph(found)
    assert networkx.is_connected(graph)
    assert graph.number_of_edges() == found.f_vector[-2]
    for a, b, data in graph.edges(data=True):
        facet = found.faces[-2][data["facet"]]
        changed = {
            (layer, k)
            for layer, pair in enumerate(zip(found.regions[a].signs, found.regions[b].signs, strict=True))
            for k, (s, t) in enumerate(zip(*pair, strict=True))
            if s != t
        }
        assert changed <= set(data["neurons"])
        assert all(not facet.signs[layer][k] for layer, k in data["neurons"])


def test_distances_in_the_graph_of_one_layer_count_separating_neurons():
    """The tope graph of an affine arrangement is an isometric part of a cube (Deligne 1972)."""
    found = network_complex(generic(2, 6, 1))
    lengths = dict(networkx.all_pairs_shortest_path_length(region_graph(found)))
    for a, region in enumerate(found.regions):
        for b, other in enumerate(found.regions):
            assert lengths[a][b] == sum(s != t for s, t in zip(region.signs[0], other.signs[0], strict=True))


@pytest.mark.parametrize("seed", range(0, 50, 3))
def test_bent_hyperplanes(seed):
    network = drawn(seed)
    found = network_complex(network)
    expected = plain_faces(network)
    for layer, width in enumerate(found.widths):
        for k in range(width):
            faces = [face for faces in bent_hyperplane(found, layer, k).faces for face in faces]
            assert {face.signs for face in faces} == {signs for signs in expected if not signs[layer][k]}


@pytest.mark.parametrize("seed", range(0, 50, 3))
def test_zero_sets(seed):
    """The zero set and the regions of either sign divide the space; its faces are those of brute force."""
    network = drawn(seed)
    if network.outputs > 1:
        return
    found = zero_set(network)
    expected = {signs: k for signs, k in plain_faces(network, last=True).items() if signs[-1] == (0,)}
    assert {face.signs: face.dimension for faces in found.faces for face in faces} == expected
    signed = [face for faces in found.within.faces for face in faces if face.signs[-1] != (0,)]
    assert found.euler_characteristic + sum((-1) ** face.dimension for face in signed) == (-1) ** network.inputs
    assert euler(found.within.f_vector) == (-1) ** network.inputs
    assert sorted(face for part in found.components for face in map(id, part)) == sorted(
        id(face) for faces in found.faces for face in faces
    )


def test_a_square_and_two_points():
    """|x| + |y| = 1 is a circle of four segments; its Euler characteristic is 0. |x| = 1 has two components."""
    absolute = [[1, 0], [-1, 0], [0, 1], [0, -1]]
    circle = zero_set(LayeredNetwork.read([(absolute, None), ([[1, 1, 1, 1]], [-1])]))
    assert (circle.f_vector, len(circle.components), circle.euler_characteristic) == ((4, 4, 0), 1, 0)
    assert len(circle.pieces) == 4
    lines = zero_set(LayeredNetwork.read([(absolute, None), ([[1, 1, 0, 0]], [-1])]))
    assert (lines.f_vector, len(lines.components), lines.euler_characteristic) == ((2, 4, 0), 2, -2)


def test_a_zero_set_with_interior():
    """max(x, 0) is 0 on a half-line, the closure of a region: a point and a region, one component, no other piece."""
    found = zero_set(LayeredNetwork.read([([[1]], None), ([[1]], None)]))
    assert (found.f_vector, len(found.components), found.euler_characteristic) == ((1, 1), 1, 0)
    assert [face.dimension for face in found.pieces] == [1]


def test_the_boundary_between_two_classes():
    network = LayeredNetwork.read([([[1, 0], [0, 1]], None), ([[1, 0], [0, 1]], None)])
    found = zero_set(network, output=0, minus=1)
    assert found.f_vector == (1, 3, 1)  # the diagonal and the closed quadrant where both outputs are 0
    assert len(found.components) == 1
    assert {face.dimension for face in found.pieces} == {1, 2}
    assert zero_set(network, output=1, minus=0).f_vector == found.f_vector


def test_golden_sawtooth():
    """The composed tent map (Telgarsky 2016): k layers of two neurons give 2^k teeth, here 2 + 2^k regions on the line.

    tent(x) = 2 (x)_+ - 4 (x - 1/2)_+ maps [0, 1] onto itself twice; outside of [0, 1] its iterates are affine.
    """
    for k in range(1, 7):
        first = ([[1], [1]], [0, "-1/2"])
        between = ([[2, -4], [2, -4]], [0, "-1/2"])
        network = LayeredNetwork.read([first, *[between] * (k - 1), ([[2, -4]], None)])
        assert len({region.affine_map for region in network_complex(network, box=[(0, 1)]).regions}) == 2**k
        assert count_activation_regions(network, box=[(0, 1)]) == 2**k
        level = zero_set(
            LayeredNetwork((*network.layers[:-1], network.layers[-1]._replace(biases=(Fraction(-1, 3),)))),
            box=[(0, 1)],
        )
        assert level.f_vector == (2**k, 0)


@pytest.mark.parametrize(
    ("layer", "neuron", "message"), [(1, 0, "layer is 1; it must be at most 0"), (0, 2, "neuron is 2; it must be at")]
)
def test_neurons_that_are_not_there(layer, neuron, message):
    found = network_complex(LayeredNetwork.read([([[1], [2]], None), ([[1, 1]], None)]))
    with pytest.raises(InputError, match=message):
        bent_hyperplane(found, layer, neuron)


def test_a_network_without_neurons_that_bend():
    with pytest.raises(InputError, match="no hidden layer"):
        bent_hyperplane(network_complex(LayeredNetwork.read([([[1]], None)])), 0, 0)


@pytest.mark.parametrize(
    ("box", "message"),
    [
        ([(0, 1)], "box: there are 1 pairs of bounds for 2 inputs"),
        ([(0, 1), (1, 1)], "box, input 2: the lower bound 1 is not below the upper bound 1"),
        ([(0, 1), (1, 2, 3)], "box, input 2: .* is no pair"),
        ([(0, 1), (0, "x")], "box, input 2: 'x' is not a finite number"),
        (3, "box is 3; give a list of pairs"),
    ],
)
def test_boxes_that_do_not_fit(box, message):
    with pytest.raises(InputError, match=message):
        network_complex(LayeredNetwork.read([([[1, 1]], None)]), box=box)
