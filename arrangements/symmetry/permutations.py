"""Permutations of the points 0, ..., N - 1 as integer arrays, and groups of them by chains of stabilizers.

p      an array: point x goes to p[x]; "a, then b" is b[a]
G_i    the elements of the group that fix the first i points of the base
T_i    transversal: for each point of the orbit of base point i under G_i, one element of G_i that takes it there

Theorem (Sims 1970): every element of the group is, in one way, u_m, then .., then u_1, with u_i in T_i. So the order is
the product of the orbits' lengths, and an element belongs to the group iff dividing it by the u_i, one after the other,
leaves the identity.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

Permutation = NDArray[np.int64]


def inverse(p: Permutation) -> Permutation:
    """Invert a permutation.

    Example:
        >>> inverse(np.array([1, 2, 0])).tolist()
        [2, 0, 1]
    """
    q = np.empty_like(p)
    q[p] = np.arange(len(p))
    return q


@dataclass
class _Level:
    """One base point, generators of G_i, and for each point of its orbit an element of T_i with its inverse."""

    point: int
    generators: list[Permutation]
    transversal: dict[int, tuple[Permutation, Permutation]]


@dataclass
class StabilizerChain:
    """A permutation group, held as a chain of stabilizers.

    Args:
        generators: permutations of one length.
        degree: their length N.

    Attributes:
        levels: base point, generators of G_i and transversal, for each point of the base.

    Theorem (Schreier 1927; Sims 1970): if S generates G, the elements t_p, then s, then the inverse of t_q (p a point
    of the orbit, s in S, q = s[p], t the transversal) generate the stabilizer of the base point. The chain is complete
    when all of these belong to the group that the next level generates; that is checked for each pair (p, s) once.

    Example:
        >>> chain = StabilizerChain([np.array([1, 2, 3, 0]), np.array([1, 0, 2, 3])], 4)
        >>> chain.order, chain.base, np.array([3, 2, 1, 0]) in chain
        (24, [0, 1, 2], True)
    """

    generators: Sequence[Permutation]
    degree: int
    levels: list[_Level] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        for g in self.generators:
            if g not in self:
                self._add(0, g)

    @property
    def order(self) -> int:
        """The number of elements."""
        return prod(len(level.transversal) for level in self.levels)

    @property
    def base(self) -> list[int]:
        """The base points."""
        return [level.point for level in self.levels]

    def __contains__(self, p: Permutation) -> bool:
        return self._sifted(0, p)

    def _sifted(self, start: int, p: Permutation) -> bool:
        """Whether p belongs to the group that level `start` and those below it hold."""
        for level in self.levels[start:]:
            found = level.transversal.get(int(p[level.point]))
            if found is None:
                return False
            p = found[1][p]
        return bool((p == np.arange(self.degree)).all())

    def _add(self, i: int, g: Permutation) -> None:
        """Enlarge G_i by an element, which fixes the base points before i, and all levels below as that needs."""
        if i == len(self.levels):
            moved = int(np.flatnonzero(g != np.arange(self.degree))[0])
            identity = np.arange(self.degree)
            self.levels.append(_Level(moved, [], {moved: (identity, identity)}))
        level = self.levels[i]
        level.generators.append(g)
        waiting = [(p, g) for p in level.transversal]
        while waiting:
            p, s = waiting.pop()
            reached = s[level.transversal[p][0]]
            q = int(reached[level.point])
            if q not in level.transversal:
                level.transversal[q] = reached, inverse(reached)
                waiting.extend((q, each) for each in level.generators)
                continue
            h = level.transversal[q][1][reached]
            if not self._sifted(i + 1, h):
                self._add(i + 1, h)


def orbits(generators: Sequence[Permutation], degree: int) -> NDArray[np.int64]:
    """Find the orbits of the points: for each its smallest member.

    Args:
        generators: of the group.
        degree: the number of points.

    Example:
        >>> orbits([np.array([1, 0, 2, 3]), np.array([0, 1, 3, 2])], 4).tolist()
        [0, 0, 2, 2]
    """
    least: NDArray[np.int64] = np.arange(degree)
    if not generators:
        return least
    images = np.array(generators)
    while True:  # every point of an orbit is reached by going forward alone, because the group is finite
        before = least
        least = np.minimum(least, least[images].min(axis=0))
        if np.array_equal(before, least):
            return least
