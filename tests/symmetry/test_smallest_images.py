"""Smallest images of sets: against all elements of the group, listed by brute force."""

from itertools import combinations

import numpy as np
import pytest

from arrangements.symmetry.permutations import StabilizerChain
from arrangements.symmetry.smallest_image import SmallestImages, joined

SQUARE = [np.array([1, 2, 3, 0, 5, 6, 7, 4]), np.array([4, 5, 6, 7, 0, 1, 2, 3])]  # of the prism over a square
CYCLIC = [np.array([1, 2, 3, 4, 5, 6, 0])]
PAIRS = [np.array([1, 0, 2, 3, 4, 5]), np.array([2, 3, 4, 5, 0, 1])]  # three pairs, permuted cyclically
S5_ON_EDGES = [
    np.array([list(combinations(range(5), 2)).index(tuple(sorted((p[a], p[b])))) for a, b in combinations(range(5), 2)])
    for p in ([1, 0, 2, 3, 4], [1, 2, 3, 4, 0])
]


def elements(generators):
    known, waiting = {tuple(range(len(generators[0])))}, [tuple(range(len(generators[0])))]
    while waiting:
        p = waiting.pop()
        for g in generators:
            if (after := tuple(g[list(p)].tolist())) not in known:
                known.add(after)
                waiting.append(after)
    return known


@pytest.mark.parametrize("generators", [SQUARE, CYCLIC, PAIRS, S5_ON_EDGES])
def test_keys_are_orbits_and_elements_generate_the_stabilizer(generators):
    degree = len(generators[0])
    group = elements(generators)
    images = SmallestImages(StabilizerChain(generators, degree))
    assert images.chain.order == len(group)
    keys = {}
    for number in range(1 << degree):
        members = frozenset(x for x in range(degree) if number >> x & 1)
        found = images.of(np.array([x in members for x in range(degree)]))
        orbit = frozenset(frozenset(p[x] for x in members) for p in group)
        assert keys.setdefault(found.key, orbit) == orbit
        stabilizer = {p for p in group if frozenset(p[x] for x in members) == members}
        assert {tuple(e.tolist()) for e in found.elements} <= stabilizer
        if len(stabilizer) < 33:  # else not all of them are noted
            assert StabilizerChain(found.elements, degree).order == len(stabilizer)
    assert len(set(keys.values())) == len(keys)


def test_a_bound_on_the_cosets_never_joins_two_orbits():
    group = elements(S5_ON_EDGES)
    images = SmallestImages(StabilizerChain(S5_ON_EDGES, 10), most=1)
    keys = {}
    for number in range(1 << 10):
        members = frozenset(x for x in range(10) if number >> x & 1)
        orbit = min(tuple(sorted(p[x] for x in members)) for p in group)
        key = images.of(np.array([x in members for x in range(10)])).key
        assert keys.setdefault(key, orbit) == orbit


def test_classes_that_are_permuted():
    labels = np.array([0, 0, -1, 1, 1, 2])
    assert joined([np.array([3, 4, 2, 0, 1, 5])], labels, 3).tolist() == [0, 0, 2]
    assert joined([], labels, 3).tolist() == [0, 1, 2]
