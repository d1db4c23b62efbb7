"""Vertices where more rows meet, settled by circuits that are known: what they claim, beside exact arithmetic."""

from itertools import combinations

import numpy as np
import pytest
from support.ray_tables import rows_of, transformed

from arrangements.exact.linear_algebra import rank
from arrangements.exact.packed_bits import unpacked
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep.coincidences import Coincidences
from arrangements.sweep.exact_vertices import ExactVertices
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.second_filter import SecondFilter
from arrangements.sweep.sweep_search import SweepSearch


def planted(n, r, seed, terms=2, largest=1000):
    """Random rows, the last three of which are sums of multiples of some before, and of each other."""
    draw = np.random.default_rng(seed)
    rows = draw.integers(-largest, largest + 1, (n, r))
    for k in range(n - 3, n):
        chosen = draw.choice(k, terms, replace=False)
        rows[k] = draw.integers(1, 4, terms) @ rows[chosen]
    return rows_of(rows.tolist())


TABLES = {
    "sums of two": planted(10, 4, 0),
    "sums of three": planted(10, 5, 1, terms=3),
    "sums of sums": planted(9, 4, 2, largest=2),
    "long integers": planted(10, 4, 3, largest=10**12),
    "rank 6": planted(9, 6, 4),
    "braid:5": rows_of("braid:5"),
    "resonance:4": rows_of("resonance:4"),
    "transformed": transformed(rows_of("threshold:3"), seed=5),
}


@pytest.mark.parametrize("name", TABLES)
def test_same_signs_as_rays(name):
    rows = TABLES[name]
    search = SweepSearch(rows)
    found = [tuple(line) for words in search.words() for line in unpacked(words, len(rows)).tolist()]
    expected = {tuple(line) for words in RaySearch(rows, 1).words() for line in unpacked(words, len(rows)).tolist()}
    assert len(found) == len(expected)
    assert set(found) == expected
    assert search.doubts > 0


@pytest.mark.parametrize("name", TABLES)
def test_each_claim_is_what_exact_arithmetic_finds(name):
    """All vertices are asked about twice: while little is known, and when all circuits are."""
    rows = TABLES[name]
    functionals = Functionals(tuple(rows))
    vertices, second, known = ExactVertices(rows, functionals), SecondFilter(rows, functionals), Coincidences(rows)
    settled = repeats = 0
    for _ in range(2):
        for level in range((len(rows[0])) // 2):
            bases = np.array(list(combinations(range(len(rows)), len(rows[0]) - 1 - 2 * level)))
            for some in np.array_split(bases, max(1, len(bases) // 20)):
                exact = [vertices.cells_and_circuits(level, tuple(basis), False) for basis in some.tolist()]
                repeated = known.repeated(some)
                assert not any(exact[n][0] for n in np.flatnonzero(repeated))
                done, cells = known.above(some, second.examined(level, some))
                for n in np.flatnonzero(done).tolist():
                    mine = sorted(cell.signs.tolist() for cell in cells if cell.basis == tuple(some[n].tolist()))
                    assert mine == sorted(cell.signs.tolist() for cell in exact[n][0])
                assert {cell.basis for cell in cells} <= {tuple(basis) for basis in some[done].tolist()}
                settled, repeats = settled + int(done.sum()), repeats + int(repeated.sum())
                for _, circuits in exact:
                    known.learn(circuits)
    assert settled > 0
    assert repeats > 0


@pytest.mark.parametrize("name", TABLES)
def test_circuits_are_dependencies(name):
    rows = TABLES[name]
    vertices, seen = ExactVertices(rows, Functionals(tuple(rows))), 0
    for basis in combinations(range(len(rows)), len(rows[0]) - 1):
        for circuit in vertices.cells_and_circuits(0, basis, False)[1]:
            *others, last = (rows[k] for k in circuit.rows)
            total = [sum(x * row[j] for x, row in zip(circuit.form, others, strict=True)) for j in range(len(last))]
            assert list(circuit.rows) == sorted(set(circuit.rows))
            assert rank([total, last], len(last)) == 1
            assert sum(x * y for x, y in zip(total, last, strict=True)) > 0
            assert rank(others, len(last)) == len(others)
            assert 0 not in circuit.form
            seen += 1
    assert seen


def test_a_wrong_circuit_would_be_seen(monkeypatch):
    """The comparison of sets fails where a circuit has a wrong form."""
    learn = Coincidences.learn
    monkeypatch.setattr(
        Coincidences,
        "learn",
        lambda self, circuits: learn(self, [c._replace(form=tuple(-x for x in c.form)) for c in circuits]),
    )
    rows = TABLES["sums of two"]
    found = {tuple(line) for words in SweepSearch(rows).words() for line in words.tolist()}
    assert found != {tuple(line) for words in RaySearch(rows, 1).words() for line in words.tolist()}
