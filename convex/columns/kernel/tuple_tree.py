"""Pricing by branch and bound in compiled code: the tree of tuples, neuron by neuron.

It stops when it is done, when its budget is spent, and when an array is full; called again, it goes on where it was.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from arrangements.exact.packed_bits import Words, word_count
from arrangements.rays.kernel import filtered_arithmetic
from arrangements.rays.kernel.filtered_arithmetic import called, compiler, stamp
from arrangements.rays.kernel.state import Ints, Records
from convex.columns import cone_distance
from convex.columns.kernel import box_tree, cholesky, cone_program, cone_scaling, interior_point
from convex.columns.kernel import entries as entry_lists
from convex.columns.kernel.box_tree import (
    CLOSE,
    WIDE,
    Search,
    State,
    adopted,
    first_box,
    next_box,
    possible_region,
    region_boxes,
    use,
)
from convex.columns.kernel.entries import covered, has, include, inside

WORTH = 200  # tuples below a partial one that make it worth a bound
TRIES = 12  # boxes that such a bound may take
TRIES_FIRST = 60  # the same for all neurons at once
ENOUGH = 400  # boxes after which the violations found so far are enough
WANTED = 40  # violations to look for in the whole set, and in a whole search
PATIENCE = 2000  # steps beyond four times those to the first violation in which to look for more
ADOPTED = 500  # known entries at once

#: What the search returns: it is done; its budget is spent; an array is full; a cone program needs room for more
#: neurons; a tuple is not covered; there are violations among all neurons; a more careful
#: solver must bound the box at hand. GO_ON is for its own steps.
DONE, BUDGET, GROW, WIDER, UNCOVERED, ROOT, ASK, GO_ON = range(8)
#: What to do next: see for which neurons known entries are good; come to a partial tuple; go through its boxes; to its
#: children; to the next one.
ADOPT, ARRIVE, BOXES, CHILDREN, NEXT = range(5)


class Tree(NamedTuple):
    """The tree of tuples.

    Attributes:
        order: the neurons in the order in which tuples are made.
        places: for each level the place in the order of its neuron; width + 1.
        chosen: for each level the neurons chosen, as bits.
        near: for each level the numbers of the entries that are good for them, (width + 1) x E.
        counts: how many.
    """

    order: Ints
    places: Ints
    chosen: Words
    near: Ints
    counts: Ints


def tree_of(order: Ints, width: int, entries: int) -> Tree:
    """Begin a tree, with no neuron chosen.

    Args:
        order: all neurons.
        width: neurons in a tuple.
        entries: capacity for them.
    """
    levels = width + 1
    chosen = np.zeros((levels, word_count(len(order))), np.uint64)
    return Tree(order, np.full(levels, -1), chosen, np.zeros((levels, entries), np.int64), np.zeros(levels, np.int64))


@called
def _tuples(rest: int, more: int) -> float:
    """The number of ways to choose `more` of `rest`, or any number above WORTH."""
    total = 1.0
    for i in range(min(more, rest - more)):
        total = total * (rest - i) / (i + 1)
        if total > 1e6:
            break
    return np.round(total)


@called
def _gather(search: Search, tree: Tree, level: int) -> None:
    """Write the neurons that a partial tuple is looked at with, and the rows that can be + and -."""
    boxes = search.boxes
    for w in range(boxes.members.shape[1]):
        boxes.members[0, w] = tree.chosen[level, w]
    if level < search.width:
        for place in range(tree.places[level] + 1, len(tree.order)):
            include(boxes.members, 0, tree.order[place])
    for w in range(boxes.possible.shape[1]):
        boxes.possible[0, w] = boxes.possible[1, w] = 0
    for k in range(len(tree.order)):
        if has(boxes.members, 0, k):
            side = 0 if search.data.outputs[k] > 0 else 1
            for w in range(boxes.possible.shape[1]):
                boxes.possible[side, w] |= search.masks[k, w]


@called
def _is_covered(search: Search, tree: Tree, level: int, state: State) -> bool:
    """Whether known entries cover the neurons at hand."""
    boxes, halves, count = search.boxes, search.halves, 0
    for place in range(tree.counts[level]):
        if inside(boxes.members, 0, search.entries.good, tree.near[level, place]):
            boxes.fit[count] = tree.near[level, place]
            count += 1
    for w in range(boxes.possible.shape[1]):
        halves.positive[0, w], halves.negative[0, w] = boxes.possible[0, w], boxes.possible[1, w]
    state.mark += 1
    if _is_opposed(search, tree, level):
        for r in range(len(search.regions.positive)):
            possible = possible_region(search, r)
            if possible and not covered(search.entries, boxes.fit, count, halves, boxes.marks, state.mark):
                return False
    elif not covered(search.entries, boxes.fit, count, halves, boxes.marks, state.mark):
        return False
    use(search, boxes.fit, count, state.mark)
    return True


@called
def _is_opposed(search: Search, tree: Tree, level: int) -> bool:
    """Whether the neurons at hand are a whole tuple, two of different output signs, to be covered by regions."""
    rest = len(tree.order) - 1 - tree.places[level]
    if search.width != 2 or len(search.regions.positive) == 0 or _tuples(rest, search.width - level) != 1.0:
        return False
    total = 0
    for k in range(len(tree.order)):
        if has(search.boxes.members, 0, k):
            total += search.data.outputs[k]
    return total == 0


@called
def _near_to(search: Search, tree: Tree, first: int, state: State) -> None:
    """Take the entries from a number on into the lists of all levels where they are good for the neurons chosen."""
    for level in range(state.level + 1):
        for e in range(first, state.entries):
            if inside(tree.chosen, level, search.entries.good, e):
                tree.near[level, tree.counts[level]] = e
                tree.counts[level] += 1


@called
def _descend(search: Search, tree: Tree, level: int, place: int) -> None:
    """Choose the neuron at a place of the order for a level."""
    for w in range(tree.chosen.shape[1]):
        tree.chosen[level, w] = tree.chosen[level - 1, w]
    include(tree.chosen, level, tree.order[place])
    tree.places[level], count = place, 0
    for near in range(tree.counts[level - 1]):
        e = tree.near[level - 1, near]
        if has(search.entries.good, e, tree.order[place]):
            tree.near[level, count] = e
            count += 1
    tree.counts[level] = count


@called
def _violates(search: Search, state: State) -> bool:
    """Whether a known violation is among the neurons at hand."""
    for line in range(state.found):  # noqa: SIM110  (no generators in compiled code)
        if inside(search.found.members, line, search.boxes.members, 0):
            return True
    return False


@called
def _adopt(search: Search, tree: Tree, state: State) -> int:
    """See for which neurons some of the known entries are good."""
    first = state.entries
    while state.entries < min(state.known, first + ADOPTED):
        adopted(search, state.entries)
        state.entries += 1
    _near_to(search, tree, first, state)
    if state.entries < state.known:
        return BUDGET
    state.phase = ARRIVE
    return GO_ON


@called
def _arrive(search: Search, tree: Tree, state: State) -> int:
    """Come to a partial tuple: is it covered, together with all neurons that may join? If not, what to do next?"""
    if state.steps >= state.limit:
        return BUDGET
    state.steps += 1
    level = state.level
    _gather(search, tree, level)
    tuples = _tuples(len(tree.order) - 1 - tree.places[level], search.width - level)
    if _violates(search, state):
        state.phase = NEXT if tuples == 1.0 else CHILDREN
    elif _is_covered(search, tree, level, state):
        state.phase = NEXT
    elif state.replay:
        if tuples == 1.0:
            return UNCOVERED
        state.phase = CHILDREN
    elif tuples == 1.0 or tuples >= WORTH:
        state.tries = 0 if tuples == 1.0 else TRIES if level else TRIES_FIRST
        state.wanted = 1 if level else WANTED
        if _is_opposed(search, tree, level):
            region_boxes(search, tree.near[level], tree.counts[level], state)
        else:
            first_box(search, tree.near[level], tree.counts[level], state)
        state.phase = BOXES
    else:
        state.phase = CHILDREN
    return GO_ON


@called
def _next_box(search: Search, tree: Tree, state: State) -> int:
    """Settle one more box of the neurons at hand; after the last one, decide what to do next."""
    level, mine = state.level, state.found - state.before
    over = state.splits >= (state.tries if state.tries else ENOUGH) and (mine > 0 or state.tries > 0)
    if state.asked or (state.waiting and mine < state.wanted and not over):
        if state.steps >= state.limit and not state.asked:
            return BUDGET
        full = state.entries == len(search.entries.good) or state.found == len(search.found.members)
        if full or state.boxes + 2 > len(search.boxes.value):
            return GROW
        known = state.entries
        ended = next_box(search, state)
        if ended == WIDE:
            return WIDER
        if ended == CLOSE:
            return ASK
        _near_to(search, tree, known, state)
        return GO_ON
    narrow = 0
    for line in range(state.before, state.found):
        size = 0
        for k in range(len(tree.order)):
            size += has(search.found.members, line, k)
        narrow += size <= search.width
    if state.few == 0 and narrow > 0:
        state.patience = 4 * state.steps + PATIENCE
    state.few += narrow
    settled = state.waiting == 0 and mine == 0
    leaf = _tuples(len(tree.order) - 1 - tree.places[level], search.width - level) == 1.0
    state.phase = NEXT if settled or leaf else CHILDREN
    if state.few >= WANTED or (state.few > 0 and state.steps > state.patience):
        return DONE
    return ROOT if mine > 0 and level == 0 else GO_ON


@called
def _next_tuple(search: Search, tree: Tree, state: State) -> int:
    """Go to the next partial tuple: of the same length, or, after the last one, of a shorter one."""
    size = len(tree.order)
    while state.level and tree.places[state.level] >= size - 1 - (search.width - state.level):
        state.level -= 1
    if state.level == 0:
        return DONE
    _descend(search, tree, state.level, tree.places[state.level] + 1)
    state.phase = ARRIVE
    return GO_ON


@called
def _search(search: Search, tree: Tree, state: State) -> int:
    """Go on with a search; returns why it stopped."""
    ended = GO_ON
    while ended == GO_ON:
        if state.phase == ADOPT:
            ended = _adopt(search, tree, state)
        elif state.phase == ARRIVE:
            ended = _arrive(search, tree, state)
        elif state.phase == BOXES:
            ended = _next_box(search, tree, state)
        elif state.phase == CHILDREN:
            _descend(search, tree, state.level + 1, tree.places[state.level] + 1)
            state.level += 1
            state.phase = ARRIVE
        else:
            ended = _next_tuple(search, tree, state)
    return ended


def _compiled(stamp: int) -> Any:
    """The search, cached on disk under a stamp of all sources that are compiled into it."""

    @compiler(cache=True, nogil=True, no_cfunc_wrapper=True)
    def run(search: Search, tree: Tree, states: Records) -> int:
        if not stamp:  # never: this makes the stamp a part of the code
            return DONE
        return _search(search, tree, states[0])

    return run


#: All sources that are compiled into the search.
SOURCES = tuple(
    Path(str(module.__file__))
    for module in (
        filtered_arithmetic,
        cone_distance,
        cholesky,
        cone_program,
        cone_scaling,
        interior_point,
        entry_lists,
        box_tree,
    )
)
SOURCES += (Path(__file__),)

run = _compiled(stamp(SOURCES))
