"""The sphere on the page: half of it, in parallel or equal-area projection, or all of it in true distances.

v          direction from which one looks, integers;  right, up: the axes of the page
n          normal of a row: a great circle;  p: a point of the sphere;  h = p.v / |v|: its height over the page

A region of a central arrangement of rank 3 is a polygon on the sphere. That v.p is positive is decided in integers, so
the parts that are seen are exactly those of the arrangement; floats only place them.
"""

from collections.abc import Sequence
from math import acos, ceil, degrees
from typing import NamedTuple

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row, independent_rows
from arrangements.pictures.geometry.polygons import Piece, Point, cut, octants, on_sphere, pieces

_STEP = 3  # degrees of an arc that are drawn as one stroke
_STROKE, _HALVINGS = 0.02, 12  # the longest stroke where an arc is stretched, and how often it is halved for that


class Camera(NamedTuple):
    """How the sphere is looked at.

    Attributes:
        view: v.
        right, up, towards: unit vectors; the last one is v in floats.
        kind: "parallel" projection of the half in front; "half", the same half in equal areas (Lambert); "whole", the
            sphere without the point opposite to v, which becomes the rim, in equal distances from the middle. The rim
            has radius 1.
    """

    view: Row
    right: Floats
    up: Floats
    towards: Floats
    kind: str = "parallel"

    @classmethod
    def of(cls, view: Row, kind: str = "parallel") -> "Camera":
        """Look from a direction, with the third axis upwards, or the second one if one looks along the third.

        Example:
            >>> camera = Camera.of((0, 0, 1))
            >>> camera.right.tolist(), camera.up.tolist()
            ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0])
        """
        towards = np.array(on_sphere(view))
        right = np.cross((0.0, 0.0, 1.0) if view[0] or view[1] else (0.0, 1.0, 0.0), towards)
        right /= np.linalg.norm(right)
        return cls(view, right, np.cross(towards, right), towards, kind)

    @property
    def behind(self) -> "Camera":
        """The same from the other side, with the same side up."""
        return Camera(tuple(-x for x in self.view), -self.right, self.up, -self.towards, self.kind)

    def place(self, points: Floats) -> Floats:
        """Give the places of points of the sphere on the page."""
        flat = np.stack([points @ self.right, points @ self.up], axis=-1)
        height = points @ self.towards
        if self.kind == "half":
            return np.asarray(flat / np.sqrt(1 + height)[..., None])
        if self.kind == "whole":
            away = np.linalg.norm(flat, axis=-1)
            return np.asarray(flat * (np.arctan2(away, height) / np.maximum(np.pi * away, 1e-300))[..., None])
        return flat

    def lift(self, places: Floats) -> Floats:
        """Give the points of the half in front that are seen at places of the page; nonsense outside the rim."""
        square = (places**2).sum(axis=-1)
        if self.kind == "half":
            height, factor = 1 - square, np.sqrt(np.maximum(0, 2 - square))
        else:
            height, factor = np.sqrt(np.maximum(0, 1 - square)), np.ones_like(square)
        flat = places * factor[..., None]
        return np.asarray(flat[..., :1] * self.right + flat[..., 1:] * self.up + height[..., None] * self.towards)

    def path(self, points: Floats) -> Floats:
        """Give the places of a path of short arcs, with more points where the page stretches them: near the rim."""
        for _ in range(_HALVINGS):
            places = self.place(points)
            long = np.hypot(*np.diff(places, axis=0).T) > _STROKE
            if not long.any():
                break
            middle = points[:-1][long] + points[1:][long]
            middle /= np.linalg.norm(middle, axis=1, keepdims=True)
            points = np.insert(points, np.flatnonzero(long) + 1, middle, axis=0)
        return self.place(points)


def sphere_pieces(space: Arrangement) -> list[Piece]:
    """List the regions of a central arrangement of rank 3 in R^3 as polygons on the sphere.

    Example:
        >>> [len(piece.corners) for piece in sphere_pieces(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))]
        [3, 3, 3, 3, 3, 3, 3, 3]
    """
    one, two, three = (space.normals[i] for i in independent_rows(space.normals, 3))
    return pieces(octants(one, two, three), space.normals)


def in_front(found: Sequence[Piece], view: Row) -> list[Piece]:
    """Cut off what is not on the side of v."""
    cuts = ((piece.signs, cut(piece.corners, view)[1]) for piece in found)
    return [Piece(signs, corners) for signs, corners in cuts if corners]


def outline(corners: Sequence[Row], camera: Camera) -> list[Point]:
    """Draw a polygon of the sphere on the page: its edges are parts of great circles."""
    points = [np.array(on_sphere(z)) for z in corners]
    arcs = [arc(points[k - 1], point)[1:] for k, point in enumerate(points)]
    return [(float(x), float(y)) for x, y in camera.place(np.concatenate(arcs))]


def arc(p: Floats, q: Floats) -> Floats:
    """Give points on the shorter great circle from p to q, not opposite to each other, both ends among them.

    The two may have any equal length, in space or in the plane.
    """
    angle = arc_length(p, q)
    steps = max(1, ceil(degrees(angle) / _STEP))
    shares = np.linspace(0, 1, steps + 1)[:, None]
    if angle < 1e-6:  # the formula below would divide by nothing
        return p + shares * (q - p)
    return np.asarray((np.sin((1 - shares) * angle) * p + np.sin(shares * angle) * q) / np.sin(angle))


def arc_length(p: Floats, q: Floats) -> float:
    """Give the angle between two vectors."""
    return acos(max(-1.0, min(1.0, float(p @ q) / float(np.linalg.norm(p) * np.linalg.norm(q)))))


def half_circle(normal: Row, camera: Camera) -> Floats | None:
    """Give points on the half of a great circle that is seen; None if it is the rim."""
    v = camera.view
    end = (
        normal[1] * v[2] - normal[2] * v[1],
        normal[2] * v[0] - normal[0] * v[2],
        normal[0] * v[1] - normal[1] * v[0],
    )
    if not any(end):
        return None
    start = np.array(on_sphere(end))
    middle = np.cross(start, np.array(on_sphere(normal)))
    if middle @ camera.towards < 0:
        middle = -middle
    angles = np.linspace(0, np.pi, 61)[:, None]
    return np.asarray(np.cos(angles) * start + np.sin(angles) * middle)
