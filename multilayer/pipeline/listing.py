"""The command enumerate: the cells of a table, written to a file as they are found."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from arrangements.first_layer.region_search import RegionSearch
from arrangements.second_layer.pair_blocks import iter_pair_blocks
from multilayer.io.cell_files import region_bytes, write_pairs, write_regions
from multilayer.io.tables import Table
from multilayer.pipeline.counts import Shape, shape
from multilayer.pipeline.limits import checked_layer, checked_regions, checked_tuples, refuse_zero, silent
from multilayer.pipeline.progress import Progress, tracked, unshown


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
    progress: Progress = unshown,
    warn: Callable[[str], None] = silent,
) -> FirstListing:
    """Write every region with a witness.

    Args:
        table: the data.
        output: .csv or .npz.
        engine: "auto", or what lists them.
        limit: most regions.
        progress: shows it.
        warn: told beforehand about a long list.

    Raises:
        InputError: every row is zero, an unknown engine, or a place that cannot be written.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    arrangement = table.arrangement
    rows, columns = len(table.x), arrangement.dimension + arrangement.is_affine
    place = f"in {output.parent} while they are written" if output.suffix.lower() == ".npz" else f"in {output}"
    each = region_bytes(output, rows, columns)
    total = checked_regions(table, limit, each=each, place=place, warn=warn, progress=progress)
    found = RegionSearch(arrangement, engine=engine).blocks()
    blocks = tracked(found, total, "regions", progress, lambda block: len(block.words))
    written = write_regions(output, blocks, rows, columns)
    return FirstListing(**asdict(shape(arrangement)), layer=1, regions=written, exact_count=total, output=str(output))


def write_second(
    table: Table, width: int, output: Path, *, engine: str = "auto", limit: int, progress: Progress = unshown
) -> SecondListing:
    """Write every pair with a witness.

    Args:
        table: the data.
        width: neurons in one sub-network.
        output: .csv or .npz.
        engine: "auto", or what lists both layers.
        limit: most regions, and most tuples.
        progress: shows it.

    Raises:
        InputError: every row is zero, an affine table, a width below 1, an unknown engine, or a place that cannot be
            written.
        LimitError: there are more regions or tuples than the limit.
    """
    layer = checked_layer(table, width, engine=engine, limit=limit, progress=progress)
    tuples = checked_tuples(layer, width, limit, table.name)
    neurons = min(width, 2 * len(layer.active))
    found = iter_pair_blocks(layer, width, engine=engine)
    blocks = tracked(found, tuples, "tuples", progress, lambda block: block.tuples)
    written = write_pairs(output, blocks, layer, neurons)
    shaped = asdict(shape(table.arrangement))
    return SecondListing(
        **shaped, layer=2, regions=len(layer.cells), width=width, tuples=tuples, pairs=written, output=str(output)
    )
