"""H2 as arrays: the pairs of whole tuples, some at a time, in the order of `iter_pairs`, none as a Python object.

m  width; k  number of a signed mask, as in `arrangements.second_layer.tuples`

A tuple is followed by its mirror image, if that is another one, so all pairs of a tuple are held until its last one is
there. The compiled search hands out arrays; the engine for few tuples makes objects, which become arrays here.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import Statistics
from arrangements.exact.integer_matrix import Integers, integer_vector
from arrangements.first_layer.layer import FirstLayer, as_first_layer
from arrangements.second_layer.engines import choose_tuple_engine
from arrangements.second_layer.product_cone import Neuron
from arrangements.second_layer.product_search import PairBlock, ProductSearch
from arrangements.second_layer.tuples import Product, signed_masks

_BATCH = 1024  # pairs that are held as objects


class TupleBlock(NamedTuple):
    """All pairs of some tuples.

    Attributes:
        tuples: how many tuples.
        neurons: for each pair its tuple, as numbers of signed masks; K x m.
        signs: s, with 0 at structural zeros and zero rows; K x n.
        witnesses: integer first-layer weights; K x m x d.
    """

    tuples: int
    neurons: NDArray[np.int64]
    signs: NDArray[np.int8]
    witnesses: Integers


def iter_pair_blocks(
    layer: FirstLayer, width: int, *, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[TupleBlock]:
    """Yield every pair (tuple, s) of this width once, in arrays, in the order of `iter_pairs`.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        engine: as for `iter_products`.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_products`.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> (block,) = iter_pair_blocks(layer, 1)
        >>> block.tuples, block.neurons.tolist(), block.signs.tolist()
        (2, [[0], [1]], [[1, 1], [-1, -1]])
    """
    chosen = choose_tuple_engine(engine, as_first_layer(layer).count_tuples(width))
    if chosen.compiled and layer.active:
        return _with_mirrors(ProductSearch(layer, width, statistics))
    return _of_products(layer, chosen.products(layer, width, statistics))


def mirror_images(block: PairBlock) -> tuple[NDArray[np.intp], PairBlock]:
    """Make the pairs of the mirror images of tuples.

    Args:
        block: pairs of tuples, whose numbers increase.

    Returns:
        The places of the pairs whose tuple is not its own mirror image, and what these pairs are flipped.

    Example:
        >>> block = PairBlock(np.array([[0, 1], [0, 3]]), np.array([[1], [-1]], np.int8), np.array([[[5], [6]]] * 2))
        >>> places, images = mirror_images(block)
        >>> places.tolist(), images.neurons.tolist(), images.signs.tolist(), images.witnesses.tolist()
        ([1], [[1, 2]], [[1]], [[[5], [6]]])
    """
    flipped = block.neurons ^ 1
    order = np.argsort(flipped, axis=1)
    mirrored = np.take_along_axis(flipped, order, axis=1)
    places = np.flatnonzero((mirrored != block.neurons).any(axis=1))
    weights = np.take_along_axis(block.witnesses[places], order[places][:, :, None], axis=1)
    return places, PairBlock(mirrored[places], -block.signs[places], weights)


def _with_mirrors(search: ProductSearch) -> Iterator[TupleBlock]:
    """Yield the pairs of the searched tuples, each tuple followed by its mirror image."""
    pivots, d = list(search.layer.pivots), search.layer.arrangement.dimension
    for block in _whole_tuples(search.blocks()):
        weights = np.zeros((*block.witnesses.shape[:2], d), block.witnesses.dtype)
        weights[:, :, pivots] = block.witnesses
        first = block._replace(witnesses=weights)
        places, images = mirror_images(first)
        both = _joined([first, images])
        number = np.cumsum(_changes(block.neurons)) - 1  # of the tuple, for each pair
        order = np.argsort(np.concatenate([2 * number, 2 * number[places] + 1]), kind="stable")
        tuples = int(_changes(block.neurons).sum() + _changes(images.neurons).sum())
        yield TupleBlock(tuples, both.neurons[order], both.signs[order], both.witnesses[order])


def _whole_tuples(blocks: Iterable[PairBlock]) -> Iterator[PairBlock]:
    """Yield the same pairs so that no tuple is in two blocks."""
    waiting: list[PairBlock] = []  # begins with the first pair of a tuple
    for block in blocks:
        begun = np.flatnonzero(_changes(block.neurons))
        last = int(begun[-1])
        if waiting and np.array_equal(waiting[-1].neurons[-1], block.neurons[0]) and last == 0:
            waiting.append(block)
            continue
        if waiting or last:
            yield _joined([*waiting, _part(block, slice(0, last))])
        waiting = [_part(block, slice(last, None))]
    if waiting:
        yield _joined(waiting)


def _changes(neurons: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a line is the first one or differs from the line before."""
    changes = np.ones(len(neurons), np.bool_)
    changes[1:] = (neurons[1:] != neurons[:-1]).any(axis=1)
    return changes


def _part(block: PairBlock, lines: slice) -> PairBlock:
    return PairBlock(block.neurons[lines], block.signs[lines], block.witnesses[lines])


def _joined(blocks: list[PairBlock]) -> PairBlock:
    return PairBlock(*(np.concatenate(columns) for columns in zip(*blocks, strict=True)))


def _of_products(layer: FirstLayer, products: Iterable[Product]) -> Iterator[TupleBlock]:
    """Make arrays of products, whole ones, some at a time."""
    numbers = {neuron: k for k, neuron in enumerate(signed_masks(layer))}
    waiting: list[Product] = []
    pairs = 0
    for product in products:
        waiting.append(product)
        pairs += len(product.pairs)
        if pairs >= _BATCH:
            yield _arrays(layer, waiting, numbers)
            waiting, pairs = [], 0
    if waiting:
        yield _arrays(layer, waiting, numbers)


def _arrays(layer: FirstLayer, products: list[Product], numbers: dict[Neuron, int]) -> TupleBlock:
    pairs = [pair for product in products for pair in product.pairs]
    n, d, m = len(layer.arrangement), layer.arrangement.dimension, len(products[0].neurons)
    neurons = np.array([[numbers[neuron] for neuron in pair.neurons] for pair in pairs], np.int64)
    signs = np.array([pair.signs for pair in pairs], np.int8)
    weights = integer_vector([value for pair in pairs for w in pair.witness for value in w])
    k = len(pairs)
    return TupleBlock(len(products), neurons.reshape(k, m), signs.reshape(k, n), weights.reshape(k, m, d))
