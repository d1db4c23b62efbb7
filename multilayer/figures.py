"""Pictures of the two experiments: growth over the rows, and what depth saves over beta.

n  rows

Counts are markers, bounds are lines, and a bound has the colour of the count that it bounds. The colours are those of
Okabe and Ito (2008), which people with any colour vision tell apart. Files are the same on every run.

matplotlib (extra `plot`) is imported where it is used.
"""

from collections.abc import Sequence
from importlib import import_module
from math import log10
from pathlib import Path
from typing import Any, NamedTuple

from arrangements.errors import InputError
from convex.solving.depth_gain import DepthGain, DepthRow
from multilayer.io.writing import check_writable, replacing
from theory import Growth, fitted_exponents

SUFFIXES = (".svg", ".png", ".pdf")
BLUE, ORANGE, GREEN, PURPLE, BLACK, GREY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#6E6E6E"
_COUNTS = (("regions", "s", BLUE), ("pairs", "o", ORANGE), ("masks", "^", GREEN))
_BOUNDS = (  # field, name, colour, line
    ("cover", "bound (13) on regions", BLUE, "-"),
    ("joint_unordered", "joint bound on pairs", ORANGE, "-"),
    ("eq14_product", "bound (14) on masks", GREY, "--"),
    ("width_two", "$P_1^2$ on masks", GREEN, "-"),
)
_WIDTHS = (("o", BLUE, "-"), ("s", ORANGE, "--"), ("^", GREEN, "-."), ("D", PURPLE, ":"))
_STYLE = {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "multilayer"}


def check_figure(path: Path) -> Path:
    """The path itself, if a figure can be written there: before the work is done.

    Raises:
        InputError: unknown ending, a place that cannot be written, or matplotlib is missing.

    Example:
        >>> check_figure(Path("growth.jpeg"))
        Traceback (most recent call last):
        arrangements.errors.InputError: growth.jpeg: write the figure to a .svg, .png or .pdf file
    """
    if path.suffix not in SUFFIXES:
        raise InputError(f"{path}: write the figure to a .svg, .png or .pdf file")
    check_writable(path)
    _matplotlib("matplotlib")
    return path


def _matplotlib(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError('a figure needs matplotlib: pip install "multilayer-arrangements[plot]"') from error


def save(path: Path, figure: Any) -> None:
    """Write a figure, the same bytes on every run, or nothing.

    Raises:
        InputError: the place cannot be written.
    """
    date = {".svg": {"Date": None}, ".png": {"Software": None}, ".pdf": {"CreationDate": None}}
    with _matplotlib("matplotlib").rc_context(_STYLE), replacing(path, "wb") as file:
        figure.savefig(file, format=path.suffix[1:], dpi=150, metadata=date[path.suffix])


class _Label(NamedTuple):
    height: float  # log10 of the last value
    text: str
    colour: str


def growth_figure(found: Sequence[Growth], r: int, m: int, seed: int = 0) -> Any:
    """Counts (markers) and bounds (lines) over n, both axes logarithmic.

    Args:
        found: what was measured, for one table at least.
        r: rank.
        m: width.
        seed: of the tables.
    """
    rows = [each.rows for each in found]
    slopes = fitted_exponents(found) if len(set(rows)) > 1 else {}
    with _matplotlib("matplotlib").rc_context(_STYLE):
        figure = _matplotlib("matplotlib.figure").Figure(figsize=(7.2, 4.4), layout="constrained")
        axes = figure.add_subplot()
        axes.set(xscale="log", yscale="log", xlabel="rows n", ylabel="number (counts: markers; bounds: lines)")
        axes.set_title(f"rank {r}, width {m}: random:n,{r},{seed}", loc="left")
        top = 4 * max(each.eq14_product for each in found)
        labels = []
        for field, name, colour, line in _BOUNDS:
            values = [getattr(each, field) for each in found]
            if None in values:
                continue
            axes.plot(rows, values, line, color=colour, linewidth=1.2)
            labels.append(_Label(log10(values[-1]), name, colour))
        for field, marker, colour in _COUNTS:
            values = [getattr(each, field) for each in found]
            axes.plot(rows, values, marker, color=colour, markersize=5, markerfacecolor="white")
            slope = f", slope {slopes[field]:.2f}" if slopes else ""
            labels.append(_Label(log10(values[-1]), field + slope, colour))
        axes.set_ylim(min(min(each.masks, each.regions) for each in found) / 2, top)
        labels += _all_masks(axes, rows, top)
        _ticks(axes, rows)
        _beside(axes, rows[-1], labels)
    return figure


def _all_masks(axes: Any, rows: Sequence[int], top: int) -> list[_Label]:
    """2^n as far as the picture goes, with its name at the end, which is a label beside the others at the last size."""
    inside = [n for n in range(rows[0], min(rows[-1] + 1, top.bit_length())) if 1 << n <= top]
    if not inside:
        return []
    end, name = inside[-1], "all masks, $2^n$"
    axes.plot(inside, [1 << n for n in inside], ":", color=BLACK, linewidth=1.2)
    if end == rows[-1]:
        return [_Label(log10(1 << end), name, BLACK)]
    place = {"textcoords": "offset points", "xytext": (-4, 0), "ha": "right", "va": "center"}
    axes.annotate(name, (end, 1 << end), **place)
    return []


def _ticks(axes: Any, rows: Sequence[int]) -> None:
    """The sizes as plain numbers, the last one and those that leave room between them."""
    kept: list[int] = []
    least = log10(rows[-1] / rows[0]) / 12
    for n in reversed(rows):
        if not kept or log10(kept[-1] / n) >= least:
            kept.append(n)
    axes.set_xticks(kept, [str(n) for n in kept])
    axes.minorticks_off()


def _beside(axes: Any, last: int, labels: list[_Label]) -> None:
    """Write the labels right of the last point, pushed apart where they would touch."""
    low, high = (log10(limit) for limit in axes.get_ylim())
    step = (high - low) / 18
    ordered = sorted(labels)
    heights = [label.height for label in ordered]
    for k in range(1, len(heights)):
        heights[k] = max(heights[k], heights[k - 1] + step)
    for k in range(len(heights) - 1, -1, -1):
        heights[k] = min(heights[k], high - step * (len(heights) - 1 - k) - step / 3)
    for label, height in zip(ordered, heights, strict=True):
        ends = {"xy": (last, 10**label.height), "xytext": (1.04, (height - low) / (high - low))}
        arrow = {"arrowstyle": "-", "color": label.colour, "linewidth": 0.5, "shrinkB": 5, "relpos": (0, 0.5)}
        place = {"textcoords": "axes fraction", "va": "center", "annotation_clip": False}
        axes.annotate(label.text, **ends, **place, color=label.colour, arrowprops=arrow)


def depth_figure(tables: Sequence[tuple[str, Sequence[DepthRow]]]) -> Any:
    """The saving in percent over beta, one line a width, one panel a table; a bar where the proven interval is wide.

    Args:
        tables: for each the name and the rows of `convex.solving.depth_gain.depth_table`, with the same widths.
    """
    across = min(len(tables), 2)
    down = -(-len(tables) // across)
    with _matplotlib("matplotlib").rc_context(_STYLE):
        size = (3.6 * across + 0.6, 2.3 * down + 0.6)
        figure = _matplotlib("matplotlib.figure").Figure(figsize=size, layout="constrained")
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
