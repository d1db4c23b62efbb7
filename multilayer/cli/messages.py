"""What commands say on standard error while they work."""

import sys
from collections.abc import Iterable
from typing import Any

import click

_SHORT = 2_000  # items that are gone through before a bar is worth it


def warn(text: str) -> None:
    """Say what the user should know, on a terminal or not."""
    click.echo(f"multilayer: note: {text}", err=True)


def note(text: str) -> None:
    """Say what is going on, to a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def track(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """The items, with a progress bar where standard error is a terminal and the work is long."""
    if not sys.stderr.isatty() or total < _SHORT:
        return items
    from rich.console import Console
    from rich.progress import track as bar

    return bar(items, description=label, total=total, console=Console(stderr=True), transient=True)
