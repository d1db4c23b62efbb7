"""Tables in binary files: NumPy's .npy and .npz, and .parquet."""

from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.numbers import exact_matrix, exact_number
from multilayer.io.reading.raw_table import RawTable, Value, numbered


def read_npy(path: Path) -> RawTable:
    """Read a two-dimensional array of integers, floats or booleans; a float is the dyadic rational that it holds.

    Raises:
        InputError: the file holds something else.
    """
    try:
        with path.open("rb") as file:
            array = np.load(file, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise InputError(f"{path}: not a NumPy file of plain numbers") from error
    if not isinstance(array, np.ndarray):  # an archive under the name of an array
        return read_npz(path)
    return _table(array, str(path))


def read_npz(path: Path) -> RawTable:
    """Read an archive that holds one array.

    Raises:
        InputError: it holds none or several, or something that is no table.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            names = list(archive.files)
            if len(names) != 1:
                raise InputError(f"{path}: the archive holds {len(names)} arrays ({', '.join(names)}); save one alone")
            array = archive[names[0]]
    except (InputError, OSError):
        raise
    except Exception as error:  # zipfile and NumPy raise a dozen kinds on damaged archives
        raise InputError(f"{path}: not a NumPy archive of plain numbers") from error
    return _table(array, f"{path}: {names[0]}")


def _table(array: Any, place: str) -> RawTable:
    if array.ndim != 2 or array.dtype.kind not in "iufb":
        found = f"{str(array.dtype)[:40]} of the shape {array.shape}"
        raise InputError(f"{place}: holds {found}; it needs a two-dimensional array of integers or floats")
    if not array.size:
        raise InputError(f"{place}: the array is empty; it needs at least one row and one column")
    matrix = exact_matrix(array.astype(np.int64) if array.dtype.kind == "b" else array, f"{place}: row")
    return RawTable(numbered(array.shape[1]), matrix, _places(place, len(matrix)))


def read_parquet(path: Path) -> RawTable:
    """Read a Parquet file, whose columns hold numbers or text.

    Raises:
        InputError: pyarrow is missing, or the file is damaged or empty.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise InputError(f'{path}: .parquet needs pyarrow: pip install ".[scale]" in a clone of the project') from error
    try:
        with parquet.ParquetFile(path) as file:
            found = file.read()  # which takes names that stand twice
    except (ArrowException, ValueError) as error:
        raise InputError(f"{path}: not a Parquet file that can be read") from error
    known = found.schema.pandas_metadata or {}
    labels = [name for name in known.get("index_columns", ()) if isinstance(name, str)]
    names = found.column_names
    if not names or not found.num_rows:
        raise InputError(f"{path}: the table is empty; it needs at least one row and one column")
    columns = [column.to_pylist() for column in found.columns]
    places = _places(str(path), found.num_rows)
    rows = [tuple(map(_value, cells)) for cells in zip(*columns, strict=True)]
    at = tuple(j for j, name in enumerate(names) if name in labels)
    notes = [f"{path}: column {j + 1} labels the rows: it is left out (--target {j + 1} keeps it)" for j in at]
    return RawTable(tuple(names), rows, places, tuple(notes), at)


def _value(cell: object) -> Value:
    """A cell as exact number or text; empty text for what is missing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    finite = isinstance(cell, int | Decimal) or (isinstance(cell, float) and isfinite(cell))
    return exact_number(cell) if finite else str(cell)


def _places(place: str, rows: int) -> list[str]:
    return [f"{place}: row {i}, column" for i in range(1, rows + 1)]
