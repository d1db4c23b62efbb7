"""Gordan's alternative: both answers prove themselves, and two other ways agree on which it is."""

from math import gcd

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.brute_force import dot, feasible
from support.small_tables import tables

from arrangements.exact import gordan
from arrangements.exact.gordan import alternative
from arrangements.exact.linear_algebra import in_first_basis, rank

FACTORS = st.sampled_from((1, 7, 10**15, 10**40 + 1, 10**300))


@st.composite
def cones(draw):
    """Small tables, with rows and columns of any length, and some rows off by one in their last digit."""
    table = draw(tables(rows=8, columns=5))
    columns = draw(st.lists(FACTORS, min_size=len(table[0]), max_size=len(table[0])))
    lengths = draw(st.lists(FACTORS, min_size=len(table), max_size=len(table)))
    rows = [[x * a * b for x, b in zip(row, columns, strict=True)] for row, a in zip(table, lengths, strict=True)]
    for row in rows:
        row[draw(st.integers(0, len(row) - 1))] += draw(st.sampled_from((0, 0, 0, 1, -1)))
    return rows


def has_witness(rows):
    """Whether there is a point; the answer is checked in integers, and that it is in lowest terms and minimal."""
    witness, dependency = alternative(rows)
    if witness is not None:
        assert dependency is None
        assert gcd(*witness) == 1
        assert all(dot(row, witness) > 0 for row in rows)
        return True
    support = [rows[k] for k in dependency]
    assert list(dependency) == sorted(dependency)
    assert gcd(*dependency.values()) == 1
    assert min(dependency.values()) > 0
    assert not any(dot(column, dependency.values()) for column in zip(*support, strict=True))
    assert rank(support, len(rows[0])) == len(support) - 1, "the support is not minimal"
    return False


@given(tables(rows=8, columns=5) | cones())
@example([[0, 0, 0]])
@example([[0], [1]])
@example([[1, 2], [1, 2]])
@example([[7 * 10**5000, 1], [-1, 10**5000]])
def test_elimination_agrees(rows):
    assert has_witness(rows) == feasible(map(tuple, rows))


@given(cones())
def test_z3_agrees(rows):
    z3 = pytest.importorskip("z3")
    solver = z3.SimpleSolver()
    w = [z3.Real(f"w{j}") for j in range(len(rows[0]))]
    solver.add(*(z3.Sum([z3.IntVal(x) * y for x, y in zip(row, w, strict=True)]) > 0 for row in rows))
    assert has_witness(rows) == (solver.check() == z3.sat)


@given(cones())
def test_rule_of_bland_alone(rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gordan, "_BY_SIZE", 0)
        found = has_witness(rows)
    assert found == has_witness(rows)


@pytest.mark.parametrize("by_size", [0, 1])
def test_cyclic_polytope(monkeypatch, by_size):
    """Points on the moment curve, seen from inside their hull and from one of its vertices."""
    monkeypatch.setattr(gordan, "_BY_SIZE", by_size)
    curve = [[t**k for k in range(1, 7)] for t in range(-12, 13)]
    inside = [sum(column) for column in zip(*curve, strict=True)]
    assert not has_witness([[25 * x - c for x, c in zip(point, inside, strict=True)] for point in curve])
    assert has_witness([[x - c for x, c in zip(point, curve[0], strict=True)] for point in curve[1:]])


def test_tableau_of_other_rows_proves_nothing(monkeypatch):
    """Whatever the simplex method works on, no answer is returned that is not true of the rows themselves."""
    open_cone, empty_cone = [[1, 0], [0, 1], [1, 1]], [[1, 0], [0, 1], [-1, -1]]
    for rows, others in ((open_cone, empty_cone), (empty_cone, open_cone)):
        monkeypatch.setattr(gordan, "in_first_basis", lambda _, others=others: in_first_basis(others))
        with pytest.raises(ArithmeticError, match="an error of the exact simplex method"):
            alternative(rows)


@given(cones(), st.data())
def test_no_wrong_answer_from_a_wrong_tableau(rows, data):
    entries = st.lists(st.integers(-3, 3), min_size=len(rows[0]), max_size=len(rows[0]))
    others = data.draw(st.lists(entries, min_size=len(rows), max_size=len(rows)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gordan, "in_first_basis", lambda _: in_first_basis(others))
        try:
            answer = alternative(rows)
        except ArithmeticError:
            return
    witness, dependency = answer
    if witness is not None:
        assert all(dot(row, witness) > 0 for row in rows)
    else:
        assert min(dependency.values()) > 0
        assert not any(dot([rows[k][j] for k in dependency], dependency.values()) for j in range(len(rows[0])))
