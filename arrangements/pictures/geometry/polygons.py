"""Polygons cut by lines, exactly: the regions of an arrangement inside a box of the plane, or on the sphere.

z    a corner in integers: the point (x/t, y/t) of the plane as (x, y, t), t > 0, or a point of the sphere as a vector
     of any length; primitive, so that one point is one vector
row  integers: the line {z : row.z = 0}, a line of the plane or a great circle

A polygon is the list of its corners in order, all edges shorter than half a great circle. A line that cuts it makes two
of it, and new corners where it crosses an edge; both neighbours of that edge get the same corner. So corners, edges and
polygons are those of the arrangement, and Euler's relation can be checked on what is drawn.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from arrangements.cells import Signs
from arrangements.exact.linear_algebra import Row, dot, primitive

Polygon = tuple[Row, ...]
Point = tuple[float, float]


class Piece(NamedTuple):
    """The part of a region that is drawn.

    Attributes:
        signs: of the region.
        corners: of the polygon, in order.
    """

    signs: Signs
    corners: Polygon


def cut(polygon: Polygon, row: Row) -> tuple[Polygon, Polygon]:
    """Cut a polygon by a line: the parts where row.z is negative and positive, () for a part without an interior.

    Example:
        >>> cut(((0, 0, 1), (2, 0, 1), (2, 2, 1), (0, 2, 1)), (1, 0, -1))[0]
        ((0, 0, 1), (1, 0, 1), (1, 2, 1), (0, 2, 1))
    """
    values = [dot(row, z) for z in polygon]
    if all(value >= 0 for value in values):
        return (), polygon if any(values) else ()
    if all(value <= 0 for value in values):
        return polygon, ()
    minus: list[Row] = []
    plus: list[Row] = []
    for k, (z, value) in enumerate(zip(polygon, values, strict=True)):
        before, old = polygon[k - 1], values[k - 1]
        if value * old < 0:
            between = primitive([abs(value) * a + abs(old) * b for a, b in zip(before, z, strict=True)])
            minus.append(between)
            plus.append(between)
        if value <= 0:
            minus.append(z)
        if value >= 0:
            plus.append(z)
    return tuple(minus), tuple(plus)


def pieces(start: Iterable[Polygon], rows: Sequence[Row]) -> list[Piece]:
    """Cut polygons by all rows, and give each part its signs.

    Args:
        start: polygons that do not overlap.
        rows: of the arrangement, in homogeneous coordinates in the plane; zero and repeated ones are allowed.

    Example:
        >>> square = ((-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1))
        >>> [piece.signs for piece in pieces([square], [(1, 0, 0), (0, 0, 0), (-2, 0, 0)])]
        [(-1, 0, 1), (1, 0, -1)]
    """
    parts = list(start)
    for row in dict.fromkeys(map(primitive, rows)):
        if any(row):
            parts = [part for polygon in parts for part in cut(polygon, row) if part]
    return [Piece(_signs(inside(part), rows), part) for part in parts]


def inside(polygon: Polygon) -> Row:
    """Give a point inside a polygon: the sum of its corners."""
    return primitive([sum(column) for column in zip(*polygon, strict=True)])


def box(low: tuple[Fraction, Fraction], high: tuple[Fraction, Fraction]) -> Polygon:
    """Make the rectangle with these corners.

    Example:
        >>> box((Fraction(0), Fraction(0)), (Fraction(1, 2), Fraction(1)))
        ((0, 0, 1), (1, 0, 2), (1, 2, 2), (0, 1, 1))
    """
    (a, b), (c, d) = low, high
    return tuple(homogeneous(x, y) for x, y in ((a, b), (c, b), (c, d), (a, d)))


def octants(one: Row, two: Row, three: Row) -> list[Polygon]:
    """Give the eight triangles into which three independent rows cut the sphere."""
    rays = [_cross(two, three), _cross(three, one), _cross(one, two)]
    signs = [(a, b, c) for a in (1, -1) for b in (1, -1) for c in (1, -1)]
    return [
        tuple(primitive([s * x for x in ray]) for s, ray in zip(three_signs, rays, strict=True))
        for three_signs in signs
    ]


def in_plane(z: Row) -> Point:
    """Give a point of the plane in floats."""
    return float(Fraction(z[0], z[2])), float(Fraction(z[1], z[2]))


def area(corners: Sequence[Point]) -> float:
    """Give the area of a polygon, positive whichever way round.

    Example:
        >>> area([(0, 0), (0, 2), (1, 2), (1, 0)])
        2.0
    """
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def on_sphere(z: Row) -> tuple[float, float, float]:
    """Give the unit vector in floats, whatever the size of the integers.

    Example:
        >>> on_sphere((3 * 10**400, 0, 4 * 10**400))
        (0.6, 0.0, 0.8)
    """
    scaled = [x << 128 for x in z]
    length = isqrt(sum(x * x for x in scaled))
    return tuple(x / length for x in scaled)  # type: ignore[return-value]


def _signs(z: Row, rows: Sequence[Row]) -> Signs:
    values = (dot(row, z) for row in rows)
    return tuple((value > 0) - (value < 0) for value in values)


def homogeneous(x: Fraction, y: Fraction) -> Row:
    """Write a point of the plane as a corner.

    Example:
        >>> homogeneous(Fraction(1, 2), Fraction(1, 3))
        (3, 2, 6)
    """
    t = x.denominator * y.denominator
    return primitive([int(x * t), int(y * t), t])


def _cross(a: Row, b: Row) -> Row:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
