"""Whitney numbers of an arrangement over a prime field, by deletion and restriction, level by level.

Letters: r, the dimension; A_i, the restriction to hyperplane i of the hyperplanes before it;
W(x) = sum_k w_k x^k, the generating function of the absolute Whitney numbers; e and p = 2^e - 1 as in
`theory.counting.mersenne_field`.

Deleting the hyperplanes of an arrangement one after the other, from the last, gives

    chi(t) = t^r - sum_i chi_{A_i}(t),    that is    W(x) = 1 + x sum_i W_{A_i}(x)

(Orlik and Terao, Arrangements of Hyperplanes, 1992, Corollary 2.57). So w_k counts the ways to
restrict k times: it is the number of hyperplanes in all the arrangements that k - 1 restrictions lead to.
A level is the list of these arrangements of one dimension, kept in one array: the (monic, distinct)
normals of an arrangement are consecutive rows with a common label, and a weight says how often it occurs.
Pairing each row with the earlier rows of its arrangement gives the next level. Equal arrangements are
merged: for degenerate families, such as braid:n, few are left on a level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import comb
from typing import NamedTuple

import numpy as np

from arrangements.errors import LimitError
from theory.counting.mersenne_field import Array, monic, multiply, subtract

BATCH = 1 << 18  # numbers in one batch of pairs: larger ones leave the cache, smaller ones cost calls
HELD = 1 << 21  # numbers kept of one level before it is continued in parts, which merge separately
HELD_WHOLE = 1 << 24  # the same where there is a limit: a level as a whole tells more of what lies below
LOW61 = (1 << 61) - 1


class Level(NamedTuple):
    """The arrangements of one dimension: rows (N, dimension), and each row's label and weight (N,)."""

    rows: Array
    label: Array
    weight: Array


def unseen(least: int) -> None:
    """Ignore how far a count is."""


def whitney_modulo(
    rows: Array, e: int, limit: int | None = None, seen: Callable[[int], None] = unseen
) -> tuple[int, ...]:
    """Compute the absolute Whitney numbers w_0, ..., w_r of the arrangement with these normals modulo p.

    Args:
        rows: residues modulo 2^e - 1, shape (n, r); zero and parallel rows are allowed.
        e: the exponent.
        limit: stop as soon as the sum of the numbers is known to exceed this.
        seen: told now and then how much of the sum has been counted.

    Raises:
        LimitError: the sum exceeds `limit`; it says what the sum is at least.

    Example:
        >>> whitney_modulo(np.array([(1, 0), (0, 1), (1, 1), (2, 2), (0, 0)]), 61)
        (1, 3, 2)
    """
    n, r = rows.shape
    rows = monic(rows[(rows != 0).any(axis=1)], e)
    largest = max(comb(n, k) for k in range(r + 1))  # w_k <= C(n, k) bounds every sum of weights
    one = np.ones(len(rows), dtype=np.int64 if largest < 1 << 63 else object)
    w = [1] + [0] * r

    def descend(level: Level, whole: bool) -> None:
        """Count a part of a level and all that is below it; `whole` if the levels up to here are known as a whole."""
        k = r + 1 - level.rows.shape[1]
        w[k] += int(level.weight.sum())
        check_limit(w, limit)
        if k < r - 1:
            if whole and limit is not None:
                look_ahead(level, e, w[: k + 1], r, limit)
            held = HELD_WHOLE if whole and limit is not None else HELD
            for below, last in gather(watched(restrict(level, e)), held):
                descend(below, whole and last)

    def watched(batches: Iterator[Level]) -> Iterator[Level]:
        for batch in batches:
            seen(sum(w))
            yield batch

    if len(rows) and r:
        descend(distinct(Level(rows, np.zeros(len(rows), dtype=np.int64), one)), True)
        w[r] = sum((-1) ** (r - 1 - k) * w[k] for k in range(r))  # chi(1) = 0, for every central arrangement
    check_limit(w, limit)
    return tuple(w)


def check_limit(w: Sequence[int], limit: int | None) -> None:
    """Raise where the numbers so far exceed the limit.

    Raises:
        LimitError: they do.

    Example:
        >>> check_limit((1, 3, 2), 6)
    """
    if limit is not None and (least := sum(w)) > limit:
        raise exceeded(limit, least)


def exceeded(limit: int, least: int) -> LimitError:
    """The error that says how many regions there are at least.

    Args:
        limit: how many were allowed.
        least: a larger number.

    Example:
        >>> exceeded(5, 8)
        LimitError('more than 5 regions: at least 8')
    """
    return LimitError(f"more than {limit} regions: at least {least}", least)


def look_ahead(level: Level, e: int, w: Sequence[int], r: int, limit: int) -> None:
    """Count the level below a complete one, and raise where the numbers known then prove that the limit is exceeded.

    Without this a count goes on until the regions that it has seen exceed the limit.

    Args:
        level: all arrangements that k restrictions lead to, k >= 1.
        e: the exponent.
        w: w_0, ..., w_k.
        r: the rank.
        limit: what the sum of all w may come to.

    Raises:
        LimitError: there are more regions.
    """
    below = 0
    for batch in restrict(level, e):
        below += int(batch.weight.sum())
        if (least := least_regions((*w, below), r)) > limit:
            raise exceeded(limit, least)


def least_regions(w: Sequence[int], r: int) -> int:
    """Bound the number of regions from below by the first Whitney numbers.

    Args:
        w: w_0, ..., w_k; the last one may be too small.
        r: the rank.

    Theorem (Provan 1977; Bjoerner 1992, Theorem 7.4.3): the complex of sets without a broken circuit is shellable. So
    its h-vector, sum_k w_k x^k = sum_i h_i x^i (1 + x)^(r-i), is not negative; at x = 1 the sum is that of h_i 2^(r-i).
    For w_0 = 1 alone this is 2^r, the regions of r independent hyperplanes.

    Example:
        >>> least_regions((1,), 5), least_regions((1, 7), 5), sum((1, 7, 21, 35, 35, 15))
        (32, 64, 114)
    """
    h: list[int] = []
    for k, w_k in enumerate(w):
        h.append(max(w_k - sum(h_i * comb(r - i, k - i) for i, h_i in enumerate(h)), 0))
    return sum(h_i << (r - i) for i, h_i in enumerate(h))


def restrict(level: Level, e: int) -> Iterator[Level]:
    """Yield the arrangements A_i of every arrangement of the level, in batches; the label of A_i is the row i.

    On the hyperplane of a monic row v with pivot c (v_c = 1) the coordinate c is superfluous: another
    row u becomes u - u_c v without its entry c. Pivots chosen as first non-zero entries make the
    result depend on the subspace alone, not on the order of the restrictions (reduced row echelon form).
    """
    rows, label, weight = level
    size, dimension = rows.shape
    first = np.flatnonzero(starts(label))
    earlier = np.arange(size) - np.repeat(first, np.diff(np.append(first, size)))
    total = np.cumsum(earlier)
    pivot = (rows != 0).argmax(axis=1)
    kept = np.arange(dimension - 1) + (np.arange(dimension - 1) >= pivot[:, None])
    begin = 0
    while begin < size:
        before = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, before + BATCH // dimension, side="right")))
        number = earlier[begin:end]
        i = np.repeat(np.arange(begin, end), number)
        # the pairs of row i are i - number, ..., i - 1
        j = i - np.repeat(np.cumsum(number), number) + np.arange(len(i))
        begin = end
        if len(i):
            factor = rows[j, pivot[i]][:, None]
            u = subtract(rows[j[:, None], kept[i]], multiply(factor, rows[i[:, None], kept[i]], e), e)
            yield distinct(Level(monic(u, e), i, weight[i]))


def gather(batches: Iterator[Level], size: int) -> Iterator[tuple[Level, bool]]:
    """Join and merge the batches, in one piece if that fits and else in several; say whether one piece is all.

    A piece is kept until the next one is there, so that an only piece is known to be the whole.

    Args:
        batches: of one level.
        size: numbers that fit.
    """
    held: list[Level] = []
    ready: list[Level] = []
    several = False
    for batch in batches:
        held.append(batch)
        if sum(part.rows.size for part in held) > size:
            held = [merge(join(held))]
            if held[0].rows.size > size // 2:
                if ready:
                    several = True
                    yield ready.pop(), False
                ready.append(held.pop())
    if ready and held:
        several = True
        yield ready.pop(), False
    if ready or held:
        yield ready.pop() if ready else merge(join(held)), not several


def join(levels: list[Level]) -> Level:
    """Join levels whose labels are different into one."""
    return Level(*(np.concatenate(parts) for parts in zip(*levels, strict=True)))


def distinct(level: Level) -> Level:
    """Sort the rows of each arrangement of the level, and drop repetitions."""
    order = np.lexsort((*level.rows.T, level.label))
    rows, label, weight = (a[order] for a in level)
    new = starts(label)
    new[1:] |= (rows[1:] != rows[:-1]).any(axis=1)
    return Level(rows[new], label[new], weight[new])


def merge(level: Level) -> Level:
    """Replace equal arrangements of the level by one, whose weight is the sum of theirs.

    Equality is guessed from a 64-bit signature and then verified entry by entry; if a guess
    is wrong, nothing is merged, which costs time but never truth.
    """
    rows, label, weight = level
    first = np.flatnonzero(starts(label))
    length = np.diff(np.append(first, len(rows)))
    signature = np.add.reduceat(scramble(rows), first) + length.astype(np.uint64)
    values, chosen, group = np.unique(signature, return_index=True, return_inverse=True)
    if len(values) == len(first):
        return level
    twin = first[chosen][group]  # where the arrangement's representative starts
    if (length[chosen][group] != length).any():
        return level
    if (rows[np.repeat(twin - first, length) + np.arange(len(rows))] != rows).any():
        return level
    total = np.zeros(len(values), dtype=weight.dtype)
    np.add.at(total, group, weight[first])
    stays = np.repeat(twin == first, length)
    return Level(rows[stays], label[stays], np.repeat(total[group], length)[stays])


def scramble(rows: Array) -> Array:
    """Compute a 64-bit hash of each row (multiply and shift, wrapping)."""
    odd, shift = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
    value = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        value = (value ^ np.asarray(column & LOW61, dtype=np.uint64)) * odd
        value ^= value >> shift
    return value * odd


def starts(label: Array) -> Array:
    """Mark the rows at which a new label begins."""
    new = np.ones(len(label), dtype=bool)
    new[1:] = label[1:] != label[:-1]
    return new
