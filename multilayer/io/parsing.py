"""The cells of a table on disk or on standard input, each with the place that a message can name."""

import csv
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from arrangements.errors import InputError

_NUMERIC = re.compile(r"[-+]?(\d|\.\d|nan$|inf)", re.IGNORECASE)


class Cells(NamedTuple):
    """A table as it was read.

    Attributes:
        names: of the columns.
        rows: text, or numbers where the file holds numbers.
        places: for each row what its place is called, up to the number of the column.
    """

    names: list[str]
    rows: Sequence[Sequence[object]]
    places: list[str]

    def is_text(self, j: int) -> bool:
        """Whether no cell of column j begins like a number."""
        return all(isinstance(row[j], str) and not _looks_numeric(row[j]) for row in self.rows)


def _looks_numeric(cell: object) -> bool:
    return _NUMERIC.match(str(cell)) is not None


def column_names(count: int) -> list[str]:
    """Name columns that have no names.

    Example:
        >>> column_names(2)
        ['column 1', 'column 2']
    """
    return [f"column {j}" for j in range(1, count + 1)]


def read_cells(source: str) -> Cells:
    """Read a .csv, .tsv, .txt or .npy file, or standard input where the source is "-".

    Raises:
        InputError: with the place and the value.
    """
    path = Path(source)
    if source == "-":
        return _parse(sys.stdin.buffer.read(), "standard input")
    if path.suffix not in {".csv", ".tsv", ".txt", ".npy"}:
        raise InputError(f"{source}: not a .csv, .tsv, .txt or .npy table, nor a family such as braid:4")
    try:
        if path.suffix == ".npy":
            return _load_array(path)
        return _parse(path.read_bytes(), source)
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror or error}") from error


def _load_array(path: Path) -> Cells:
    try:
        array = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise InputError(f"{path}: not a NumPy file of plain numbers") from error
    if not isinstance(array, np.ndarray) or array.ndim != 2 or array.dtype.kind not in "iuf":
        raise InputError(f"{path}: needs a two-dimensional array of integers or floats")
    if not array.size:
        raise InputError(f"{path}: the array is empty; it needs at least one row and one column")
    places = [f"{path}: row {i}, column" for i in range(1, len(array) + 1)]
    return Cells(column_names(array.shape[1]), array.tolist(), places)


def _parse(data: bytes, place: str) -> Cells:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: byte {error.start + 1} is not UTF-8 text") from error
    lines = [(i, line) for i, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise InputError(f"{place}: the file is empty; it needs at least one row of numbers")
    delimiter = _delimiter(lines[0][1])
    rows = [(i, _cells(line, delimiter, f"{place}: line {i}")) for i, line in lines]
    names = column_names(len(rows[0][1]))
    if not any(map(_looks_numeric, rows[0][1])):
        names = rows.pop(0)[1]
        if not rows:
            raise InputError(f"{place}: there is a header but no row of numbers")
    for i, row in rows:
        if len(row) != len(names):
            raise InputError(f"{place}: line {i} has {len(row)} columns where the first has {len(names)}")
        for j, cell in enumerate(row, start=1):
            if not cell:
                raise InputError(f"{place}: line {i}, column {j} is empty; every cell needs a number")
    return Cells(names, [row for _, row in rows], [f"{place}: line {i}, column" for i, _ in rows])


def _delimiter(line: str) -> str | None:
    return next((mark for mark in (",", ";", "\t") if mark in line), None)


def _cells(line: str, delimiter: str | None, place: str) -> list[str]:
    if delimiter is None:
        return line.split()
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except csv.Error as error:
        raise InputError(f"{place}: {error}; check its quotation marks") from error
