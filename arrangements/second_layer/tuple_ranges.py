"""Ranges of tuples: what a search of the second layer is to search, and what it left, as plain data.

A tuple is given as increasing numbers of signed masks, 2 l for the l-th active region with output sign +, 2 l + 1 with
-; (size, ..., size) stands for the end, where size is the number of signed masks. Ranges are in lexicographic order.
Of a tuple and its mirror image only the first is searched (see `arrangements.second_layer.tuple_ranks`).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from arrangements.arguments import is_whole, read_list, read_whole
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Integers
from arrangements.row_numbers import are_signs
from arrangements.second_layer.tuple_ranks import searched_before, searched_tuple
from arrangements.second_layer.tuples import mirror_image


class TupleRange(NamedTuple):
    """The tuples from one to another, the first of them whole or what is left of it.

    Attributes:
        start: the first tuple.
        stop: the tuple to stop before, or the end.
        nodes: empty if the first tuple is to be searched whole, otherwise its open nodes: for each -1, 0 or +1 for each
            direction of the data. The tuple counts as searched where its nodes are, so they stay together.

    Example:
        >>> import json
        >>> json.dumps(TupleRange((0, 1), (4, 4), ((1, 0, -1),)))
        '[[0, 1], [4, 4], [[1, 0, -1]]]'
    """

    start: tuple[int, ...]
    stop: tuple[int, ...]
    nodes: tuple[Signs, ...] = ()


def whole_range(width: int, size: int) -> TupleRange:
    """Make the range of all tuples of a width.

    Args:
        width: neurons in one sub-network.
        size: how many signed masks there are.

    Example:
        >>> whole_range(2, 6)
        TupleRange(start=(0, 1), stop=(6, 6), nodes=())
    """
    return TupleRange(tuple(range(width)), (size,) * width)


def read_range(value: object, width: int, active: Integers) -> TupleRange:
    """Read a range of tuples, as JSON or Python has it.

    Args:
        value: a `TupleRange`, or a list of its three parts.
        width: neurons in one sub-network.
        active: for each active region, whether each direction is positive.

    Raises:
        InputError: it is no range of tuples of that width, or its nodes are no nodes of its first tuple.

    Example:
        >>> import numpy as np
        >>> read_range([[0, 1], [4, 4], []], 2, np.array([[True], [True]]))
        TupleRange(start=(0, 1), stop=(4, 4), nodes=())
        >>> read_range([[0, 1], [0, 1], []], 2, np.array([[True], [True]]))
        Traceback (most recent call last):
        arrangements.errors.InputError: the frontier has an empty range: (0, 1) does not come before (0, 1)
    """
    parts = read_list(value, "a range of the frontier", "a start, a stop and open nodes")
    if len(parts) != 3:
        raise InputError(f"the frontier has the range {shown(value)}; give a start, a stop and a list of open nodes")
    size, rows = 2 * len(active), active.shape[1]
    start, stop = read_tuple(parts[0], width, size), read_tuple(parts[1], width, size, end=True)
    if start >= stop:
        raise InputError(f"the frontier has an empty range: {start} does not come before {stop}")
    nodes = tuple(_node(signs, rows) for signs in read_list(parts[2], "nodes of the frontier", "sign vectors"))
    if nodes and mirror_image(start) < start:
        raise InputError(f"the frontier has nodes of {start}, which is not searched: its mirror image comes first")
    zero = [i for i, regions in enumerate(active[[k // 2 for k in start]].T.tolist()) if not any(regions)]
    for signs in nodes:
        wrong = [i + 1 for i in zero if signs[i]]
        if wrong:
            raise InputError(f"the frontier has a node of {start} with a sign in place {wrong[0]}, where all is 0")
    return TupleRange(start, stop, nodes)


def read_tuple(value: object, width: int, size: int, *, end: bool = False) -> tuple[int, ...]:
    """Read a tuple.

    Args:
        value: increasing numbers of signed masks.
        width: how many.
        size: how many signed masks there are.
        end: whether (size, ..., size) will do as well.

    Raises:
        InputError: it is none.

    Example:
        >>> read_tuple([1, 3], 2, 4), read_tuple([4, 4], 2, 4, end=True)
        ((1, 3), (4, 4))
    """
    listed = read_list(value, "a tuple", f"{width} increasing numbers")
    if not all(map(is_whole, listed)) or len(listed) != width:
        raise InputError(f"{shown(value)} is not a tuple: give {width} increasing numbers from 0 to {size - 1}")
    numbers = tuple(map(int, listed))
    if end and numbers == (size,) * width:
        return numbers
    if list(numbers) != sorted(set(numbers)) or not 0 <= numbers[0] <= numbers[-1] < size:
        raise InputError(f"{shown(numbers)} is not a tuple: give {width} increasing numbers from 0 to {size - 1}")
    return numbers


def divided(tuples: TupleRange, pieces: int, size: int) -> tuple[TupleRange, ...]:
    """Divide a range into ranges of equally many tuples, up to one, counting those that are searched.

    Args:
        tuples: the range; its open nodes stay with the first piece.
        pieces: how many at most; there are less if there are less tuples. A range without any gives no piece.
        size: how many signed masks there are.

    Raises:
        InputError: the number of pieces is not at least 1.

    Example: of two pairs, (0, 1), (0, 2), (0, 3) and (2, 3) are searched.
        >>> [(piece.start, piece.stop) for piece in divided(whole_range(2, 4), 2, 4)]
        [((0, 1), (0, 3)), ((0, 3), (4, 4))]
        >>> divided(TupleRange((1, 2), (2, 3)), 5, 4)
        ()
    """
    read_whole(pieces, "pieces")
    first, last = searched_before(tuples.start, size), searched_before(tuples.stop, size)
    if first == last:
        return ()
    number = min(pieces, last - first)
    cuts = [searched_tuple(first + (last - first) * i // number, len(tuples.start), size) for i in range(1, number)]
    starts, stops = (tuples.start, *cuts), (*cuts, tuples.stop)
    return tuple(
        TupleRange(a, b, () if i else tuples.nodes) for i, (a, b) in enumerate(zip(starts, stops, strict=True))
    )


def _node(signs: object, rows: int) -> Signs:
    listed: Sequence[Any] = read_list(signs, "a node of the frontier", "-1, 0 or 1 for each direction of the data")
    if len(listed) != rows or not are_signs(listed):
        raise InputError(f"the frontier has the node {shown(signs)}; give -1, 0 or 1 for each of {rows} directions")
    return tuple(map(int, listed))
