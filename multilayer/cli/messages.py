"""What commands say on standard error while they work."""

import click

from multilayer.cli.progress import REPORTER


def warn(text: str) -> None:
    """Say what the user should know, on a terminal or not."""
    click.echo(f"multilayer: note: {text}", err=True)


note = REPORTER.note
progress = REPORTER.meter
