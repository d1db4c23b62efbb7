"""The pictures of Figure 4 and Figure 5: values of training over time."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from arrangements.pictures.page.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, STYLE, matplotlib

if TYPE_CHECKING:
    from multilayer.reproduce.figure4 import Curves, Optimum
    from multilayer.reproduce.figure5 import Look


def starts_figure(shown: Sequence["Curves"], best: "Optimum", rows: Sequence[Mapping[str, Any]]) -> Any:
    """Draw the objective of each start over seconds, a panel a K, with the optimum; then the shares over K.

    Args:
        shown: the starts of each K.
        best: the optimum of their table.
        rows: the summary of `multilayer.reproduce.figure4`.
    """
    across = 3
    down = -(-(len(shown) + 1) // across)
    with matplotlib("matplotlib").rc_context(STYLE):
        size = (3.2 * across, 2.4 * down + 0.4)
        figure = matplotlib("matplotlib.figure").Figure(figsize=size, layout="constrained")
        panels = list(figure.subplots(down, across, squeeze=False).flat)
        for axes, curves in zip(panels, shown, strict=False):
            _starts(axes, curves, best)
        for axes in panels[1 : len(shown)]:
            axes.sharey(panels[0])
        _shares(panels[len(shown)], rows)
        for axes in panels[len(shown) + 1 :]:
            axes.set_visible(False)
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=len(names), frameon=False)
    return figure


def _starts(axes: Any, curves: "Curves", best: "Optimum") -> None:
    for k, values in enumerate(curves.objectives.T):
        name = f"SGD, {curves.objectives.shape[1]} starts" if k == 0 else None
        axes.plot(curves.seconds, values, "-", color=BLUE, linewidth=0.9, alpha=0.8, label=name)
    lower, upper = float(best.solution.lower), float(best.solution.upper)
    axes.axhline(lower, color=GREY, linewidth=0.6, linestyle=":")
    axes.plot(best.seconds, lower, "s", color=GREEN, markersize=9, markerfacecolor="white", label="(12), lower bound")
    axes.plot(best.seconds, upper, "x", color=ORANGE, markersize=5, label="its network, by (4)")
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="objective (4)")
    axes.set_title(f"K = {curves.subnetworks}", loc="left")


def _shares(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    counts = [row["K"] for row in rows]
    lines = (("o", BLUE, "-"), ("^", GREEN, "-."), ("s", ORANGE, "--"), ("D", BLACK, ":"))
    names = [name for name in rows[0] if name.startswith("within")]
    for (marker, colour, line), name in zip(lines, names, strict=False):
        values = [100 * row[name] for row in rows]
        axes.plot(counts, values, line, marker=marker, color=colour, markersize=4, linewidth=1.2, label=name)
    axes.set(xscale="log", xlabel="sub-networks K", ylabel="starts, percent", ylim=(-4, 104))
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.set_title(f"{rows[0]['starts']} starts near P*", loc="left")
    axes.legend(frameon=False, fontsize=7)


def accuracy_figure(looks: Sequence["Look"]) -> Any:
    """Draw train and test accuracy over seconds, a panel an optimizer, a colour a model.

    Args:
        looks: what was measured.
    """
    models, optimizers = (list(dict.fromkeys(getattr(look, name) for look in looks)) for name in ("model", "optimizer"))
    with matplotlib("matplotlib").rc_context(STYLE):
        figure = matplotlib("matplotlib.figure").Figure(figsize=(7.6, 3.4), layout="constrained")
        panels = figure.subplots(1, len(optimizers), squeeze=False, sharey=True).flat
        for axes, optimizer in zip(panels, optimizers, strict=True):
            for model, colour in zip(models, (BLUE, ORANGE, GREEN), strict=False):
                some = [look for look in looks if (look.model, look.optimizer) == (model, optimizer) and look.steps]
                seconds = [look.seconds for look in some]
                axes.plot(seconds, [100 * look.train for look in some], "--", color=colour, linewidth=1.0)
                axes.plot(seconds, [100 * look.test for look in some], "-", color=colour, linewidth=1.4, label=model)
            axes.set(xscale="log", xlabel="seconds", ylim=(None, 101))
            axes.xaxis.set_minor_formatter(matplotlib("matplotlib.ticker").NullFormatter())
            axes.set_title({"sgd": "SGD", "adam": "Adam"}[optimizer], loc="left")
        figure.axes[0].set_ylabel("accuracy, percent (solid: test; dashed: train)")
        handles, names = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=len(names), frameon=False)
    return figure
