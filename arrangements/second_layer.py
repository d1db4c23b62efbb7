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
from itertools import combinations
from typing import NamedTuple

from arrangements.arrangement import distinct
from arrangements.cells import Signs, Statistics
from arrangements.exact import Row
from arrangements.first_layer import FirstLayer, check_width, group
from arrangements.search import Search

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


class Product(NamedTuple):
    """A tuple with all its pairs.

    Attributes:
        neurons: the tuple.
        splitters: the mixed rows, grouped by the hyperplane that they are inside the product cone.
        pairs: one for each cell of the product cone.
    """

    neurons: tuple[Neuron, ...]
    splitters: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...]


def iter_products(layer: FirstLayer, width: int, statistics: Statistics | None = None) -> Iterator[Product]:
    """Every tuple of this width with all its pairs; nothing is kept.

    Flipping all output signs maps u to -u, so a tuple and its mirror image are listed together from one search.

    Raises:
        InputError: width below 1.
    """
    check_width(width)
    signed = [(region, sign) for region in layer.live for sign in (1, -1)]
    for combination in combinations(range(len(signed)), min(width, len(signed))):
        mirror = tuple(sorted(k ^ 1 for k in combination))
        if mirror < combination:
            continue
        product = product_of(layer, tuple(signed[k] for k in combination), statistics)
        yield product
        if mirror != combination:
            order = [combination.index(k ^ 1) for k in mirror]
            yield _mirrored(product, tuple(signed[k] for k in mirror), order)


def iter_pairs(layer: FirstLayer, width: int, statistics: Statistics | None = None) -> Iterator[Pair]:
    """Every pair (tuple, s) of this width once: the blocks of the convex program.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> [pair.signs for pair in iter_pairs(layer, 2)]
        [(1, 1), (-1, -1)]
    """
    for product in iter_products(layer, width, statistics):
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


def count_second_layer(layer: FirstLayer, width: int, statistics: Statistics | None = None) -> SecondLayerCounts:
    """Count tuples, pairs and masks of this width.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> count_second_layer(FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]])), 1)
        SecondLayerCounts(tuples=6, pairs=6, masks=4)
    """
    return SecondLayerCounts.of(iter_products(layer, width, statistics))


def product_of(layer: FirstLayer, neurons: tuple[Neuron, ...], statistics: Statistics | None = None) -> Product:
    """One tuple with all its pairs, by the search of `arrangements.search` between the walls of its product cone.

    Args:
        layer: the first layer.
        neurons: distinct signed masks, as (region, output sign).
        statistics: counters to add to.
    """
    x = layer.arrangement.normals
    cells = [layer.cells[region] for region, _ in neurons]
    witness = tuple(cell.witness for cell in cells)
    forced: list[int] = []
    mixed: list[int] = []
    for i in range(len(x)):
        active = {sign for cell, (_, sign) in zip(cells, neurons, strict=True) if cell.signs[i] > 0}
        if len(active) == 2:
            mixed.append(i)
        forced.append(0 if len(active) != 1 else active.pop())
    if not mixed:
        return Product(neurons, (), (Pair(neurons, tuple(forced), witness),))
    d = layer.arrangement.dimension
    pivots = layer.pivots
    bounds = []
    for j, (region, _) in enumerate(neurons):
        for k in layer.walls[region]:
            i = layer.classes[k][0]
            bounds.append(_block(x[i], pivots, j, cells[j].signs[i], len(neurons)))
    outputs = [(cell.signs, sign) for cell, (_, sign) in zip(cells, neurons, strict=True)]
    cuts = [tuple(sign * (s[i] > 0) * x[i][p] for s, sign in outputs for p in pivots) for i in mixed]
    classes, members = distinct(cuts)
    start = [w[p] for w in witness for p in pivots]
    pairs = []
    for node in Search([*bounds, *classes], len(bounds), start, statistics):
        found = node.signs[len(bounds) :].tolist()
        signs = list(forced)
        for i, (k, orientation) in zip(mixed, members, strict=True):
            signs[i] = found[k] * orientation
        weights = [[0] * d for _ in neurons]
        for position, value in enumerate(node.witness.tolist()):
            weights[position // len(pivots)][pivots[position % len(pivots)]] = value
        pairs.append(Pair(neurons, tuple(signs), tuple(map(tuple, weights))))
    splitters = tuple(tuple(mixed[position] for position in rows) for rows in group(cuts))
    return Product(neurons, splitters, tuple(pairs))


def _block(row: Row, pivots: Sequence[int], j: int, sign: int, width: int) -> Row:
    block = [0] * (width * len(pivots))
    block[j * len(pivots) : (j + 1) * len(pivots)] = [sign * row[p] for p in pivots]
    return tuple(block)


def _mirrored(product: Product, neurons: tuple[Neuron, ...], order: Sequence[int]) -> Product:
    pairs = tuple(
        Pair(neurons, tuple(-s for s in pair.signs), tuple(pair.witness[j] for j in order)) for pair in product.pairs
    )
    return Product(neurons, product.splitters, pairs)
