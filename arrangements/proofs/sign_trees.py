"""Trees of sign vectors as text: which signs follow each prefix, depth first and + before -.

A prefix of signs that some vector has, shorter than all rows, is one character: the sign that follows it, or * where
both do. The sign that does not follow is a cut prefix (`arrangements.proofs.completeness`), so that a tree and a
refutation of each cut prefix, in their order, prove that a list is complete.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import Signs

_CHUNK = 20_000  # sign vectors that are turned into an array at once


def sign_tree(listed: Iterable[Signs], rows: Sequence[int]) -> tuple[list[int], str]:
    """Write sign vectors as a tree over some rows.

    Args:
        listed: sign vectors with 1 and -1 at these rows; any other number counts as -1.
        rows: the rows of the tree.

    Returns:
        The places of the vectors in the order of the tree, and the tree. Vectors that are there twice have one place
        in the tree, and two in the order.

    Example:
        >>> sign_tree([(-1, 0, -1), (1, 0, 1), (-1, 0, 1)], [0, 2])
        ([1, 2, 0], '*+*')
    """
    positive = _positive(listed, rows)
    if not positive.size:
        return list(range(len(positive))), ""
    keys = np.ascontiguousarray(np.packbits(~positive, axis=1))
    order = np.argsort(keys.view(f"V{keys.shape[1]}").ravel(), kind="stable")
    cells = positive[order]
    parts = np.concatenate(([-1], _first_difference(cells)))
    kept = parts < cells.shape[1]
    return order.tolist(), _text(cells[kept], parts[kept])


def _positive(listed: Iterable[Signs], rows: Sequence[int]) -> NDArray[np.bool_]:
    """Whether signs are +, vectors x rows."""
    vectors, tables = list(listed), []
    for k in range(0, len(vectors), _CHUNK):
        tables.append(np.array(vectors[k : k + _CHUNK], np.int8).reshape(len(vectors[k : k + _CHUNK]), -1)[:, rows] > 0)
    return np.concatenate(tables) if tables else np.zeros((0, len(rows)), np.bool_)


def _first_difference(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The first row at which each vector differs from the one before it; the number of rows where it is the same."""
    other = cells[1:] != cells[:-1]
    first: NDArray[np.int64] = np.where(other.any(axis=1), other.argmax(axis=1), cells.shape[1])
    return first


def _text(cells: NDArray[np.bool_], parts: NDArray[np.int64]) -> str:
    """Write sorted different vectors, which share `parts` signs with those before them, as a tree."""
    n = cells.shape[1]
    lengths = n - 1 - parts
    starts = np.cumsum(lengths) - lengths
    tree = np.where(cells[np.arange(n) > parts[:, None]], ord("+"), ord("-")).astype(np.uint8)
    for depth in range(n):  # a vector that parts from the one before it at this depth: there both signs follow
        first = np.flatnonzero(parts < depth)  # those that have a new prefix of this depth
        later = np.flatnonzero(parts == depth)
        owner = first[np.searchsorted(first, later) - 1]
        tree[starts[owner] + depth - parts[owner] - 1] = ord("*")
    return tree.tobytes().decode()
