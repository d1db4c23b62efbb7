"""Counts beside exact counts and bounds, as the plain dictionaries that the command line prints."""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from arrangements.cells import Cell, Statistics
from arrangements.errors import InputError, LimitError
from arrangements.first_layer.engines import choose_engine
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_search import count_regions, iter_regions
from arrangements.second_layer.engines import choose_tuple_engine
from arrangements.second_layer.pairs import iter_pairs
from arrangements.second_layer.product_cone import Pair
from arrangements.second_layer.tuples import SecondLayerCounts
from multilayer.io.tables import Source
from theory import (
    PowerOfE,
    cover,
    eq13_closed,
    eq14_closed,
    eq14_product,
    joint,
    joint_unordered,
    region_number,
    two_to_n,
)

Report = dict[str, Any]
Tracker = Callable[[Iterable[Any], int, str], Iterable[Any]]
_FLOAT_LIMIT = 2**53


def untracked(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """No progress bar."""
    return items


def as_number(value: PowerOfE) -> int | float:
    """A bound as a JSON number: the float nearest to it, or its exact floor where floats have gaps above 1."""
    floor = value.floor()
    return float(value) if floor < _FLOAT_LIMIT else floor


def closed(name: str, value: PowerOfE) -> dict[str, int | float]:
    """A bound that contains e: its number, and the largest count that it allows."""
    return {name: as_number(value), f"{name}_floor": value.floor()}


def first_layer_bounds(rows: int, rank: int) -> Report:
    """(13): both steps, for n rows of rank r."""
    return {"cover": cover(rows, rank), **closed("eq13", eq13_closed(rows, rank))}


def second_layer_bounds(rows: int, rank: int, width: int) -> Report:
    """(14): first and last line, the joint bounds, and the number of all masks."""
    return {
        "eq14_product": eq14_product(rows, rank, width),
        **closed("eq14_closed", eq14_closed(rows, rank, width)),
        "joint": joint(rows, rank, width),
        "joint_unordered": joint_unordered(rows, rank, width),
        "two_to_n": two_to_n(rows),
    }


def shape(source: Source) -> Report:
    """What kind of table it is."""
    arrangement = source.arrangement
    return {
        "rows": len(arrangement.normals),
        "columns": arrangement.dimension,
        "rank": arrangement.rank,
        "hyperplanes": len(arrangement.hyperplanes),
    }


def checked_count(source: Source, limit: int, per_region: int, warn: Callable[[str], None]) -> int:
    """The exact number of regions, if it is within the limit; long lists are announced.

    Raises:
        LimitError: there are more regions than the limit.
    """
    arrangement = source.arrangement
    try:
        total = region_number(arrangement, limit=limit)
    except LimitError as error:
        raise LimitError(f"{source.name} has more than {limit:,} regions, the limit; raise --limit to go on") from error
    if total > 200_000:
        warn(f"{source.name} has {total:,} regions; about {total * per_region / 2**20:,.0f} MiB if all are kept")
    return total


def refuse_zero(source: Source) -> None:
    """Stop at data without a single hyperplane.

    Raises:
        InputError: the table has rows, and all are zero.
    """
    if source.x and not source.arrangement.hyperplanes:
        raise InputError(f"{source.name}: every row of the data is zero, so there is no hyperplane")


def count_first(
    source: Source, engine: str, limit: int, track: Tracker = untracked, warn: Callable[[str], None] = lambda text: None
) -> Report:
    """Count the regions by enumeration, beside the exact count and (13)."""
    refuse_zero(source)
    start = perf_counter()
    arrangement = source.arrangement
    total = checked_count(source, limit, 0, lambda text: None)
    statistics = Statistics()
    chosen = choose_engine(engine, arrangement)
    if chosen.compiled:
        regions = count_regions(arrangement, engine=chosen.name, statistics=statistics)
    else:
        listed = iter_regions(arrangement, engine=chosen.name, statistics=statistics)
        regions = sum(1 for _ in track(listed, total, "regions"))
    report = {**shape(source), "layer": 1, "engine": chosen.name, "regions": regions, "exact_count": total}
    n, r = len(arrangement.normals), arrangement.rank
    if arrangement.is_affine:
        # the cone has one more hyperplane, at infinity, and twice the regions
        report["bounds"] = {"cover": cover(n + 1, r + 1) // 2}
    else:
        report["bounds"] = first_layer_bounds(n, r) if r else {}
    report["lps"] = statistics.lps
    report["seconds"] = round(perf_counter() - start, 3)
    return report


def count_second(source: Source, width: int, engine: str, limit: int, track: Tracker = untracked) -> Report:
    """Count tuples, pairs and masks, beside (14), the joint bound and 2^n."""
    refuse_zero(source)
    start = perf_counter()
    layer = listed_layer(source, engine, limit)
    tuples = checked_tuples(layer, width, limit, source.name)
    statistics = Statistics()
    chosen = choose_tuple_engine(engine, tuples)
    if chosen.compiled:
        counts = chosen.counts(layer, width, statistics)
    else:
        counts = SecondLayerCounts.of(track(chosen.products(layer, width, statistics), tuples, "tuples"))
    arrangement = source.arrangement
    return {
        **shape(source),
        "layer": 2,
        "engine": chosen.name,
        "regions": len(layer.cells),
        "width": width,
        **counts._asdict(),
        "bounds": second_layer_bounds(len(arrangement.normals), arrangement.rank, width) if arrangement.rank else {},
        "lps": statistics.lps,
        "seconds": round(perf_counter() - start, 3),
    }


def listed_layer(source: Source, engine: str, limit: int) -> FirstLayer:
    """The first layer in memory, if its exact count is within the limit."""
    if source.arrangement.is_affine:
        raise InputError(f"{source.name} is affine; a second layer needs a central arrangement (--bias, not --affine)")
    checked_count(source, limit, 0, lambda text: None)
    return FirstLayer.of(source.arrangement, engine=engine)


def checked_tuples(layer: FirstLayer, width: int, limit: int, name: str) -> int:
    """The number of tuples, if it is within the limit.

    Raises:
        LimitError: there are more tuples than the limit.
    """
    tuples = layer.count_tuples(width)
    if tuples > limit:
        raise LimitError(f"{name} has {tuples:,} tuples of width {width}, above the limit of {limit:,}; raise --limit")
    return tuples


def list_second(source: Source, width: int, engine: str, limit: int) -> tuple[int, int, FirstLayer, Iterable[Pair]]:
    """The number of tuples, of neurons in one, the first layer, and a stream of the pairs."""
    refuse_zero(source)
    layer = listed_layer(source, engine, limit)
    tuples = checked_tuples(layer, width, limit, source.name)
    return tuples, min(width, 2 * len(layer.active)), layer, iter_pairs(layer, width, engine=engine)


def list_first(source: Source, engine: str, limit: int, warn: Callable[[str], None]) -> tuple[int, Iterable[Cell]]:
    """The regions with their exact number."""
    refuse_zero(source)
    arrangement = source.arrangement
    per_region = 100 + 40 * (len(arrangement.normals) + arrangement.dimension)
    return checked_count(source, limit, per_region, warn), iter_regions(arrangement, engine=engine)
