"""Tuples, the configurations of first-layer neurons: sets of signed masks, with their pairs and mirror images.

T  tuple, pair, u and s as in `arrangements.second_layer.product_cone`
k  number of a signed mask: 2 l for the l-th active region with output sign +, 2 l + 1 with -

The mirror image of a tuple has all output signs flipped. It has the same product cone and the opposite u, so its pairs
need no search.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from arrangements.arguments import check_iterable, check_kind
from arrangements.cells import Statistics
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.product_cone import Neuron, Pair, ProductCone


@dataclass(frozen=True)
class Product:
    """A tuple with all its pairs: the cells of its product cone.

    Attributes:
        layer: the first layer.
        neurons: the tuple.
        pairs: one for each cell of the product cone.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> both = product_of(layer, ((0, 1), (0, -1)))
        >>> [pair.signs for pair in both.pairs], both.splitters
        ([(1, 1), (-1, -1)], ((0, 1),))
    """

    layer: FirstLayer
    neurons: tuple[Neuron, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def splitters(self) -> tuple[tuple[int, ...], ...]:
        """The mixed rows, grouped by the hyperplane that they are inside the product cone."""
        cone = ProductCone(self.layer, self.neurons)
        return tuple(tuple(cone.mixed[k] for k in rows) for rows in group(cone.cuts))


class SecondLayerCounts(NamedTuple):
    """The numbers of tuples, of pairs, and of distinct second-layer masks (P2).

    Attributes:
        tuples: how many sets of signed masks there are.
        pairs: how many tuples with a feasible sign vector.
        masks: how many different masks 1[u >= 0] the pairs have.

    Example:
        >>> SecondLayerCounts.of([])
        SecondLayerCounts(tuples=0, pairs=0, masks=0)
    """

    tuples: int
    pairs: int
    masks: int

    @classmethod
    def of(cls, products: Iterable[Product]) -> "SecondLayerCounts":
        """Count pairs and masks over a stream of tuples; only the distinct masks are kept."""
        tuples = pairs = 0
        masks: set[int] = set()
        for product in check_iterable(products, "products", "products"):
            check_kind(product, Product, "products", "list them with iter_products")
            tuples += 1
            pairs += len(product.pairs)
            masks.update(sum(1 << i for i, s in enumerate(pair.signs) if s >= 0) for pair in product.pairs)
        return cls(tuples, pairs, len(masks))


def product_of(layer: FirstLayer, neurons: tuple[Neuron, ...], *, statistics: Statistics | None = None) -> Product:
    """List one tuple with all its pairs, searched by linear programs between the walls of its product cone.

    Args:
        layer: the first layer.
        neurons: distinct signed masks, as (region, output sign).
        statistics: counters to add to.
    """
    return Product(layer, neurons, tuple(ProductCone(layer, neurons).pairs(statistics)))


def signed_masks(layer: FirstLayer) -> list[Neuron]:
    """List the signed masks in the order of their numbers.

    Args:
        layer: the first layer.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> signed_masks(FirstLayer.of(Arrangement.from_table([[1], [2]])))
        [(0, 1), (0, -1)]
    """
    return [(region, sign) for region in layer.active for sign in (1, -1)]


def mirror_image(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Flip all output signs of a tuple, given as increasing numbers of signed masks.

    Args:
        numbers: the tuple.

    Example:
        >>> mirror_image((0, 3, 5))
        (1, 2, 4)
    """
    return tuple(sorted(k ^ 1 for k in numbers))


def first_of_mirrors(signed: int, width: int) -> Iterator[tuple[int, ...]]:
    """Yield the first one of every tuple and its mirror image, as increasing numbers of signed masks.

    Args:
        signed: how many signed masks there are.
        width: neurons in one sub-network.

    Example:
        >>> list(first_of_mirrors(4, 2))
        [(0, 1), (0, 2), (0, 3), (2, 3)]
    """
    for numbers in combinations(range(signed), min(width, signed)):
        if mirror_image(numbers) >= numbers:
            yield numbers


def with_mirrors(signed: Sequence[Neuron], products: Iterable[tuple[tuple[int, ...], Product]]) -> Iterator[Product]:
    """Yield every product, followed by that of its mirror image if this is another tuple.

    Args:
        signed: the signed masks, as `signed_masks` lists them.
        products: of `first_of_mirrors`, with their numbers.
    """
    for numbers, product in products:
        yield product
        mirror = mirror_image(numbers)
        if mirror != numbers:
            order = [numbers.index(k ^ 1) for k in mirror]
            yield _mirrored(product, tuple(signed[k] for k in mirror), order)


def _mirrored(product: Product, neurons: tuple[Neuron, ...], order: Sequence[int]) -> Product:
    pairs = tuple(
        Pair(neurons, tuple(-s for s in pair.signs), tuple(pair.witness[j] for j in order)) for pair in product.pairs
    )
    return Product(product.layer, neurons, pairs)
