"""Cones with extreme rays, cut by the neurons of one layer after the other: regions of a network, pure and exact.

r      dimension of the cones
z      a ray, as a primitive integer vector in homogeneous coordinates (x t, t)
bit k  of a set of walls: first those that bound the whole search (t = 0, or the sides of a box), then the neurons,
       layer by layer

*Splitting* (double description; Motzkin, Raiffa, Thompson and Thrall 1953). A neuron whose pre-activation has both
signs on the rays of a cone splits it. Each part keeps the rays on its side and gets one new ray for each pair of
adjacent rays on different sides. Two rays are adjacent iff no third ray lies on all the walls that both lie on (Fukuda
and Prodon 1996). A neuron with one sign on all rays is decided; if it is zero on all of them, it is zero on the cone.

Every split has two parts of full dimension, so there are exactly as many leaves as regions, and no leaf is found twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

from arrangements.complexes.integer_layers import IntegerLayers
from arrangements.exact.linear_algebra import Row

_KEPT = 50_000  # rays of a layer whose values there are remembered


@dataclass(slots=True, eq=False)
class Ray:
    """A ray with its values in one layer.

    Attributes:
        vector: the ray z.
        zeros: the walls that it lies on, so far as they bound cones of this layer.
        plus: the neurons of the layer that are positive on it, as bits at their own places.
        minus: those that are negative.
        values: u of the layer on it, for the neurons that cut the cones that it is on.
    """

    vector: Row
    zeros: int
    plus: int
    minus: int
    values: Mapping[int, int]


class Cone(NamedTuple):
    """A cone on which all neurons of some layers have constant signs.

    Attributes:
        rays: its extreme rays.
        plus: the neurons that are positive inside, as bits at their own places.
        minus: those that are negative.
    """

    rays: tuple[Ray, ...]
    plus: int
    minus: int


@dataclass
class Splitter:
    """The search of all regions in some start cones.

    Attributes:
        layers: the network in integers.
        depth: how many of its layers cut.
        dimension: r.
        walls: how many walls bound the search.
    """

    layers: IntegerLayers
    depth: int
    dimension: int
    walls: int
    _known: list[dict[Row, Ray]] = field(init=False)

    def __post_init__(self) -> None:
        self._offsets = [self.walls]
        for rows in self.layers.rows[: self.depth]:
            self._offsets.append(self._offsets[-1] + len(rows))
        self._masks = [(1 << self._offsets[k + 1]) - (1 << self._offsets[k]) for k in range(self.depth)]
        self._known = [{} for _ in range(self.depth)]

    def regions(self, start: Sequence[tuple[Row, int]]) -> Iterator[Cone]:
        """Yield every region in a start cone once.

        Args:
            start: its extreme rays as primitive vectors, each with the bits of the bounding walls that it lies on.
        """
        whole = Cone(tuple(Ray(vector, zeros, 0, 0, {}) for vector, zeros in start), 0, 0)
        if not self.depth:
            yield whole
            return
        waiting = [self._parts(whole, 0)]  # for each layer so far the parts that are left, not as recursion: any depth
        while waiting:
            part = next(waiting[-1], None)
            if part is None:
                waiting.pop()
            elif len(waiting) == self.depth:
                yield part
            else:
                waiting.append(self._parts(part, len(waiting)))

    def _parts(self, cone: Cone, layer: int) -> Iterator[Cone]:
        return self.split(Cone(self._entered(cone.rays, layer), cone.plus, cone.minus), layer)

    def split(self, cone: Cone, layer: int) -> Iterator[Cone]:
        """Yield the parts into which the neurons of a layer cut a cone whose rays have their values there."""
        waiting = [cone]
        while waiting:
            rays, plus, minus = waiting.pop()
            above = below = 0
            for ray in rays:
                above |= ray.plus
                below |= ray.minus
            mixed = above & below
            found = Cone(rays, plus | above & ~mixed, minus | below & ~mixed)
            if mixed:
                waiting += self._halves(found, mixed, layer)
            else:
                yield found

    def _halves(self, cone: Cone, mixed: int, layer: int) -> tuple[Cone, Cone]:
        """The two parts of a cone on the sides of the first of its mixed neurons."""
        bit = mixed & -mixed
        k, *others = _places(mixed, self._offsets[layer])
        walls = [ray.zeros & ~mixed for ray in cone.rays]
        upper = [(ray, zeros) for ray, zeros in zip(cone.rays, walls, strict=True) if ray.plus & bit]
        lower = [(ray, zeros) for ray, zeros in zip(cone.rays, walls, strict=True) if ray.minus & bit]
        within = [ray for ray in cone.rays if not (ray.plus | ray.minus) & bit]
        fewest = self.dimension - 2  # walls of a face of dimension 2
        for a, on in upper:
            for b, also in lower:
                common = on & also
                if common.bit_count() >= fewest and adjacent(common, walls):
                    within.append(_between(a, b, mixed, k, others, self._offsets[layer]))
        above, below = ([ray for ray, _ in side] for side in (upper, lower))
        return Cone((*above, *within), cone.plus, cone.minus), Cone((*below, *within), cone.plus, cone.minus)

    def _entered(self, rays: Sequence[Ray], layer: int) -> tuple[Ray, ...]:
        """The rays with their values in a layer; as cones share their rays, these are remembered."""
        known = self._known[layer]
        missing = [ray for ray in rays if ray.vector not in known]
        fresh: dict[Row, Ray] = {}
        if missing:
            offset, mask = self._offsets[layer], self._masks[layer]
            values = self.layers.pre_activations([ray.vector for ray in missing], layer)
            for ray, u in zip(missing, values, strict=True):
                plus, minus = (sum(1 << k for k, x in enumerate(u, offset) if s * x > 0) for s in (1, -1))
                zeros = ray.zeros | mask & ~(plus | minus)
                fresh[ray.vector] = Ray(ray.vector, zeros, plus, minus, dict(enumerate(u)))
        entered = tuple(fresh[ray.vector] if ray.vector in fresh else known[ray.vector] for ray in rays)
        if len(known) > _KEPT:
            known.clear()
        known.update(fresh)
        return entered


def adjacent(common: int, walls: Sequence[int]) -> bool:
    """Whether two rays of a cone are adjacent: no third ray is on all the walls that both are on.

    Args:
        common: the walls that both are on.
        walls: the walls that each ray of the cone is on, those of the two among them.

    Example:
        >>> square = [0b0011, 0b0110, 0b1100, 0b1001]  # the corners of a square, each on two sides
        >>> adjacent(square[0] & square[1], square), adjacent(square[0] & square[2], square)
        (True, False)
    """
    found = 0
    for on in walls:
        if common & on == common:
            found += 1
            if found > 2:
                return False
    return True


def _places(bits: int, offset: int) -> Iterator[int]:
    """The neurons of a set, counted from the first of their layer."""
    bits >>= offset
    while bits:
        last = bits & -bits
        yield last.bit_length() - 1
        bits ^= last


def _between(a: Ray, b: Ray, mixed: int, k: int, others: Sequence[int], offset: int) -> Ray:
    """The ray between two adjacent ones on which neuron k is zero, with its values at the other mixed neurons.

    At a neuron that is decided on the cone no value is needed: both rays are on one side of it.
    """
    v, w = a.values[k], -b.values[k]
    g = gcd(v, w)
    v, w = v // g, w // g
    vector = [v * y + w * x for x, y in zip(a.vector, b.vector, strict=True)]
    g = gcd(*vector)
    values = {}
    plus, minus = (a.plus | b.plus) & ~mixed, (a.minus | b.minus) & ~mixed
    zeros = a.zeros & b.zeros & ~mixed | 1 << k + offset
    for j in others:
        value = values[j] = (v * b.values[j] + w * a.values[j]) // g
        if value > 0:
            plus |= 1 << j + offset
        elif value < 0:
            minus |= 1 << j + offset
        else:
            zeros |= 1 << j + offset
    return Ray(tuple(x // g for x in vector), zeros, plus, minus, values)
