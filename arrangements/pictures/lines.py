"""Lines in the plane: an arrangement of rank 1 or 2, with its regions coloured and labelled.

A line of colour and dashes of its own for each hyperplane, its rows' numbers at one end; from both ends a thick stroke
leads along the border on the positive side of the first of them. Coordinates are those of the arrangement if it is in
the plane.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from arrangements.arguments import read_truth
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row
from arrangements.pictures.geometry.coordinates import on_page
from arrangements.pictures.geometry.polygons import Piece, Point, cut, in_plane, pieces
from arrangements.pictures.geometry.views import View, choose_view, read_view
from arrangements.pictures.page.drawing import Panel, caption, new_figure, read_size, square_panel
from arrangements.pictures.page.labels import LEVEL, BorderLabel, border_of, border_side, write_around, write_inside
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts
from arrangements.pictures.page.palette import line_look, tint

FOOT = 0.16  # inches for a caption
_STROKE = 6  # points
_MOST_LINES = 500  # more would be a black square


def draw_lines(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    fill: bool = True,
    view: Iterable[object] | None = None,
    size: float = 4,
    limit: int = LIMIT,
) -> Any:
    """Draw an arrangement of rank 1 or 2 as lines in the plane, with its regions.

    A label stands inside its region; where the region is too small for letters of 5 points, it is left out, and a line
    below the picture says how many were. The view holds all vertices; where few of them are far away from all others,
    it leaves those out, and the line below says how many regions are in view.

    Args:
        arrangement: of rank 1 or 2, with or without offsets, in any dimension; the lineality space is left out.
        labels: of the regions: "signs", "numbers" (places in the sorted set of regions, as in `tope_graph`), "none",
            or "auto": signs for at most 4 rows, else numbers.
        row_names: a text for each row; None for their numbers from 0.
        fill: whether regions are coloured and labelled; without them up to 500 lines can be drawn.
        view: centre x, y and half the side of the square that is shown; None to choose.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib; a polygon for each region in view has the gid "region-" and its number.

    Raises:
        InputError: another rank, too many regions or lines, an option that is out of bounds, or no matplotlib.

    Example:
        >>> lines = Arrangement.from_table([[1, 0], [0, 1], [1, 1]], [0, 0, 1])
        >>> figure = draw_lines(lines, labels="numbers")
        >>> sum((patch.get_gid() or "").startswith("region") for patch in figure.axes[0].patches)
        7
    """
    plane, filled = plane_of(arrangement), read_truth(fill, "fill")
    names = hyperplane_names(arrangement, read_names(row_names, len(arrangement)))
    whole = read_size(size)
    border, letters = border_of(names, whole)
    level = min(border, LEVEL)
    shown_view = choose_view(plane) if view is None else read_view(view)
    numbers = region_numbers(arrangement, limit) if filled else {}
    texts = region_texts(numbers, labels)
    inner = whole - 2 * border
    figure = new_figure(whole, inner + 2 * level + FOOT)
    panel = lines_panel(figure, border, level + FOOT, inner, shown_view)
    note = add_regions(panel, shown_view, plane, numbers, texts)
    drawn = add_lines(panel, shown_view, plane, names, letters)
    missing = f"{drawn} of {len(names)} lines in view" if drawn < len(names) else ""
    caption(figure, 0.05, 0.03, "; ".join(part for part in (missing, note) if part))
    return figure


def plane_of(arrangement: Arrangement) -> Arrangement:
    """Move an arrangement into the plane.

    Args:
        arrangement: what the caller gave.

    Raises:
        InputError: it is none, its rank is not 1 or 2, or it has more than 500 hyperplanes.
    """
    r, n = as_arrangement(arrangement).rank, len(arrangement.hyperplanes)
    if not 1 <= r <= 2:
        raise InputError(f"the arrangement has rank {r}; lines in the plane are drawn for rank 1 or 2")
    if n > _MOST_LINES:
        raise InputError(f"there are {n} lines, too many for a picture; draw at most {_MOST_LINES}")
    return on_page(arrangement, 2).arrangement


def lines_panel(figure: Any, left: float, bottom: float, side: float, view: View) -> Panel:
    """Add the axes for a view of the plane."""
    x, y = map(float, view.centre)
    return square_panel(figure, left, bottom, side, (x, y), float(view.reach))


def add_regions(
    panel: Panel, view: View, plane: Arrangement, numbers: Mapping[Signs, int], texts: Mapping[Signs, str]
) -> str:
    """Draw the regions in view, labelled.

    Args:
        panel: where.
        view: what it shows.
        plane: the arrangement in the plane.
        numbers: of all regions; without any nothing is drawn.
        texts: labels.

    Returns:
        What is to be said below: regions that are not in view, and labels that were left out.
    """
    if not numbers:
        return ""
    found = plane_pieces(view, plane)
    for signs, corners in found:
        add_polygon(panel, [in_plane(z) for z in corners], signs, numbers[signs])
    labelled = [([in_plane(z) for z in corners], texts[signs]) for signs, corners in found if signs in texts]
    return note_of(len(found), len(numbers), write_inside(panel, labelled))


def plane_pieces(view: View, plane: Arrangement) -> list[Piece]:
    """Cut the view into the parts of the regions."""
    rows = [(*normal, -b) for normal, b in plane]
    return pieces([view.polygon], rows)


def add_polygon(panel: Panel, corners: Sequence[Point], signs: Signs, number: int) -> None:
    """Draw a region in its colour."""
    from matplotlib.patches import Polygon as Patch

    colour = tint(signs)
    panel.axes.add_patch(
        Patch(corners, closed=True, facecolor=colour, edgecolor=colour, linewidth=0.3, gid=f"region-{number}", zorder=1)
    )


def note_of(drawn: int, regions: int, unlabelled: int) -> str:
    """Say what is not in the picture."""
    parts = [f"{drawn} of {regions} regions in view"] if drawn < regions else []
    parts += [f"{unlabelled} label{'s' * (unlabelled > 1)} left out"] if unlabelled else []
    return "; ".join(parts)


def add_lines(panel: Panel, view: View, plane: Arrangement, names: Sequence[str], letters: float) -> int:
    """Draw the lines in view, each with its name at one end and strokes on its positive side; return their number."""
    labels = []
    for k, (row, name) in enumerate(zip(plane.hyperplanes, names, strict=True)):
        line = (*row, 0) if len(row) == 2 else row
        minus, plus = cut(view.polygon, line)
        ends = [in_plane(z) for z in minus if z in plus]
        if len(ends) != 2:  # not in view
            continue
        colour, dashes = line_look(k)
        width = 1.3 if len(names) <= 40 else 0.7
        panel.axes.plot(
            *zip(*ends, strict=True), color=colour, linestyle=dashes, linewidth=width, gid=f"line-{k}", zorder=3
        )
        labels.append(BorderLabel(name, (ends[0], ends[1]), colour))
        _positive_side(panel, line, ends, colour)
    if len(labels) <= 60:
        write_around(panel, labels, letters)
    return len(labels)


def _positive_side(panel: Panel, row: Row, ends: Sequence[Point], colour: str) -> None:
    """From each end of a line a stroke along the border, on its positive side."""
    for end in ends:
        along = 1 - border_side(panel, end)[0]
        towards = (row[along] > 0) - (row[along] < 0)
        tip = list(end)
        tip[along] = min(max(end[along] + towards * _STROKE * panel.point, panel.low[along]), panel.high[along])
        style = {"linewidth": 2.5, "solid_capstyle": "butt", "clip_on": False, "gid": "positive-side", "zorder": 4}
        panel.axes.plot(*zip(end, tip, strict=True), color=colour, **style)
