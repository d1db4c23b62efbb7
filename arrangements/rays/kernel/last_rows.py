"""The cells of a node with two undecided rows, without a new ray: part of the ray engine's compiled kernel.

a, b     the two rows; K the node's cone; x, y their values on a ray of it
(s, t)   a quadrant: the points of K on which a has sign s and b has sign t, each + or -

Both rows take both signs on K. A ray with signs (s, t), (s, 0) or (0, t) has points of the quadrant on it or beside it.
If there is none, the quadrant is empty iff for some k > 0, s x <= -k t y on all rays (Farkas): both sides are positive
where the signs are (s, -t), and negative where they are (-s, t), and other rays do as they should. So

    (s, t) is empty  iff  the largest |x / y| on rays (s, -t) is at most the smallest on rays (-s, t).

*Errors.* A value errs by at most e + (r + 3) u, as in `arrangements.rays.kernel.filtered_arithmetic`, so a ratio lies
between two bounds, computed with a reserve of 2^-50 of their size. Ratios of whole numbers below 2^26 are equal or
differ by more than 2^-52 of their size, so that rounded ones are in the same order. What bounds do not tell apart is
left to a split by one of the rows.
"""

import numpy as np

from arrangements.rays.kernel.filtered_arithmetic import ONE, U, called, dimension, lowest, plain_value
from arrangements.rays.kernel.state import Cells, Pool, Space, Work

_SHORT = 2.0**26
_LESS, _MORE = 1.0 - 2.0**-50, 1.0 + 2.0**-50


@called
def last_two(work: Work) -> tuple[int, int]:
    """The two undecided rows of a node, if none of its undecided rows has a prescribed sign; else -1."""
    a = b = -1
    for w in range(len(work.sets)):
        both = work.sets[w].up & work.sets[w].down
        if both & (work.sets[w].want_plus | work.sets[w].want_minus):
            return -1, -1
        while both:
            a, b = b, 64 * w + lowest(both)
            both &= both - ONE
    return a, b


@called
def quadrants(space: Space, pool: Pool, work: Work, first: int, count: int, a: int, b: int) -> int:
    """Which quadrants of the node there are: bit 2 s + t, s and t being 1 for minus. Returns -1 if that is in doubt."""
    sides, lists, words = pool.sides, work.lists, pool.sides.shape[1] // 2
    u, i, v, j = a >> 6, np.uint64(a & 63), b >> 6, np.uint64(b & 63)
    seen = 0  # bit 3 s + t, s and t being 0 for zero, 1 for plus, 2 for minus
    for place in range(first, first + count):
        q = lists[place]
        one = ((sides[q, u] >> i) & ONE) | ((sides[q, words + u] >> i) & ONE) << ONE
        other = ((sides[q, v] >> j) & ONE) | ((sides[q, words + v] >> j) & ONE) << ONE
        seen |= 1 << int(np.int64(np.uint64(3) * one + other))
    found = 0
    for s in range(2):
        for t in range(2):
            if seen & (1 << 3 * (s + 1) + t + 1 | 1 << 3 * (s + 1) | 1 << t + 1):
                found |= 1 << 2 * s + t
    if found == 15:
        return found
    differ = 1 if found & 6 != 6 else 0  # of two opposite quadrants, one or both are missing
    return _compared(space, pool, work, first, count, a, b, differ, found)


@called
def _compared(
    space: Space, pool: Pool, work: Work, first: int, count: int, a: int, b: int, differ: int, found: int
) -> int:
    """Decide on the two opposite quadrants in which the signs differ, or do not, by the rays in the other two."""
    sides, lists, words, r = pool.sides, work.lists, pool.sides.shape[1] // 2, dimension(pool.rays)
    u, i, v, j = a >> 6, np.uint64(a & 63), b >> 6, np.uint64(b & 63)
    low_0 = high_0 = low_1 = high_1 = 0.0  # bounds on the largest ratio among rays with a positive, negative
    least_0 = least_1 = above_0 = above_1 = np.inf  # and on the smallest
    for place in range(first, first + count):
        q = lists[place]
        s, t = (sides[q, words + u] >> i) & ONE, (sides[q, words + v] >> j) & ONE
        known_s, known_t = s | ((sides[q, u] >> i) & ONE), t | ((sides[q, v] >> j) & ONE)
        if known_s == 0 or known_t == 0 or np.int64(s ^ t) == differ:
            continue
        x, y = abs(plain_value(space.rows, a, pool.rays, q, r)), abs(plain_value(space.rows, b, pool.rays, q, r))
        if space.exact and x < _SHORT and y < _SHORT:
            low = high = x / y
        else:
            error = 0.0 if space.exact else (pool.rays[q, 2 * r] + (r + 3) * U) * _MORE
            low = (x - error) / (y + error) * _LESS if x > error else 0.0
            high = (x + error) / (y - error) * _MORE if y > error else np.inf
        if s == 0:
            low_0, high_0, least_0, above_0 = max(low_0, low), max(high_0, high), min(least_0, low), min(above_0, high)
        else:
            low_1, high_1, least_1, above_1 = max(low_1, low), max(high_1, high), min(least_1, low), min(above_1, high)
    for s in range(2):
        bit = 1 << 2 * s + (s ^ differ)
        if found & bit:
            continue
        low, high = (low_1, high_1) if s else (low_0, high_0)
        least, above = (least_0, above_0) if s else (least_1, above_1)
        if low > above:
            found |= bit
        elif not high <= least:
            return -1
    return found


@called
def emit_quadrants(work: Work, cells: Cells, m: int, a: int, b: int, found: int) -> None:
    """Write the signs of the cells in these quadrants, as cell m and after it."""
    for place in range(4):
        if not found >> place & 1:
            continue
        for w in range(cells.words.shape[1]):
            cells.words[m, w] = work.sets[w].up
        if place & 2:
            cells.words[m, a >> 6] &= ~(ONE << np.uint64(a & 63))
        if place & 1:
            cells.words[m, b >> 6] &= ~(ONE << np.uint64(b & 63))
        m += 1
