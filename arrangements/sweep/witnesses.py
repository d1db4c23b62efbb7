"""Points in the cells of a sweep, made on demand of the rows that meet at a cell's vertex, in integers."""

from collections.abc import Mapping, Sequence

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Integers, integer_vector
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, unpacked
from arrangements.sweep.exact_vertices import ExactVertices, Positions


def point_of(vertices: ExactVertices, signs: Words, basis: Positions) -> Row:
    """Make the point of a cell, in the columns of the sweep, by exact arithmetic.

    Args:
        vertices: those of the sweep.
        signs: the positive rows of the cell, as bits, in the order of the rows.
        basis: the rows that meet at its vertex, as positions; their number says the level.

    Raises:
        InputError: no cell with these signs is above the vertex of these rows.

    Example:
        >>> from arrangements.sweep.functionals import Functionals
        >>> rows = ((0, 1), (1, 0))
        >>> vertices = ExactVertices(rows, Functionals(rows))
        >>> cells = vertices.cells(0, (0,)) + vertices.cells(0, (1,))
        >>> sorted(len(cell.signs) for cell in cells)
        [2, 2]
    """
    wanted = np.roll(unpacked(signs[None], len(vertices.rows))[0], -1)
    if (vertices.rank - 1 - len(basis)) % 2 == 0 and len(basis) < vertices.rank:
        for cell in vertices.cells((vertices.rank - 1 - len(basis)) // 2, basis):
            for sign in (1, -1):
                if np.array_equal(cell.signs * sign, wanted):
                    return tuple(sign * x for x in cell.point)
    raise InputError(
        f"no region with these signs is above the vertex of the rows at {list(basis)}; take one of `recipes`"
    )


def points_of(points: Integers, exact: Mapping[int, Row], shifts: Sequence[int]) -> Integers:
    """Put points of exact arithmetic beside those of the kernel, and take all to the columns of the caller.

    Args:
        points: those of the kernel.
        exact: points by their numbers, in place of some of these and after them.
        shifts: by how many binary digits each column of the sweep is larger.

    Example:
        >>> points_of(np.array([[1, 2]]), {1: (3, 4)}, (0, 1)).tolist()
        [[1, 4], [3, 8]]
    """
    found = {n: integer_vector(point) for n, point in exact.items()}
    total = max(len(points), 1 + max(found, default=-1))
    long = any(shifts) or any(point.dtype == object for point in found.values())
    joined: Integers = np.zeros((total, points.shape[1]), object if long else np.int64)
    joined[: len(points)] = points
    for n, point in found.items():
        joined[n] = point
    return joined << np.array(shifts, dtype=object) if any(shifts) else joined
