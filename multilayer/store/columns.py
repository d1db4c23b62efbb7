"""Cells as columns of a Parquet table, which other programs read without this one, and back.

n  rows; W = ceil(n / 64)  words for each sign vector

Signs are W columns of 64 bits, unsigned: bit k % 64 of column k // 64 is 1 iff row k is positive. Integers are columns
of 64 bits, signed. Where one of a cell's integers needs more, all of that cell's are null, and one more column holds
them as decimals with spaces between; so every part of a dataset has the same columns.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Integers
from arrangements.exact.packed_bits import Words

_LEAST, _MOST = -(2**63), 2**63 - 1


def word_names(prefix: str, words: int) -> list[str]:
    """Name the columns of packed signs.

    Example:
        >>> word_names("s", 2)
        ['s0', 's1']
    """
    return [f"{prefix}{k}" for k in range(words)]


def word_arrays(words: Words) -> list[pa.Array]:
    """Make columns of packed signs, a line each."""
    return [pa.array(np.ascontiguousarray(words[:, k])) for k in range(words.shape[1])]


def words_of(batch: pa.RecordBatch, names: Sequence[str]) -> Words:
    """Read packed signs back from columns."""
    return np.stack([batch.column(name).to_numpy(zero_copy_only=False) for name in names], axis=1)


def integer_arrays(points: Integers) -> list[pa.Array]:
    """Make columns of integers, and the one that holds as text what does not fit.

    Args:
        points: integers of any length, a line each.

    Example:
        >>> [column.to_pylist() for column in integer_arrays(np.array([[1, 2], [3, 2**70]], object))]
        [[1, None], [2, None], [None, '3 1180591620717411303424']]
    """
    if points.dtype != object:
        columns = [pa.array(np.ascontiguousarray(points[:, j], np.int64)) for j in range(points.shape[1])]
        return [*columns, pa.nulls(len(points), pa.string())]
    long = np.array([any(not _LEAST <= x <= _MOST for x in line) for line in points.tolist()], bool)
    short = np.where(long[:, None], 0, points).astype(np.int64)
    columns = [pa.array(short[:, j], mask=long) for j in range(points.shape[1])]
    texts = [" ".join(map(str, line)) if far else None for line, far in zip(points.tolist(), long, strict=True)]
    return [*columns, pa.array(texts, pa.string())]


def integers_of(batch: pa.RecordBatch, names: Sequence[str], text: str) -> Integers:
    """Read integers back; the array holds Python's own integers only if some need more than 64 bits.

    Args:
        batch: the columns.
        names: those of the integers.
        text: the column of decimals.
    """
    texts = batch.column(text)
    if texts.null_count == len(texts):
        return _stacked([batch.column(name).to_numpy(zero_copy_only=False) for name in names], len(texts))
    points = _stacked([np.array(batch.column(name).to_pylist(), object) for name in names], len(texts))
    for k, line in enumerate(texts.to_pylist()):
        if line is not None:
            points[k] = [int(value) for value in line.split(" ")]
    return points


def _stacked(columns: list[NDArray[Any]], lines: int) -> NDArray[Any]:
    return np.stack(columns, axis=1) if columns else np.zeros((lines, 0), np.int64)
