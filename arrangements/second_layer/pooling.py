"""Sum pooling: pairs of a second layer that sees sums of ReLUs over groups of rows, such as the patches of an image.

m        width: neurons in the first layer of one sub-network
D_j, I_j mask of neuron j and the sign of its output weight: a signed mask
T        tuple: an unordered set of m distinct signed masks, every one active on some non-zero row
g        group: a list of rows
u_g      sum_j I_j sum_{i in g} (x_i.w_j)_+: linear on the product cone of T, where it is sum_j I_j c_gj.w_j
c_gj     sum of the non-zero rows i in g with D_ji = 1

On the open cone of D_j every term of c_gj.w_j is positive, hence so is their sum: c_gj is a zero vector only if
neuron j is active on no row of g. So a group whose active neurons share one sign has that sign, a group without
active neurons is a structural zero, and only groups with neurons of both signs are hyperplanes that can cut the product
cone. These have two non-zero blocks at least, so that none is zero or parallel to a wall, which has one.

Sums need rows of one common scale: `Patches.arrangement` has it; `Arrangement.from_table` scales each row by itself.
Average pooling divides u_g by the size of the group, which changes no sign.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import index

from arrangements.arguments import is_whole, read_list
from arrangements.cells import Statistics
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.layer import FirstLayer, as_first_layer, check_width
from arrangements.second_layer.product_cone import Pair, ProductCone
from arrangements.second_layer.tuples import Product, SecondLayerCounts, first_of_mirrors, signed_masks, with_mirrors

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class PooledCone(ProductCone):
    """The product cone of a tuple under sum pooling; `forced` and `mixed` are of groups of rows.

    Attributes:
        groups: lists of rows.
    """

    groups: Groups

    @cached_property
    def outputs(self) -> tuple[frozenset[int], ...]:
        """For each group the output signs of its active neurons."""
        single = ProductCone(self.layer, self.neurons).outputs
        return tuple(frozenset(sign for i in group for sign in single[i]) for group in self.groups)

    @cached_property
    def cuts(self) -> tuple[Row, ...]:
        """The linear forms u_g of the mixed groups: I_j c_gj, block by block."""
        x, cells = self.layer.arrangement.normals, self.layer.cells
        return tuple(
            tuple(
                sign * sum(x[i][p] for i in self.groups[g] if cells[region].signs[i] > 0)
                for region, sign in self.neurons
                for p in self.layer.pivots
            )
            for g in self.mixed
        )


def iter_pooled(
    layer: FirstLayer, groups: Iterable[Iterable[int]], width: int, *, statistics: Statistics | None = None
) -> Iterator[Pair]:
    """Yield every pair (tuple, s) of this width once, s being the signs of u on the groups.

    A tuple and its mirror image, with all output signs flipped, come from one search, as in `iter_products`.

    Args:
        layer: the first layer, with rows of one common scale.
        groups: lists of rows, such as `Patches.groups`; they may overlap or be empty.
        width: neurons in one sub-network.
        statistics: counters to add to.

    Raises:
        InputError: the first argument is not a first layer, the width is below 1, or a group has a row that does not
            exist.

    Example:
        >>> from arrangements.second_layer.patches import image_patches
        >>> patches = image_patches([[[1, -1]], [[3, -1]]], size=1)
        >>> layer = FirstLayer.of(patches.arrangement)
        >>> sorted({pair.signs for pair in iter_pooled(layer, patches.groups, 2)})
        [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    """
    return chain.from_iterable(product.pairs for product in _products(layer, groups, width, statistics))


def list_pooled(
    layer: FirstLayer, groups: Iterable[Iterable[int]], width: int, *, statistics: Statistics | None = None
) -> list[Pair]:
    """List all pairs (tuple, s) of this width, s being the signs of u on the groups.

    Args:
        layer: the first layer, with rows of one common scale.
        groups: lists of rows.
        width: neurons in one sub-network.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_pooled`.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> [pair.signs for pair in list_pooled(layer, [[0, 1], []], 1)]
        [(1, 0), (-1, 0)]
    """
    return list(iter_pooled(layer, groups, width, statistics=statistics))


def count_pooled(
    layer: FirstLayer, groups: Iterable[Iterable[int]], width: int, *, statistics: Statistics | None = None
) -> SecondLayerCounts:
    """Count tuples, pairs and distinct masks of the groups; only the distinct masks are kept.

    Args:
        layer: the first layer, with rows of one common scale.
        groups: lists of rows.
        width: neurons in one sub-network.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_pooled`.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> count_pooled(layer, [[0, 1]], 2)
        SecondLayerCounts(tuples=15, pairs=24, masks=2)
    """
    return SecondLayerCounts.of(_products(layer, groups, width, statistics))


def _products(
    layer: FirstLayer, groups: Iterable[Iterable[int]], width: int, statistics: Statistics | None
) -> Iterator[Product]:
    checked, size = _checked(groups, len(as_first_layer(layer).arrangement)), check_width(width)
    signed = signed_masks(layer)
    chosen = ((numbers, tuple(signed[k] for k in numbers)) for numbers in first_of_mirrors(len(signed), size))
    return with_mirrors(
        signed,
        (
            (numbers, Product(layer, neurons, tuple(PooledCone(layer, neurons, checked).pairs(statistics))))
            for numbers, neurons in chosen
        ),
    )


def _checked(groups: Iterable[Iterable[int]], n: int) -> Groups:
    checked: list[tuple[int, ...]] = []
    for g, group in enumerate(read_list(groups, "groups", "lists of rows"), start=1):
        rows = read_list(group, f"group {g}", "rows")
        for i in rows:
            if not is_whole(i) or not 0 <= i < n:
                raise InputError(f"group {g} has the row {shown(i)}; rows are counted from 0 to {n - 1}")
        checked.append(tuple(map(index, rows)))
    return tuple(checked)
