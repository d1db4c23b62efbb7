"""Ranks of tuples against lists of all tuples, and ranges that are divided."""

from bisect import bisect_left
from itertools import chain, combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements import InputError
from arrangements.second_layer.tuple_ranges import TupleRange, divided, read_tuple, whole_range
from arrangements.second_layer.tuple_ranks import searched_before, searched_tuple, searched_tuples
from arrangements.second_layer.tuples import first_of_mirrors, mirror_image

SIZES = [(pairs, width) for pairs in range(1, 6) for width in range(1, 2 * pairs + 1)]


@pytest.mark.parametrize(("pairs", "width"), SIZES)
def test_ranks_are_places_in_the_list(pairs, width):
    size = 2 * pairs
    listed = list(first_of_mirrors(size, width))
    assert searched_tuples(pairs, width) == len(listed)
    assert [searched_tuple(rank, width, size) for rank in range(len(listed))] == listed
    for numbers in combinations(range(size), width):
        assert searched_before(numbers, size) == bisect_left(listed, numbers)
    end = (size,) * width
    assert searched_before(end, size) == len(listed)
    assert searched_tuple(len(listed), width, size) == searched_tuple(10**30, width, size) == end


@given(st.data())
def test_ranks_of_large_tuples(data):
    """They are exact beyond 2^64, and the tuple of a rank is one that is searched."""
    pairs, width = data.draw(st.integers(1, 10**5)), data.draw(st.integers(1, 9))
    width = min(width, 2 * pairs)
    rank = data.draw(st.integers(0, searched_tuples(pairs, width) - 1))
    numbers = searched_tuple(rank, width, 2 * pairs)
    assert searched_before(numbers, 2 * pairs) == rank
    assert numbers == tuple(sorted(set(numbers)))
    assert mirror_image(numbers) >= numbers


@given(st.data())
def test_pieces_are_the_range(data):
    size = 2 * data.draw(st.integers(1, 5))
    width = data.draw(st.integers(1, size))
    every = [*combinations(range(size), width), (size,) * width]
    start, stop = sorted(data.draw(st.sets(st.sampled_from(range(len(every))), min_size=2, max_size=2)))
    pieces = data.draw(st.integers(1, 30))
    listed = [numbers for numbers in first_of_mirrors(size, width) if every[start] <= numbers < every[stop]]
    nodes = ((1, 0),) if listed[:1] == [every[start]] else ()
    found = divided(TupleRange(every[start], every[stop], nodes), pieces, size)
    parts = [[numbers for numbers in listed if piece.start <= numbers < piece.stop] for piece in found]
    assert list(chain.from_iterable(parts)) == listed
    assert len(found) == min(pieces, len(listed))
    lengths = set(map(len, parts))
    assert not lengths or min(lengths) >= 1
    assert not lengths or max(lengths) - min(lengths) <= 1
    assert [piece.nodes for piece in found] == [nodes, *[()] * (len(found) - 1)][: len(found)]
    assert all(a.stop == b.start for a, b in pairwise(found))


def test_pieces_of_pieces():
    whole = whole_range(3, 8)
    once = [part for piece in divided(whole, 4, 8) for part in divided(piece, 100, 8)]
    assert [part.start for part in once] == list(first_of_mirrors(8, 3))


@pytest.mark.parametrize("pieces", [0, -1, 1.5, None, "2", True])
def test_odd_numbers_of_pieces_are_refused(pieces):
    with pytest.raises(InputError, match="pieces"):
        divided(whole_range(2, 4), pieces, 4)


@pytest.mark.parametrize(
    "wrong", [(0,), (1, 0), (2, 2), (-1, 3), (0, 4), (0, 10**30), (0, 1, 2), (0, 1.0), (False, True), (0, None), ()]
)
def test_tuples_that_are_none_are_refused(wrong):
    with pytest.raises(InputError, match="is not a tuple"):
        read_tuple(wrong, 2, 4)


def test_the_end_is_no_tuple_to_begin_with():
    with pytest.raises(InputError, match="is not a tuple"):
        read_tuple((4, 4), 2, 4)
    with pytest.raises(InputError, match="is not a tuple"):
        read_tuple((4,), 2, 4, end=True)
