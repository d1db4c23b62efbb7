"""Pricing by compiled code: the search of `convex.columns.pricing_tree`, with arrays that grow as they must.

It is looked at now and then whether to stop.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.packed_bits import Words, packed, unpacked, word_count
from arrangements.rays.kernel.state import record
from arrangements.rays.kernel_run import announced, is_compiled
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, bound
from convex.columns.cone_distance import scratch_of
from convex.columns.covers import Entry, carried_over
from convex.columns.kernel import tuple_tree as kernel
from convex.columns.kernel.box_tree import Room, Search, State, Violations, boxes_of
from convex.columns.kernel.cone_program import Geometry, program_of
from convex.columns.kernel.entries import Entries, Halves, entries_of
from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing, Violation, violation_of
from convex.columns.stopping import never

_SLICE = 200  # steps between two looks whether to stop
_CAPACITY = 256  # entries, boxes and violations to begin with
_ALL = 2**62  # steps
_CONE = 16  # neurons in one cone program to begin with


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
    """Look for sub-networks that violate the dual constraint; cover all others: see `convex.columns.pricing_tree`."""
    search = _CompiledSearch(neurons, v, beta, width, order, slack, len(known))
    if before is not None:
        search.carry_over(known, before)
    while (ended := search.run(limit)) != kernel.DONE:
        if ended == kernel.ROOT and search.violations():
            break  # v will change before anything is proven
        if ended == kernel.BUDGET and (search.steps >= limit or stopped()):
            break
    return search.result(ended == kernel.BUDGET)


def needed_entries(entries: Sequence[Entry], neurons: Neurons, width: int, order: Sequence[int]) -> dict[int, int]:
    """Find entries that cover all tuples, and the neurons for which each is needed: see `convex.columns.covers`."""
    search = _CompiledSearch(neurons, np.zeros(len(neurons.x)), 1.0, width, order, 0.0, len(entries))
    search.take_cover(entries)
    while (ended := search.run(_ALL)) == kernel.BUDGET:
        pass
    if ended == kernel.UNCOVERED:
        raise ValueError(f"the neurons {search.members()} are not covered")
    return {entry.number: needed for entry, needed in zip(entries, search.needed(), strict=True) if needed}


class _CompiledSearch:
    """The arrays of one search, and the loop that serves the kernel."""

    def __init__(
        self, neurons: Neurons, v: Floats, beta: float, width: int, order: Sequence[int], slack: float, known: int
    ) -> None:
        n, d = neurons.x.shape
        size, capacity, words = len(neurons), _CAPACITY + 2 * known, word_count(n)
        self.neurons, self.v, self.beta, self.width = neurons, v, beta, min(width, size)
        self._limit = 0
        self.states = record(State)
        self.state = self.states[0]
        self.tree = kernel.tree_of(np.asarray(order, np.int64), self.width, capacity)
        self.search = Search(
            Geometry(neurons.x, neurons.active, neurons.outputs, neurons.walls, neurons.starts),
            packed(neurons.active),
            v,
            beta * (1 + slack),
            beta,
            self.width,
            entries_of(capacity, n, size),
            Halves(np.zeros((n + 2, words), np.uint64), np.zeros((n + 2, words), np.uint64)),
            boxes_of(max(_CAPACITY, len(neurons.region_signs) + 2), capacity, n, size),
            self._room(min(_CONE, size)),
            Violations(np.zeros((_CAPACITY, word_count(size)), np.uint64), np.zeros((_CAPACITY, size, d))),
            Halves(packed(neurons.region_signs > 0), packed(neurons.region_signs < 0)),
        )

    def carry_over(self, known: Sequence[Entry], before: Floats) -> None:
        """Begin with entries for another dual vector."""
        for e, entry in enumerate(known):
            self.search.entries.plus[e], self.search.entries.minus[e] = carried_over(entry, self.v, before)
        self._take_boxes(known)
        self.state["known"] = len(known)

    def take_cover(self, entries: Sequence[Entry]) -> None:
        """Begin with a cover, and make no other entries."""
        self._take_boxes(entries)
        words = self.search.entries.good.shape[1]
        for e, entry in enumerate(entries):
            self.search.entries.good[e] = np.frombuffer(entry.good.to_bytes(8 * words, "little"), "<u8")
        self.tree.near[0, : len(entries)] = np.arange(len(entries))
        self.tree.counts[0] = self.state["entries"] = len(entries)
        self.state["replay"] = 1

    def _take_boxes(self, entries: Sequence[Entry]) -> None:
        sides = np.array([entry.box for entry in entries], np.int8).reshape(-1, len(self.v))
        self.search.entries.positive[: len(entries)] = packed(sides != NEGATIVE)
        self.search.entries.negative[: len(entries)] = packed(sides != POSITIVE)

    def needed(self) -> list[int]:
        """The neurons for which each entry was used, as bits."""
        return [_as_int(words) for words in self.search.entries.needed[: int(self.state["entries"])]]

    def members(self) -> tuple[int, ...]:
        """The neurons at hand."""
        return tuple(np.flatnonzero(unpacked(self.search.boxes.members, len(self.neurons))[0] > 0).tolist())

    @property
    def steps(self) -> int:
        """Boxes and partial tuples that were looked at."""
        return int(self.state["steps"])

    def run(self, limit: int) -> int:
        """Go on for a slice of steps; returns why it stopped: DONE, BUDGET, ROOT or UNCOVERED."""
        self._limit = limit
        self.state["limit"] = min(self.steps + _SLICE, limit)
        while True:
            ended = int(_kernel()(self.search, self.tree, self.states))
            if ended == kernel.GROW:
                self._grow()
            elif ended == kernel.WIDER:
                self.search = self.search._replace(
                    room=self._room(min(2 * int(self.state["widest"]), len(self.neurons)))
                )
            elif ended == kernel.ASK:
                self._answer()
            else:
                return ended

    def _answer(self) -> None:
        """Bound the box at hand by Clarabel."""
        room, m = self.search.room, int(self.state["members"])
        found = bound(self.neurons, room.work[:m].tolist(), self.v, room.box)
        room.answer[0], room.weights[:m], room.c[:] = found.value, found.weights, found.minus

    def _room(self, m: int) -> Room:
        """Make room for cone programs of m neurons."""
        neurons, (n, d) = self.neurons, self.neurons.x.shape
        counts = np.sort(np.diff(neurons.starts))
        self.state["widest"] = m
        return Room(
            program_of(n, d, m, int(counts[-m:].sum())),
            scratch_of(d, int(counts[-1])),
            np.zeros((2, n)),
            np.zeros(len(neurons)),
            np.zeros(len(neurons.walls)),
            np.zeros(m, np.int64),
            np.zeros((m, d)),
            np.zeros(n, np.int8),
            np.zeros(n),
            np.zeros(n),
            np.zeros(n),
            np.zeros(1),
        )

    def _grow(self) -> None:
        """Double what is full."""
        entries, boxes, found = self.search.entries, self.search.boxes, self.search.found
        if self.state["entries"] == len(entries.good):
            entries = Entries(*map(_doubled, entries))
            boxes = boxes._replace(fit=_doubled(boxes.fit), marks=_doubled(boxes.marks))
            self.tree = self.tree._replace(near=np.hstack([self.tree.near, np.zeros_like(self.tree.near)]))
        if self.state["boxes"] + 2 > len(boxes.value):
            lists = ("positive", "negative", "work", "value", "heap")
            boxes = boxes._replace(**{name: _doubled(getattr(boxes, name)) for name in lists})
        if self.state["found"] == len(found.members):
            found = Violations(*map(_doubled, found))
        self.search = self.search._replace(entries=entries, boxes=boxes, found=found)

    def result(self, limited: bool) -> Pricing:
        """What was found."""
        count, n = int(self.state["entries"]), len(self.v)
        lists = self.search.entries
        positive, negative = (unpacked(lines[:count], n) for lines in (lists.positive, lists.negative))
        boxes = np.where(positive < 0, NEGATIVE, np.where(negative < 0, POSITIVE, EITHER)).astype(np.int8)
        entries = tuple(Entry(e, boxes[e], lists.plus[e], lists.minus[e], _as_int(lists.good[e])) for e in range(count))
        used = frozenset(np.flatnonzero(lists.needed[:count].any(axis=1)).tolist())
        return Pricing(self.violations(), entries, used, min(self.steps, self._limit), limited)

    def violations(self) -> tuple[Violation, ...]:
        """The violations of at most `width` neurons that were found so far."""
        found = []
        for line in range(int(self.state["found"])):
            members = np.flatnonzero(unpacked(self.search.found.members[line][None], len(self.neurons))[0] > 0)
            weights = self.search.found.weights[line, members]
            found.append(violation_of(self.neurons, self.v, self.beta, members.tolist(), weights, self.width))
        return tuple(violation for violation in found if len(violation.members) <= self.width)


def is_ready() -> bool:
    """Whether the search need not be compiled first, which takes half a minute."""
    return is_compiled(kernel.run, kernel.SOURCES)


@cache
def _kernel() -> Any:
    return announced(kernel.run, kernel.SOURCES, "the solver's search")


def _doubled(array: np.ndarray) -> np.ndarray:
    return np.concatenate([array, np.zeros_like(array)])


def _as_int(words: Words) -> int:
    return int.from_bytes(words.astype("<u8").tobytes(), "little")
