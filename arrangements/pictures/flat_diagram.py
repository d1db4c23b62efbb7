"""The Hasse diagram of the flats, with their Moebius numbers: the whole space below, smaller flats above.

A box is a flat F: the rows whose hyperplanes contain it, and below them mu(F). An edge leads from F to a flat within it
of one dimension less. The order within a level is chosen so that few edges cross; it means nothing.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.errors import InputError
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.first_layer.flats import iter_flats
from arrangements.first_layer.lattice import intersection_lattice
from arrangements.pictures.lines import FOOT
from arrangements.pictures.page.drawing import BLACK, GREY, caption, new_figure, read_size, text_width
from arrangements.pictures.page.names import read_limit, read_names
from arrangements.pictures.page.palette import line_look

if TYPE_CHECKING:
    import networkx

_FLATS = 200  # more would be a grey box
_LEVEL = 0.85  # inches from one level to the next
_SIZES = (9, 8, 7, 6, 5)  # of letters, in points
_ROOM = 8  # points around a text
_MANY = 100  # edges, from which on they are drawn fainter
_SWEEPS = 6

_Flat = frozenset[int]


def draw_flats(
    arrangement: Arrangement, *, row_names: Iterable[str] | None = None, size: float = 7, limit: int = _FLATS
) -> Any:
    r"""Draw the Hasse diagram of the intersection lattice (or poset, with offsets) with its Moebius numbers.

    Where the rows of some flat of a level have no room, the boxes of this level have the Moebius numbers alone; and
    where these have no room, the level has dots. A line below says so.

    Args:
        arrangement: the hyperplanes.
        row_names: a text for each row; None for their numbers from 0.
        size: width of the picture in inches.
        limit: the largest number of flats that is drawn.

    Returns:
        A figure of matplotlib.

    Raises:
        InputError: too many flats, an option that is out of bounds, or no matplotlib.

    Theorem (Zaslavsky 1975): the Moebius numbers, all taken positive, add up to the number of regions.

    Example:
        >>> figure = draw_flats(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> [text.get_text().split()[-1].replace("\N{MINUS SIGN}", "-") for text in figure.axes[0].texts]
        ['1', '-1', '-1', '-1', '2']
    """
    names = read_names(row_names, len(as_arrangement(arrangement)))
    most, width = read_limit(limit), read_size(size)
    if sum(1 for _ in islice(iter_flats(arrangement), most + 1)) > most:
        raise InputError(
            f"the arrangement has more than {most} flats, too many for a picture; draw fewer rows, or give limit="
        )
    lattice = intersection_lattice(arrangement)
    levels = _levels(lattice)
    height = _LEVEL * len(levels)
    figure = new_figure(width, height + FOOT)
    share = FOOT / (height + FOOT)
    axes = figure.add_axes(
        (0, share, 1, 1 - share), frame_on=False, xticks=[], yticks=[], xlim=(0, width), ylim=(-0.5, len(levels) - 0.5)
    )
    across = {flat: width * (k + 0.5) / len(level) for level in levels for k, flat in enumerate(level)}
    shade = 1 if lattice.number_of_edges() < _MANY else 0.4
    for flat, above in lattice.edges:
        rank = lattice.nodes[flat]["rank"]
        axes.plot(
            (across[flat], across[above]),
            (rank, rank + 1),
            color=GREY,
            linewidth=0.6,
            alpha=shade,
            gid="cover",
            zorder=1,
        )
    rows = hyperplane_rows(arrangement)
    notes = []
    for rank, level in enumerate(levels):
        texts = [_rows_text([names[i] for k in sorted(flat) for i in rows[k]], row_names is None) for flat in level]
        numbers = [str(lattice.nodes[flat]["moebius"]).replace("-", "\N{MINUS SIGN}") for flat in level]
        written, letters = _fitting(texts, numbers, 72 * width / len(level))
        if "\n" not in written[0]:
            notes.append(f"{'rows' if written[0] else 'boxes'} of rank {rank}")
        for flat, text in zip(level, written, strict=True):
            edge = line_look(min(flat))[0] if rank == 1 else GREY
            _box(axes, (across[flat], rank), text, letters, edge)
    explained = "rows whose hyperplanes contain it, Moebius number"
    caption(figure, 0.05, 0.03, "; ".join([explained, *(f"no room for {note}" for note in notes)]))
    return figure


def _box(axes: Any, place: tuple[float, float], text: str, letters: float, edge: str) -> None:
    if not text:
        axes.plot(*place, "o", markersize=3, color=edge, gid="flat", zorder=2)
        return
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": edge, "linewidth": 1}
    axes.text(
        *place, text, fontsize=letters, color=BLACK, ha="center", va="center", bbox=box, gid="flat", zorder=2,
        linespacing=1.15,
    )  # fmt: skip


def _fitting(texts: Sequence[str], numbers: Sequence[str], room: float) -> tuple[list[str], float]:
    """What the boxes of a level say, and how large: rows and number, or the number, or nothing."""
    both = [f"{text}\n{number}" for text, number in zip(texts, numbers, strict=True)]
    for said, parts in ((both, [*texts, *numbers]), (list(numbers), list(numbers))):
        widest = max(map(text_width, parts))
        for size in _SIZES:
            if widest * size + _ROOM <= room:
                return said, size
    return ["" for _ in texts], _SIZES[-1]


def _rows_text(names: Sequence[str], numbered: bool) -> str:
    """The rows of a flat; three numbers or more in a row as first and last."""
    if not names:
        return "\N{EMPTY SET}"
    if not numbered:
        return " ".join(names)
    runs: list[list[int]] = []
    for i in sorted(map(int, names)):
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    parts = (f"{run[0]}\N{EN DASH}{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs)
    return " ".join(parts)


def _levels(lattice: "networkx.DiGraph[_Flat]") -> list[list[_Flat]]:
    """The flats of each rank, ordered by the mean place of their neighbours, level by level, up and down."""
    levels: list[list[_Flat]] = []
    for flat, rank in lattice.nodes(data="rank"):
        if rank == len(levels):
            levels.append([])
        levels[rank].append(flat)
    for level in levels:
        level.sort(key=sorted)
    for sweep in range(_SWEEPS):
        up = sweep % 2 == 0
        order = range(1, len(levels)) if up else range(len(levels) - 2, -1, -1)
        for k in order:
            beside = levels[k - 1] if up else levels[k + 1]
            place = {flat: (i + 0.5) / len(beside) for i, flat in enumerate(beside)}
            neighbours = lattice.predecessors if up else lattice.successors
            mean = {flat: _mean([place[other] for other in neighbours(flat)]) for flat in levels[k]}
            levels[k].sort(key=mean.__getitem__)
    return levels


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 9) if values else 0.5
