"""The command `multilayer enumerate SOURCE --output FILE|DIR/`."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from multilayer.cli import options, workers
from multilayer.cli.messages import note, progress, warn


@click.command("enumerate", cls=options.SourceCommand)
@options.source
@click.option(
    "--output",
    type=options.FILE_OR_FOLDER,
    required=True,
    help="File to write: .csv or .npz. Or a folder (with / behind its name if it is not there yet), for a dataset of "
    "Parquet files that is filled by runs which can be stopped at any moment.",
)
@options.layer
@options.width
@options.engine
@options.limit()
@click.option("--resume", is_flag=True, help="Folder: go on with what is there.")
@click.option("--restart", is_flag=True, help="Folder: delete what is there, and begin anew.")
@workers.workers
@workers.dask
@options.seconds("Folder: most time of this run (status 4).")
@click.option("--memory", type=options.SIZE, help="Folder: most memory of all processes, such as 4G (status 4).")
@click.option("--disk", type=options.SIZE, help="Folder: most room for the dataset, such as 500M (status 4).")
@options.as_json
@options.reading
def command(source: str, output: Path, layer: str, width: int, engine: str, as_json: bool, **how: Any) -> int:
    """Write every sign vector with an exact integer witness.

    Layer 1: columns s1..sn and w1..wd (in affine arrangements w has one more entry, a positive denominator). Layer 2:
    for each neuron its output sign and mask, then the second-layer signs, then the weights of each neuron.

    In a folder the signs are packed, 64 in a column; docs/howto/long-runs.md says how pandas, polars and DuckDB read
    them. A run that was stopped, by a limit, Ctrl-C or a power cut, goes on with --resume.
    """
    from arrangements.first_layer.layer import check_width
    from multilayer.io.cell_files import check_output
    from multilayer.pipeline import listing
    from multilayer.printing.reports import print_report

    check_width(width)  # of layer 2; nonsense is refused with layer 1, too
    options.check_files([source], {"--output": output})
    run = {
        name: how.pop(name) for name in ("limit", "resume", "restart", "workers", "dask", "seconds", "memory", "disk")
    }
    if isinstance(output, options.Folder):
        return _fill(source, output, layer, width, engine, run, as_json, how)
    _refuse_folder_options(run, output)
    check_output(output)
    table, limit = options.table_of(source, how), run["limit"]
    found: listing.FirstListing | listing.SecondListing
    if layer == "1":
        found = listing.write_first(table, output, engine=engine, limit=limit, progress=progress, warn=warn)
    else:
        found = listing.write_second(table, width, output, engine=engine, limit=limit, progress=progress)
    print_report({**found.report(), "target": table.target}, as_json)
    return 0


def _refuse_folder_options(run: Mapping[str, Any], output: Path) -> None:
    """Refuse options that a file has no use for."""
    unused = {
        "resume": False,
        "restart": False,
        "workers": 1,
        "dask": None,
        "seconds": None,
        "memory": None,
        "disk": None,
    }
    for name, value in unused.items():
        if run[name] != value:
            option = "--time" if name == "seconds" else f"--{name}"
            raise click.UsageError(f"{option} is for a folder, and {output} is a file; write {output.stem}/ to get one")


def _fill(
    source: str,
    folder: Path,
    layer: str,
    width: int,
    engine: str,
    run: Mapping[str, Any],
    as_json: bool,
    how: dict[str, Any],
) -> int:
    """Fill a folder; status 4 if something is left to do."""
    from multilayer.pipeline.verification import missing_pyarrow

    try:
        from multilayer.pipeline.dataset_listing import DatasetReport, Way, fill_first, fill_second
        from multilayer.store.enumeration import Limits
    except ModuleNotFoundError as error:
        raise missing_pyarrow(folder) from error
    from multilayer.printing.reports import print_report

    if run["resume"] and run["restart"]:
        raise click.UsageError("--resume and --restart exclude each other: go on with what is there, or delete it")
    table = options.table_of(source, how)
    way = Way(
        run["resume"],
        run["restart"],
        Limits(run["limit"], run["seconds"], run["memory"], run["disk"]),
        lambda: workers.executor_of(run["workers"], run["dask"]),
        workers.worker_died,
    )
    found: DatasetReport
    if layer == "1":
        found = fill_first(table, folder, way, engine=engine, progress=progress, note=note, warn=warn)
    else:
        found = fill_second(table, width, folder, way, engine=engine, progress=progress, note=note, warn=warn)
    print_report({**found.report(), "target": table.target}, as_json)
    if found.complete:
        return 0
    advice = f"raise {found.limited_by} and " if found.limited_by in ("--limit", "--disk", "--memory") else ""
    again = [word for word in sys.argv[1:] if word not in ("--resume", "--restart")]
    go_on = shlex.join(["multilayer", *again, "--resume"])
    click.echo(f"multilayer: {found.missing}; {advice}go on with: {go_on}", err=True)
    return 4
