"""No text covers another one or is cut off, measured on the letters as they are drawn."""

from itertools import combinations

import numpy as np
import pytest
from support.drawn import named, polygons

from arrangements import Arrangement, LayeredNetwork, family

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg

from arrangements.pictures import (
    draw_complex,
    draw_data_plane,
    draw_disc,
    draw_flats,
    draw_function,
    draw_lines,
    draw_sphere,
    draw_tope_graph,
    draw_zonotope,
)

NUMBERS = np.random.default_rng(0)
TWELVE = Arrangement.from_table(NUMBERS.standard_normal((12, 2)), NUMBERS.standard_normal(12))
POINTS = NUMBERS.standard_normal((8, 2)).round(2)
LAYERS = [
    {"weights": [[2, 1], [-1, 2], [-1, -2]], "biases": [1, 0, 1]},
    {"weights": [[1, 1, 1], [1, -1, 0]], "biases": [-4, -1]},
    {"weights": [[-1, 2]], "biases": ["1/2"]},
]
NETWORK = LayeredNetwork.from_json({"layers": LAYERS}, "here")
LONG = ["height", "weight of it", "age", "income", "a", "WWWWWWWWWWWW"]
DRAWN = {
    "twelve lines": lambda size: draw_lines(TWELVE, size=size),
    "signs of twelve lines": lambda size: draw_lines(TWELVE, size=size, labels="signs"),
    "shi": lambda size: draw_lines(family("shi:3"), size=size, labels="signs", row_names=LONG),
    "through the origin": lambda size: draw_lines(family("random:12,2,1"), size=size),
    "disc": lambda size: draw_disc(family("typeB:3"), size=size),
    "disc with names": lambda size: draw_disc(family("braid:4"), size=size, labels="signs", row_names=LONG),
    "sphere": lambda size: draw_sphere(family("random:8,3,0"), size=2 * size),
    "zonotope": lambda size: draw_zonotope(family("resonance:3"), size=2 * size),
    "tope graph": lambda size: draw_tope_graph(family("typeB:3"), size=size),
    "tope graph with signs": lambda size: draw_tope_graph(family("shi:3"), size=size, labels="signs", row_names=LONG),
    "tope graph of rank 4": lambda size: draw_tope_graph(family("braid:5"), size=size),
    "flats": lambda size: draw_flats(family("typeB:3"), size=size),
    "many flats": lambda size: draw_flats(family("braid:5"), size=size),
    "data": lambda size: draw_data_plane(POINTS, size=2 * size),
    "data with a bias": lambda size: draw_data_plane(POINTS, bias=True, size=2 * size),
    "complex": lambda size: draw_complex(NETWORK, size=size),
    "function": lambda size: draw_function(NETWORK, POINTS, POINTS[:, 0], size=size),
}


def texts(figure):
    """Every text that is written, with its box in pixels."""
    FigureCanvasAgg(figure).draw()
    renderer = figure.canvas.get_renderer()
    found = list(figure.texts)
    for axes in figure.axes:
        found += [*axes.texts, axes.title, *_ticks(axes)]
    found += [text for legend in figure.legends for text in (*legend.get_texts(), legend.get_title())]
    found = [text for text in found if text.get_text()]
    return [(text, (text.get_bbox_patch() or text).get_window_extent(renderer)) for text in found]


def _ticks(axes):
    """The numbers along the axes; matplotlib makes more than it draws."""
    across, up = axes.get_xlim(), axes.get_ylim()
    found = [text for text in axes.get_xticklabels() if across[0] <= text.get_position()[0] <= across[1]]
    return found + [text for text in axes.get_yticklabels() if up[0] <= text.get_position()[1] <= up[1]]


def ink(text, box):
    """The corners of the part of a text's box that digits and signs fill: from the base line to their height."""
    renderer = text.figure.canvas.get_renderer()
    base = box.y0 + renderer.get_text_width_height_descent("lp", text.get_fontproperties(), False)[2]
    top = base + 0.73 * text.get_fontsize() * text.figure.dpi / 72
    return [(x, y) for x in (box.x0, box.x1) for y in (base, top)]


def overlap(one, two):
    return min(one.x1, two.x1) - max(one.x0, two.x0) > 0.5 and min(one.y1, two.y1) - max(one.y0, two.y0) > 0.5


@pytest.mark.parametrize("size", [3, 8])
@pytest.mark.parametrize("name", DRAWN)
def test_letters(name, size):
    figure = DRAWN[name](size)
    whole = figure.bbox
    found = texts(figure)
    for text, box in found:
        inside = box.x0 >= -0.5 and box.y0 >= -0.5 and box.x1 <= whole.x1 + 0.5 and box.y1 <= whole.y1 + 0.5
        assert inside, f"{text.get_text()} is cut off"
    # the names of points in the plane of the data stand where the data are
    placed = [(text, box) for text, box in found if not (name.startswith("data") and text in _point_names(figure))]
    pairs = [(a.get_text(), b.get_text()) for (a, p), (b, q) in combinations(placed, 2) if overlap(p, q)]
    assert pairs == []


def _point_names(figure):
    return [text for axes in figure.axes if named(axes.lines, "point-") for text in axes.texts]


@pytest.mark.parametrize("size", [3, 8])
@pytest.mark.parametrize("name", ["twelve lines", "signs of twelve lines", "shi", "through the origin"])
def test_letters_are_inside_their_polygons(name, size):
    figure = DRAWN[name](size)
    (axes,) = figure.axes
    found = {text: box for text, box in texts(figure) if text.get_gid() == "label"}
    assert found
    shapes = [patch.get_path().transformed(patch.get_transform()) for patch in named(axes.patches, "region-")]
    assert len(shapes) == len(polygons(axes))
    for text, box in found.items():
        assert any(shape.contains_points(ink(text, box)).all() for shape in shapes)
