"""The command enumerate: the cells of a table, written to a file as they are found."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from arrangements.first_layer.region_search import iter_regions
from arrangements.second_layer.pairs import iter_pairs
from multilayer.io.cell_files import write_pairs, write_regions
from multilayer.io.tables import Table
from multilayer.pipeline.counts import Shape, shape
from multilayer.pipeline.limits import (
    Tracker,
    checked_layer,
    checked_regions,
    checked_tuples,
    refuse_zero,
    silent,
    untracked,
)


@dataclass(frozen=True)
class FirstListing(Shape):
    """Regions that were written: how many, how many there are, and where."""

    layer: int
    regions: int
    exact_count: int
    output: str


@dataclass(frozen=True)
class SecondListing(Shape):
    """Pairs that were written: how many, of which regions, width and tuples, and where."""

    layer: int
    regions: int
    width: int
    tuples: int
    pairs: int
    output: str


def write_first(
    table: Table,
    output: Path,
    *,
    engine: str = "auto",
    limit: int,
    track: Tracker = untracked,
    warn: Callable[[str], None] = silent,
) -> FirstListing:
    """Write every region with a witness.

    Args:
        table: the data.
        output: .csv or .npz.
        engine: "auto", or what lists them.
        limit: most regions.
        track: shows progress.
        warn: told beforehand about a long list.

    Raises:
        InputError: every row is zero, an unknown engine, or a place that cannot be written.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    arrangement = table.arrangement
    kept_bytes = 100 + 40 * (len(arrangement.normals) + arrangement.dimension)
    total = checked_regions(table, limit, kept_bytes=kept_bytes, warn=warn)
    cells = track(iter_regions(arrangement, engine=engine), total, "regions")
    written = write_regions(output, cells, len(table.x), arrangement.dimension + arrangement.is_affine)
    return FirstListing(**asdict(shape(arrangement)), layer=1, regions=written, exact_count=total, output=str(output))


def write_second(table: Table, width: int, output: Path, *, engine: str = "auto", limit: int) -> SecondListing:
    """Write every pair with a witness.

    Args:
        table: the data.
        width: neurons in one sub-network.
        output: .csv or .npz.
        engine: "auto", or what lists both layers.
        limit: most regions, and most tuples.

    Raises:
        InputError: every row is zero, an affine table, a width below 1, an unknown engine, or a place that cannot be
            written.
        LimitError: there are more regions or tuples than the limit.
    """
    layer = checked_layer(table, width, engine=engine, limit=limit)
    tuples = checked_tuples(layer, width, limit, table.name)
    neurons = min(width, 2 * len(layer.active))
    written = write_pairs(output, iter_pairs(layer, width, engine=engine), layer, neurons)
    shaped = asdict(shape(table.arrangement))
    return SecondListing(
        **shaped, layer=2, regions=len(layer.cells), width=width, tuples=tuples, pairs=written, output=str(output)
    )
