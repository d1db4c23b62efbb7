"""Plain arrays that the loop over tuples works on, beside those of `arrangements.rays.kernel.state`."""

from typing import NamedTuple

from arrangements.rays.kernel.state import Ints

# Marks. WEIGHT: how many tuples the open one stands for, 0 if none is open; CHANGED: the first neuron to load anew;
# SEEN: cells in the buffer that are counted already; SCALE: rows are divided by two to this power.
WEIGHT, CHANGED, SEEN, TUPLES, PAIRS, BUDGET, SLOTS, SCALE = range(8)
MARKS = 8


class Tuples(NamedTuple):
    """The tuple at hand; the one to stop before; where the rays of each neuron start; the tuple of each cell found."""

    chosen: Ints
    stop: Ints
    starts: Ints
    owners: Ints
