"""The command `multilayer growth --rank R --width M --rows N`."""

from pathlib import Path

import click

from multilayer.cli import options


@click.command("growth")
@click.option("--rank", type=int, required=True, help="r, rank of the tables.")
@click.option("--width", type=int, required=True, help="m, neurons in one sub-network.")
@click.option("--rows", required=True, help="n, rows of the tables: 4:12, 4:40:4 (first, last, step), or 4,6,8.")
@click.option("--seed", type=options.SEED, default=0, show_default=True, help="Of the tables random:n,r,seed.")
@options.limit(5_000_000)
@options.figure
@options.as_json
def command(rank: int, width: int, rows: str, seed: int, limit: int, figure: Path | None, as_json: bool) -> int:
    """Count both layers of random tables over n, beside the bounds; fitted exponents beside the proven ones.

    The tables are in general position and all counts are exact. A fitted exponent is the least-squares slope of log
    count over log n: it describes these sizes and proves nothing. A signal, or a size above the limit, ends the rest:
    what is counted by then is printed (status 4).
    """
    options.check_files([], {"--figure": figure})
    from multilayer.pipeline.growth import growth_report, read_rows
    from multilayer.printing.growth import print_growth
    from multilayer.printing.reports import print_report

    report = growth_report(rank, width, read_rows(rows), seed=seed, limit=limit, figure=figure)
    if as_json:
        print_report(report, as_json)
    else:
        print_growth(report)
    options.say_missing(report)
    return 0 if report["complete"] else 4
