"""Nodes of graphs: a dot in the colour of its region, and a label in a small box where there is room."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from arrangements.cells import Signs
from arrangements.pictures.geometry.polygons import Point
from arrangements.pictures.page.drawing import BLACK, GREY, Panel, matplotlib
from arrangements.pictures.page.labels import LETTERS, extent
from arrangements.pictures.page.palette import Dashes, hue, line_look, tint

Look = tuple[str, Dashes, float]  # colour, dashes, width in points

_KEY_LINES = 28  # as many looks as there are
_KEY_WIDTH = 0.62  # inches
_PAD = 0.4  # of a box, in units of the size of letters
_MANY = 150  # edges, from which on they are drawn thinner


class Node(NamedTuple):
    """A region as a node.

    Attributes:
        place: on the page.
        signs: of the region.
        number: of the region.
        text: its label; "" for none.
    """

    place: Point
    signs: Signs
    number: int
    text: str


class Edge(NamedTuple):
    """A wall as an edge.

    Attributes:
        places: of the two nodes, and of points between them.
        hyperplane: the place in `Arrangement.hyperplanes` of what is crossed.
        faint: whether it lies behind.
    """

    places: Sequence[Point]
    hyperplane: int
    faint: bool = False


def add_nodes(panel: Panel, nodes: Sequence[Node]) -> int:
    """Draw nodes; all labels have letters of one size, the largest at which most of them fit.

    Args:
        panel: where.
        nodes: what is drawn.

    Returns:
        How many labels found no room beside the other nodes.
    """
    for node in nodes:
        panel.axes.plot(
            *node.place, "o", markersize=4, markerfacecolor=tint(node.signs), markeredgecolor=hue(node.signs),
            markeredgewidth=1, clip_on=False, gid=f"node-{node.number}", zorder=4,
        )  # fmt: skip
    wanted = [node for node in nodes if node.text]
    chosen: list[Node] = []
    size: float = LETTERS[0]
    for size in LETTERS:
        chosen = _apart(panel, wanted, nodes, size)
        if 10 * len(chosen) >= 9 * len(wanted):
            break
    for node in chosen:
        box = {"boxstyle": "round,pad=0.16", "facecolor": tint(node.signs), "edgecolor": hue(node.signs), "lw": 0.7}
        panel.axes.text(
            *node.place, node.text, fontsize=size, color=BLACK, ha="center", va="center_baseline", bbox=box,
            gid="label", zorder=5,
        )  # fmt: skip
    return len(wanted) - len(chosen)


def _apart(panel: Panel, wanted: Sequence[Node], nodes: Sequence[Node], size: float) -> list[Node]:
    """The nodes whose boxes cover neither another box nor another node, the first ones first."""
    dot = 3 * panel.point
    chosen: list[tuple[Node, float, float]] = []
    for node in wanted:
        width, height = (each + _PAD * size * panel.point for each in extent(node.text, size, panel.point))
        near = ((other.place, dot, dot) for other in nodes if other is not node)
        boxes = ((other.place, w / 2, h / 2) for other, w, h in chosen)
        if not any(
            abs(node.place[0] - x) < width / 2 + w and abs(node.place[1] - y) < height / 2 + h
            for (x, y), w, h in (*boxes, *near)
        ):
            chosen.append((node, width, height))
    return [node for node, *_ in chosen]


def add_edges(panel: Panel, edges: Sequence[Edge]) -> None:
    """Draw edges, the faint ones behind.

    Args:
        panel: where.
        edges: what is drawn.
    """
    wide = 1.3 if len(edges) < _MANY else 0.7
    for places, k, faint in edges:
        colour, dashes = line_look(k)
        width, alpha, level = (0.7, 0.35, 2) if faint else (wide, 1.0, 3)
        panel.axes.plot(
            *zip(*places, strict=True), color=colour, linestyle=dashes, linewidth=width, alpha=alpha, clip_on=False,
            gid=f"edge-{k}", zorder=level,
        )  # fmt: skip


def key_width(names: Sequence[str]) -> float:
    """Give the inches beside a picture that `add_key` needs; 0 where there are too many names to tell apart."""
    return _KEY_WIDTH + 0.07 * max(len(name) for name in names) if len(names) <= _KEY_LINES else 0.0


def add_key(
    figure: Any, right: float, top: float, names: Sequence[str], *, title: str = "row", looks: Sequence[Look] = ()
) -> None:
    """Write which look is which line, in one column.

    Args:
        figure: from `new_figure`.
        right: the corner, in inches from the left.
        top: likewise from below.
        names: of the lines.
        title: what they are.
        looks: colour, dashes and width of each; those of hyperplanes, if there are none.
    """
    if len(names) > _KEY_LINES:
        return
    lines = matplotlib("matplotlib.lines")
    known = looks or [(*line_look(k), 1.3) for k in range(len(names))]
    handles = [lines.Line2D([], [], color=colour, linestyle=dashes, linewidth=width) for colour, dashes, width in known]
    width, height = figure.get_size_inches()
    size = min(8.0, 72 * (height - 0.4) / (1.35 * len(names) + 1.5))
    figure.legend(
        handles, names, loc="upper right", bbox_to_anchor=(right / width, top / height), frameon=False, fontsize=size,
        title=title, title_fontsize=size, handlelength=2.2, labelcolor=BLACK, alignment="left", borderpad=0,
    )  # fmt: skip


def add_faint_curve(panel: Panel, places: Any) -> None:
    """Draw a hyperplane in the background of a graph."""
    panel.axes.plot(*places.T, color=GREY, linewidth=0.5, alpha=0.5, gid="hyperplane", zorder=1)
