"""Pictures of networks: the complex in the plane, and functions with exact kinks."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from support.drawn import euler, named, notes, number, polygons

from arrangements import (
    InputError,
    Layer,
    LayeredNetwork,
    bent_hyperplane,
    count_activation_regions,
    list_activation_regions,
    network_complex,
    zero_set,
)
from convex import Network, SubNetwork, TrainedModel

pytest.importorskip("matplotlib")

from arrangements.pictures import draw_complex, draw_function, svg_text
from arrangements.pictures.geometry.views import read_view


def random_network(widths, seed, inputs=2, outputs=1):
    numbers = np.random.default_rng(seed)
    sizes = [inputs, *widths, outputs]
    return LayeredNetwork(
        tuple(
            Layer(_fractions(numbers.integers(-9, 10, (b, a))), _fractions([numbers.integers(-9, 10, b)])[0])
            for a, b in pairwise(sizes)
        )
    )


def _fractions(table):
    return tuple(tuple(Fraction(int(x), 4) for x in row) for row in table)


def network(*layers):
    return LayeredNetwork.from_json({"layers": [{"weights": w, "biases": b} for w, b in layers]}, "here")


PLANE = {
    "one layer": random_network([4], 0),
    "two layers": random_network([4, 3], 1),
    "three layers": random_network([3, 3, 2], 2),
    "two outputs": network(([[1, 0], [0, 1], [1, 1]], [1, 0, -1]), ([[1, 0, 1], [0, 2, -1]], [0, 1])),
    "no hidden layer": network(([[1, 2]], [-1])),
    "no biases": network(([[1, 2], [1, -1], [-1, 0]], [0, 0, 0]), ([[1, 1, 0], [1, -1, 1]], [0, 0]), ([[1, -1]], [0])),
    "dead and repeated": network(
        ([[1, 2], [1, 2], [-2, -4], [0, 0], [0, 0]], [1, 1, -2, 1, -1]), ([[1, 1, 1, 1, 1]], [-3]), ([[1]], [0])
    ),
    "one line": network(([[1, 1]], [0]), ([[1]], [0])),
    "zero output": network(([[1, 0], [0, 1]], [0, 0]), ([[1, 1]], [0])),
}
LINE = {
    "one layer": random_network([5], 0, inputs=1),
    "two layers": random_network([5, 4], 1, inputs=1),
    "three layers": random_network([4, 4, 3], 2, inputs=1),
    "kinks that cancel": network(([[1], [-1], [1]], [0, 0, -1]), ([[1, -1, 2]], [0])),  # x + 2 (x - 1)+
    "no hidden layer": network(([[3]], [-1])),
    "dead": network(([[0], [0]], [1, -1]), ([[1, 1]], [0])),
    "no biases": network(([[1], [-1]], [0, 0]), ([[1, 1]], [0])),
}


@pytest.mark.parametrize("name", PLANE)
def test_regions_and_edges_of_the_complex(name):
    net, view = PLANE[name], (0, 0, 5)
    within = network_complex(net, box=read_view(view).sides)
    figure = draw_complex(net, view=view, labels="numbers")
    axes = figure.axes[0]
    found = polygons(axes)
    assert len(found) == len(within.regions) == count_activation_regions(net, box=[(-5, 5), (-5, 5)])
    assert euler(list(found.values())) == 1
    everywhere = sorted(sum(region.signs, ()) for region in list_activation_regions(net))
    for region in within.regions:
        corners = found[everywhere.index(sum(region.signs, ()))]
        assert sorted(map(tuple, corners)) == sorted(tuple(map(float, vertex)) for vertex in region.vertices)
    # an edge for each face of dimension 1, and for a neuron at most those of its own bent line
    edges = Counter(number(line) for line in named(axes.lines, "edge-"))
    assert sum(edges.values()) == len(within.faces[1])
    places = [(layer, k) for layer, width in enumerate(within.widths) for k in range(width)]
    for place, drawn in edges.items():
        assert 0 < drawn <= len(bent_hyperplane(within, *places[place]).faces[1])


@pytest.mark.parametrize("name", PLANE)
def test_the_chosen_view_says_what_is_missing(name):
    net = PLANE[name]
    figure = draw_complex(net, labels="none", output=None)
    drawn, whole = len(polygons(figure.axes[0])), count_activation_regions(net)
    assert (f"{drawn} of {whole} regions in view" in notes(figure)) == (drawn < whole)
    assert drawn <= whole


@pytest.mark.parametrize("name", PLANE)
def test_zero_set(name):
    net, view = PLANE[name], (0, 0, 4)
    pieces = zero_set(net, box=read_view(view).sides).pieces
    axes = draw_complex(net, view=view).axes[0]
    drawn = [line.get_xydata() for line in named(axes.lines, "zero-1")]
    assert len(drawn) == sum(piece.dimension == 1 for piece in pieces)
    assert len(named(axes.patches, "zero-2")) == sum(piece.dimension == 2 for piece in pieces)
    for ends in drawn:
        middle = [tuple(Fraction(float(x)) for x in ends.mean(axis=0))]
        assert float(net.predict(middle)[0][0]) == pytest.approx(0, abs=1e-9)


def test_boundary_between_two_outputs():
    net = PLANE["two outputs"]
    axes = draw_complex(net, output=0, minus=1, view=(0, 0, 20)).axes[0]
    drawn = named(axes.lines, "zero-1")
    assert drawn
    for line in drawn:
        ((one, two),) = net.predict([tuple(Fraction(float(x)) for x in line.get_xydata().mean(axis=0))])
        assert float(one) == pytest.approx(float(two), abs=1e-9)


def test_colours_stay_when_weights_move():
    """Of the patterns that stay, all keep their colours; and the view does not matter."""
    before, after = (
        network(([[1, 0], [0, 1], [1, 1]], [0, 0, b]), ([[1, 1, -1]], [-1]), ([[1]], [0])) for b in (-1, "-9/10")
    )
    looks = []
    for net, reach in ((before, 3), (after, 4)):
        patterns = sorted(sum(region.signs, ()) for region in list_activation_regions(net))
        patches = named(draw_complex(net, view=(0, 0, reach)).axes[0].patches, "region-")
        looks.append({patterns[number(patch)]: patch.get_facecolor() for patch in patches})
    common = looks[0].keys() & looks[1].keys()
    assert len(common) >= 7
    assert all(looks[0][pattern] == looks[1][pattern] for pattern in common)


@pytest.mark.parametrize("name", LINE)
def test_curve(name):
    """The drawn line is the function: at its corners, and between them, where the function is linear."""
    net = LINE[name]
    axes = draw_function(net).axes[0]
    ((x, y),) = [line.get_data() for line in named(axes.lines, "function")]
    places = np.sort(np.concatenate([x, np.random.default_rng(0).uniform(x[0], x[-1], 200)]))
    exact = [float(value) for (value,) in net.predict([(Fraction(float(place)),) for place in places])]
    assert np.interp(places, x, y) == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", LINE)
def test_kinks_are_exactly_those(name):
    """Found a second way: at each breakpoint of some neuron, the slopes to both sides, from exact outputs."""
    net = LINE[name]
    breaks = sorted({x for region in list_activation_regions(net) for (x,) in region.vertices})
    gap = min((b - a for a, b in pairwise(breaks)), default=Fraction(1)) / 3
    expected = []
    for x in breaks:
        left, here, right = (y for (y,) in net.predict([(x - gap,), (x,), (x + gap,)]))
        if here - left != right - here:
            expected.append(float(x))
    drawn = [line.get_xdata().tolist() for line in named(draw_function(net).axes[0].lines, "kink")]
    assert drawn == [expected]


def test_a_kink_outside_the_interval_is_not_drawn():
    net = LINE["kinks that cancel"]
    assert [line.get_xdata().tolist() for line in named(draw_function(net, view=(-3, 3)).axes[0].lines, "kink")] == [
        [1]
    ]
    figure = draw_function(net, view=(-3, "1/2"))
    assert "0 kinks in view" in notes(figure)
    assert named(figure.axes[0].lines, "function")[0].get_xdata().tolist() == [-3, 0.5]


@pytest.mark.parametrize("name", PLANE)
def test_bands_of_colour(name):
    """Every polygon lies between the two values that its colour stands for; together they fill the view."""
    net = PLANE[name]
    figure = draw_function(net, view=(0, 0, 3))
    axes, bar = figure.axes
    labels = [float(text.get_text().replace("\N{MINUS SIGN}", "-")) for text in bar.get_yticklabels()]
    area = 0.0
    for patch in named(axes.patches, "band-"):
        corners = patch.get_xy()[:-1]
        x, y = corners.T
        area += abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
        (value,) = net.predict([tuple(Fraction(float(c)) for c in corners.mean(axis=0))])[0][:1]
        band = number(patch)
        assert labels[band] - 1e-9 <= value <= labels[band + 1] + 1e-9
    assert area == pytest.approx(36)


@pytest.mark.parametrize("name", PLANE)
def test_kinks_of_two_inputs_are_where_the_map_changes(name):
    net = PLANE[name]
    within = network_complex(net, box=[(-3, 3), (-3, 3)])
    maps = [region.affine_map for region in within.regions]
    wanted = [
        face for face in within.faces[1] if len({(maps[i].weights[0], maps[i].biases[0]) for i in face.regions}) == 2
    ]
    assert len(named(draw_function(net, view=(0, 0, 3)).axes[0].lines, "kink")) == len(wanted)


def test_data_points():
    rows, targets = [[0], [1], [2]], [0, "1/2", 3]
    axes = draw_function(LINE["one layer"], rows, targets).axes[0]
    assert [tuple(line.get_xydata()[0]) for line in named(axes.lines, "point-")] == [(0, 0), (1, 0.5), (2, 3)]
    axes = draw_function(LINE["one layer"], rows).axes[0]
    expected = [float(y) for (y,) in LINE["one layer"].predict([(Fraction(x),) for (x,) in rows])]
    assert [line.get_ydata()[0] for line in named(axes.lines, "point-")] == expected
    axes = draw_function(PLANE["one layer"], [[0, 0], [4, 1]], [1, 10**6]).axes[0]
    assert len(named(axes.lines, "point-")) == 2


def test_trained_models():
    one = Fraction(1)
    part = SubNetwork(((one, -one),), (one,), 2 * one)
    (axes,) = draw_function(TrainedModel((Network((part,)),), bias=True)).axes  # 2 (x - 1)+
    assert [line.get_xdata().tolist() for line in named(axes.lines, "kink")] == [[1]]
    axes, _bar = draw_function(Network((part,)), view=(0, 0, 1)).axes  # 2 (x - y)+
    assert len(named(axes.lines, "kink")) == 1
    assert len(polygons(draw_complex(Network((part,)), view=(0, 0, 1)).axes[0])) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_complex(LINE["one layer"]), "the network has 1 input; this picture is drawn for 2"),
        (
            lambda: draw_function(random_network([2], 0, inputs=3)),
            "the network has 3 inputs; this picture",
        ),
        (lambda: draw_complex(PLANE["one layer"], limit=3), "more than 3 regions, too many for a picture"),
        (lambda: draw_complex(PLANE["one layer"], output=1), "output is 1; it must be at most 0"),
        (lambda: draw_complex([[1, 2]]), "network: .* is a list, not a LayeredNetwork"),
        (lambda: draw_function(LINE["one layer"], [[1, 2]]), "the table has 2 columns where the network takes 1"),
        (lambda: draw_function(LINE["one layer"], [[1]], [1, 2]), "there are 2 targets for 1 rows"),
        (lambda: draw_function(LINE["one layer"], targets=[1]), "targets are given without a table"),
        (lambda: draw_function(LINE["one layer"], [[10**200]]), "numbers too large for a picture"),
        (lambda: draw_function(LINE["one layer"], view=(1, 1)), "give two numbers: the lower and the upper bound"),
        (lambda: draw_function(PLANE["one layer"], view=(1, 1)), "give three numbers"),
        (lambda: draw_function(network(([[1]], [0]), ([[10**200]], [0]))), "the outputs are too large for a picture"),
        (
            lambda: draw_function(network(([[1, 1]], [0]), ([[10**200]], [0]))),
            "the outputs are too large for a picture",
        ),
        (lambda: draw_function(PLANE["one layer"], output=-1), "output is -1; it must be an integer of at least 0"),
    ],
)
def test_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()


@pytest.mark.parametrize("draw", [draw_complex, draw_function])
def test_the_same_picture_is_the_same_text(draw):
    first, second = (svg_text(draw(PLANE["two layers"])) for _ in range(2))
    assert first == second
    assert "<path" in first


def test_notebooks():
    one = Fraction(1)
    part = SubNetwork(((one, -one),), (one,), one)
    shown = [PLANE["two layers"], LINE["two layers"], Network((part,)), TrainedModel((Network((part,)),), bias=True)]
    for each in shown:
        assert each._repr_svg_().startswith("<?xml")
        assert each._repr_svg_() == each._repr_svg_()
    wide = SubNetwork(((one, one, one, one),), (one,), one)
    hidden = [
        random_network([2], 0, inputs=3),
        network(([[10**400]], [0]), ([[1]], [0])),
        random_network([40, 40], 0),
        Network(()),
        Network((wide,)),
    ]
    assert [each._repr_svg_() for each in hidden] == [None] * 5
