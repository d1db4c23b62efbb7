"""The orbits of the regions under symmetries of the arrangement: one region of each, with the number of its images.

R   a region, as its signs on the hyperplanes; a symmetry P takes it to the region with the signs P R

All regions are listed as packed words. Each generator of the group takes the list to itself, so it is a permutation of
their places; the orbits are the connected components of the graph that joins each place to its images.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell
from arrangements.exact.packed_bits import Words, packed, unpacked
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.first_layer.packed_regions import region_set
from arrangements.first_layer.region_search import RegionSearch
from arrangements.signsets import SignSet
from arrangements.symmetry.groups import SymmetryGroup, as_symmetry_group, symmetry_group
from arrangements.symmetry.linear_symmetries import Symmetry

_BATCH = 1 << 16


class Orbit(NamedTuple):
    """One region for all of its images under a group.

    Attributes:
        region: the first one that the engine lists, with an exact point inside.
        size: how many images it has, itself among them.

    Example:
        >>> (orbit,) = iter_orbits(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> orbit.region.signs, orbit.size
        ((1, 1), 4)
    """

    region: Cell
    size: int


def iter_orbits(
    arrangement: Arrangement, *, group: SymmetryGroup | None = None, engine: str = "auto"
) -> Iterator[Orbit]:
    """Yield one region of each orbit, with the orbit's size; the sizes add up to the number of regions.

    All regions are listed and kept, packed, with a few numbers for each.

    Args:
        arrangement: the hyperplanes.
        group: symmetries; None for all that `symmetry_group` finds, which needs the extra `symmetry`.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, the group is one of other hyperplanes, the engine is unknown, or
            igraph is not installed.

    Theorem: a symmetry maps regions onto regions, so its generators permute the list, and two regions are in one orbit
    iff a chain of generators leads from one to the other (the group is finite, so inverses are not needed).

    Example:
        >>> from arrangements.families import family
        >>> [orbit.size for orbit in iter_orbits(family("braid:4"))]  # permutations, up to permutations
        [24]
        >>> sorted(orbit.size for orbit in iter_orbits(family("threshold:2")))  # two constants and 12 others
        [6, 8]
    """
    as_arrangement(arrangement)
    chosen = symmetry_group(arrangement) if group is None else as_symmetry_group(group, arrangement)
    return _orbits(chosen, arrangement, engine)


def list_orbits(arrangement: Arrangement, *, group: SymmetryGroup | None = None, engine: str = "auto") -> list[Orbit]:
    """List one region of each orbit, with the orbit's size.

    Args:
        arrangement: the hyperplanes.
        group: as for `iter_orbits`.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_orbits`.

    Example:
        >>> list_orbits(Arrangement.from_table([[2]]))
        [Orbit(region=Cell(signs=(1,), witness=(1,)), size=2)]
    """
    return list(iter_orbits(arrangement, group=group, engine=engine))


def count_orbits(arrangement: Arrangement, *, group: SymmetryGroup | None = None, engine: str = "auto") -> int:
    """Count the orbits of the regions.

    Args:
        arrangement: the hyperplanes.
        group: as for `iter_orbits`.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_orbits`.

    Example:
        >>> from arrangements.families import family
        >>> count_orbits(family("crosspolytope:3"))
        4
    """
    as_arrangement(arrangement)
    chosen = symmetry_group(arrangement) if group is None else as_symmetry_group(group, arrangement)
    labels = _components(chosen, arrangement, region_set(arrangement, engine=engine))
    return int(labels.max()) + 1


def _orbits(group: SymmetryGroup, arrangement: Arrangement, engine: str) -> Iterator[Orbit]:
    regions = region_set(arrangement, engine=engine)
    labels = _components(group, arrangement, regions)
    sizes = np.bincount(labels)
    waiting = np.ones(len(sizes), np.bool_)
    for block in RegionSearch(arrangement, engine=engine).blocks():
        here = labels[regions.find(block.words)]
        new, first = np.unique(here, return_index=True)
        for label, place in sorted(zip(new.tolist(), first.tolist(), strict=True), key=lambda pair: pair[1]):
            if waiting[label]:
                waiting[label] = False
                one = block._replace(words=block.words[place : place + 1])
                cell = Cell(tuple(one.signs[0].tolist()), tuple(block.witnesses[place].tolist()))
                yield Orbit(cell, int(sizes[label]))
        if not waiting.any():
            return


def _components(group: SymmetryGroup, arrangement: Arrangement, regions: SignSet) -> NDArray[np.int32]:
    """For each region the number of its orbit."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(regions)
    labels = np.arange(size, dtype=np.int32)
    for each in group.generators:
        images = np.concatenate(
            [regions.find(moved(regions.words[at : at + _BATCH], each, arrangement)) for at in range(0, size, _BATCH)]
        )
        joined = coo_array((np.ones(size, np.int8), (labels, labels[images])), shape=(size, size))
        labels = connected_components(joined, directed=False)[1][labels]
    return labels


def moved(words: Words, symmetry: Symmetry, arrangement: Arrangement) -> Words:
    """Apply a symmetry to packed sign vectors on the rows.

    Args:
        words: the regions' signs.
        symmetry: on the hyperplanes.
        arrangement: the rows; several may be one hyperplane, and zero rows are none.

    Example:
        >>> quarter_turn = Symmetry((1, 0), (1, -1))
        >>> moved(np.array([[3]], np.uint64), quarter_turn, Arrangement.from_table([[1, 0], [0, 1]])).tolist()
        [[2]]
    """
    rows = len(arrangement)
    source, turned = np.arange(rows), np.ones(rows, np.int8)
    members = hyperplane_rows(arrangement)
    orientation = [sign for _, sign in arrangement.essential.members]
    for i, (image, sign) in enumerate(zip(symmetry.images, symmetry.signs, strict=True)):
        first = members[i][0]
        for row in members[image]:
            source[row] = first
            turned[row] = sign * orientation[row] * orientation[first]
    signs = unpacked(words, rows)[:, source] * turned
    positive = signs > 0
    positive[:, [row for row in range(rows) if not orientation[row]]] = False
    return packed(positive)
