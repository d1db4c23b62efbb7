"""Certificates on the command line: written beside a count, and checked."""

import json
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_search import iter_regions
from arrangements.proofs.cell_certificates import Json, regions_certificate, second_layer_certificate
from arrangements.second_layer.pairs import iter_products
from multilayer import __version__, checker
from multilayer.io.tables import Source
from multilayer.io.writing import replacing

SOFTWARE = f"multilayer-arrangements {__version__}"
_LONG_LIST = {"regions": "first.regions", "second-layer": "tuples", "optimum": "first.regions"}


def prove_first(source: Source, engine: str) -> Json:
    """The certificate of all regions.

    Raises:
        InputError: the table has no rows.
    """
    if not source.x:
        raise InputError(f"{source.name} has no rows, so there is nothing to prove")
    cells = iter_regions(source.arrangement, engine=engine)
    parameters = {"source": source.name, "engine": engine}
    return regions_certificate(
        source.arrangement, cells, SOFTWARE, parameters=parameters, table=(source.x, source.offsets)
    )


def prove_second(source: Source, width: int, engine: str) -> Json:
    """The certificate of all pairs of a width."""
    layer = FirstLayer.of(source.arrangement, engine=engine)
    parameters = {"source": source.name, "engine": engine, "width": width}
    products = iter_products(layer, width, engine=engine)
    return second_layer_certificate(layer, width, products, SOFTWARE, parameters=parameters, table=source.x)


def write_certificate(path: Path, certificate: Json) -> None:
    """Write one JSON object; JSON Lines where the name ends in .jsonl."""
    with replacing(path) as file:
        if path.suffix != ".jsonl":
            json.dump(certificate, file, separators=(",", ":"))
            file.write("\n")
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
            file.write(json.dumps(line, separators=(",", ":")) + "\n")


def verify(path: Path) -> dict[str, Any]:
    """Check a certificate by the independent checker: whether it is accepted, its kind and claim, or the reason.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        kind, claim = checker.check(str(path))
    except checker.Rejected as reason:
        return {"verified": False, "kind": None, "claim": None, "reason": str(reason)}
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return {"verified": True, "kind": kind, "claim": claim, "reason": None}
