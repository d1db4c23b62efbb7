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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

from arrangements.complexes.integer_layers import IntegerLayers
from arrangements.exact.linear_algebra import Row

_KEPT = 50_000  # rays whose values in the next layer are remembered


@dataclass(slots=True, eq=False)
class Ray:
    """A ray with its values in one layer.

    Attributes:
        vector: the ray z.
        zeros: the walls that it lies on, so far as they bound cones of this layer.
        plus: the neurons of the layer that are positive on it, as bits at their own places.
        minus: those that are negative.
        values: u of the layer on it.
    """

    vector: Row
    zeros: int
    plus: int
    minus: int
    values: Sequence[int]


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
        rays = tuple(Ray(vector, zeros, 0, 0, ()) for vector, zeros in start)
        yield from self._descend(Cone(rays, 0, 0), 0)

    def _descend(self, cone: Cone, layer: int) -> Iterator[Cone]:
        if layer == self.depth:
            yield cone
            return
        for part in self.split(Cone(self._entered(cone.rays, layer), cone.plus, cone.minus), layer):
            yield from self._descend(part, layer + 1)

    def split(self, cone: Cone, layer: int) -> Iterator[Cone]:
        """Yield the parts into which the neurons of a layer cut a cone whose rays have their values there."""
        offset, own = self._offsets[layer], self._masks[layer]
        waiting = [cone]
        while waiting:
            rays, plus, minus = waiting.pop()
            above = below = 0
            for ray in rays:
                above |= ray.plus
                below |= ray.minus
            mixed = above & below
            plus |= above & ~mixed
            minus |= below & ~mixed
            if not mixed:
                yield Cone(rays, plus, minus)
                continue
            bit = mixed & -mixed
            decided = ~(own & mixed)
            waiting += self._halves(Cone(rays, plus, minus), bit, bit.bit_length() - 1 - offset, decided, layer)

    def _halves(self, cone: Cone, bit: int, k: int, decided: int, layer: int) -> tuple[Cone, Cone]:
        """The two parts of a cone on the sides of a neuron; bits outside of `decided` are no walls of it yet."""
        upper = [ray for ray in cone.rays if ray.plus & bit]
        lower = [ray for ray in cone.rays if ray.minus & bit]
        within = [ray for ray in cone.rays if not (ray.plus | ray.minus) & bit]
        for a in upper:
            for b in lower:
                common = a.zeros & b.zeros & decided
                if self._adjacent(a, b, common, cone.rays):
                    within.append(self._between(a, b, k, layer))
        return Cone((*upper, *within), cone.plus, cone.minus), Cone((*lower, *within), cone.plus, cone.minus)

    def _adjacent(self, a: Ray, b: Ray, common: int, rays: Sequence[Ray]) -> bool:
        if self.dimension == 2:
            return True
        if common.bit_count() < self.dimension - 2:
            return False
        return not any(common & ~c.zeros == 0 and c is not a and c is not b for c in rays)

    def _between(self, a: Ray, b: Ray, k: int, layer: int) -> Ray:
        """The ray between two adjacent ones on which neuron k of the layer is zero."""
        v, w = a.values[k], -b.values[k]
        g = gcd(v, w)
        v, w = v // g, w // g
        sums = [v * y + w * x for x, y in zip(a.vector, b.vector, strict=True)]
        g = gcd(*sums)
        vector = tuple(x // g for x in sums)
        known = self._known[layer]
        found = known.get(vector)
        if found is None:
            values = [(v * y + w * x) // g for x, y in zip(a.values, b.values, strict=True)]
            zeros = a.zeros & b.zeros & ((1 << self._offsets[layer]) - 1)
            found = self._ray(vector, zeros, values, layer)
            _remember(known, found)
        return found

    def _entered(self, rays: Sequence[Ray], layer: int) -> tuple[Ray, ...]:
        """The rays with their values in the next layer."""
        known = self._known[layer]
        missing = [ray for ray in rays if ray.vector not in known]
        fresh: dict[Row, Ray] = {}
        if missing:
            if layer == 0:
                values = self.layers.first([ray.vector for ray in missing])
            else:
                ends = [ray.vector[-1] for ray in missing]
                values = self.layers.following(layer, [ray.values for ray in missing], ends)
            for ray, u in zip(missing, values, strict=True):
                fresh[ray.vector] = self._ray(ray.vector, ray.zeros, u, layer)
        entered = tuple(fresh[ray.vector] if ray.vector in fresh else known[ray.vector] for ray in rays)
        for ray in fresh.values():
            _remember(known, ray)
        return entered

    def _ray(self, vector: Row, zeros: int, values: list[int], layer: int) -> Ray:
        plus = minus = 0
        bit = 1 << self._offsets[layer]
        for value in values:
            if value > 0:
                plus |= bit
            elif value < 0:
                minus |= bit
            bit <<= 1
        return Ray(vector, zeros | self._masks[layer] & ~(plus | minus), plus, minus, values)


def _remember(known: dict[Row, Ray], ray: Ray) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[ray.vector] = ray
