"""The command `multilayer symmetry SOURCE`."""

from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress


@click.command("symmetry", cls=options.SourceCommand)
@options.source
@click.option(
    "--fixing",
    multiple=True,
    metavar="W",
    help="A point such as 1,0,0: only symmetries that take it to itself or its negative. May be given several times.",
)
@options.engine
@options.limit()
@options.as_json
@options.reading
def command(source: str, fixing: tuple[str, ...], engine: str, limit: int, as_json: bool, **how: Any) -> None:
    """Find the symmetry group of the hyperplanes, and one region for each orbit of regions.

    A symmetry permutes the hyperplanes, turns some over, and extends to a linear map of their primitive normals. For
    threshold:n, --fixing 1,0,..,0 leaves permuting and negating of variables and of the output.
    """
    from multilayer.pipeline.symmetry import symmetry_report
    from multilayer.printing.reports import print_report

    table = options.table_of(source, how)
    points = [point.split(",") for point in fixing]
    report = symmetry_report(table, points, engine=engine, limit=limit, progress=progress)
    print_report({**report, "target": table.target}, as_json)
