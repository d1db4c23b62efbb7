"""Integer matrices whose products are exact: int64 where a bound proves it safe, big integers elsewhere.

A  integer matrix, n rows
w  integer vector
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.linear_algebra import primitive

Integers = NDArray[Any]  # int64, or object holding Python integers
Floats = NDArray[np.float64]
_SAFE = 2**62


def integer_vector(values: Sequence[int]) -> Integers:
    """Make a vector of exact integers: int64 where every entry fits in 62 bits, Python integers elsewhere."""
    small = all(-_SAFE < value < _SAFE for value in values)
    return np.array(values, dtype=np.int64 if small else object)


def reduced(w: Integers) -> Integers:
    """Divide an integer vector by the gcd of its entries: the shortest integer vector on its ray."""
    return integer_vector(primitive(w.tolist()))


class IntegerMatrix:
    """Rows of exact integers with exact products A w.

    |a.w| <= ||a||_1 max|w|, so int64 cannot overflow while the right-hand side stays below 2^62.

    Args:
        rows: n rows of Python integers, all of one length.

    Example:
        >>> IntegerMatrix([[1, 10**30]]).dot(integer_vector([1, 1])).tolist()
        [1000000000000000000000000000001]
    """

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.exact: Integers = np.array([list(row) for row in rows], dtype=object).reshape(len(rows), -1)
        self.norm = max((sum(map(abs, row)) for row in rows), default=0)
        self._small = self.exact.astype(np.int64) if self.norm < _SAFE else None

    def __len__(self) -> int:
        return len(self.exact)

    def row(self, k: int) -> Integers:
        """Row k."""
        return self.exact[k] if self._small is None else np.asarray(self._small[k])

    def dot(self, w: Integers) -> Integers:
        """A w, exactly."""
        if self._small is not None and w.dtype == np.int64 and self.norm * int(np.abs(w).max()) < _SAFE:
            return np.asarray(self._small @ w)
        return np.asarray(self.exact @ w.astype(object))

    def scaled(self) -> tuple[Floats, list[int]]:
        """Convert the rows to floating point, each divided by its largest entry; return these entries too."""
        largest = [max(map(abs, row), default=0) or 1 for row in self.exact.tolist()]
        floats = [[x / size for x in row] for row, size in zip(self.exact.tolist(), largest, strict=True)]
        return np.array(floats, dtype=np.float64).reshape(self.exact.shape), largest
