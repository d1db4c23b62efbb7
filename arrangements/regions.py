"""H1: the regions of an arrangement, each with an exact witness."""

from collections.abc import Iterator, Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

from arrangements.arrangement import Arrangement, Member, distinct
from arrangements.cells import Cell, Statistics
from arrangements.errors import InputError
from arrangements.exact import Row, independent_columns
from arrangements.integers import Integers
from arrangements.search import Search

ENGINES = ("auto", "rays", "lp")
_FEW = 5_000  # regions that `lp` lists before the compiled kernel is even loaded
_SURE = 9  # rank up to which `rays` was faster on everything measured
_PROBE = 300  # nodes that are split to see how many rays they need
_MANY = 150  # rays a node from which on `lp` was faster
HIGHEST = 60  # rank up to which `rays` can start at all: from 2^rank orthants


def known_engine(engine: str) -> str:
    """The name itself.

    Raises:
        InputError: unknown engine.
    """
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    return engine


def choose_engine(engine: str, arrangement: Arrangement) -> str:
    """The engine that a name stands for: `auto` takes `lp` for few regions and where cones have many rays, else `rays`.

    Few is judged by the largest number that so many hyperplanes of this rank can have (Schlaefli; Cover 1965). At high
    rank a cone can have any number of rays, from as many as its dimension on: some nodes are split to see.

    Args:
        engine: "auto", "rays" or "lp".
        arrangement: the hyperplanes.

    Raises:
        InputError: unknown engine.

    Example:
        >>> from arrangements.families import family
        >>> choose_engine("auto", family("braid:4")), choose_engine("auto", family("braid:9"))
        ('lp', 'rays')
    """
    if known_engine(engine) != "auto":
        return engine
    rank, hyperplanes = arrangement.rank, len(arrangement.hyperplanes)
    if rank > HIGHEST or hyperplanes == 0 or 2 * sum(comb(hyperplanes - 1, k) for k in range(rank)) <= _FEW:
        return "lp"
    return "rays" if rank <= _SURE or _rays_a_node(arrangement) <= _MANY else "lp"


def _rays_a_node(arrangement: Arrangement) -> float:
    from arrangements.rays import RaySearch

    probe = Statistics()
    search = RaySearch(_essential(arrangement.homogeneous, arrangement.infinity)[3], 1, probe)
    search.count(_PROBE)
    return search.new_rays / max(1, probe.nodes)


def iter_regions(
    arrangement: Arrangement, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Cell]:
    """List every region once, with an integer point inside.

    Rows that are zero or repeated cut nothing. A central arrangement is searched by half: the other half is
    its mirror image. In general position there are 2 sum_{k<r} C(n-1, k) regions (Schlaefli; Cover 1965).

    Args:
        arrangement: the hyperplanes.
        engine: "rays" (extreme rays, compiled), "lp" (linear programs), or "auto" to choose by size and rank.
        statistics: counters to add to.

    Raises:
        InputError: unknown engine.

    Example:
        >>> sorted(cell.signs for cell in iter_regions(Arrangement.from_table([[1, 0], [1, 1]])))
        [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    """
    columns = arrangement.dimension + arrangement.is_affine
    chosen = choose_engine(engine, arrangement)
    return open_cells(arrangement.homogeneous, arrangement.infinity, statistics, columns, chosen)


def regions(arrangement: Arrangement, engine: str = "auto") -> list[Cell]:
    """The regions as a list; see `iter_regions`."""
    return list(iter_regions(arrangement, engine))


def count_regions(arrangement: Arrangement, engine: str = "auto", statistics: Statistics | None = None) -> int:
    """The number of regions, by enumeration that keeps none of them.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.
        statistics: counters to add to.

    Example:
        >>> from arrangements.families import family
        >>> count_regions(family("braid:4"))
        24
    """
    if choose_engine(engine, arrangement) == "lp":
        return sum(1 for _ in iter_regions(arrangement, "lp", statistics))
    classes, _, _, essential = _essential(arrangement.homogeneous, arrangement.infinity)
    if not classes:
        return 1
    from arrangements.rays import RaySearch

    return RaySearch(essential, 1, statistics).count() * (1 if arrangement.is_affine else 2)


def open_cells(
    rows: Sequence[Row],
    infinity: Row | None,
    statistics: Statistics | None = None,
    columns: int = 0,
    engine: str = "lp",
) -> Iterator[Cell]:
    """Cells of the central arrangement of the rows; only those with infinity.z > 0 where that is given.

    Args:
        rows: integer rows in any position.
        infinity: one more row that must be positive, or None.
        statistics: counters to add to.
        columns: length of a row, needed where there are no rows.
        engine: "rays" or "lp".
    """
    columns = len(rows[0]) if rows else columns
    classes, members, pivots, essential = _essential(rows, infinity)
    if not classes:
        yield Cell((0,) * len(rows), (0,) * columns)
        return
    index = np.array([k for k, _ in members], dtype=np.intp)
    orientation = np.array([sign for _, sign in members], dtype=np.int8)
    for found, point in _engine_cells(essential, statistics, engine):
        signs = tuple((found[index] * orientation).tolist())
        witness = [0] * columns
        for j, value in zip(pivots, point.tolist(), strict=True):
            witness[j] = value
        yield Cell(signs, tuple(witness))
        if infinity is None:
            yield Cell(tuple(-s for s in signs), tuple(-x for x in witness))


def _essential(
    rows: Sequence[Row], infinity: Row | None
) -> tuple[tuple[Row, ...], tuple[Member, ...], tuple[int, ...], list[Row]]:
    """Distinct hyperplanes, infinity first; each row's place among them; independent columns; the rows in those."""
    classes, members = distinct([*([] if infinity is None else [infinity]), *rows])
    pivots = independent_columns(classes, len(classes[0])) if classes else ()
    essential = [tuple(row[j] for j in pivots) for row in classes]
    return classes, members if infinity is None else members[1:], pivots, essential


def _engine_cells(
    rows: list[Row], statistics: Statistics | None, engine: str
) -> Iterator[tuple[NDArray[np.int8], Integers]]:
    """The cells on the positive side of the first row."""
    if engine == "lp":
        for node in Search(rows, 1, rows[0], statistics):
            yield node.signs, node.witness
        return
    from arrangements.rays import RaySearch

    yield from RaySearch(rows, 1, statistics)
