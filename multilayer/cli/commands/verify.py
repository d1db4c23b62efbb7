"""The command `multilayer verify FILE`."""

from pathlib import Path

import click

from multilayer.cli import options
from multilayer.cli.messages import progress
from multilayer.cli.workers import executor_of
from multilayer.cli.workers import workers as workers_option


@click.command("verify")
@click.argument("file", type=options.FILE)
@workers_option
@options.as_json
def command(file: Path, workers: int, as_json: bool) -> int:
    """Check a certificate with the independent checker, which knows nothing of this program: status 3 if rejected.

    The checker is one file of the standard library; `python checker.py FILE` does the same anywhere. Where FILE is a
    folder, its dataset is checked: the checksum of every part, that no cell is twice and none is left to do, every
    witness, and the exact count.
    """
    from multilayer.pipeline.verification import verify, verify_dataset
    from multilayer.printing.reports import print_report

    with executor_of(workers) as executor:
        report = verify_dataset(file, executor, progress) if file.is_dir() else verify(file, executor=executor)
    if as_json:
        print_report(report, as_json)
    elif report["verified"]:
        click.echo(f"accepted: {report['kind']}: {report['claim']}")
    else:
        click.echo(f"rejected: {report['reason']}")
    return 0 if report["verified"] else 3
