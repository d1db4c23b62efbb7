"""The command `multilayer verify FILE`."""

from pathlib import Path

import click

from multilayer.cli import options


@click.command("verify")
@click.argument("file", type=options.FILE)
@options.as_json
def command(file: Path, as_json: bool) -> int:
    """Check a certificate with the independent checker, which knows nothing of this program: status 3 if rejected.

    The checker is one file of the standard library; `python checker.py FILE` does the same anywhere.
    """
    from multilayer.pipeline.verification import verify
    from multilayer.printing.reports import print_report

    report = verify(file)
    if as_json:
        print_report(report, as_json)
    elif report["verified"]:
        click.echo(f"accepted: {report['kind']}: {report['claim']}")
    else:
        click.echo(f"rejected: {report['reason']}")
    return 0 if report["verified"] else 3
