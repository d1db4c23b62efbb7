"""Weight space and input space of one neuron, side by side, for a table of one or two columns.

x_i  row of the table;  w  weights of a neuron, and b its bias if there is one

In weight space a row is a hyperplane, {w : x_i.w + b = 0}, and a region is a mask: the rows on which a neuron with
these weights is active. In input space a row is a point and a neuron is a line, active on one side of it. Some regions
are picked; for each the points are filled where its mask is 1, and the line is that of the weights in the middle of the
box with its number.

Columns are scaled for the left picture, with a bias centred too, so that lines do not cluster: a linear change of the
weights, which changes no region.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np

from arrangements.arguments import is_whole, read_list, read_truth
from arrangements.arrangement import Arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row
from arrangements.exact.numbers import exact_matrix
from arrangements.pictures.geometry.coordinates import OnPage, on_page
from arrangements.pictures.geometry.hemispheres import Camera, in_front, outline, sphere_pieces
from arrangements.pictures.geometry.polygons import Piece, Point, in_plane, on_sphere
from arrangements.pictures.geometry.views import View
from arrangements.pictures.great_circles import add_circles, add_disc, disc_panel
from arrangements.pictures.input_plane import add_neuron, scale_of
from arrangements.pictures.lines import FOOT, add_lines, add_regions, lines_panel, note_of, plane_pieces
from arrangements.pictures.page.drawing import BLACK, Panel, caption, new_figure, read_size, text_width
from arrangements.pictures.page.labels import border_of
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts
from arrangements.pictures.page.palette import signs_text

_PICKED, _MOST_PICKED = 4, 9  # regions
_LEAST = 4  # inches
_BIAS = Fraction(1, 2)  # the last entry of a row beside scaled columns: great circles then meet all over the sphere


def draw_data_plane(
    table: Iterable[Iterable[object]],
    *,
    bias: bool = False,
    regions: Iterable[int] | None = None,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    size: float = 8,
    limit: int = LIMIT,
) -> Any:
    """Draw the regions of weight space for a table, and some of them as neurons in the plane of the data.

    Args:
        table: rows of one or two numbers, in any form that `exact_number` reads.
        bias: whether the neurons have a bias; weight space then has one dimension more.
        regions: numbers of those that are drawn in input space, nine at most; None to choose four.
        labels: as for `draw_lines`.
        row_names: a text for each row; None for their numbers from 0.
        size: width of the picture in inches, at least 4.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib: weight space first (with three weights both sides of the sphere), then an axes a region.

    Raises:
        InputError: the table has other columns or only zeros, there is no such region, too many regions, an option that
            is out of bounds, or no matplotlib.

    Example:
        >>> figure = draw_data_plane([[1, 2], [2, -1], [-1, 1]], regions=[0, 3])
        >>> len(figure.axes)
        3
    """
    matrix, bias = exact_matrix(table), read_truth(bias, "bias")
    columns = len(matrix[0])
    if columns > 2:
        raise InputError(
            f"the table has {columns} columns; weight and input space are drawn for one or two: "
            "leave a column of ones out and give bias=True"
        )
    scales = [scale_of(column, bias) for column in zip(*matrix, strict=True)]
    scaled = [[(x - s.middle) / s.size for x, s in zip(row, scales, strict=True)] for row in matrix]
    arrangement = Arrangement.from_table([[*row, _BIAS] for row in scaled] if bias else scaled)
    if not arrangement.rank:
        raise InputError("every row of the table is zero, so no neuron tells rows apart; give another table")
    names = read_names(row_names, len(arrangement))
    whole = read_size(size, _LEAST)
    numbers = region_numbers(arrangement, limit)
    texts = region_texts(numbers, labels)
    picked = _picked(regions, numbers)
    sphere = arrangement.rank == 3
    side = whole * (0.36 if sphere else 0.46)
    height = side * (2 if sphere else 1)
    figure = new_figure(whole, height + FOOT)
    weights, note = _weight_space(figure, side, arrangement, names, numbers, texts, picked, bias=bias)
    across = _across(len(picked), whole - side, height)
    down = ceil(len(picked) / across)
    cell = (whole - side) / across, height / down
    for k, signs in enumerate(picked):
        left, bottom = side + k % across * cell[0], FOOT + height - (k // across + 1) * cell[1]
        area = (left + 0.34, bottom + 0.22, cell[0] - 0.44, cell[1] - 0.5)
        title = _title(numbers[signs], signs, cell[0])
        add_neuron(figure, area, matrix, scales, signs, weights[signs], title, names)
    caption(figure, 0.05, 0.03, "; ".join(part for part in ("filled: the neuron is active", note) if part))
    return figure


def _title(number: int, signs: Signs, width: float) -> str:
    """The number with the signs, if they are few and have room."""
    long = f"{number}: {signs_text(signs)}"
    return long if len(signs) <= 8 and (8 * text_width(long) + 12) / 72 < width else f"region {number}"


def _picked(regions: Iterable[int] | None, numbers: Mapping[Signs, int]) -> list[Signs]:
    by_number = list(numbers)
    if regions is None:
        count = min(_PICKED, len(by_number))
        return [by_number[(2 * k + 1) * len(by_number) // (2 * count)] for k in range(count)]
    chosen = read_list(regions, "regions", "numbers of regions")
    if not 1 <= len(chosen) <= _MOST_PICKED:
        raise InputError(f"regions has {len(chosen)} entries; give one to {_MOST_PICKED} numbers of regions")
    for k in chosen:
        if not is_whole(k) or not 0 <= k < len(by_number):
            raise InputError(f"there is no region {shown(k)}; the {len(by_number)} regions are counted from 0")
    return [by_number[int(k)] for k in dict.fromkeys(chosen)]


def _across(count: int, width: float, height: float) -> int:
    """How many panels stand beside each other, so that they are as large as can be."""
    return max(range(1, count + 1), key=lambda across: min(width / across, height / ceil(count / across)))


def _weight_space(
    figure: Any,
    side: float,
    arrangement: Arrangement,
    names: Sequence[str],
    numbers: Mapping[Signs, int],
    texts: Mapping[Signs, str],
    picked: Sequence[Signs],
    *,
    bias: bool,
) -> tuple[dict[Signs, tuple[Fraction, ...]], str]:
    """Draw the regions, with a numbered box in each that is picked, and give the weights there."""
    texts = {signs: text for signs, text in texts.items() if signs not in picked}
    lines = hyperplane_names(arrangement, names)
    border, letters = border_of(lines, side)
    inner = side - 2 * border
    weights: dict[Signs, tuple[Fraction, ...]] = {}
    if arrangement.rank == 3:
        camera = Camera.of((0, 0, 1))
        found = sphere_pieces(arrangement)
        # a region on both sides has its box on that of its middle, in the middle of the part that is seen there
        above = {signs: _middle_of_cone(corners)[2] >= 0 for signs, corners in found if signs in picked}
        left_out = 0
        for bottom, each in ((side, camera), (0.0, camera.behind)):
            panel = disc_panel(figure, border, border + FOOT + bottom, inner)
            left_out += add_disc(panel, each, arrangement, found, numbers, texts)
            add_circles(panel, each, arrangement, lines, letters)
            for signs, corners in in_front(found, each.view):
                if signs in picked:
                    place = None
                    if above[signs] == (each is camera):
                        middle = _middle_of_cone(corners)
                        weights[signs] = (*middle[:2], middle[2] * _BIAS)
                        x, y = each.place(np.array([float(x) for x in middle]))
                        place = (float(x), float(y))
                    _mark(panel, outline(corners, each), place, signs, numbers)
        return weights, note_of(1, 1, left_out)
    page = on_page(arrangement, 2)
    view = View((Fraction(0), Fraction(0)), Fraction(1))
    panel = lines_panel(figure, border, border + FOOT, inner, view)
    note = add_regions(panel, view, page.arrangement, numbers, texts)
    add_lines(panel, view, page.arrangement, lines, letters)
    for signs, corners in plane_pieces(view, page.arrangement):
        if signs in picked:
            weights[signs], place = _middle(Piece(signs, corners), page)
            _mark(panel, [in_plane(z) for z in corners], place, signs, numbers)
            if bias:
                weights[signs] = (*weights[signs][:-1], weights[signs][-1] * _BIAS)
    return weights, note


def _middle_of_cone(corners: Sequence[Row]) -> tuple[Fraction, Fraction, Fraction]:
    """A point inside: the sum of the unit vectors of the corners, which are rounded to floats before they are added."""
    units = [[Fraction(x) for x in on_sphere(z)] for z in corners]
    total = [sum(column, Fraction(0)) for column in zip(*units, strict=True)]
    length = Fraction(float(sum(x * x for x in total)) ** 0.5)
    x, y, z = (value / length for value in total)
    return x, y, z


def _middle(piece: Piece, page: OnPage) -> tuple[tuple[Fraction, ...], Point]:
    """The mean of the corners: as weights, and on the page."""
    corners = [(Fraction(x, t), Fraction(y, t)) for x, y, t in piece.corners]
    mean = tuple(sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True))
    weights = [sum((y * axis[j] for y, axis in zip(mean, page.axes, strict=True)), Fraction(0)) for j in
               range(len(page.axes[0]))]  # fmt: skip
    return tuple(weights), (float(mean[0]), float(mean[1]))


def _mark(
    panel: Panel, corners: Sequence[Point], middle: Point | None, signs: Signs, numbers: Mapping[Signs, int]
) -> None:
    closed = [*corners, corners[0]]
    panel.axes.plot(*zip(*closed, strict=True), color=BLACK, linewidth=2.2, gid="picked", zorder=4)
    if middle is not None:
        box_style = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": BLACK, "lw": 1}
        panel.axes.text(
            *middle, str(numbers[signs]), fontsize=8, color=BLACK, ha="center", va="center_baseline", bbox=box_style,
            gid="picked-label", zorder=6,
        )  # fmt: skip
