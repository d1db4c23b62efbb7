"""Great circles on a sphere: a central arrangement of rank 3, on one disc or on two.

One disc is the projective plane: the half of the sphere that is seen from a direction, where opposite points of the rim
are one point; the region opposite to a region has the opposite signs. Two discs are the whole sphere, seen from both
sides. A region that reaches over the rim is on both.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, pi, sin
from typing import Any

import numpy as np

from arrangements.arguments import read_truth
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row
from arrangements.exact.numbers import exact_vector, integer_row
from arrangements.pictures.geometry.coordinates import on_page
from arrangements.pictures.geometry.hemispheres import Camera, half_circle, in_front, outline, sphere_pieces
from arrangements.pictures.geometry.polygons import Piece, Point, on_sphere
from arrangements.pictures.lines import FOOT, add_polygon, note_of
from arrangements.pictures.page.disc_labels import write_on_disc
from arrangements.pictures.page.drawing import BLACK, GREY, Panel, caption, new_figure, read_size, square_panel
from arrangements.pictures.page.labels import border_of, extent, spread
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts
from arrangements.pictures.page.palette import line_look

_LETTERS = 8  # points, of the rows' numbers
_MOST_CIRCLES = 500  # more would be a black disc


def draw_disc(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    fill: bool = True,
    view: Iterable[object] = (0, 0, 1),
    size: float = 4,
    limit: int = LIMIT,
) -> Any:
    """Draw a central arrangement of rank 3 in the projective plane: half of its sphere as a disc, in true areas.

    Each hyperplane is half a great circle, with its rows' numbers at one end and a small stroke to the positive side of
    the first of them. Labels that find no room inside their region at 5 points are left out; a line below says how
    many.

    Args:
        arrangement: without offsets, of rank 3, in any dimension; the lineality space is left out.
        labels: of the regions: "signs", "numbers" (places in the sorted set of regions, as in `tope_graph`), "none",
            or "auto": signs for at most 6 rows, else numbers.
        row_names: a text for each row; None for their numbers from 0.
        fill: whether regions are coloured and labelled; without them up to 500 circles can be drawn.
        view: the direction from which one looks, three numbers.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib; a polygon for each region that is seen has the gid "region-" and its number.

    Raises:
        InputError: offsets, another rank, too many regions or circles, an option that is out of bounds, or no
            matplotlib.

    Example:
        >>> figure = draw_disc(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [1, 1, 1]]))
        >>> sum((patch.get_gid() or "").startswith("region") for patch in figure.axes[0].patches)
        7
    """
    return _drawn(arrangement, labels, row_names, fill, view, size, limit, both=False)


def draw_sphere(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    fill: bool = True,
    view: Iterable[object] = (2, -3, 2),
    size: float = 7,
    limit: int = LIMIT,
) -> Any:
    """Draw a central arrangement of rank 3 on its sphere, seen from a direction and from the opposite one.

    Args:
        arrangement: without offsets, of rank 3, in any dimension; the lineality space is left out.
        labels: as for `draw_disc`.
        row_names: a text for each row; None for their numbers from 0.
        fill: whether regions are coloured and labelled.
        view: the direction from which one looks at the left disc, three numbers.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib with two axes.

    Raises:
        InputError: as for `draw_disc`.

    Example:
        >>> len(draw_sphere(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, 1]])).axes)
        2
    """
    return _drawn(arrangement, labels, row_names, fill, view, size, limit, both=True)


def _drawn(
    arrangement: Arrangement,
    labels: str,
    row_names: Iterable[str] | None,
    fill: bool,
    view: Iterable[object],
    size: float,
    limit: int,
    *,
    both: bool,
) -> Any:
    space, filled = space_of(arrangement), read_truth(fill, "fill")
    camera = Camera.of(read_direction(view), "parallel" if both else "half")
    names = hyperplane_names(arrangement, read_names(row_names, len(arrangement)))
    numbers = region_numbers(arrangement, limit) if filled else {}
    texts = region_texts(numbers, labels)
    count = 1 + both
    side = read_size(size) / count
    border = border_of(names, side, _LETTERS)
    figure = new_figure(side * count, side + FOOT)
    found = sphere_pieces(space) if filled else []
    notes = []
    for k, each in enumerate((camera, camera.behind)[:count]):
        panel = disc_panel(figure, k * side + border, border + FOOT, side - 2 * border)
        unlabelled = add_disc(panel, each, space, found, numbers, texts)
        add_circles(panel, each, space, names)
        notes.append(note_of(1, 1, unlabelled))
        caption(figure, k * side + 0.05, 0.03, _seen_from(each, both, notes[-1]))
    return figure


def _seen_from(camera: Camera, both: bool, note: str) -> str:
    place = f"seen from ({', '.join(str(x) for x in camera.view)})" if both else ""
    return "; ".join(part for part in (place if len(place) < 40 else "", note) if part)


def space_of(arrangement: Arrangement) -> Arrangement:
    """Move an arrangement into space.

    Args:
        arrangement: what the caller gave.

    Raises:
        InputError: it is none, has offsets, its rank is not 3, or it has more than 500 hyperplanes.
    """
    r, n = as_arrangement(arrangement).rank, len(arrangement.hyperplanes)
    if arrangement.is_affine:
        raise InputError("a sphere belongs to a central arrangement, and this one has offsets; take its cone()")
    if r != 3:
        raise InputError(f"the arrangement has rank {r}; the sphere is drawn for rank 3")
    if n > _MOST_CIRCLES:
        raise InputError(f"there are {n} hyperplanes, too many for a picture; draw at most {_MOST_CIRCLES}")
    return on_page(arrangement, 3).arrangement


def disc_panel(figure: Any, left: float, bottom: float, side: float) -> Panel:
    """Add the axes for a disc of radius 1."""
    return square_panel(figure, left, bottom, side, (0.0, 0.0), 1.0)


def add_disc(
    panel: Panel,
    camera: Camera,
    space: Arrangement,
    found: Sequence[Piece],
    numbers: Mapping[Signs, int],
    texts: Mapping[Signs, str],
) -> int:
    """Draw the regions that are seen, labelled.

    Args:
        panel: where.
        camera: how one looks.
        space: the arrangement in space.
        found: its regions on the whole sphere.
        numbers: of the regions.
        texts: labels.

    Returns:
        How many labels found no room.
    """
    seen = in_front(found, camera.view)
    for signs, corners in seen:
        add_polygon(panel, outline(corners, camera), signs, numbers[signs])
    return write_on_disc(panel, camera, space.normals, seen, texts)


def add_circles(panel: Panel, camera: Camera, space: Arrangement, names: Sequence[str]) -> None:
    """Draw the rim and the half circles, each with its name at one end and a stroke to its positive side."""
    angles = np.linspace(0, 2 * np.pi, 181)
    rim = {"color": GREY, "linewidth": 0.8, "gid": "rim", "clip_on": False, "zorder": 3}
    labels = []
    width = 1.3 if len(names) <= 40 else 0.7
    for k, (normal, name) in enumerate(zip(space.hyperplanes, names, strict=True)):
        colour, dashes = line_look(k)
        points = half_circle(normal, camera)
        if points is None:
            rim |= {"color": colour, "linestyle": dashes, "linewidth": width + 0.7, "gid": f"line-{k}"}
            labels.append((name, pi / 4))
            continue
        places = camera.place(points)
        panel.axes.plot(*places.T, color=colour, linestyle=dashes, linewidth=width, gid=f"line-{k}", zorder=3)
        labels.append((name, atan2(places[0, 1], places[0, 0])))
        _positive_side(panel, camera, normal, points, colour)
    panel.axes.plot(np.cos(angles), np.sin(angles), **rim)
    if len(labels) <= 60:
        _write_around(panel, labels)


def _positive_side(panel: Panel, camera: Camera, normal: Row, points: Floats, colour: str) -> None:
    unit = np.array(on_sphere(normal))
    for order in (points, points[::-1]):
        places = camera.place(order)
        walked = np.cumsum(np.hypot(*np.diff(places, axis=0).T))
        k = min(int(np.searchsorted(walked, 6 * panel.point)) + 1, len(order) - 1)
        tip = places[k] + 4 * panel.point * camera.direction(order[k], unit)
        panel.axes.plot(*zip(places[k], tip, strict=True), color=colour, linewidth=1, gid="positive-side", zorder=3)


def _write_around(panel: Panel, labels: Sequence[tuple[str, float]]) -> None:
    """Write each text outside the rim at an angle or at the opposite one, whichever is further from the others."""
    chosen: list[tuple[float, str]] = []
    for text, angle in labels:
        both = [(angle + turn) % (2 * pi) for turn in (0.0, pi)]
        best = max(both, key=lambda a: (min((_apart(a, other) for other, _ in chosen), default=pi), sin(a) + cos(a)))
        chosen.append((best, text))
    chosen.sort()
    radius = 1 + 8 * panel.point
    widths = [max(extent(text, _LETTERS, panel.point)) / radius for _, text in chosen]
    moved = spread([angle for angle, _ in chosen], widths, 0.0, max(2 * pi, sum(widths)))
    for (angle, text), new in zip(chosen, moved, strict=True):
        place = (radius * cos(new), radius * sin(new))
        panel.axes.plot(
            *zip(_at(angle, 1), _at(new, 1 + 3 * panel.point), strict=True),
            color=GREY, linewidth=0.6, clip_on=False, gid="leader",
        )  # fmt: skip
        align = "left" if place[0] > 0.3 else "right" if place[0] < -0.3 else "center"
        level = "bottom" if place[1] > 0.8 else "top" if place[1] < -0.8 else "center"
        panel.axes.text(
            *_at(new, 1 + 5 * panel.point), text, fontsize=_LETTERS, color=BLACK, ha=align, va=level, gid="row-label"
        )


def _at(angle: float, radius: float) -> Point:
    return radius * cos(angle), radius * sin(angle)


def _apart(a: float, b: float) -> float:
    gap = abs(a - b) % (2 * pi)
    return min(gap, 2 * pi - gap)


def read_direction(view: Iterable[object]) -> Row:
    """Read the direction from which one looks.

    Args:
        view: what the caller gave.

    Raises:
        InputError: these are not three numbers, or all are zero.
    """
    numbers = exact_vector(view, "entry of view")
    if len(numbers) != 3 or not any(numbers):
        raise InputError(f"view is {shown(view)}; give the direction from which one looks: three numbers, not all zero")
    return integer_row(numbers)
