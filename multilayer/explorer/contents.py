"""What a page shows, as plain JSON: the rows of a table or a family, exactly.

Every content has `kind`, `name`, `columns`, `affine`, `bias`, `rows` and `offsets`: entries are text, as they were
written ("1", "-1/3"), and the page reads them into integers. A network and a certificate add parts of their own.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from arrangements.errors import InputError
from multilayer.io.tables import Table

Content = dict[str, Any]
MOST_ROWS = 60
MOST_PLACES = 6


def arrangement_content(table: Table) -> Content:
    """The content of a table or a named family.

    Args:
        table: with any number of columns.

    Raises:
        InputError: it has more rows than a page can show.

    Example:
        >>> from multilayer.io.tables import read_source
        >>> content = arrangement_content(read_source("braid:3"))
        >>> content["rows"], content["offsets"], content["columns"]
        ([['1', '-1', '0'], ['1', '0', '-1'], ['0', '1', '-1']], None, ['column 1', 'column 2', 'column 3'])
    """
    if len(table.x) > MOST_ROWS:
        raise InputError(
            f"{table.name} has {len(table.x):,} rows, and a page shows {MOST_ROWS} at most; give a part of the table"
        )
    dimension = table.arrangement.dimension
    named = [*table.columns, *["bias"] * table.bias]
    return {
        "kind": "arrangement",
        "name": table.name,
        "columns": named if len(named) == dimension else [f"column {k + 1}" for k in range(dimension)],
        "affine": table.arrangement.is_affine,
        "bias": table.bias,
        "rows": [short_texts(row) for row in table.x],
        "offsets": None if table.offsets is None else short_texts(table.offsets),
        "targets": [{"name": each.name, "values": short_texts(each.values)} for each in table.targets],
    }


def exact_texts(values: Iterable[int | Fraction | str]) -> list[str]:
    """Numbers as the text that the page reads exactly.

    Args:
        values: exact numbers, or labels.

    Example:
        >>> exact_texts([1, Fraction(-1, 3)])
        ['1', '-1/3']
    """
    return [str(value) for value in values]


def short_texts(values: Iterable[int | Fraction | str]) -> list[str]:
    """Numbers as `exact_texts` gives them, but decimals that end within a few places as decimals.

    Args:
        values: exact numbers, or labels.

    Example:
        >>> short_texts([1, Fraction(-1, 3), Fraction(-1, 8), "a label"])
        ['1', '-1/3', '-0.125', 'a label']
    """
    return [_decimal(value) if isinstance(value, Fraction) else str(value) for value in values]


def _decimal(value: Fraction) -> str:
    """The decimal of a fraction if it ends within a few places, otherwise the fraction."""
    for places in range(1, MOST_PLACES + 1):
        units = value * 10**places
        if value.denominator > 1 and units.denominator == 1:
            whole, rest = divmod(abs(units.numerator), 10**places)
            return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}d}"
    return str(value)
