"""Covers: entries that prove the dual constraint on boxes of second-layer signs, and a test that boxes cover a box.

T       a set of neurons
entry   numbers c+, c- with the boxes of second-layer signs on which they are valid, and the neurons with h_k(c) <= beta
cover   entries such that each tuple T is covered: its sign vectors lie in boxes of entries that are good for all of T

A set of neurons that is covered covers all of its subsets, so one entry can settle many tuples, or all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, Box
from convex.columns.neurons import Neurons

_ALL = (-1, -1)  # the box in which all rows may be positive and negative

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
    """

    number: int
    box: Box
    plus: Floats
    minus: Floats
    good: int

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


def covering_all(
    entries: Sequence[Entry], boxes: Sequence[tuple[int, int]], positive: int, negative: int
) -> list[Entry] | None:
    """Choose entries that cover what several boxes have in common with one; None if no choice does.

    Args:
        entries: those that are good for the neurons in question.
        boxes: for each the rows at which u may be positive, and negative, as bits.
        positive: rows at which u may be positive in the one box, as bits.
        negative: rows at which u may be negative, as bits.
    """
    chosen: list[Entry] = []
    for up, down in boxes:
        found = covering(entries, positive & up, negative & down)
        if found is None:
            return None
        chosen += found
    return chosen


def sign_boxes(neurons: Neurons, members: Sequence[int], whole: bool) -> Sequence[tuple[int, int]]:
    """Find boxes that hold the sign vectors of all outputs u of some neurons, but for limits of them.

    Let a whole tuple be two neurons of different output signs, u = (X w)_+ - (X w')_+. Where u_i is not 0, it has the
    sign of x_i.(w - w'). But for limits, w - w' is inside a region of the first layer, and x_i.(w - w') has the sign of
    that region; one with a sign that is not possible at a row where one of the neurons alone is active drops out. All
    other sets of neurons have one box, of all sign vectors (docs/proofs/certificates.md, "Opposed pairs").

    Args:
        neurons: all neurons.
        members: those in question.
        whole: whether they are a whole tuple.
    """
    opposed = whole and len(members) == 2 and neurons.outputs[members[0]] != neurons.outputs[members[1]]
    if not opposed or not neurons.region_boxes:
        return [_ALL]
    plus, minus = neurons.possible_signs(members)
    return [(up, down) for up, down in neurons.region_boxes if not (plus & ~minus & down or minus & ~plus & up)]


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


def carried_over(entry: Entry, v: Floats, before: Floats) -> tuple[Floats, Floats]:
    """Adapt the numbers c+ and c- of an entry to a dual vector: valid in its box.

    Args:
        entry: an entry for another dual vector.
        v: the dual vector; the sign of the output weight is in it.
        before: the other one.
    """
    fixed = (entry.box == EITHER) & (v > 0)
    c = np.where(entry.box == POSITIVE, np.maximum(entry.plus + v - before, v), np.minimum(entry.minus, 0))
    c = np.where(entry.box == EITHER, np.clip(c, np.minimum(v, 0), 0), c)
    return np.where(fixed, v, c), np.where(fixed, 0.0, c)


def needed_entries(entries: Sequence[Entry], neurons: Neurons, width: int, order: Sequence[int]) -> dict[int, int]:
    """Find entries that cover all tuples: the index of each, and the neurons for which it is needed, as bits.

    Args:
        entries: a cover, by their numbers.
        neurons: all neurons.
        width: neurons in a tuple.
        order: all neurons, in the order in which tuples are made.

    Raises:
        ValueError: a tuple is not covered.
    """
    needed: dict[int, int] = {}
    stack: list[tuple[tuple[int, ...], tuple[int, ...], list[Entry]]] = [((), tuple(order), list(entries))]
    while stack:
        chosen, rest, near = stack.pop()
        members = chosen + rest
        bits = bits_of(members)
        whole = comb(len(rest), width - len(chosen)) == 1
        good = [e for e in near if bits & ~e.good == 0]
        found = covering_all(good, sign_boxes(neurons, members, whole), *neurons.possible_signs(members))
        if found is not None:
            for entry in found:
                needed[entry.number] = needed.get(entry.number, 0) | bits
            continue
        if whole:
            raise ValueError(f"the neurons {members} are not covered")
        for place in range(len(rest) - (width - len(chosen)) + 1):
            deeper = (*chosen, rest[place])
            mine = bits_of(deeper)
            after = rest[place + 1 :] if len(deeper) < width else ()
            stack.append((deeper, after, [e for e in near if mine & ~e.good == 0]))
    return needed
