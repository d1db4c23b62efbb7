"""The command `multilayer bounds`."""

import click

from multilayer.cli import options


@click.command("bounds")
@click.option("--rows", type=int, required=True, help="n, rows of the data.")
@click.option("--rank", type=int, required=True, help="r, rank of the data.")
@click.option("--width", type=int, required=True, help="m, neurons in one sub-network.")
@click.option("--latex", is_flag=True, help="Formulas in LaTeX.")
@options.as_json
def command(rows: int, rank: int, width: int, latex: bool, as_json: bool) -> None:
    """Print the bounds (13) and (14), the joint bounds and 2^n: formulas, values, growth in n."""
    from multilayer.pipeline.bounds import formulas_report
    from multilayer.printing.reports import print_report

    report = formulas_report(rows, rank, width, latex)
    print_report(report, as_json, whole=("formulas",))
