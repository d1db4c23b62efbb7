"""H1: the regions and the faces of an arrangement, each with an exact witness.

A  homogeneous rows, B  a basis of a flat in integer columns
"""

from collections.abc import Iterator, Sequence

import numpy as np

from arrangements.arrangement import Arrangement, distinct
from arrangements.cells import Cell, Statistics
from arrangements.errors import InputError
from arrangements.exact import Row, independent_columns, nullspace
from arrangements.search import Search

ENGINES = ("auto", "lp")


def check_engine(engine: str) -> str:
    """The engine that a name stands for.

    Raises:
        InputError: unknown engine.
    """
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    return "lp"


def iter_regions(
    arrangement: Arrangement, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Cell]:
    """List every region once, with an integer point inside.

    Rows that are zero or repeated cut nothing. A central arrangement is searched by half: the other half is
    its mirror image. In general position there are 2 sum_{k<r} C(n-1, k) regions (Schlaefli; Cover 1965).

    Args:
        arrangement: the hyperplanes.
        engine: "auto" or "lp".
        statistics: counters to add to.

    Raises:
        InputError: unknown engine.

    Example:
        >>> sorted(cell.signs for cell in iter_regions(Arrangement.from_table([[1, 0], [1, 1]])))
        [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    """
    check_engine(engine)
    columns = arrangement.dimension + arrangement.is_affine
    return open_cells(arrangement.homogeneous, arrangement.infinity, statistics, columns)


def regions(arrangement: Arrangement, engine: str = "auto") -> list[Cell]:
    """The regions as a list; see `iter_regions`."""
    return list(iter_regions(arrangement, engine))


def count_regions(arrangement: Arrangement, engine: str = "auto") -> int:
    """The number of regions, by enumeration that keeps none of them.

    Example:
        >>> from arrangements.families import family
        >>> count_regions(family("braid:4"))
        24
    """
    return sum(1 for _ in iter_regions(arrangement, engine))


def open_cells(
    rows: Sequence[Row], infinity: Row | None, statistics: Statistics | None = None, columns: int = 0
) -> Iterator[Cell]:
    """Cells of the central arrangement of the rows; only those with infinity.z > 0 where that is given.

    Args:
        rows: integer rows in any position.
        infinity: one more row that must be positive, or None.
        statistics: counters to add to.
        columns: length of a row, needed where there are no rows.
    """
    columns = len(rows[0]) if rows else columns
    classes, members = distinct([*([] if infinity is None else [infinity]), *rows])
    members = members if infinity is None else members[1:]
    if not classes:
        yield Cell((0,) * len(rows), (0,) * columns)
        return
    pivots = independent_columns(classes, columns)
    essential = [tuple(row[j] for j in pivots) for row in classes]
    index = np.array([k for k, _ in members], dtype=np.intp)
    orientation = np.array([sign for _, sign in members], dtype=np.int8)
    for node in Search(essential, 1, essential[0], statistics):
        signs = tuple((node.signs[index] * orientation).tolist())
        witness = [0] * columns
        for j, value in zip(pivots, node.witness.tolist(), strict=True):
            witness[j] = value
        yield Cell(signs, tuple(witness))
        if infinity is None:
            yield Cell(tuple(-s for s in signs), tuple(-x for x in witness))


def iter_covectors(arrangement: Arrangement, statistics: Statistics | None = None) -> Iterator[Cell]:
    """List every face once: the sign vectors of all w, with an integer point in each.

    A face is a region of the restriction to its flat, the intersection of the hyperplanes that contain it.
    Flats are found level by level: each is a hyperplane of a restriction to a larger one.

    Example:
        >>> cells = iter_covectors(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> sorted(cell.signs for cell in cells)[:4]
        [(-1, -1), (-1, 0), (-1, 1), (0, -1)]
    """
    rows, infinity = arrangement.homogeneous, arrangement.infinity
    columns = len(infinity) if infinity is not None else arrangement.dimension
    everything = tuple(tuple(int(i == j) for j in range(columns)) for i in range(columns))
    level = {frozenset(i for i, row in enumerate(rows) if not any(row)): everything}
    while level:
        below: dict[frozenset[int], tuple[Row, ...]] = {}
        for basis in level.values():
            restricted = [_products(row, basis) for row in rows]
            edge = None if infinity is None else _products(infinity, basis)
            for cell in open_cells(restricted, edge, statistics, len(basis)):
                yield Cell(cell.signs, _combination(cell.witness, basis, columns))
            classes, members = distinct(restricted)
            for k in range(len(classes)):
                kept = frozenset(i for i, (c, _) in enumerate(members) if c in (-1, k))
                if kept not in below:
                    flat = nullspace([rows[i] for i in sorted(kept)], columns)
                    if infinity is None or any(_products(infinity, flat)):
                        below[kept] = flat
        level = below


def _products(row: Row, basis: Sequence[Row]) -> Row:
    return tuple(sum(x * y for x, y in zip(row, vector, strict=True)) for vector in basis)


def _combination(weights: Row, basis: Sequence[Row], columns: int) -> Row:
    return tuple(sum(c * vector[j] for c, vector in zip(weights, basis, strict=True)) for j in range(columns))
