"""The command `multilayer invariants SOURCE`."""

from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress


@click.command("invariants", cls=options.SourceCommand)
@options.source
@options.limit(200_000)
@options.as_json
@options.reading
def command(source: str, limit: int, as_json: bool, **how: Any) -> None:
    """Print the invariants: characteristic polynomial, Whitney numbers, flats, faces, circuits, bounded regions."""
    from multilayer.pipeline.invariants import invariants
    from multilayer.printing.reports import print_report

    table = options.table_of(source, how)
    print_report({**invariants(table, limit, progress), "target": table.target}, as_json)
