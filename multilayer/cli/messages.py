"""Messages and progress of commands on standard error."""

from contextlib import suppress

import click

from multilayer.cli.progress import REPORTER


def warn(text: str) -> None:
    """Print a warning on standard error, on a terminal or not."""
    with suppress(OSError):  # what nobody can read is no reason to stop
        click.echo(f"multilayer: note: {' '.join(text.splitlines())}", err=True)


note = REPORTER.note
progress = REPORTER.meter
