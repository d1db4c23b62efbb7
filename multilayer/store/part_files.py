"""Part files: some cells as a Parquet file, with what was searched, what is left open, and a checksum of the whole.

The checksum is the SHA-256 of the file in which the 64 digits of the checksum itself are zeros; it stands in the file's
metadata. A part is written beside its place, flushed to disk and then renamed: what has a part's name is whole.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

Json = dict[str, Any]
FORMAT = "multilayer-arrangements/store"
VERSION = 1
_BLANK = b"0" * 64
_BEFORE = b"checksum\x18\x40"  # in a footer, before the digits: the key, and text of 64 bytes; JSON has no such bytes
_GROUP = 32 << 20  # bytes that are held before they are written
_CHUNK = 1 << 20
_LEVEL = 1  # of zstd: signs and witnesses hardly shrink further


class DamagedPart(Exception):
    """A part that must not be used; the text says why."""


class Part(NamedTuple):
    """What a part says of itself.

    Attributes:
        path: the file.
        cells: how many there are in it.
        size: bytes of the file.
        run: what was listed, and how.
        roots: where its search began, as plain data.
        open: groups of roots that it leaves to other parts.
        schema: its columns.
    """

    path: Path
    cells: int
    size: int
    run: Json
    roots: list[Any]
    open: list[list[Any]]
    schema: pa.Schema


def part_name(run: Json, roots: list[Any]) -> str:
    """Name the part of these roots: by a hash of them and of the run's parameters.

    Example:
        >>> part_name({"kind": "regions"}, ["0000"])
        'part-06025bb1578cd8833001.parquet'
    """
    text = json.dumps([run, roots], sort_keys=True, separators=(",", ":"))
    return f"part-{hashlib.sha256(text.encode()).hexdigest()[:20]}.parquet"


class PartWriter:
    """A part that grows, a batch at a time; little of it is held in memory.

    Args:
        file: where it is written.
        schema: its columns.
        dictionary: the columns of few different values.
    """

    def __init__(self, file: Path, schema: pa.Schema, dictionary: list[str]) -> None:
        self.cells = 0
        self._schema = schema
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0
        self._writer = pq.ParquetWriter(
            file,
            schema,
            compression="zstd",
            compression_level=_LEVEL,
            use_dictionary=dictionary or False,
            write_statistics=False,
            store_schema=False,
        )

    def add(self, batch: pa.RecordBatch) -> None:
        """Append cells."""
        self.cells += len(batch)
        self._held.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= _GROUP:
            self._flush()

    def finish(self, about: Json) -> None:
        """Write what is held and what the part says of itself, with a blank for the checksum."""
        self._flush()
        text = json.dumps(about, separators=(",", ":"))
        self._writer.add_key_value_metadata({"multilayer": text, "checksum": _BLANK.decode()})
        self._writer.close()

    def close(self) -> None:
        """Close the file, whatever became of it."""
        with suppress(Exception):
            self._writer.close()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_batches(self._held, self._schema))
            self._held, self._bytes = [], 0


@contextmanager
def writing_part(folder: Path, name: str, schema: pa.Schema, dictionary: list[str]) -> Iterator[PartWriter]:
    """Write a part; it is there when the block has ended, and if the block fails nothing is.

    A part of that name that is there already stays: the first one counts.
    """
    beside = folder / f".{name}.{token_hex(4)}"
    writer = None
    try:
        writer = PartWriter(beside, schema, dictionary)
        yield writer
        _seal(beside)
        _place(beside, folder / name)
    finally:
        if writer is not None:
            writer.close()
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _seal(path: Path) -> None:
    """Put the checksum in, and flush the file to disk."""
    place, digest = _blank_place(path), hashlib.sha256()
    with path.open("r+b") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        file.seek(place)
        file.write(digest.hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())


def _place(beside: Path, path: Path) -> None:
    """Give the file its name, unless another has it: a worker that outlived its run may have been faster."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            os.replace(beside, path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk."""
    with suppress(OSError):  # not every file system can
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _blank_place(path: Path, digits: bytes = _BLANK) -> int:
    """Find where the checksum stands: in the footer, once."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        tail = file.read()
        if len(tail) != 8 or tail[4:] != b"PAR1":
            raise DamagedPart("its end is missing")
        footer = int.from_bytes(tail[:4], "little") + 8
        file.seek(max(0, size - footer))
        found = file.read()
    if found.count(_BEFORE + digits) != 1:  # the digits alone may stand in roots, too, which are long rows of zeros
        raise DamagedPart("its checksum is missing")
    return max(0, size - footer) + found.index(_BEFORE + digits) + len(_BEFORE)


def read_part(path: Path) -> Part:
    """Read what a part says of itself, without its cells and without looking at the checksum.

    Raises:
        DamagedPart: it is no part, or not a whole one.
    """
    try:
        if not path.is_file():  # to open a pipe would wait for ever
            raise DamagedPart("it is no file")
        found = pq.read_metadata(path)
        about = json.loads((found.metadata or {})[b"multilayer"])
        if (about["format"], about["version"]) != (FORMAT, VERSION):
            raise DamagedPart(f"it has format {about['format']!r}, version {about['version']!r}")
        if type(about["cells"]) is not int or about["cells"] != found.num_rows:
            raise DamagedPart(f"it says that it has {about['cells']} cells, and has {found.num_rows}")
        if not (isinstance(about["run"], dict) and _is_group(about["roots"]) and isinstance(about["open"], list)):
            raise DamagedPart("its run, its roots or what it leaves open are not of the right kind")
        if not all(_is_group(group) for group in about["open"]):
            raise DamagedPart("what it leaves open are not groups of roots")
        said = about["run"], about["roots"], about["open"]
        return Part(path, found.num_rows, path.stat().st_size, *said, found.schema.to_arrow_schema())
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError, RecursionError) as error:
        raise DamagedPart("it is no part of a dataset, or not a whole one") from error


def _is_group(group: Any) -> bool:
    """Whether it is a list of roots: of texts, or for pairs of lists or objects."""
    return isinstance(group, list) and all(isinstance(root, str | list | dict) for root in group)


def check_part(path: Path) -> Part:
    """Read what a part says of itself, after its checksum was found to be right.

    Raises:
        DamagedPart: it is no part, or a single bit of it has changed.
    """
    part = read_part(path)
    said = bytes((pq.read_metadata(path).metadata or {}).get(b"checksum", b""))
    if len(said) != len(_BLANK):
        raise DamagedPart("its checksum is missing")
    place, at, digest = _blank_place(path, said), 0, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            blanked = bytearray(chunk)
            first, last = max(place, at) - at, min(place + 64, at + len(chunk)) - at
            if first < last:
                blanked[first:last] = _BLANK[: last - first]
            digest.update(blanked)
            at += len(chunk)
    if digest.hexdigest().encode() != said:
        raise DamagedPart("its checksum is wrong")
    return part
