"""Limits on what is listed, checked on exact numbers before anything is listed."""

from collections.abc import Callable, Iterable
from math import comb
from typing import Any

from arrangements.errors import InputError, LimitError
from arrangements.first_layer.layer import FirstLayer, check_width
from arrangements.second_layer.engines import choose_tuple_engine
from multilayer.io.tables import Table
from theory import region_number

Tracker = Callable[[Iterable[Any], int, str], Iterable[Any]]
_ANNOUNCED = 200_000  # regions from which on their number and memory are told beforehand


def untracked(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """Return the items as they are: progress is not shown."""
    return items


def silent(text: str) -> None:
    """Ignore a message."""


def refuse_zero(table: Table) -> None:
    """Refuse data without a single hyperplane.

    Raises:
        InputError: the table has rows, and all are zero.
    """
    if table.x and not table.arrangement.hyperplanes:
        raise InputError(f"{table.name}: every row of the data is zero, so there is no hyperplane")


def checked_regions(table: Table, limit: int, *, kept_bytes: int = 0, warn: Callable[[str], None] = silent) -> int:
    """Count the regions without listing them, and refuse more than the limit.

    Args:
        table: the data.
        limit: most regions.
        kept_bytes: memory of one region, for the announcement of a long list.
        warn: told about a long list.

    Raises:
        LimitError: there are more regions than the limit.
    """
    arrangement = table.arrangement
    try:
        total = region_number(arrangement, limit=limit)
    except LimitError as error:
        raise LimitError(f"{table.name} has more than {limit:,} regions, the limit; raise --limit to go on") from error
    if total > _ANNOUNCED:
        warn(f"{table.name} has {total:,} regions; about {total * kept_bytes / 2**20:,.0f} MiB if all are kept")
    return total


def checked_layer(table: Table, width: int, *, engine: str = "auto", limit: int) -> FirstLayer:
    """List the first layer for a second one, and refuse more regions than the limit.

    Where the second layer will be listed by extreme rays, so is the first: it is listed once only.

    Args:
        table: the data.
        width: neurons in one sub-network.
        engine: "auto", or what lists both layers.
        limit: most regions.

    Raises:
        InputError: the table is affine, or all of its rows are zero.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    if table.arrangement.is_affine:
        raise InputError(f"{table.name} is affine; a second layer needs a central arrangement (--bias, not --affine)")
    signed = 2 * checked_regions(table, limit)
    most = comb(signed, min(check_width(width), signed))
    if choose_tuple_engine(engine, most).compiled:
        return FirstLayer.with_rays(table.arrangement)
    return FirstLayer.of(table.arrangement, engine=engine)


def checked_tuples(layer: FirstLayer, width: int, limit: int, name: str) -> int:
    """Count the tuples of a width, and refuse more than the limit.

    Raises:
        LimitError: there are more tuples than the limit.
    """
    tuples = layer.count_tuples(width)
    if tuples > limit:
        raise LimitError(f"{name} has {tuples:,} tuples of width {width}, above the limit of {limit:,}; raise --limit")
    return tuples
