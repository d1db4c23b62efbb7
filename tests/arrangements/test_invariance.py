"""Operations that leave the set of sign vectors alone, or change it in a known way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import dot
from support.small_tables import sources

from arrangements import Arrangement, iter_covectors, iter_regions

FACTORS = st.fractions(min_value="1/1000", max_value=1000, max_denominator=1000)
SMALL = st.integers(-3, 3)


@pytest.fixture(params=[iter_regions, iter_covectors], scope="module")
def sign_vectors(request):
    """The set of sign vectors of the regions, or of the faces, of a source."""
    return lambda table, offsets: {cell.signs for cell in request.param(Arrangement.from_table(table, offsets))}


SOURCES = sources(rows=6, columns=3)


@given(source=SOURCES, data=st.data())
def test_row_order(sign_vectors, source, data):
    table, offsets = source
    order = data.draw(st.permutations(range(len(table))))
    permuted = [table[i] for i in order], offsets and [offsets[i] for i in order]
    assert sign_vectors(*permuted) == {tuple(s[i] for i in order) for s in sign_vectors(*source)}


@given(source=SOURCES, data=st.data())
def test_positive_scaling_of_rows(sign_vectors, source, data):
    table, offsets = source
    factors = data.draw(st.lists(FACTORS, min_size=len(table), max_size=len(table)))
    scaled = [[c * x for x in row] for c, row in zip(factors, table, strict=True)]
    moved = offsets and [c * b for c, b in zip(factors, offsets, strict=True)]
    assert sign_vectors(scaled, moved) == sign_vectors(*source)


@given(source=SOURCES, data=st.data())
def test_negated_row(sign_vectors, source, data):
    table, offsets = source
    k = data.draw(st.integers(0, len(table) - 1))

    def negated(values):
        return [-x if i == k else x for i, x in enumerate(values)]

    table = [[-x for x in row] if i == k else row for i, row in enumerate(table)]
    assert sign_vectors(table, offsets and negated(offsets)) == {tuple(negated(s)) for s in sign_vectors(*source)}


@given(source=SOURCES, data=st.data())
def test_change_of_basis(sign_vectors, source, data):
    """X U L with U upper triangular, its diagonal not zero, and L lower triangular, its diagonal 1."""
    table, offsets = source
    d = len(table[0])
    entries = np.array(data.draw(st.lists(SMALL, min_size=d * d, max_size=d * d))).reshape(d, d)
    diagonal = np.diag(np.where(np.diag(entries), np.diag(entries), 1))
    changed = table @ (np.triu(entries, 1) + diagonal) @ (np.tril(entries, -1) + np.eye(d, dtype=int))
    assert sign_vectors(changed, offsets) == sign_vectors(*source)


@given(source=SOURCES, data=st.data())
def test_translation(sign_vectors, source, data):
    table, offsets = source
    d = len(table[0])
    shift = data.draw(st.lists(SMALL, min_size=d, max_size=d))
    offsets = offsets or [0] * len(table)
    moved = [b + dot(row, shift) for row, b in zip(table, offsets, strict=True)]
    assert sign_vectors(table, moved) == sign_vectors(table, offsets)


@given(source=SOURCES)
def test_zero_offsets_are_no_offsets(sign_vectors, source):
    table, _ = source
    assert sign_vectors(table, [0] * len(table)) == sign_vectors(table, None)


@given(source=SOURCES, data=st.data())
def test_appended_row(sign_vectors, source, data):
    """A zero row, and any multiple of a row that is there, cut nothing."""
    table, offsets = source
    k = data.draw(st.integers(0, len(table) - 1))
    multiple = data.draw(st.sampled_from((-2, -1, 0, 1, 3)))
    longer = [*table, [multiple * x for x in table[k]]], offsets and [*offsets, multiple * offsets[k]]
    signum = (multiple > 0) - (multiple < 0)
    assert sign_vectors(*longer) == {(*s, signum * s[k]) for s in sign_vectors(*source)}


@given(source=SOURCES)
def test_appended_column_of_zeros(sign_vectors, source):
    table, offsets = source
    assert sign_vectors([[*row, 0] for row in table], offsets) == sign_vectors(*source)


@given(source=SOURCES)
def test_offsets_are_a_slice(sign_vectors, source):
    """Offsets b cut the slice t = 1 out of the central arrangement of (x, -b) and t."""
    table, offsets = source
    offsets = offsets or [0] * len(table)
    joint = [[*row, -b] for row, b in zip(table, offsets, strict=True)] + [[0] * len(table[0]) + [1]]
    assert {(*s, 1) for s in sign_vectors(table, offsets)} == {s for s in sign_vectors(joint, None) if s[-1] > 0}
