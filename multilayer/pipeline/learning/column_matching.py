"""Which columns of a table a network takes: by their names, in any order, or by their number where they have none.

A column without a name is called "column K", K its place from 1. Targets that the network knows are left out where
the table has them beside all columns.
"""

from collections.abc import Sequence

from convex.networks.column_order import column_order as by_names
from convex.networks.trained_model import Description


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


def weights_among(names: Sequence[str], about: Description) -> str | None:
    """Name the network's column of weights of rows if a table has it beside all columns of the network.

    Args:
        names: of all columns of the table.
        about: what is known of the network.

    Example:
        >>> about = Description(columns=("height",), targets=("distance",), weights="times")
        >>> weights_among(["height", "times"], about), weights_among(["height"], about)
        ('times', None)
    """
    there = about.columns is not None and {*about.columns, about.weights} <= set(names)
    return about.weights if there else None


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
    return by_names(names, about.columns, inputs, source, "; name a target by --target")
