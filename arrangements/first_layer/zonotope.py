"""The zonotope of a central arrangement: its vertices are the regions.

x_i  normal of row i, in integers: a positive multiple of the row that was read
Z    the zonotope, the sum of the segments from -x_i to x_i
s    signs of a region, and w a point inside it

The multiples change the lengths of the segments and so the vertices, but not which sign vectors give one, nor any
face lattice: that of Z is the opposite of that of the faces of the arrangement.
"""

from collections.abc import Iterator
from typing import NamedTuple

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell, Signs
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.region_search import iter_regions


class Vertex(NamedTuple):
    """A vertex of the zonotope.

    Attributes:
        signs: the region of all w for which this vertex alone maximises w.z over Z.
        point: the vertex, sum_i s_i x_i.

    Example:
        >>> vertex = next(iter_zonotope_vertices(Arrangement.from_table([[1, 2]])))
        >>> vertex.signs, vertex.point
        ((1,), (1, 2))
    """

    signs: Signs
    point: Row


def iter_zonotope_vertices(arrangement: Arrangement, *, engine: str = "auto") -> Iterator[Vertex]:
    """Yield every vertex of Z once, each with its region.

    The segment of a zero row is a point; those of parallel rows add up to one. `count_regions` counts the vertices.

    Args:
        arrangement: the rows x_i.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, it has offsets, or the engine is unknown.

    Theorem (McMullen 1971; Zaslavsky 1975): the vertices of Z are the points sum_i s_i x_i over the regions s, all
    different. For over Z, w.z is at most sum_i |w.x_i|; and if no w.x_i is 0 but for zero rows, this is reached
    only where every segment is at the end that the sign of w.x_i says.

    Example:
        >>> hexagon = iter_zonotope_vertices(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> sorted(vertex.point for vertex in hexagon)
        [(-2, -2), (-2, 0), (0, -2), (0, 2), (2, 0), (2, 2)]
    """
    if as_arrangement(arrangement).is_affine:
        raise InputError("a zonotope belongs to a central arrangement, and this one has offsets; take its cone()")
    return _vertices(arrangement, iter_regions(arrangement, engine=engine))


def list_zonotope_vertices(arrangement: Arrangement, *, engine: str = "auto") -> list[Vertex]:
    """List all vertices of Z, each with its region.

    Args:
        arrangement: the rows x_i.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_zonotope_vertices`.

    Example:
        >>> list_zonotope_vertices(Arrangement.from_table([[1], [2]]))
        [Vertex(signs=(1, 1), point=(2,)), Vertex(signs=(-1, -1), point=(-2,))]
    """
    return list(iter_zonotope_vertices(arrangement, engine=engine))


def _vertices(arrangement: Arrangement, regions: Iterator[Cell]) -> Iterator[Vertex]:
    columns = list(zip(*arrangement.normals, strict=True)) or [()] * arrangement.dimension
    for signs, _ in regions:
        point = tuple(sum(s * x for s, x in zip(signs, column, strict=True)) for column in columns)
        yield Vertex(signs, point)
