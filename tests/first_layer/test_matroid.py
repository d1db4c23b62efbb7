"""Circuits and cocircuits: against all subsets, all sign vectors, closed formulas, and the regions that they imply."""

from itertools import combinations, product
from math import comb, factorial, gcd

import pytest
from hypothesis import given, settings
from support.brute_force import brute_covectors, brute_regions, dot, sign
from support.small_tables import tables

from arrangements import Arrangement, InputError, count_regions, family, iter_covectors
from arrangements.exact.linear_algebra import nullspace, rank
from arrangements.first_layer.lattice import flat_numbers, signed_whitney_numbers
from arrangements.first_layer.matroid import iter_circuits, iter_cocircuits

CENTRAL = ["braid:4", "braid:5", "typeB:3", "typeD:4", "resonance:3", "resonance:4", "threshold:3", "random:8,4,0"]
DEGENERATE = [
    [[0]],
    [[0, 0], [0, 0]],
    [[2], [-1], [0]],
    [[1, 2, 3], [-2, -4, -6], [0, 0, 0], [1, 2, 3]],
    [[1, 0, 0], [0, 1, 0], [1, 1, 0], [-1, -1, 0], [0, 0, 5]],
    [[1, 0], [0, 1]],
    [["1e-9", 1, 0], [0, 1, 0], ["-1e-9", 1, "1e30"], [1, 1, 1]],
]


def minimal(supports):
    return {a for a in supports if not any(b < a for b in supports)}


def dependent_sets(rows):
    """The smallest dependent sets, from the rank of every subset."""
    every = [c for size in range(1, len(rows) + 1) for c in combinations(range(len(rows)), size)]
    return minimal({frozenset(c) for c in every if rank([rows[i] for i in c], len(rows[0])) < len(c)})


def signs_of(circuit, n):
    return tuple(sign(circuit.get(k, 0)) for k in range(n))


def orthogonal(a, b):
    """No products but 0, or both signs among them."""
    return len({x * y for x, y in zip(a, b, strict=True)} - {0}) != 1


def check(arrangement):
    """Circuits and cocircuits are the minimal supports, with the right signs, each once."""
    rows, n = arrangement.normals, len(arrangement.normals)
    circuits = list(iter_circuits(arrangement))
    assert len({frozenset(c) for c in circuits}) == len(circuits)
    assert {frozenset(c) for c in circuits} == dependent_sets(rows)
    for circuit in circuits:
        assert list(circuit) == sorted(circuit)
        assert circuit[min(circuit)] > 0
        assert gcd(*circuit.values()) == 1
        assert all(type(c) is int and c for c in circuit.values())
        assert not any(sum(c * rows[k][j] for k, c in circuit.items()) for j in range(arrangement.dimension))
    cocircuits = list(iter_cocircuits(arrangement))
    found = {cell.signs for cell in cocircuits}
    assert len(found) == len(cocircuits)
    for signs, ray in cocircuits:
        assert signs == tuple(sign(dot(row, ray)) for row in rows)
        assert gcd(*ray) == 1
    covectors = {cell.signs for cell in iter_covectors(arrangement)}
    supports = {frozenset(k for k, s in enumerate(signs) if s) for signs in covectors} - {frozenset()}
    smallest = minimal(supports)
    assert found == {c for c in covectors if frozenset(k for k, s in enumerate(c) if s) in smallest}
    assert all(orthogonal(signs_of(circuit, n), covector) for circuit in circuits for covector in covectors)


@settings(max_examples=80)
@given(tables(rows=6, columns=4))
def test_small_tables(table):
    check(Arrangement.from_table(table))


@pytest.mark.parametrize("table", DEGENERATE)
def test_degenerate_tables(table):
    check(Arrangement.from_table(table))


@pytest.mark.parametrize("name", ["braid:4", "typeB:3", "resonance:3", "threshold:2", "random:7,3,0"])
def test_families(name):
    check(family(name))


@settings(max_examples=60)
@given(tables(rows=5, columns=4))
def test_covectors_are_the_vectors_orthogonal_to_all_circuits(table):
    """Both halves of the duality of oriented matroids, and Gordan's theorem for regions, over all sign vectors."""
    arrangement = Arrangement.from_table(table)
    rows, n = arrangement.normals, len(arrangement.normals)
    circuits = [signs_of(c, n) for c in iter_circuits(arrangement)]
    every = set(product((-1, 0, 1), repeat=n))
    assert {x for x in every if all(orthogonal(x, c) for c in circuits)} == brute_covectors(rows)
    loops = [not any(row) for row in rows]
    full = {x for x in every if [s == 0 for s in x] == loops}
    sides = [
        {(k, flip * s) for k, s in enumerate(c) if s} for c in circuits if sum(map(abs, c)) > 1 for flip in (1, -1)
    ]
    contained = {x for x in full if any(side <= set(enumerate(x)) for side in sides)}
    assert full - contained == brute_regions(rows)
    # and the vectors, the signs of all dependencies, are those orthogonal to all cocircuits
    cocircuits = [cell.signs for cell in iter_cocircuits(arrangement)]
    dual = nullspace([list(column) for column in zip(*rows, strict=True)], n)
    vectors = brute_covectors([tuple(b[k] for b in dual) for k in range(n)]) if dual else {(0,) * n}
    assert {x for x in every if all(orthogonal(x, c) for c in cocircuits)} == vectors


@settings(max_examples=60)
@given(tables(rows=5, columns=4))
def test_compositions_of_cocircuits_are_the_covectors(table):
    arrangement = Arrangement.from_table(table)
    cocircuits = [cell.signs for cell in iter_cocircuits(arrangement)]
    found = {(0,) * len(table)}
    while more := {tuple(a or b for a, b in zip(x, y, strict=True)) for x in found for y in cocircuits} - found:
        found |= more
    assert found == {cell.signs for cell in iter_covectors(arrangement)}


def signed_sets(circuit, flip):
    return {k for k, c in circuit.items() if c * flip > 0}, {k for k, c in circuit.items() if c * flip < 0}


@settings(max_examples=40)
@given(tables(rows=6, columns=3))
def test_elimination(table):
    """If e is positive in C and negative in D, some circuit is within both, with their signs, and without e."""
    circuits = [signed_sets(c, flip) for c in iter_circuits(Arrangement.from_table(table)) for flip in (1, -1)]
    for (c_plus, c_minus), (d_plus, d_minus) in product(circuits, repeat=2):
        if (c_plus, c_minus) == (d_minus, d_plus):
            continue
        for e in c_plus & d_minus:
            plus, minus = (c_plus | d_plus) - {e}, (c_minus | d_minus) - {e}
            assert any(p <= plus and m <= minus for p, m in circuits)


def no_broken_circuit(arrangement):
    """How many sets of each size contain no circuit without its first row."""
    broken = [frozenset(c) - {min(c)} for c in iter_circuits(arrangement)]
    level = [frozenset()] if frozenset() not in broken else []
    numbers = []
    while level:
        numbers.append(len(level))
        larger = (s | {k} for s in level for k in range(max(s, default=-1) + 1, len(arrangement.normals)))
        level = [s for s in larger if not any(b <= s for b in broken)]
    return tuple(numbers)


@pytest.mark.parametrize("name", CENTRAL)
def test_no_broken_circuits(name):
    """Whitney (1932), Bjoerner (1992): |w_k| sets of size k; all of them, T(2, 0), as regions; of size r, T(1, 0)."""
    arrangement = family(name)
    numbers = no_broken_circuit(arrangement)
    assert numbers == tuple(map(abs, signed_whitney_numbers(arrangement)))
    assert sum(numbers) == count_regions(arrangement)


@settings(max_examples=60)
@given(tables(rows=7, columns=4))
def test_no_broken_circuits_of_small_tables(table):
    """A zero row, whose broken circuit is empty, leaves none; parallel rows change nothing."""
    arrangement = Arrangement.from_table(table)
    if not all(any(row) for row in arrangement.normals):
        assert no_broken_circuit(arrangement) == ()
        arrangement = Arrangement(tuple(row for row in arrangement.normals if any(row)), None, arrangement.dimension)
    assert no_broken_circuit(arrangement) == tuple(map(abs, signed_whitney_numbers(arrangement)))


def tutte(rows, x, y):
    """The Tutte polynomial (Crapo 1969), from the rank of every subset."""
    columns = len(rows[0])
    r = rank(rows, columns)
    total = 0
    for size in range(len(rows) + 1):
        for chosen in combinations(rows, size):
            k = rank(chosen, columns)
            total += (x - 1) ** (r - k) * (y - 1) ** (size - k)
    return total


@pytest.mark.parametrize("name", ["braid:4", "typeB:3", "resonance:3", "threshold:3", "random:7,4,0"])
def test_tutte_polynomial(name):
    """T(2, 0) regions (Las Vergnas 1975); a generic slice has T(1, 0) bounded ones (Greene and Zaslavsky 1983)."""
    arrangement = family(name)
    columns = [k for k in range(arrangement.dimension) if name != "braid:4" or k]  # the braid arrangement has rank 3
    rows = [tuple(row[k] for k in columns) for row in arrangement.normals]
    numbers = no_broken_circuit(arrangement)
    assert (
        (tutte(rows, 2, 0), tutte(rows, 1, 0))
        == (sum(numbers), numbers[-1])
        == (count_regions(arrangement), numbers[-1])
    )
    # on the hyperplane G.u + v = 1, put in for the last coordinate v, the row a.u + b v is 0 where (a - b G).u = -b
    far = [997**k for k in range(len(columns) - 1, 0, -1)]
    essential = Arrangement(tuple(rows), None, len(columns))
    assert all(dot((*far, 1), ray) for _, ray in iter_cocircuits(essential))
    table = [[x - row[-1] * g for x, g in zip(row, far, strict=False)] for row in rows]
    slice_ = Arrangement.from_table(table, [-row[-1] for row in rows])
    assert abs(sum(signed_whitney_numbers(slice_))) == tutte(rows, 1, 0)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_circuits_of_a_complete_graph_are_its_cycles(n):
    arrangement = family(f"braid:{n}")
    circuits = list(iter_circuits(arrangement))
    assert len(circuits) == sum(comb(n, k) * factorial(k - 1) // 2 for k in range(3, n + 1))
    assert all(abs(c) == 1 for circuit in circuits for c in circuit.values())
    assert len(list(iter_cocircuits(arrangement))) == 2**n - 2  # cuts, in two directions


@pytest.mark.parametrize(("n", "d"), [(1, 1), (5, 2), (7, 3), (8, 5), (4, 6)])
def test_general_position(n, d):
    arrangement = family(f"random:{n},{d},0")
    r = min(n, d)
    assert {len(c) for c in iter_circuits(arrangement)} <= {r + 1}
    assert len(list(iter_circuits(arrangement))) == comb(n, d + 1)
    assert len(list(iter_cocircuits(arrangement))) == 2 * comb(n, r - 1)


@pytest.mark.parametrize("name", CENTRAL)
def test_cocircuits_are_the_hyperplanes_of_the_matroid(name):
    arrangement = family(name)
    assert len(list(iter_cocircuits(arrangement))) == 2 * flat_numbers(arrangement)[arrangement.rank - 1]


def test_no_rows():
    assert list(iter_circuits(family("braid:1"))) == list(iter_cocircuits(family("braid:1"))) == []


@pytest.mark.parametrize("lister", [iter_circuits, iter_cocircuits])
def test_affine(lister):
    arrangement = family("shi:3")
    with pytest.raises(InputError, match=r"has offsets; take its cone"):
        lister(arrangement)
    cone = Arrangement.from_table([*arrangement.homogeneous, arrangement.infinity])
    assert list(lister(cone))
