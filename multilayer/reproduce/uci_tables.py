"""The six UCI sets of Table 1 as a folder of CSV files, and codings of their classes as targets."""

import csv
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Vector, exact_matrix
from multilayer.reproduce.printed_table import TABLE

CODINGS = ("integers", "0 to 1", "-1 to 1")


class UciTable(NamedTuple):
    """A set: its name, exact features, and classes from 0."""

    name: str
    x: Matrix
    classes: tuple[int, ...]


def read_uci(folder: Path, name: str) -> UciTable:
    """Read NAME.csv: a header, then features, and the class in the last column.

    Args:
        folder: where.
        name: of the set.

    Raises:
        InputError: no such file, classes that are no integers from 0, or another size than Table 1 prints.
    """
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a table: {error}") from error
    x = exact_matrix([row[:-1] for row in rows])
    size = TABLE[name].rows, TABLE[name].columns
    if (len(x), len(x[0])) != size:
        raise InputError(f"{path}: {len(x)} rows of {len(x[0])} features; Table 1 has {size[0]} of {size[1]}")
    if not all(row[-1].isdecimal() for row in rows):
        raise InputError(f"{path}: the last column is the class, an integer from 0")
    return UciTable(name, x, tuple(int(row[-1]) for row in rows))


def codings_of(classes: Sequence[int]) -> tuple[str, ...]:
    """Name the codings that differ: with two classes the integers are 0 and 1.

    Args:
        classes: integers from 0.

    Example:
        >>> codings_of([0, 1, 1]), codings_of([0, 1, 2])
        (('integers', '-1 to 1'), ('integers', '0 to 1', '-1 to 1'))
    """
    return CODINGS if max(classes) > 1 else (CODINGS[0], CODINGS[2])


def targets(classes: Sequence[int], coding: str) -> Vector:
    """Code classes as numbers: as they are, or moved linearly to an interval.

    Args:
        classes: integers from 0, two different ones at least.
        coding: one of CODINGS.

    Example:
        >>> [str(y) for y in targets([0, 1, 3], "-1 to 1")]
        ['-1', '-1/3', '1']
    """
    top = max(classes)
    if coding == "integers":
        return tuple(map(Fraction, classes))
    if coding == "0 to 1":
        return tuple(Fraction(c, top) for c in classes)
    return tuple(Fraction(2 * c, top) - 1 for c in classes)
