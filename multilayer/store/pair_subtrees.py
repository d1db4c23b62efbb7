"""Which pairs lie in which ranges of tuples, and whether their weights are witnesses: what a check asks.

A range has the tuples from one to another in lexicographic order, the first perhaps with some second-layer signs only.
Of a tuple and its mirror image the one that comes first stands for both.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import IntegerMatrix, Integers
from arrangements.exact.packed_bits import Words, packed, unpacked, word_count
from arrangements.exact.parallel_classes import directions_of
from arrangements.signsets import SignSet
from multilayer.store.pair_listing import PairColumns, PairListing

_SIGNS = {"0": 0, "+": 1, "-": -1}


class PairSubtrees:
    """The ranges of the search of all pairs.

    Args:
        listing: what was listed.
    """

    seen = True  # the numbers of a pair's tuple and its signs say below which roots it lies

    def __init__(self, listing: PairListing) -> None:
        self.listing = listing
        self._layer = listing.search.layer
        self._n = len(listing.arrangement)
        masks = np.array([self._layer.mask(region) for region in self._layer.active], np.int8)
        self._known = SignSet(packed(masks > 0), [False] * self._n)
        place = self._known.find(packed(masks > 0))
        self._number = np.zeros(len(place), np.int64)  # of the active region whose mask is k-th in the set
        self._number[place] = np.arange(len(place))
        _, places = directions_of(listing.arrangement.normals)
        self._rows = [places.index(k) for k in range(1 + max(places))]

    @cached_property
    def _matrix(self) -> IntegerMatrix:
        return IntegerMatrix(self.listing.arrangement.normals)

    def below(self, keys: Words, roots: Sequence[Any]) -> NDArray[np.bool_]:
        """Say which pairs lie in one of the ranges; one with a mask that no region has lies in none."""
        m, words = self.listing.neurons, word_count(self._n)
        places = self._known.find(keys[:, m : m + m * words].reshape(-1, words)).reshape(len(keys), m)
        outputs = keys[:, :m].view(np.int64)
        numbers = 2 * self._number[places] + (outputs < 0)
        known = (
            (places >= 0).all(axis=1) & (np.abs(outputs) == 1).all(axis=1) & (np.diff(numbers, axis=1) > 0).all(axis=1)
        )
        mirrored = np.sort(numbers ^ 1, axis=1)
        flip = _before(mirrored, numbers)
        numbers = np.where(flip[:, None], mirrored, numbers)
        signs = unpacked(keys[:, m + m * words :], self._n)[:, self._rows]
        signs = np.where(flip[:, None], -signs, signs)
        active = self._active(places)[:, self._rows]
        found = np.zeros(len(keys), bool)
        for start, stop, nodes in roots:
            first = (numbers == np.array(start)).all(axis=1)
            inside = (first | _before(np.array(start)[None], numbers)) & _before(numbers, np.array(stop)[None])
            if nodes:
                wanted = np.array([[_SIGNS[sign] for sign in node] for node in nodes], np.int8)
                agrees = ((signs[:, None] == wanted) | (wanted == 0) | ~active[:, None]).all(axis=2).any(axis=1)
                inside &= ~first | agrees
            found |= inside
        return np.asarray(found & known, bool)

    def _active(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether each row is active in some neuron of each pair."""
        masks = unpacked(self._known.words, self._n) > 0
        return np.asarray(masks[places].any(axis=1), bool)

    def apart(self, roots: Sequence[Any]) -> bool:
        """Whether no two ranges have a tuple in common."""
        return all(bool(one[1] <= other[0]) for one, other in pairwise(sorted(roots)))

    def within(self, root: Any, roots: Sequence[Any]) -> bool:
        """Whether a range lies in one of the others."""
        start, stop, nodes = root
        return any(
            other[0] <= start and stop <= other[1] and (start != other[0] or _nested(nodes, other[2]))
            for other in roots
        )

    def signs(self, block: PairColumns) -> Words:
        """Pack the signs of pairs anew: no bit is set of a row that is zero, not there, or active in no neuron."""
        return packed(block.signs > 0)

    def witnessed(self, block: PairColumns) -> NDArray[np.bool_]:
        """Say which pairs have the masks and the signs that they should have at their weights, by exact arithmetic."""
        k, m, d = block.witnesses.shape
        values = self._matrix.dot(block.witnesses.reshape(k * m, d).T).T.reshape(k, m, self._n)
        zero = np.array([not any(row) for row in self.listing.arrangement.normals], bool)
        right = ((values > 0) == (block.masks > 0) & ~zero).all(axis=(1, 2)) & ((values != 0) | zero).all(axis=(1, 2))
        u: Integers = (np.where(values > 0, values, 0).astype(object) * block.outputs[:, :, None]).sum(axis=1)
        return np.asarray(right & (np.sign(u).astype(np.int8) == block.signs).all(axis=1), bool)


def _before(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each line comes before that of the other, in lexicographic order."""
    differs = one != other
    first = differs.argmax(axis=1)
    lines = np.arange(len(differs))
    one, other = np.broadcast_to(one, differs.shape), np.broadcast_to(other, differs.shape)
    return np.asarray(differs.any(axis=1) & (one[lines, first] < other[lines, first]), bool)


def _nested(nodes: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each node has the signs of one of the others; no others stand for all."""
    return not others or (
        bool(nodes) and all(any(all(b in ("0", a) for a, b in zip(x, y, strict=True)) for y in others) for x in nodes)
    )
