"""The figure of the command depth: the saving by depth over beta."""

from collections.abc import Sequence
from typing import Any

from arrangements.pictures.page.drawing import BLUE, GREEN, ORANGE, PURPLE, STYLE, matplotlib
from convex.solving.depth_gain import DepthGain, DepthRow

_WIDTHS = (("o", BLUE, "-"), ("s", ORANGE, "--"), ("^", GREEN, "-."), ("D", PURPLE, ":"))


def depth_figure(tables: Sequence[tuple[str, Sequence[DepthRow]]]) -> Any:
    """Draw the saving in percent over beta, a line a width, a panel a table; a bar where the proven interval is wide.

    Args:
        tables: for each the name and the rows of `convex.solving.depth_gain.depth_table`, with the same widths.
    """
    across = min(len(tables), 2)
    down = -(-len(tables) // across)
    with matplotlib("matplotlib").rc_context(STYLE):
        size = (3.6 * across + 0.6, 2.3 * down + 0.6)
        figure = matplotlib("matplotlib.figure").Figure(figsize=size, layout="constrained")
        panels = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True).flat
        for axes, (name, rows) in zip(panels, tables, strict=False):
            _savings(axes, rows)
            axes.set_title(name, loc="left")
        for axes in list(panels)[len(tables) :]:
            axes.set_visible(False)
        figure.supxlabel("beta", fontsize=9)
        figure.supylabel("saving over two layers, percent", fontsize=9)
        drawn = figure.axes[0].get_legend_handles_labels()
        if drawn[0]:
            figure.legend(*drawn, loc="outside upper center", ncols=len(drawn[0]), frameon=False)
    return figure


def _savings(axes: Any, rows: Sequence[DepthRow]) -> None:
    deep = [k for k, entry in enumerate(rows[0].widths) if entry.width != 1]
    betas = [float(row.beta) for row in rows]
    for (marker, colour, line), k in zip(_cycled(len(deep)), deep, strict=True):
        entries: list[DepthGain] = [row.widths[k] for row in rows]
        low, high = ([100 * float(entry.saving[end]) for entry in entries] for end in (0, 1))
        middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
        half = [(b - a) / 2 for a, b in zip(low, high, strict=True)]
        width = entries[0].width
        name = "any width" if width is None else f"width {width}"
        # a larger marker below a smaller one: lines that coincide are all seen
        size, hollow = 9 - 2 * min(k, 3), "white" if k < 2 else colour
        axes.errorbar(
            betas, middle, half, fmt=marker, linestyle=line, color=colour, markersize=size, label=name, capsize=3,
            markerfacecolor=hollow, linewidth=1.2,
        )  # fmt: skip
    axes.set(xscale="log", ylim=(-5, 105))


def _cycled(count: int) -> list[tuple[str, str, str]]:
    return [_WIDTHS[k % len(_WIDTHS)] for k in range(count)]
