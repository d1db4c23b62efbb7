"""The tree of boxes of one set of neurons in compiled code: cover it box by box, or find violations.

The box with the largest bound is split first. `convex.columns.pricing_tree` says the same without compiled code.
"""

from typing import NamedTuple, Protocol

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.packed_bits import Words, word_count
from arrangements.rays.kernel.filtered_arithmetic import called
from arrangements.rays.kernel.state import Ints
from convex.columns import cone_distance
from convex.columns.cone_distance import Scratch
from convex.columns.kernel.cone_program import Geometry, Program, Signs
from convex.columns.kernel.entries import Entries, Halves, covered, exclude, has, include, inside
from convex.columns.kernel.interior_point import SOLVED, STUCK, bounded

_JOINING = 6  # neurons that join a program at once
_NEGLIGIBLE = 1e-7  # share of all weights that a neuron can do without
_CLOSE = 1.0 + 1e-5  # a bound up to this many times what is allowed is close to it
_WORTH = 0.3  # share of the excess of a bound that a network must attain to count as a violation

#: How a box ended: with an entry; in halves; with a violation; it has more neurons than room; its bound is so close to
#: what is allowed that a more careful solver must tell.
COVERED, SPLIT, VIOLATED, WIDE, CLOSE = range(5)


class State(Protocol):
    """Where a search is: a record of whole numbers, one a field.

    Attributes:
        phase: what to do next (`convex.columns.kernel.tuple_tree`).
        level: neurons chosen.
        steps, limit: boxes and partial tuples that were looked at, and when to stop.
        entries: how many there are.
        known: how many were known before.
        mark: the last mark that was used.
        boxes, waiting: boxes of the tree, and those on the heap.
        splits: boxes made by splits.
        fits: entries that are good for all neurons of the tree.
        tries: most splits; 0 for any number.
        wanted: violations to look for in the tree.
        found, few: all violations, and those of few enough neurons.
        patience: steps after which the violations found so far are enough.
        before: violations before the tree was begun.
        asked: the box whose bound a more careful solver finds, plus 1; 0 if there is none.
        members: the neurons in its program.
        replay: whether entries are to be used only, none made.
        widest: neurons that the program has room for.
    """

    phase: int
    level: int
    steps: int
    limit: int
    entries: int
    known: int
    mark: int
    boxes: int
    waiting: int
    splits: int
    fits: int
    tries: int
    wanted: int
    found: int
    few: int
    patience: int
    before: int
    asked: int
    members: int
    replay: int
    widest: int


class Boxes(NamedTuple):
    """The boxes of one tree, one a line; and the neurons of the tree.

    Attributes:
        positive, negative: rows that may be + and -, as bits.
        work: the neurons in the program, as bits.
        value: the bound of the box that it is a half of.
        heap: numbers of boxes, the largest value first.
        fit: numbers of the entries that are good for all neurons of the tree.
        marks: one number an entry.
        possible: rows that can be + and - with the neurons of the tree; two lines.
        members: the neurons of the tree, as bits; one line.
    """

    positive: Words
    negative: Words
    work: Words
    value: Floats
    heap: Ints
    fit: Ints
    marks: Ints
    possible: Words
    members: Words


class Room(NamedTuple):
    """Room for one box.

    Attributes:
        program: of the largest number of neurons.
        scratch, worth, lengths, multipliers: for the support functions of all neurons.
        work: numbers of neurons; `weights`: their weights.
        box: one sign a row.
        c, p, q: one number a row.
        answer: one number, the bound that a more careful solver found; it writes c and the weights as well.
    """

    program: Program
    scratch: Scratch
    worth: Floats
    lengths: Floats
    multipliers: Floats
    work: Ints
    weights: Floats
    box: Signs
    c: Floats
    p: Floats
    q: Floats
    answer: Floats


class Violations(NamedTuple):
    """Violations, one a line: their neurons as bits, and a weight vector for each neuron."""

    members: Words
    weights: Floats


class Search(NamedTuple):
    """All that a search works on.

    Attributes:
        data: rows and neurons.
        masks: the rows at which each neuron is active, as bits.
        v: the dual vector, the sign of the output weight in it.
        allowed, beta: two numbers; see `convex.columns.pricing_tree`.
        width: neurons in a tuple.
        entries: the entries made so far.
        halves: the stack of the search for a cover.
        boxes: the tree of boxes at hand.
        room: room for one box.
        found: violations.
        regions: rows at which each region of the first layer is + and -; two arrays (`convex.columns.covers`).
    """

    data: Geometry
    masks: Words
    v: Floats
    allowed: float
    beta: float
    width: int
    entries: Entries
    halves: Halves
    boxes: Boxes
    room: Room
    found: Violations
    regions: Halves


def boxes_of(capacity: int, entries: int, rows: int, neurons: int) -> Boxes:
    """Make room for so many boxes, and so many entries.

    Args:
        capacity: boxes.
        entries: entries.
        rows: n.
        neurons: how many neurons there are.
    """
    r, k = word_count(rows), word_count(neurons)
    return Boxes(
        np.zeros((capacity, r), np.uint64),
        np.zeros((capacity, r), np.uint64),
        np.zeros((capacity, k), np.uint64),
        np.zeros(capacity),
        np.zeros(capacity, np.int64),
        np.zeros(entries, np.int64),
        np.zeros(entries, np.int64),
        np.zeros((2, r), np.uint64),
        np.zeros((1, k), np.uint64),
    )


@called
def push(boxes: Boxes, state: State, b: int) -> None:
    """Put a box on the heap."""
    heap, place = boxes.heap, state.waiting
    state.waiting += 1
    while place > 0:
        parent = (place - 1) >> 1
        if not boxes.value[b] > boxes.value[heap[parent]]:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = b


@called
def _popped(boxes: Boxes, state: State) -> int:
    """Take the box with the largest value off the heap."""
    heap, first = boxes.heap, boxes.heap[0]
    state.waiting -= 1
    last, place, size = heap[state.waiting], 0, state.waiting
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and boxes.value[heap[child + 1]] > boxes.value[heap[child]]:
            child += 1
        if not boxes.value[heap[child]] > boxes.value[last]:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = last
    return first


@called
def first_box(search: Search, near: Ints, count: int, state: State) -> None:
    """Begin the tree of boxes of the neurons `boxes.members`, with the entries among `near` that are good for them."""
    boxes, room, v = search.boxes, search.room, search.v
    state.waiting, state.boxes, state.splits, state.fits, state.before = 0, 1, 0, 0, state.found
    for w in range(boxes.positive.shape[1]):
        boxes.positive[0, w] = boxes.negative[0, w] = ~np.uint64(0)
    for place in range(count):
        if inside(boxes.members, 0, search.entries.good, near[place]):
            boxes.fit[state.fits] = near[place]
            state.fits += 1
    for w in range(boxes.work.shape[1]):
        boxes.work[0, w] = boxes.members[0, w]
    size = 0
    for k in range(len(search.data.outputs)):
        size += has(boxes.members, 0, k)
    if size > _JOINING:
        for i in range(len(v)):
            room.worth[0, i], room.worth[1, i] = max(v[i], 0.0), 0.0
        distances(search, 0.0)
        for w in range(boxes.work.shape[1]):
            boxes.work[0, w] = 0
        _join(search, 0, -1.0)
    boxes.value[0] = np.inf
    push(boxes, state, 0)


@called
def possible_region(search: Search, r: int) -> bool:
    """Whether the weights of the opposed pair `boxes.members` can differ by a vector in a region, but for its border.

    If so, the first line of `search.halves` is written: the signs that this leaves, as a box.
    """
    plus, minus, halves = search.boxes.possible[0], search.boxes.possible[1], search.halves
    for w in range(len(plus)):
        up, down = search.regions.positive[r, w], search.regions.negative[r, w]
        if (plus[w] & ~minus[w] & down) | (minus[w] & ~plus[w] & up):
            return False
        halves.positive[0, w], halves.negative[0, w] = plus[w] & up, minus[w] & down
    return True


@called
def region_boxes(search: Search, near: Ints, count: int, state: State) -> None:
    """Begin with one box for each region instead, for an opposed pair."""
    first_box(search, near, count, state)
    boxes = search.boxes
    state.waiting = state.boxes = 0
    for r in range(len(search.regions.positive)):
        if possible_region(search, r):
            b = state.boxes
            for w in range(boxes.positive.shape[1]):
                boxes.positive[b, w], boxes.negative[b, w] = (
                    search.regions.positive[r, w],
                    search.regions.negative[r, w],
                )
            for w in range(boxes.work.shape[1]):
                boxes.work[b, w] = boxes.members[0, w]
            boxes.value[b] = np.inf
            state.boxes += 1
            push(boxes, state, b)


@called
def distances(search: Search, enough: float) -> None:
    """The support function of every neuron at the numbers `room.worth`; up to `enough`, any bound on it."""
    data, room = search.data, search.room
    cone_distance.distances(
        room.worth,
        data.x,
        data.active,
        data.outputs,
        data.walls,
        data.starts,
        room.lengths,
        room.multipliers,
        enough,
        room.scratch,
    )


@called
def _join(search: Search, b: int, least: float) -> int:
    """Let the neurons of the tree with the largest support functions above a number join box b: how many did."""
    boxes, room, joined = search.boxes, search.room, 0
    for _ in range(_JOINING):
        best, largest = -1, least
        for k in range(len(room.lengths)):
            if room.lengths[k] > largest and has(boxes.members, 0, k) and not has(boxes.work, b, k):
                best, largest = k, room.lengths[k]
        if best < 0:
            break
        include(boxes.work, b, best)
        joined += 1
    return joined


@called
def use(search: Search, fit: Ints, count: int, mark: int) -> None:
    """Note for which neurons the marked entries were used."""
    boxes, entries = search.boxes, search.entries
    for place in range(count):
        e = fit[place]
        if boxes.marks[e] == mark:
            for w in range(boxes.members.shape[1]):
                entries.needed[e, w] |= boxes.members[0, w]


@called
def next_box(search: Search, state: State) -> int:
    """Take the next box: cover it by known entries or a new one, split it, or find a violation; returns which."""
    data, v, allowed = search.data, search.v, search.allowed
    entries, halves, boxes, room = search.entries, search.halves, search.boxes, search.room
    answered = state.asked > 0
    b = state.asked - 1 if answered else _popped(boxes, state)
    state.asked = 0
    for w in range(boxes.positive.shape[1]):
        halves.positive[0, w] = boxes.positive[b, w] & boxes.possible[0, w]
        halves.negative[0, w] = boxes.negative[b, w] & boxes.possible[1, w]
    state.mark += 1
    if not answered and covered(entries, boxes.fit, state.fits, halves, boxes.marks, state.mark):
        use(search, boxes.fit, state.fits, state.mark)
        return COVERED
    for i in range(len(v)):
        plus, minus = has(boxes.positive, b, i), has(boxes.negative, b, i)
        room.box[i] = 0 if plus and minus else 1 if plus else -1
    while True:
        m = 0
        for k in range(len(data.outputs)):
            if has(boxes.work, b, k):
                if m == state.widest:
                    push(boxes, state, b)
                    return WIDE
                room.work[m] = k
                m += 1
        state.steps += 1
        ended, value = SOLVED, room.answer[0]
        if not answered:
            ended, value = bounded(data, v, room.box, room.work, m, allowed, room.program, room.c, room.weights)
        answered = False
        if ended == STUCK and allowed < value < _CLOSE * allowed:
            state.asked = b + 1
            state.members = m
            return CLOSE
        if value > allowed:
            return _split(search, value, b, m, state)
        for i in range(len(v)):
            fixed = room.box[i] == 0 and v[i] > 0.0
            room.worth[0, i], room.worth[1, i] = v[i] if fixed else room.c[i], 0.0 if fixed else -room.c[i]
        distances(search, search.allowed)
        if not _join(search, b, allowed):
            e = made(entries, room, v, allowed, state)
            for w in range(boxes.members.shape[1]):
                entries.good[e, w] |= boxes.members[0, w]
                entries.needed[e, w] = boxes.members[0, w]
            boxes.fit[state.fits] = e
            state.fits += 1
            return COVERED


@called
def made(entries: Entries, room: Room, v: Floats, allowed: float, state: State) -> int:
    """Make an entry of the numbers in `room`, valid in the box and where its numbers allow both signs: its number."""
    e = state.entries
    state.entries += 1
    for w in range(entries.positive.shape[1]):
        entries.positive[e, w] = entries.negative[e, w] = 0
    for i in range(len(room.box)):
        either = v[i] <= room.worth[0, i] <= 0.0
        if either or room.box[i] >= 0:
            include(entries.positive, e, i)
        if either or room.box[i] <= 0:
            include(entries.negative, e, i)
        entries.plus[e, i], entries.minus[e, i] = room.worth[0, i], -room.worth[1, i]
    _note_good(entries, e, room, allowed)
    return e


@called
def adopted(search: Search, e: int) -> None:
    """See for which neurons an entry is good."""
    entries, room = search.entries, search.room
    for i in range(len(room.box)):
        room.worth[0, i], room.worth[1, i] = entries.plus[e, i], -entries.minus[e, i]
    distances(search, search.allowed)
    _note_good(entries, e, room, search.allowed)


@called
def _note_good(entries: Entries, e: int, room: Room, allowed: float) -> None:
    for w in range(entries.good.shape[1]):
        entries.good[e, w] = entries.needed[e, w] = 0
    for k in range(len(room.lengths)):
        if room.lengths[k] <= allowed:
            include(entries.good, e, k)


@called
def _split(search: Search, value: float, b: int, m: int, state: State) -> int:
    """Split box b at the row at which the relaxation gains most; or note the violation, where a network attains it."""
    data, v, boxes, room, found = search.data, search.v, search.boxes, search.room, search.found
    total, every = 0.0, 0.0
    d = data.x.shape[1]
    for k in range(m):
        square = 0.0
        for j in range(d):
            square += room.weights[k, j] ** 2
        room.lengths[k] = np.sqrt(square)
        every += room.lengths[k]
    for i in range(len(v)):
        room.p[i] = room.q[i] = 0.0
    for k in range(m):
        if room.lengths[k] > _NEGLIGIBLE * every:
            total += room.lengths[k]
            for i in range(len(v)):
                output = 0.0
                for j in range(d):
                    output += data.x[i, j] * room.weights[k, j]
                if output > 0.0:
                    if data.outputs[room.work[k]] > 0:
                        room.p[i] += output
                    else:
                        room.q[i] += output
    attained, row, loss = 0.0, -1, 0.0
    for i in range(len(v)):
        attained += v[i] * max(room.p[i] - room.q[i], 0.0)
        if room.box[i] == 0 and v[i] * min(room.p[i], room.q[i]) > loss:
            row, loss = i, v[i] * min(room.p[i], room.q[i])
    attained /= total
    if row < 0 or (attained > search.allowed and attained - search.beta >= _WORTH * (value - search.beta)):
        for k in range(len(data.outputs)):
            exclude(found.members, state.found, k)
        for k in range(m):
            if room.lengths[k] > _NEGLIGIBLE * every:
                include(found.members, state.found, room.work[k])
                for j in range(d):
                    found.weights[state.found, room.work[k], j] = room.weights[k, j] / total
        state.found += 1
        return VIOLATED
    for side in range(2):
        half = state.boxes
        for w in range(boxes.positive.shape[1]):
            boxes.positive[half, w], boxes.negative[half, w] = boxes.positive[b, w], boxes.negative[b, w]
        exclude(boxes.negative if side == 0 else boxes.positive, half, row)
        for w in range(boxes.work.shape[1]):
            boxes.work[half, w] = 0
        for k in range(m):
            if room.lengths[k] > _NEGLIGIBLE * every:
                include(boxes.work, half, room.work[k])
        boxes.value[half] = value
        state.boxes += 1
        state.splits += 1
        push(boxes, state, half)
    return SPLIT
