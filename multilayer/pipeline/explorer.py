"""The command explore: a page of a table, of a network, of a certified optimum, or of optima over beta."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.complexes.activation_regions import iter_activation_regions
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.errors import LimitError
from arrangements.writing import replacing
from multilayer.explorer.certificate_content import accepted_certificate, certificate_content, certificate_table
from multilayer.explorer.contents import Content, arrangement_content
from multilayer.explorer.names_beside import names_beside
from multilayer.explorer.network_content import first_layer_table, network_content
from multilayer.explorer.page_text import page_text
from multilayer.explorer.path_content import accepted_path, path_content
from multilayer.io.file_kinds import CURVES
from multilayer.io.networks import read_network
from multilayer.io.tables import Table
from multilayer.pipeline.limits import checked_regions
from multilayer.pipeline.progress import Progress, unshown

_MOST_COMPLEX = 1_000  # regions of a network that the page finds again in about a second when a weight moves


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


def network_page_content(path: Path, limit: int, progress: Progress = unshown) -> Content:
    """The content of a network, if the page can hold the regions of its first layer.

    Args:
        path: what solve wrote, layers, or .onnx.
        limit: most regions.
        progress: shows their exact count.

    Raises:
        InputError: the file holds no network, or one that a page cannot show.
        LimitError: the first layer has more regions than the limit, or the whole network more than a page draws.
    """
    network, name = read_network(path), page_name(path)
    content = network_content(network, name)
    checked_regions(first_layer_table(network, name), limit, progress=progress)
    _check_complex(network.layers, name)
    return content


def _check_complex(network: LayeredNetwork, name: str) -> None:
    found = sum(1 for _ in islice(iter_activation_regions(network), _MOST_COMPLEX + 1))
    if found > _MOST_COMPLEX:
        raise LimitError(
            f"{name} has more than {_MOST_COMPLEX:,} activation regions, the most that a page draws; "
            '"multilayer complex" counts them',
            found,
        )


def certificate_page_content(path: Path, limit: int, progress: Progress = unshown) -> Content:
    """The content of a certificate of an optimum that the independent checker accepts.

    Args:
        path: the file.
        limit: most regions.
        progress: shows their exact count.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: the file cannot be read, or has too many rows.
        LimitError: there are more regions than the limit.
    """
    certificate, claim = accepted_certificate(path)
    content = certificate_content(certificate, claim, page_name(path), names_beside(path, certificate))
    checked_regions(certificate_table(certificate, page_name(path)), limit, progress=progress)
    return content


def path_page_content(path: Path, limit: int, progress: Progress = unshown) -> Content:
    """The content of curves over beta that the independent checker accepts.

    Args:
        path: the folder that path wrote, or path.json in it.
        limit: most regions.
        progress: shows their exact count.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: a file cannot be read, or there are too many rows or knots.
        LimitError: there are more regions than the limit.
    """
    file = path / CURVES if path.is_dir() else path
    curves, knots = accepted_path(file)
    name = str(curves["source"])
    content = path_content(curves, knots, name)
    checked_regions(certificate_table(knots[0], name), limit, progress=progress)
    return content


def page_name(path: Path) -> str:
    """The name of a file without the endings that say what it is.

    Args:
        path: the file.

    Example:
        >>> page_name(Path("here/xor.certificate.json"))
        'xor'
    """
    name = path.name
    for ending in (".jsonl", ".json", ".onnx", ".certificate", ".network"):
        name = name.removesuffix(ending)
    return name or path.name


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
