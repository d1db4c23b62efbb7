"""The command `multilayer explore SOURCE --output page.html`."""

from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import progress

_REGIONS = 5_000  # the page draws each of them


@click.command("explore", cls=options.SourceCommand)
@options.source
@click.option("--output", type=options.FILE, required=True, metavar="PAGE.html", help="The page that is written.")
@options.limit(_REGIONS)
@options.as_json
@options.reading
def command(source: str, output: Path, limit: int, as_json: bool, **how: Any) -> int:
    """Write one page on which an arrangement, a network or a certified optimum can be taken in hand.

    The page is one file that works without a network: rows can be dragged, added and removed while regions are counted
    exactly. SOURCE may also be a network (what "multilayer solve" wrote, layers, or .onnx), a certificate of an
    optimum, or the folder that "multilayer path" wrote. Certificates are checked first: status 3, and no page, if the
    checker rejects one.
    """
    from multilayer.checker import Rejected
    from multilayer.explorer.source_kinds import source_kind
    from multilayer.io.writing import check_writable
    from multilayer.pipeline import explorer
    from multilayer.printing.reports import print_report

    options.check_files([source], {"--output": output})
    check_writable(output)
    kind = source_kind(source)
    if kind == "table":
        content = explorer.table_content(options.table_of(source, how), limit, progress)
    else:
        if (given := options.reading_option(how)) is not None:
            raise click.UsageError(f"{source} is a {kind}: {given} is for tables; leave it out")
        makers = {
            "network": explorer.network_page_content,
            "certificate": explorer.certificate_page_content,
            "path": explorer.path_page_content,
        }
        try:
            content = makers[kind](Path(source), limit, progress)
        except Rejected as reason:
            click.echo(f"multilayer: {source}: rejected: {reason}; no page was written", err=True)
            return 3
    print_report(dict(explorer.write_page(content, output)), as_json)
    return 0
