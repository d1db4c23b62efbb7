"""In which order a network takes the columns of a table: by their names, or as they stand where there are none."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from arrangements.errors import InputError

_UNNAMED = re.compile(r"column \d+")


def column_order(
    names: Sequence[str], wanted: Sequence[str] | None, inputs: int | None, source: str, advice: str = ""
) -> tuple[int, ...]:
    """Find the place of each column of a network among the data columns of a table.

    Args:
        names: of the data columns of the table; "column K" is a column without a name.
        wanted: the names of the network's columns, or None.
        inputs: how many columns it takes, or None if nothing says so.
        source: the table, for messages.
        advice: what to do about a wrong number of columns, for messages.

    Raises:
        InputError: the columns do not fit; the message lists those that are missing and those that are surplus.

    Example:
        >>> column_order(["b", "a"], ("a", "b"), 2, "t.csv")
        (1, 0)
    """
    own = f", {listed(wanted)}" if wanted and not unnamed(wanted) else ""
    if wanted is None or (Counter(wanted) != Counter(names) and (unnamed(wanted) or unnamed(names))):
        wanted = names
    missing, surplus = Counter(wanted) - Counter(names), Counter(names) - Counter(wanted)
    if missing or surplus:
        parts = [f"{what}: {listed(some)}" for what, some in (("missing", missing), ("surplus", surplus)) if some]
        raise InputError(f"{source}: the columns do not fit the network; {'; '.join(parts)}")
    if inputs is not None and len(names) != inputs:
        raise InputError(f"{source}: {len(names)} data columns where the network takes {inputs}{own}{advice}")
    if tuple(wanted) == tuple(names):
        return tuple(range(len(names)))
    if len(set(names)) < len(names):
        raise InputError(f"{source}: column names repeat, so they must stand in the network's order: {listed(wanted)}")
    return tuple(names.index(name) for name in wanted)


def frame_names(table: object, known: Sequence[str]) -> tuple[str, ...] | None:
    """Name the columns of a data frame; None for what has no names, as a list or an array.

    Args:
        table: of any kind.
        known: the names of a network's columns; without these 0, 1, 2, ... are no names, but what pandas counts by.

    Example:
        >>> frame_names([[1, 2]], ("a", "b")) is None
        True
    """
    columns = getattr(table, "columns", None)
    if columns is None or callable(columns):
        return None
    plain = list(columns)
    names = tuple(map(str, plain))
    return None if plain == list(range(len(plain))) and Counter(names) != Counter(known) else names


def unnamed(names: Iterable[str]) -> bool:
    """Whether none of the columns has a name of its own."""
    return all(_UNNAMED.fullmatch(name) for name in names)


def listed(names: Iterable[str]) -> str:
    """Names in ASCII on one line, the first ten."""
    shown = [ascii(name) for name in names]
    return ", ".join(shown if len(shown) <= 10 else [*shown[:10], f"and {len(shown) - 10} more"])
