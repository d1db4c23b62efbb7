"""Messages and progress of commands on standard error."""

import sys
from collections.abc import Iterable
from typing import Any

import click

_SHORT = 2_000  # items that are gone through before a bar is worth it


def warn(text: str) -> None:
    """Print a warning on standard error, on a terminal or not."""
    click.echo(f"multilayer: note: {text}", err=True)


def note(text: str) -> None:
    """Print a note on progress, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def track(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """Yield the items, with a progress bar where standard error is a terminal and the work is long."""
    if not sys.stderr.isatty() or total < _SHORT:
        return items
    from rich.console import Console
    from rich.progress import track as bar

    return bar(items, description=label, total=total, console=Console(stderr=True), transient=True)
