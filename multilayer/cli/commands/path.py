"""The command `multilayer path SOURCE --width M --betas LO:HI`."""

from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import note, warn
from multilayer.cli.workers import executor_of
from multilayer.cli.workers import workers as workers_option


@click.command("path", cls=options.SourceCommand)
@options.source
@options.any_width
@click.option(
    "--betas",
    required=True,
    metavar="LO:HI",
    callback=options.given,
    help="The interval of the weight of the penalty, read exactly, such as 0.001:1.",
)
@options.loss
@click.option(
    "--tolerance",
    default="1e-3",
    callback=options.given,
    show_default=True,
    help="Largest relative gap between the two curves.",
)
@click.option(
    "--output", type=options.FILE_OR_FOLDER, metavar="FOLDER", help="Where the files go. Default: NAME.path/."
)
@options.steps
@options.seconds("Most time; the curves proven by then are kept (status 4).")
@options.figure
@workers_option
@options.as_json
@options.weights
@options.reading
def command(
    source: str,
    width: str,
    betas: str,
    loss: str,
    tolerance: str,
    output: Path | None,
    steps: int,
    seconds: float | None,
    figure: Path | None,
    workers: int,
    as_json: bool,
    **how: Any,
) -> int:
    """Prove a lower and an upper curve of the optimum over a whole interval of beta.

    The optimum is concave in beta, and what a network costs is affine in beta: so certified optima at finitely many
    knots prove both curves, and knots are added where the gap is largest. Each knot has its own certificate in the
    folder, and path.json has the curves, exactly. Ctrl-C, SIGTERM, --time and --steps keep what was proven (status 4).

    A folder that holds an earlier path of the same table, width and loss is gone on from, after its certificates are
    checked: with another interval or tolerance, or after a stop, its knots serve again and none is lost. A path of
    something else is refused.
    """
    from multilayer.pipeline.learning.beta_path import solve_table_path
    from multilayer.pipeline.learning.optimum import Request
    from multilayer.printing.beta_path import print_path
    from multilayer.printing.reports import print_report

    options.check_files([source], {"--figure": figure})
    request = Request.read(width, "1", loss, tolerance, steps, False)
    table = options.table_of(source, how, with_target=True)
    stem = source.replace(":", "-") if table.name == source else table.name
    with executor_of(workers) as executor:
        report = solve_table_path(
            table,
            request.width,
            betas,
            loss=loss.lower(),
            tolerance=tolerance,
            steps=steps,
            seconds=seconds,
            folder=output or Path(f"{stem}.path"),
            figure=figure,
            note=note,
            warn=warn,
            executor=executor,
        )
    if as_json:
        print_report(report, as_json)
    else:
        print_path(report)
    options.say_missing(report)
    return 0 if report["complete"] else 4
