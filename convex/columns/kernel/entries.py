"""The entries of a cover in compiled code: sets as bits, and the search for entries that cover a box.

E  capacity;  RW, KW  words of a set of rows, and of a set of neurons

`convex.columns.covers` says what entries are.
"""

from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.packed_bits import Words, word_count
from arrangements.rays.kernel.filtered_arithmetic import ONE, called
from arrangements.rays.kernel.state import Ints


class Entries(NamedTuple):
    """Entries, one a line.

    Attributes:
        positive, negative: the rows that it allows to be + and -, E x RW.
        good: the neurons that it is good for, E x KW.
        plus, minus: c+ and c-, E x n.
        needed: the neurons for which it was used, E x KW.
    """

    positive: Words
    negative: Words
    good: Words
    plus: Floats
    minus: Floats
    needed: Words


class Halves(NamedTuple):
    """The stack of a search for a cover: boxes that are not covered, by the rows that may be + and -; n + 2 lines."""

    positive: Words
    negative: Words


def entries_of(capacity: int, rows: int, neurons: int) -> Entries:
    """Make room for entries.

    Args:
        capacity: how many.
        rows: n.
        neurons: how many neurons there are.
    """
    row_words, neuron_words = word_count(rows), word_count(neurons)
    return Entries(
        np.zeros((capacity, row_words), np.uint64),
        np.zeros((capacity, row_words), np.uint64),
        np.zeros((capacity, neuron_words), np.uint64),
        np.zeros((capacity, rows)),
        np.zeros((capacity, rows)),
        np.zeros((capacity, neuron_words), np.uint64),
    )


@called
def inside(small: Words, i: int, large: Words, j: int) -> bool:
    """Whether line i of one array is a subset of line j of another."""
    for w in range(small.shape[1]):  # noqa: SIM110  (no generators in compiled code)
        if small[i, w] & ~large[j, w]:
            return False
    return True


@called
def has(sets: Words, line: int, member: int) -> bool:
    """Whether a set has a member."""
    return (sets[line, member >> 6] >> np.uint64(member & 63)) & ONE != 0


@called
def include(sets: Words, line: int, member: int) -> None:
    """Take a member into a set."""
    sets[line, member >> 6] |= ONE << np.uint64(member & 63)


@called
def exclude(sets: Words, line: int, member: int) -> None:
    """Take a member out of a set."""
    sets[line, member >> 6] &= ~(ONE << np.uint64(member & 63))


@called
def covered(entries: Entries, fit: Ints, count: int, halves: Halves, marks: Ints, mark: int) -> bool:
    """Find entries that cover all sign vectors of the first box on the stack, and mark them; False if none do.

    Args:
        entries: all entries.
        fit: the numbers of those that are good for the neurons in question.
        count: how many.
        halves: the stack, with the box as its first line.
        marks: one number an entry.
        mark: what is written for the entries that were used.
    """
    depth = 1
    while depth:
        top = depth - 1
        whole, part = -1, -1
        for place in range(count):
            e = fit[place]
            covers, useful = True, True
            for w in range(halves.positive.shape[1]):
                no_plus = halves.positive[top, w] & ~entries.positive[e, w]
                no_minus = halves.negative[top, w] & ~entries.negative[e, w]
                covers = covers and not (no_plus | no_minus)
                useful = useful and not (no_plus & ~halves.negative[top, w] | no_minus & ~halves.positive[top, w])
            if covers:
                whole = e
                break
            if useful and part < 0:
                part = e
        if whole >= 0:
            marks[whole] = mark
            depth -= 1
            continue
        if part < 0:
            return False
        row = _row_between(entries, part, halves, top)
        for w in range(halves.positive.shape[1]):
            halves.positive[depth, w], halves.negative[depth, w] = halves.positive[top, w], halves.negative[top, w]
        exclude(halves.negative, depth, row)
        exclude(halves.positive, top, row)
        depth += 1
    return True


@called
def _row_between(entries: Entries, e: int, halves: Halves, top: int) -> int:
    """The first row that the box leaves open and an entry does not."""
    for row in range(entries.plus.shape[1]):
        both = has(halves.positive, top, row) and has(halves.negative, top, row)
        if both and not (has(entries.positive, e, row) and has(entries.negative, e, row)):
            return row
    return 0  # never: the entry covers no such box
