"""The picture of Figure 2: the objective over a plane for few and for many sub-networks, and the convexity over K."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from arrangements.pictures.page.drawing import BLUE, ORANGE, STYLE, matplotlib

if TYPE_CHECKING:
    from multilayer.reproduce.figure2 import Plane


def landscape_figure(planes: Sequence["Plane"], reach: float) -> Any:
    """Draw contours for the smallest and the largest K, and the share of violated pairs over K.

    Args:
        planes: for each K the same number.
        reach: of the planes.
    """
    counts = list(dict.fromkeys(plane.subnetworks for plane in planes))
    with matplotlib("matplotlib").rc_context(STYLE):
        figure = matplotlib("matplotlib.figure").Figure(figsize=(9.6, 3.1), layout="constrained")
        axes = figure.subplots(1, 3)
        for panel, count in zip(axes, (counts[0], counts[-1]), strict=False):
            shown = _typical([plane for plane in planes if plane.subnetworks == count])
            _contours(figure, panel, shown, reach)
        _shares(axes[2], planes, counts)
    return figure


def _typical(planes: Sequence["Plane"]) -> "Plane":
    """The plane with the median share of violated pairs."""
    return sorted(planes, key=lambda plane: plane.convexity.share)[len(planes) // 2]


def _contours(figure: Any, axes: Any, plane: "Plane", reach: float) -> None:
    ticker = matplotlib("matplotlib.ticker")
    ticks = np.linspace(-reach, reach, len(plane.values))
    drawn = axes.contourf(ticks, ticks, np.log10(plane.values.T), levels=24, cmap="viridis")
    axes.contour(ticks, ticks, np.log10(plane.values.T), levels=24, colors="white", linewidths=0.3)
    axes.plot(0, 0, "+", color="white", markersize=7)
    axes.set(aspect="equal", xlabel="first direction", ylabel="second direction", xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    axes.set_title(f"K = {plane.subnetworks}: {100 * plane.convexity.share:.2g} % violated", loc="left")
    figure.colorbar(drawn, ax=axes, label="log10 of objective (4)", ticks=ticker.MaxNLocator(5))


def _shares(axes: Any, planes: Sequence["Plane"], counts: Sequence[int]) -> None:
    for field, marker, colour, line, name in (
        ("share", "o", BLUE, "-", "pairs violated"),
        ("largest", "s", ORANGE, "--", "largest violation / range"),
    ):
        found = [[getattr(p.convexity, field) for p in planes if p.subnetworks == count] for count in counts]
        for count, values in zip(counts, found, strict=True):
            axes.plot([count] * len(values), [100 * v for v in values], marker, color=colour, markersize=2, alpha=0.3)
        middle = [100 * float(np.median(values)) for values in found]
        axes.plot(counts, middle, line, marker=marker, color=colour, markersize=5, linewidth=1.2, label=name)
    axes.set(xscale="log", xlabel="sub-networks K", ylabel="percent (line: median)", ylim=(-0.001, 120))
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.set_yscale("symlog", linthresh=0.01)
    axes.minorticks_off()
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
