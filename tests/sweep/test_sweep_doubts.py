"""What the kernel cannot prove, exact arithmetic settles: ties of functionals, errors that are large, odd tables."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from support.ray_tables import TABLES, checked, rows_of
from support.small_tables import arrangements

from arrangements.exact.packed_bits import unpacked
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep import sweep_space
from arrangements.sweep.exact_vertices import ExactVertices
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.kernel.state import ERROR
from arrangements.sweep.sampling import share_in_doubt
from arrangements.sweep.second_filter import SecondFilter
from arrangements.sweep.sweep_search import SweepSearch

NAMES = ["random:8,3,0", "random:8,4,0", "random:8,5,0", "random:8,6,0", "braid:4", "resonance:3", "threshold:3"]


def compared(rows):
    search = SweepSearch(rows)
    expected = {tuple(cell.signs.tolist()) for cell in RaySearch(rows, 1)}
    assert checked(rows, search) == expected
    found = [tuple(line) for words in SweepSearch(rows).words() for line in unpacked(words, len(rows)).tolist()]
    assert len(found) == len(expected)
    assert set(found) == expected
    return search


@settings(max_examples=150)
@given(arrangements(rows=8, columns=4))
def test_small_tables(arrangement):
    if rows := arrangement.essential.rows:
        compared(rows)


@pytest.mark.parametrize("largest", [0, 1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_ties_are_broken_by_further_terms(monkeypatch, name, largest):
    """Functionals whose first terms are short, equal or 0: every tie is there, and nothing is lost or listed twice."""
    fair = Functionals.draw

    def unfair(self, term):
        if term >= 2:
            return fair(self, term)
        r, source = len(self.rows[0]), random.Random(term)
        return [tuple(source.randint(-largest, largest) for _ in range(r)) for _ in range(r)]

    monkeypatch.setattr(Functionals, "draw", unfair)
    terms = []
    asked = Functionals.terms
    monkeypatch.setattr(Functionals, "terms", lambda self, number: terms.append(number) or asked(self, number))
    rows = [tuple(int(np.sign(x)) if abs(x) < 3 else int(x) % 3 for x in row) for row in rows_of(name)]
    rows = rows_of([*rows, *np.eye(len(rows[0]), dtype=int).tolist()])
    compared(rows)
    if largest < 3:
        assert max(terms) > 1


@pytest.mark.parametrize("error", [1e-12, 1e-5, 1e-2, 0.3, 2.0])
@pytest.mark.parametrize("name", NAMES)
def test_large_errors_leave_more_to_exact_arithmetic(monkeypatch, name, error):
    made = sweep_space.tableaus_for

    def rough(*arguments):
        tableaus = made(*arguments)
        tableaus.sizes[:, 0, ERROR] = error
        return tableaus

    asked, proven = [], SecondFilter.proven
    monkeypatch.setattr(sweep_space, "tableaus_for", rough)
    monkeypatch.setattr(SecondFilter, "proven", lambda *given: asked.extend(given[2]) or proven(*given))
    compared(rows_of(name))
    if error > 0.1:
        assert asked


@pytest.mark.parametrize("name", ["random:9,4,0", "near 1e-15", "long with coincidences"])
def test_parts_make_the_whole_with_large_errors(monkeypatch, name):
    """Sets in doubt are settled once, wherever a search stops."""
    made = sweep_space.tableaus_for

    def rough(*arguments):
        tableaus = made(*arguments)
        tableaus.sizes[:, 0, ERROR] = 0.05
        return tableaus

    monkeypatch.setattr(sweep_space, "tableaus_for", rough)
    rows = rows_of(TABLES.get(name, name))
    todo, found = [SweepSearch(rows)], 0
    while todo:
        search = todo.pop()
        found += search.count(3)
        todo += [SweepSearch(rows, frontier=[node]) for node in search.frontier]
    assert found == RaySearch(rows, 1).count()


def test_a_wrong_sign_would_be_seen(monkeypatch):
    """The comparison of sets fails where errors are taken to be smaller than they are."""
    made = sweep_space.tableaus_for

    def wrong(*arguments):
        tableaus = made(*arguments)
        tableaus.values[:, 0] += 1e-3 * np.random.default_rng(0).standard_normal(tableaus.values[:, 0].shape)
        return tableaus

    monkeypatch.setattr(sweep_space, "tableaus_for", wrong)
    rows = rows_of("random:30,4,0")
    found = {tuple(line) for words in SweepSearch(rows).words() for line in words.tolist()}
    assert found != {tuple(line) for words in RaySearch(rows, 1).words() for line in words.tolist()}


@pytest.mark.parametrize("name", [*NAMES, "near 1e-9", "near 1e-15", "huge", "floats", "transformed", "rows far apart"])
def test_the_second_filter_is_never_wrong(name):
    """What it is sure of is what exact arithmetic finds; in general position it is sure of all."""
    rows = rows_of(TABLES.get(name, name))
    rank, functionals = len(rows[0]), Functionals(tuple(rows))
    vertices, second, sure_of = ExactVertices(rows, functionals), SecondFilter(rows, functionals), 0
    for level in range(rank // 2):
        bases = np.array(list(combinations(range(len(rows)), rank - 1 - 2 * level)))
        sure, signs, _ = second.proven(level, bases)
        sure_of += sure.sum()
        for basis in np.flatnonzero(sure):
            (cell,) = vertices.cells(level, tuple(bases[basis].tolist()))
            assert cell.signs.tolist() == signs[basis].tolist()
        assert "random" not in name or sure.all()
    assert sure_of > 0 or name in ("near 1e-15", "transformed")


def test_the_second_filter_is_sure_of_what_the_kernel_is_not(monkeypatch):
    rows = rows_of("random:17,16,0")
    search = SweepSearch(rows)
    assert search.count() == 65535
    assert search.doubts == 0
    monkeypatch.setattr(SecondFilter, "proven", lambda self, level, bases: (np.zeros(len(bases), bool), None, None))
    search.probe()
    assert search.doubts > 0


def test_a_vertex_of_more_rows_is_treated_once():
    rows = ((1, 0, 0), (0, 1, 0), (1, 1, 0), (1, -1, 0), (0, 0, 1), (1, 2, 3))
    vertices = ExactVertices(rows, Functionals(rows))
    found = [len(vertices.cells(0, basis)) for basis in [(0, 1), (0, 2), (1, 2), (2, 3)]]
    assert found[0] > 1
    assert found[1:] == [0, 0, 0]


def test_dependent_rows_meet_in_no_vertex():
    rows = ((1, 0, 0, 0), (0, 1, 0, 0), (1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
    vertices = ExactVertices(rows, Functionals(rows))
    assert vertices.cells(0, (0, 1, 2)) == []
    assert list(vertices.below(0, (0, 1, 2), 3)) == []
    assert list(vertices.below(0, (0, 1), 2)) == [(0, 1, 3), (0, 1, 4)]


def test_the_share_in_doubt():
    assert share_in_doubt(rows_of("random:20,5,0")) == 0.0
    assert share_in_doubt(rows_of("braid:6")) > 0.9
    half = [*rows_of("random:12,4,0"), *((k, 1, 0, 0) for k in range(12))]
    assert 0.0 < share_in_doubt(half) < 1.0
