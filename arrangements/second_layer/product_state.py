"""Plain data that the loop over tuples works on, beside that of `arrangements.rays.kernel.state`."""

from typing import NamedTuple, Protocol

from arrangements.exact.packed_bits import Words
from arrangements.rays.kernel.state import Ints


class Progress(Protocol):
    """How far the loop is: a record of whole numbers.

    Attributes:
        weight: how many tuples the open one stands for, 0 if none is open.
        waiting: how many open nodes of the first tuple are still to be searched, the last one first.
        changed: the first neuron to load anew.
        seen: how many cells in the buffer are counted already.
        tuples, pairs: how many tuples were finished and how many pairs were found, mirror images included.
        slots: how many rows are kept for the walls of one factor.
        scale: rows are divided by two to this power.
    """

    weight: int
    waiting: int
    changed: int
    seen: int
    tuples: int
    pairs: int
    slots: int
    scale: int


class Tuples(NamedTuple):
    """Tuples, as increasing numbers of signed masks.

    Attributes:
        chosen: the one at hand.
        stop: the one to stop before.
        nodes: the open nodes of the first one: for each the rows that are positive, and those that are negative.
        starts: where the rays of each neuron start in the pool.
        owners: for each cell found its tuple.
    """

    chosen: Ints
    stop: Ints
    nodes: Words
    starts: Ints
    owners: Ints
