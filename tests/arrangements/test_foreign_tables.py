"""Tables of NumPy, pandas and sympy are read like lists; what is not a table is refused in one line."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from arrangements import Arrangement, InputError

TABLE = Arrangement.from_table([["1/2", 1], [0, -3]])


@pytest.mark.parametrize(
    "table",
    [
        np.array([[0.5, 1], [0, -3]]),
        np.array([[0.5, 1], [0, -3]], np.float16),
        np.array([["0.5", "1"], ["0", "-3"]]),
        np.array([[Fraction(1, 2), 1], [0, -3]], object),
        [np.array([0.5, 1]), (Decimal(0), "-3")],
        (row for row in ([0.5, 1], [0, -3])),
        [range(1, 3), np.array([0, -3], np.int8)],
    ],
    ids=["floats", "half", "text", "fractions", "mixed", "generator", "range"],
)
def test_lists_and_arrays(table):
    assert Arrangement.from_table(table) == TABLE


def test_booleans_are_0_and_1():
    assert Arrangement.from_table(np.array([[True, False]])).normals == ((1, 0),)
    assert Arrangement.from_table([[np.True_, False]]).normals == ((1, 0),)


def test_data_frames():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"b": ["0.1", "1/3"], "a": [0.1, 1.0], 7: [2**60 + 1, 0], "sure": [True, False]})
    assert Arrangement.from_table(frame) == Arrangement.from_table([["0.1", 0.1, 2**60 + 1, 1], ["1/3", 1.0, 0, 0]])
    assert (
        Arrangement.from_table(frame[["a"]], offsets=frame["b"]).offsets
        == Arrangement.from_table([[0.1], [1]], ["0.1", "1/3"]).offsets
    )
    exact = pandas.DataFrame({"a": [Fraction(1, 3), Decimal("0.5")], "n": pandas.array([1, 2], "Int64")}, index=[5, 5])
    assert Arrangement.from_table(exact) == Arrangement.from_table([["1/3", 1], ["0.5", 2]])
    assert TABLE.sign_vector(pandas.Series([3, 4])) == (1, -1)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": [1, None]}, "row 2, column 1: nan is not a finite number"),
        ({"a": ["1", "x"]}, "row 2, column 1: 'x' is not a finite number"),
        ({"a": []}, "the table is empty"),
        ({}, "the table is empty"),
    ],
)
def test_refused_data_frames(values, message):
    pandas = pytest.importorskip("pandas")
    with pytest.raises(InputError, match=message):
        Arrangement.from_table(pandas.DataFrame(values))


def test_a_series_is_a_vector_and_not_a_table():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(InputError, match="row 1: 1 is not a row of numbers"):
        Arrangement.from_table(pandas.Series([1, 2]))
    with pytest.raises(InputError, match="row 2, column 1: <NA> is not a finite number"):
        Arrangement.from_table(pandas.DataFrame({"n": pandas.array([1, None], "Int64")}))


def test_sympy_matrices():
    sympy = pytest.importorskip("sympy")
    matrix = sympy.Matrix([[sympy.Rational(1, 2), 1], [0, -3]])
    assert Arrangement.from_table(matrix) == Arrangement.from_table(sympy.ImmutableMatrix(matrix)) == TABLE
    with pytest.raises(InputError, match=r"row 2, column 1: sqrt\(2\) is not a Rational"):
        Arrangement.from_table(sympy.Matrix([[1, 2], [sympy.sqrt(2), 1]]))
    with pytest.raises(InputError, match="row 1, column 2: x is not a Rational"):
        Arrangement.from_table(sympy.Matrix([[1, sympy.Symbol("x")]]))


@pytest.mark.parametrize(
    ("table", "offsets", "message"),
    [
        (5, None, "the table: 5 is not a list"),
        (None, None, "the table: None is not a list"),
        ("12", None, "the table: '12' is not a list"),
        (b"12", None, "the table: b'12' is not a list"),
        ({"a": [1, 2]}, None, r"the table: \{'a': \[1, 2\]\} is not a list"),
        ({(1, 2)}, None, r"the table: \{\(1, 2\)\} is not a list"),
        ([{1, 2}], None, r"row 1: \{1, 2\} is not a row"),
        (np.array(3.0), None, "the table: 3.0 is not a list"),
        ([[[1]]], None, r"row 1, column 1: \[1\] is not a finite number"),
        ([[1]], 1, "offsets: 1 is not a list"),
        ([[1]], "1", "offsets: '1' is not a list"),
        ([[1]], np.array(1), "offsets: 1 is not a list"),
        ([[1]], [[1]], r"offset 1: \[1\] is not a finite number"),
        (TABLE, None, "row 1, column 1: .* is not a finite number"),
    ],
)
def test_refused(table, offsets, message):
    with pytest.raises(InputError, match=message):
        Arrangement.from_table(table, offsets)
