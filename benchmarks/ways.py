"""The ways to list or count H1, and to count H2, that are timed against each other."""

from collections.abc import Iterator

import numpy as np
import plain
from harness import Watch, Way

from arrangements import Arrangement, FirstLayer, count_regions, count_second_layer, iter_products, iter_regions
from arrangements.cells import CellBlock
from arrangements.exact.packed_bits import packed
from arrangements.rays.ray_search import RaySearch
from arrangements.second_layer.tuples import SecondLayerCounts
from theory import region_number

FIRST_LAYER_WAYS = {
    "rays count": "every region visited by the compiled kernel, none handed out",
    "rays list": "every region in blocks: packed signs, and an exact witness in independent columns",
    "rays stream": "every region as a Python object: signs and exact witness as tuples",
    "lp": "every region as a Python object, by linear programs and circuits",
    "exact count": "the number alone, from the matroid",
    "textbook": "floating point, one linear program a child; signs alone, not proven",
}

SECOND_LAYER_WAYS = {
    "rays count": "every pair visited by the compiled kernel; distinct masks are kept, pairs are not handed out",
    "rays stream": "every pair as a Python object: signs and exact witness as tuples; distinct masks are kept",
    "lp": "the same by linear programs and circuits",
}


def first_layer_ways(arrangement: Arrangement) -> dict[str, Way]:
    """Every way to do H1 of a central arrangement without zero rows or repeated hyperplanes."""
    rows = np.array(arrangement.hyperplanes, dtype=float)
    return {
        "rays count": lambda watch: count_regions(arrangement, engine="rays"),
        "rays list": lambda watch: sum(len(block.words) for block in watch(iter_blocks(arrangement))),
        "rays stream": lambda watch: _number(watch, iter_regions(arrangement, engine="rays")),
        "lp": lambda watch: _number(watch, iter_regions(arrangement, engine="lp")),
        "exact count": lambda watch: region_number(arrangement),
        "textbook": lambda watch: _number(watch, plain.iter_regions(rows)),
    }


def second_layer_ways(layer: FirstLayer, width: int) -> dict[str, Way]:
    """Every way to do H2; the first layer is listed before."""
    return {
        "rays count": lambda watch: count_second_layer(layer, width, engine="rays").pairs,
        "rays stream": lambda watch: SecondLayerCounts.of(watch(iter_products(layer, width, engine="rays"))).pairs,
        "lp": lambda watch: SecondLayerCounts.of(watch(iter_products(layer, width, engine="lp"))).pairs,
    }


def iter_blocks(arrangement: Arrangement) -> Iterator[CellBlock]:
    """All regions of a central arrangement in blocks: those of one half, and their mirror images.

    The bits are those of `arrangement.hyperplanes`, the witnesses in independent columns.
    """
    rows = arrangement.essential.rows
    every_bit = packed(np.ones((1, len(rows)), dtype=bool))
    for block in RaySearch(rows, base=1).blocks():
        yield block
        yield block._replace(words=block.words ^ every_bit, witnesses=-block.witnesses)


def _number(watch: Watch, items: Iterator[object]) -> int:
    return sum(1 for _ in watch(items))
