"""Panels of a sphere: the regions that are seen, half circles with the numbers of their rows, the rim."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, pi, sin
from typing import Any

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs
from arrangements.pictures.geometry.hemispheres import Camera, half_circle, in_front, outline
from arrangements.pictures.geometry.polygons import Piece, Point
from arrangements.pictures.lines import add_polygon
from arrangements.pictures.page.disc_labels import write_on_disc
from arrangements.pictures.page.drawing import BLACK, GREY, Panel, square_panel
from arrangements.pictures.page.labels import extent, spread
from arrangements.pictures.page.palette import line_look


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


def add_circles(panel: Panel, camera: Camera, space: Arrangement, names: Sequence[str], letters: float) -> None:
    """Draw the rim and the half circles, each with its name at one end and strokes on its positive side."""
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
        _positive_side(panel, labels[-1][1], colour)
    panel.axes.plot(np.cos(angles), np.sin(angles), **rim)
    if len(labels) <= 60:
        _write_around(panel, labels, letters)


def _positive_side(panel: Panel, start: float, colour: str) -> None:
    """From each end of a half circle a stroke along the rim, on its positive side.

    The half circle of n starts at p = n x v; against the clock, seen from v, the rim leads from p along v x p, and
    n.(v x p) = |n x v|^2 is positive. At the other end it is the other way round.
    """
    length = 6 * panel.point
    for end, turn in ((start, length), (start + pi, -length)):
        places = [_at(end + share * turn, 1) for share in (0, 0.5, 1)]
        style = {"linewidth": 2.5, "solid_capstyle": "butt", "clip_on": False, "gid": "positive-side", "zorder": 4}
        panel.axes.plot(*zip(*places, strict=True), color=colour, **style)


def _write_around(panel: Panel, labels: Sequence[tuple[str, float]], letters: float) -> None:
    """Write each text outside the rim at an angle or at the opposite one, whichever is further from the others."""
    chosen: list[tuple[float, str]] = []
    for text, angle in labels:
        both = [(angle + turn) % (2 * pi) for turn in (0.0, pi)]
        best = max(both, key=lambda a: (min((_apart(a, other) for other, _ in chosen), default=pi), sin(a) + cos(a)))
        chosen.append((best, text))
    chosen.sort()
    radius = 1 + 8 * panel.point
    widths = [max(extent(text, letters, panel.point)) / radius for _, text in chosen]
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
            *_at(new, 1 + 5 * panel.point), text, fontsize=letters, color=BLACK, ha=align, va=level, gid="row-label"
        )


def _at(angle: float, radius: float) -> Point:
    return radius * cos(angle), radius * sin(angle)


def _apart(a: float, b: float) -> float:
    gap = abs(a - b) % (2 * pi)
    return min(gap, 2 * pi - gap)
