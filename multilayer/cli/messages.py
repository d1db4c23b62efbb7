"""What commands say on standard error while they work."""

from contextlib import suppress

import click

from multilayer.cli.progress import REPORTER


def warn(text: str) -> None:
    """Say what the user should know, on a terminal or not."""
    with suppress(OSError):  # what nobody can read is no reason to stop
        click.echo(f"multilayer: note: {text}", err=True)


note = REPORTER.note
progress = REPORTER.meter
