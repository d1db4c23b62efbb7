"""The bounded regions of an affine arrangement.

x_i, b_i  row i is the hyperplane {w : x_i.w = b_i};  s  signs of a region R
A_0       the central arrangement {w : x_i.w = 0} of the same normals

R contains w + t z for all t >= 0 and its points w iff x_i.z is 0 or has the sign s_i for every i: such z make up the
recession cone of R. Modulo the lineality space it is pointed, so that it is 0 or has an extreme ray, on which rank - 1
independent rows vanish: a cocircuit of A_0.
"""

from collections.abc import Iterator

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell
from arrangements.errors import InputError
from arrangements.first_layer.matroid import iter_cocircuits
from arrangements.first_layer.region_search import iter_regions


def iter_bounded_regions(arrangement: Arrangement, *, engine: str = "auto") -> Iterator[Cell]:
    """Yield every relatively bounded region once, with an exact point inside.

    A region is relatively bounded if it is bounded within the span of the normals; if they span the whole space, this
    means bounded. All cocircuits of the normals are kept.

    Args:
        arrangement: with offsets.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, it has no offsets, or the engine is unknown.

    Theorem (Zaslavsky 1975, Theorem C): they number |chi(1)|, `theory.bounded_number`.

    Example:
        >>> triangle = Arrangement.from_table([[1, 0], [0, 1], [1, 1]], offsets=[0, 0, 1])
        >>> [cell.signs for cell in iter_bounded_regions(triangle)]
        [(1, 1, -1)]
    """
    if not as_arrangement(arrangement).is_affine:
        raise InputError("the arrangement is central: all its regions are cones; bounded ones need offsets")
    normals = Arrangement(arrangement.normals, None, arrangement.dimension)
    rays = np.array([ray.signs for ray in iter_cocircuits(normals)], np.int8).reshape(-1, len(arrangement.normals))
    return _without_rays(rays, iter_regions(arrangement, engine=engine))


def list_bounded_regions(arrangement: Arrangement, *, engine: str = "auto") -> list[Cell]:
    """List all relatively bounded regions, each with an exact point inside.

    Args:
        arrangement: with offsets.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_bounded_regions`.

    Example:
        >>> [cell.signs for cell in list_bounded_regions(Arrangement.from_table([[1], [1]], offsets=[0, 1]))]
        [(1, -1)]
    """
    return list(iter_bounded_regions(arrangement, engine=engine))


def count_bounded_regions(arrangement: Arrangement, *, engine: str = "auto") -> int:
    """Count the relatively bounded regions by enumeration; none is kept.

    Args:
        arrangement: with offsets.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_bounded_regions`.

    Example:
        >>> from arrangements.families import family
        >>> count_bounded_regions(family("shi:3"))  # (n - 1)^(n - 1)
        4
    """
    return sum(1 for _ in iter_bounded_regions(arrangement, engine=engine))


def _without_rays(rays: np.ndarray, regions: Iterator[Cell]) -> Iterator[Cell]:
    for region in regions:
        conforms = ((rays == 0) | (rays == np.array(region.signs, np.int8))).all(axis=1)
        if not conforms.any():
            yield region
