"""A search of the second layer that stops after a number of nodes, also inside a tuple, and goes on from plain data."""

import json
from functools import cache
from itertools import chain, combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.small_tables import tables

from arrangements import Arrangement, FirstLayer, InputError, Statistics, count_second_layer, iter_pairs
from arrangements.exact.distinct_words import DistinctWords
from arrangements.second_layer.product_search import ProductSearch
from arrangements.second_layer.tuple_ranges import TupleRange, divided
from arrangements.second_layer.tuples import first_of_mirrors

RNG = np.random.default_rng(11)
TABLES = {
    "plane": RNG.standard_normal((4, 2)).tolist(),
    "space": np.rint(9 * RNG.standard_normal((3, 3))).astype(int).tolist(),
    "zero, repeated, opposite": [[0, 0], [1, 2], [2, 4], [-1, -2], [3, 1], [0, 0]],
    "rank 1": [[1, 1], [-2, -2], [3, 3], [0, 0]],
    "rank 2 in three columns": [[1, 0, 1], [0, 1, 1], [1, 1, 2]],
    "fewer rows than columns": [[1, 2, 3], [0, 1, -1]],
    "one row": [[5, -3]],
    "in a half-plane": [[1, 5], [2, 3], [3, 1], [1, 1]],
    "thin": [[1, 0], [1, "1e-30"], [0, 1], [1, 1]],
}
SMALLER = {name: TABLES[name] for name in ("plane", "zero, repeated, opposite", "in a half-plane", "thin")}
BUDGETS = [0, 1, 2, 3, 7, 50]


def layer_of(table):
    return FirstLayer.of(Arrangement.from_table(table))


@cache
def layer_named(name):
    return layer_of(TABLES[name])


@cache
def expected(name, width):
    """By linear programs: the pairs and the numbers of tuples, pairs and masks."""
    layer = layer_named(name)
    pairs = {(frozenset(pair.neurons), pair.signs) for pair in iter_pairs(layer, width, engine="lp")}
    return pairs, count_second_layer(layer, width, engine="lp")


def searches(search, budgets):
    """Searches from the first one to the last, each of which goes on where the one before has stopped.

    Frontiers are written and read as JSON; each search must be run before the next one is asked for.
    """
    statistics, yet = search.statistics, search.statistics.nodes
    for budget in budgets:
        yield search, budget
        assert statistics.nodes <= yet + budget + 1
        yet = statistics.nodes
        if not search.frontier:
            return
        search = search.resumed(json.loads(json.dumps(search.frontier)), statistics)


def endless(budget):
    """A first budget, which may be 0, and then budgets with which a search gets on."""
    yield budget
    while True:
        yield max(budget, 1)


def listed(search, budget=None):
    return [
        (tuple(neurons), tuple(signs))
        for block in search.blocks(budget)
        for neurons, signs in zip(block.neurons.tolist(), block.signs.tolist(), strict=True)
    ]


def doubled(pairs, layer):
    """The pairs with those of the mirror images, as a list."""
    signed = [(region, sign) for region in layer.active for sign in (1, -1)]
    for numbers, s in pairs:
        yield frozenset(signed[k] for k in numbers), s
        if {k ^ 1 for k in numbers} != set(numbers):
            yield frozenset(signed[k ^ 1] for k in numbers), tuple(-x for x in s)


def joined(lists):
    return list(chain.from_iterable(lists))


def single(layer, number):
    """The ranges of one searched tuple each, so many of them, of width two."""
    size = 2 * len(layer.active)
    starts = [*first_of_mirrors(size, 2), (size, size)]
    return [TupleRange(a, b) for a, b in pairwise(starts[: number + 1])]


def sums(counts):
    return tuple(map(sum, zip(*counts, strict=True)))


@pytest.mark.parametrize("budget", BUDGETS)
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", TABLES)
def test_parts_make_the_whole(name, width, budget):
    if width == 3 and name == "space":
        pytest.skip("half a minute for the other engine")
    layer, (pairs, counts) = layer_named(name), expected(name, width)
    parts = [listed(search, b) for search, b in searches(ProductSearch(layer, width), endless(budget))]
    whole = listed(ProductSearch(layer, width))
    found = list(doubled(joined(parts), layer))
    assert len(found) == counts.pairs
    assert set(found) == pairs
    assert joined(parts) == whole, "they come in the same order"
    assert len(parts) >= len(whole) / (max(budget, 1) + 1)


@pytest.mark.parametrize("budget", BUDGETS)
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", SMALLER)
def test_counts_add_up(name, width, budget):
    counts = expected(name, width)[1]
    first = ProductSearch(layer_named(name), width)
    assert sums(search.count(b) for search, b in searches(first, endless(budget))) == counts[:2]


@pytest.mark.parametrize("budget", BUDGETS)
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", SMALLER)
def test_masks_are_merged(name, width, budget):
    layer, counts = layer_named(name), expected(name, width)[1]
    known, numbers = DistinctWords(1), []
    for search, b in searches(ProductSearch(layer, width), endless(budget)):
        for block in search.masks(b):
            assert len(np.unique(block.masks, axis=0)) == len(block.masks)
            known.add(block.masks)
            numbers.append(block[:2])
    assert (*sums(numbers), len(known)) == counts


@pytest.mark.parametrize("name", TABLES)
def test_each_search_goes_as_far_as_its_budget(name):
    """The tree of a tuple has one leaf a pair, so splits and finished tuples are as many nodes as pairs are listed."""
    whole, statistics = len(listed(ProductSearch(layer_named(name), 2))), Statistics()
    for rounds, (search, budget) in enumerate(searches(ProductSearch(layer_named(name), 2, statistics), endless(5)), 1):
        search.count(budget)
        assert 5 * rounds <= statistics.nodes or not search.frontier
    assert statistics.nodes == whole


def test_inside_one_large_tuple():
    layer = layer_of(np.abs(np.random.default_rng(0).standard_normal((10, 4))))
    first = ProductSearch(layer, 2)
    pairs, only = max((first.resumed([one]).count()[1], one) for one in single(layer, 60))
    weight = 1 if only.start[1] == only.start[0] + 1 else 2
    assert pairs > 200
    inside, counts = 0, []
    for search, budget in searches(first.resumed([only]), endless(20)):
        counts.append(search.count(budget))
        for left in search.frontier:
            assert counts[-1][0] == 0, "a tuple that is not finished is not counted"
            assert left[:2] == only[:2]
            assert left.nodes
            inside += 1
    assert inside > 5
    assert sums(counts) == (weight, pairs)


@pytest.mark.parametrize("budget", [1, 60])
def test_nodes_of_many_rows(budget):
    """Signs of rows and walls fill two words and more."""
    layer = layer_of(np.random.default_rng(0).standard_normal((70, 2)))
    some = TupleRange((0, 100), (0, 103))
    first = ProductSearch(layer, 2, frontier=[some])
    whole = listed(first)
    parts = [listed(search, b) for search, b in searches(first.resumed([some]), endless(budget))]
    assert joined(parts) == whole
    assert len(parts) > len(whole) / (budget + 2)


@pytest.mark.parametrize(("mirrored", "weight"), [(False, 2), (True, 1)])
def test_pairs_of_a_tuple_that_is_its_own_mirror_image_count_once(mirrored, weight):
    layer = layer_of(np.random.default_rng(0).standard_normal((6, 3)))
    first = ProductSearch(layer, 2)
    ranges = [one for one in single(layer, 200) if (one.start[1] == one.start[0] + 1) == mirrored]
    cells, only = max((len(listed(first.resumed([one]))), one) for one in ranges)
    assert cells > 5
    counts = [search.count(b) for search, b in searches(first.resumed([only]), endless(1))]
    assert len(counts) > 5
    assert sums(counts) == (weight, weight * cells)


@pytest.mark.parametrize("name", ["plane", "thin"])
def test_parts_make_the_whole_with_doubts(name):
    layer, (pairs, _) = layer_named(name), expected(name, 2)
    first = ProductSearch(layer, 2)
    object.__setattr__(first._products, "primes", np.zeros(0, np.int64))  # so that every coincidence is a doubt
    found, doubts = [], 0
    for search, b in searches(first, endless(4)):
        found += doubled(listed(search, b), layer)
        doubts += search.doubts
    assert doubts > 0
    assert len(found) == len(pairs)
    assert set(found) == pairs


def test_small_buffers_change_nothing(monkeypatch):
    monkeypatch.setattr("arrangements.rays.kernel_run._CAPACITY", 1)
    monkeypatch.setattr("arrangements.rays.kernel_run._BLOCK", 2)
    layer, (pairs, counts) = layer_named("plane"), expected("plane", 2)
    first = ProductSearch(layer, 2)
    found = [pair for search, b in searches(first, endless(7)) for pair in doubled(listed(search, b), layer)]
    assert len(found) == counts.pairs
    assert set(found) == pairs


@settings(max_examples=60, deadline=None)
@given(tables(5, 3), st.integers(1, 2), st.data())
def test_ranges_in_any_order_and_pieces(table, width, data):
    """Whatever is cut off where, and searched in whatever order, makes the whole."""
    layer = layer_of(table)
    if not layer.active:
        return
    first = ProductSearch(layer, width)
    tuples, pairs = first.count()
    reference = sorted(listed(first))
    size = 2 * len(layer.active)
    waiting = list(divided(TupleRange(tuple(range(first.width)), (size,) * first.width), 3, size))
    found, counts, rounds = [], [], 0
    while waiting:
        number = data.draw(st.integers(0, len(waiting) - 1))
        taken = waiting.pop(number)
        pieces = divided(taken, data.draw(st.integers(1, 3)), size)
        budget = data.draw(st.integers(1, 40)) * (1 + rounds)
        search = ProductSearch(layer, width, frontier=json.loads(json.dumps(pieces)))
        counts.append(search.count(budget))
        left = search.frontier
        found += listed(search, budget)
        assert search.frontier == left, "counts and lists stop at the same place"
        waiting += left
        rounds += 1
    assert sorted(found) == reference
    assert sums(counts) == (tuples, pairs)


@pytest.mark.parametrize("name", ["in a half-plane", "zero, repeated, opposite", "rank 1"])
def test_every_sign_vector_as_a_node(name):
    """It gives the cells with its signs, none if there are none; signs where the tuple is always 0 are refused."""
    layer = layer_named(name)
    search = ProductSearch(layer, 2)
    directions = len(search._products.directions)
    places = [search._products.places.index(i) for i in range(directions)]
    empty = refused = 0
    for only in single(layer, 40)[::3]:
        start, after = only[:2]
        cells = listed(search.resumed([only]))
        for node in product((-1, 0, 1), repeat=directions):
            wanted = [cell for cell in cells if all(s in (0, cell[1][i]) for i, s in zip(places, node, strict=True))]
            ranges = [TupleRange(start, after, (node,))]
            if any(s and cells[0][1][i] == 0 for i, s in zip(places, node, strict=True)):
                with pytest.raises(InputError, match="all is 0"):
                    search.resumed(ranges)
                refused += 1
                continue
            parts = [listed(part, b) for part, b in searches(search.resumed(ranges), endless(1))]
            assert sorted(joined(parts)) == sorted(wanted)
            assert search.resumed(ranges).count()[0] == (1 if start[1] == start[0] + 1 else 2)
            empty += not wanted
    assert empty > 0 or name == "rank 1"
    assert refused > 0


def test_nodes_without_cells_come_to_an_end():
    """Also when the budget is spent just before them: the tuple is finished then, and not searched whole again.

    One node contradicts a row that has one sign in the whole cone, the other one only rows together.
    """
    layer, tried = layer_of(np.random.default_rng(0).standard_normal((5, 2))), 0
    first = ProductSearch(layer, 2)
    for only in single(layer, 190):
        cells = listed(first.resumed([only]))
        feasible = [signs for _, signs in cells]
        forced = [i for i, column in enumerate(zip(*feasible, strict=True)) if len(set(column)) == 1]
        if tried == 4 or len(cells) < 3 or not forced or 0 in feasible[0]:
            continue
        sign = feasible[0][forced[0]]
        against = tuple(-sign if i == forced[0] else 0 for i in range(5))
        nowhere = next(node for node in product((-1, 1), repeat=5) if node not in feasible and node[forced[0]] == sign)
        a, b = next((a, b) for a, b in combinations(feasible, 2) if sum(x != y for x, y in zip(a, b, strict=True)) == 1)
        two = tuple(x if x == y else 0 for x, y in zip(a, b, strict=True))
        tried += 1
        for nodes, budget in product(product([against, nowhere, two], repeat=3), range(1, 5)):
            wanted = [cell for cell in cells if cell[1] in (a, b)] * nodes.count(two)
            ranges = [only._replace(nodes=nodes)]
            parts = [listed(part, b) for part, b in searches(first.resumed(ranges), endless(budget))]
            assert joined(parts) == wanted
            counts = [part.count(b) for part, b in searches(first.resumed(ranges), endless(budget))]
            assert sums(counts) == (2, 2 * len(wanted))
    assert tried > 1


def test_no_ranges_no_cells():
    search = ProductSearch(layer_named("plane"), 2, frontier=[])
    assert search.count() == (0, 0)
    assert listed(search) == []
    assert search.frontier == ()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (None, "range of the frontier"),
        (3, "range of the frontier"),
        ("ab", "range of the frontier"),
        ([], "give a start, a stop"),
        ([[0, 1], [0, 2]], "give a start, a stop"),
        ([[0, 1], [0, 2], [], []], "give a start, a stop"),
        ([[0], [0, 2], []], "is not a tuple"),
        ([[0, 1], [2], []], "is not a tuple"),
        ([[1, 0], [2, 3], []], "is not a tuple"),
        ([[0, 0], [2, 3], []], "is not a tuple"),
        ([[0, 1], [5, 3], []], "is not a tuple"),
        ([[0, 99], [100, 101], []], "is not a tuple"),
        ([[-1, 1], [2, 3], []], "is not a tuple"),
        ([[0, 1.0], [2, 3], []], "is not a tuple"),
        ([[0, 1], None, []], "a tuple"),
        ([[2, 3], [0, 1], []], "empty range"),
        ([[2, 3], [2, 3], []], "empty range"),
        ([[0, 1], [2, 3], 7], "nodes of the frontier"),
        ([[0, 1], [2, 3], [1]], "a node of the frontier"),
        ([[0, 1], [2, 3], [[1, 0]]], "give -1, 0 or 1 for each of 4 directions"),
        ([[0, 1], [2, 3], [[1, 0, 0, 0, 0]]], "give -1, 0 or 1 for each of 4 directions"),
        ([[0, 1], [2, 3], [[1, 0, 0, 2]]], "give -1, 0 or 1 for each of 4 directions"),
        ([[0, 1], [2, 3], [[1, 0, 0, 0.5]]], "give -1, 0 or 1 for each of 4 directions"),
        ([[0, 1], [2, 3], [[1, 0, 0, None]]], "give -1, 0 or 1 for each of 4 directions"),
        ([[1, 2], [2, 3], [[0, 0, 0, 0]]], "mirror image comes first"),
    ],
)
def test_foreign_frontiers_are_refused(wrong, message):
    with pytest.raises(InputError, match=message):
        ProductSearch(layer_named("plane"), 2, frontier=[wrong])


@pytest.mark.parametrize("frontier", [3, "ab", {"start": 1}])
def test_a_frontier_is_a_list(frontier):
    with pytest.raises(InputError, match="frontier"):
        ProductSearch(layer_named("plane"), 2, frontier=frontier)


@pytest.mark.parametrize("budget", [-1, 1.5, "3", True])
def test_odd_budgets_are_refused(budget):
    with pytest.raises(InputError, match="budget"):
        ProductSearch(layer_named("plane"), 2).count(budget)
