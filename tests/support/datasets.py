"""Datasets changed by hand: parts rewritten with other cells or other roots, and sealed with a right checksum."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from multilayer.store.part_files import part_name, read_part, writing_part


def parts_of(folder: Path) -> list[Path]:
    """The parts, those of most cells first."""
    return sorted(folder.glob("part-*.parquet"), key=lambda path: (-read_part(path).cells, path.name))


def rewrite(path: Path, table: pa.Table | None = None, **about: Any) -> None:
    """Write a part anew with other cells, or with other roots, open groups or run; its checksum is right."""
    said = json.loads(pq.read_metadata(path).metadata[b"multilayer"])
    cells = pq.read_table(path) if table is None else table
    path.unlink()
    said = {**said, "cells": len(cells), **about}
    with writing_part(path.parent, part_name(said["run"], said["roots"]), cells.schema, []) as part:
        for batch in cells.to_batches():
            part.add(batch)
        part.finish(said)
