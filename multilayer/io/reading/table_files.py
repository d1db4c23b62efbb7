"""A table on disk or on standard input, read by what its name ends with."""

import gzip
import sys
import zlib
from errno import EISDIR
from os import strerror
from pathlib import Path

from arrangements.errors import InputError
from multilayer.io.bundled import bundled_tables
from multilayer.io.reading.binary_tables import read_npy, read_npz, read_parquet
from multilayer.io.reading.delimited_text import read_text
from multilayer.io.reading.raw_table import RawTable

TEXT = (".csv", ".tsv", ".txt", ".dat", ".data")
BINARY = {".npy": read_npy, ".npz": read_npz, ".parquet": read_parquet}
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods")


def read_cells(source: str, header: bool | None = None) -> RawTable:
    """Read the cells of a table; "-" is standard input.

    Args:
        source: a path, its ending in small or capital letters; of a text also with .gz behind it.
        header: whether line 1 of a text is a header; None for the rule of `multilayer.io.reading.header_rule`.

    Raises:
        InputError: with the place and the value.
    """
    if source == "-":
        return read_text(_expanded(_standard_input(), "standard input"), "standard input", header)
    if not source:
        raise InputError("SOURCE is empty; give a table, one that comes with the package, or a family such as braid:4")
    path = Path(source)
    ending = path.suffix.lower()
    if ending in BINARY and header is not None:
        raise InputError(f"{source}: --header and --no-header are for tables of text")
    if ending == ".gz":
        ending = Path(path.stem).suffix.lower()
        ending = ending if ending in TEXT else ".gz"
    if ending in _SPREADSHEETS:
        raise InputError(f"{source}: a spreadsheet cannot be read; save the table as .csv")
    if ending not in TEXT and ending not in BINARY:
        raise InputError(
            f"{source}: not a {', '.join(TEXT)} (or .gz of these), {', '.join(BINARY)} table, "
            f"nor a family such as braid:4, nor one of the package's tables: {', '.join(bundled_tables())}"
        )
    try:
        if path.is_dir():  # of which pyarrow would make a table of all files inside
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        if ending in BINARY:
            return BINARY[ending](path)
        return read_text(_expanded(path.read_bytes(), source), source, header)
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror or error}") from error


def _standard_input() -> bytes:
    """All bytes of standard input."""
    try:
        if sys.stdin is not None:  # it is None where it was closed from the beginning
            return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        raise InputError(f"standard input: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    raise InputError("standard input: cannot be read: it is closed")


def name_of(source: str) -> str:
    """What a table is called in reports: its file without folder and endings.

    Args:
        source: as for `read_cells`.

    Example:
        >>> name_of("data/iris.csv.gz"), name_of("-")
        ('iris', 'stdin')
    """
    if source == "-":
        return "stdin"
    path = Path(source)
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def _expanded(data: bytes, place: str) -> bytes:
    """The bytes, uncompressed if they are in the format of gzip, whatever their name."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{place}: the compressed file is damaged or cut off") from error
