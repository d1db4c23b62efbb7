"""The tope graph: a node inside each region, an edge across each wall.

In the plane and on the sphere an edge goes from a point inside its region to a point of the wall, and on to a point
inside the other region. Both parts stay inside their regions, which are convex; so no two edges cross. The plane is
shown whole, as a half sphere that touches it: its lines are half great circles, and the rim is what lies at infinity.
The sphere is shown whole too, in true distances from one of the points where most hyperplanes meet; the opposite
point is the rim.

In higher rank the regions are vertices of a zonotope, projected to the page: edges across the same hyperplane are
parallel and have equal lengths.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats, IntegerMatrix
from arrangements.exact.linear_algebra import Row, dot, primitive
from arrangements.first_layer.adjacency import hyperplane_rows, iter_adjacencies
from arrangements.pictures.geometry.coordinates import on_page
from arrangements.pictures.geometry.hemispheres import Camera, arc, arc_length, half_circle, in_front, sphere_pieces
from arrangements.pictures.geometry.polygons import Piece, Point, in_plane, on_sphere
from arrangements.pictures.geometry.views import View, choose_view, middle_view
from arrangements.pictures.geometry.walls import walls_between
from arrangements.pictures.great_circles import disc_panel
from arrangements.pictures.lines import FOOT, lines_panel, note_of, plane_pieces
from arrangements.pictures.page.drawing import GREY, Panel, caption, new_figure, read_size, square_panel
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts
from arrangements.pictures.page.nodes import Edge, Node, add_edges, add_faint_curve, add_key, add_nodes, key_width

_BORDER = 0.24  # inches


def draw_tope_graph(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    size: float = 5,
    limit: int = LIMIT,
) -> Any:
    """Draw the graph of regions and their adjacency, each edge in the colour of the hyperplane that it crosses.

    Without crossings for rank 1 and 2, and for rank 3 without offsets; else as the projection of a zonotope. A label
    that would cover another node is left out, and a line below says how many were.

    Args:
        arrangement: the hyperplanes.
        labels: as for `draw_lines`.
        row_names: a text for each row; None for their numbers from 0.
        size: height of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib; a node has the gid "node-" and the number of its region, an edge "edge-" and the place
        of its hyperplane in `Arrangement.hyperplanes`.

    Raises:
        InputError: no hyperplane, too many regions, an option that is out of bounds, or no matplotlib.

    Example:
        >>> figure = draw_tope_graph(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> sum((line.get_gid() or "").startswith("edge") for line in figure.axes[0].lines)
        6
    """
    if not as_arrangement(arrangement).rank:
        raise InputError("the arrangement has no hyperplane, so its tope graph is one point; give a row that is not 0")
    names = hyperplane_names(arrangement, read_names(row_names, len(arrangement)))
    numbers = region_numbers(arrangement, limit)
    texts = region_texts(numbers, labels)
    whole, beside = read_size(size), key_width(names)
    figure = new_figure(whole + beside, whole + FOOT)
    area = (figure, _BORDER, _BORDER + FOOT, whole - 2 * _BORDER)
    r, affine = arrangement.rank, arrangement.is_affine
    if r == 3 and not affine:
        panel, places, edges = _on_sphere(area, arrangement)
    elif r == 2 and affine:
        panel, places, edges = _on_half_sphere(area, arrangement)
    elif r <= 2:
        panel, places, edges = _on_plane(area, arrangement)
    else:
        panel, places, edges = _of_zonotope(area, arrangement, list(numbers))
    add_edges(panel, edges)
    nodes = [Node(places[signs], signs, number, texts.get(signs, "")) for signs, number in numbers.items()]
    caption(figure, 0.05, 0.03, note_of(1, 1, add_nodes(panel, nodes)))
    add_key(figure, whole + beside - 0.08, whole + FOOT - 0.15, names)
    return figure


_Area = tuple[Any, float, float, float]
_Drawn = tuple[Panel, Mapping[Signs, Point], list[Edge]]


def _on_plane(area: _Area, arrangement: Arrangement) -> _Drawn:
    """Rank 1, or 2 without offsets: every region is in a view that holds all lines; those through a point in a ring."""
    plane = on_page(arrangement, 2).arrangement
    view = choose_view(plane, whole=True)
    panel = lines_panel(*area, view)
    found = plane_pieces(view, plane)
    ring = arrangement.rank == 2
    inner = {signs: np.array([in_plane(z) for z in corners]).mean(axis=0) for signs, corners in found}
    inner = {signs: _on_ring(place) if ring else place for signs, place in inner.items()}
    edges = []
    for wall in walls_between(arrangement, found):
        ends = np.array([in_plane(z) for z in wall.ends])
        add_faint_curve(panel, ends)
        one, two = inner[wall.one.signs], inner[wall.two.signs]
        if ring:
            outer = _on_ring(ends[np.argmax((ends**2).sum(axis=1))])
            path = np.concatenate([arc(one, outer), arc(outer, two)[1:]])
        else:
            path = np.stack([one, ends.mean(axis=0), two])
        edges.append(Edge(_points(path), wall.hyperplane))
    return panel, {signs: (float(x), float(y)) for signs, (x, y) in inner.items()}, edges


def _on_ring(place: Floats) -> Floats:
    return np.asarray(0.85 * place / np.linalg.norm(place))


def _on_half_sphere(area: _Area, arrangement: Arrangement) -> _Drawn:
    plane = on_page(arrangement, 2).arrangement
    moved = _centred(plane, middle_view(plane))
    infinity = (0, 0, 1)
    space = Arrangement((*moved, infinity), None, 3)
    found = [Piece(signs[:-1], corners) for signs, corners in in_front(sphere_pieces(space), infinity)]
    return _on_camera(area, arrangement, moved, found, Camera.of(infinity, "half"))


def _on_sphere(area: _Area, arrangement: Arrangement) -> _Drawn:
    space = on_page(arrangement, 3).arrangement
    found = sphere_pieces(space)
    corners = dict.fromkeys(z for piece in found for z in piece.corners)
    most = max(corners, key=lambda z: sum(not dot(row, z) for row in space.hyperplanes))
    return _on_camera(area, arrangement, space.hyperplanes, found, Camera.of(most, "whole"))


def _on_camera(
    area: _Area, arrangement: Arrangement, rows: Sequence[Row], found: Sequence[Piece], camera: Camera
) -> _Drawn:
    panel = disc_panel(*area)
    for row in rows:
        for side in (camera, camera.behind) if camera.kind == "whole" else (camera,):
            if not any(row) or (points := half_circle(row, side)) is None:
                continue
            # the half behind passes through the point that is the rim, in its middle, if the row is 0 there
            parts = (points[:30], points[31:]) if side is not camera and not dot(row, camera.view) else (points,)
            for part in parts:
                add_faint_curve(panel, camera.path(part))
    angles = np.linspace(0, 2 * np.pi, 181)
    panel.axes.plot(np.cos(angles), np.sin(angles), color=GREY, linewidth=0.5, alpha=0.5, gid="rim", zorder=1)
    inner = {piece.signs: _unit(piece.corners) for piece in found}
    edges = []
    for wall in walls_between(arrangement, found):
        one, two = inner[wall.one.signs], inner[wall.two.signs]
        crossing = _crossing(one, two, *(np.array(on_sphere(z)) for z in wall.ends))
        path = np.concatenate([arc(one, crossing), arc(crossing, two)[1:]])
        edges.append(Edge(_points(camera.path(path)), wall.hyperplane))
    places = dict(zip(inner, _points(camera.place(np.array(list(inner.values())))), strict=True))
    return panel, places, edges


def _of_zonotope(area: _Area, arrangement: Arrangement, regions: Sequence[Signs]) -> _Drawn:
    rows, _ = IntegerMatrix(arrangement.hyperplanes).scaled()
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    d = rows.shape[1]
    turns = np.pi * (np.arange(d) + 0.5) / d
    # of different lengths, so that sums of few of them are hardly ever equal
    down = rows @ (np.stack([np.cos(turns), np.sin(turns)], axis=1) * (1 + 0.13 * np.arange(d))[:, None])
    first = [members[0] for members in hyperplane_rows(arrangement)]
    positions = np.array([[signs[i] for i in first] for signs in regions]) @ down
    positions -= (positions.max(axis=0) + positions.min(axis=0)) / 2
    # as wide as high: a linear map, so what was parallel stays so
    positions = positions @ np.linalg.inv(np.linalg.cholesky(positions.T @ positions)).T
    positions /= np.abs(positions).max()
    places = dict(zip(regions, _points(positions), strict=True))
    panel = square_panel(*area, (0.0, 0.0), 1.0)
    edges = [Edge([places[e.minus], places[e.plus]], e.hyperplane) for e in iter_adjacencies(arrangement)]
    return panel, places, edges


def _centred(plane: Arrangement, view: View) -> list[Row]:
    """The lines in homogeneous coordinates in which the view's middle is the origin, and its reach is one unit."""
    (x, y), size = view.centre, view.reach
    rows = []
    for (a, b), c in plane:
        numbers = (a * size, b * size, a * x + b * y - c)
        unit = np.lcm.reduce([Fraction(n).denominator for n in numbers], dtype=object)
        rows.append(primitive([int(n * unit) for n in numbers]))
    return rows


def _crossing(one: Floats, two: Floats, first: Floats, last: Floats) -> Floats:
    """A point of the wall from first to last, next to where the great circle from one to two meets that of the wall."""
    normal = np.cross(first, last)
    point = abs(normal @ two) * one + abs(normal @ one) * two
    along, whole = (
        np.arctan2(np.cross(first, point) @ normal / np.linalg.norm(normal), first @ point),
        arc_length(first, last),
    )
    share = min(max(float(along) / (whole or 1.0), 0.2), 0.8)
    crossing = np.sin((1 - share) * whole) * first + np.sin(share * whole) * last
    return np.asarray(crossing / np.linalg.norm(crossing)) if whole > 1e-9 else first


def _unit(corners: Sequence[Row]) -> Floats:
    total = np.array([on_sphere(z) for z in corners]).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total))


def _points(places: Floats) -> list[Point]:
    return [(float(x), float(y)) for x, y in places]
