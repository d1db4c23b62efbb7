"""Which polygons have a common edge, and across which hyperplane."""

from collections.abc import Sequence
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.pictures.geometry.polygons import Piece


class Wall(NamedTuple):
    """A common edge of two polygons.

    Attributes:
        one, two: the polygons.
        ends: the corners that both have.
        hyperplane: the place in `Arrangement.hyperplanes` of what lies between them.
    """

    one: Piece
    two: Piece
    ends: tuple[Row, Row]
    hyperplane: int


def walls_between(arrangement: Arrangement, found: Sequence[Piece]) -> list[Wall]:
    """Find all common edges.

    Args:
        arrangement: the hyperplanes.
        found: polygons, as `pieces` cuts them.

    Example:
        >>> cross = Arrangement.from_table([[1, 0], [0, 1]])
        >>> square = ((-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1))
        >>> from arrangements.pictures.geometry.polygons import pieces
        >>> len(walls_between(cross, pieces([square], [(1, 0, 0), (0, 1, 0)])))
        4
    """
    place = {i: k for k, rows in enumerate(hyperplane_rows(arrangement)) for i in rows}
    waiting: dict[frozenset[Row], Piece] = {}
    walls = []
    for piece in found:
        for k, corner in enumerate(piece.corners):
            ends = (piece.corners[k - 1], corner)
            other = waiting.pop(frozenset(ends), None)
            if other is None:
                waiting[frozenset(ends)] = piece
            else:
                row = next(i for i, (a, b) in enumerate(zip(piece.signs, other.signs, strict=True)) if a != b)
                walls.append(Wall(other, piece, ends, place[row]))
    return walls
