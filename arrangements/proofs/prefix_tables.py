"""All cut prefixes of a subtree of signs at once, row by row as tables, and the circuits that refute them.

The cells of the subtree are sorted, + before -. Let L be the number of signs that a cell shares with the one before it,
and R with the one after it. Depth first, the prefixes that are cut on the way to a cell follow its signs up to a - at a
place beyond L, and have + there; those that are cut on the way from it follow its signs up to a + at a place beyond R,
and have - there, the last place first. Between two neighbours there are no others: at place L the signs part, and both
prefixes belong to cells.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.circuits import Circuit

Bools = NDArray[np.bool_]


class CutPrefixes(NamedTuple):
    """The cut prefixes whose last sign is that of one row.

    Attributes:
        last: the place of that row.
        positive: whether a sign is +, for each row up to this one (first axis) and each prefix (second axis).
        leaves: the places of the prefixes among all that are cut, depth first.
    """

    last: int
    positive: Bools
    leaves: NDArray[np.int64]


def tables(positive: Bools, start: int) -> Iterator[CutPrefixes]:
    """Yield the cut prefixes of a subtree for each row that ends some.

    Args:
        positive: whether a sign is +, for each cell (first axis, one at least) and each row; all have the first `start`
            signs in common.
        start: the depth of the root of the subtree.

    Example:
        >>> cells = np.array([[True, True], [False, False]])
        >>> [(table.last, table.positive.T.tolist(), table.leaves.tolist()) for table in tables(cells, 0)]
        [(1, [[False, True], [True, False]], [1, 0])]
    """
    n = positive.shape[1]
    keys = np.ascontiguousarray(np.packbits(~positive, axis=1))
    _, order = np.unique(keys.view(f"S{keys.shape[1]}").ravel(), return_index=True)
    cells = positive[order]
    parts = (cells[1:] != cells[:-1]).argmax(axis=1)
    places = np.arange(n)
    before = ~cells & (places > np.concatenate(([start - 1], parts))[:, None])
    after = cells & (places > np.concatenate((parts, [start - 1]))[:, None])
    down, up = before.cumsum(axis=1), after.cumsum(axis=1)
    ends = (down[:, -1] + up[:, -1]).cumsum()  # of the prefixes of each cell, among all
    first = ends - down[:, -1] - up[:, -1]
    for i in range(n):
        near, far = np.flatnonzero(before[:, i]), np.flatnonzero(after[:, i])
        leaves = np.concatenate((first[near] + down[near, i] - 1, ends[far] - up[far, i]))
        if len(leaves):
            signs = cells[np.concatenate((near, far)), : i + 1].T.copy()
            signs[i] = ~signs[i]
            yield CutPrefixes(i, signs, leaves)


def refuted(table: CutPrefixes, circuit: Circuit, fixed: int) -> Bools:
    """Say of each prefix whether a circuit contradicts its signs or their opposites.

    Args:
        table: the prefixes.
        circuit: rows and integers; the first `fixed` rows are positive always, the others follow.
        fixed: their number.
    """
    same = opposite = np.ones(table.positive.shape[1], np.bool_)
    for k, c in circuit.items():
        agrees = table.positive[k - fixed] == (c > 0) if k >= fixed else np.bool_(c > 0)
        same, opposite = same & agrees, opposite & ~agrees
    return same | opposite


def leaves_of(
    found: Iterator[CutPrefixes],
    circuits: list[Circuit],
    fixed: int,
    find: Callable[[Sequence[int]], int | None],
) -> list[int | None]:
    """Find for each cut prefix the number of a circuit that refutes it, None where there is none.

    Args:
        found: the cut prefixes.
        circuits: those known; `find` adds to it.
        fixed: how many of the rows are positive always, before those of the prefixes.
        find: gives the number of a circuit that refutes one prefix, a new one where needed, or None.
    """
    by_last: dict[int, list[int]] = {}
    for number, circuit in enumerate(circuits):
        by_last.setdefault(max(circuit), []).append(number)
    answers: dict[int, int | None] = {}
    for table in found:
        known = by_last.get(fixed + table.last, [])
        chosen = np.full(len(table.leaves), -1)
        for number in known:
            chosen[(chosen < 0) & refuted(table, circuits[number], fixed)] = number
            if chosen.min() >= 0:
                break
        lost = np.zeros(len(chosen), np.bool_)  # those that some point has
        while (open_ := np.flatnonzero((chosen < 0) & ~lost)).size:
            number_or_none = find([1 if s else -1 for s in table.positive[:, open_[0]].tolist()])
            if number_or_none is None:
                lost[open_[0]] = True
            else:
                chosen[(chosen < 0) & refuted(table, circuits[number_or_none], fixed)] = number_or_none
        answers |= zip(table.leaves.tolist(), [None if k < 0 else k for k in chosen.tolist()], strict=True)
    return [answers[k] for k in range(len(answers))]
