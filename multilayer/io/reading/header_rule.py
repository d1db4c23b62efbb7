"""Whether line 1 of a text is a header, by a stated rule; and which column only numbers the rows.

*Header.* Line 1 is a header if none of its cells is a number and one at least is a word. Numbers can be names as well:
0, 1, 2, ... as pandas numbers columns, 1, 2, 3, ... beside a word or an empty first cell, or consecutive years. Then
line 1 is a header

- if its first cell is empty, as pandas writes it above row labels, or
- if no cell below is a year (for years), or a cell below has decimals (for 0, 1, 2, ...), and no word of line 1 occurs
  again below itself, or
- if a word of line 1 stands above numbers, or there are two numbers at least (three years) beside words that do not
  occur again.

Otherwise line 1 is data. A note says how line 1 was read wherever its numbers could be names, and wherever numbers of
any kind stand beside words that do not occur again.

*Row labels.* A first column without a name (or named "Unnamed: 0", as pandas calls it) below a header is what pandas
and R write for row labels, if its cells are whole numbers or words and no two are equal.
"""

import re
from collections.abc import Sequence

from arrangements.exact.number_text import is_missing, is_number, is_word
from multilayer.io.reading.raw_table import numbered

Lines = Sequence[Sequence[str]]
_YEARS = range(1800, 2201)
_FORCE = "--header or --no-header decides"
_INDEX = ("index", "id", "row")  # names of a column that often does nothing but count


def is_header(lines: Lines) -> tuple[bool, str | None]:
    """Say whether the first line is a header, and what to tell the user if it was a close call.

    Args:
        lines: cells, at least one line.

    Example:
        >>> is_header([["a", "b"], ["1", "2"]])
        (True, None)
        >>> is_header([["0", "1"], ["1", "2"]])[1]
        'line 1 (0,1) was read as data; its numbers could be names of columns (--header or --no-header decides)'
    """
    first, below = lines[0], lines[1:]
    if not any(map(is_number, first)):
        return any(map(is_word, first)), None
    found = _reading(first, below) if below else None
    if found is None:
        return False, None
    shown = ",".join(first[:6]) + (",..." if len(first) > 6 else "")
    done = "names of columns" if found else "data; its numbers could be names of columns"
    return found, f"line 1 ({shown}) was read as {done} ({_FORCE})"


def _reading(first: Sequence[str], below: Lines) -> bool | None:
    """Whether a line with numbers is a header; None if its numbers cannot be names."""
    at = [j for j, cell in enumerate(first) if is_number(cell)]
    words = [j for j, cell in enumerate(first) if is_word(cell)]
    unnamed = is_missing(first[0])
    if len(at) + len(words) + unnamed < len(first):
        return None
    again = any(first[j] == row[j] for j in words for row in below if j < len(row))
    unlike = False if words and not again else None  # a word of its own could be a name, whatever the numbers are
    if not all(re.fullmatch(r"0|[1-9]\d{0,8}", first[j]) for j in at):
        return unlike
    values = [int(first[j]) for j in at]
    years = len(values) > 1 and all(value in _YEARS for value in values)
    following = values == list(range(values[0], values[0] + len(values)))
    from_one = values[0] == 1 and len(values) > 1 and ((bool(words) and not again) or first[0] == "")
    if not (years or (following and (values[0] == 0 or from_one))) or len(first) < 2:
        return unlike if not years else False
    if again:
        return False
    under = [row[j] for row in below for j in at if j < len(row)]
    apart = following and not any(_is_year(cell) for cell in under) if years else any(map(_has_decimals, under))
    above_numbers = any(is_number(row[j]) for j in words for row in below if j < len(row))
    return unnamed or apart or above_numbers or (bool(words) and len(values) > 1 + years)


def _has_decimals(cell: str) -> bool:
    """Whether a number is written with a point or with an exponent, as pandas writes floats."""
    return re.search(r"[.eE]", cell) is not None and is_number(cell)


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"\d{4}", cell) is not None and int(cell) in _YEARS


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Name the columns by the header, and column 1, column 2, ... where it is empty.

    Args:
        header: the cells of line 1.

    Example:
        >>> column_names(["", "b"])
        ('column 1', 'b')
    """
    return tuple(cell or name for cell, name in zip(header, numbered(len(header)), strict=True))


def row_labels(header: Sequence[str], lines: Lines) -> tuple[tuple[int, ...], str | None]:
    """Say which columns are row labels, and what to tell the user about the first column.

    Args:
        header: the cells of line 1.
        lines: the cells below, as many in each.

    Example:
        >>> row_labels(["", "a"], [["0", "5"], ["1", "7"]])[0]
        (0,)
    """
    cells, name = [line[0] for line in lines], header[0]
    if len(header) < 2:
        return (), None
    whole = all(re.fullmatch(r"\d+", cell, re.ASCII) for cell in cells)
    if name in ("", "Unnamed: 0"):
        if len(set(cells)) == len(cells) and (whole or all(map(is_word, cells))):
            return (0,), "column 1 has no name and labels the rows: it is left out (--target 1, or a name, keeps it)"
        return (), "column 1 has no name; it is data (--drop 1 leaves it out)"
    if name.lower() in _INDEX and whole and len(set(cells)) == len(cells):
        return (), f"column 1, {name!r}, seems to count the rows; it is data (--drop {name} leaves it out)"
    return (), None
