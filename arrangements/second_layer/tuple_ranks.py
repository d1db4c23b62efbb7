"""The place of a tuple among all that are searched: ranks, and the tuple of a rank, without listing any.

k  number of a signed mask; k ^ 1 has the same mask and the other output sign, so 2 l and 2 l + 1 are a pair
m  width; a tuple: m increasing numbers; its mirror image has k ^ 1 for each k

Of a tuple and its mirror image the first in lexicographic order is searched: the one that has the even number of the
first pair of which it has only one. So a tuple that is searched begins with whole pairs; then it ends, or goes on with
an even number without the odd one beside it, and then with any greater numbers.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import comb


def searched_tuples(pairs: int, width: int) -> int:
    """Count the tuples that are searched: one of each tuple and its mirror image.

    C(2 p, m) tuples, of which C(p, m / 2) are their own mirror images: those made of whole pairs, for even m.

    Args:
        pairs: how many pairs of numbers there are to choose from, p.
        width: m.

    Example:
        >>> searched_tuples(2, 2), searched_tuples(3, 3)
        (4, 10)
    """
    if width < 0:
        return 0
    return (comb(2 * pairs, width) + (comb(pairs, width // 2) if width % 2 == 0 else 0)) // 2


def searched_before(numbers: Sequence[int], signed: int) -> int:
    """Count the searched tuples that come before a tuple in lexicographic order, whether it is searched or not.

    Args:
        numbers: the tuple; (signed,) * m stands for the end.
        signed: how many signed masks there are.

    Example: of two pairs, (0, 1), (0, 2), (0, 3) and (2, 3) are searched.
        >>> [searched_before(numbers, 4) for numbers in [(0, 1), (0, 3), (1, 2), (2, 3), (4, 4)]]
        [0, 2, 3, 3, 4]
    """
    pairs, width = signed // 2, len(numbers)
    if numbers[0] == signed:
        return searched_tuples(pairs, width)
    before, free = 0, pairs
    for place in range(0, width, 2):
        left, after = width - place, pairs - numbers[place] // 2 - 1  # numbers to choose; pairs after that of the next
        before += searched_tuples(free, left) - searched_tuples(after + 1, left)
        if numbers[place] % 2:
            return before + searched_tuples(after + 1, left) - searched_tuples(after, left)
        if left == 1 or numbers[place + 1] != numbers[place] + 1:
            return (
                before
                + searched_tuples(after, left - 2)
                + _combinations_before(numbers[place + 1 :], 2 * after, signed)
            )
        free = after
    return before


def searched_tuple(rank: int, width: int, signed: int) -> tuple[int, ...]:
    """Find the tuple before which so many are searched: the inverse of `searched_before`.

    Args:
        rank: from 0; for the number of searched tuples or more, the end (signed,) * m is returned.
        width: m.
        signed: how many signed masks there are.

    Example:
        >>> [searched_tuple(rank, 2, 4) for rank in range(5)]
        [(0, 1), (0, 2), (0, 3), (2, 3), (4, 4)]
    """
    pairs = signed // 2
    if rank >= searched_tuples(pairs, width):
        return (signed,) * width
    numbers: tuple[int, ...] = ()
    free = pairs
    while (left := width - len(numbers)) > 0:
        to_come = searched_tuples(free, left) - rank
        pair = _last(pairs, free, left, to_come, searched_tuples)
        free = pairs - pair - 1
        rank = searched_tuples(free + 1, left) - to_come
        whole = searched_tuples(free, left - 2)  # those with both numbers of the pair come first
        if rank >= whole:
            return (*numbers, 2 * pair, *_combination(rank - whole, left - 1, 2 * free, signed))
        numbers += (2 * pair, 2 * pair + 1)
    return numbers


def _last(end: int, free: int, left: int, to_come: int, choices: Callable[[int, int], int]) -> int:
    """The last of the `free` numbers before `end` from which on there are so many choices; there are at the first."""
    return bisect_right(range(end), -to_come, lo=end - free, key=lambda k: -choices(end - k, left)) - 1


def _combinations_before(numbers: Sequence[int], free: int, signed: int) -> int:
    """How many choices of so many of the last `free` numbers come before these in lexicographic order."""
    before = 0
    for left, k in zip(range(len(numbers), 0, -1), numbers, strict=True):
        before += comb(free, left) - comb(signed - k, left)
        free = signed - k - 1
    return before


def _combination(rank: int, width: int, free: int, signed: int) -> tuple[int, ...]:
    """The choice of so many of the last `free` numbers that has this rank."""
    numbers = []
    for left in range(width, 0, -1):
        to_come = comb(free, left) - rank
        k = _last(signed, free, left, to_come, comb)
        free = signed - k - 1
        rank = comb(free + 1, left) - to_come
        numbers.append(k)
    return tuple(numbers)
