"""The pointed cones that a search of a network's regions starts from, modulo what no neuron sees.

x     an input in R^d;  z = (x t, t), t >= 0, homogeneous coordinates
A     the first-layer rows (w, b), the row of t, and the sides of the box if there is one
L     the directions x in which no row of A changes: all later neurons are functions of the first layer, so they do not
      change there either, and every face is a product with L
J     columns of A that span its column space: {z : z_j = 0 for j not in J} meets each translate of L once

Without a box, r independent rows of A, the row of t among them, cut {t > 0} into 2^(r-1) simplicial cones. With a box,
the search is within the cone over it, whose rays are its corners. The cones are made one by one: a limit may end the
search long before the last of them.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from arrangements.arguments import read_list
from arrangements.errors import InputError, LimitError, shown
from arrangements.exact.linear_algebra import Row, independent_columns, independent_rows, nullspace
from arrangements.exact.numbers import exact_number, integer_row
from arrangements.rays.coordinates import duals

Box = tuple[tuple[Fraction, Fraction], ...]
StartCone = tuple[tuple[Row, int], ...]  # rays, each with the bits of the bounding walls that it lies on
_CORNERS = 12  # inputs up to which the corners of a box are listed


class Start(NamedTuple):
    """Where a search starts.

    Attributes:
        rays: those of one pointed cone of dimension r.
        dimension: r.
        walls: how many walls bound the search: 1 for t = 0, or 2 d for the sides of a box.
        lineality: a basis of L in primitive integer vectors.
        mirrored: whether each ray but the first may also be its opposite; the cones are all choices of these.
    """

    rays: StartCone
    dimension: int
    walls: int
    lineality: tuple[Row, ...]
    mirrored: bool

    def cones(self) -> Iterator[StartCone]:
        """Yield each cone as its rays; none is kept."""
        fixed, others = (self.rays[:1], self.rays[1:]) if self.mirrored else (self.rays, ())
        for signs in product((1, -1), repeat=len(others)):
            chosen = zip(signs, others, strict=True)
            yield (*fixed, *((tuple(s * x for x in ray), walls) for s, (ray, walls) in chosen))


def start_cones(first: Sequence[Row], inputs: int, box: Box | None = None) -> Start:
    """Make the start cones of a network.

    Args:
        first: the first-layer rows (w, b) that cut; perhaps none.
        inputs: d.
        box: a lower and an upper bound for each input; None for all of R^d.

    Example:
        >>> start = start_cones([(1, 0, 2)], 2)
        >>> [*start.cones()], start.lineality
        ([(((-2, 0, 1), 0), ((1, 0, 0), 1)), (((-2, 0, 1), 0), ((-1, 0, 0), 1))], ((0, 1),))
    """
    if box is not None:
        return Start(_corners(box), inputs + 1, 2 * inputs, (), mirrored=False)
    end = (*(0,) * inputs, 1)
    rows = [end, *first]
    columns = independent_columns(rows, inputs + 1)
    r = len(columns)
    narrow = [tuple(row[j] for j in columns) for row in rows]
    inner, *others = (_widened(c, columns, inputs + 1) for c in duals(narrow, independent_rows(narrow, r)))
    rays = ((inner, 0), *((ray, 1) for ray in others))
    return Start(rays, r, 1, nullspace([row[:-1] for row in first], inputs), mirrored=True)


def _corners(box: Box) -> StartCone:
    """The corners of a box; bit 2 j is its lower side in input j, bit 2 j + 1 the upper one."""
    return tuple(
        (
            integer_row([*(side[upper] for side, upper in zip(box, places, strict=True)), 1]),
            sum(1 << 2 * j + upper for j, upper in enumerate(places)),
        )
        for places in product((0, 1), repeat=len(box))
    )


def _widened(vector: Row, columns: Sequence[int], size: int) -> Row:
    found = [0] * size
    for j, value in zip(columns, vector, strict=True):
        found[j] = value
    return tuple(found)


def read_box(box: object, inputs: int) -> Box | None:
    """Read a box exactly.

    Args:
        box: for each input its lower and its upper bound, as any exact numbers; None for no box.
        inputs: d.

    Raises:
        InputError: it is no list of pairs, one for each input, of numbers that increase.
        LimitError: there are too many inputs to list the corners of a box.

    Example:
        >>> read_box([(0, 1), ("-1/2", 0.5)], 2)
        ((Fraction(0, 1), Fraction(1, 1)), (Fraction(-1, 2), Fraction(1, 2)))
    """
    if box is None:
        return None
    sides = read_list(box, "box", "pairs: for each input its lower and its upper bound")
    if len(sides) != inputs:
        raise InputError(f"box: there are {len(sides)} pairs of bounds for {inputs} inputs; give one pair for each")
    if inputs > _CORNERS:
        raise LimitError(f"a box in {inputs} inputs has 2^{inputs} corners; at most {_CORNERS} inputs can have one")
    found = []
    for j, side in enumerate(sides, start=1):
        pair = read_list(side, f"box, input {j}", "two numbers: lower and upper bound")
        if len(pair) != 2:
            raise InputError(f"box, input {j}: {shown(side)} is no pair; give its lower and its upper bound")
        lower, upper = (exact_number(value, f"box, input {j}") for value in pair)
        if lower >= upper:
            raise InputError(f"box, input {j}: the lower bound {lower} is not below the upper bound {upper}")
        found.append((lower, upper))
    return tuple(found)
