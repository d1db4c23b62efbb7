"""The figure of the command path: both proven curves over beta, and the relative gap between them."""

from typing import Any

from arrangements.pictures.page.drawing import BLUE, GREY, ORANGE, STYLE, matplotlib
from convex.paths.beta_path import BetaPath
from convex.paths.curves import chord_at, least_lines


def path_figure(path: BetaPath, name: str) -> Any:
    """Draw the curves above, with the knots as dots, and the relative gap in percent below.

    Args:
        path: the curves.
        name: of the table.
    """
    points = path.lower_points
    corners = least_lines(path.lines, path.knots[0].beta, path.knots[-1].beta)
    betas = sorted({point.beta for point in (*points, *corners)})
    lower, upper = [chord_at(points, beta) for beta in betas], [path.upper_at(beta) for beta in betas]
    gaps = [100 * float((high - low) / high) if high else 0.0 for low, high in zip(lower, upper, strict=True)]
    across = [float(beta) for beta in betas]
    with matplotlib("matplotlib").rc_context(STYLE):
        figure = matplotlib("matplotlib.figure").Figure(figsize=(6.4, 4.8), layout="constrained")
        curves, gap = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        curves.fill_between(across, list(map(float, lower)), list(map(float, upper)), color=BLUE, alpha=0.25)
        curves.plot(across, list(map(float, upper)), color=ORANGE, label="upper: the best network's cost")
        curves.plot(across, list(map(float, lower)), "--", color=BLUE, label="lower: chords of proven bounds")
        proven = [float(knot.beta) for knot in path.knots], [float(knot.solution.lower) for knot in path.knots]
        curves.plot(*proven, "o", color=BLUE, markersize=3.5, label=f"{len(path.knots)} knots")
        curves.set(ylabel="optimum", title=f"{name}: proven for every beta of the interval")
        curves.legend(frameon=False, loc="best")
        gap.plot(across, gaps, color=GREY, linewidth=1)
        gap.axhline(100 * float(path.tolerance), linestyle=":", color=ORANGE, linewidth=1)
        gap.set(ylabel="gap, %", xlabel="beta", ylim=(0, None), xscale="log" if len(across) > 1 else "linear")
    return figure
