"""Sign vectors as bits: row k is bit k % 64 of word k // 64, set iff the row is positive."""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]


def word_count(size: int) -> int:
    """Count the 64-bit words that hold that many bits; at least one.

    Example:
        >>> word_count(0), word_count(64), word_count(65)
        (1, 1, 2)
    """
    return max(1, -(-size // 64))


def packed(flags: NDArray[np.bool_]) -> Words:
    """Pack flags into bits of 64-bit words, along the last axis.

    Example:
        >>> packed(np.array([True, False, True])).tolist()
        [5]
    """
    size = flags.shape[-1]
    padded = np.zeros((*flags.shape[:-1], 64 * word_count(size)), np.bool_)
    padded[..., :size] = flags
    return np.packbits(padded, axis=-1, bitorder="little").view("<u8").astype(np.uint64, copy=False)


def unpacked(words: Words, size: int) -> NDArray[np.int8]:
    """Unpack bits into signs: +1 for bits that are set, -1 for others.

    Example:
        >>> unpacked(np.array([[5]], np.uint64), 3).tolist()
        [[1, -1, 1]]
    """
    flat = np.ascontiguousarray(words).astype("<u8", copy=False).view(np.uint8)
    bits = np.unpackbits(flat, axis=-1, count=size, bitorder="little").view(np.int8)
    bits <<= 1
    bits -= 1
    return bits


def distinct_words(words: Words) -> Words:
    """Sort lines of packed words, and drop repetitions.

    Example:
        >>> distinct_words(np.array([[5], [2], [5]], np.uint64)).tolist()
        [[2], [5]]
    """
    return np.unique(words[:, 0])[:, None] if words.shape[1] == 1 else np.unique(words, axis=0)
