"""That no sub-network earns more than beta, or a sub-network that does: branch and bound over neurons and signs.

T       a set of neurons; a tuple is one of `width` neurons; the whole set stands for unlimited width
entry   numbers c+, c- with the boxes of second-layer signs on which they are valid, and the neurons with h_k(c) <= beta
cover   entries such that each tuple T is covered: its sign vectors lie in boxes of entries that are good for all of T

A set of neurons that is covered covers all of its subsets, so one entry can settle many tuples, or all of them. A tree
runs over tuples neuron by neuron, and bounds a partial tuple together with all neurons that may still join; a box that
the relaxation cannot settle is split at one row (`convex.columns.box_bounds`). No second-layer sign vector is listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import comb

import numpy as np

from arrangements.errors import LimitError
from arrangements.exact.integer_matrix import Floats
from convex.blocks.caratheodory import sparse_factors
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, Box, bound
from convex.columns.neurons import Neurons

_WORTH = 200  # tuples below a partial one that make it worth a bound
_TRIES = 12  # boxes that such a bound may take
_TRIES_FIRST = 60  # the same for all neurons at once
_ENOUGH = 400  # boxes after which the violations found so far are enough
_WANTED = 40  # violations to look for in the whole set
_JOINING = 6  # neurons that join a relaxation at once


@dataclass(frozen=True)
class Entry:
    """One vector of numbers and what it settles.

    Attributes:
        box: the second-layer signs for which c+ and c- are valid.
        plus: c+.
        minus: c-.
        positive: rows that may be positive, as bits.
        negative: rows that may be negative, as bits.
        good: the neurons with h_k(c) <= beta, as bits.
        multipliers: of all walls of `Neurons`.
    """

    box: Box
    plus: Floats
    minus: Floats
    positive: int
    negative: int
    good: int
    multipliers: Floats


@dataclass(frozen=True)
class Violation:
    """A sub-network that earns more than beta.

    Attributes:
        members: its neurons, in increasing order.
        weights: their weights, lengths adding to 1.
        u: its second-layer pre-activations.
        gain: what it earns, in units of beta.
    """

    members: tuple[int, ...]
    weights: Floats
    u: Floats
    gain: float


class Cover:
    """The search for a cover at one v, and what it has found so far.

    Args:
        neurons: all neurons.
        v: what a unit of output is worth at each row; the sign of the output weight is in it.
        beta: what a sub-network of size 1 costs.
        slack: relative excess over beta that counts as none; the exact proof pays for it.
        limit: boxes and partial tuples to look at before giving up.
    """

    def __init__(self, neurons: Neurons, v: Floats, beta: float, slack: float, limit: int) -> None:
        self.neurons, self.v, self.beta, self.limit = neurons, v, beta, limit
        self.allowed = beta * (1 + slack)
        self.entries: list[Entry] = []
        self.used: set[int] = set()
        self._near: list[tuple[int, list[Entry]]] = []
        self.steps = 0
        self._violating: list[int] = []

    def search(self, width: int, order: Sequence[int]) -> Iterator[Violation]:
        """Violations of at most `width` neurons as they are found; at the end everything else is covered.

        Args:
            width: neurons in a tuple; the number of all neurons for unlimited width.
            order: all neurons, in the order in which tuples are made.

        Raises:
            LimitError: the limit was reached.
        """
        self._near = [(0, list(self.entries))]
        yield from self._subtree((), tuple(order), width)

    def _subtree(self, chosen: tuple[int, ...], rest: tuple[int, ...], width: int) -> Iterator[Violation]:
        self._step()
        members = chosen + rest
        tuples = comb(len(rest), width - len(chosen))
        bits = _bits(members)
        if not any(bits & known == known for known in self._violating):
            if self._covered(bits, members):
                return
            if tuples == 1 or tuples >= _WORTH:
                tries = None if tuples == 1 else _TRIES if chosen else _TRIES_FIRST
                found = self._settle(members, bits, tries, 1 if chosen else _WANTED)
                if found is None:
                    return
                self._violating += [_bits(violation.members) for violation in found]
                narrow = [violation for violation in found if len(violation.members) <= width]
                yield from narrow
                if narrow and not chosen:  # v will change before anything is proven
                    return
        if tuples == 1:
            return
        near = self._near[-1][1]
        for place in range(len(rest) - (width - len(chosen)) + 1):
            bit = 1 << rest[place]
            after = rest[place + 1 :] if len(chosen) + 1 < width else ()
            self._near.append((self._near[-1][0] | bit, [e for e in near if e.good & bit]))
            yield from self._subtree((*chosen, rest[place]), after, width)
            self._near.pop()

    def _covered(self, bits: int, members: tuple[int, ...]) -> bool:
        chosen, near = self._near[-1]
        good = near if bits == chosen else [e for e in near if bits & ~e.good == 0]
        found = covering(good, *self.neurons.possible_signs(members))
        self.used.update(map(id, found or ()))
        return found is not None

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        for chosen, near in self._near:
            if chosen & ~entry.good == 0:
                near.append(entry)

    def reuse(self, entry: Entry, v: Floats) -> None:
        """Carry an entry over from another dual vector v, for as many neurons as it is still good for."""
        fixed = (entry.box == EITHER) & (self.v > 0)
        c = np.where(entry.box == POSITIVE, np.maximum(entry.plus + self.v - v, self.v), np.minimum(entry.minus, 0))
        c = np.where(entry.box == EITHER, np.clip(c, np.minimum(self.v, 0), 0), c)
        self._make(entry.box, np.where(fixed, self.v, c), np.where(fixed, 0.0, c), 0)

    def _make(self, box: Box, plus: Floats, minus: Floats, members: int) -> Entry:
        """An entry for these numbers: good for all neurons that they do not let earn too much, and for `members`."""
        lengths, multipliers = self.neurons.support_bounds(plus, minus)
        good = _bits(np.flatnonzero(lengths <= self.allowed).tolist()) | members
        positive, negative = (_bits(np.flatnonzero(box != side).tolist()) for side in (NEGATIVE, POSITIVE))
        entry = Entry(box, plus, minus, positive, negative, good, multipliers)
        self._add(entry)
        return entry

    def _settle(self, members: tuple[int, ...], bits: int, tries: int | None, wanted: int) -> list[Violation] | None:
        """None if the set is covered now; else violations, as many as are wanted, none if the tries were spent."""
        violations: list[Violation] = []
        positive, negative = self.neurons.possible_signs(members)
        start = np.zeros(len(self.v), np.int8)
        heap: list[tuple[float, int, Box, int, int, tuple[int, ...]]] = []
        heappush(heap, (-np.inf, 0, start, positive, negative, self._first_guess(members)))
        good = [e for e in self.entries if bits & ~e.good == 0]
        count = 0
        while heap:
            _, _, box, p, q, work = heappop(heap)
            found = covering(good, p, q)
            if found is not None:
                self.used.update(map(id, found))
                continue
            if count >= (_ENOUGH if tries is None else tries) and (violations or tries is not None):
                return violations
            result = self._bounded(members, box, work)
            if result is None:
                good.append(self.entries[-1])
                continue
            excess, work, row, violation = result
            if violation is not None:
                violations.append(violation)
                if len(violations) == wanted:
                    return violations
                continue
            for side, (pp, qq) in ((POSITIVE, (p, q & ~(1 << row))), (NEGATIVE, (p & ~(1 << row), q))):
                count += 1
                smaller = box.copy()
                smaller[row] = side
                heappush(heap, (-excess, count, smaller, pp, qq, work))
        return violations or None

    def _first_guess(self, members: tuple[int, ...]) -> tuple[int, ...]:
        if len(members) <= _JOINING:
            return members
        lengths, _ = self.neurons.support_bounds(np.maximum(self.v, 0), np.zeros(len(self.v)))
        return tuple(sorted(members, key=lambda k: -lengths[k])[:_JOINING])

    def _bounded(
        self, members: tuple[int, ...], box: Box, work: tuple[int, ...]
    ) -> tuple[float, tuple[int, ...], int, Violation | None] | None:
        """None if an entry for the box was found; else its bound, the neurons behind it, a row to split, a violation.

        Neurons join the relaxation as they turn out to exceed beta.
        """
        while True:
            self._step()
            result = bound(self.neurons, work, self.v, box)
            if result.value > self.allowed:
                return self._split(result.value, result.weights, box, work)
            lengths, _ = self.neurons.support_bounds(result.plus, result.minus)
            inside = set(work)
            new = [k for k in members if lengths[k] > self.allowed and k not in inside]
            if not new:
                self.used.add(id(self._make(box, result.plus, result.minus, _bits(members))))
                return None
            work = (*work, *sorted(new, key=lambda k: -lengths[k])[:_JOINING])

    def _split(
        self, value: float, weights: Floats, box: Box, work: tuple[int, ...]
    ) -> tuple[float, tuple[int, ...], int, Violation | None]:
        sizes = np.linalg.norm(weights, axis=1)
        kept = np.flatnonzero(sizes > 1e-7 * sizes.sum())
        order = kept[np.argsort(np.asarray(work)[kept])]
        members = tuple(int(work[k]) for k in order)
        weights = weights[order] / sizes[order].sum()
        p, q = self.neurons.signed_sums(weights, members)
        earned = float(self.v @ np.maximum(p - q, 0))
        open_rows = (box == EITHER) & (self.v > 0)
        loss = np.where(open_rows, self.v * np.minimum(p, q), 0.0)
        row = int(np.argmax(loss))
        worth = earned - self.beta >= 0.3 * (value - self.beta) and earned > self.allowed
        violation = self._violation(members, weights, p - q) if worth or loss[row] <= 0 else None
        return value, members, row, violation

    def _violation(self, members: tuple[int, ...], weights: Floats, u: Floats) -> Violation:
        """The sub-network with as few of its neurons as do the same; a solver's point has more than it needs."""
        chosen = list(members)
        each = np.asarray(np.maximum(self.neurons.x @ weights.T, 0) * self.neurons.outputs[chosen], np.float64)
        signs = np.where((u > 0) | ((u == 0) & (self.v > 0)), 1, -1)
        factors = sparse_factors(each, np.linalg.norm(weights, axis=1), signs.tolist())
        kept = np.flatnonzero(factors)
        weights = weights[kept] * factors[kept, None]
        u = each[:, kept] @ factors[kept]
        gain = float(self.v @ np.maximum(u, 0)) / (self.beta * float(np.linalg.norm(weights, axis=1).sum()))
        return Violation(tuple(members[k] for k in kept), weights, u, gain)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise LimitError(f"the search for a proof took more than {self.limit} steps, the limit")


def covering(entries: Sequence[Entry], positive: int, negative: int) -> list[Entry] | None:
    """Entries whose boxes cover all sign vectors of a box, None if they do not.

    Args:
        entries: those that are good for the neurons in question.
        positive: rows at which u may be positive, as bits.
        negative: rows at which u may be negative, as bits.
    """
    for entry in entries:
        if positive & ~entry.positive == 0 and negative & ~entry.negative == 0:
            return [entry]
    open_rows = positive & negative
    above, below = positive & ~open_rows, negative & ~open_rows
    useful = [e for e in entries if above & ~e.positive == 0 and below & ~e.negative == 0]
    if not useful:
        return None
    split = open_rows & ~(useful[0].positive & useful[0].negative)
    row = split & -split
    first = covering(useful, positive, negative & ~row)
    if first is None:
        return None
    second = covering(useful, positive & ~row, negative)
    return None if second is None else first + second


def _bits(places: Sequence[int]) -> int:
    total = 0
    for k in places:
        total |= 1 << k
    return total
