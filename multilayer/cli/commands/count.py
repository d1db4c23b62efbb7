"""The command `multilayer count SOURCE`."""

from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress, warn
from multilayer.cli.workers import dask as dask_option
from multilayer.cli.workers import executor_of
from multilayer.cli.workers import workers as workers_option


@click.command("count", cls=options.SourceCommand)
@options.source
@options.layer
@options.width
@options.engine
@options.limit()
@click.option(
    "--certificate",
    type=options.FILE,
    help="Also write a proof of the count: .json or .jsonl; with .gz behind it, compressed.",
)
@workers_option
@dask_option
@options.as_json
@options.reading
def command(
    source: str,
    layer: str,
    width: int,
    engine: str,
    limit: int,
    certificate: Path | None,
    workers: int,
    dask: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Count regions (layer 1) or tuples, pairs and masks (layer 2), beside exact counts and bounds."""
    from arrangements.first_layer.layer import check_width
    from multilayer.io.writing import check_writable
    from multilayer.pipeline import counts
    from multilayer.printing.reports import print_report

    if certificate is not None:
        options.check_files([source], {"--certificate": certificate})
        check_writable(certificate)
    table, keep = options.table_of(source, how), certificate is not None
    check_width(width)  # of layer 2; nonsense is refused with layer 1, too
    found: counts.FirstCount | counts.SecondCount
    with executor_of(workers, dask) as executor:
        if layer == "1":
            found = counts.count_first(
                table, engine=engine, limit=limit, keep=keep, progress=progress, warn=warn, executor=executor
            )
        else:
            found = counts.count_second(
                table, width, engine=engine, limit=limit, keep=keep, progress=progress, executor=executor
            )
        report = {**found.report(), "target": table.target}
        if certificate is not None:
            from multilayer.pipeline.certificates import prove_count, write_certificate

            write_certificate(certificate, prove_count(table, found, engine, progress, executor=executor))
            report["certificate"] = str(certificate)
    print_report(report, as_json)
