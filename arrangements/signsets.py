"""Sets of regions as packed sign vectors: one bit for each row.

n  rows; N  regions; W = ceil(n / 64)  words for each region, laid out as in `arrangements.exact.packed_bits`

Rows that are 0 in every region (zero rows) are kept once, apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import check_iterable, check_kind, is_whole, read_list
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.packed_bits import Words, distinct_words, packed, unpacked, word_count
from arrangements.row_numbers import are_signs, row_numbers

_BATCH = 1 << 14


class SignSet:
    """A set of sign vectors of regions of one arrangement, sorted, without repetition.

    Two sets of the same rows can be united (|), intersected (&) and subtracted (-).

    Args:
        words: packed vectors, shape (N, W), in any order.
        zeros: for each of the n rows, whether it is zero.

    Example:
        >>> some = SignSet.of([(1, 0, 1), (-1, 0, 1), (1, 0, 1)])
        >>> len(some), (1, 0, 1) in some, (1, 0, -1) in some, list(some)
        (2, True, False, [(-1, 0, 1), (1, 0, 1)])
        >>> some - SignSet.of([(1, 0, 1)])
        <SignSet of 1 region of 3 rows>
    """

    def __init__(self, words: Words, zeros: Sequence[bool]) -> None:
        known = read_list(zeros, "zeros", "True for each zero row and False for each other one")
        if not all(isinstance(zero, bool | np.bool_) for zero in known):
            raise InputError(f"zeros is {shown(zeros)}; give True for each zero row and False for each other one")
        self.zeros = tuple(map(bool, known))
        self.words: Words = distinct_words(_checked_words(words, len(known)))

    @classmethod
    def of(cls, vectors: Iterable[Signs]) -> "SignSet":
        """Pack a stream of sign vectors; only packed words are kept.

        Args:
            vectors: tuples of -1, 0 and 1, all of one length and with 0 in the same places.

        Raises:
            InputError: the stream is empty, an entry is not a sign, or two vectors differ in length or in where they
                are zero.
        """
        stream = iter(check_iterable(vectors, "vectors", "sign vectors"))
        first = next(stream, None)
        if first is None:
            raise InputError("no sign vectors: an empty set does not say how many rows it has")
        batch: list[Signs] = [tuple(check_iterable(first, "a sign vector", "signs -1, 0 and 1"))]
        zeros = tuple(is_whole(s) and s == 0 for s in batch[0])
        parts: list[Words] = []
        for signs in stream:
            if len(batch) == _BATCH:
                parts.append(_packed(batch, zeros))
                batch = []
            batch.append(signs)
        parts.append(_packed(batch, zeros))
        return cls(np.concatenate(parts), zeros)

    @property
    def rows(self) -> int:
        """The number n of rows."""
        return len(self.zeros)

    @property
    def nbytes(self) -> int:
        """The memory of the packed words."""
        return int(self.words.nbytes)

    def __repr__(self) -> str:
        return f"<SignSet of {len(self)} region{'s' * (len(self) != 1)} of {self.rows} row{'s' * (self.rows != 1)}>"

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Signs]:
        """The sign vectors as tuples, in the order of their packed words."""
        present = 1 - np.array(self.zeros, np.int8)
        for start in range(0, len(self), _BATCH):
            for signs in (unpacked(self.words[start : start + _BATCH], self.rows) * present).tolist():
                yield tuple(signs)

    def __contains__(self, signs: object) -> bool:
        if not isinstance(signs, tuple) or not are_signs(signs):
            return False
        if tuple(s == 0 for s in signs) != self.zeros:
            return False
        return bool(self.find(packed(np.array([signs], np.int8) > 0))[0] >= 0)

    def find(self, words: Words) -> NDArray[np.intp]:
        """Find for each packed vector its position in the set, or -1."""
        words = _checked_words(words, self.rows)
        if not len(self):
            return np.full(len(words), -1)
        keys, wanted = _keys(self.words), _keys(words)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, place, -1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SignSet) and self.zeros == other.zeros and np.array_equal(self.words, other.words)

    __hash__ = None  # type: ignore[assignment]

    def __or__(self, other: "SignSet") -> "SignSet":
        self._same_rows(other)
        return SignSet(np.concatenate([self.words, other.words]), self.zeros)

    def __and__(self, other: "SignSet") -> "SignSet":
        self._same_rows(other)
        return SignSet(self.words[other.find(self.words) >= 0], self.zeros)

    def __sub__(self, other: "SignSet") -> "SignSet":
        self._same_rows(other)
        return SignSet(self.words[other.find(self.words) < 0], self.zeros)

    def flipped(self, rows: Sequence[int]) -> Words:
        """Pack the vectors with the signs of these rows flipped."""
        signs = -np.ones((1, self.rows), np.int8)
        signs[0, row_numbers(rows, self.rows)] = 1
        return self.words ^ packed(signs > 0)

    def neighbours(self, classes: Sequence[Sequence[int]]) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """Find the neighbours of all regions: for each hyperplane k their positions across it, or -1.

        Two regions share a facet iff their sign vectors differ in one hyperplane only.

        Args:
            classes: for each distinct hyperplane, the rows that are it.

        Example:
            >>> quadrants = SignSet.of([(1, 1), (1, -1), (-1, 1), (-1, -1)])
            >>> [(k, across.tolist()) for k, across in quadrants.neighbours([[0], [1]])]
            [(0, [1, 0, 3, 2]), (1, [2, 3, 0, 1])]
        """
        for k, rows in enumerate(read_list(classes, "classes", "lists of rows")):
            yield k, self.find(self.flipped(rows))

    def _same_rows(self, other: object) -> None:
        if self.zeros != check_kind(other, SignSet, None, "make one with SignSet.of(...)").zeros:
            raise InputError("the two sets are of different arrangements: their rows or zero rows differ")


def _checked_words(words: object, rows: int) -> Words:
    expected = word_count(rows)
    if not isinstance(words, np.ndarray) or words.dtype != np.uint64 or words.ndim != 2 or words.shape[1] != expected:
        raise InputError(
            f"words is {shown(words)}; {rows} rows are packed into {expected} numbers of type uint64 each, in an array "
            "with two axes; SignSet.of packs sign vectors"
        )
    return words


def _packed(batch: Sequence[Signs], zeros: tuple[bool, ...]) -> Words:
    lengths = {len(signs) if hasattr(signs, "__len__") else 0 for signs in batch}
    if lengths != {len(zeros)}:
        raise InputError(f"sign vectors of lengths {sorted(lengths)} where the first has {len(zeros)}")
    try:
        values = np.array(batch)
    except ValueError:  # entries that are lists of several lengths
        values = np.array([None])
    if values.size and (values.dtype.kind != "i" or values.ndim != 2 or values.min() < -1 or values.max() > 1):
        wrong = next((signs for signs in batch if not are_signs(signs)), batch[0])
        raise InputError(f"{shown(tuple(wrong))} is not a sign vector; its entries must be -1, 0 or 1")
    signs = values.astype(np.int8).reshape(len(batch), len(zeros))
    if ((signs == 0) != np.array(zeros, bool)).any():
        raise InputError("the sign vectors are zero in different rows: these are faces, not regions")
    return packed(signs > 0)


def _keys(words: Words) -> NDArray[Any]:
    """Make one comparable value of each line."""
    contiguous = np.ascontiguousarray(words)
    if words.shape[1] == 1:
        return contiguous[:, 0]
    return contiguous.view([(f"f{k}", np.uint64) for k in range(words.shape[1])]).reshape(len(words))
