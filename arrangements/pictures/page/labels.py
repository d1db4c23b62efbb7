"""Where a label goes: inside its polygon, wholly; and around the border of a view, apart from the others.

A label is tried in smaller and smaller letters. Where it fits in none, it is left out, and the caller is told.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arrangements.pictures.geometry.polygons import Point
from arrangements.pictures.page.drawing import BLACK, Panel, text_width

LETTERS = (9, 7.5, 6, 5)  # sizes in points
_HEIGHT = 0.76  # of digits and signs, in units of the size
NAMES = 8.0  # points: letters of the names of lines, where they have room
LEVEL = 0.3  # inches that one line of names needs above a view, or below it
_BORDER, _BESIDE = 0.3, 0.22  # the border: of a view at most; inches besides the letters
_ROOM = 4.0  # points beside a label, and half of them above and below it


class BorderLabel(NamedTuple):
    """A text at one of two ends of a line.

    Attributes:
        text: what is written.
        ends: where the line leaves the view.
        colour: of the line.
    """

    text: str
    ends: tuple[Point, Point]
    colour: str


def write_inside(panel: Panel, labelled: Iterable[tuple[Sequence[Point], str]]) -> int:
    """Write texts inside convex polygons.

    Args:
        panel: where.
        labelled: corners in order, and the text.

    Returns:
        How many found no room.
    """
    left_out = 0
    for corners, text in labelled:
        for size in LETTERS:
            place = place_inside(corners, *extent(text, size, panel.point))
            if place is not None:
                write(panel, place, text, size)
                break
        else:
            left_out += 1
    return left_out


def border_of(names: Iterable[str], side: float) -> tuple[float, float]:
    """Find the inches left and right of a view for the names of lines, and the size of their letters in points.

    Args:
        names: of the lines.
        side: of the view with its border, in inches.

    Raises:
        InputError: matplotlib is missing.
    """
    widest = max(map(text_width, names), default=0.0)
    room = min(widest * NAMES / 72 + _BESIDE, _BORDER * side)
    return room, min(NAMES, (room - _BESIDE) * 72 / widest if widest else NAMES)


def extent(text: str, size: float, point: float) -> tuple[float, float]:
    """Give the width and height of a text with some room, in units of the data."""
    return (text_width(text) * size + _ROOM) * point, (_HEIGHT * size + _ROOM / 2) * point


def write(panel: Panel, place: Point, text: str, size: float) -> None:
    """Write the label of a region at a place."""
    panel.axes.text(*place, text, fontsize=size, color=BLACK, ha="center", va="center_baseline", gid="label", zorder=5)


def place_inside(corners: Sequence[Point], width: float, height: float) -> Point | None:
    """Find a centre at which a rectangle lies in a convex polygon: in the middle of all such centres; None if none.

    Each edge is moved inwards by what the rectangle needs, and the polygon is cut by it.

    Example:
        >>> place_inside([(0, 0), (4, 0), (4, 2), (0, 2)], 2, 1)
        (2.0, 1.0)
        >>> place_inside([(0, 0), (4, 0), (4, 2), (0, 2)], 2, 3) is None
        True
    """
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
    turn = 1 if area > 0 else -1
    kept = list(corners)
    for k, (x, y) in enumerate(corners):
        before = corners[k - 1]
        a, b = turn * (before[1] - y), turn * (x - before[0])  # a.p grows inwards
        least = a * x + b * y + abs(a) * width / 2 + abs(b) * height / 2
        kept = _cut(kept, a, b, least)
        if not kept:
            return None
    return sum(x for x, _ in kept) / len(kept), sum(y for _, y in kept) / len(kept)


def _cut(polygon: Sequence[Point], a: float, b: float, least: float) -> list[Point]:
    """The part of a polygon where a x + b y >= least."""
    values = [a * x + b * y - least for x, y in polygon]
    kept: list[Point] = []
    for k, ((x, y), value) in enumerate(zip(polygon, values, strict=True)):
        (u, v), old = polygon[k - 1], values[k - 1]
        if (value < 0) != (old < 0):
            share = old / (old - value)
            kept.append((u + share * (x - u), v + share * (y - v)))
        if value >= 0:
            kept.append((x, y))
    return kept


def spread(places: Sequence[float], widths: Sequence[float], low: float, high: float) -> list[float]:
    """Move numbers apart, in order, so that intervals of these widths around them do not overlap.

    Args:
        places: sorted.
        widths: of the intervals.
        low: where the intervals begin at the earliest, if they all fit.
        high: where they end at the latest.

    Example:
        >>> spread([1, 1, 5], [2, 2, 2], 0, 10)
        [1, 3.0, 5]
    """
    moved = list(places)
    for k in range(len(moved)):
        least = low + widths[k] / 2 if k == 0 else moved[k - 1] + (widths[k - 1] + widths[k]) / 2
        moved[k] = max(moved[k], least)
    for k in reversed(range(len(moved))):
        most = high - widths[k] / 2 if k == len(moved) - 1 else moved[k + 1] - (widths[k] + widths[k + 1]) / 2
        moved[k] = min(moved[k], most)
    return moved


def write_around(panel: Panel, labels: Sequence[BorderLabel], size: float = NAMES) -> None:
    """Write each text at one end of its line, outside the view, joined to it by a thin stroke.

    The end is that which is further from the texts that were written before it.

    Args:
        panel: where.
        labels: texts and ends on the border of the view.
        size: of letters, in points.
    """
    chosen: list[Point] = []
    sides: dict[tuple[int, int], list[tuple[float, BorderLabel, Point]]] = {}
    for label in labels:
        end = max(label.ends, key=lambda p: (_clearance(p, chosen), p[0] + p[1]))
        chosen.append(end)
        axis, side = border_side(panel, end)
        sides.setdefault((axis, side), []).append((end[1 - axis], label, end))
    for (axis, side), found in sides.items():
        found.sort(key=lambda entry: entry[0])
        extents = [extent(label.text, size, panel.point)[1 - axis] for _, label, _ in found]
        border = (panel.low, panel.high)[side > 0][axis]
        moved = spread([place for place, *_ in found], extents, panel.low[1 - axis], panel.high[1 - axis])
        for (_, label, end), along in zip(found, moved, strict=True):
            _outside(panel, label, end, axis, border + side * 7 * panel.point, along, size)


def _clearance(p: Point, others: Sequence[Point]) -> float:
    return min(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 for q in others), default=0.0)


def border_side(panel: Panel, p: Point) -> tuple[int, int]:
    """Tell on which side of the border a point is: the axis across it, and -1 or +1.

    Args:
        panel: where.
        p: a point of the border.
    """
    ends = ((-1, panel.low), (1, panel.high))
    return min((abs(p[axis] - end[axis]), (axis, side)) for axis in (0, 1) for side, end in ends)[1]


def _outside(panel: Panel, label: BorderLabel, end: Point, axis: int, across: float, along: float, size: float) -> None:
    place = (across, along) if axis == 0 else (along, across)
    side = 1 if across > panel.high[axis] else -1
    align = (
        (("right", "center", "left")[side + 1], "center") if axis == 0 else ("center", ("top", "", "bottom")[side + 1])
    )
    style = {"color": label.colour, "linewidth": 0.6, "clip_on": False, "gid": "leader"}
    near = tuple(q - side * 1.5 * panel.point * (k == axis) for k, q in enumerate(place))
    panel.axes.plot(*zip(end, near, strict=True), **style)
    panel.axes.text(
        *place, label.text, fontsize=size, color=BLACK, ha=align[0], va=align[1], clip_on=False, gid="row-label"
    )
