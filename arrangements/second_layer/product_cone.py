"""The product cone of a tuple, the rows that can cut it, and its cells: the pairs of the tuple.

m        width: neurons in the first layer of one sub-network
D_j, I_j mask of neuron j and the sign of its output weight: a signed mask
T        tuple: an unordered set of m distinct signed masks, every one active on some non-zero row
u_i      pre-activation of the second layer, sum_j I_j D_ji x_i.w_j: linear on the product cone of T
s        signs of u; pair: (T, s)

A row whose active neurons share one sign has a forced s_i; a row without active neurons is a structural zero;
only mixed rows are hyperplanes that can cut the product cone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from arrangements.cells import Signs, Statistics
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.layer import FirstLayer
from arrangements.lp.incremental_search import cone_cells

Neuron = tuple[int, int]  # region in FirstLayer.cells, output sign


class Pair(NamedTuple):
    """A tuple with one second-layer sign vector that is feasible inside its cone.

    Attributes:
        neurons: the tuple, as (region of the first layer, output sign) in increasing order, + before -.
        signs: s, with 0 at structural zeros and zero rows.
        witness: integer first-layer weights, one vector a neuron, at which u has these signs.

    Example:
        >>> Pair(((0, 1),), (1, 0, -1), ((2, -1),)).mask
        (1, 1, 0)
    """

    neurons: tuple[Neuron, ...]
    signs: Signs
    witness: tuple[Row, ...]

    @property
    def mask(self) -> Signs:
        """The second-layer mask 1[u >= 0]."""
        return tuple(int(s >= 0) for s in self.signs)


@dataclass(frozen=True)
class ProductCone:
    """A tuple's product cone and the mixed rows that can cut it, in independent columns of every block.

    Attributes:
        layer: the first layer.
        neurons: the tuple.
    """

    layer: FirstLayer
    neurons: tuple[Neuron, ...]

    @cached_property
    def outputs(self) -> tuple[frozenset[int], ...]:
        """For each row the output signs of its active neurons."""
        signed = [(self.layer.cells[region].signs, sign) for region, sign in self.neurons]
        rows = range(len(self.layer.arrangement.normals))
        return tuple(frozenset(sign for signs, sign in signed if signs[i] > 0) for i in rows)

    @cached_property
    def forced(self) -> Signs:
        """The sign of u at each row if its active neurons force one, else 0."""
        return tuple(next(iter(signs)) if len(signs) == 1 else 0 for signs in self.outputs)

    @cached_property
    def mixed(self) -> tuple[int, ...]:
        """The rows whose active neurons have both output signs."""
        return tuple(i for i, signs in enumerate(self.outputs) if len(signs) == 2)

    @cached_property
    def walls(self) -> tuple[tuple[int, int], ...]:
        """(j, i) for each row x_i that bounds the factor of neuron j."""
        layer = self.layer
        return tuple(
            (j, layer.classes[k][0]) for j, (region, _) in enumerate(self.neurons) for k in layer.walls[region]
        )

    @cached_property
    def bounds(self) -> tuple[Row, ...]:
        """The rows of `walls`, oriented and placed in their block: they are positive in the cone."""
        pivots, r = self.layer.pivots, len(self.layer.pivots)
        rows = []
        for j, i in self.walls:
            sign, row = self.layer.cells[self.neurons[j][0]].signs[i], [0] * (r * len(self.neurons))
            row[j * r : (j + 1) * r] = [sign * self.layer.arrangement.normals[i][p] for p in pivots]
            rows.append(tuple(row))
        return tuple(rows)

    @cached_property
    def cuts(self) -> tuple[Row, ...]:
        """The linear forms u_i of the mixed rows."""
        x, pivots = self.layer.arrangement.normals, self.layer.pivots
        signed = [(self.layer.cells[region].signs, sign) for region, sign in self.neurons]
        return tuple(tuple(sign * (s[i] > 0) * x[i][p] for s, sign in signed for p in pivots) for i in self.mixed)

    def pairs(self, statistics: Statistics | None = None) -> Iterator[Pair]:
        """Yield the tuple with every sign vector that u has inside the cone."""
        pivots = self.layer.pivots
        witness = [self.layer.cells[region].witness for region, _ in self.neurons]
        if not self.mixed:
            yield Pair(self.neurons, self.forced, tuple(witness))
            return
        start = tuple(w[p] for w in witness for p in pivots)
        for found, point in cone_cells(self.bounds, self.cuts, start, statistics):
            signs = list(self.forced)
            for i, s in zip(self.mixed, found, strict=True):
                signs[i] = s
            weights = [[0] * self.layer.arrangement.dimension for _ in self.neurons]
            for position, value in enumerate(point):
                weights[position // len(pivots)][pivots[position % len(pivots)]] = value
            yield Pair(self.neurons, tuple(signs), tuple(map(tuple, weights)))
