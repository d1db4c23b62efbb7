"""Plain data that the loop over tuples works on, beside that of `arrangements.rays.kernel.state`."""

from typing import NamedTuple, Protocol

from arrangements.rays.kernel.state import Ints


class Progress(Protocol):
    """How far the loop is: a record of whole numbers.

    Attributes:
        weight: how many tuples the open one stands for, 0 if none is open.
        changed: the first neuron to load anew.
        seen: how many cells in the buffer are counted already.
        tuples, pairs: how many were searched, mirror images included.
        budget: how many nodes may be split.
        slots: how many rows are kept for the walls of one factor.
        scale: rows are divided by two to this power.
    """

    weight: int
    changed: int
    seen: int
    tuples: int
    pairs: int
    budget: int
    slots: int
    scale: int


class Tuples(NamedTuple):
    """The tuple at hand; the one to stop before; where the rays of each neuron start; the tuple of each cell found."""

    chosen: Ints
    stop: Ints
    starts: Ints
    owners: Ints
