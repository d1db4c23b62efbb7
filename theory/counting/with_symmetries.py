"""Whitney numbers by deletion and restriction, or by orbits of flats where symmetries make that shorter.

The recursion merges arrangements that are equal, and most tables are counted by it before a graph could be built. So it
goes first; if it is not done after some batches, the symmetries are looked for, and it goes on only if they are few.
"""

from collections.abc import Callable, Sequence

import numpy as np

from arrangements.exact.linear_algebra import Row
from arrangements.symmetry.coloured_graph import is_installed
from arrangements.symmetry.linear_symmetries import linear_symmetries, row_classes, signed_gram
from arrangements.symmetry.permutations import Permutation, StabilizerChain
from theory.counting.deletion_restriction import unseen, whitney_modulo
from theory.counting.flat_orbits import whitney_by_orbits
from theory.counting.mersenne_field import residues

_BATCHES = 4  # of the recursion for each r^2 / 16, before symmetries are looked for: some tenths of a second
_ORDER = 100  # of a group that pays: with 24 elements both ways took the same time, with 120 the orbits a quarter
_FEWEST = 24  # rows: no arrangement with less takes long
_MOST = 1000  # rows: the graph has the square of it as edges


class _NotDone(Exception):
    """The recursion has used up its batches."""


def whitney_with_symmetries(
    lines: Sequence[Row], e: int, limit: int | None = None, seen: Callable[[int], None] = unseen
) -> tuple[int, ...]:
    """Compute the absolute Whitney numbers w_0, ..., w_r modulo 2^e - 1, by the shorter way.

    Without the package igraph (extra `symmetry`) it is the recursion always.

    Args:
        lines: primitive integer vectors, no two parallel, as long as their rank.
        e: an exponent for which the matroid modulo 2^e - 1 is that of the integers.
        limit: stop as soon as the sum of the numbers is known to exceed this.
        seen: told now and then how much of the sum has been counted.

    Raises:
        LimitError: the sum exceeds `limit`.

    Example:
        >>> whitney_with_symmetries([(1, 0), (0, 1), (1, 1)], 61)
        (1, 3, 2)
    """
    table = residues(lines, e)
    if not _FEWEST <= len(lines) <= _MOST or len(lines[0]) < 4 or not is_installed():
        return whitney_modulo(table, e, limit, seen)
    left = iter(range(_BATCHES * len(lines[0]) ** 2 // 16))  # what a flat takes grows with the rank, too

    def watched(found: int) -> None:
        seen(found)
        if next(left, None) is None:
            raise _NotDone

    try:
        return whitney_modulo(table, e, limit, watched)
    except _NotDone:
        generators = row_symmetries(lines)
    if StabilizerChain(generators, len(lines)).order < _ORDER:
        return whitney_modulo(table, e, limit, seen)
    return whitney_by_orbits(table, e, generators, limit, seen)


def row_symmetries(lines: Sequence[Row]) -> list[Permutation]:
    """Find permutations of the hyperplanes that come from linear maps; none where most rows are alone in their class.

    Args:
        lines: primitive integer vectors, no two parallel, as long as their rank.

    Raises:
        InputError: igraph is not installed.

    Example:
        >>> [p.tolist() for p in row_symmetries([(1, 0), (0, 1)])]
        [[1, 0]]
    """
    columns = len(lines[0])
    if 2 * len(np.unique(row_classes(signed_gram(lines, columns)))) > len(lines):
        return []
    found = (np.array(each.images) for each in linear_symmetries(lines, columns))
    return [p for p in found if (p != np.arange(len(lines))).any()]
