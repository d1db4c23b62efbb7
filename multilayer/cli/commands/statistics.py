"""The command `multilayer statistics SOURCE`."""

from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress


@click.command("statistics", cls=options.SourceCommand)
@options.source
@options.engine
@options.limit()
@options.as_json
@options.reading
def command(source: str, engine: str, limit: int, as_json: bool, **how: Any) -> None:
    """Count the facets of every region, the simplicial regions, and the complete ones, which touch every hyperplane."""
    from multilayer.pipeline.symmetry import statistics_report
    from multilayer.printing.reports import print_report

    table = options.table_of(source, how)
    report = statistics_report(table, engine=engine, limit=limit, progress=progress)
    print_report({**report, "target": table.target}, as_json)
