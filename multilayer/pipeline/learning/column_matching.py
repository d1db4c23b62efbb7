"""Which columns of a table a network takes: by their names, in any order, or by their number where they have none.

A column without a name is called "column K", K its place from 1. Targets that the network knows are left out where
the table has them beside all columns.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from arrangements.errors import InputError
from convex.networks.trained_model import Description

_UNNAMED = re.compile(r"column \d+")


def targets_among(names: Sequence[str], about: Description) -> tuple[str, ...]:
    """Name the targets of the network that a table has beside all of the network's columns.

    Args:
        names: of all columns of the table.
        about: what is known of the network.

    Example:
        >>> about = Description(columns=("height",), targets=("distance",))
        >>> targets_among(["distance", "height"], about), targets_among(["height"], about)
        (('distance',), ())
    """
    there = about.columns is not None and {*about.columns, *about.targets} <= set(names)
    return about.targets if there else ()


def column_order(names: Sequence[str], about: Description, inputs: int, source: str) -> tuple[int, ...]:
    """Find the place of each column of the network among the data columns of a table.

    Args:
        names: of the data columns of the table.
        about: what is known of the network.
        inputs: how many columns it takes.
        source: the table, for messages.

    Raises:
        InputError: the columns do not fit; the message lists those that are missing and those that are surplus.

    Example:
        >>> column_order(["b", "a"], Description(columns=("a", "b")), 2, "t.csv")
        (1, 0)
    """
    wanted = about.columns
    if wanted is None or (Counter(wanted) != Counter(names) and (_unnamed(wanted) or _unnamed(names))):
        wanted = tuple(names)
    missing, surplus = Counter(wanted) - Counter(names), Counter(names) - Counter(wanted)
    if missing or surplus:
        parts = [f"{what}: {_listed(some)}" for what, some in (("missing", missing), ("surplus", surplus)) if some]
        raise InputError(f"{source}: the columns do not fit the network; {'; '.join(parts)}")
    if len(names) != inputs:
        own = f", {_listed(about.columns)}" if about.columns and not _unnamed(about.columns) else ""
        raise InputError(
            f"{source}: {len(names)} data columns where the network takes {inputs}{own}; name a target by --target"
        )
    if wanted == tuple(names):
        return tuple(range(len(names)))
    if len(set(names)) < len(names):
        raise InputError(f"{source}: column names repeat, so they must stand in the network's order: {_listed(wanted)}")
    return tuple(names.index(name) for name in wanted)


def _unnamed(names: Iterable[str]) -> bool:
    return all(_UNNAMED.fullmatch(name) for name in names)


def _listed(names: Iterable[str]) -> str:
    """Names in ASCII on one line, the first ten."""
    shown = [ascii(name) for name in names]
    return ", ".join(shown if len(shown) <= 10 else [*shown[:10], f"and {len(shown) - 10} more"])
