"""Pricing by branch and bound: prove that every sub-network satisfies the dual constraint, or return violated ones.

v       a dual vector, times the sign o of the output weight;  the constraint: sum_i v_i (u_i)_+ <= beta sum_k ||w_k||
T       a set of neurons; a tuple is one of `width` neurons; the whole set stands for unlimited width
cover   entries such that each tuple T is covered (`convex.columns.covers`)

A tree runs over tuples neuron by neuron, and bounds a partial tuple together with all neurons that may still join; a
box that the relaxation cannot settle is split at one row (`convex.columns.box_bounds`). No second-layer sign vector is
listed.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from math import comb
from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, Box, bound
from convex.columns.covers import Entry, bits_of, carried_over, covering, covering_all, sign_boxes
from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing, Violation, violation_of
from convex.columns.stopping import never

_WORTH = 200  # tuples below a partial one that make it worth a bound
_TRIES = 12  # boxes that such a bound may take
_TRIES_FIRST = 60  # the same for all neurons at once
_ENOUGH = 400  # boxes after which the violations found so far are enough
_WANTED = 40  # violations to look for in the whole set, and in a whole search
_JOINING = 6  # neurons that join a relaxation at once


def price_tuples(
    neurons: Neurons,
    v: Floats,
    beta: float,
    *,
    width: int,
    order: Sequence[int],
    slack: float,
    limit: int,
    stopped: Callable[[], bool] = never,
    known: Sequence[Entry] = (),
    before: Floats | None = None,
) -> Pricing:
    """Look for sub-networks of at most `width` neurons that violate the dual constraint; cover all others.

    Args:
        neurons: all neurons.
        v: the dual vector; the sign of the output weight is in it.
        beta: the right side of the constraint, for a sub-network of size 1.
        width: neurons in a tuple; the number of all neurons for unlimited width.
        order: all neurons, in the order in which tuples are made.
        slack: relative excess over beta that counts as none; the exact proof pays for it.
        limit: boxes and partial tuples to look at.
        stopped: asked at each of them whether to stop; that counts as the limit.
        known: entries of an earlier search, to be used again.
        before: the dual vector of that search.
    """
    search = _Search(neurons, v, beta * (1 + slack), beta, width, limit, stopped)
    if before is not None:
        for entry in known:
            search.carry_over(entry, before)
    search.near = [(0, list(search.entries))]
    search.visit((), tuple(order), width)
    return Pricing(
        tuple(search.violations), tuple(search.entries), frozenset(search.used), search.steps, search.limited
    )


class _Split(NamedTuple):
    """A box to split: its bound, the neurons behind the bound, the row to split by, and a violation if any."""

    value: float
    members: tuple[int, ...]
    row: int
    violation: Violation | None


class _Search:
    """The state of pricing: the entries and violations found so far, and the number of steps."""

    def __init__(
        self,
        neurons: Neurons,
        v: Floats,
        allowed: float,
        beta: float,
        width: int,
        limit: int,
        stopped: Callable[[], bool],
    ) -> None:
        self.neurons, self.v, self.allowed, self.beta, self.width = neurons, v, allowed, beta, width
        self.limit, self.stopped = limit, stopped
        self.entries: list[Entry] = []
        self.used: set[int] = set()
        self.violations: list[Violation] = []
        self.near: list[tuple[int, list[Entry]]] = []  # of each partial tuple: its bits, and the entries good for it
        self.steps = 0
        self.limited = False
        self._violating: list[int] = []

    @property
    def over(self) -> bool:
        """Whether the search ends: enough violations were found, or the limit was reached."""
        return self.limited or len(self.violations) >= _WANTED

    def visit(self, chosen: tuple[int, ...], rest: tuple[int, ...], width: int) -> None:
        """Search all tuples that begin with the chosen neurons and go on with some of the rest."""
        if not self._step():
            return
        members = chosen + rest
        tuples = comb(len(rest), width - len(chosen))
        bits = bits_of(members)
        if not any(bits & known == known for known in self._violating):
            boxes = sign_boxes(self.neurons, members, tuples == 1)
            if self._covered(bits, members, boxes):
                return
            if tuples == 1 or tuples >= _WORTH:
                tries = None if tuples == 1 else _TRIES if chosen else _TRIES_FIRST
                found = self._settle(members, bits, boxes, tries, 1 if chosen else _WANTED)
                if found is None or self.limited:
                    return
                self._violating += [bits_of(violation.members) for violation in found]
                few = [violation for violation in found if len(violation.members) <= width]
                self.violations += few
                if self.over or (few and not chosen):  # v will change before anything is proven
                    return
        if tuples == 1:
            return
        near = self.near[-1][1]
        for place in range(len(rest) - (width - len(chosen)) + 1):
            bit = 1 << rest[place]
            after = rest[place + 1 :] if len(chosen) + 1 < width else ()
            self.near.append((self.near[-1][0] | bit, [e for e in near if e.good & bit]))
            self.visit((*chosen, rest[place]), after, width)
            self.near.pop()
            if self.over:
                return

    def _covered(self, bits: int, members: tuple[int, ...], boxes: Sequence[tuple[int, int]]) -> bool:
        chosen, near = self.near[-1]
        good = near if bits == chosen else [e for e in near if bits & ~e.good == 0]
        found = covering_all(good, boxes, *self.neurons.possible_signs(members))
        self._use(found or [])
        return found is not None

    def _use(self, entries: Sequence[Entry]) -> None:
        self.used.update(entry.number for entry in entries)

    def carry_over(self, entry: Entry, before: Floats) -> None:
        """Adapt an entry of another dual vector to v, for the neurons for which it still proves the dual constraint."""
        self._make(entry.box, *carried_over(entry, self.v, before), 0)

    def _make(self, box: Box, plus: Floats, minus: Floats, members: int) -> Entry:
        """Make an entry of these numbers: valid for all neurons with h_k(c) <= beta, and for `members`."""
        lengths, _ = self.neurons.support_bounds(plus, minus)
        good = bits_of(np.flatnonzero(lengths <= self.allowed).tolist()) | members
        either = (plus == minus) & (self.v <= plus) & (plus <= 0)  # both signs are allowed there, whatever the box
        box = np.where(either, EITHER, box).astype(np.int8)
        entry = Entry(len(self.entries), box, plus, minus, good)
        self.entries.append(entry)
        for chosen, near in self.near:
            if chosen & ~good == 0:
                near.append(entry)
        return entry

    def _settle(
        self,
        members: tuple[int, ...],
        bits: int,
        boxes: Sequence[tuple[int, int]],
        tries: int | None,
        wanted: int,
    ) -> list[Violation] | None:
        """Cover a set of neurons box by box: None if it is covered, else violations, none if the tries were spent."""
        violations: list[Violation] = []
        heap: list[tuple[float, int, Box, int, int, tuple[int, ...]]] = []
        positive, negative = self.neurons.possible_signs(members)
        work = self._first_guess(members)
        heappush(heap, (-np.inf, 0, np.zeros(len(self.v), np.int8), positive, negative, work))
        good = [e for e in self.entries if bits & ~e.good == 0]
        count = 0
        while heap:
            _, _, box, p, q, work = heappop(heap)
            found = covering(good, p, q)
            if found is not None:
                self._use(found)
                continue
            if count >= (_ENOUGH if tries is None else tries) and (violations or tries is not None):
                return violations
            result = self._bounded(members, box, work)
            if result is None:
                return violations
            if isinstance(result, Entry):
                self._use([result])
                good.append(result)
                continue
            if result.violation is not None:
                violations.append(result.violation)
                if len(violations) == wanted:
                    return violations
                continue
            if count == 0 and len(boxes) > 1:  # one entry is not enough: go on region by region
                for up, down in boxes:
                    count += 1
                    sides = self._sides(up, down)
                    heappush(heap, (-result.value, count, sides, positive & up, negative & down, members))
                continue
            bit = 1 << result.row
            for side, (pp, qq) in ((POSITIVE, (p, q & ~bit)), (NEGATIVE, (p & ~bit, q))):
                count += 1
                smaller = box.copy()
                smaller[result.row] = side
                heappush(heap, (-result.value, count, smaller, pp, qq, result.members))
        return violations or None

    def _sides(self, up: int, down: int) -> Box:
        """The box that allows + and - at these rows; - where neither is possible."""
        plus, minus = ([rows >> i & 1 for i in range(len(self.v))] for rows in (up, down))
        return np.where(plus, np.where(minus, EITHER, POSITIVE), NEGATIVE).astype(np.int8)

    def _first_guess(self, members: tuple[int, ...]) -> tuple[int, ...]:
        if len(members) <= _JOINING:
            return members
        lengths, _ = self.neurons.support_bounds(np.maximum(self.v, 0), np.zeros(len(self.v)))
        return tuple(sorted(members, key=lambda k: -lengths[k])[:_JOINING])

    def _bounded(self, members: tuple[int, ...], box: Box, work: tuple[int, ...]) -> Entry | _Split | None:
        """Make an entry that covers the box, or say how to split it; None where the limit was reached.

        Neurons join the relaxation as they turn out to exceed beta.
        """
        while self._step():
            result = bound(self.neurons, work, self.v, box)
            if result.value > self.allowed:
                return self._split(result.value, result.weights, box, work)
            lengths, _ = self.neurons.support_bounds(result.plus, result.minus)
            inside = set(work)
            new = [k for k in members if lengths[k] > self.allowed and k not in inside]
            if not new:
                return self._make(box, result.plus, result.minus, bits_of(members))
            work = (*work, *sorted(new, key=lambda k: -lengths[k])[:_JOINING])
        return None

    def _split(self, value: float, weights: Floats, box: Box, work: tuple[int, ...]) -> _Split:
        sizes = np.linalg.norm(weights, axis=1)
        kept = np.flatnonzero(sizes > 1e-7 * sizes.sum())
        order = kept[np.argsort(np.asarray(work)[kept])]
        members = tuple(int(work[k]) for k in order)
        weights = weights[order] / sizes[order].sum()
        p, q = self.neurons.signed_sums(weights, members)
        attained = float(self.v @ np.maximum(p - q, 0))
        open_rows = (box == EITHER) & (self.v > 0)
        loss = np.where(open_rows, self.v * np.minimum(p, q), 0.0)
        row = int(np.argmax(loss))
        worth = attained - self.beta >= 0.3 * (value - self.beta) and attained > self.allowed
        violation = (
            violation_of(self.neurons, self.v, self.beta, members, weights, self.width)
            if worth or loss[row] <= 0
            else None
        )
        return _Split(value, members, row, violation)

    def _step(self) -> bool:
        """Count a step; False where the limit leaves none, or a stop is asked for."""
        self.limited = self.limited or self.steps >= self.limit or self.stopped()
        self.steps += not self.limited
        return not self.limited
