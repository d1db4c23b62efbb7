"""Common parts of all figures: matplotlib where it is installed, colours, style, panels, and the text of an SVG file.

matplotlib (extra `plot`) is imported where it is used, pyplot never. Figures have a white ground of their own, so that
dark lines and letters are read on a dark page as well. The same figure is the same text on every run.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from io import StringIO
from typing import Any, NamedTuple

from arrangements.errors import InputError, shown, what_it_is

# The colours are those of Okabe and Ito (2008), which people with any colour vision tell apart.
BLUE, ORANGE, GREEN, PURPLE, BLACK, GREY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#6E6E6E"
SKY, AMBER, YELLOW = "#56B4E9", "#E69F00", "#F0E442"
STYLE: Mapping[str, Any] = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "multilayer",
}
SMALLEST, LARGEST = 1.5, 40  # inches of a panel
_POINTS = 72  # in an inch
_MEASURED = 100  # points, at which widths are measured
_CAPTION, _SMALL = 7, 4.5  # sizes of letters of a caption, in points


class Panel(NamedTuple):
    """Square axes of a known size, in which a text's width can be told before it is drawn.

    Attributes:
        axes: of matplotlib.
        point: how many units of the data one point (1/72 inch) is.
        low, high: the corners of the view, in data.
    """

    axes: Any
    point: float
    low: tuple[float, float]
    high: tuple[float, float]


def matplotlib(name: str) -> Any:
    """Import matplotlib, or one of its modules.

    Args:
        name: of the module.

    Raises:
        InputError: matplotlib is missing.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError('a figure needs matplotlib: pip install ".[plot]" in a clone of the project') from error


def new_figure(width: float, height: float) -> Any:
    """Make an empty figure that shows itself in notebooks.

    Args:
        width: in inches.
        height: in inches.

    Raises:
        InputError: matplotlib is missing.
    """
    matplotlib("matplotlib.figure")
    from arrangements.pictures.page.figure_class import Picture

    with matplotlib("matplotlib").rc_context(STYLE):
        return Picture(figsize=(width, height), facecolor="white")


def read_size(size: object, least: float = SMALLEST) -> float:
    """Read the side of a picture in inches.

    Args:
        size: what the caller gave.
        least: the smallest one that leaves room.

    Raises:
        InputError: it is no number, or one out of bounds.

    Example:
        >>> read_size(3)
        3.0
    """
    if isinstance(size, int | float) and not isinstance(size, bool) and least <= size <= LARGEST:
        return float(size)
    raise InputError(f"size is {shown(size)}; it must be a number of inches from {least} to {LARGEST}")


def square_panel(
    figure: Any, left: float, bottom: float, side: float, centre: tuple[float, float], reach: float
) -> Panel:
    """Add square axes without a frame.

    Args:
        figure: from `new_figure`.
        left: where they are, in inches.
        bottom: likewise.
        side: likewise.
        centre: of the view, in data.
        reach: half the side of the view, in data.
    """
    width, height = figure.get_size_inches()
    axes = figure.add_axes(
        (left / width, bottom / height, side / width, side / height),
        frame_on=False,
        xticks=[],
        yticks=[],
        xlim=(centre[0] - reach, centre[0] + reach),
        ylim=(centre[1] - reach, centre[1] + reach),
    )
    low, high = ((centre[0] + s * reach, centre[1] + s * reach) for s in (-1, 1))
    return Panel(axes, 2 * reach / (side * _POINTS), low, high)


def number_axes(panel: Panel) -> None:
    """Write a few coordinates along the axes, to the left and below.

    Args:
        panel: with room for them.
    """
    ticker = matplotlib("matplotlib.ticker")
    for axis in (panel.axes.xaxis, panel.axes.yaxis):
        axis.set_major_locator(ticker.MaxNLocator(4))
    panel.axes.tick_params(labelsize=7, length=2, colors=GREY)


@lru_cache(maxsize=10_000)
def text_width(text: str) -> float:
    """Measure the width of a text, in units of the size of its letters.

    Args:
        text: what is written.

    Raises:
        InputError: matplotlib is missing.
    """
    if not text:
        return 0.0
    font = matplotlib("matplotlib.font_manager").FontProperties(size=_MEASURED)
    measure = matplotlib("matplotlib.textpath").text_to_path.get_text_width_height_descent
    return float(measure(text, font, False)[0]) / _MEASURED


def caption(figure: Any, left: float, bottom: float, text: str) -> None:
    """Write a grey line of small text, in smaller letters or in two lines if it would not end on the page.

    Args:
        figure: from `new_figure`.
        left: where it begins, in inches.
        bottom: likewise.
        text: nothing is written for "".
    """
    if not text:
        return
    width, height = figure.get_size_inches()
    long = text_width(text) * _CAPTION / _POINTS / (width - left - 0.05)
    size = max(_CAPTION / max(long, 1), _SMALL)
    parts = text.split("; ")
    if _CAPTION / long < _SMALL and len(parts) > 1:
        text = "; ".join(parts[: len(parts) // 2]) + ";\n" + "; ".join(parts[len(parts) // 2 :])
    place = {"ha": "left", "va": "bottom", "linespacing": 1}
    figure.text(left / width, bottom / height, text, fontsize=size, color=GREY, **place)


def svg_text(figure: Any) -> str:
    """Write a figure as the text of an SVG file, without a date: the same figure is the same text.

    Args:
        figure: of matplotlib.

    Raises:
        InputError: it is something else, or matplotlib is missing.

    Example:
        >>> svg_text(3)
        Traceback (most recent call last):
        arrangements.errors.InputError: 3 is an int, not a figure; give what a function of `pictures` returned
    """
    if not isinstance(figure, matplotlib("matplotlib.figure").Figure):
        raise InputError(f"{what_it_is(figure)}, not a figure; give what a function of `pictures` returned")
    out = StringIO()
    with matplotlib("matplotlib").rc_context(STYLE):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
