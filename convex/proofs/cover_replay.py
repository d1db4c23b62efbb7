"""How the entries of a cover settle all tuples: the tokens by which a checker follows them without a search.

Tuples are made neuron by neuron. Of a partial tuple, with all neurons that may still join, the second-layer signs fill
a box: + at rows where a neuron of output sign 1 is active, - where one of sign -1 is. An entry that is good for all
these neurons covers the part of the box where it allows the signs, and what it leaves is divided into smaller boxes.
The tokens say, box by box, which entry is taken; docs/proofs/certificates.md, "Replay", has the rules.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from arrangements.cells import Signs
from convex.columns.covers import bits_of

BRANCH, BY_REGIONS = -1, -2

Part = tuple[int, int]  # the rows where u may be positive, and negative, as bits
Closed = tuple[int, int, int, int, int]  # an entry, and the rows where it forbids +, -, one of them, both


class Allowed(NamedTuple):
    """What an entry allows, as bits.

    Attributes:
        above: rows where u may be positive.
        below: rows where u may be negative.
        good: neurons for which it is good, by their places.
    """

    above: int
    below: int
    good: int


def left_over(entry: Allowed, part: Part) -> list[Part] | None:
    """Divide what an entry leaves of a part into parts; None if it allows nothing of it.

    Args:
        entry: a good one.
        part: rows that may be + and rows that may be -, as bits.

    Example:
        >>> left_over(Allowed(0b11, 0b01, 0), (0b11, 0b11))
        [(1, 3)]
    """
    up, down = part
    left = []
    rows = up & down & ~(entry.above & entry.below)
    while rows:
        row = rows & -rows
        rows ^= row
        if entry.above & row:
            left.append((up ^ row, down))
            down ^= row
        else:
            left.append((up, down ^ row))
            up ^= row
    return None if up & ~entry.above or down & ~entry.below else left


class _UncoveredError(Exception):
    """No entries cover a tuple."""


class CoverReplay:
    """The tokens of a cover, and the order of its entries: those that are taken most often come first.

    Where a tuple is not covered the tokens end, and a checker rejects them.

    Args:
        entries: what each allows.
        neurons: the signs of the region and the output sign of each neuron, in the order in which tuples are made.
        width: neurons in a tuple.
        regions: the signs of all regions, for opposed pairs.

    Attributes:
        order: the places of the entries that are of use, in their new order.
        tokens: the tree of the cover, with entries by their new places.

    Example:
        One neuron that is active on the only row, with entries that allow one sign and both:

        >>> one = CoverReplay([Allowed(1, 0, 1), Allowed(1, 1, 1)], [((1,), 1)], 1, [(1,), (-1,)])
        >>> one.order, one.tokens
        ([0], [0])
    """

    def __init__(
        self, entries: Sequence[Allowed], neurons: Sequence[tuple[Signs, int]], width: int, regions: Sequence[Signs]
    ) -> None:
        self._entries, self._outputs = entries, [output for _, output in neurons]
        self._active = [bits_of([i for i, s in enumerate(signs) if s > 0]) for signs, _ in neurons]
        self._sides = [tuple(bits_of([i for i, t in enumerate(r) if t == s]) for s in (1, -1)) for r in regions]
        self._size, self._width = len(neurons), min(width, len(neurons))
        self._later: list[Part] = [(0, 0)]
        for rows, output in zip(reversed(self._active), reversed(self._outputs), strict=True):
            self._later.append(self._joined(self._later[-1], rows, output))
        self._closed = [
            (e, ~above, ~below, ~(above & below), ~(above | below)) for e, (above, below, _) in enumerate(entries)
        ]
        self._current: int | None = None
        self.tokens: list[int] = []
        with suppress(_UncoveredError):
            self._all_tuples()
        counted = Counter(token for token in self.tokens if token >= 0)
        self.order = [e for e, _ in counted.most_common()]
        place = {e: k for k, e in enumerate(self.order)}
        self.tokens = [place.get(token, token) for token in self.tokens]

    @staticmethod
    def _joined(part: Part, rows: int, output: int) -> Part:
        return (part[0] | rows, part[1]) if output > 0 else (part[0], part[1] | rows)

    def _all_tuples(self) -> None:
        """Make the tuples in the order of a checker, and settle each partial one that can be."""
        known = list(range(len(self._entries)))
        size, width = self._size, self._width
        stack = [] if self._settled(0, 0, (0, 0), known) else [(0, 0, (0, 0), known, iter(range(size - width + 1)))]
        while stack:
            chosen, count, part, known, following = stack[-1]
            j = next(following, None)
            if j is None:
                stack.pop()
                continue
            bit, start = 1 << j, j + 1 if count + 1 < width else size
            part = self._joined(part, self._active[j], self._outputs[j])
            if start < size:
                known = [e for e in known if self._entries[e].good & bit]
            if not self._settled(chosen | bit, start, part, known):
                stack.append((chosen | bit, count + 1, part, known, iter(range(start, size - width + count + 2))))

    def _settled(self, chosen: int, start: int, part: Part, known: list[int]) -> bool:
        """Take tokens that settle these neurons with those that may join, or the one that branches."""
        rest = self._later[self._size - start]
        members, box = chosen | (1 << self._size) - (1 << start), (part[0] | rest[0], part[1] | rest[1])
        tokens, current = len(self.tokens), self._current
        if self._covered([box], members, known):
            return True
        del self.tokens[tokens:]
        self._current = current
        parts = self._by_regions(members, box)
        if parts:
            self.tokens.append(BY_REGIONS)
            if self._covered(parts, members, known):
                return True
            del self.tokens[tokens:]
            self._current = current
        if members.bit_count() <= self._width:
            raise _UncoveredError
        self.tokens.append(BRANCH)
        return False

    def _by_regions(self, members: int, box: Part) -> list[Part]:
        """List the parts of the box of an opposed pair, one for each possible region; none for other neurons."""
        if self._width != 2 or members.bit_count() != 2:
            return []
        first, second = (members & -members).bit_length() - 1, members.bit_length() - 1
        if self._outputs[first] == self._outputs[second]:
            return []
        up, down = box
        return [(up & p, down & q) for p, q in self._sides if not up & ~down & q and not down & ~up & p]

    def _covered(self, parts: list[Part], members: int, known: list[int]) -> bool:
        """Take entries until all parts are covered; False if none is of use for some part."""
        entries, parts = self._entries, parts[::-1]
        good: list[Closed] | None = None
        while parts:
            part = parts.pop()
            up, down = part
            if self._current is not None:
                above, below, fine = entries[self._current]
                if not members & ~fine and not up & ~above and not down & ~below:
                    continue
            if good is None:
                good = [self._closed[e] for e in known if not members & ~entries[e].good]
            best = _least_left(good, up, down)
            if best is None:
                return False
            self.tokens.append(best)
            self._current = best
            parts += (left_over(entries[best], part) or [])[::-1]
        return True


def _least_left(good: list[Closed], up: int, down: int) -> int | None:
    """Choose an entry that covers a part, or else as much of it that it leaves the fewest parts."""
    free, best, least = up & down, None, len(bin(up | down))
    surely_up, surely_down = up ^ free, down ^ free
    for e, above, below, either, neither in good:
        if surely_up & above or surely_down & below:
            continue
        rows = free & either
        if not rows:
            return e
        if rows.bit_count() < least and not rows & neither:
            best, least = e, rows.bit_count()
    return best
