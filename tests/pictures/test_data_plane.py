"""Weight space and input space: a region is a mask, which the filled points show."""

import numpy as np
import pytest
from support.drawn import named, polygons

from arrangements import Arrangement, InputError, count_regions, region_set

pytest.importorskip("matplotlib")

from arrangements.pictures import draw_data_plane

POINTS = np.random.default_rng(1).standard_normal((6, 2)).round(2)
TABLES = {
    "plane": (POINTS, False),
    "plane with a bias": (POINTS, True),
    "xor": ([[0, 0], [0, 1], [1, 0], [1, 1]], False),
    "xor with a bias": ([[0, 0], [0, 1], [1, 0], [1, 1]], True),
    "one column": ([[1], [-2], [3]], False),
    "one column with a bias": ([["0.5"], [1], [2], [7]], True),
    "collinear with a bias": ([[0, 1], [1, 2], [2, 3]], True),
    "repeated and opposite": ([[1, 2], [1, 2], [-1, -2], [3, 1]], False),
    "one row": ([[1, 2]], False),
    "one row with a bias": ([[1, 2]], True),
    "large": ([[10**200, 1], [1, 10**200]], False),
}


@pytest.mark.parametrize("name", TABLES)
def test_filled_points_are_the_mask(name):
    table, bias = TABLES[name]
    arrangement = Arrangement.from_table([[*row, 1] for row in table] if bias else table)
    signs = list(region_set(arrangement))
    chosen = sorted({0, len(signs) // 3, len(signs) - 1})
    figure = draw_data_plane(table, bias=bias, regions=chosen)
    weight_spaces = 2 if arrangement.rank == 3 else 1
    shown = figure.axes[weight_spaces:]
    assert len(shown) == len(chosen)
    drawn = [polygons(axes).keys() for axes in figure.axes[:weight_spaces]]
    assert set().union(*drawn) == set(range(count_regions(arrangement)))
    for k, axes in zip(chosen, shown, strict=True):
        points = named(axes.lines, "point-")
        filled = [point.get_markerfacecolor() != "white" for point in points]
        assert filled == [s >= 0 for s in signs[k]]
        assert axes.get_title().startswith(f"{k}:")
        # the points on the coloured side are those whose pre-activation is positive
        side = named(axes.patches, "active-side")
        for point, s in zip(points, signs[k], strict=True):
            if s:
                at = point.get_xydata()[0]
                assert any(patch.get_path().contains_point(at) for patch in side) == (s > 0)


def test_numbers_of_regions_are_those_of_the_table_as_it_is():
    """Columns are scaled for the picture; the sign vectors are those of the table itself."""
    table = [[1000, 1], [2000, 3], [-500, 2]]
    signs = list(region_set(Arrangement.from_table([[*row, 1] for row in table])))
    figure = draw_data_plane(table, bias=True, regions=range(8))
    titles = [axes.get_title().replace("\N{MINUS SIGN}", "-") for axes in figure.axes[2:]]
    assert titles == [f"{k}: " + "".join("-0+"[s + 1] for s in signs[k]) for k in range(8)]


def test_each_picked_region_has_one_box():
    figure = draw_data_plane(POINTS, bias=True, regions=[0, 5, 9])
    boxes = [text.get_text() for axes in figure.axes[:2] for text in named(axes.texts, "picked-label")]
    assert sorted(boxes) == ["0", "5", "9"]
    assert len(draw_data_plane(POINTS).axes) == 1 + 4


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        ([[1, 2, 3]], {}, "the table has 3 columns; weight and input space are drawn for one or two"),
        ([[0, 0]], {}, "every row of the table is zero"),
        ([[1, 2]], {"regions": [2]}, "there is no region 2; the 2 regions are counted from 0"),
        ([[1, 2]], {"regions": [-1]}, "there is no region -1"),
        ([[1, 2]], {"regions": []}, "regions has 0 entries; give one to 9"),
        ([[1, 2], [3, 1]], {"limit": 3}, "more than 3 regions, too many for a picture"),
    ],
)
def test_refused(table, options, message):
    with pytest.raises(InputError, match=message):
        draw_data_plane(table, **options)
