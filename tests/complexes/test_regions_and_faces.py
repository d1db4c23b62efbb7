"""Regions and faces of networks against brute force over all sign vectors, the plane formula, and Euler's relation."""

import inspect
import sys
from fractions import Fraction
from itertools import islice, pairwise
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.plain_complexes import plain_faces, plain_regions
from support.small_networks import EXTREME, box_of, drawn, euler, generic, signs_at

from arrangements import (
    Arrangement,
    InputError,
    LayeredNetwork,
    complex_f_vector,
    count_activation_regions,
    f_vector,
    iter_activation_regions,
    list_activation_regions,
    network_complex,
)
from arrangements.complexes import region_splitting
from arrangements.exact.numbers import integer_row
from arrangements.exact.parallel_classes import distinct
from arrangements.rays.ray_search import RaySearch


@pytest.mark.parametrize("seed", range(50))
def test_brute_force(seed):
    network = drawn(seed)
    box = box_of(seed, network)
    found = network_complex(network, box=box)
    signs = [region.signs for region in found.regions]
    assert sorted(signs) == sorted(plain_regions(network, box))
    assert found.f_vector == complex_f_vector(network, box=box)
    assert found.f_vector[-1] == len(signs) == count_activation_regions(network, box=box)
    assert euler(found.f_vector) == (-1) ** network.inputs


@pytest.mark.parametrize("seed", range(16))
def test_brute_force_on_extreme_numbers(seed):
    """Huge and tiny numbers, and neurons that are parallel but for 1e-9."""
    network = drawn(seed, EXTREME)
    found = network_complex(network)
    assert {region.signs for region in found.regions} == plain_regions(network)
    assert euler(found.f_vector) == (-1) ** network.inputs


@pytest.mark.parametrize("seed", range(0, 50, 2))
def test_every_face_once(seed):
    network = drawn(seed)
    box = box_of(seed, network)
    expected = plain_faces(network, box)
    found = network_complex(network, box=box)
    faces = [face for faces in found.faces for face in faces]
    assert len(faces) == len(expected)
    assert {face.signs: face.dimension for face in faces} == expected
    for face in faces:
        *x, t = face.witness
        assert signs_at(network, [Fraction(v, t) for v in x]) == face.signs


@pytest.mark.parametrize("seed", range(50))
def test_points_maps_and_rays(seed):
    network = drawn(seed)
    for region in list_activation_regions(network, box=box_of(seed, network)):
        weights, biases = region.affine_map
        assert signs_at(network, region.point) == region.signs
        steps = [tuple(a + b for a, b in zip(region.point, v, strict=True)) for v in (*region.lineality,)]
        inside = [region.point, *region.vertices, *steps]
        inside += [tuple(a + 10**6 * b for a, b in zip(region.point, v, strict=True)) for v in region.directions]
        outputs = network.predict(inside)
        for x, y in zip(inside, outputs, strict=True):
            assert y == tuple(sum(map(Fraction.__mul__, row, x), b) for row, b in zip(weights, biases, strict=True))
        for x in [*steps, *inside[len(region.vertices) + len(steps) + 1 :]]:
            assert signs_at(network, x) == region.signs
        for x in region.vertices:
            pairs = zip(signs_at(network, x), region.signs, strict=True)
            assert all(a in (0, b) for layers in pairs for a, b in zip(*layers, strict=True))
        assert region.bounded == (not region.directions and not region.lineality)


@pytest.mark.parametrize("n", [1, 2, 7, 20])
def test_the_plane(n):
    """Steiner 1826: n lines in general position have 1 + n + C(n, 2) regions, C(n, 2) points, n^2 segments."""
    assert complex_f_vector(generic(2, n, 1)) == (comb(n, 2), n * n, 1 + n + comb(n, 2))
    bounded = sum(region.bounded for region in list_activation_regions(generic(2, n, 1)))
    assert bounded == comb(n - 1, 2)


@pytest.mark.parametrize(("d", "n"), [(1, 6), (2, 6), (3, 6), (4, 6)])
def test_one_layer_is_an_affine_arrangement(d, n):
    network = generic(d, n, 1, seed=d)
    weights, biases = network.layers[0]
    assert complex_f_vector(network) == f_vector(Arrangement.from_table(weights, [-b for b in biases]))


@pytest.mark.parametrize("sizes", [(2, 12, 12, 1), (3, 6, 6, 1), (1, 9, 9, 9, 1), (5, 4, 4, 1)])
def test_euler_of_generic_networks(sizes):
    network = generic(*sizes)
    assert euler(complex_f_vector(network)) == (-1) ** sizes[0]
    assert euler(complex_f_vector(network, box=[(-1, 1)] * sizes[0])) == (-1) ** sizes[0]


NUMBERS = st.one_of(st.integers(-3, 3), st.fractions(-2, 2, max_denominator=4), st.floats(-4, 4).map(Fraction))


@st.composite
def networks(draw):
    sizes = draw(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.just(1)))
    return LayeredNetwork.read(
        [
            (
                [draw(st.lists(NUMBERS, min_size=a, max_size=a)) for _ in range(b)],
                draw(st.one_of(st.none(), st.lists(NUMBERS, min_size=b, max_size=b))),
            )
            for a, b in pairwise(sizes)
        ]
    )


@given(networks())
def test_complexes_of_any_weights(network):
    found = network_complex(network)
    assert {region.signs for region in found.regions} == plain_regions(network)
    assert euler(found.f_vector) == (-1) ** network.inputs


@given(networks(), st.integers(0, 2), st.fractions(min_value="1/8", max_value=8))
def test_what_changes_no_region(network, k, factor):
    """A neuron that is repeated, or scaled by a positive factor with its weights in the next layer divided by it."""
    (first, biases), *rest = network.layers
    k %= len(first)
    number = count_activation_regions(network)
    twice = LayeredNetwork.read(
        [
            ([*first, first[k]], [*biases, biases[k]]),
            ([(*row, Fraction(0)) for row in rest[0].weights], rest[0].biases),
            *rest[1:],
        ]
    )
    assert count_activation_regions(twice) == number
    scaled = LayeredNetwork.read(
        [
            (
                [tuple(x * factor for x in row) if i == k else row for i, row in enumerate(first)],
                [b * factor if i == k else b for i, b in enumerate(biases)],
            ),
            ([[x / factor if i == k else x for i, x in enumerate(row)] for row in rest[0].weights], rest[0].biases),
            *rest[1:],
        ]
    )
    assert {r.signs for r in list_activation_regions(scaled)} == {r.signs for r in list_activation_regions(network)}
    assert complex_f_vector(scaled) == complex_f_vector(network)


def test_two_layers_of_64():
    """The first layer has the regions of 64 lines in general position, and is refined by the second."""
    found = list_activation_regions(generic(2, 64, 64, 1))
    assert len({region.signs[0] for region in found}) == 1 + 64 + comb(64, 2)
    numbers = complex_f_vector(generic(2, 64, 64, 1))
    assert len({region.signs for region in found}) == len(found) == numbers[-1]
    assert euler(numbers) == 1


def test_no_hidden_layer():
    network = LayeredNetwork.read([([[2, 3]], [1])])
    found = network_complex(network)
    assert (found.f_vector, found.bounded, found.pieces) == ((0, 0, 1), 0, 1)
    (region,) = found.regions
    assert (region.signs, region.affine_map) == ((), network.layers[0])
    assert network_complex(network, box=[(0, 1), (0, 1)]).bounded == 1


def test_dead_neurons_and_rows_that_vanish_on_a_region():
    """Neuron 2 is zero everywhere; both neurons of the second layer vanish where x < 0, and then x > 1 is cut."""
    network = LayeredNetwork.read([([[1], [0]], None), ([[1, 0], [-1, 5]], [0, 0]), ([[1, 1]], None)])
    found = sorted(region.signs for region in list_activation_regions(network))
    assert found == [((-1, 0), (0, 0)), ((1, 0), (1, -1))]


def test_near_coincidences_are_told_apart():
    """Three lines that meet in a point, and the same with one of them moved by 2^-60."""
    lines = [[1, 0], [0, 1], [1, 1]]
    apart = LayeredNetwork.read([(lines, [0, 0, 2.0**-60]), ([[1, 1, 1]], None)])
    together = LayeredNetwork.read([(lines, [0, 0, 0.0]), ([[1, 1, 1]], None)])
    assert (complex_f_vector(apart), complex_f_vector(together)) == ((3, 9, 7), (1, 6, 6))


def by_the_compiled_engine(network):
    """Signs and rays of the regions of a network of two hidden layers, without lineality, by `RaySearch`."""
    (weights, biases), (deeper, shifts), _ = network.layers
    first = [(*row, bias) for row, bias in zip(weights, biases, strict=True)]
    base, places = distinct([(0,) * network.inputs + (1,), *map(integer_row, first)])
    for sides, rays in RaySearch(base, 1).cells_with_rays():
        signs = tuple(int(sides[k]) * s for k, s in places[1:])
        active = [[x if s > 0 else Fraction(0) for x in row] for s, row in zip(signs, first, strict=True)]
        columns = list(zip(*active, strict=True))
        rows = [[sum(map(Fraction.__mul__, row, column), Fraction(0)) for column in columns] for row in deeper]
        second = [integer_row((*row[:-1], row[-1] + shift)) for row, shift in zip(rows, shifts, strict=True)]
        walls = [tuple(int(s) * x for x in row) for s, row in zip(sides, base, strict=True)]
        cuts, members = distinct([*walls, *second])
        for found, own in RaySearch.from_rays(cuts, len(walls), rays).cells_with_rays():
            yield (signs, tuple(int(found[k]) * s if s else 0 for k, s in members[len(walls) :])), frozenset(own)


@pytest.mark.parametrize("sizes", [(2, 6, 5, 1), (3, 5, 4, 1), (4, 5, 3, 1)])
def test_signs_and_rays_are_those_of_the_compiled_engine(sizes):
    network = generic(*sizes)
    expected = dict(by_the_compiled_engine(network))
    assert {region.signs: frozenset(region.rays) for region in list_activation_regions(network)} == expected


@pytest.mark.parametrize("wrong", [True, False])
def test_a_planted_fault_is_found(monkeypatch, wrong):
    """If the adjacency of rays is not decided by their walls, the rays are not those of the compiled engine.

    Two layers of neurons that are all there twice: opposite corners of a side of the cube are on two walls in common,
    and still not adjacent.
    """
    cube = np.vstack([np.eye(3)] * 4)
    network = LayeredNetwork.read([(cube, [0] * 6 + [-1] * 6), ([[1] * 3 + [0] * 9] * 2, [-1] * 2), ([[1, 1]], None)])
    expected = dict(by_the_compiled_engine(network))
    assert {region.signs: frozenset(region.rays) for region in list_activation_regions(network)} == expected
    monkeypatch.setattr(region_splitting, "adjacent", lambda *arguments: wrong)
    assert {region.signs: frozenset(region.rays) for region in list_activation_regions(network)} != expected


def test_polygons_fill_the_box():
    """The areas of the regions of a network in a box, by the shoelace formula, add up to that of the box."""
    for seed in range(12):
        network = drawn(seed) if drawn(seed).inputs == 2 else generic(2, 5, 4, 1, seed=seed)
        areas = []
        for region in list_activation_regions(network, box=[(-1, 2), ("-1/3", 1)]):
            corners = region.polygon
            assert set(corners) == set(region.vertices)
            areas.append(sum(a * d - b * c for (a, b), (c, d) in pairwise([*corners, corners[0]])) / 2)
        assert min(areas) > 0
        assert sum(areas) == 4


def test_what_is_no_polygon():
    for network in (generic(2, 3, 1), generic(3, 3, 1)):
        with pytest.raises(InputError, match="give a box"):
            next(region for region in list_activation_regions(network) if not region.bounded).polygon  # noqa: B018


def test_rays_that_are_forgotten_are_computed_again(monkeypatch):
    network = generic(2, 8, 8, 1)
    expected = [(region.signs, region.rays) for region in list_activation_regions(network)]
    monkeypatch.setattr(region_splitting, "_KEPT", 3)
    assert [(region.signs, region.rays) for region in list_activation_regions(network)] == expected


def test_the_first_regions_of_many_come_at_once():
    """Sixty rows cut the space into 2^60 orthants; none of them is listed before it is asked for."""
    size = 60
    rows = [[int(i == j) for j in range(size)] for i in range(size)]
    network = LayeredNetwork.read([(rows, None), ([[1] * size], None)])
    first = [region.signs for region in islice(iter_activation_regions(network), 3)]
    assert len(set(first)) == 3
    assert all(set(signs) <= {1, -1} for (signs,) in first)


def test_more_layers_than_calls_can_be_nested():
    """The layers are u + 1, u - 1, u + 1 and so on, each with a ReLU: the network bends at -1 and at 0."""
    network = LayeredNetwork.read([([[1]], [(-1) ** k]) for k in range(400)])
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        regions = list_activation_regions(network)
    finally:
        sys.setrecursionlimit(before)
    assert sorted(region.bounded for region in regions) == [False, False, True]
    assert sorted(vertex for region in regions for (vertex,) in region.vertices) == [-1, -1, 0, 0]
