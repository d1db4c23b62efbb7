"""Symmetry groups: against all signed permutations, known groups, and other ways to their order."""

from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.signed_permutations import generated
from support.small_tables import arrangements
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics import PermutationGroup

from arrangements import Arrangement, InputError, Symmetry, SymmetryGroup, family, iter_regions, symmetry_group
from arrangements.exact.linear_algebra import dot, rank
from arrangements.symmetry.coloured_graph import count_label_automorphisms, label_automorphisms
from arrangements.symmetry.groups import on_points
from arrangements.symmetry.linear_symmetries import linear_symmetries
from arrangements.symmetry.permutations import StabilizerChain, orbits


def brute_symmetries(arrangement, fixing=()):
    """Every signed permutation under which the rows keep their linear dependencies, coefficients and all.

    T exists iff the matrix of all rows beside their images has the rank of the rows alone.
    """
    head = [] if arrangement.infinity is None else [arrangement.infinity]
    rows = [*head, *arrangement.hyperplanes]
    m = len(arrangement.hyperplanes)
    if not m:
        return {((), ())}
    found = set()
    for images in permutations(range(m)):
        for signs in product((1, -1), repeat=m):
            moved = [*head, *([s * x for x in arrangement.hyperplanes[i]] for i, s in zip(images, signs, strict=True))]
            beside = [[*row, *image] for row, image in zip(rows, moved, strict=True)]
            if rank(beside, len(beside[0])) != rank(rows, len(rows[0])):
                continue
            values = [[dot(row, w) for row in arrangement.hyperplanes] for w in fixing]
            applied = [Symmetry(images, signs).applied(v) for v in values]
            if all(list(a) in (v, [-x for x in v]) for a, v in zip(applied, values, strict=True)):
                found.add((images, signs))
    return found


@settings(max_examples=60, deadline=None)
@given(arrangements(rows=4, columns=3))
def test_all_signed_permutations_tried(arrangement):
    group = symmetry_group(arrangement)
    assert generated(group) == brute_symmetries(arrangement)
    assert group.order == len(generated(group))


@settings(max_examples=40, deadline=None)
@given(arrangements(rows=4, columns=3).filter(lambda a: not a.is_affine), st.data())
def test_symmetries_that_fix_points(arrangement, data):
    point = data.draw(st.lists(st.integers(-2, 2), min_size=arrangement.dimension, max_size=arrangement.dimension))
    group = symmetry_group(arrangement, fixing=[point])
    assert generated(group) == brute_symmetries(arrangement, [point])


@pytest.mark.parametrize(
    ("name", "order"),
    [
        *((f"braid:{n}", 2 * factorial(n)) for n in (3, 4, 5, 8)),
        *((f"resonance:{n}", 2 * factorial(n + 1)) for n in (3, 4, 5, 6)),
        *((f"threshold:{n}", 2 ** (n + 1) * factorial(n + 1)) for n in (2, 3, 4, 5)),
        ("crosspolytope:4", 2 * 2**4 * factorial(4)),
        ("typeB:3", 2**3 * factorial(3)),
        ("typeD:5", 2**5 * factorial(5)),  # those of the demicube's roots: all signs
        ("random:30,4,0", 2),
        ("shi:3", 6),
    ],
)
def test_known_orders(name, order):
    """Braid and resonance: all n + 1 letters move, after x_0 = - sum x_i; threshold: the cube of one dimension more."""
    group = symmetry_group(family(name))
    assert group.order == order
    points = [SympyPermutation(on_points(g).tolist()) for g in group.generators]
    assert PermutationGroup(points or [SympyPermutation(2 * len(group.arrangement.hyperplanes) - 1)]).order() == order


def test_the_graph_library_counts_the_same():
    rng = np.random.default_rng(0)
    for _ in range(30):
        size = int(rng.integers(2, 6))
        half = rng.integers(0, 2, (size, size))
        labels = half + half.T
        brute = sum(
            all(labels[p[i], p[j]] == labels[i, j] for i in range(size) for j in range(size))
            for p in permutations(range(size))
        )
        assert count_label_automorphisms(labels) == brute
        assert StabilizerChain(label_automorphisms(labels), size).order == brute


def test_every_generator_takes_regions_to_regions():
    arrangement = family("resonance:4")
    regions = {cell.signs for cell in iter_regions(arrangement)}
    for g in symmetry_group(arrangement).generators:
        assert {g.applied(signs) for signs in regions} == regions


def test_a_projective_symmetry_that_scales_rows_is_left_out():
    """The eighth of a turn permutes the lines of typeB:2; the vectors (1, 0) and (1, 1) are of different length."""
    arrangement = family("typeB:2")
    group = symmetry_group(arrangement)
    assert group.order == 8
    lengths = [dot(h, h) for h in arrangement.hyperplanes]
    assert all(lengths[i] == lengths[g.images[i]] for g in group.generators for i in range(4))


def test_orbits_and_membership():
    group = symmetry_group(family("resonance:3"))
    assert (
        group.hyperplane_orbits
        == symmetry_group(Arrangement.from_table([*family("resonance:3").normals])).hyperplane_orbits
    )
    assert sorted(map(len, group.hyperplane_orbits)) == [3, 4]
    assert all(g in group for g in group.generators)
    assert Symmetry((1, 0, 2, 3, 4, 5, 6), (1,) * 7) not in group
    assert "text" not in group


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 7), st.lists(st.randoms(use_true_random=False), max_size=3))
def test_chains_against_sympy(degree, randoms):
    generators = []
    for random in randoms:
        p = list(range(degree))
        random.shuffle(p)
        generators.append(p)
    chain = StabilizerChain([np.array(p) for p in generators], degree)
    group = PermutationGroup([SympyPermutation(p) for p in generators] or [SympyPermutation(degree - 1)])
    assert chain.order == group.order()
    for p in permutations(range(degree)) if degree < 5 else []:
        assert (np.array(p) in chain) == group.contains(SympyPermutation(list(p)))
    least = orbits([np.array(p) for p in generators], degree)
    assert {frozenset(np.flatnonzero(least == k).tolist()) for k in set(least.tolist())} == {
        frozenset(orbit) for orbit in group.orbits()
    } | {frozenset({x}) for x in range(degree) if least[x] == x and (least == x).sum() == 1}


def test_wrong_arguments():
    square = Arrangement.from_table([[1, 0], [0, 1], [1, 2]])
    with pytest.raises(InputError, match=r"generator 1, .* is no symmetry: no linear map"):
        SymmetryGroup(square, [Symmetry((0, 1, 2), (-1, -1, -1)), Symmetry((1, 0, 2), (1, 1, 1))])
    with pytest.raises(InputError, match="give the images of 3 hyperplanes"):
        SymmetryGroup(square, [Symmetry((0, 0, 1), (1, 1, 1))])
    with pytest.raises(InputError, match="signs must be 1 or -1"):
        SymmetryGroup(square, [Symmetry((0, 1, 2), (1, 2, 1))])
    with pytest.raises(InputError, match="a point of fixing has 3 entries"):
        symmetry_group(square, fixing=[(1, 2, 3)])


def test_labels_modulo_the_prime_are_not_trusted(monkeypatch):
    """Where all residues are equal, every permutation seems to be a symmetry; integers refute that."""
    from arrangements.symmetry import linear_symmetries as module

    exact = module.projection
    rows = [(1, 0), (0, 1), (1, 3)]
    true = linear_symmetries(rows, 2)
    blind = lambda rows, columns, exact_=exact, *, exact: (  # noqa: E731
        exact_(rows, columns) if exact else [[5 if i == j else 1 for j in range(3)] for i in range(3)]
    )
    monkeypatch.setattr(module, "projection", blind)
    assert linear_symmetries(rows, 2) == true
