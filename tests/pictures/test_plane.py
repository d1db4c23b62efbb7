"""Lines in the plane: what is drawn is what the library lists, region by region."""

from fractions import Fraction

import numpy as np
import pytest
from support.drawn import euler, named, notes, number, polygons

from arrangements import Arrangement, InputError, count_regions, family, hyperplane_rows, list_regions, region_set

pytest.importorskip("matplotlib")

from arrangements.pictures import draw_lines

RANDOM = np.random.default_rng(5)
PLANE = {
    "shi": family("shi:3"),
    "braid": family("braid:3"),
    "deformed": Arrangement.from_table([[1, 0], [1, 0], [0, 1], [0, 1], [1, 1], [1, 1]], [0, 1, 0, 1, 0, 1]),
    "random": Arrangement.from_table(RANDOM.standard_normal((9, 2)), RANDOM.standard_normal(9)),
    "through a point": Arrangement.from_table([[1, 2], [2, -1], [1, 1]], [5, 0, 3]),
    "parallel": Arrangement.from_table([[1, 2], [2, 4], [1, 2]], [0, 5, -1]),
    "parallel and one": Arrangement.from_table([[0, 1], [0, 1], [1, 0]], [0, 3, 1]),
    "zero rows": Arrangement.from_table([[0, 0], [1, 0], [0, 0], [1, 1]], [1, 0, 0, -1]),
    "repeated and opposite": Arrangement.from_table([[1, 0], [2, 0], [-3, 0], [1, 1]], [1, 2, -3, 0]),
    "one row": Arrangement.from_table([[3, -1]]),
    "one row with an offset": Arrangement.from_table([[3, -1]], [7]),
    "one column": Arrangement.from_table([[1], [-2], [1]], [0, 1, 5]),
    "rank 2 in four dimensions": Arrangement.from_table([[1, 2, 0, 1], [0, 1, 1, 0], [1, 3, 1, 1]]),
    "rank 1 in three dimensions": Arrangement.from_table([[1, 2, 3], [2, 4, 6]], [0, 1]),
    "nearly parallel": Arrangement.from_table([[1, 0], [1, Fraction(1, 10**9)], [0, 1]], [0, 1, 0]),
    "huge": Arrangement.from_table([[10**400, 1], [1, 10**400]]),
    "huge offset": Arrangement.from_table([[1, 0], [0, 1], [1, 1]], [10**30, 0, 1]),
    "far from the origin": Arrangement.from_table([[1, 0], [0, 1], [1, 1]], [10**12, 10**12, 2 * 10**12 + 1]),
}

every = pytest.mark.parametrize("name", PLANE)


def in_view(figure, arrangement):
    """How many regions the line below says that there are in view."""
    text = notes(figure)
    return int(text.split(" of ")[-2].split()[-1]) if "regions in view" in text else count_regions(arrangement)


@every
def test_polygons_are_the_regions_in_view(name):
    arrangement = PLANE[name]
    figure = draw_lines(arrangement, labels="numbers")
    (axes,) = figure.axes
    found = polygons(axes)
    assert len(found) == in_view(figure, arrangement)
    assert found.keys() <= set(range(count_regions(arrangement)))
    assert euler(list(found.values())) == 1


@every
def test_each_hyperplane_is_drawn_once(name):
    arrangement = PLANE[name]
    (axes,) = draw_lines(arrangement, view=None).axes
    drawn = [number(line) for line in named(axes.lines, "line-")]
    assert sorted(set(drawn)) == sorted(drawn)
    if name not in ("nearly parallel", "huge offset"):  # of which some line is far away from all others
        assert drawn == list(range(len(arrangement.hyperplanes)))
    assert len(named(axes.texts, "row-label")) == len(drawn)


@pytest.mark.parametrize("name", [name for name, each in PLANE.items() if each.dimension == 2])
def test_numbers_and_labels_are_those_of_the_region_they_stand_in(name):
    """Points of the picture, taken exactly, have the signs that the label says."""
    arrangement = PLANE[name]
    signs = list(region_set(arrangement))
    for kind in ("numbers", "signs"):
        figure = draw_lines(arrangement, labels=kind, size=6)
        (axes,) = figure.axes
        written = named(axes.texts, "label")
        for text in written:
            place = [Fraction(float(x)) for x in text.get_position()]
            own = arrangement.sign_vector(place)
            said = text.get_text().replace("\N{MINUS SIGN}", "-")
            expected = "".join("-0+"[s + 1] for s in own) if kind == "signs" else str(signs.index(own))
            assert said == expected
        left_out = notes(figure).split("; ")[-1].split(" label")[0] if "left out" in notes(figure) else "0"
        assert len(written) + int(left_out) == len(polygons(axes))


@pytest.mark.parametrize("name", ["deformed", "random", "zero rows", "repeated and opposite", "through a point"])
def test_polygons_hold_points_of_their_regions(name):
    arrangement = PLANE[name]
    signs = list(region_set(arrangement))
    for k, corners in polygons(draw_lines(arrangement).axes[0]).items():
        middle = [Fraction(float(x)) for x in corners.mean(axis=0)]
        assert arrangement.sign_vector(middle) == signs[k]


@pytest.mark.parametrize("view", [(0, 0, 1), ("0.5", "-0.25", "0.3"), (3, 3, 2)])
def test_a_given_view_shows_the_regions_that_meet_it(view):
    """Counted a second way: regions of the arrangement together with the four sides of the view."""
    arrangement = PLANE["random"]
    x, y, r = map(Fraction, view)
    sides = Arrangement.from_table([[1, 0], [-1, 0], [0, 1], [0, -1]], [x - r, -x - r, y - r, -y - r])
    met = [cell for cell in list_regions(arrangement.union(sides)) if cell.signs[-4:] == (1, 1, 1, 1)]
    figure = draw_lines(arrangement, view=view)
    assert len(polygons(figure.axes[0])) == len(met)
    assert figure.axes[0].get_xlim() == pytest.approx((float(x - r), float(x + r)))


def test_ends_of_lines_are_on_their_lines():
    arrangement = PLANE["deformed"]
    for line in named(draw_lines(arrangement).axes[0].lines, "line-"):
        a, b, c = arrangement.hyperplanes[number(line)]
        for x, y in line.get_xydata():
            assert a * x + b * y + c == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("name", ["deformed", "random", "repeated and opposite", "one row"])
def test_strokes_are_on_the_positive_side(name):
    arrangement = PLANE[name]
    axes = draw_lines(arrangement).axes[0]
    strokes = named(axes.lines, "positive-side")
    lines = [number(line) for line in named(axes.lines, "line-")]
    assert len(strokes) == 2 * len(lines)
    for k, stroke in enumerate(strokes):
        start, tip = stroke.get_xydata()
        place = [Fraction(float(x)) for x in tip]
        if (start != tip).any():  # at a corner of the view there may be no room for it
            assert arrangement.sign_vector(place)[hyperplane_rows(arrangement)[lines[k // 2]][0]] == 1


def test_names_of_rows():
    arrangement = PLANE["repeated and opposite"]
    texts = named(draw_lines(arrangement).axes[0].texts, "row-label")
    assert sorted(text.get_text() for text in texts) == ["0, 1, 2⁻", "3"]
    texts = named(draw_lines(PLANE["one row"], row_names=["$cost$\nof it"]).axes[0].texts, "row-label")
    assert [text.get_text() for text in texts] == [r"\$cost\$ of it"]


def test_many_lines_without_regions():
    table = RANDOM.standard_normal((46, 2))
    arrangement = Arrangement.from_table(table, RANDOM.standard_normal(46))
    (axes,) = draw_lines(arrangement, fill=False, view=(0, 0, 10**6)).axes
    assert len(named(axes.lines, "line-")) == 46
    figure = draw_lines(arrangement, fill=False)
    assert f"{len(named(figure.axes[0].lines, 'line-'))} of 46 lines in view" in notes(figure)
    assert not named(axes.patches, "region-")
    with pytest.raises(InputError, match="more than 1000 regions, too many for a picture"):
        draw_lines(arrangement)
    assert (
        len(polygons(draw_lines(arrangement, limit=2000, labels="none", view=(0, 0, 10**6)).axes[0])) == 1 + 46 + 1035
    )


@pytest.mark.parametrize(("row", "offset"), [((1, -1), -1), ((3, 1), -300), ((0, 2), 10**20)])
def test_a_single_line_has_room_around_it(row, offset):
    low, high = draw_lines(Arrangement.from_table([row], [offset])).axes[0].get_xlim()
    assert high - low >= 2
