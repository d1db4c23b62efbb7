"""The cells of the distinct hyperplanes, carried over to all rows of an arrangement and to both of its halves.

A search works on one row for each distinct hyperplane, in independent columns, and in a central arrangement on the half
where the first of them is positive. `Arrangement.essential` says which row is which.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.arrangement import Arrangement
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.packed_bits import Words, packed, unpacked


@dataclass(frozen=True)
class RowImage:
    """How cells of the distinct hyperplanes become regions of the arrangement.

    Args:
        arrangement: with at least one distinct hyperplane.

    Example:
        >>> image = RowImage(Arrangement.from_table([[1, 0], [0, 1], [-1, 0]]))
        >>> unpacked(image.words(np.array([[3]], np.uint64)), 3).tolist()
        [[1, 1, -1], [-1, -1, 1]]
        >>> image.points(np.array([[1, 2]])).tolist()
        [[1, 2], [-1, -2]]
    """

    arrangement: Arrangement

    @cached_property
    def index(self) -> NDArray[np.intp]:
        """For each row the number of its hyperplane."""
        return np.array([k for k, _ in self.arrangement.essential.members], np.intp)

    @cached_property
    def orientation(self) -> NDArray[np.int8]:
        """For each row 1 or -1 as it is oriented like its hyperplane; 0 if it is zero."""
        return np.array([sign for _, sign in self.arrangement.essential.members], np.int8)

    @cached_property
    def _flips(self) -> Words | None:
        """The bits that differ, if row k is hyperplane k; None if bits must be moved, too."""
        size = len(self.arrangement.essential.rows)
        if not np.array_equal(self.index, np.arange(size)) or not self.orientation.all():
            return None
        return packed(self.orientation[None] < 0)

    @cached_property
    def _present(self) -> Words:
        """The bits of rows that are not zero."""
        return packed(self.orientation[None] != 0)

    def words(self, found: Words) -> Words:
        """Give the packed signs of the regions; in a central arrangement each is followed by its mirror image."""
        if self._flips is not None:
            words = found ^ self._flips
        else:
            signs = unpacked(found, len(self.arrangement.essential.rows))[:, self.index] * self.orientation
            words = packed(signs > 0)
        return words if self.arrangement.is_affine else _alternating(words, words ^ self._present)

    def points(self, found: Integers) -> Integers:
        """Give the points in all columns, in the order of `words`."""
        columns = self.arrangement.dimension + self.arrangement.is_affine
        points = np.zeros((len(found), columns), found.dtype)
        points[:, list(self.arrangement.essential.columns)] = found
        return points if self.arrangement.is_affine else _alternating(points, -points)


def _alternating(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Put each line of the second after that of the first."""
    both = np.empty((2 * len(first), first.shape[1]), first.dtype)
    both[::2], both[1::2] = first, second
    return both
