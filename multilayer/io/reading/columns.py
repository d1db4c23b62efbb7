"""What the columns of a table are: data, targets, or left out; and their cells as exact numbers.

A column of text is a label and never data. Where no target is named, the target is the last column if it is text, or
else the only column of text (unless it is different in every row, as names of rows are). Where no column is text, only
what trains (`last_is_target`) has a target, the last column. Another column of text is an error.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple, NoReturn

from arrangements.errors import InputError
from arrangements.exact.number_text import is_missing, is_word
from arrangements.exact.numbers import Vector, exact_number
from multilayer.io.reading.raw_table import RawTable, Value

_CLASS = ("class", "label", "labels", "target")


class Columns(NamedTuple):
    """The numbers of the columns, from 0, and notes for the user; weights are those of the rows, or there are none."""

    data: tuple[int, ...]
    targets: tuple[int, ...]
    notes: tuple[str, ...] = ()
    weights: int | None = None


class Target(NamedTuple):
    """A target column: its name, and numbers or, where every cell is text, class labels."""

    name: str
    values: Vector | tuple[str, ...]


def is_text(cells: Sequence[Value]) -> bool:
    """Say whether the cells are labels: each one a word; + and - are labels, too.

    Args:
        cells: of one column, at least one.

    Example:
        >>> is_text(["1st", "2nd"]), is_text(["+", "-"]), is_text(["a", "1"]), is_text([1, 2])
        (True, True, False, False)
    """
    return all(isinstance(cell, str) and is_word(cell) for cell in cells) or set(cells) == {"+", "-"}


def choose(
    raw: RawTable,
    wanted: Sequence[str | int],
    dropped: Sequence[str],
    last_is_target: bool,
    source: str = "the table",
    weights: str | None = None,
) -> Columns:
    """Decide what the columns are.

    Args:
        raw: the table.
        wanted: names or numbers (from 1) of targets, as text; or their places from 0.
        dropped: names or numbers of columns to leave out.
        last_is_target: take the last column where no column is text and no target is named.
        source: what the table is called in messages.
        weights: name or number of the column that holds the weights of the rows, or None.

    Raises:
        InputError: there is no such column, its name is not unique, it is named twice, nothing is left, or a column of
            text would be data, or weights.

    Example:
        >>> table = RawTable(("a", "b", "class"), [["1", "2", "x"], ["3", "4", "y"]], [": row 1", ": row 2"])
        >>> choose(table, [], ["a"], False)
        Columns(data=(1,), targets=(2,), notes=(), weights=None)
    """
    names = raw.names
    out = [column_number(names, name) for name in dropped]
    targets = [name if isinstance(name, int) else column_number(names, name, out) for name in wanted]
    weigh = None if weights is None else column_number(names, weights, out)
    own = [] if weigh is None else [weigh]
    for kind, numbers in (("target", targets), ("dropped column", out), ("column", [*targets, *out, *own])):
        if again := [j for j in numbers if numbers.count(j) > 1]:
            raise InputError(f"the {kind} {names[again[0]]!r} is named twice")
    left = [j for j in range(len(names)) if j in targets or j not in (*out, *own, *raw.row_labels)]
    if weigh is not None and is_text(raw.column(weigh)):
        cell, place = raw.rows[0][weigh], raw.places[0]
        raise InputError(
            f"{place} {weigh + 1}: column {names[weigh]!r} is text ({str(cell)[:20]!r}); --weights names a column of "
            "numbers above 0"
        )
    text = [j for j in left if is_text(raw.column(j))]
    if not targets and left:
        targets = _unnamed_target(raw, left, text, last_is_target)
    data = [j for j in left if j not in targets]
    if not data:
        if not targets:
            also = "" if weigh is None else " beside the weights"
            raise InputError(f"{source}: every column is dropped: nothing is left{also}")
        few = "one column only" if len(left) == 1 else f"{len(left)} columns only"
        raise InputError(f"{source} has {few}, {names[targets[0]]!r}: nothing is left beside the target")
    for j in data:
        if j in text:
            cell, place = raw.rows[0][j], raw.places[0]
            raise InputError(
                f"{place} {j + 1}: column {names[j]!r} is text ({str(cell)[:20]!r}), which is never data; "
                f"--drop {_argument(names, j)} leaves it out, --target {_argument(names, j)} makes it the target"
            )
    notes = (*_twice(names), *_close_calls(raw, data, targets, wanted))
    return Columns(tuple(data), tuple(targets), notes, weigh)


def _unnamed_target(raw: RawTable, left: Sequence[int], text: Sequence[int], last_is_target: bool) -> list[int]:
    if left[-1] in text:
        return [left[-1]]
    if len(text) == 1 and len(set(raw.column(text[0]))) < len(raw.rows):
        return list(text)
    return [left[-1]] if last_is_target and not text else []


def _argument(names: Sequence[str], j: int) -> str:
    """How to name a column on the command line."""
    name = names[j]
    plain = names.count(name) == 1 and name.replace("_", "").replace("-", "").replace(".", "").isalnum()
    return name if plain and not name.startswith("-") else str(j + 1)


def _twice(names: Sequence[str]) -> list[str]:
    again = dict.fromkeys(name for name in names if names.count(name) > 1)
    return [f"{_share(names, name)}; name such a column by its number" for name in again]


def _share(names: Sequence[str], name: str) -> str:
    return f"columns {' and '.join(str(j) for j, n in enumerate(names, start=1) if n == name)} share the name {name!r}"


def _close_calls(raw: RawTable, data: Sequence[int], targets: Sequence[int], wanted: Sequence[str | int]) -> list[str]:
    """Notes on what may not be what was meant, where no target was named."""
    last = len(raw.names) - 1
    name, argument = raw.names[last], _argument(raw.names, last)
    if wanted:
        return []
    labels = raw.column(last) if last in targets else []
    if len(labels) > 2 and is_text(labels) and len(set(labels)) == len(labels):
        return [f"column {name!r} is the target, and no two rows have the same label; --drop {argument} leaves it out"]
    if not targets and last in data and name.lower() in _CLASS:
        return [f"column {name!r} is data; --target {argument} makes it the target"]
    return []


def column_number(names: Sequence[str], wanted: str, dropped: Collection[int] = ()) -> int:
    """Find a column, counted from 0, by its name or else by its number from 1.

    Args:
        names: of all columns.
        wanted: name or number.
        dropped: places of columns that are left out: they do not make a name ambiguous.

    Raises:
        InputError: there is none, or there are several of that name.

    Example:
        >>> column_number(["a", "b"], "b"), column_number(["a", "b"], "1"), column_number(["a", "a"], "a", [0])
        (1, 0, 1)
    """
    there = [j for j, name in enumerate(names) if name == wanted]
    left = [j for j in there if j not in dropped] or there
    if len(left) == 1:
        return left[0]
    if there:
        raise InputError(f"{_share(names, wanted)}; give one of these numbers")
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    shown = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
    raise InputError(f"no column {wanted!r}; the columns are {shown} (or a number from 1 to {len(names)})")


def exact_columns(raw: RawTable, chosen: Sequence[int]) -> list[Vector]:
    """Read some columns as exact numbers, each row as a vector.

    Args:
        raw: the table.
        chosen: the columns, from 0.

    Raises:
        InputError: a cell that is not a finite number, with its place and the cause.
    """
    found = []
    for i, (row, place) in enumerate(zip(raw.rows, raw.places, strict=True)):
        numbers = []
        for j in chosen:
            try:
                numbers.append(_number(row[j], f"{place} {j + 1}"))
            except InputError as error:
                _refuse(raw, i, j, error)
        found.append(tuple(numbers))
    return found


def _number(cell: Value, place: str) -> Fraction:
    return cell if isinstance(cell, Fraction) else exact_number(cell, place)


def _refuse(raw: RawTable, i: int, j: int, error: InputError) -> NoReturn:
    """Say why a cell is no number: what the whole column looks like tells more than the cell alone."""
    cells, name = raw.column(j), raw.names[j]
    words = [cell for cell in cells if isinstance(cell, str) and is_word(cell)]
    if not any(cells):
        raise InputError(
            f"{raw.places[i]} {j + 1} is empty, as in every row (a delimiter at the end of the lines?); "
            f"--drop {_argument(raw.names, j)} leaves the column out"
        ) from error
    if 2 * len(words) > len(cells):
        k = next(k for k, cell in enumerate(cells) if not (isinstance(cell, str) and is_word(cell)))
        place, odd = f"{raw.places[k]} {j + 1}", str(cells[k])
        if not odd:
            raise InputError(f"{place} is empty; fill it in or leave the row out") from error
        if is_missing(odd):
            raise InputError(
                f"{place}: {odd!r} is no class of {name!r} but a missing value; name the class otherwise, or leave "
                "the row out"
            ) from error
        raise InputError(
            f"{place}: {odd!r} is not text as {str(words[0])[:20]!r} is; a column has numbers or text, not both"
        ) from error
    cause = f"{raw.places[i]} {j + 1} is empty; fill it in or leave the row out" if cells[i] == "" else str(error)
    advice = "; or give --header, if line 1 has names" if i == 0 and raw.headless else ""
    raise InputError(cause + advice) from error
