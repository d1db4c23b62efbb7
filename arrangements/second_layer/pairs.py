"""H2: the pairs (tuple, s) of two ReLU layers, each a configuration of neurons with one second-layer cell.

T, pair, u and s are those of `arrangements.second_layer.product_cone`.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import chain

from arrangements.cells import Statistics
from arrangements.first_layer.layer import FirstLayer, as_first_layer
from arrangements.parallel.executors import as_executor
from arrangements.second_layer.engines import choose_tuple_engine
from arrangements.second_layer.product_cone import Pair
from arrangements.second_layer.tuples import Product, SecondLayerCounts


def iter_products(
    layer: FirstLayer, width: int, *, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Product]:
    """Yield every tuple of this width with all its pairs; nothing is kept.

    A tuple and its mirror image, with all output signs flipped, come from one search.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        engine: "rays" (extreme rays, compiled), "lp" (linear programs), or "auto" to choose by the number of tuples;
            "sweep" is "auto" here.
        statistics: counters to add to.

    Raises:
        InputError: the first argument is not a first layer, the width is below 1, or the engine is unknown.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [2]]))
        >>> [(product.neurons, len(product.pairs)) for product in iter_products(layer, 1)]
        [(((0, 1),), 1), (((0, -1),), 1)]
    """
    tuples = as_first_layer(layer).count_tuples(width)
    return choose_tuple_engine(engine, tuples).products(layer, width, statistics)


def list_products(
    layer: FirstLayer, width: int, *, engine: str = "auto", statistics: Statistics | None = None
) -> list[Product]:
    """List all tuples of this width, each with its pairs; `count_second_layer` counts them.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        engine: as for `iter_products`.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_products`.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> len(list_products(FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]])), 2))
        15
    """
    return list(iter_products(layer, width, engine=engine, statistics=statistics))


def iter_pairs(
    layer: FirstLayer, width: int, *, engine: str = "auto", statistics: Statistics | None = None
) -> Iterator[Pair]:
    """Yield every pair (tuple, s) of this width once: the blocks of the convex program.

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
        >>> [pair.signs for pair in iter_pairs(layer, 2)]
        [(1, 1), (-1, -1)]
    """
    products = iter_products(layer, width, engine=engine, statistics=statistics)
    return chain.from_iterable(product.pairs for product in products)


def list_pairs(
    layer: FirstLayer, width: int, *, engine: str = "auto", statistics: Statistics | None = None
) -> list[Pair]:
    """List all pairs (tuple, s) of this width; `count_second_layer` counts them.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        engine: as for `iter_products`.
        statistics: counters to add to.

    Raises:
        InputError: as for `iter_products`.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> sorted({pair.mask for pair in list_pairs(FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]])), 1)})
        [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    return list(iter_pairs(layer, width, engine=engine, statistics=statistics))


def count_second_layer(
    layer: FirstLayer,
    width: int,
    *,
    engine: str = "auto",
    statistics: Statistics | None = None,
    executor: Executor | None = None,
) -> SecondLayerCounts:
    """Count tuples, pairs and masks of this width; only the distinct masks are kept.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        engine: as for `iter_products`.
        statistics: counters to add to.
        executor: any `concurrent.futures.Executor`, to count by its workers; engine `lp`, which "auto" takes for few
            tuples, counts in this process all the same.

    Raises:
        InputError: as for `iter_products`; or the executor is none.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> count_second_layer(FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]])), 1)
        SecondLayerCounts(tuples=6, pairs=6, masks=4)
    """
    tuples = as_first_layer(layer).count_tuples(width)
    workers = None if executor is None else as_executor(executor)
    return choose_tuple_engine(engine, tuples).counts(layer, width, statistics, executor=workers)
