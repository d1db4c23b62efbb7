"""The engines that list the second layer: one product cone after the other, or all in one compiled loop.

An engine for tuples is added by a class here and its entry in `TUPLE_ENGINES`; its name is that of the engine for one
layer that works in the same way.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from typing import Protocol

from arrangements.cells import Signs, Statistics, counters
from arrangements.first_layer.engines import ENGINES, named_engine
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.mask_counting import spread_masks
from arrangements.second_layer.product_cone import Neuron, Pair
from arrangements.second_layer.product_search import ProductSearch, Weights
from arrangements.second_layer.tuples import (
    Product,
    SecondLayerCounts,
    first_of_mirrors,
    product_of,
    signed_masks,
    with_mirrors,
)

_FEW = 2_000  # tuples that `lp` searches before the compiled kernel is even loaded
Seen = Callable[[int], None]


def unseen(tuples: int) -> None:
    """Ignore how many tuples are done."""


class TupleEngine(Protocol):
    """The protocol of an engine for tuples.

    Attributes:
        name: what users call it, in small letters.
        compiled: whether it counts much faster than it lists.
    """

    name: str
    compiled: bool

    def products(self, layer: FirstLayer, width: int, statistics: Statistics | None = None) -> Iterator[Product]:
        """Yield every tuple of that width with all its pairs."""

    def counts(
        self,
        layer: FirstLayer,
        width: int,
        statistics: Statistics | None = None,
        seen: Seen = unseen,
        executor: Executor | None = None,
    ) -> SecondLayerCounts:
        """Count tuples, pairs and masks; only distinct masks are kept. Tell now and then how many tuples are done."""


class ConeByCone:
    """Engine `lp`: one product cone after the other, searched by linear programs."""

    name = "lp"
    compiled = False

    def products(self, layer: FirstLayer, width: int, statistics: Statistics | None = None) -> Iterator[Product]:
        """Yield every tuple of that width with all its pairs."""
        signed = signed_masks(layer)
        searched = (
            (numbers, product_of(layer, tuple(signed[k] for k in numbers), statistics=statistics))
            for numbers in first_of_mirrors(len(signed), width)
        )
        return with_mirrors(signed, searched)

    def counts(
        self,
        layer: FirstLayer,
        width: int,
        statistics: Statistics | None = None,
        seen: Seen = unseen,
        executor: Executor | None = None,
    ) -> SecondLayerCounts:
        """Count by listing, in this process: it is the engine for few tuples."""
        return SecondLayerCounts.of(_told(self.products(layer, width, statistics), seen))


class CompiledLoop:
    """Engine `rays`: all product cones in one compiled loop, held by their extreme rays."""

    name = "rays"
    compiled = True

    def products(self, layer: FirstLayer, width: int, statistics: Statistics | None = None) -> Iterator[Product]:
        """Yield every tuple of that width with all its pairs."""
        if not layer.active:
            return ConeByCone().products(layer, width, statistics)
        signed = signed_masks(layer)
        found = ProductSearch(layer, width, statistics).tuples()
        return with_mirrors(
            signed, ((numbers, _product(layer, signed, numbers, signs, weights)) for numbers, signs, weights in found)
        )

    def counts(
        self,
        layer: FirstLayer,
        width: int,
        statistics: Statistics | None = None,
        seen: Seen = unseen,
        executor: Executor | None = None,
    ) -> SecondLayerCounts:
        """Count in the compiled loop, here or by workers; no pair becomes a Python object."""
        if not layer.active:
            return ConeByCone().counts(layer, width, statistics, seen)
        if executor is not None:
            return spread_masks(layer, width, counters(statistics), executor, seen)
        pairs, masks = ProductSearch(layer, width, statistics).count_masks(seen)
        return SecondLayerCounts(layer.count_tuples(width), pairs, masks)


TUPLE_ENGINES: Mapping[str, TupleEngine] = {engine.name: engine for engine in (CompiledLoop(), ConeByCone())}


def choose_tuple_engine(engine: str, tuples: int) -> TupleEngine:
    """Choose the engine for tuples: `auto` takes `lp` where that is done before the kernel would be loaded.

    Args:
        engine: "auto", "rays" or "lp", in small or capital letters; "sweep", which lists regions of arrangements, not
            of cones, names the engine of the first layer alone, and is "auto" here.
        tuples: how many there are.

    Raises:
        InputError: unknown engine.

    Example:
        >>> choose_tuple_engine("auto", 100).name, choose_tuple_engine("auto", 10**6).name
        ('lp', 'rays')
    """
    names = {**dict.fromkeys(ENGINES), **TUPLE_ENGINES}
    return named_engine(engine, names) or TUPLE_ENGINES["lp" if tuples <= _FEW else "rays"]


def _told(products: Iterator[Product], seen: Seen) -> Iterator[Product]:
    for done, product in enumerate(products, start=1):
        yield product
        seen(done)


def _product(
    layer: FirstLayer, signed: list[Neuron], numbers: tuple[int, ...], signs: list[Signs], weights: list[Weights]
) -> Product:
    neurons = tuple(signed[k] for k in numbers)
    return Product(layer, neurons, tuple(Pair(neurons, s, w) for s, w in zip(signs, weights, strict=True)))
