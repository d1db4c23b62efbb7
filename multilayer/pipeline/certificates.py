"""Certificates of counts, made from what was listed, and how certificates are written."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from gzip import GzipFile
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.proofs.cell_certificates import Json, regions_certificate, second_layer_certificate
from arrangements.writing import replacing
from multilayer import __version__
from multilayer.io.tables import Table
from multilayer.pipeline.counts import FirstCount, SecondCount
from multilayer.pipeline.progress import Progress, unshown

SOFTWARE = f"multilayer-arrangements {__version__}"
_LONG_LIST = {"regions": "first.regions", "second-layer": "tuples", "optimum": "first.regions"}
_LEVEL = 6  # of compression


def prove_count(
    table: Table,
    found: FirstCount | SecondCount,
    engine: str,
    progress: Progress = unshown,
    *,
    executor: Executor | None = None,
) -> Json:
    """Make the certificate of all regions, or of all pairs of a width.

    Args:
        table: the data.
        found: what was listed, and kept.
        engine: the one that was asked for.
        progress: shows it.
        executor: any of `concurrent.futures`, whose workers make the proof; None to make it here.

    Raises:
        InputError: the table has no rows, or nothing was kept.
    """
    if not table.x:
        raise InputError(f"{table.name} has no rows, so there is nothing to prove")
    parameters: dict[str, Any] = {"source": table.name, "engine": engine}
    if isinstance(found, FirstCount) and found.cells is not None:
        read = table.x, table.offsets
        with progress(None, "circuits for the certificate") as seen:
            return regions_certificate(
                table.arrangement,
                found.cells,
                SOFTWARE,
                parameters=parameters,
                table=read,
                columns=table.all_columns,
                seen=seen,
                executor=executor,
            )
    if isinstance(found, SecondCount) and found.products is not None:
        parameters["width"] = found.width
        with progress(-(-found.tuples // 2), "tuples proven") as seen:
            return second_layer_certificate(
                found.first,
                found.width,
                found.products,
                SOFTWARE,
                parameters=parameters,
                table=table.x,
                columns=table.all_columns,
                seen=seen,
                executor=executor,
            )
    raise InputError("a proof needs the cells: count with keep=True")


def write_certificate(path: Path, certificate: Json) -> None:
    """Write one JSON object; JSON Lines where the name ends in .jsonl; compressed where .gz follows."""
    compressed = path.suffix.lower() == ".gz"
    lines = (path.with_suffix("") if compressed else path).suffix.lower() == ".jsonl"
    with replacing(path, "wb") as file:
        if not compressed:
            file.writelines(_encoded(certificate, lines))
            return
        with GzipFile("", "wb", _LEVEL, file, mtime=0) as within:  # no name and no time: the same bytes each time
            within.writelines(_encoded(certificate, lines))


def _encoded(certificate: Json, lines: bool) -> Iterator[bytes]:
    """Yield the text of a certificate in pieces."""
    write = json.JSONEncoder(separators=(",", ":")).encode
    if not lines:
        yield f"{write(certificate)}\n".encode()
        return
    name = _LONG_LIST[certificate["format"].rpartition("/")[2]]
    *outer, last = name.split(".")
    header = {"stream": name, **certificate}
    inner = header
    for key in outer:
        inner[key] = dict(inner[key])
        inner = inner[key]
    elements = inner.pop(last)
    for line in (header, *elements, {"end": len(elements)}):
        yield f"{write(line)}\n".encode()
