"""The distinct packed vectors of a stream that is too long to keep."""

import numpy as np

from arrangements.exact.packed_bits import Words, distinct_words


class DistinctWords:
    """Distinct packed vectors; those that come are merged when they have become as many as those that are known.

    Args:
        words: how many words a vector has.

    Example:
        >>> known = DistinctWords(1)
        >>> known.add(np.array([[5], [2]], np.uint64))
        >>> known.add(np.array([[5], [7]], np.uint64))
        >>> len(known), known.words.tolist()
        (3, [[2], [5], [7]])
    """

    def __init__(self, words: int) -> None:
        self._known: Words = np.zeros((0, words), np.uint64)
        self._fresh: list[Words] = []
        self._waiting = 0

    def add(self, words: Words) -> None:
        """Add vectors, one a line."""
        self._fresh.append(words)
        self._waiting += len(words)
        if self._waiting > max(len(self._known), 1 << 16):
            self._merge()

    @property
    def words(self) -> Words:
        """The distinct vectors so far, sorted, one a line."""
        self._merge()
        return self._known

    def _merge(self) -> None:
        self._known = distinct_words(np.concatenate([self._known, *self._fresh]))
        self._fresh, self._waiting = [], 0

    def __len__(self) -> int:
        return len(self.words)
