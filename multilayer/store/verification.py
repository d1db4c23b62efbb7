"""A dataset checked: every part by its checksum, the parts against each other, every witness, and the exact count.

Why it proves that nothing is twice and nothing is missing. A part stands for the subtrees of its roots without the
subtrees that it leaves open. Roots of one part are apart from each other, and so are the open ones, which lie below the
roots; so by induction from the groups that the search begins with, what two parts stand for is disjoint. Every cell of
a part lies below its roots, below none that it leaves open, and is in it once; so no cell is twice. Every cell has an
exact witness, so it is one. There are as many regions as the exact count says, so all are there. Where there is no
exact count, as for pairs, that nothing is missing rests on the search: nothing that it left open is left to do.

Roots of engine `sweep` say which rows meet at the lowest vertex of a region, which its signs do not show. There all
cells of all parts are compared with each other: as many distinct ones as there are regions, each with a witness.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arrangements.exact.packed_bits import Words
from arrangements.parallel.spreading import in_order
from multilayer.store.dataset import bucket, part_keys, record_batches, stored_run
from multilayer.store.folder import survey
from multilayer.store.listing import Listing
from multilayer.store.listings import listing_of
from multilayer.store.pair_listing import PairListing
from multilayer.store.pair_subtrees import PairSubtrees
from multilayer.store.part_files import DamagedPart, Part, check_part
from multilayer.store.region_listing import RegionListing
from multilayer.store.region_subtrees import RegionSubtrees

_LINES = 1 << 15
_HELD = 64 << 20  # bytes of keys that are sorted at a time


class Subtrees(Protocol):
    """The protocol of what a check asks about roots.

    Attributes:
        seen: whether the signs of a cell say below which roots it lies.
    """

    seen: bool

    def below(self, keys: Words, roots: Any) -> NDArray[np.bool_]:
        """Say which cells lie below one of the roots."""

    def apart(self, roots: Any) -> bool:
        """Whether no cell can lie below two of the roots."""

    def within(self, root: Any, roots: Any) -> bool:
        """Whether all that lies below a root lies below one of the others."""

    def witnessed(self, block: Any) -> NDArray[np.bool_]:
        """Say which cells have the right signs at their witnesses."""

    def signs(self, block: Any) -> Words:
        """Pack the signs of cells anew."""


class Verdict(NamedTuple):
    """What a check of a dataset found.

    Attributes:
        kind: "regions" or "pairs".
        cells: how many there are.
        reason: why it is not accepted; None if it is.
    """

    kind: str
    cells: int
    reason: str | None


def subtrees_of(listing: Listing) -> Subtrees:
    """Make what a check asks about the roots of a listing."""
    if isinstance(listing, PairListing):
        return PairSubtrees(listing)
    assert isinstance(listing, RegionListing)
    return RegionSubtrees(listing)


def check_dataset(
    folder: Path,
    count: Callable[[Listing], int | None],
    executor: Executor | None = None,
    seen: Callable[[int], None] = lambda cells: None,
) -> Verdict:
    """Check the dataset in a folder.

    Args:
        folder: its path.
        count: counts the cells without listing them; None where that cannot be done.
        executor: checks several parts at once; None for one after the other.
        seen: told how many cells have been checked.

    Raises:
        InputError: there is no dataset, or it is of another version.
    """
    said = stored_run(folder)
    listing = listing_of(said)
    found = survey(folder, said["run"], listing)
    cells = found.cells

    def rejected(reason: str) -> Verdict:
        return Verdict(listing.kind, cells, reason)

    if found.refused:
        name, why = found.refused[0]
        return rejected(f"{name}: {why}; the command that made it lists it again with --resume")
    subtrees, begin = subtrees_of(listing), list(chain.from_iterable(listing.groups))
    if not subtrees.apart(begin):
        return rejected("the groups that the search begins with overlap")
    if found.waiting:
        left = f"{cells:,} {listing.kind} are there, and {len(found.waiting)} groups of roots are left to do"
        return rejected(f"it is not complete: {left}; the command that made it goes on with --resume")
    done = 0
    for part, reason in zip(found.parts, in_order(found.parts, partial(_fault, listing), executor), strict=True):
        if reason is not None:
            return rejected(f"{part.path.name}: {reason}")
        done += part.cells
        seen(done)
    if not subtrees.seen and _distinct(listing, found.parts) != cells:
        return rejected(f"it has {listing.kind} twice, in different parts")
    total = count(listing)
    if total is not None and total != cells:
        return rejected(f"it has {cells:,} {listing.kind}, and there are {total:,}")
    return Verdict(listing.kind, cells, None)


def _fault(listing: Listing, part: Part) -> str | None:
    """Say what is wrong with a part; None if nothing is."""
    try:
        check_part(part.path)
        return _wrong(listing, part)
    except DamagedPart as damage:
        return str(damage)
    except (pa.ArrowException, LookupError, TypeError, ValueError, OverflowError) as error:
        # sealed by another hand: roots of another length, nulls in signs, or a witness that is no number
        return f"its roots or its cells cannot be read ({type(error).__name__})"


def _wrong(listing: Listing, part: Part) -> str | None:
    """Say what is false in a part that is whole; None if nothing is."""
    subtrees, opened = subtrees_of(listing), list(chain.from_iterable(part.open))
    if not subtrees.apart(part.roots) or not subtrees.apart(opened):
        return "two of its roots overlap"
    if not all(subtrees.within(root, part.roots) for root in opened):
        return "it leaves a root open that does not lie below its own"
    for batch in record_batches(part, None, _LINES):
        if not _filled(listing, batch):
            return "a place is empty where a value should be"
        keys = part_keys(listing, batch)
        if subtrees.seen and not (subtrees.below(keys, part.roots).all() and not subtrees.below(keys, opened).any()):
            return f"it has {listing.kind} that belong to other parts"
        block = listing.block(batch)
        again = subtrees.signs(block)
        if not np.array_equal(keys[:, -again.shape[1] :], again):
            return "a bit is set where no sign is: of a row that is zero or not there, or a structural zero"
        if not subtrees.witnessed(block).all():
            return "a witness does not have the signs that it should have"
    return f"it has {listing.kind} twice" if _distinct(listing, [part]) != part.cells else None


def _filled(listing: Listing, batch: pa.RecordBatch) -> bool:
    """Whether no key is null, and each witness stands in its columns or as text, and not in both."""
    texts = pc.is_valid(batch.column("witness"))
    return not any(batch.column(name).null_count for name in listing.keys) and all(
        pc.is_null(batch.column(name)).equals(texts) for name in listing.integers
    )


def _distinct(listing: Listing, parts: Sequence[Part]) -> int:
    """Count the distinct cells of some parts; those of equal hash are held together."""
    number = 1 + 8 * len(listing.keys) * sum(part.cells for part in parts) // _HELD
    found = 0
    for k in range(number):
        batches = (batch for part in parts for batch in record_batches(part, listing.keys, _LINES))
        found += len(bucket((part_keys(listing, batch) for batch in batches), number, k, len(listing.keys)))
    return found
