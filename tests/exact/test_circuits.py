"""Circuits: integer proofs of emptiness, and the linear programs that they save."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import dot
from support.small_tables import tables

from arrangements import Statistics, family, iter_regions
from arrangements.exact.circuits import CircuitTable, circuit_from_ray, is_dependency, sign_bit
from arrangements.exact.linear_algebra import rank
from arrangements.lp.cone_model import ConeModel
from arrangements.lp.incremental_search import Search

SIGNS = st.sampled_from((-1, 1))


@pytest.fixture(params=["floating point", "rational arithmetic"])
def search(request, monkeypatch):
    """A search whose linear programs are solved in this way."""
    if request.param == "rational arithmetic":
        monkeypatch.setattr(ConeModel, "solve", lambda model, signs: (None, None))
    return lambda rows: Search(rows, 1, rows[0])


@pytest.mark.parametrize("name", ["resonance:4", "threshold:3", "crosspolytope:4", "random:9,4,0"])
def test_circuits_of_a_finished_search(search, name):
    rows = family(name).hyperplanes
    finished = search(rows)
    cells = [node.signs.tolist() for node in finished]
    assert finished.table.circuits
    for circuit in finished.table.circuits:
        support = [rows[k] for k in circuit]
        assert all(circuit.values())
        assert not any(dot(column, circuit.values()) for column in zip(*support, strict=True))
        assert rank(support, len(rows[0])) == len(support) - 1, "the support is not minimal"
        for signs in cells:
            assert len({signs[k] * c > 0 for k, c in circuit.items()}) == 2


@st.composite
def claims(draw):
    """Rows, signs and a ray that may say anything."""
    rows = draw(tables(rows=6, columns=3))
    signs = draw(st.lists(SIGNS, min_size=len(rows), max_size=len(rows)))
    weights = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from((0.0, 1.0, -1.0, 1e-12))
    return rows, signs, np.array(draw(st.lists(weights, min_size=len(rows), max_size=len(rows))))


@given(claims())
def test_no_ray_leads_to_a_false_circuit(claim):
    rows, signs, ray = claim
    circuit = circuit_from_ray(rows, signs, ray)
    if circuit is not None:
        assert is_dependency(rows, signs, circuit)
        assert rank([rows[k] for k in circuit], len(rows[0])) == len(circuit) - 1


TRIANGLE = [(1, 0), (0, 1), (-1, -2)]


@pytest.mark.parametrize(
    ("rows", "signs", "ray", "circuit"),
    [
        pytest.param(TRIANGLE, (1, 1, 1), [1, 2, 1], {0: 1, 1: 2, 2: 1}, id="exact"),
        pytest.param(TRIANGLE, (1, 1, 1), [-0.34, -0.66, -0.3], {0: 1, 1: 2, 2: 1}, id="rough, other sign"),
        pytest.param([*TRIANGLE, (5, 7)], (1, 1, 1, -1), [1, 2, 1, 1e-9], {0: 1, 1: 2, 2: 1}, id="dust"),
        pytest.param([(1, 0), (2, 1), (-5, -2)], (1, 1, 1), [1, 1, 1], {0: 1, 1: 2, 2: 1}, id="weights unknown"),
        pytest.param([(1, 0), (0, 1), (1, 2)], (1, 1, -1), [1, 2, 1], {0: 1, 1: 2, 2: -1}, id="signs of the rows"),
        pytest.param([(1, 0), (-1, 0), (0, 1), (0, -1)], (1, 1, 1, 1), [1, 1, 1, 1], {0: 1, 1: 1}, id="two circuits"),
        pytest.param([(1, 0), (0, 1), (1, 2)], (1, 1, 1), [1, 2, 1], None, id="signs differ"),
        pytest.param([(1, 0), (0, 1)], (1, 1), [1, 1], None, id="independent"),
        pytest.param(TRIANGLE, (1, 1, 1), [0, 0, 0], None, id="nothing"),
        pytest.param(TRIANGLE, (1, 1, 1), [np.nan] * 3, None, id="nan"),
    ],
)
def test_circuit_from_ray(rows, signs, ray, circuit):
    assert circuit_from_ray(rows, signs, np.array(ray, dtype=float)) == circuit


@pytest.mark.parametrize(
    ("signs", "circuit", "valid"),
    [
        ((1, 1, 1), {0: 1, 1: 2, 2: 1}, True),
        ((1, 1, 1), {0: 1, 1: 1, 2: 1}, False),
        ((1, 1, -1), {0: 1, 1: 2, 2: 1}, False),
        ((1, 1, 1), {}, False),
    ],
)
def test_is_dependency(signs, circuit, valid):
    assert is_dependency(TRIANGLE, signs, circuit) is valid


@given(st.integers(2, 70), st.data())
def test_table_finds_what_a_search_through_all_circuits_finds(size, data):
    coefficients = st.sampled_from((-2, -1, 1, 3))
    supports = st.sets(st.integers(0, size - 1), min_size=1, max_size=3).map(sorted)
    drawn = st.lists(supports.flatmap(lambda s: st.fixed_dictionaries(dict.fromkeys(s, coefficients))), max_size=30)
    circuits = data.draw(drawn)
    table = CircuitTable(size)
    for circuit in circuits:
        table.add(circuit)
    signs = data.draw(st.lists(SIGNS, min_size=1, max_size=size))
    last = len(signs) - 1
    agree = [[signs[k] * c > 0 for k, c in circuit.items()] for circuit in circuits if max(circuit) == last]
    bits = sum(sign_bit(k, s) for k, s in enumerate(signs))
    assert table.cuts(last, bits) == any(len(set(signs)) == 1 for signs in agree)


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("resonance:5", 1141),
        pytest.param("threshold:5", 21339, marks=pytest.mark.slow),
        pytest.param("braid:8", 960, marks=pytest.mark.slow),
    ],
)
def test_fewer_linear_programs_than_published(name, published):
    """The counts of Dussault, Gilbert and Plaquevent-Jourdain (2025), and not one in rational arithmetic."""
    statistics = Statistics()
    for _ in iter_regions(family(name), engine="lp", statistics=statistics):
        pass
    assert 0 < statistics.lps < published
    assert statistics.exact_lps == 0
