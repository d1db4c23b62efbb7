"""The complex of a network as the explorer's page lists it, in a browser, against the library and brute force.

Brute force: for all signs of the layers before, the neurons of the next layer are affine forms, and together with all
forms before they are an affine arrangement. Its covectors that have these signs are the faces of the network there.
"""

import random
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import pairwise, permutations

import pytest
from support.browser import Modules

from arrangements import Arrangement, list_covectors
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.complexes.level_sets import zero_set
from arrangements.complexes.polyhedral_complex import network_complex, region_graph
from arrangements.exact.linear_algebra import rank
from arrangements.exact.numbers import integer_row

Form = tuple[Fraction, ...]  # weights of the inputs, then the constant
Faces = dict[tuple[int, ...], tuple[tuple[Form, ...], tuple[Form, ...]]]  # signs: all forms so far, and the outputs

_BY_BRUTE_FORCE = 26  # of the networks, as it takes long
_COMPLEXES = """(m, cases) => cases.map(([layers, box]) => m["core/network_complex"].networkComplex(layers, { box }))"""


def network(*layers: tuple) -> list[dict]:
    return [{"weights": [list(map(str, row)) for row in w], "biases": list(map(str, b))} for w, b in layers]


@cache
def networks() -> tuple[tuple[list[dict], list | None], ...]:
    """Networks of one to three hidden layers, generic and degenerate, some of them in a box."""
    draw = random.Random(11)
    cases: list[tuple[list[dict], list | None]] = [
        (network(([[1, 0]], [0]), ([[1]], [-1])), None),  # the second input does nothing
        (network(([[0, 0], [0, 0]], [0, 1]), ([[1, -1]], [0]), ([[1]], [0])), None),  # dead and constant neurons
        (network(([[1], [-1], [1]], [0, 0, 0]), ([[1, -1, 0], [0, 0, 1]], [0, "-0.5"]), ([[1, 1]], [-1])), None),
        (network(([[1, 0], [2, 0], [-1, 0]], [1, 2, -1]), ([[1, 1, 1]], [0])), [[-2, 3], ["-1/3", "0.5"]]),
        (network(([[1, 0], [0, 1], [-1, 0], [0, -1]], [0] * 4), ([[1, 1, 1, 1]], [0]), ([[1]], [0])), [[-1, 1]] * 2),
        (
            network(([[1, 0], [0, 1], [-1, -1]], [0, 0, 1]), ([[1, -1, 1], [-1, 1, 1]], ["0.1", 0]), ([[1, -2]], [0])),
            None,
        ),
    ]
    for number in range(40):
        d, deep = draw.choice((1, 2, 2, 3)), draw.choice((1, 1, 2)) + (number % 8 == 0)
        widths = [d, *(draw.randint(1, 3 if d == 3 or deep == 3 else 4) for _ in range(deep)), draw.choice((1, 2))]
        entries = (0, 0, 1, -1, 2, "1/3") if number % 3 else range(-40, 40)
        layers = []
        for before, after in pairwise(widths):
            weights = [[draw.choice(entries) for _ in range(before)] for _ in range(after)]
            layers.append((weights, [draw.choice(entries) for _ in range(after)]))
        cases.append((network(*layers), [[-1, 2]] * d if number % 4 == 1 else None))
    return tuple(cases)


def exact_layers(layers: list[dict]) -> list[tuple[list[Form], Form]]:
    return [([tuple(map(Fraction, w)) for w in x["weights"]], tuple(map(Fraction, x["biases"]))) for x in layers]


def forms_of(layer: tuple[list[Form], Form], outputs: tuple[Form, ...]) -> tuple[Form, ...]:
    """A layer's neurons, as forms of the input, from the outputs of the layer before."""
    found = []
    for weights, bias in zip(*layer, strict=True):
        total = [
            sum((w * form[j] for w, form in zip(weights, outputs, strict=True)), Fraction())
            for j in range(len(outputs[0]))
        ]
        found.append((*total[:-1], total[-1] + bias))
    return tuple(found)


@cache
def faces_of(number: int) -> Faces:
    """All faces of a network inside its box: the signs, with all forms so far and the last outputs."""
    layers, box = networks()[number]
    exact = exact_layers(layers)
    d = len(exact[0][0][0])
    inputs = tuple(tuple(Fraction(i == j) for i in range(d + 1)) for j in range(d))
    sides = []
    for j, (low, high) in enumerate(box or []):
        sides.append((*inputs[j][:-1], -Fraction(low)))
        sides.append((*(-x for x in inputs[j][:-1]), Fraction(high)))
    faces: Faces = {(): ((), inputs)}
    for layer in exact[:-1]:
        following: Faces = {}
        for signs, (before, outputs) in faces.items():
            forms = forms_of(layer, outputs)
            for s in covectors((*sides, *before, *forms), (1,) * len(sides) + signs):
                activated = tuple(f if x > 0 else (Fraction(),) * (d + 1) for f, x in zip(forms, s, strict=True))
                following[signs + s] = ((*before, *forms), activated)
        faces = following
    return faces


def covectors(forms: tuple[Form, ...], begin: tuple[int, ...]) -> set[tuple[int, ...]]:
    """The signs of the forms behind the first ones, at all points where those have given signs."""
    rows = [integer_row(form) for form in forms]
    arrangement = Arrangement.from_table([row[:-1] for row in rows], [-row[-1] for row in rows])
    return {s[len(begin) :] for s, _ in list_covectors(arrangement) if s[: len(begin)] == begin}


def dimension(signs: tuple[int, ...], forms: tuple[Form, ...]) -> int:
    zero = [integer_row(form)[:-1] for s, form in zip(signs, forms, strict=True) if s == 0]
    return len(forms[0]) - 1 - rank(zero, len(forms[0]) - 1)


@pytest.fixture(scope="module")
def complexes(modules: Modules) -> list[dict]:
    return modules.run(_COMPLEXES, networks())


def test_regions_and_faces_are_those_of_brute_force(complexes: list[dict]) -> None:
    for number, found in enumerate(complexes[:_BY_BRUTE_FORCE]):
        faces = faces_of(number)
        d = len(networks()[number][0][0]["weights"][0])
        sizes = {signs: dimension(signs, forms) for signs, (forms, _) in faces.items()}
        regions = [tuple(s for layer in region["signs"] for s in layer) for region in found["regions"]]
        assert len(set(regions)) == len(regions)
        assert set(regions) == {signs for signs, size in sizes.items() if size == d}
        assert found["faces"] == [list(sizes.values()).count(k) for k in range(d + 1)]
        assert sum((-1) ** k * count for k, count in enumerate(found["faces"])) == (-1) ** d
        facets = [signs for signs, size in sizes.items() if size == d - 1]
        assert len(found["adjacent"]) == len({tuple(sorted(pair)) for pair in found["adjacent"]}) == len(facets)


def value_at(layers: list[dict], ray: list[int]) -> list[list[Fraction]]:
    """The pre-activations of all layers at the point (x t, t), outputs last."""
    h, found = [Fraction(x, ray[-1]) for x in ray[:-1]], []
    for weights, biases in exact_layers(layers):
        found.append(
            [sum(w * x for w, x in zip(row, h, strict=True)) + b for row, b in zip(weights, biases, strict=True)]
        )
        h = [max(x, Fraction()) for x in found[-1]]
    return found


def test_witnesses_have_their_signs_and_affine_maps_are_the_network(complexes: list[dict]) -> None:
    for (layers, box), found in zip(networks(), complexes, strict=True):
        for region in found["regions"]:
            point = region["witness"]
            hidden = value_at(layers, point)[:-1]
            assert point[-1] > 0
            assert [[sign(x) for x in layer] for layer in hidden] == region["signs"]
            for ray in [point, *(p for p in region["rays"] if p[-1] > 0)]:  # the network is continuous
                rows, divisor = region["affine"]["rows"], region["affine"]["divisor"]
                maps = [sum(a * x for a, x in zip(row, ray, strict=True)) / Fraction(divisor * ray[-1]) for row in rows]
                assert maps == value_at(layers, ray)[-1]
                x = [Fraction(value, ray[-1]) for value in ray[:-1]]
                assert all(Fraction(a) <= v <= Fraction(b) for v, (a, b) in zip(x, box or [], strict=False))
            assert box is None or region["bounded"]
        assert found["pieces"] == len({tuple(map(tuple, region["affine"]["rows"])) for region in found["regions"]})
        assert found["bounded"] == sum(region["bounded"] for region in found["regions"])


def test_bounded_regions_are_the_ones_whose_recession_cone_is_a_point(complexes: list[dict]) -> None:
    seen = set()
    for number, found in enumerate(complexes[:_BY_BRUTE_FORCE]):
        if networks()[number][1] is not None:
            continue
        faces = faces_of(number)
        for region in found["regions"]:
            signs = tuple(s for layer in region["signs"] for s in layer)
            forms = [integer_row(form)[:-1] for form in faces[signs][0]]
            cone = {s for s, _ in list_covectors(Arrangement.from_table(forms))}  # directions, by signs of all forms
            within = [c for c in cone if all(a * b >= 0 and (b != 0 or a == 0) for a, b in zip(c, signs, strict=True))]
            bounded = within == [(0,) * len(forms)] and rank(forms, len(forms[0])) == len(forms[0])
            assert region["bounded"] == bounded
            seen.add(bounded)
    assert seen == {True, False}


def layered(layers: list[dict]) -> LayeredNetwork:
    return LayeredNetwork.from_json({"layers": layers}, "here")


def test_complexes_are_those_of_the_library(complexes: list[dict]) -> None:
    for (layers, box), found in zip(networks(), complexes, strict=True):
        known = network_complex(layered(layers), box=box)
        assert (found["faces"], found["pieces"], found["bounded"]) == ([*known.f_vector], known.pieces, known.bounded)
        rays = {region.signs: {*region.rays} for region in known.regions}
        signs = [tuple(map(tuple, region["signs"])) for region in found["regions"]]
        assert dict(zip(signs, ({*map(tuple, region["rays"])} for region in found["regions"]), strict=True)) == rays
        edges = {frozenset(known.regions[k].signs for k in edge) for edge in region_graph(known).edges}
        assert {frozenset(signs[k] for k in pair) for pair in found["adjacent"]} == edges


def test_zero_sets_have_the_pieces_of_the_library(complexes: list[dict]) -> None:
    seen: Counter = Counter()
    for (layers, box), found in zip(networks(), complexes, strict=True):
        for number in range(1, len(layers)):
            shallow = layered(layers[: number + 1])  # the neurons of this layer are its outputs
            for k, pieces in enumerate(found["zeroSets"][number]):
                known = zero_set(shallow, output=k, box=box).pieces
                assert len(pieces) == len(known)
                assert {corners(piece["rays"]) for piece in pieces} == {corners(face.rays) for face in known}
                assert sorted(piece["dimension"] for piece in pieces) == sorted(face.dimension for face in known)
                seen.update(piece["dimension"] for piece in pieces)
    assert min(seen[0], seen[1], seen[2]) > 5


def corners(rays: list) -> frozenset:
    return frozenset(map(tuple, rays))


def test_neurons_are_zero_on_their_zero_sets(complexes: list[dict]) -> None:
    for (layers, _), found in zip(networks(), complexes, strict=True):
        for number, neurons in enumerate(found["zeroSets"]):
            for k, pieces in enumerate(neurons):
                for piece in pieces:
                    assert all(value_at(layers, point)[number][k] == 0 for point in points_of(piece["rays"]))
                assert not any(a <= b for a, b in permutations([corners(piece["rays"]) for piece in pieces], 2))


def test_lines_of_the_first_layer_come_in_the_pieces_that_other_lines_make_of_them(modules: Modules) -> None:
    [found] = modules.run(_COMPLEXES, [[network(([[1, 0], [0, 1], [1, 1]], [0, 0, -1]), ([[1, 1, 1]], [0])), None]])
    first, *_ = found["zeroSets"]
    assert [[piece["dimension"] for piece in pieces] for pieces in first] == [[1, 1, 1]] * 3


def points_of(rays: list[list[int]]) -> list[list[int]]:
    """Some points of a piece: its end points, points between them, and points on the way to its directions."""
    ends = [ray for ray in rays if ray[-1] > 0]
    inner = [sum(column) for column in zip(*rays, strict=True)]
    return [*ends, inner, *([a + 2 * b for a, b in zip(inner, ray, strict=True)] for ray in rays)]


def test_one_generic_layer_has_as_many_regions_as_lines_in_the_plane(modules: Modules) -> None:
    draw = random.Random(2)
    cases = []
    for n in (1, 4, 9):
        weights = [[draw.randint(-999, 999) for _ in range(2)] for _ in range(n)]
        cases.append((network((weights, [draw.randint(-999, 999) for _ in range(n)]), ([[1] * n], [0])), None))
    counts = [len(found["regions"]) for found in modules.run(_COMPLEXES, cases)]
    assert counts == [1 + n + n * (n - 1) // 2 for n in (1, 4, 9)]


def test_rays_of_regions_in_the_plane_are_in_cyclic_order(complexes: list[dict]) -> None:
    turned = 0
    for (layers, _), found in zip(networks(), complexes, strict=True):
        if len(layers[0]["weights"][0]) != 2:
            continue
        for region in found["regions"]:
            rays = region["rays"]
            if len(rays) >= 4:
                turns = {
                    sign(determinant(a, b, c)) for a, b, c in zip(rays, rays[1:] + rays, rays[2:] + rays, strict=False)
                }
                assert len(turns) == 1
                turned += 1
    assert turned > 5


def determinant(a: list[int], b: list[int], c: list[int]) -> int:
    minors = (b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0])
    return sum(x * y for x, y in zip(a, minors, strict=True))


@pytest.mark.parametrize(
    ("layers", "box", "message"),
    [
        (network(([[1, 0]], [0])), None, "a network has at least one hidden layer and an output layer"),
        (network(([[1, 0]], [0]), ([[1, 2]], [0])), None, "layer 2 needs 1 weights and one bias for each neuron"),
        (network(([[1, 0]], [0, 1]), ([[1]], [0])), None, "layer 1 needs 2 weights and one bias for each neuron"),
        (network(([], []), ([[]], [0])), None, "layer 1 needs some weights and one bias for each neuron"),
        (network(([["x"]], [0]), ([[1]], [0])), None, '"x" is not a number; write it like -3, 0.1, 1/3 or 2e-3'),
        (network(([[1]], [0]), ([[1]], [0])), [[1, 1]], "the box is empty at input 1"),
        (network(([[1]], [0]), ([[1]], [0])), [], "the box has 0 pairs of bounds, and the network 1 inputs"),
    ],
)
def test_what_is_no_network_is_refused(modules: Modules, layers: list[dict], box: list | None, message: str) -> None:
    code = """(m, [layers, box]) => {
      try { return m["core/network_complex"].networkComplex(layers, { box }); } catch (error) { return error.message; }
    }"""
    assert modules.run(code, [layers, box]) == message


def sign(x: Fraction | int) -> int:
    return (x > 0) - (x < 0)
