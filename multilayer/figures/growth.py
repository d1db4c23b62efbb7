"""The figure of the command growth: counts are markers, bounds are lines in the colour of the count that they bound.

n  rows
"""

from collections.abc import Sequence
from math import log10
from typing import Any, NamedTuple

from arrangements.pictures.page.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, STYLE, matplotlib
from theory import Growth, fitted_exponents

_COUNTS = (("regions", "s", BLUE), ("pairs", "o", ORANGE), ("masks", "^", GREEN))
_BOUNDS = (  # field, name, colour, line
    ("cover", "bound (13) on regions", BLUE, "-"),
    ("joint_unordered", "joint bound on pairs", ORANGE, "-"),
    ("eq14_product", "bound (14) on masks", GREY, "--"),
    ("width_two", "$P_1^2$ on masks", GREEN, "-"),
)


class _Label(NamedTuple):
    height: float  # log10 of the last value
    text: str
    colour: str


def growth_figure(found: Sequence[Growth], r: int, m: int, seed: int = 0) -> Any:
    """Draw counts (markers) and bounds (lines) over n, both axes logarithmic.

    Args:
        found: what was measured, for one table at least.
        r: rank.
        m: width.
        seed: of the tables.
    """
    rows = [each.rows for each in found]
    slopes = fitted_exponents(found) if len(set(rows)) > 1 else {}
    with matplotlib("matplotlib").rc_context(STYLE):
        figure = matplotlib("matplotlib.figure").Figure(figsize=(7.2, 4.4), layout="constrained")
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
