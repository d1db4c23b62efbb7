"""Limits on what is listed, checked on exact numbers before anything is listed."""

from collections.abc import Callable

from arrangements.errors import InputError, LimitError
from arrangements.exact.binomials import binomial_at_least, binomial_up_to
from arrangements.first_layer.layer import FirstLayer, check_width
from arrangements.second_layer.engines import choose_tuple_engine
from multilayer.io.tables import Table
from multilayer.large_integers import shortened
from multilayer.pipeline.progress import Progress, unshown
from theory import region_number

_ANNOUNCED = 200_000  # regions from which on their number and the room they take are told beforehand
_HOPELESS = 10**12  # from which on it is no use to raise the limit
KEPT = 600  # bytes of memory that a region takes where all are kept, beside 8 for each row


def silent(text: str) -> None:
    """Ignore a message."""


def refuse_zero(table: Table) -> None:
    """Refuse data without a single hyperplane.

    Raises:
        InputError: the table has rows, and all are zero.
    """
    if table.x and not table.arrangement.hyperplanes:
        raise InputError(f"{table.name}: every row of the data is zero, so there is no hyperplane")


def checked_regions(
    table: Table,
    limit: int,
    *,
    each: int = 0,
    place: str = "",
    warn: Callable[[str], None] = silent,
    progress: Progress = unshown,
) -> int:
    """Count the regions without listing them, and refuse more than the limit.

    Args:
        table: the data.
        limit: most regions.
        each: bytes that a region takes, for the announcement of a long list.
        place: where it takes them.
        warn: told about a long list.
        progress: shows it.

    Raises:
        LimitError: there are more regions than the limit; it says how many at least.
    """
    try:
        with progress(None, "regions counted without listing them") as seen:
            total = region_number(table.arrangement, limit=limit, seen=seen)
    except LimitError as error:
        raise _above_limit(table.name, "regions", limit, error.at_least) from error
    if total > _ANNOUNCED and each:
        warn(f"{table.name} has {total:,} regions; about {total * each / 2**20:,.0f} MiB {place}")
    return total


def _above_limit(name: str, what: str, limit: int, least: int | None) -> LimitError:
    known = f" (at least {shortened(least)})" if least is not None and least > limit + 1 else ""
    advice = "raise --limit to go on" if (least or 0) <= _HOPELESS else "too many to list"
    return LimitError(f"{name} has more than {limit:,} {what}, the limit{known}; {advice}", least)


def checked_layer(
    table: Table, width: int, *, engine: str = "auto", limit: int, progress: Progress = unshown
) -> FirstLayer:
    """List the first layer for a second one, and refuse more regions, or more tuples, than the limit.

    Where the second layer will be listed by extreme rays, so is the first: it is listed once only.

    Args:
        table: the data.
        width: neurons in one sub-network.
        engine: "auto", or what lists both layers.
        limit: most regions, and most tuples.
        progress: shows how far the count of the regions is.

    Raises:
        InputError: the table is affine, or all of its rows are zero.
        LimitError: there are more regions or tuples than the limit.
    """
    refuse_affine(table, width)
    regions = checked_regions(table, limit, progress=progress)
    check_tuples(2 * (regions - 1), width, limit, table.name)  # one region at most is active nowhere
    most = binomial_up_to(2 * regions, min(width, 2 * regions), limit)
    if choose_tuple_engine(engine, limit if most is None else most).compiled:
        return FirstLayer.with_rays(table.arrangement)
    return FirstLayer.of(table.arrangement, engine=engine)


def refuse_affine(table: Table, width: int) -> None:
    """Refuse what has no second layer.

    Raises:
        InputError: the table is affine, all of its rows are zero, or the width is below 1.
    """
    refuse_zero(table)
    if table.arrangement.is_affine:
        raise InputError(f"{table.name} is affine; a second layer needs a central arrangement (--bias, not --affine)")
    check_width(width)


def check_tuples(signed: int, width: int, limit: int, name: str) -> int:
    """Count the tuples of that many signed masks, and refuse more than the limit.

    Raises:
        LimitError: there are more tuples than the limit; it says how many at least.
    """
    neurons = min(width, signed)
    tuples = binomial_up_to(signed, neurons, limit)
    if tuples is None:
        raise _above_limit(name, f"tuples of width {width}", limit, binomial_at_least(signed, neurons))
    return tuples


def checked_tuples(layer: FirstLayer, width: int, limit: int, name: str) -> int:
    """Count the tuples of a width, and refuse more than the limit.

    Raises:
        LimitError: there are more tuples than the limit; it says how many at least.
    """
    return check_tuples(2 * len(layer.active), check_width(width), limit, name)
