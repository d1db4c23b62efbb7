"""H2: what two ReLU layers do, cell by cell.

m        width: neurons in the first layer of one sub-network
D_j, I_j mask of neuron j and the sign of its output weight: a signed mask
T        tuple: an unordered set of m distinct signed masks, every one active on some non-zero row
u_i      pre-activation of the second layer, sum_j I_j D_ji x_i.w_j: linear on the product cone of T
s        signs of u; pair: (T, s)

A row whose active neurons share one sign has a forced s_i; a row without active neurons is a structural zero;
only mixed rows are hyperplanes that can cut the product cone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from arrangements.cells import Signs, Statistics
from arrangements.exact.linear_algebra import Row
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.engines import choose_second_engine
from arrangements.first_layer.layer import FirstLayer
from arrangements.lp.incremental_search import cone_cells
from arrangements.second_layer.product_search import ProductSearch

Neuron = tuple[int, int]  # region in FirstLayer.cells, output sign


class Pair(NamedTuple):
    """A tuple with one second-layer sign vector that is feasible inside its cone.

    Attributes:
        neurons: the tuple, as (region of the first layer, output sign) in increasing order, + before -.
        signs: s, with 0 at structural zeros and zero rows.
        witness: integer first-layer weights, one vector a neuron, at which u has these signs.
    """

    neurons: tuple[Neuron, ...]
    signs: Signs
    witness: tuple[Row, ...]

    @property
    def mask(self) -> Signs:
        """The second-layer mask 1[u >= 0]."""
        return tuple(int(s >= 0) for s in self.signs)


@dataclass(frozen=True)
class Product:
    """A tuple with all its pairs.

    Attributes:
        layer: the first layer.
        neurons: the tuple.
        pairs: one for each cell of the product cone.
    """

    layer: FirstLayer
    neurons: tuple[Neuron, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def splitters(self) -> tuple[tuple[int, ...], ...]:
        """The mixed rows, grouped by the hyperplane that they are inside the product cone."""
        cone = ProductCone(self.layer, self.neurons)
        return tuple(tuple(cone.mixed[k] for k in rows) for rows in group(cone.cuts))


def iter_products(
    layer: FirstLayer, width: int, statistics: Statistics | None = None, engine: str = "auto"
) -> Iterator[Product]:
    """Every tuple of this width with all its pairs; nothing is kept.

    Flipping all output signs maps u to -u, so a tuple and its mirror image are listed together from one search.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        statistics: counters to add to.
        engine: "rays" (extreme rays, compiled), "lp" (linear programs), or "auto" to choose by the number of tuples.

    Raises:
        InputError: width below 1, or unknown engine.
    """
    chosen = choose_second_engine(engine, layer.count_tuples(width))
    signed = [(region, sign) for region in layer.live for sign in (1, -1)]
    yield from with_mirrors(signed, _searched(layer, signed, width, statistics, chosen))


def _searched(
    layer: FirstLayer, signed: list[Neuron], width: int, statistics: Statistics | None, engine: str
) -> Iterator[tuple[tuple[int, ...], Product]]:
    """Of every tuple and its mirror image the first one."""
    if engine == "rays" and signed:
        for numbers, signs, weights in ProductSearch(layer, width, statistics).tuples():
            neurons = tuple(signed[k] for k in numbers)
            pairs = tuple(Pair(neurons, s, w) for s, w in zip(signs, weights, strict=True))
            yield numbers, Product(layer, neurons, pairs)
        return
    for numbers in first_of_mirrors(len(signed), width):
        yield numbers, product_of(layer, tuple(signed[k] for k in numbers), statistics)


def first_of_mirrors(signed: int, width: int) -> Iterator[tuple[int, ...]]:
    """Of every tuple and its mirror image the first one, as numbers of signed masks, + and - of a region in turn.

    Example:
        >>> list(first_of_mirrors(4, 2))
        [(0, 1), (0, 2), (0, 3), (2, 3)]
    """
    for numbers in combinations(range(signed), min(width, signed)):
        if _mirror(numbers) >= numbers:
            yield numbers


def with_mirrors(signed: Sequence[Neuron], products: Iterable[tuple[tuple[int, ...], Product]]) -> Iterator[Product]:
    """Every product, followed by that of its mirror image if this is another tuple.

    Args:
        signed: the signed masks, + and - of a region in turn.
        products: of `first_of_mirrors`, with their numbers.
    """
    for numbers, product in products:
        yield product
        mirror = _mirror(numbers)
        if mirror != numbers:
            order = [numbers.index(k ^ 1) for k in mirror]
            yield _mirrored(product, tuple(signed[k] for k in mirror), order)


def _mirror(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(k ^ 1 for k in numbers))


def iter_pairs(
    layer: FirstLayer, width: int, statistics: Statistics | None = None, engine: str = "auto"
) -> Iterator[Pair]:
    """Every pair (tuple, s) of this width once: the blocks of the convex program.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> [pair.signs for pair in iter_pairs(layer, 2)]
        [(1, 1), (-1, -1)]
    """
    for product in iter_products(layer, width, statistics, engine):
        yield from product.pairs


class SecondLayerCounts(NamedTuple):
    """Numbers of tuples, of pairs, and of distinct second-layer masks (P2)."""

    tuples: int
    pairs: int
    masks: int

    @classmethod
    def of(cls, products: Iterable[Product]) -> "SecondLayerCounts":
        """Count over a stream of products; only the distinct masks are kept."""
        tuples = pairs = 0
        masks: set[int] = set()
        for product in products:
            tuples += 1
            pairs += len(product.pairs)
            masks.update(sum(1 << i for i, s in enumerate(pair.signs) if s >= 0) for pair in product.pairs)
        return cls(tuples, pairs, len(masks))


def count_second_layer(
    layer: FirstLayer, width: int, statistics: Statistics | None = None, engine: str = "auto"
) -> SecondLayerCounts:
    """Count tuples, pairs and masks of this width; only the distinct masks are kept.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        statistics: counters to add to.
        engine: as for `iter_products`.

    Raises:
        InputError: width below 1, or unknown engine.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> count_second_layer(FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]])), 1)
        SecondLayerCounts(tuples=6, pairs=6, masks=4)
    """
    tuples = layer.count_tuples(width)
    if choose_second_engine(engine, tuples) == "lp" or not layer.live:
        return SecondLayerCounts.of(iter_products(layer, width, statistics, "lp"))
    pairs, masks = ProductSearch(layer, width, statistics).count_masks()
    return SecondLayerCounts(tuples, pairs, masks)


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
        """These rows, positive in the cone."""
        pivots, r = self.layer.pivots, len(self.layer.pivots)
        rows = []
        for j, i in self.walls:
            sign, row = self.layer.cells[self.neurons[j][0]].signs[i], [0] * (r * len(self.neurons))
            row[j * r : (j + 1) * r] = [sign * self.layer.arrangement.normals[i][p] for p in pivots]
            rows.append(tuple(row))
        return tuple(rows)

    @cached_property
    def cuts(self) -> tuple[Row, ...]:
        """What u is on the mixed rows."""
        x, pivots = self.layer.arrangement.normals, self.layer.pivots
        signed = [(self.layer.cells[region].signs, sign) for region, sign in self.neurons]
        return tuple(tuple(sign * (s[i] > 0) * x[i][p] for s, sign in signed for p in pivots) for i in self.mixed)

    def pairs(self, statistics: Statistics | None = None) -> Iterator[Pair]:
        """The tuple with every sign vector that u has inside the cone."""
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


def product_of(layer: FirstLayer, neurons: tuple[Neuron, ...], statistics: Statistics | None = None) -> Product:
    """One tuple with all its pairs, searched by linear programs between the walls of its product cone.

    Args:
        layer: the first layer.
        neurons: distinct signed masks, as (region, output sign).
        statistics: counters to add to.
    """
    return Product(layer, neurons, tuple(ProductCone(layer, neurons).pairs(statistics)))


def _mirrored(product: Product, neurons: tuple[Neuron, ...], order: Sequence[int]) -> Product:
    pairs = tuple(
        Pair(neurons, tuple(-s for s in pair.signs), tuple(pair.witness[j] for j in order)) for pair in product.pairs
    )
    return Product(product.layer, neurons, pairs)
