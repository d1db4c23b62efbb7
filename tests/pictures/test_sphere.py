"""The disc and the sphere: regions of central arrangements of rank 3, and how many are seen from a direction."""

import numpy as np
import pytest
from support.drawn import euler, named, notes, number, polygons

from arrangements import Arrangement, count_regions, family, region_set

pytest.importorskip("matplotlib")

from arrangements.pictures import draw_disc, draw_sphere

SPACE = {
    "resonance": family("resonance:3"),
    "braid": family("braid:4"),
    "typeB": family("typeB:3"),
    "random": family("random:8,3,0"),
    "zero and repeated rows": Arrangement.from_table(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0], [-2, 0, 0], [0, 0, 1], [1, 1, 1]]
    ),
    "three rows": Arrangement.from_table([[1, 0, 0], [1, 1, 0], [1, 1, 1]]),
    "nearly equal": Arrangement.from_table([[1, 0, 0], [10**9, 1, 0], [0, 1, 0], [0, 0, 1]]),
    "huge": Arrangement.from_table([[10**400, 1, 0], [1, 10**400, 3], [0, 0, 1]]),
    "rank 3 in five dimensions": Arrangement.from_table(
        [[1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 2], [1, 1, 1, 1, 1]]
    ),
}
every = pytest.mark.parametrize("name", SPACE)


def seen(arrangement, view):
    """How many regions meet the open half space {view.w > 0}: half of those of the arrangement with this row."""
    return count_regions(Arrangement((*arrangement.normals, view), None, arrangement.dimension)) // 2


@every
def test_the_disc_has_one_region_of_each_pair(name):
    arrangement = SPACE[name]
    (axes,) = draw_disc(arrangement).axes
    found = polygons(axes)
    if name != "nearly equal":  # which has corners that are nearer to each other than those that are one
        assert euler(list(found.values())) == 1
    if arrangement.dimension == 3:
        assert len(found) == seen(arrangement, (0, 0, 1))
    lines = [number(line) for line in named(axes.lines, "line-")]
    assert sorted(lines) == list(range(len(arrangement.hyperplanes)))
    assert len(named(axes.texts, "row-label")) == len(lines)


@every
def test_the_sphere_has_all_regions(name):
    arrangement = SPACE[name]
    figure = draw_sphere(arrangement, view=(3, -5, 4))
    front, back = (polygons(axes) for axes in figure.axes)
    assert front.keys() | back.keys() == set(range(count_regions(arrangement)))
    if name != "nearly equal":
        assert euler(list(front.values())) == euler(list(back.values())) == 1
    if arrangement.dimension == 3:
        assert len(front) == len(back) == seen(arrangement, (3, -5, 4))


@pytest.mark.parametrize("name", ["resonance", "random", "zero and repeated rows", "typeB"])
def test_labels_are_those_of_the_region_they_stand_in(name):
    arrangement = SPACE[name]
    signs = list(region_set(arrangement))
    for draw, places in ((draw_disc, _equal_areas), (draw_sphere, _parallel)):
        options = {"view": (0, 0, 1), "labels": "numbers"}
        figure = draw(arrangement, **options)
        for side, axes in zip((1, -1), figure.axes, strict=False):
            for text in named(axes.texts, "label"):
                x, y, z = places(*text.get_position())
                own = np.sign(np.array(arrangement.normals, float) @ [side * x, y, side * z])
                assert tuple(own.astype(int)) == signs[int(text.get_text())]


def _equal_areas(x, y):
    factor = (2 - x * x - y * y) ** 0.5
    return x * factor, y * factor, 1 - x * x - y * y


def _parallel(x, y):
    return x, y, (1 - x * x - y * y) ** 0.5


@pytest.mark.parametrize("name", ["resonance", "random", "typeB"])
def test_strokes_are_on_the_positive_side(name):
    arrangement = SPACE[name]
    (axes,) = draw_disc(arrangement).axes
    strokes = named(axes.lines, "positive-side")
    lines = [number(line) for line in named(axes.lines, "line-") if abs(arrangement.hyperplanes[number(line)][2]) != 1
             or any(arrangement.hyperplanes[number(line)][:2])]  # fmt: skip
    assert len(strokes) == 2 * len(lines)
    for k, stroke in enumerate(strokes):
        x, y = stroke.get_xydata()[-1]
        a, b, _ = arrangement.hyperplanes[lines[k // 2]]
        assert a * x + b * y > 0


def test_labels_that_find_no_room_are_counted():
    arrangement = SPACE["random"]
    figure = draw_disc(arrangement, size=2)
    (axes,) = figure.axes
    written, drawn = len(named(axes.texts, "label")), len(polygons(axes))
    assert written < drawn
    assert f"{drawn - written} labels left out" in notes(figure)


def test_a_row_along_the_view_is_the_rim():
    (axes,) = draw_disc(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, -1]])).axes
    (rim,) = named(axes.lines, "line-2")
    assert np.hypot(*rim.get_xydata().T) == pytest.approx(1)
    assert not named(axes.lines, "rim")
    assert len(polygons(axes)) == 4
