"""Common parts of the figures: the check of the path, colours, style, and saving.

The colours are those of Okabe and Ito (2008), which people with any colour vision tell apart. Files are the same on
every run. matplotlib (extra `plot`) is imported where it is used.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.writing import replacing
from multilayer.io.writing import check_writable

SUFFIXES = (".svg", ".png", ".pdf")
BLUE, ORANGE, GREEN, PURPLE, BLACK, GREY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#6E6E6E"
STYLE = {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "multilayer"}


def check_figure(path: Path) -> None:
    """Check that a figure can be written there, before the work is done.

    Raises:
        InputError: unknown ending, a place that cannot be written, or matplotlib is missing.

    Example:
        >>> check_figure(Path("growth.jpeg"))
        Traceback (most recent call last):
        arrangements.errors.InputError: growth.jpeg: write the figure to a .svg, .png or .pdf file
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: write the figure to a .svg, .png or .pdf file")
    check_writable(path)
    matplotlib("matplotlib")


def matplotlib(name: str) -> Any:
    """Import matplotlib, or one of its modules.

    Raises:
        InputError: matplotlib is missing.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError('a figure needs matplotlib: pip install "multilayer-arrangements[plot]"') from error


def save(path: Path, figure: Any) -> None:
    """Write a figure; the bytes are the same on every run.

    Raises:
        InputError: the place cannot be written.
    """
    date = {".svg": {"Date": None}, ".png": {"Software": None}, ".pdf": {"CreationDate": None}}
    with matplotlib("matplotlib").rc_context(STYLE), replacing(path, "wb") as file:
        figure.savefig(file, format=path.suffix[1:].lower(), dpi=150, metadata=date[path.suffix.lower()])
