"""Which regions lie below which roots of a search, and whether their witnesses are inside: what a check asks.

A root has a sign for some of the distinct hyperplanes; the regions below it are those with these signs. In a central
arrangement a region and its mirror image are found as one, the one with + for the first hyperplane. That is so for
every engine but `sweep`, whose roots say which hyperplanes meet at a region's lowest vertex: `seen` says so.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock
from arrangements.exact.integer_matrix import IntegerMatrix
from arrangements.exact.packed_bits import Words, packed
from multilayer.store.region_listing import RegionListing


class RegionSubtrees:
    """The subtrees of the search of all regions.

    Args:
        listing: what was listed.

    Example:
        >>> from arrangements import Arrangement
        >>> subtrees = RegionSubtrees(RegionListing(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]), "rays"))
        >>> keys = np.array([[0b011], [0b100], [0b111]], np.uint64)
        >>> subtrees.below(keys, ["++-"]).tolist(), subtrees.apart(["+-0", "++0"]), subtrees.within("++-", ["++0"])
        ([True, True, False], True, True)
    """

    def __init__(self, listing: RegionListing) -> None:
        self.arrangement = listing.arrangement
        self.seen = listing.engine != "sweep"
        members = self.arrangement.essential.members
        rows: dict[int, tuple[int, int]] = {}
        for i, (k, sign) in enumerate(members):
            if sign:
                rows.setdefault(k, (i, sign))
        self._rows = rows  # for each hyperplane, a row that is it, and its orientation
        self._present = packed(np.array([[sign != 0 for _, sign in members]], bool))

    @cached_property
    def _matrix(self) -> IntegerMatrix:
        return IntegerMatrix(self.arrangement.homogeneous)

    def below(self, keys: Words, roots: Sequence[str]) -> NDArray[np.bool_]:
        """Say which regions lie below one of the roots."""
        found = np.zeros(len(keys), bool)
        if not self.arrangement.is_affine and self._rows:
            i, sign = self._rows[0]
            positive = (keys[:, i >> 6] >> np.uint64(i & 63)) & np.uint64(1) == (sign > 0)
            keys = np.where(positive[:, None], keys, keys ^ self._present)
        for root in roots:
            decided, wanted = self._bits(root)
            found |= ((keys ^ wanted) & decided == 0).all(axis=1)
        return found

    def _bits(self, root: str) -> tuple[Words, Words]:
        """The rows that a root decides, and those that it makes positive."""
        signs = np.zeros((1, len(self.arrangement)), np.int8)
        for k, (i, sign) in self._rows.items():
            signs[0, i] = {"+": sign, "-": -sign, "0": 0}[root[k]]
        return packed(signs != 0), packed(signs > 0)

    def apart(self, roots: Sequence[str]) -> bool:
        """Whether no region can lie below two of the roots: they differ in a sign."""
        return all(any({a, b} == {"+", "-"} for a, b in zip(*two, strict=True)) for two in combinations(roots, 2))

    def within(self, root: str, roots: Sequence[str]) -> bool:
        """Whether all that lies below a root lies below one of the others: it has the signs of that one, and more."""
        return any(all(b in ("0", a) for a, b in zip(root, other, strict=True)) for other in roots)

    def signs(self, block: CellBlock) -> Words:
        """Pack the signs of regions anew: no bit is set of a row that is zero or not there."""
        return packed(block.signs > 0)

    def witnessed(self, block: CellBlock) -> NDArray[np.bool_]:
        """Say which regions have the signs that they should have at their witnesses, by exact arithmetic."""
        values = self._matrix.dot(block.witnesses.T).T
        right = (np.sign(values).astype(np.int8) == block.signs).all(axis=1)
        if self.arrangement.is_affine:
            right &= block.witnesses[:, -1] > 0
        return np.asarray(right, bool)
