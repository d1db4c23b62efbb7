"""Covers: entries that prove the dual constraint on boxes of second-layer signs, and a test that boxes cover a box.

T       a set of neurons
entry   numbers c+, c- with the boxes of second-layer signs on which they are valid, and the neurons with h_k(c) <= beta
cover   entries such that each tuple T is covered: its sign vectors lie in boxes of entries that are good for all of T

A set of neurons that is covered covers all of its subsets, so one entry can settle many tuples, or all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.columns.box_bounds import NEGATIVE, POSITIVE, Box

Covers = tuple[tuple[int, Sequence["Entry"]], ...]


@dataclass(frozen=True)
class Entry:
    """A pair of vectors c+, c-, with the boxes of signs and the neurons for which it proves the dual constraint.

    Attributes:
        number: its place in the list of entries of its cover.
        box: the second-layer signs for which c+ and c- are valid.
        plus: c+.
        minus: c-.
        good: the neurons with h_k(c) <= beta, as bits.
        multipliers: of all walls of `Neurons`.
    """

    number: int
    box: Box
    plus: Floats
    minus: Floats
    good: int
    multipliers: Floats

    @cached_property
    def positive(self) -> int:
        """The rows that may be positive, as bits."""
        return bits_of(np.flatnonzero(self.box != NEGATIVE).tolist())

    @cached_property
    def negative(self) -> int:
        """The rows that may be negative, as bits."""
        return bits_of(np.flatnonzero(self.box != POSITIVE).tolist())


@dataclass(frozen=True)
class CoveredDual:
    """A dual vector and its covers: for every sub-network some entry shows that it satisfies the dual constraint.

    Attributes:
        v: the dual vector.
        order: the neurons in the order in which tuples are made.
        covers: for each sign of the output weight its entries.
    """

    v: Floats
    order: tuple[int, ...]
    covers: Covers


def covering(entries: Sequence[Entry], positive: int, negative: int) -> list[Entry] | None:
    """Choose entries whose boxes cover all sign vectors of a box; None if no choice does.

    Args:
        entries: those that are good for the neurons in question.
        positive: rows at which u may be positive, as bits.
        negative: rows at which u may be negative, as bits.
    """
    for entry in entries:
        if positive & ~entry.positive == 0 and negative & ~entry.negative == 0:
            return [entry]
    open_rows = positive & negative
    above, below = positive & ~open_rows, negative & ~open_rows
    useful = [e for e in entries if above & ~e.positive == 0 and below & ~e.negative == 0]
    if not useful:
        return None
    split = open_rows & ~(useful[0].positive & useful[0].negative)
    row = split & -split
    first = covering(useful, positive, negative & ~row)
    if first is None:
        return None
    second = covering(useful, positive & ~row, negative)
    return None if second is None else first + second


def bits_of(places: Sequence[int]) -> int:
    """Make the integer that has these bits set.

    Example:
        >>> bits_of([0, 3])
        9
    """
    total = 0
    for k in places:
        total |= 1 << k
    return total
