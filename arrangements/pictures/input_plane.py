"""The plane of the data: the points, and the line and active side of one neuron."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from arrangements.cells import Signs
from arrangements.exact.numbers import Matrix, integer_row
from arrangements.pictures.geometry.polygons import Point, box, cut
from arrangements.pictures.geometry.views import FARTHEST
from arrangements.pictures.page.drawing import BLACK, GREY
from arrangements.pictures.page.palette import hue, tint

_NARROW = 0.9  # inches, below which points have no names
_REACH = Fraction(5, 4)  # of the plane, in units of the largest entry


class Scale(NamedTuple):
    """A column is  middle + size u  with  -1 <= u <= 1."""

    middle: Fraction
    size: Fraction


def scale_of(column: Sequence[Fraction], centred: bool) -> Scale:
    """Find middle and size of a column; the middle is 0 if it is not to be centred.

    Example:
        >>> scale_of([Fraction(1), Fraction(3)], True), scale_of([Fraction(0)], False).size
        (Scale(middle=Fraction(2, 1), size=Fraction(1, 1)), Fraction(1, 1))
    """
    low, high = min(column), max(column)
    middle = (low + high) / 2 if centred else Fraction(0)
    return Scale(middle, max(high - middle, middle - low) or Fraction(1))


def add_neuron(
    figure: Any,
    area: tuple[float, float, float, float],
    matrix: Matrix,
    scales: Sequence[Scale],
    signs: Signs,
    weights: Sequence[Fraction],
    title: str,
    names: Sequence[str],
) -> None:
    """Draw the points, and the line and active side of a neuron.

    Args:
        figure: from `new_figure`.
        area: left, bottom, width and height of the axes, in inches.
        matrix: the table.
        scales: of its columns.
        signs: of the region; points are filled where they are not negative.
        weights: of the neuron for scaled columns, and its bias if it has one.
        title: of the axes.
        names: of the rows.
    """
    width, height = figure.get_size_inches()
    axes = figure.add_axes((area[0] / width, area[1] / height, area[2] / width, area[3] / height))
    flat = len(scales) == 1
    shown_scales = [*scales, *([Scale(Fraction(0), Fraction(1))] * flat)]
    unit = max((abs(s.middle) + s.size for s in shown_scales), default=Fraction(1))
    unit = unit if unit > FARTHEST else Fraction(1)

    def place(u: Sequence[Fraction]) -> Point:
        x, y = (float((s.middle + s.size * each) / unit) for s, each in zip(shown_scales, u, strict=True))
        return x, y

    d = len(scales)
    row = integer_row((*weights[:d], *([0] * flat), weights[d] if len(weights) > d else 0))
    off, on = cut(box((-_REACH, -_REACH), (_REACH, _REACH)), row)
    if on:
        corners = [place((Fraction(x, t), Fraction(y, t))) for x, y, t in on]
        axes.fill(*zip(*corners, strict=True), color=tint(signs), linewidth=0, gid="active-side", zorder=1)
    ends = [place((Fraction(z[0], z[2]), Fraction(z[1], z[2]))) for z in off if z in on]
    if len(ends) == 2:
        axes.plot(*zip(*ends, strict=True), color=hue(signs), linewidth=1.5, gid="neuron", zorder=2)
    narrow = min(area[2:]) < _NARROW
    for i, (x, s) in enumerate(zip(matrix, signs, strict=True)):
        u = [(value - scale.middle) / scale.size for value, scale in zip(x, scales, strict=True)]
        at = place((*u, *([Fraction(0)] * flat)))
        axes.plot(
            *at,
            "o",
            markersize=3 if narrow else 5,
            color=BLACK,
            markerfacecolor=BLACK if s >= 0 else "white",
            gid=f"point-{i}",
            zorder=4,
        )
        if len(matrix) <= 20 and not narrow:
            axes.annotate(
                names[i], at, textcoords="offset points", xytext=(4, 3), fontsize=7, color=BLACK, gid="row-label"
            )
    low, high = place((-_REACH, -_REACH)), place((_REACH, _REACH))
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.tick_params(labelsize=6, length=2, colors=GREY)
    axes.locator_params(nbins=4)
    if flat:
        axes.set_yticks([])
    head = {"boxstyle": "round,pad=0.2", "facecolor": tint(signs), "edgecolor": hue(signs), "lw": 0.7}
    axes.set_title(title, fontsize=8, bbox=head, pad=6)
