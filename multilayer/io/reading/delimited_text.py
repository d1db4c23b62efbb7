r"""Tables as text: comma, semicolon, tab, bar or white space between the cells, with or without a header.

Line 1 decides what stands between the cells: a tab, else a semicolon, a bar, a comma, else white space. Whether it is
a header is the subject of `multilayer.io.reading.header_rule`. What a spreadsheet or a program adds to the table
(comments, `sep=;`, a Ctrl-Z, line breaks in cells) is refused with its name and its line.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from arrangements.errors import InputError
from multilayer.io.reading.header_rule import column_names, is_header, row_labels
from multilayer.io.reading.raw_table import RawTable, Value, numbered

_COMMENT = re.compile(r"\s*(#(?!N/A)|//|%)")
_SEPARATORS = "\u0085\u2028\u2029"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Numbered = tuple[int, list[str]]


def read_text(data: bytes, place: str, header: bool | None = None) -> RawTable:
    r"""Read a table from the bytes of a text file.

    Args:
        data: the bytes, in UTF-8.
        place: what the file is called in messages.
        header: whether line 1 is a header; None for the rule.

    Raises:
        InputError: with the line, the column, the value and the usual cause.

    Example:
        >>> table = read_text(b"a;b\n1;2\n", "example")
        >>> table.names, table.rows
        (('a', 'b'), [['1', '2']])
    """
    lines = list(_lines(_decoded(data, place), place))
    if not lines:
        raise InputError(f"{place}: the file is empty; it needs at least one row of numbers")
    notes = []
    while len(lines) > 1 and not any(lines[-1][1]):
        notes = [f"{place}: the last lines have no entries and are left out"]
        lines.pop()
    named, note = (header, None) if header is not None else is_header([cells for _, cells in lines])
    if note:
        notes.append(f"{place}: {note}")
    if not named:
        return _table(numbered(len(lines[0][1])), lines, place, notes, headless=header is None)
    first = lines.pop(0)[1]
    if not lines:
        raise InputError(f"{place}: there is a header but no row of numbers")
    if all(len(cells) == len(first) + 1 for _, cells in lines):  # as R writes it
        first = ["", *first]
    table = _table(column_names(first), lines, place, notes)
    labels, note = row_labels(first, [cells for _, cells in lines])
    return table._replace(row_labels=labels, notes=(*table.notes, *([f"{place}: {note}"] if note else [])))


def _table(
    names: tuple[str, ...], lines: Sequence[Numbered], place: str, notes: Sequence[str], headless: bool = False
) -> RawTable:
    for i, cells in lines:
        if len(cells) != len(names):
            raise InputError(f"{place}: line {i} has {len(cells)} columns where the first has {len(names)}")
    rows: list[Sequence[Value]] = [cells for _, cells in lines]
    return RawTable(names, rows, [f"{place}: line {i}, column" for i, _ in lines], tuple(notes), headless=headless)


def _decoded(data: bytes, place: str) -> str:
    if data.startswith(_ARCHIVES):
        raise InputError(f"{place}: this is a spreadsheet or an archive, whatever its name; save the table as .csv")
    if data.startswith(_UTF16):
        raise InputError(f"{place}: the text is UTF-16, not UTF-8; save the table as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{place}: line {line}: byte {data[error.start]:#04x} is not UTF-8 text; save the table as UTF-8"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark, what in (
        ("\x1a", "a Ctrl-Z (byte 26), an old mark for the end of a file; delete it"),
        ("\0", "a zero byte, so this is UTF-16 or no text at all; save the table as UTF-8"),
        *(
            (mark, f"a line separator U+{ord(mark):04X}; end the lines with a line feed instead")
            for mark in _SEPARATORS
        ),
    ):
        if mark in text:
            raise InputError(f"{place}: line {text.count(chr(10), 0, text.index(mark)) + 1} has {what}")
    return text


def _lines(text: str, place: str) -> Iterator[Numbered]:
    """The lines that are not blank, with their numbers, as cells."""
    filled = [(i, line) for i, line in enumerate(text.split("\n"), start=1) if line.strip()]
    for i, line in filled:
        if i == filled[0][0] and re.fullmatch(r"\s*\"?sep=.\"?\s*", line, re.IGNORECASE):
            raise InputError(f"{place}: line {i}: {line.strip()!r} is an instruction to a spreadsheet; delete the line")
        if _COMMENT.match(line):
            raise InputError(f"{place}: line {i}: {line.strip()[:30]!r} is a comment; delete the line")
    if not filled:
        return
    delimiter = _delimiter(filled[0][1])
    if delimiter == "," and all(re.search(r"\d,\d+\s+[-+]?\d", line) for _, line in filled[-2:]):
        raise InputError(f"{place}: line {filled[-1][0]} has decimal commas; write 1.5 instead of 1,5")
    for i, line in filled:
        yield i, _cells(line, delimiter, f"{place}: line {i}")


def _delimiter(line: str) -> str | None:
    """The mark between cells; None for white space. A semicolon goes before a comma, which may be a decimal one."""
    bare = re.sub(r'"[^"]*"', "", line)
    return next((mark for mark in ("\t", ";", "|", ",") if mark in bare), None)


def _cells(line: str, delimiter: str | None, place: str) -> list[str]:
    if delimiter is None:
        if '"' not in line:
            return line.split()
        line, delimiter = line.strip(), " "
    try:
        (cells,) = csv.reader(StringIO(line), delimiter=delimiter, strict=True, skipinitialspace=True)
    except csv.Error as error:
        if line.count('"') % 2:
            raise InputError(f"{place}: a quoted cell goes on in the next line; write it in one line") from error
        raise InputError(f"{place}: {error}; check its quotation marks") from error
    return [cell.strip() for cell in cells]
