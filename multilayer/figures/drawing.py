"""Common parts of the figures: the check of the path, and saving. Files are the same on every run.

Colours and style are those of `arrangements.pictures`. matplotlib (extra `plot`) is imported where it is used.
"""

from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.pictures.page.drawing import STYLE, matplotlib
from arrangements.writing import replacing
from multilayer.io.writing import check_writable

SUFFIXES = (".svg", ".png", ".pdf")


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


def save(path: Path, figure: Any) -> None:
    """Write a figure; the bytes are the same on every run.

    Raises:
        InputError: the place cannot be written.
    """
    date = {".svg": {"Date": None}, ".png": {"Software": None}, ".pdf": {"CreationDate": None}}
    with matplotlib("matplotlib").rc_context(STYLE), replacing(path, "wb") as file:
        figure.savefig(file, format=path.suffix[1:].lower(), dpi=150, metadata=date[path.suffix.lower()])
