"""SOURCE, a table or a named family, as exact numbers with their arrangement.

A table is read once: its cells become fractions, and the fractions an arrangement. A family is integers from the start
and stays so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError
from arrangements.exact.numbers import Number, Vector, rounded_to
from arrangements.families import family, is_family
from multilayer.io.bundled import is_named, located
from multilayer.io.reading.columns import Columns, Target, choose, column_number, exact_columns, is_text
from multilayer.io.reading.raw_table import RawTable, numbered
from multilayer.io.reading.table_files import name_of, read_cells

Numbers = tuple[tuple[int | Fraction, ...], ...]
Choose = Callable[[RawTable, Sequence[int]], Sequence[str | int]]
ChooseWeights = Callable[[RawTable, Sequence[int]], str | None]


@dataclass(frozen=True)
class Table:
    """A table of exact numbers with its arrangement.

    Attributes:
        name: what it is called in reports and in the names of files.
        x: the data as they were written; only a family can have no rows.
        offsets: offsets of an affine arrangement as they were written, or None.
        targets: the target columns.
        weights: the column of the weights of the rows, or None.
        columns: the names of the data columns, without the ones of a bias and without offsets.
        bias: whether a column of ones was appended.
        decimals: to how many decimals the entries were rounded, or None.
        notes: what the user should know about the data and how they were read.
        family: the arrangement of a family, or None.
    """

    name: str
    x: Numbers
    offsets: tuple[int | Fraction, ...] | None = None
    targets: tuple[Target, ...] = ()
    columns: tuple[str, ...] = ()
    bias: bool = False
    decimals: int | None = None
    notes: tuple[str, ...] = ()
    family: Arrangement | None = None
    weights: Target | None = None

    @cached_property
    def arrangement(self) -> Arrangement:
        """The hyperplanes of the rows, which hold positive multiples of them."""
        return Arrangement.from_table(self.x, self.offsets) if self.family is None else self.family

    @property
    def all_columns(self) -> tuple[str, ...] | None:
        """The names of all columns of the data, "1" for the ones of a bias; None if they were given none."""
        return column_names(self.columns, self.bias, len(self.x[0])) if self.x else None

    @property
    def target(self) -> str | list[str] | None:
        """The name of the target, the names if there are several, None if there is none; for reports."""
        names = [target.name for target in self.targets]
        return names if len(names) > 1 else names[0] if names else None


def column_names(columns: tuple[str, ...], bias: bool, count: int) -> tuple[str, ...] | None:
    """Name all columns of data, "1" the ones of a bias; None if they were given no names.

    Args:
        columns: the names of those that were read.
        bias: whether a column of ones was appended.
        count: the columns of the data.

    Example:
        >>> column_names(("a", "b"), True, 3), column_names(("column 1",), False, 1)
        (('a', 'b', '1'), None)
    """
    names = (*columns, "1") if bias else columns
    return names if columns != numbered(len(columns)) and len(names) == count else None


def read_source(
    source: str,
    target: str | Sequence[str] | Choose | None = None,
    *,
    drop: str | Sequence[str] | None = None,
    header: bool | None = None,
    last_is_target: bool = False,
    bias: bool = False,
    affine: bool = False,
    decimals: int | None = None,
    weights: str | ChooseWeights | None = None,
) -> Table:
    """Read a table, one that comes with the package, or a named family.

    Args:
        source: a path (.csv, .tsv, .txt, also with .gz behind it; .npy, .npz, .parquet), "-" for standard input, a
            bundled table such as "galileo", or a family such as "braid:4".
        target: name or number (from 1) of the column that is the target; several for several outputs; or a function
            that chooses them, given the table before any cell is read and the places of the columns that are not
            dropped. Without one the rule of `multilayer.io.reading.columns` holds.
        drop: name or number of a column to leave out, or several.
        header: whether line 1 of a text is a header; None for the rule of `multilayer.io.reading.header_rule`.
        last_is_target: take the last column where no target is named and no column is text.
        bias: append a column of ones.
        affine: the last column holds the offsets b_i of x_i.w = b_i.
        decimals: round all entries to that many decimals first.
        weights: name or number of the column that holds the weights of the rows; or a function that chooses it, given
            what `target` is given.

    Raises:
        InputError: with the place and the value.

    Example:
        >>> table = read_source("threshold:2", "1", bias=True)
        >>> table.x[1], table.arrangement.normals[1], table.targets[0].name, table.columns
        ((0, 1, 1), (0, 1, 1), 'column 1', ('column 2', 'column 3'))
    """
    if bias and affine:
        raise InputError("--bias and --affine exclude each other: offsets already move the hyperplanes off the origin")
    named: Sequence[str | int] = [] if callable(target) else [target] if isinstance(target, str) else list(target or ())
    wanted = target if callable(target) else lambda raw, left: named
    weighing = weights if callable(weights) else lambda raw, left: weights
    dropped = [drop] if isinstance(drop, str) else list(drop or ())
    if is_named(source) and is_family(source):
        if header is not None:
            raise InputError(f"{source} is a family: it has no header (--header, --no-header)")
        return _family_table(source, wanted, weighing, dropped, last_is_target, bias, affine)
    with located(source) as path:
        raw = read_cells(path, header)
    left = _left(raw.names, dropped)
    chosen = choose(raw, wanted(raw, left), dropped, last_is_target, _called(source), weighing(raw, left))
    rows, targets, weigh = _exact(raw, chosen, decimals)
    x, offsets = _shaped(rows, Fraction(1), bias, affine)
    notes = (*raw.notes, *(f"{_called(source)}: {note}" for note in chosen.notes))
    table = _table(name_of(source), x, offsets, targets, raw.names, chosen, notes)
    return replace(table, bias=bias, decimals=decimals, weights=weigh)


def _left(names: Sequence[str], dropped: Sequence[str]) -> list[int]:
    """The places of the columns that are not dropped."""
    out = {column_number(names, name) for name in dropped}
    return [j for j in range(len(names)) if j not in out]


def _called(source: str) -> str:
    return "standard input" if source == "-" else source


def _table(
    name: str,
    x: tuple[tuple[Number, ...], ...],
    offsets: tuple[Number, ...] | None,
    targets: tuple[Target, ...],
    names: Sequence[str],
    chosen: Columns,
    notes: tuple[str, ...],
) -> Table:
    """The table, with the names of its columns."""
    data = tuple(names[j] for j in chosen.data)
    return Table(name, x, offsets, targets, data if offsets is None else data[:-1], notes=notes)


def _family_table(
    name: str,
    choose_targets: Choose,
    choose_weights: ChooseWeights,
    dropped: Sequence[str],
    last_is_target: bool,
    bias: bool,
    affine: bool,
) -> Table:
    """A family, its columns taken off or appended as the options say."""
    made = family(name)
    names = numbered(made.dimension)
    raw = RawTable(names, made.normals, ())
    left = _left(names, dropped)
    wanted, weights = choose_targets(raw, left), choose_weights(raw, left)
    if made.offsets is not None and (wanted or dropped or last_is_target or bias or affine or weights is not None):
        raise InputError(f"{name} has offsets already: it takes no target, --weights, --drop, --bias or --affine")
    if not made.normals or made.offsets is not None:
        return Table(name, made.normals, made.offsets, columns=names, family=made)
    chosen = choose(raw, wanted, dropped, last_is_target, name, weights)
    own = () if chosen.weights is None else (chosen.weights,)
    columns = [Target(names[j], tuple(Fraction(row[j]) for row in made.normals)) for j in (*chosen.targets, *own)]
    targets = tuple(columns[: len(chosen.targets)])
    x, offsets = _shaped(tuple(tuple(row[j] for j in chosen.data) for row in made.normals), 1, bias, affine)
    changed = bool(columns or dropped) or bias or affine
    arrangement = Arrangement(x, offsets, len(x[0])) if changed else made
    table = _table(name, x, offsets, targets, names, chosen, chosen.notes)
    return replace(table, bias=bias, family=arrangement, weights=columns[-1] if own else None)


def _exact(
    raw: RawTable, chosen: Columns, decimals: int | None
) -> tuple[tuple[Vector, ...], tuple[Target, ...], Target | None]:
    """The data, the targets, as numbers where they are numbers, and the weights of rows; rounded if asked."""
    labels = {j: tuple(map(str, raw.column(j))) for j in chosen.targets if is_text(raw.column(j))}
    own = () if chosen.weights is None else (chosen.weights,)
    numeric = [j for j in sorted((*chosen.data, *chosen.targets, *own)) if j not in labels]
    read = tuple(exact_columns(raw, numeric))
    rows = read if decimals is None else rounded_to(read, decimals)
    place = {j: k for k, j in enumerate(numeric)}
    targets = tuple(
        Target(raw.names[j], labels[j] if j in labels else tuple(row[place[j]] for row in rows)) for j in chosen.targets
    )
    weights = next((Target(raw.names[j], tuple(row[place[j]] for row in read)) for j in own), None)  # never rounded
    return tuple(tuple(row[place[j]] for j in chosen.data) for row in rows), targets, weights


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
