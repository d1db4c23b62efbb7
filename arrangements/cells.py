"""The results of an enumeration: cells with their witnesses, and counters of how they were found."""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import check_kind
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.packed_bits import Words, unpacked

Signs = tuple[int, ...]


class Cell(NamedTuple):
    """A cell of an arrangement.

    Attributes:
        signs: one of -1, 0, +1 for each row; a region has 0 exactly at the zero rows.
        witness: integers of a point inside; in affine arrangements the last one is a positive
            denominator of the others.

    Example:
        >>> cell = Cell((1, -1), (2, 3))
        >>> cell.signs, cell.witness == cell[1]
        ((1, -1), True)
    """

    signs: Signs
    witness: tuple[int, ...]


class CellBlock(NamedTuple):
    """Some cells: bit k of a cell's words is 1 iff row k is positive; and an integer point in each.

    Attributes:
        words: the bits, in the layout of `arrangements.exact.packed_bits`.
        witnesses: the points, one a line.
        rows: how many there are.
        zeros: the numbers of the rows that are zero in all cells.

    Example:
        >>> CellBlock(np.array([[5]], np.uint64), np.array([[1, 2]]), 4, (3,)).signs.tolist()
        [[1, -1, 1, 0]]
    """

    words: Words
    witnesses: Integers
    rows: int
    zeros: tuple[int, ...] = ()

    @property
    def signs(self) -> NDArray[np.int8]:
        """The sign vectors, one a line."""
        signs = unpacked(self.words, self.rows)
        signs[:, list(self.zeros)] = 0
        return signs


@dataclass
class Statistics:
    """Counters of a search: how each child of its nodes was decided.

    Attributes:
        nodes: inner nodes of the search.
        free: children decided by the parent's witness or by moving it, without a linear program.
        circuits: children cut by a circuit that was known already.
        lps: linear programs solved in floating point.
        exact_lps: linear programs solved in rational arithmetic because floating point was in doubt.

    Example:
        >>> from arrangements import count_regions, family
        >>> counters = Statistics()
        >>> count_regions(family("braid:4"), engine="lp", statistics=counters), counters.nodes
        (24, 22)
    """

    nodes: int = 0
    free: int = 0
    circuits: int = 0
    lps: int = 0
    exact_lps: int = 0


def add_counters(total: Statistics, other: Statistics) -> None:
    """Add the counters of another search.

    Args:
        total: what they are added to.
        other: what is added.

    Example:
        >>> both = Statistics(nodes=1)
        >>> add_counters(both, Statistics(nodes=2, lps=3))
        >>> both
        Statistics(nodes=3, free=0, circuits=0, lps=3, exact_lps=0)
    """
    for field in fields(total):
        setattr(total, field.name, getattr(total, field.name) + getattr(other, field.name))


def counters(statistics: object) -> Statistics:
    """Return the counters that a search adds to: those given, or new ones in place of None.

    Args:
        statistics: what the caller gave.

    Raises:
        InputError: it is something else.

    Example:
        >>> counters(None)
        Statistics(nodes=0, free=0, circuits=0, lps=0, exact_lps=0)
    """
    if statistics is None:
        return Statistics()
    return check_kind(statistics, Statistics, "statistics", "give Statistics(), or leave it out")


def signs_text(signs: Signs) -> str:
    """Write signs as text.

    Args:
        signs: entries -1, 0 and 1.

    Example:
        >>> signs_text((1, 0, -1))
        '+0-'
    """
    return "".join(map("0+-".__getitem__, signs))
