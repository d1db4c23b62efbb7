"""Classes of parallel rows: which rows of a table are one hyperplane, and on which side.

Zero rows are in no class; a negative multiple of a row is in its class, turned over.
"""

from collections.abc import Sequence

from arrangements.exact.linear_algebra import Row, primitive

Member = tuple[int, int]  # class, and sign relative to its first row


def distinct(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Member, ...]]:
    """Merge parallel rows and drop zero ones.

    Returns:
        The first row of each class, divided by its gcd; and for each row its class and sign relative to that,
        (-1, 0) for a zero row.

    Example:
        >>> distinct([(0, 2), (0, 0), (0, -3)])
        (((0, 1),), ((0, 1), (-1, 0), (0, -1)))
    """
    classes: dict[Row, int] = {}
    members: list[Member] = []
    for row in map(primitive, rows):
        opposite = tuple(-x for x in row)
        if not any(row):
            members.append((-1, 0))
        elif opposite in classes:
            members.append((classes[opposite], -1))
        else:
            members.append((classes.setdefault(row, len(classes)), 1))
    return tuple(classes), tuple(members)


def directions_of(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """Merge rows that are positive multiples of each other, and drop zero ones.

    Returns:
        The distinct directions as primitive vectors, in order; and for each row its direction, -1 for a zero row.

    Example:
        >>> directions_of([(0, 2), (0, 0), (0, -3), (0, 4)])
        (((0, 1), (0, -1)), (0, -1, 1, 0))
    """
    numbers: dict[Row, int] = {}
    places = tuple(numbers.setdefault(primitive(row), len(numbers)) if any(row) else -1 for row in rows)
    return tuple(numbers), places


def group(rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """List for each distinct hyperplane the rows that have it as their hyperplane."""
    classes, members = distinct(rows)
    return tuple(tuple(i for i, (k, _) in enumerate(members) if k == c) for c in range(len(classes)))
