"""The command `multilayer depth SOURCE...`."""

from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import note


@click.command("depth", cls=options.SourceCommand)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--betas",
    default="1,0.1,0.01",
    callback=options.given,
    show_default=True,
    help="Weights of the penalty, read exactly; or an interval LO:HI, over all of which depth is judged.",
)
@click.option(
    "--widths", default="1,2,3,unlimited", callback=options.given, show_default=True, help="Neurons in one sub-network."
)
@options.loss
@click.option(
    "--tolerance",
    default="1e-3",
    callback=options.given,
    show_default=True,
    help="Over an interval: largest relative gap between the proven curves of a width.",
)
@options.steps
@options.figure
@options.as_json
@options.weights
@options.reading
def command(
    sources: tuple[str, ...],
    betas: str,
    widths: str,
    loss: str,
    tolerance: str,
    steps: int,
    figure: Path | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Where three layers beat two: certified optima over beta and width, and the proven saving.

    Width 1 is the two-layer network with weight decay. SOURCE, one or more, is a table with a target as for solve.
    Status 4 if a search met its limit, or if a signal or a table too large ended the rest; what is printed is proven
    all the same. With --betas LO:HI the curves of two layers and of each width are proven over the whole interval, and
    it is said where depth helps, where it saves little, and where neither is proven.
    """
    options.check_files(sources, {"--figure": figure})
    from arrangements.errors import InputError
    from multilayer.pipeline.depth import depth_report
    from multilayer.pipeline.depth_intervals import depth_intervals_report
    from multilayer.printing.depth import print_depth, print_depth_intervals
    from multilayer.printing.reports import print_report

    tables = [options.table_of(source, how, with_target=True) for source in sources]
    over_interval = ":" in betas
    if over_interval and figure is not None:
        raise InputError("--figure draws single betas; multilayer path draws the curves over an interval")
    if over_interval:
        report = depth_intervals_report(tables, betas, widths, loss, tolerance, steps=steps, note=note)
    else:
        report = depth_report(tables, betas, widths, loss, steps=steps, figure=figure, note=note)
    if as_json:
        print_report(report, as_json)
    else:
        (print_depth_intervals if over_interval else print_depth)(report)
    options.say_missing(report)
    return 0 if report["complete"] and not report["limited"] else 4
