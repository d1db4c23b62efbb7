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
def command(source: str, output: Path, limit: int, as_json: bool, **how: Any) -> None:
    """Write one page on which an arrangement, a network or a certified optimum can be taken in hand.

    The page is one file that works without a network: rows can be dragged, added and removed while regions are counted
    exactly. SOURCE may also be a network (what "multilayer solve" wrote, layers, or .onnx) or a certificate of an
    optimum.
    """
    from multilayer.io.writing import check_writable
    from multilayer.pipeline import explorer
    from multilayer.printing.reports import print_report

    options.check_files([source], {"--output": output})
    check_writable(output)
    content = explorer.table_content(options.table_of(source, how), limit, progress)
    print_report(dict(explorer.write_page(content, output)), as_json)
