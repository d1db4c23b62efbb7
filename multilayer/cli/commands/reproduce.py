"""The command `multilayer reproduce NAME`: a group, one subcommand an experiment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import note, progress


@click.group("reproduce")
def command() -> None:
    """Do the experiments of the paper anew: table, picture and settings, written to a folder.

    Each writes NAME.csv, NAME.svg, NAME.png and NAME.json; it replaces files of an earlier run, and no others.
    """


def experiment(function: Callable[..., None]) -> click.Command:
    """Make a function, named for its experiment, a subcommand with the common options; add others below this one."""
    for option in (
        options.as_json,
        click.option("--seed", type=options.SEED, default=0, show_default=True, help="Of everything that is drawn."),
        click.option("--quick", is_flag=True, help="Smaller sizes: less than a minute."),
        click.option(
            "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; default: its name."
        ),
    ):
        function = option(function)
    return command.command(function.__name__)(function)


def perform(name: str, output: Path | None, quick: bool, seed: int, as_json: bool, data: Path | None = None) -> None:
    """Run an experiment, write its files, and print what was found."""
    from time import perf_counter

    from multilayer.printing.reports import print_report
    from multilayer.printing.reproduce import print_reproduced
    from multilayer.reproduce.experiment import Request, run
    from multilayer.reproduce.outputs import check_outputs, write_outputs

    folder = Path(name) if output is None else output
    check_outputs(folder, name)
    start = perf_counter()
    request = Request(quick, seed, note, progress, data)
    result = run(name, request)
    report = write_outputs(folder, name, request, result, perf_counter() - start)
    if as_json:
        print_report(report, as_json)
    else:
        print_reproduced(report, folder)


@experiment
def figure2(**how: Any) -> None:
    """Figure 2: the loss landscape of (4) for K = 1 and K = 50, and how often it violates midpoint convexity."""
    perform("figure2", **how)


@experiment
def figure4(**how: Any) -> None:
    """Figure 4: SGD from many starts for several K, against the certified optimum of (12) and its network."""
    perform("figure4", **how)


@experiment
def figure5(**how: Any) -> None:
    """Figure 5: ten classes, trained by (4) and by sampled blocks of (12); on scikit-learn's digits."""
    perform("figure5", **how)


@experiment
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    required=True,
    help="The six UCI sets, NAME.csv: a header, features, and the class as an integer from 0 in the last column.",
)
def table1(**how: Any) -> None:
    """Table 1: proven intervals of the optima of six UCI sets, SGD and sampled blocks, beside the printed numbers."""
    perform("table1", **how)
