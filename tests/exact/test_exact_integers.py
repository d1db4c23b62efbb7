"""Exact products, ranks and null spaces, against Python integers and sympy."""

import sympy
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import dot
from support.small_tables import tables

from arrangements.exact.integer_matrix import IntegerMatrix, integer_vector, reduced
from arrangements.exact.linear_algebra import independent_columns, independent_rows, nullspace, primitive, rank

POWERS = st.sampled_from([0, 1, 20, 30, 31, 32, 60, 61, 62, 63, 64, 200])
INTEGERS = st.builds(
    lambda power, sign, shift: sign * 2**power + shift, POWERS, st.sampled_from((-1, 1)), st.integers(-2, 2)
)


@st.composite
def products(draw):
    d = draw(st.integers(1, 4))
    row = st.lists(INTEGERS, min_size=d, max_size=d)
    return draw(st.lists(row, min_size=1, max_size=4)), draw(row)


@given(products())
def test_products_never_overflow(product):
    rows, w = product
    matrix = IntegerMatrix(rows)
    assert matrix.dot(integer_vector(w)).tolist() == [dot(row, w) for row in rows]
    assert [matrix.row(k).tolist() for k in range(len(matrix))] == rows


@given(st.lists(INTEGERS, min_size=1, max_size=5), st.integers(1, 2**70))
def test_primitive_is_the_shortest_on_the_ray(w, factor):
    shortest = primitive(w)
    assert primitive([factor * x for x in w]) == shortest == primitive(shortest)
    assert all(x * s >= 0 for x, s in zip(w, shortest, strict=True))
    assert tuple(reduced(integer_vector(w)).tolist()) == shortest


@given(tables(rows=6, columns=5))
def test_ranks_and_null_spaces(table):
    columns = len(table[0])
    r = sympy.Matrix(table).rank()
    assert rank(table, columns) == r
    null = nullspace(table, columns)
    assert len(null) == columns - r == rank(null, columns)
    assert not any(dot(row, x) for row in table for x in null)


@given(tables(rows=6, columns=5))
def test_independent_rows_and_columns(table):
    """Greedy: an index is taken iff its row (column) raises the rank of those before it."""
    transposed = [list(column) for column in zip(*table, strict=True)]
    for matrix, taken in (table, independent_rows), (transposed, lambda rows, n: independent_columns(table, len(rows))):
        ranks = [0, *(sympy.Matrix(matrix[: k + 1]).rank() for k in range(len(matrix)))]
        assert list(taken(matrix, len(matrix[0]))) == [k for k in range(len(matrix)) if ranks[k + 1] > ranks[k]]
