"""Where data come from: tables on disk or standard input, NumPy files, named families; read exactly."""

import csv
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Vector, exact_matrix, exact_vector, rank_warning, rounded_to
from arrangements.families import family, is_family

_NUMERIC = re.compile(r"[-+]?(\d|\.\d|nan$|inf)", re.IGNORECASE)


class Target(NamedTuple):
    """A target column: its name, and numbers or, where every cell is text, class labels."""

    name: str
    values: Vector | tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A table, read.

    Attributes:
        name: what it is called in reports and in the names of files.
        x: the data; only a family can have no rows.
        columns: number of columns of x.
        offsets: offsets of an affine arrangement, or None.
        targets: the target columns.
        warning: what the user should know about the data, or None.
    """

    name: str
    x: Matrix
    columns: int
    offsets: Vector | None = None
    targets: tuple[Target, ...] = ()
    warning: str | None = None

    @property
    def arrangement(self) -> Arrangement:
        """The hyperplanes of the rows."""
        if not self.x:
            return Arrangement((), None if self.offsets is None else (), self.columns)
        return Arrangement.from_table(self.x, self.offsets)


def read_source(
    source: str,
    target: str | Sequence[str] | None = None,
    *,
    last_is_target: bool = False,
    bias: bool = False,
    affine: bool = False,
    decimals: int | None = None,
) -> Source:
    """Read a table or a named family.

    Args:
        source: a path (.csv, .tsv, .txt, .npy), "-" for standard input, or a family such as "braid:4".
        target: name or number (from 1) of the column that is the target; several for several outputs.
        last_is_target: take the last column where no target is named.
        bias: append a column of ones.
        affine: the last column holds the offsets b_i of x_i.w = b_i.
        decimals: round all entries to that many decimals first.

    Raises:
        InputError: with the place and the value.
    """
    if bias and affine:
        raise InputError("--bias and --affine exclude each other: offsets already move the hyperplanes off the origin")
    wanted = [target] if isinstance(target, str) else list(target or ())
    if is_family(source) and not Path(source).exists():
        name, table = source, _family_table(source)
        if table.offsets is not None and (wanted or last_is_target or bias or affine):
            raise InputError(f"{source} has offsets already: it takes no target, --bias or --affine")
        if not table.x or table.offsets is not None:
            return table
        names = [f"column {j}" for j in range(1, table.columns + 1)]
        raw = Raw(names, table.x, [f"{source}: row {i}, column" for i in range(1, len(table.x) + 1)])
    else:
        name, raw = Path(source).stem if source != "-" else "stdin", _read_table(source)
        names = raw.names
    chosen = [_column(names, name) for name in wanted] or ([len(names) - 1] if last_is_target else [])
    table = _split(name, raw, chosen)
    if decimals is not None:
        table = _rounded(table, decimals)
    if affine:
        if len(table.x[0]) < 2:
            raise InputError("--affine needs a column of offsets beside at least one column of data")
        offsets = tuple(row[-1] for row in table.x)
        table = replace(table, x=tuple(row[:-1] for row in table.x), offsets=offsets)
    if bias:
        table = replace(table, x=tuple((*row, Fraction(1)) for row in table.x))
    return replace(table, columns=len(table.x[0]), warning=rank_warning(table.x))


def _family_table(name: str) -> Source:
    made = family(name)
    rows = tuple(tuple(map(Fraction, row)) for row in made.normals)
    offsets = None if made.offsets is None else tuple(map(Fraction, made.offsets))
    return Source(name, rows, made.dimension, offsets)


class Raw(NamedTuple):
    """A table as it was read: names of the columns, cells, and for each row what its place is called."""

    names: list[str]
    rows: Sequence[Sequence[str | Fraction]]
    places: list[str]

    def column(self, j: int) -> list[str | Fraction]:
        """The cells of one column."""
        return [row[j] for row in self.rows]


def _split(name: str, raw: Raw, chosen: Sequence[int]) -> Source:
    if len(set(chosen)) < len(chosen):
        raise InputError(f"the target {raw.names[next(j for j in chosen if chosen.count(j) > 1)]!r} is named twice")
    if len(chosen) >= len(raw.names):
        columns = "one column only" if len(raw.names) == 1 else f"{len(raw.names)} columns only"
        raise InputError(f"the table has {columns}, {raw.names[chosen[0]]!r}: nothing is left beside the target")
    labels = [j for j in chosen if all(isinstance(cell, str) and not _NUMERIC.match(cell) for cell in raw.column(j))]
    known = [[Fraction(0) if j in labels else cell for j, cell in enumerate(row)] for row in raw.rows]
    exact = [exact_vector(row, place) for row, place in zip(known, raw.places, strict=True)]
    rest = [j for j in range(len(raw.names)) if j not in chosen]
    x = tuple(tuple(row[j] for j in rest) for row in exact)
    targets = [
        Target(raw.names[j], tuple(str(row[j]) for row in raw.rows) if j in labels else tuple(row[j] for row in exact))
        for j in chosen
    ]
    return Source(name, x, len(rest), targets=tuple(targets))


def _rounded(table: Source, decimals: int) -> Source:
    targets = []
    for name, values in table.targets:
        numbers = tuple(value for value in values if isinstance(value, Fraction))
        targets.append(Target(name, rounded_to((numbers,), decimals)[0] if numbers else values))
    return replace(table, x=rounded_to(table.x, decimals), targets=tuple(targets))


def _column(names: Sequence[str], target: str) -> int:
    if target in names:
        return list(names).index(target)
    if target.isdecimal() and 1 <= int(target) <= len(names):
        return int(target) - 1
    raise InputError(f"no column {target!r}; the columns are {', '.join(names)} (or a number from 1 to {len(names)})")


def _read_table(source: str) -> Raw:
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


def _load_array(path: Path) -> Raw:
    try:
        array = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise InputError(f"{path}: not a NumPy file of plain numbers") from error
    if not isinstance(array, np.ndarray) or array.ndim != 2 or array.dtype.kind not in "iuf":
        raise InputError(f"{path}: needs a two-dimensional array of integers or floats")
    if not array.size:
        raise InputError(f"{path}: the array is empty; it needs at least one row and one column")
    matrix = exact_matrix(array, f"{path}: row")
    places = [f"{path}: row {i}, column" for i in range(1, len(matrix) + 1)]
    return Raw([f"column {j}" for j in range(1, array.shape[1] + 1)], matrix, places)


def _parse(data: bytes, place: str) -> Raw:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: byte {error.start + 1} is not UTF-8 text") from error
    lines = [(i, line) for i, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise InputError(f"{place}: the file is empty; it needs at least one row of numbers")
    delimiter = _delimiter(lines[0][1])
    rows = [(i, _cells(line, delimiter, f"{place}: line {i}")) for i, line in lines]
    names = [f"column {j}" for j in range(1, len(rows[0][1]) + 1)]
    if not any(_NUMERIC.match(cell) for cell in rows[0][1]):
        names = rows.pop(0)[1]
        if not rows:
            raise InputError(f"{place}: there is a header but no row of numbers")
    for i, row in rows:
        if len(row) != len(names):
            raise InputError(f"{place}: line {i} has {len(row)} columns where the first has {len(names)}")
        for j, cell in enumerate(row, start=1):
            if not cell:
                raise InputError(f"{place}: line {i}, column {j} is empty; every cell needs a number")
    return Raw(names, [row for _, row in rows], [f"{place}: line {i}, column" for i, _ in rows])


def _delimiter(line: str) -> str | None:
    return next((mark for mark in (",", ";", "\t") if mark in line), None)


def _cells(line: str, delimiter: str | None, place: str) -> list[str]:
    if delimiter is None:
        return line.split()
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except csv.Error as error:
        raise InputError(f"{place}: {error}; check its quotation marks") from error
