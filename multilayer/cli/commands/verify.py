"""The command `multilayer verify FILE`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress, warn
from multilayer.cli.workers import executor_of
from multilayer.cli.workers import workers as workers_option

if TYPE_CHECKING:
    from multilayer.io.tables import Table


@click.command("verify")
@click.argument("file", type=options.FILE)
@click.option(
    "--table",
    "source",
    metavar="SOURCE",
    help="Accept only if the certificate is about this table, read by the options below as it was read for solve or "
    "count: every row, offset, target and weight is compared exactly.",
)
@workers_option
@options.as_json
@options.weights
@options.reading
def command(file: Path, source: str | None, workers: int, as_json: bool, **how: Any) -> int:
    """Check a certificate with the independent checker, which knows nothing of this program: status 3 if rejected.

    The checker is one file of the standard library; `python checker.py FILE` does the same anywhere. Where FILE is a
    folder, its dataset is checked: the checksum of every part, that no cell is twice and none is left to do, every
    witness, and the exact count. Of the folder that path wrote every certificate is checked, and the curves.
    """
    from arrangements.errors import InputError
    from multilayer.io.file_kinds import CURVES
    from multilayer.pipeline.verification import verify, verify_dataset
    from multilayer.printing.reports import print_report

    if source is None and (given := options.reading_option(how)) is not None:
        raise InputError(f"{given} says how a table is read: name the table by --table")
    curves = file / CURVES
    if file.is_dir() and curves.is_file():
        file = curves
    if source is not None and file.is_dir():
        raise InputError(f"{file} is a dataset; --table is for certificates")
    with executor_of(workers) as executor:
        if file.is_dir():
            report = verify_dataset(file, executor, progress)
        else:
            report = verify(file, executor=executor, table=_reader(source, how), warn=warn)
    if as_json:
        print_report(report, as_json)
    elif report["verified"]:
        click.echo(f"accepted: {report['kind']}: {report['claim']}")
        if report["about"] is not None:
            click.echo(f"about: {_described(report['about'])}" + f"; it is {source}" * (source is not None))
    else:
        click.echo(f"rejected: {report['reason']}")
    return 0 if report["verified"] else 3


def _reader(source: str | None, how: dict[str, Any]) -> "Callable[[bool], Table] | None":
    if source is None:
        return None
    return lambda with_target: options.table_of(source, how, with_target=with_target)


def _described(about: dict[str, Any]) -> str:
    """Say what a certificate is about in one line."""
    parts = [f"{about['rows']} rows of {about['columns']} columns"]
    if "outputs" in about:
        parts.append(f"{about['outputs']} output{'s' * (about['outputs'] != 1)}")
        parts.append(f"{about['loss']} loss{' with weights of the rows' * about.get('weighted', False)}")
    if "beta" in about:
        parts.append(f"beta {about['beta']}")
    if "width" in about:
        parts.append(f"width {about['width']}")
    digest = f"; SHA-256 of the input {about['sha256'][:16]}..." if "sha256" in about else ""
    return f"{', '.join(parts)}{digest}"
