"""The smallest image of a set of points under a permutation group: equal for two sets iff they are in one orbit.

S        a set of points, as flags c
w        an element of the group, "u_i, then .., then u_1": it takes point x to w[x], and pulls S back to c[w[x]]
G_i, T_i as in `arrangements.symmetry.permutations`

Images are compared level by level, first by the numbers of their points in each orbit of G_1, then of G_2, and so on,
larger numbers first. These numbers do not change when the image is moved by G_i, so they depend on the coset of w
alone, and the elements that are best after the last level are those that lead to the smallest image. All cosets are
kept that are best so far, except that of several w with the same c one is enough: from "w' = w, then s" and c = c' it
follows that s is a symmetry of S, and what follows after w' is what follows after w, then s. All these s, and the
elements that leave the image as it is in the end, carried back, generate the symmetries of S. The search ends early
where every orbit of G_i lies in the image or outside, for then G_i leaves it as it is.
(Search with pruning by orbits of stabilizers: Linton, ISSAC 2004, does so for the lexicographic order.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.symmetry.permutations import Permutation, StabilizerChain, inverse, orbits

Flags = NDArray[np.bool_]
_ENTRIES = 1 << 20  # of permutations that are extended at once
_SYMMETRIES = 32  # of a set that are noted at each level: few random ones generate nearly all


class Image(NamedTuple):
    """The smallest image of a set, and how it is reached.

    Attributes:
        key: the image, packed; equal for two sets iff they are in one orbit.
        elements: some elements of the group that leave the set as it is.
    """

    key: bytes
    elements: list[Permutation]


@dataclass(frozen=True)
class SmallestImages:
    """Finds smallest images under one group.

    Args:
        chain: the group.
        most: cosets that are kept. Where more of them are best, only so many are followed, for want of memory: then two
            sets of one orbit may get different keys; sets of different orbits never get one key.

    Example:
        >>> cyclic = SmallestImages(StabilizerChain([np.array([1, 2, 3, 0])], 4))
        >>> neighbours = [np.isin(np.arange(4), pair) for pair in ((0, 1), (3, 0), (1, 3))]
        >>> first, second, third = map(cyclic.of, neighbours)
        >>> first.key == second.key, first.key == third.key, [p.tolist() for p in third.elements]
        (True, False, [[2, 3, 0, 1]])
    """

    chain: StabilizerChain
    most: int = 1 << 13

    @cached_property
    def _transversals(self) -> list[NDArray[np.int64]]:
        """For each level the elements of T_i, one a line."""
        return [np.array([t[p][0] for p in sorted(t)]) for t in (level.transversal for level in self.chain.levels)]

    @cached_property
    def _orbits(self) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
        """For G_0 and every level below: the points sorted by orbits, where each orbit begins, and its size."""
        degree, found = self.chain.degree, []
        for i in range(len(self.chain.levels) + 1):
            least = orbits([g for level in self.chain.levels[i:] for g in level.generators], degree)
            order = np.argsort(least, kind="stable")
            begins = np.flatnonzero(np.diff(least[order], prepend=-1))
            found.append((order, begins, np.diff(begins, append=degree)))
        return found

    def of(self, flags: Flags) -> Image:
        """Find the smallest image of a set.

        Args:
            flags: for each point whether it belongs to the set.
        """
        cosets, depth = np.arange(self.chain.degree)[None], 0
        elements: list[Permutation] = []
        while not self._settled(depth, flags[cosets[0]]):
            extended = self._best(depth, cosets, flags)
            cosets, found = _without_repetition(extended, flags)
            cosets = cosets[: self.most]
            elements += found
            depth += 1
        first = cosets[0]
        back = inverse(first)
        elements += (first[g][back] for level in self.chain.levels[depth:] for g in level.generators)
        return Image(np.packbits(flags[first]).tobytes(), elements)

    def _settled(self, depth: int, image: Flags) -> bool:
        """Whether no orbit of G_depth has points inside and outside of the image."""
        order, begins, sizes = self._orbits[depth]
        inside = np.add.reduceat(image[order], begins, dtype=np.int64)
        return bool(((inside == 0) | (inside == sizes)).all())

    def _best(self, depth: int, cosets: NDArray[np.int64], flags: Flags) -> NDArray[np.int64]:
        """Extend every coset by every element of the transversal, and keep the best."""
        transversal = self._transversals[depth]
        order, begins, _ = self._orbits[depth + 1]
        step = max(1, _ENTRIES // transversal.size)
        best: tuple[int, ...] = ()
        kept: list[NDArray[np.int64]] = []
        for start in range(0, len(cosets), step):
            extended = cosets[start : start + step][:, transversal].reshape(-1, self.chain.degree)
            inside = np.add.reduceat(flags[extended[:, order]], begins, axis=1, dtype=np.int16)
            keys = inside.astype(">i2").view(f"S{2 * inside.shape[1]}")[:, 0]  # compared as bytes, first entry first
            chosen = keys == np.sort(keys)[-1]
            rank = tuple(inside[chosen.argmax()].tolist())
            if rank > best:
                best, kept = rank, []
            if rank == best:
                kept.append(extended[chosen])
        return np.concatenate(kept)


def _without_repetition(cosets: NDArray[np.int64], flags: Flags) -> tuple[NDArray[np.int64], list[Permutation]]:
    """Keep one coset for each image of the set, and give the symmetries that lead from those to some of the others."""
    bits = np.packbits(flags[cosets], axis=1)
    _, first, place = np.unique(bits.view(f"V{bits.shape[1]}")[:, 0], return_index=True, return_inverse=True)
    others = np.flatnonzero(first[place] != np.arange(len(cosets)))
    some = others[:: max(1, len(others) // _SYMMETRIES)]
    return cosets[np.sort(first)], [cosets[j][inverse(cosets[first[place[j]]])] for j in some.tolist()]


def joined(elements: Sequence[Permutation], labels: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """Find the orbits of classes of points that the elements permute: for each class its smallest member.

    Args:
        elements: permutations of the points.
        labels: for each point its class, -1 for none.
        classes: how many there are.

    Example:
        >>> joined([np.array([2, 3, 0, 1])], np.array([0, 0, 1, 1]), 2).tolist()
        [0, 0]
    """
    if not elements:
        return np.arange(classes)
    present = np.flatnonzero(labels >= 0)
    first = present[np.unique(labels[present], return_index=True)[1]]
    return orbits(list(labels[np.array(elements)[:, first]]), classes)
