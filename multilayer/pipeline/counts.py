"""The command count: counts by listing, beside exact counts and bounds."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field, fields
from time import perf_counter
from typing import Any

from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, Statistics
from arrangements.first_layer.engines import choice
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_counting import region_counts
from arrangements.first_layer.region_search import RegionSearch
from arrangements.second_layer.engines import choose_tuple_engine
from arrangements.second_layer.tuples import Product, SecondLayerCounts
from multilayer.io.tables import Table
from multilayer.pipeline.bounds import affine_bounds, first_layer_bounds, second_layer_bounds
from multilayer.pipeline.limits import KEPT, checked_layer, checked_regions, checked_tuples, refuse_zero, silent
from multilayer.pipeline.progress import Progress, tracked, unshown

Report = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """The size of a table: rows, columns, rank, and distinct non-zero hyperplanes."""

    rows: int
    columns: int
    rank: int
    hyperplanes: int

    def report(self) -> Report:
        """Return the fields that are printed, in their order; fields without `repr` are not."""
        printed = (each.name for each in fields(self) if each.repr)
        return {name: getattr(self, name) for name in printed}


def shape(arrangement: Arrangement) -> Shape:
    """Measure an arrangement."""
    rows, hyperplanes = len(arrangement.normals), len(arrangement.hyperplanes)
    return Shape(rows, arrangement.dimension, arrangement.rank, hyperplanes)


@dataclass(frozen=True)
class FirstCount(Shape):
    """The regions, counted by listing.

    Attributes:
        layer: 1.
        engine: the one that listed.
        why: why it was chosen.
        regions: how many it found.
        exact_count: how many there are, counted without listing.
        bounds: (13), where it applies.
        lps: linear programs that were solved.
        seconds: of all this.
        cells: the regions, if they were to be kept.
    """

    layer: int
    engine: str
    why: str
    regions: int
    exact_count: int
    bounds: Report
    lps: int
    seconds: float
    cells: tuple[Cell, ...] | None = field(repr=False)


@dataclass(frozen=True)
class SecondCount(Shape):
    """Tuples, pairs and masks, counted by listing.

    Attributes:
        layer: 2.
        engine: the one that listed the second layer.
        regions: of the first layer.
        width: neurons in one sub-network.
        tuples: sets of `width` signed masks.
        pairs: tuples with a second-layer sign vector.
        masks: distinct second-layer masks.
        bounds: (14), where it applies.
        lps: linear programs that were solved.
        seconds: of all this.
        first: the first layer.
        products: the tuples with their pairs, if they were to be kept.
    """

    layer: int
    engine: str
    regions: int
    width: int
    tuples: int
    pairs: int
    masks: int
    bounds: Report
    lps: int
    seconds: float
    first: FirstLayer = field(repr=False)
    products: tuple[Product, ...] | None = field(repr=False)


def count_first(
    table: Table,
    *,
    engine: str = "auto",
    limit: int,
    keep: bool = False,
    progress: Progress = unshown,
    warn: Callable[[str], None] = silent,
    executor: Executor | None = None,
) -> FirstCount:
    """Count the regions by listing them, beside the exact count and (13).

    Args:
        table: the data.
        engine: "auto", or what lists them.
        limit: most regions.
        keep: keep them, for a proof.
        progress: shows it.
        warn: told beforehand about a long list that is kept.
        executor: to count by its workers; regions that are kept are listed in this process.

    Raises:
        InputError: every row is zero, or an unknown engine.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    start = perf_counter()
    arrangement = table.arrangement
    each = KEPT + 8 * len(arrangement) if keep else 0
    total = checked_regions(table, limit, each=each, place="of memory to prove them", warn=warn, progress=progress)
    statistics = Statistics()
    chosen, why = choice(engine, arrangement)
    cells = None
    if keep:
        found = RegionSearch(arrangement, engine=chosen.name, statistics=statistics).cells()
        cells = tuple(tracked(found, total, "regions", progress))
        regions = len(cells)
    else:
        counts = region_counts(arrangement, engine=chosen.name, statistics=statistics, executor=executor)
        regions = sum(tracked(counts, total, "regions", progress, int))
    shaped = shape(arrangement)
    bounds = {}
    if arrangement.is_affine:
        bounds = affine_bounds(shaped.rows, shaped.rank)
    elif shaped.rank:
        bounds = first_layer_bounds(shaped.rows, shaped.rank)
    seconds = round(perf_counter() - start, 3)
    return FirstCount(
        **asdict(shaped),
        layer=1,
        engine=chosen.name,
        why=why,
        regions=regions,
        exact_count=total,
        bounds=bounds,
        lps=statistics.lps,
        seconds=seconds,
        cells=cells,
    )


def count_second(
    table: Table,
    width: int,
    *,
    engine: str = "auto",
    limit: int,
    keep: bool = False,
    progress: Progress = unshown,
    first: FirstLayer | None = None,
    executor: Executor | None = None,
) -> SecondCount:
    """Count tuples, pairs and masks, beside (14), the joint bound and 2^n.

    Args:
        table: the data.
        width: neurons in one sub-network.
        engine: "auto", or what lists both layers.
        limit: most regions, and most tuples.
        keep: keep the tuples with their pairs, for a proof.
        progress: shows it.
        first: the first layer, if it was listed before.
        executor: to count by its workers; pairs that are kept are listed in this process.

    Raises:
        InputError: every row is zero, an affine table, a width below 1, or an unknown engine.
        LimitError: there are more regions or tuples than the limit.
    """
    start = perf_counter()
    layer = first or checked_layer(table, width, engine=engine, limit=limit, progress=progress)
    tuples = checked_tuples(layer, width, limit, table.name)
    statistics = Statistics()
    chosen = choose_tuple_engine(engine, tuples)
    products = None
    if keep:
        products = tuple(tracked(chosen.products(layer, width, statistics), tuples, "tuples", progress))
        counts = SecondLayerCounts.of(products)
    else:
        with progress(tuples, "tuples") as seen:
            counts = chosen.counts(layer, width, statistics, seen, executor)
    shaped = shape(table.arrangement)
    bounds = second_layer_bounds(shaped.rows, shaped.rank, width) if shaped.rank else {}
    seconds = round(perf_counter() - start, 3)
    return SecondCount(
        **asdict(shaped),
        layer=2,
        engine=chosen.name,
        regions=len(layer.cells),
        width=width,
        **counts._asdict(),
        bounds=bounds,
        lps=statistics.lps,
        seconds=seconds,
        first=layer,
        products=products,
    )
