"""The faces of every dimension of an arrangement: their covectors, each with an exact witness, and the f-vector.

d  dimension of the space of w

A face is a region of the restriction of the arrangement to a flat, the smallest one that holds it: the intersection of
the hyperplanes on which its sign is 0. So the faces are found flat by flat, as regions are, by either engine.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell, CellBlock, Statistics
from arrangements.exact.integer_matrix import IntegerMatrix, integer_vector
from arrangements.exact.linear_algebra import Row, primitive
from arrangements.first_layer.engines import ENGINES, LP, RAYS, Engine, can_start, named_engine
from arrangements.first_layer.flats import Flat, iter_flats

_QUICK = 8_000  # `lp` is done with this much, as `_chosen` counts, before the compiled kernel is even loaded


def iter_covectors(
    arrangement: Arrangement, *, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Cell]:
    """Yield every face once, larger dimensions first: the sign vectors of all w, with an integer point in each.

    Args:
        arrangement: the hyperplanes.
        engine: "sweep" (lowest vertices, compiled), "rays" (extreme rays, compiled), "lp" (linear programs), or
            "auto" to choose once between the last two, by the numbers of hyperplanes of all flats.
        statistics: counters to add to.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Example:
        >>> cells = iter_covectors(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> sorted(cell.signs for cell in cells)[:4]
        [(-1, -1), (-1, 0), (-1, 1), (0, -1)]
    """
    chosen, flats = _chosen(engine, as_arrangement(arrangement))
    return _covectors(flats, chosen, statistics, arrangement)


def list_covectors(
    arrangement: Arrangement, *, engine: str = "auto", statistics: Statistics | None = None
) -> list[Cell]:
    """List all faces, each with an integer point in it.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_covectors`.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_covectors`.

    Example:
        >>> [cell.signs for cell in list_covectors(Arrangement.from_table([[3]]))]
        [(1,), (-1,), (0,)]
    """
    return list(iter_covectors(arrangement, engine=engine, statistics=statistics))


def count_covectors(arrangement: Arrangement, *, engine: str = "auto") -> int:
    """Count the faces of all dimensions: the sum of the f-vector; none is kept.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_covectors`.

    Raises:
        InputError: as for `iter_covectors`.

    Example:
        >>> count_covectors(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        13
    """
    return sum(f_vector(arrangement, engine=engine))


def f_vector(arrangement: Arrangement, *, engine: str = "auto") -> tuple[int, ...]:
    """Count the faces of each dimension; none is kept.

    Faces are relatively open and taken in the space of w itself, so those of an affine arrangement do not include
    faces at infinity. Every face is a union of translates of the lineality space {w : x_i.w = 0 for all i}; if that
    has dimension l, the first l numbers are 0.

    Args:
        arrangement: the hyperplanes, in R^d.
        engine: as for `iter_covectors`.

    Returns:
        d + 1 numbers: number i counts the faces of dimension i; the last one counts the regions.

    Raises:
        InputError: as for `iter_covectors`.

    Theorem (Zaslavsky 1975): number i is the sum of |mu(F, G)| over the flats F of dimension i and all flats G
    within F. The alternating sum of the numbers is (-1)^d, the Euler characteristic of R^d with compact support.

    Example:
        >>> f_vector(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        (1, 6, 6)
        >>> f_vector(Arrangement.from_table([[1, -1]]))  # a line, which is its own lineality space
        (0, 1, 2)
    """
    numbers = [0] * (as_arrangement(arrangement).dimension + 1)
    chosen, flats = _chosen(engine, arrangement)
    # the coordinates of a flat leave the lineality space out, and those of an affine one have the denominator besides
    besides = arrangement.dimension - arrangement.rank - arrangement.is_affine
    both = 1 if arrangement.is_affine else 2
    for flat in flats:
        numbers[besides + len(flat.basis)] += _number(flat.classes, chosen) * both if flat.classes else 1
    return tuple(numbers)


def _chosen(engine: str, arrangement: Arrangement) -> tuple[Engine, Iterable[Flat]]:
    """Choose one engine for all flats: `auto` counts ahead until it knows that `lp` takes longer than loading `rays`.

    On a flat the number of linear programs grows with the number of hyperplanes, and so does their size. So the time
    of `lp` is about proportional to the sum of these numbers' squares over the flats with two hyperplanes or more; it
    is not to the number of faces.
    """
    chosen, flats = named_engine(engine, ENGINES), iter_flats(arrangement)
    if chosen is not None or not can_start(RAYS, arrangement.rank):
        return chosen or LP, flats
    seen: list[Flat] = []
    work = 0
    for flat in flats:
        seen.append(flat)
        work += len(flat.classes) ** 2 if len(flat.classes) > 1 else 0
        if work > _QUICK:
            return RAYS, chain(seen, flats)
    return LP, seen


def _number(rows: tuple[Row, ...], engine: Engine) -> int:
    """Count the cells on the positive side of the first row."""
    return 1 if len(rows) == 1 else engine.search(rows).count()


def _blocks(rows: tuple[Row, ...], engine: Engine, statistics: Statistics | None) -> Iterator[CellBlock]:
    """Yield the cells on the positive side of the first row, some at a time; for rank 1 without loading an engine."""
    if len(rows) == 1:
        return iter([CellBlock(np.ones((1, 1), np.uint64), integer_vector(rows[0])[None], 1)])
    return engine.search(rows, statistics).blocks()


def _covectors(
    flats: Iterable[Flat], engine: Engine, statistics: Statistics | None, arrangement: Arrangement
) -> Iterator[Cell]:
    for flat in flats:
        if not flat.classes:
            yield Cell((0,) * len(flat.places), (0,) * arrangement.dimension)
            continue
        columns = IntegerMatrix(list(zip(*flat.basis, strict=True)))
        for block in _blocks(flat.classes, engine, statistics):
            signs = (block.signs[:, flat.places] * flat.orientation).tolist()
            for plus, point in zip(signs, columns.dot(block.witnesses.T).T.tolist(), strict=True):
                witness = primitive(point)
                yield Cell(tuple(plus), witness)
                if not arrangement.is_affine:
                    yield Cell(tuple(-s for s in plus), tuple(-x for x in witness))
