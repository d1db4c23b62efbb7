"""The first layer as the compiled kernel of the second reads it: rows, rays and walls of the factors of its products.

r    rank of the data; m  width; N  directions: the non-zero rows, positive multiples merged
C_j  the cone of neuron j, a region of the first layer: its extreme rays are those of one factor
K    the product cone C_1 x .. x C_m in m r coordinates: its rays are those of the factors, 0 in the other blocks
V    no determinant of m r rows of a product is larger: product of the m r largest lengths

A product has N rows sum_j I_j D_ji x_i.w_j, of length at most sqrt(m) |x_i|, and then the walls of each factor, of
length |x_i|. So V bounds the entries of every ray of every cell (see `arrangements.rays.coordinates`).
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import IntegerMatrix, Integers, integer_vector
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, packed
from arrangements.exact.parallel_classes import directions_of
from arrangements.exact.square_roots import ceil_sqrt
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_search import iter_regions_with_rays
from arrangements.rays.coordinates import fits_floats, largest_square
from arrangements.rays.encoding import exact_space, filtered_space, scales
from arrangements.rays.kernel.state import Floats, Ints


class Factors(NamedTuple):
    """What the kernel reads.

    Attributes:
        rows, residues, check: the directions, as in `arrangements.rays.kernel.state.Space`, for one block.
        rays: rays of regions, as in Pool, for one block.
        positive, nonzero: the directions that are positive, and not zero, on each ray.
        active: for each active region the directions that are positive in it.
        ray_starts, ray_list: the rays of active region k are ray_list[ray_starts[k] : ray_starts[k + 1]].
        wall_starts, wall_list: the same for the directions that bound it.
    """

    rows: Floats
    residues: Ints
    check: Floats
    rays: Floats
    positive: Words
    nonzero: Words
    active: Words
    ray_starts: Ints
    ray_list: Ints
    wall_starts: Ints
    wall_list: Ints


@dataclass(frozen=True)
class Products:
    """The factors of a layer for one width, and what exact arithmetic needs of them.

    Attributes:
        factors: what the kernel reads.
        exact: whether arithmetic is exact.
        primes: for filtered arithmetic.
        shifts: scales of the columns of one block, for filtered arithmetic.
        directions: the distinct directions as integer rows in r columns.
        places: for each row of the data its direction, -1 for zero rows.
        active: for each active region, whether each direction is positive.
        walls: for each active region the directions that bound it.
    """

    factors: Factors
    exact: bool
    primes: Ints
    shifts: tuple[int, ...]
    directions: tuple[Row, ...]
    places: tuple[int, ...]
    active: Integers
    walls: tuple[tuple[int, ...], ...]

    @property
    def slots(self) -> int:
        """Most walls of a region."""
        return max(map(len, self.walls))

    def rows(self, neurons: Integers) -> tuple[Row, ...]:
        """The rows of one product as the kernel numbers them: N, then the walls of each factor; exact.

        Args:
            neurons: 2 k for active region k with output sign +, 2 k + 1 with -.
        """
        m, r = len(neurons), len(self.directions[0])
        lines = [[0] * (m * r) for _ in range(len(self.directions) + m * self.slots)]
        for j, neuron in enumerate(neurons.tolist()):
            active, output = self.active[neuron >> 1], -1 if neuron & 1 else 1
            for i, direction in enumerate(self.directions):
                lines[i][j * r : (j + 1) * r] = [output * int(active[i]) * x for x in direction]
            for t, i in enumerate(self.walls[neuron >> 1], start=len(self.directions) + j * self.slots):
                lines[t][j * r : (j + 1) * r] = [x if active[i] else -x for x in self.directions[i]]
        return tuple(map(tuple, lines))


def products_of(layer: FirstLayer, width: int) -> Products:
    """Prepare all products of that many factors.

    Args:
        layer: with at least one active region.
        width: m.
    """
    pivots = layer.pivots
    directions, places = directions_of([tuple(row[p] for p in pivots) for row in layer.arrangement.normals])
    first = [places.index(i) for i in range(len(directions))]
    active = np.array([[layer.cells[region].signs[i] > 0 for i in first] for region in layer.active])
    walls = tuple(tuple(places[layer.classes[k][0]] for k in layer.walls[region]) for region in layer.active)
    rays, lists = _rays(layer)
    values = np.array([IntegerMatrix(directions).dot(integer_vector(ray)).tolist() for ray in rays], dtype=object)
    squares = [sum(x * x for x in row) for row in directions]
    largest = largest_square([width * s for s in squares] + squares * width, width * len(pivots))
    exact = fits_floats(largest)
    shifts: tuple[int, ...] = ()
    if exact:
        space = exact_space(directions, rays, values)
    else:
        shifts = scales(directions)
        # rows of a product are divided by the power of two that is next to m as well
        bound = ceil_sqrt(largest) * 2 * width
        space = filtered_space(directions, directions, np.eye(len(pivots)), shifts, rays, values, bound)
    factors = Factors(
        space.rows,
        space.residues,
        space.check,
        space.start,
        packed(values > 0),
        packed(values != 0),
        packed(active),
        *_joined(lists),
        *_joined(walls),
    )
    return Products(factors, exact, space.primes, shifts, directions, places, active, walls)


def _rays(layer: FirstLayer) -> tuple[list[Row], list[list[int]]]:
    """All rays of regions, and which of them every active region has."""
    if layer.rays is None:
        by_signs = {cell.signs: rays for cell, rays in iter_regions_with_rays(layer.arrangement)}
        found = [by_signs[layer.cells[region].signs] for region in layer.active]
    else:
        found = [layer.rays[region] for region in layer.active]
    numbers: dict[Row, int] = {}
    lists = [[numbers.setdefault(ray, len(numbers)) for ray in rays] for rays in found]
    return list(numbers), lists


def _joined(lists: Any) -> tuple[Ints, Ints]:
    starts = np.cumsum([0, *map(len, lists)]).astype(np.int64)
    return starts, np.array(list(chain.from_iterable(lists)), np.int64)
