"""The arrays that the compiled kernel of the sweep works on: plain data, so that it can stop and go on.

N    rows; position i is row i + 1, and the last position is row 0; W = ceil(N / 64) words of a bit set
r    rank of the rows; level l has rank R = r - 2 l, as long as R is at least 2
S    the rows that are eliminated, p of them, in order
P    more than N + 2, in eights: after the rows come the level's two functionals and, where points are wanted, the r
     coordinates
"""

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.packed_bits import Words, word_count

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = NDArray[np.void]

# What the kernel returns.
DONE, FULL, BUDGET = range(3)

# What it is for: to count cells; to list their signs; the rows that meet at their vertices as well; and points inside.
COUNT, SIGNS, RECIPES, LIST = range(4)

# What a line has for each position: slope, its inverse, crossing, and two bounds on that; value where the line begins;
# sign of the row in a cell; value on a vector into the cell; value at a point, and the sum of its terms' sizes.
SLOPE, INVERSE, CROSSING, LOW, HIGH, BASE, SIGN, INWARD, VALUE, TERMS, LINE = range(11)
CHOSEN, SLOPES, CELL = range(3)

# What `sizes` holds of a tableau.
SIZE, ERROR, COEFFICIENT_SIZE, COEFFICIENT_ERROR = range(4)


class State(Protocol):
    """Where a search is: a record of whole numbers, one a field.

    Attributes:
        mode: COUNT, SIGNS, RECIPES or LIST.
        size: N.
        root: how many rows are eliminated at the node that the search began with.
        depth: p.
        loading: whether the rows of that node are still to be eliminated.
        cells, doubts: how many were found since they were last taken.
        nodes, limit: how many sets S were made, and when to stop.
        ending: whether only what is begun is brought to its end.
        doubtful: the smallest p at which a level was left to exact arithmetic; -1 if there is none.
    """

    mode: int
    size: int
    root: int
    depth: int
    loading: int
    cells: int
    doubts: int
    nodes: int
    limit: int
    ending: int
    doubtful: int


class Tableaus(NamedTuple):
    """The rows of each level, restricted to the flats of the first rows of S, and the stack.

    Attributes:
        ranks: R for each level.
        values: for each level, p and column, the entry of every position; levels x r x r x P.
        sizes: SIZE, ERROR, COEFFICIENT_SIZE and COEFFICIENT_ERROR of each tableau; levels x r x 4.
        alive: for each level and p 1 if its tableau is there, 0 if none is needed, -1 if a pivot was in doubt.
        chosen: S, as positions.
        start, following: for each p the first position that may come after the first p rows of S, and the one to try.
        bits: for each position its bit in its word.
        line: scratch space for a line: what each position is there, LINE x P.
        words: scratch space for a line, as bits: CHOSEN, the rows of S; SLOPES, those of positive slope; CELL, the
            positive rows of a cell. 3 x W.
    """

    ranks: Ints
    values: Floats
    sizes: Floats
    alive: Ints
    chosen: Ints
    start: Ints
    following: Ints
    bits: Words
    line: Floats
    words: Words


class Found(NamedTuple):
    """Buffers of cells, and of what exact arithmetic must settle.

    Attributes:
        signs: the rows that are positive in each cell, as bits.
        recipes: the positions of the rows that meet at its vertex, as bits.
        points: whole numbers of a point inside, in the columns of `rows`; and 1 at last if it is proven to be inside.
        rows: each row divided by a power of two; r x P, turned over.
        doubts: for each a level, a position from which on rows are to be added, how many rows there are, and the rows.
    """

    signs: Words
    recipes: Words
    points: Floats
    rows: Floats
    doubts: Ints


def tableaus_of(size: int, ranks: list[int], more: int = 0) -> Tableaus:
    """Empty tableaus for that many rows, with levels of these ranks, and that many more positions.

    Example:
        >>> tableaus_of(5, [4, 2]).values.shape
        (2, 4, 4, 8)
    """
    r, levels, width = max([2, *ranks]), len(ranks), -(-(size + 3 + more) // 8) * 8
    values = np.zeros((levels, r, r, width))
    return Tableaus(
        np.array(ranks, np.int64),
        values,
        np.zeros((levels, r, 4)),
        np.zeros((levels, r), np.int64),
        np.zeros(r, np.int64),
        np.zeros(r, np.int64),
        np.zeros(r, np.int64),
        np.uint64(1) << np.arange(width, dtype=np.uint64) % np.uint64(64),
        np.zeros((LINE, width)),
        np.zeros((3, word_count(size)), np.uint64),
    )


def found_of(capacity: int, rows: Floats, size: int) -> Found:
    """Empty buffers.

    Example:
        >>> found_of(4, np.ones((2, 8)), 3).points.shape
        (4, 3)
    """
    words, r = word_count(size), len(rows)
    return Found(
        np.empty((capacity, words), np.uint64),
        np.empty((capacity, words), np.uint64),
        np.empty((capacity, r + 1)),
        rows,
        np.empty((capacity, 3 + r), np.int64),
    )


def copied(tableaus: Tableaus) -> Tableaus:
    """The same tableaus in memory of their own."""
    copies: dict[str, Any] = {name: array.copy() for name, array in tableaus._asdict().items()}
    return Tableaus(**copies)
