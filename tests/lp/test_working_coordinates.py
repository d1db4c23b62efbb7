"""Working coordinates: an exact change of coordinates under which floats see nearly singular rows."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import brute_regions, count_by_deletion, dot
from support.small_tables import nearly_singular, tables

from arrangements import Arrangement, Statistics, count_regions, iter_regions
from arrangements.exact.integer_matrix import IntegerMatrix, integer_vector
from arrangements.exact.linear_algebra import rank
from arrangements.lp import working_coordinates as module
from arrangements.lp.working_coordinates import working_coordinates


@st.composite
def long_rows(draw):
    """Rows without zero rows, of any rank and length, some nearly dependent."""
    factor = draw(st.sampled_from((1, 10**12, 10**40)))
    table = [[factor * x + y for x, y in zip(row, row[1:] + row[:1], strict=True)] for row in draw(tables(8, 4))]
    return [row for row in table if any(row)] or [[3]]


def always(monkeypatch):
    """Change the coordinates of all rows, well apart or not."""
    monkeypatch.setattr(module, "_BLIND", 0.0)


@given(long_rows(), st.data())
def test_there_and_back(rows, data):
    matrix = IntegerMatrix(rows)
    with pytest.MonkeyPatch.context() as patch:
        always(patch)
        working = working_coordinates(matrix)
    basis, lengths = working.basis, matrix.scaled()[1]
    assert len(basis) == rank(rows, len(rows[0])) == working.rows.shape[1]
    for i, b in enumerate(basis):
        values = matrix.dot(working.caller(integer_vector([int(i == j) for j in range(len(basis))]))).tolist()
        assert values[b] > 0
        assert [values[other] for other in basis if other != b] == [0] * (len(basis) - 1)
        for k, value in enumerate(values):
            assert abs(value) * lengths[b] <= 2 * values[b] * lengths[k], "an exchange would double the determinant"
    for row, normal, size, exact in zip(working.rows, working.normals, working.sizes, rows, strict=True):
        assert dot(exact, normal.tolist()) > 0
        step = [Fraction(dot(rows[b], normal.tolist()), lengths[b] * size) for b in basis]
        assert np.allclose([float(x) for x in step], row)
    u = integer_vector(data.draw(st.lists(st.integers(-9, 9), min_size=len(basis), max_size=len(basis))))
    w = working.caller(u)
    back = working.point(w, matrix.dot(w))
    assert np.allclose(back * np.abs(u).max(), u * np.abs(back).max())


@given(long_rows())
def test_same_regions_in_other_coordinates(rows):
    with pytest.MonkeyPatch.context() as patch:
        always(patch)
        found = [cell.signs for cell in iter_regions(Arrangement.from_table(rows), engine="lp")]
    assert len(found) == len(set(found)) == count_by_deletion(rows)
    if len(rows) < 7:
        assert set(found) == brute_regions(rows)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("engine", ["lp", "rays"])
def test_nearly_singular_rows(engine, seed):
    """Twelve rows in general position, of rank 7 and numerically of rank 6: 2 sum_{k<7} C(11, k) regions (Cover)."""
    statistics = Statistics()
    arrangement = Arrangement.from_table(nearly_singular(12, 7, seed))
    assert (arrangement.rank, np.linalg.matrix_rank(np.array(arrangement.normals, float), rtol=1e-12)) == (7, 6)
    assert count_regions(arrangement, engine=engine, statistics=statistics) == 2972
    assert statistics.exact_lps == 0, "floating point sees these rows in working coordinates"


def test_blind_floats_cost_time_alone(monkeypatch):
    """In the given coordinates the same rows leave most programs to exact arithmetic."""
    monkeypatch.setattr(module, "_BLIND", np.inf)
    statistics = Statistics()
    assert count_regions(Arrangement.from_table(nearly_singular(12, 7, 0)), engine="lp", statistics=statistics) == 2972
    assert statistics.exact_lps > statistics.lps / 2
