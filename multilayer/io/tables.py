"""SOURCE, a table or a named family, as exact numbers with their arrangement.

A table is read once: its cells become fractions, and the fractions an arrangement. A family is integers from the start
and stays so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Number, Vector, exact_vector, rank_warning, rounded_to
from arrangements.families import family, is_family
from multilayer.io.parsing import Cells, column_names, read_cells

Numbers = tuple[tuple[int | Fraction, ...], ...]
Choose = Callable[[Sequence[str]], Sequence[str]]


class Target(NamedTuple):
    """A target column: its name, and numbers or, where every cell is text, class labels."""

    name: str
    values: Vector | tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of exact numbers with its arrangement.

    Attributes:
        name: what it is called in reports and in the names of files.
        x: the data as they were written; only a family can have no rows.
        arrangement: the hyperplanes of the rows, which hold positive multiples of them.
        offsets: offsets of an affine arrangement as they were written, or None.
        targets: the target columns.
        warning: what the user should know about the data, or None.
        columns: the names of the data columns, in order; without targets, offsets and the column of ones.
        bias: whether a column of ones was appended.
        decimals: to how many decimals the entries were rounded, or None.
    """

    name: str
    x: Numbers
    arrangement: Arrangement
    offsets: tuple[int | Fraction, ...] | None = None
    targets: tuple[Target, ...] = ()
    warning: str | None = None
    columns: tuple[str, ...] = ()
    bias: bool = False
    decimals: int | None = None


def read_source(
    source: str,
    target: str | Sequence[str] | Choose | None = None,
    *,
    last_is_target: bool = False,
    bias: bool = False,
    affine: bool = False,
    decimals: int | None = None,
) -> Table:
    """Read a table or a named family.

    Args:
        source: a path (.csv, .tsv, .txt, .npy), "-" for standard input, or a family such as "braid:4".
        target: name or number (from 1) of the column that is the target; several for several outputs; or a function
            that chooses them from the names of all columns.
        last_is_target: take the last column where no target is named.
        bias: append a column of ones.
        affine: the last column holds the offsets b_i of x_i.w = b_i.
        decimals: round all entries to that many decimals first.

    Raises:
        InputError: with the place and the value.

    Example:
        >>> table = read_source("threshold:2", "1", bias=True)
        >>> table.x[1], table.arrangement.normals[1], table.targets[0].name
        ((0, 1, 1), (0, 1, 1), 'column 1')
    """
    if bias and affine:
        raise InputError("--bias and --affine exclude each other: offsets already move the hyperplanes off the origin")
    choose = target if callable(target) else lambda names: [target] if isinstance(target, str) else list(target or ())
    if is_family(source) and not Path(source).exists():
        return _family_table(source, choose, last_is_target, bias, affine)
    cells = read_cells(source)
    chosen = _chosen(cells.names, choose(cells.names), last_is_target)
    rows, targets = _exact(cells, chosen, decimals)
    x, offsets = _shaped(_without(rows, chosen), Fraction(1), bias, affine)
    name = Path(source).stem if source != "-" else "stdin"
    columns = _columns(cells.names, chosen, affine)
    made = Arrangement.from_table(x, offsets)
    return Table(name, x, made, offsets, targets, rank_warning(x), columns, bias, decimals)


def _family_table(name: str, choose: Choose, last_is_target: bool, bias: bool, affine: bool) -> Table:
    """A family, its columns taken off or appended as the options say."""
    made = family(name)
    wanted = choose(column_names(made.dimension))
    if made.offsets is not None and (wanted or last_is_target or bias or affine):
        raise InputError(f"{name} has offsets already: it takes no target, --bias or --affine")
    if not made.normals or made.offsets is not None:
        return Table(name, made.normals, made, made.offsets)
    names = column_names(made.dimension)
    chosen = _chosen(names, wanted, last_is_target)
    targets = tuple(Target(names[j], tuple(Fraction(row[j]) for row in made.normals)) for j in chosen)
    x, offsets = _shaped(_without(made.normals, chosen), 1, bias, affine)
    changed = bool(chosen) or bias or affine
    arrangement = Arrangement(x, offsets, len(x[0])) if changed else made
    return Table(name, x, arrangement, offsets, targets, rank_warning(x), _columns(names, chosen, affine), bias)


def _columns(names: Sequence[str], chosen: Sequence[int], affine: bool) -> tuple[str, ...]:
    """The names of the data columns."""
    kept = tuple(name for j, name in enumerate(names) if j not in chosen)
    return kept[:-1] if affine else kept


def _chosen(names: Sequence[str], wanted: Sequence[str], last_is_target: bool) -> list[int]:
    """The target columns."""
    chosen = [_column(names, name) for name in wanted] or ([len(names) - 1] if last_is_target else [])
    if len(set(chosen)) < len(chosen):
        raise InputError(f"the target {names[next(j for j in chosen if chosen.count(j) > 1)]!r} is named twice")
    if len(chosen) >= len(names):
        columns = "one column only" if len(names) == 1 else f"{len(names)} columns only"
        raise InputError(f"the table has {columns}, {names[chosen[0]]!r}: nothing is left beside the target")
    return chosen


def _column(names: Sequence[str], target: str) -> int:
    if target in names:
        return list(names).index(target)
    if target.isdecimal() and 1 <= int(target) <= len(names):
        return int(target) - 1
    raise InputError(f"no column {target!r}; the columns are {', '.join(names)} (or a number from 1 to {len(names)})")


def _exact(cells: Cells, chosen: Sequence[int], decimals: int | None) -> tuple[Matrix, tuple[Target, ...]]:
    """All cells as numbers, 0 for those of a target of text, and the targets; rounded if asked."""
    labels = {j for j in chosen if cells.is_text(j)}
    known = [[Fraction(0) if j in labels else cell for j, cell in enumerate(row)] for row in cells.rows]
    rows = tuple(exact_vector(row, place) for row, place in zip(known, cells.places, strict=True))
    if decimals is not None:
        rows = rounded_to(rows, decimals)
    targets = tuple(
        Target(
            cells.names[j],
            tuple(str(row[j]) for row in cells.rows) if j in labels else tuple(row[j] for row in rows),
        )
        for j in chosen
    )
    return rows, targets


def _without(rows: tuple[tuple[Number, ...], ...], chosen: Sequence[int]) -> tuple[tuple[Number, ...], ...]:
    """The rows without the target columns."""
    if not chosen:
        return rows
    return tuple(tuple(value for j, value in enumerate(row) if j not in chosen) for row in rows)


def _shaped(
    x: tuple[tuple[Number, ...], ...], one: Number, bias: bool, affine: bool
) -> tuple[tuple[tuple[Number, ...], ...], tuple[Number, ...] | None]:
    """The rows with a column of ones, or their last column apart as offsets."""
    if bias:
        last = (one,)
        return tuple(row + last for row in x), None
    if not affine:
        return x, None
    if len(x[0]) < 2:
        raise InputError("--affine needs a column of offsets beside at least one column of data")
    return tuple(row[:-1] for row in x), tuple(row[-1] for row in x)
