"""The command `multilayer enumerate SOURCE --output FILE`."""

from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress, warn


@click.command("enumerate", cls=options.SourceCommand)
@options.source
@click.option("--output", type=options.FILE, required=True, help="File to write: .csv or .npz.")
@options.layer
@options.width
@options.engine
@options.limit()
@options.as_json
@options.reading
def command(
    source: str, output: Path, layer: str, width: int, engine: str, limit: int, as_json: bool, **how: Any
) -> None:
    """Write every sign vector with an exact integer witness.

    Layer 1: columns s1..sn and w1..wd (in affine arrangements w has one more entry, a positive denominator). Layer 2:
    for each neuron its output sign and mask, then the second-layer signs, then the weights of each neuron.
    """
    from arrangements.first_layer.layer import check_width
    from multilayer.io.cell_files import check_output
    from multilayer.pipeline import listing
    from multilayer.printing.reports import print_report

    check_width(width)  # of layer 2; nonsense is refused with layer 1, too
    options.check_files([source], {"--output": output})
    check_output(output)
    table = options.table_of(source, how)
    found: listing.FirstListing | listing.SecondListing
    if layer == "1":
        found = listing.write_first(table, output, engine=engine, limit=limit, progress=progress, warn=warn)
    else:
        found = listing.write_second(table, width, output, engine=engine, limit=limit, progress=progress)
    print_report({**found.report(), "target": table.target}, as_json)
