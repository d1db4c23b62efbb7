"""The command explore: a page of what was given."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.writing import replacing
from multilayer.explorer.contents import Content, arrangement_content
from multilayer.explorer.page_text import page_text
from multilayer.io.tables import Table
from multilayer.pipeline.limits import checked_regions
from multilayer.pipeline.progress import Progress, unshown


def table_content(table: Table, limit: int, progress: Progress = unshown) -> Content:
    """The content of a table, if the page can hold its regions.

    Args:
        table: the data.
        limit: most regions.
        progress: shows their exact count.

    Raises:
        InputError: the table has too many rows.
        LimitError: there are more regions than the limit.
    """
    content = arrangement_content(table)
    checked_regions(table, limit, progress=progress)
    return content


def write_page(content: Content, path: Path) -> Mapping[str, Any]:
    """Write the page; a file that was there is replaced as a whole.

    Args:
        content: what it shows.
        path: the file.

    Returns:
        What is printed.

    Raises:
        InputError: the place cannot be written.
    """
    begun = perf_counter()
    text = page_text(content, content["name"])
    with replacing(path) as file:
        file.write(text)
    return {"page": str(path), "kind": content["kind"], "bytes": len(text.encode()), "seconds": perf_counter() - begun}
