"""Statistics of the regions: their facets, how many are simplicial, and how many touch every hyperplane.

R   a region;  f(R)  the number of its facets;  r  the rank
m   the number of hyperplanes

R has a facet on a hyperplane iff turning over the signs of its rows gives another region (`first_layer.adjacency`). In
a central arrangement R is, modulo the lineality space, a pointed cone of dimension r, so f(R) >= r; with f(R) = r the
normals of its facets are independent, and it is a simplicial cone. An affine region counts as simplicial if it is a
simplex in projective space: then the hyperplane at infinity is a facet, too, wherever -R, with all signs turned over,
is a region as well, and the facets number r + 1 with it. A region is complete if it has a facet on every hyperplane.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.first_layer.packed_regions import region_set


@dataclass(frozen=True)
class RegionStatistics:
    """What the regions of an arrangement look like, in numbers.

    Attributes:
        regions: how many there are.
        facets: number of facets -> how many regions have so many.
        simplicial: how many regions are simplicial.
        complete: how many have a facet on every hyperplane.
        simplicial_at: for each of `Arrangement.hyperplanes`, how many simplicial regions have a facet on it.

    Example:
        >>> found = region_statistics(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> found.facets, found.simplicial, found.complete, found.mean_facets
        ({2: 6}, 6, 0, Fraction(2, 1))
    """

    regions: int
    facets: dict[int, int]
    simplicial: int
    complete: int
    simplicial_at: tuple[int, ...]

    @property
    def fewest_facets(self) -> int:
        """The smallest number of facets of a region."""
        return min(self.facets)

    @property
    def most_facets(self) -> int:
        """The largest number of facets of a region."""
        return max(self.facets)

    @property
    def all_facets(self) -> int:
        """The sum of the numbers of facets: twice the number of pairs of adjacent regions."""
        return sum(number * regions for number, regions in self.facets.items())

    @property
    def mean_facets(self) -> Fraction:
        """The mean number of facets of a region."""
        return Fraction(self.all_facets, self.regions)


def region_statistics(arrangement: Arrangement, *, engine: str = "auto") -> RegionStatistics:
    """Count the facets of every region, the simplicial regions and the complete ones.

    All regions are listed and kept, packed, with four bytes for each; hyperplanes are taken one after the other.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Theorem (Roudneff 1991): the cyclic arrangements `moment:n,r`, n >= 2 r - 1 >= 5, have 2 sum_{i<=r-3} C(n-1, i)
    complete regions; that no arrangement has more is his conjecture, proven for rank 3 to 5 (arXiv 2303.14212).
    Theorem (Shannon 1979): n hyperplanes of a central arrangement of rank r >= 2 have at least 2 n simplicial regions,
    and each of them has facets of at least 2 r of these. (All numbers count a region and its opposite.)

    Example:
        >>> from arrangements.families import family
        >>> found = region_statistics(family("moment:7,4"))
        >>> found.regions, found.simplicial, found.complete, found.facets
        (84, 14, 14, {4: 14, 5: 42, 6: 14, 7: 14})
    """
    classes = hyperplane_rows(as_arrangement(arrangement))
    regions = region_set(arrangement, engine=engine)
    facets = np.zeros(len(regions), np.int32)
    for _, across in regions.neighbours(classes):
        facets += across >= 0
    least = facets
    if arrangement.is_affine:
        turned = regions.flipped([row for rows in classes for row in rows])
        least = facets + (regions.find(turned) >= 0)
    simplicial = least == arrangement.rank + arrangement.is_affine
    at = tuple(int((across[simplicial] >= 0).sum()) for _, across in regions.neighbours(classes))
    numbers = np.bincount(facets)
    return RegionStatistics(
        regions=len(regions),
        facets={number: int(numbers[number]) for number in np.flatnonzero(numbers).tolist()},
        simplicial=int(simplicial.sum()),
        complete=int((facets == len(classes)).sum()),
        simplicial_at=at,
    )
