"""The command `multilayer report CERTIFICATE --output page.html`."""

from pathlib import Path

import click

from multilayer.cli import options


@click.command("report")
@click.argument("certificate", type=options.FILE)
@click.option("--output", type=options.FILE, required=True, metavar="PAGE.html", help="The page that is written.")
@click.option("--explorer/--no-explorer", default=True, help="Whether the explorer of the same rows is in the page.")
@options.as_json
def command(certificate: Path, output: Path, explorer: bool, as_json: bool) -> int:
    """Write one page about a certificate: what is proven, the network, its fit, counts and bounds, how to check it.

    The page is one file that works without a network. The certificate may be of an optimum, of regions or of a second
    layer. It is checked first: status 3, and no page, if the checker rejects it. Pictures of functions need the extra
    plot.
    """
    from multilayer.checker import Rejected
    from multilayer.io.writing import check_writable
    from multilayer.pipeline.certificate_page import write_report
    from multilayer.printing.reports import print_report

    options.check_files([str(certificate)], {"--output": output})
    check_writable(output)
    try:
        report = write_report(certificate, output, explorer)
    except Rejected as reason:
        click.echo(f"multilayer: {certificate}: rejected: {reason}; no page was written", err=True)
        return 3
    print_report(dict(report), as_json)
    return 0
