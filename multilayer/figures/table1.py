"""The picture of Table 1: proven intervals of the optima, and the printed numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from arrangements.pictures.page.drawing import BLACK, BLUE, GREEN, ORANGE, STYLE, matplotlib


def intervals_figure(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Draw a line a set and coding: its proven interval, what SGD and sampled blocks reach, and the printed numbers.

    Args:
        rows: those of `multilayer.reproduce.table1` for (4) as printed, on all rows.
    """
    with matplotlib("matplotlib").rc_context(STYLE):
        figure = matplotlib("matplotlib.figure").Figure(figsize=(7.6, 0.32 * len(rows) + 1.4), layout="constrained")
        axes = figure.subplots()
        places = range(len(rows), 0, -1)
        lows, highs = ([row[end] for row in rows] for end in ("lower", "upper"))
        axes.hlines(places, lows, highs, color=BLUE, linewidth=5, alpha=0.6, label="optimum, proven interval")
        axes.plot(lows, places, "|", color=BLUE, markersize=9)
        for name, label, marker, colour in (
            ("SGD", "SGD, done anew", "o", ORANGE),
            ("sampled (12)", "sampled blocks of (12), done anew", "s", GREEN),
            ("printed SGD", "SGD, printed", "x", ORANGE),
            ("printed convex", "convex, printed", "+", BLACK),
        ):
            some = [(float(row[name]), place) for row, place in zip(rows, places, strict=True) if row[name] is not None]
            if some:
                axes.plot(*zip(*some, strict=True), marker, color=colour, markersize=5, fillstyle="none", label=label)
        axes.set(xscale="log", xlabel="training objective (4)", ylim=(0.3, len(rows) + 0.7))
        axes.set_yticks(list(places), [f"{row['set']}, {row['labels']}" for row in rows])
        figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=8)
    return figure
