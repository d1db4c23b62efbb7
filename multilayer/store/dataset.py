"""Datasets of cells, read: one part after the other, never all at once."""

from collections.abc import Iterable, Iterator
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from arrangements.arguments import check_kind, read_path, read_whole
from arrangements.errors import InputError
from arrangements.exact.packed_bits import Words, distinct_words
from multilayer.store.folder import Survey, read_run, survey
from multilayer.store.listing import Listing
from multilayer.store.listings import listing_of
from multilayer.store.part_files import Json, Part

_LINES = 1 << 16
_HELD = 256 << 20  # bytes of keys that are compared at a time


class Dataset:
    """The cells in a folder that `multilayer enumerate SOURCE --output DIR/` has filled, wholly or in part.

    Regions are given as `arrangements.Cell`, pairs as
    `multilayer.store.pair_listing.MaskedPair`. Two datasets of the same table can be
    compared (==, <=) and subtracted (-), whatever their sizes.

    Attributes:
        folder: where it is.
        kind: "regions" or "pairs".
        listing: what was listed, with the arrangement and the names of the columns.
        parts: its parts.
        complete: whether nothing is left to do.

    Example:
        >>> from multilayer import store
        >>> from arrangements import family
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = store.enumerate_regions(family("braid:4"), folder)
        ...     found = store.open(folder)
        ...     len(found), found.complete, (1, 1, 1, 1, 1, 1) in found, next(found.batches()).signs.shape
        (24, True, True, (24, 6))
    """

    def __init__(self, folder: Path, listing: Listing, found: Survey) -> None:
        self.folder = folder
        self.listing = listing
        self.kind = listing.kind
        self.parts: tuple[Part, ...] = tuple(sorted(found.parts))
        self.complete = not found.waiting

    def __repr__(self) -> str:
        state = "" if self.complete else ", not all"
        parts = f"{len(self.parts)} part{'s' * (len(self.parts) != 1)}"
        return f"<Dataset of {len(self):,} {self.kind}{state}, {parts}, in {self.folder}>"

    def __len__(self) -> int:
        return sum(part.cells for part in self.parts)

    def __iter__(self) -> Iterator[Any]:
        """The cells, one after the other."""
        for block in self.batches():
            yield from self.listing.cells(block)

    def batches(self, lines: int = _LINES) -> Iterator[Any]:
        """Read the cells as arrays, at most that many at a time.

        Args:
            lines: most cells of a batch.

        Yields:
            For regions a `CellBlock`, with signs (K x n) and witnesses; for pairs a `PairColumns`, with outputs, masks,
            signs and witnesses.
        """
        read_whole(lines, "lines")
        return (self.listing.block(batch) for batch in self.record_batches(lines=lines))

    def record_batches(self, columns: list[str] | None = None, lines: int = _LINES) -> Iterator[pa.RecordBatch]:
        """Read columns as they are stored.

        Args:
            columns: their names; None for all.
            lines: most cells of a batch.

        Raises:
            InputError: a part cannot be read any more.
        """
        return chain.from_iterable(record_batches(part, columns, lines) for part in self.parts)

    def __contains__(self, cell: object) -> bool:
        """Whether a cell is listed: given as such, or a region by its signs."""
        key = self.listing.key(cell)
        if key is None:
            return False
        for batch in self.record_batches(self.listing.keys):
            columns = {name: batch.column(name) for name in key}
            same = [pc.equal(column, pa.scalar(key[name], column.type)) for name, column in columns.items()]
            while len(same) > 1:
                same.append(pc.and_(same.pop(), same.pop()))
            if pc.any(same[0]).as_py():
                return True
        return False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset) or self.listing.input != other.listing.input or self.kind != other.kind:
            return False
        return len(self) == len(other) and all(np.array_equal(one, two) for one, two in self._buckets(other))

    __hash__ = None  # type: ignore[assignment]

    def __le__(self, other: "Dataset") -> bool:
        return next(self - other, None) is None

    def __sub__(self, other: "Dataset") -> Iterator[Any]:
        """The cells that are listed here and not there, without witnesses; regions as sign vectors."""
        advice = "give another dataset of the same table, as store.open(DIR) reads it"
        if check_kind(other, Dataset, None, advice).listing.input != self.listing.input or other.kind != self.kind:
            raise InputError(f"{self.folder} and {other.folder} list different things; {advice}")
        return self._only_here(other)

    def _only_here(self, other: "Dataset") -> Iterator[Any]:
        for one, two in self._buckets(other):
            _, first = np.unique(np.concatenate([two, one]), axis=0, return_index=True)
            yield from self.listing.from_keys(one[np.sort(first[first >= len(two)]) - len(two)])

    def _buckets(self, other: "Dataset") -> Iterator[tuple[Words, Words]]:
        """Yield the sorted keys of both, those of equal hash together, so that few are held at a time."""
        width = 8 * len(self.listing.keys)
        number = 1 + max(len(self), len(other)) * width // _HELD
        for k in range(number):
            yield self.sorted_keys(number, k), other.sorted_keys(number, k)

    def sorted_keys(self, number: int = 1, k: int = 0) -> Words:
        """Read the keys whose hash is k modulo a number: sorted, a line each, without repetition."""
        keys = (part_keys(self.listing, batch) for batch in self.record_batches(self.listing.keys))
        return bucket(keys, number, k, len(self.listing.keys))


def record_batches(part: Part, columns: list[str] | None, lines: int) -> Iterator[pa.RecordBatch]:
    """Read columns of a part.

    Args:
        part: the part.
        columns: their names; None for all.
        lines: most cells of a batch.

    Raises:
        InputError: it cannot be read any more.
    """
    try:
        with pq.ParquetFile(part.path) as file:
            yield from file.iter_batches(batch_size=lines, columns=columns)
    except (OSError, pa.ArrowException) as error:
        folder = part.path.parent
        raise InputError(f"{part.path}: damaged; multilayer verify {folder} says what is wrong") from error


def part_keys(listing: Listing, batch: pa.RecordBatch) -> Words:
    """Take the keys out of a batch, a column of 64 bits for each."""
    return np.stack([as_words(batch.column(name).to_numpy()) for name in listing.keys], axis=1)


def bucket(keys: Iterable[Words], number: int, k: int, width: int) -> Words:
    """Keep the keys whose hash is k modulo a number: sorted, a line each, without repetition.

    Args:
        keys: some at a time.
        number: how many hashes there are.
        k: the one, below that number.
        width: words of a key.
    """
    found = [words[_hashes(words) % np.uint64(number) == k] if number > 1 else words for words in keys]
    return distinct_words(np.concatenate([np.zeros((0, width), np.uint64), *found]))


def as_words(column: NDArray[Any]) -> NDArray[np.uint64]:
    """Write whole numbers as 64 bits; those below zero as the remainder modulo 2^64."""
    return column.astype(np.int64).view(np.uint64) if column.dtype.kind == "i" else column.astype(np.uint64, copy=False)


def _hashes(words: Words) -> NDArray[np.uint64]:
    """Mix the words of each line into one."""
    mixed = np.zeros(len(words), np.uint64)
    for column in words.T:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def open(folder: "str | PathLike[str]") -> Dataset:
    """Open the dataset in a folder.

    Args:
        folder: its path.

    Raises:
        InputError: there is no dataset, or parts of it must not be used; what to do is said.
    """
    path = read_path(folder, "folder")
    said = stored_run(path)
    listing = listing_of(said)
    found = survey(path, said["run"], listing)
    if found.refused:
        name, reason = found.refused[0]
        raise InputError(f"{path / name}: {reason}; run the command that made it again, with --resume")
    return Dataset(path, listing, found)


def stored_run(folder: Path) -> Json:
    """Read what a folder's dataset lists, and how.

    Raises:
        InputError: there is no dataset, or it is of another version.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder")
    said = read_run(folder)
    if said is None:
        raise InputError(f"{folder}: no dataset; multilayer enumerate SOURCE --output {folder}/ makes one")
    return said
