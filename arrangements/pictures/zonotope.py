"""The zonotope beside its arrangement: a polygon for rank 2, a polyhedron seen from a direction for rank 3.

Vertices are regions, and have the same labels and colours; edges are walls between regions, in the colour of the
hyperplane that is crossed. A vertex is on the side that is seen iff its region meets the half of the sphere that is
seen; an edge, iff the wall does. Both are decided in integers.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.adjacency import Adjacency, iter_adjacencies
from arrangements.first_layer.zonotope import iter_zonotope_vertices
from arrangements.pictures.geometry.coordinates import on_page
from arrangements.pictures.geometry.hemispheres import Camera, in_front, sphere_pieces
from arrangements.pictures.geometry.polygons import Piece, Point
from arrangements.pictures.geometry.views import FARTHEST, View
from arrangements.pictures.geometry.walls import walls_between
from arrangements.pictures.great_circles import add_circles, add_disc, disc_panel
from arrangements.pictures.lines import FOOT, add_lines, add_regions, lines_panel, note_of
from arrangements.pictures.page.drawing import BLACK, GREY, caption, new_figure, read_size, square_panel
from arrangements.pictures.page.labels import LEVEL, border_of
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts
from arrangements.pictures.page.nodes import Edge, Node, add_edges, add_nodes
from arrangements.pictures.sphere import read_direction


def draw_zonotope(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    view: Iterable[object] = (2, -3, 2),
    size: float = 7,
    limit: int = LIMIT,
) -> Any:
    """Draw a central arrangement of rank 1, 2 or 3 and, to its right, its zonotope.

    The zonotope is the sum of the segments from -x_i to x_i, with the integer normals that the arrangement holds. What
    is hidden is drawn fainter, without labels.

    Args:
        arrangement: without offsets, of rank 1 to 3, in any dimension.
        labels: as for `draw_lines`.
        row_names: a text for each row; None for their numbers from 0.
        view: the direction from which one looks, three numbers; for rank 3.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib with two axes; a node has the gid "node-" and the number of its region.

    Raises:
        InputError: offsets, another rank, too many regions, an option that is out of bounds, or no matplotlib.

    Theorem (McMullen 1971; Zaslavsky 1975): the vertices of the zonotope are the regions, and its edges the walls.

    Example:
        >>> figure = draw_zonotope(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> sum((line.get_gid() or "").startswith("edge") for line in figure.axes[1].lines)
        6
    """
    if as_arrangement(arrangement).is_affine:
        raise InputError("a zonotope belongs to a central arrangement, and this one has offsets; take its cone()")
    if not 1 <= arrangement.rank <= 3:
        raise InputError(f"the arrangement has rank {arrangement.rank}; a zonotope is drawn for rank 1 to 3")
    camera = Camera.of(read_direction(view))
    names = hyperplane_names(arrangement, read_names(row_names, len(arrangement)))
    side = read_size(size) / 2
    border, letters = border_of(names, side)
    level, inner = min(border, LEVEL), side - 2 * border
    numbers = region_numbers(arrangement, limit)
    texts = region_texts(numbers, labels)
    figure = new_figure(2 * side, inner + 2 * level + FOOT)
    if arrangement.rank == 3:
        page = on_page(arrangement, 3)
        panel = disc_panel(figure, border, level + FOOT, inner)
        found = sphere_pieces(page.arrangement)
        note = note_of(1, 1, add_disc(panel, camera, page.arrangement, found, numbers, texts))
        add_circles(panel, camera, page.arrangement, names, letters)
        seen: set[Signs] = {piece.signs for piece in in_front(found, camera.view)}
        seen_walls = _seen_walls(arrangement, found, camera)
    else:
        page, camera = on_page(arrangement, 2), Camera.of((0, 0, 1))
        whole = View((Fraction(0), Fraction(0)), Fraction(1))
        panel = lines_panel(figure, border, level + FOOT, inner, whole)
        note = add_regions(panel, whole, page.arrangement, numbers, texts)
        add_lines(panel, whole, page.arrangement, names, letters)
        seen, seen_walls = set(numbers), None
    caption(figure, 0.05, 0.03, note)
    points = [(vertex.signs, page.place(vertex.point)) for vertex in iter_zonotope_vertices(arrangement)]
    places = dict(zip((signs for signs, _ in points), camera.place(_floats(points)), strict=True))
    reach = 1.12 * max(float(np.abs(place).max()) for place in places.values())
    panel = square_panel(figure, side + border, level + FOOT, inner, (0.0, 0.0), reach)
    if arrangement.rank == 2:
        _fill(panel.axes, np.array(list(places.values())))
    edges = [
        Edge([_point(places[e.minus]), _point(places[e.plus])], e.hyperplane, not _is_seen(e, seen_walls))
        for e in iter_adjacencies(arrangement)
    ]
    add_edges(panel, edges)
    for signs in numbers.keys() - seen:
        panel.axes.plot(*places[signs], "o", color=GREY, markersize=2, alpha=0.5, gid=f"node-{numbers[signs]}")
    nodes = [
        Node(_point(places[signs]), signs, number, texts.get(signs, ""))
        for signs, number in numbers.items()
        if signs in seen
    ]
    note = note_of(1, 1, add_nodes(panel, nodes))
    caption(figure, side + 0.05, 0.03, note)
    return figure


def _seen_walls(arrangement: Arrangement, found: Sequence[Piece], camera: Camera) -> set[frozenset[Signs]]:
    walls = walls_between(arrangement, in_front(found, camera.view))
    return {frozenset((wall.one.signs, wall.two.signs)) for wall in walls}


def _is_seen(edge: Adjacency, walls: set[frozenset[Signs]] | None) -> bool:
    return walls is None or frozenset((edge.minus, edge.plus)) in walls


def _point(place: Floats) -> Point:
    return float(place[0]), float(place[1])


def _floats(points: Sequence[tuple[Signs, tuple[Fraction, ...]]]) -> Floats:
    """The coordinates in three columns, divided by the largest where floats cannot hold them."""
    largest = max(abs(x) for _, point in points for x in point)
    unit = largest if largest > FARTHEST else 1
    return np.array([[*(float(x / unit) for x in point), *([0.0] * (3 - len(point)))] for _, point in points])


def _fill(axes: Any, places: Floats) -> None:
    """Shade a polygon around the origin."""
    order = np.argsort(np.arctan2(places[:, 1], places[:, 0]), kind="stable")
    axes.fill(*places[order].T, color=BLACK, alpha=0.05, linewidth=0, gid="zonotope", zorder=0)
