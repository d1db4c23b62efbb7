"""Integers as lines of decimal text with commas between them, made for many lines at once.

Every integer gets as many bytes as the longest one of its matrix, zero bytes where it has no digit; then these bytes
are dropped from all lines together. So the work is a few operations on whole arrays, and none on single numbers.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Integers

_TEXT = 1 << 18  # bytes of text, about, that are held at a time: they stay in the cache
_MINUS, _ZERO, _COMMA, _NEWLINE = b"-0,\n"


def number_lines(parts: Sequence[Integers]) -> Iterator[bytes]:
    r"""Write matrices side by side as lines of text, some lines at a time.

    Args:
        parts: matrices of integers of any length, with equally many lines.

    Example:
        >>> b"".join(number_lines([np.array([[1, -1], [0, 1]], np.int8), np.array([[250], [10**30]], object)]))
        b'1,-1,250\n0,1,1000000000000000000000000000000\n'
    """
    lines = len(parts[0])
    step = max(1, _TEXT // max(1, 4 * sum(part.shape[1] for part in parts)))
    for first in range(0, lines, step):
        some = [part[first : first + step] for part in parts]
        try:
            yield _joined([part if part.dtype != object else part.astype(np.int64) for part in some])
        except OverflowError:  # more than 64 bits
            rows = zip(*(part.tolist() for part in some), strict=True)
            yield "".join(",".join(str(value) for part in row for value in part) + "\n" for row in rows).encode()


def _joined(parts: Sequence[NDArray[np.signedinteger]]) -> bytes:
    """Write matrices of machine integers side by side."""
    lines = len(parts[0])
    texts = [_padded(part).reshape(lines, -1) for part in parts if part.shape[1]]
    if not texts:
        return b"\n" * lines
    text = np.concatenate(texts, axis=1)
    text[:, -1] = _NEWLINE
    return text.tobytes().translate(None, b"\0")


def _padded(numbers: NDArray[np.signedinteger]) -> NDArray[np.uint8]:
    """Write each integer as bytes of one length: perhaps a minus, digits and a comma, with zero bytes between."""
    negative = numbers < 0
    left = np.abs(numbers).view(f"u{numbers.dtype.itemsize}")  # the least integer, too, which has no opposite
    most = int(left.max())
    left = left.astype(np.min_scalar_type(most))
    width, begin = len(str(most)), int(negative.any())
    text = np.zeros((*numbers.shape, begin + width + 1), np.uint8)
    if begin:
        text[..., 0] = negative * np.uint8(_MINUS)
    text[..., -1] = _COMMA
    for place in range(begin + width - 1, begin - 1, -1):
        rest = left // 10
        digit = (left - 10 * rest).astype(np.uint8) + np.uint8(_ZERO)
        text[..., place] = digit if place == begin + width - 1 else digit * (left > 0)
        left = rest
    return text
