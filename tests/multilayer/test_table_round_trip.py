"""A table that is written, by csv or by pandas, is read as it was."""

import csv
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arrangements.errors import InputError
from arrangements.exact.number_text import is_number, is_word
from multilayer.io.reading.delimited_text import read_text
from multilayer.io.tables import read_source

WORDS = st.text("abxyzé_ -,;|\t\"'%0189", min_size=1, max_size=8).map(str.strip).filter(lambda text: is_word(text))
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.fractions(-9, 9, max_denominator=9).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)


def tables(cells):
    """Rows of one length, with a name for each column."""
    return st.integers(1, 4).flatmap(
        lambda d: st.tuples(
            st.lists(WORDS, min_size=d, max_size=d, unique=True),
            st.lists(st.lists(cells, min_size=d, max_size=d), min_size=1, max_size=5),
        )
    )


@settings(max_examples=150, deadline=None)
@given(tables(NUMBERS), st.sampled_from(",;\t| "), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_text_written_by_csv(table, delimiter, ending, header, quoted):
    names, rows = table
    assume(not names[0].startswith(("#", "//", "%", "sep=")))
    file = StringIO()
    writer = csv.writer(
        file, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    first = [names] * header
    # line 1 decides what stands between cells, and marks of another kind in it need quotation marks
    assume(quoted or not any(mark in name for name in names for mark in ",;|\t \"'"))
    writer.writerows([*first, *rows])
    raw = read_text(file.getvalue().encode(), "text", None if header else False)
    assert raw.rows == rows
    assert not header or raw.names == tuple(names)


FRAMES = st.integers(1, 4).flatmap(
    lambda d: st.tuples(
        st.one_of(st.none(), st.lists(WORDS, min_size=d, max_size=d, unique=True)),
        st.lists(
            st.lists(st.floats(-1e6, 1e6).filter(lambda x: x != int(x)), min_size=d, max_size=d),
            min_size=1,
            max_size=5,
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given(FRAMES, st.booleans(), st.sampled_from(",;\t"))
def test_text_written_by_pandas(tmp_path_factory, table, index, delimiter):
    pandas = pytest.importorskip("pandas")
    names, rows = table
    assume(names is None or not names[0].startswith(("#", "//", "%", "sep=")))
    assume(names is None or not any(mark in name for name in names for mark in ";|\t,\"'"))
    assume(index or len(rows[0]) > 1 or names is not None)  # one number on line 1 is data
    # in a single column a space parts words, where no other mark does
    assume(index or len(rows[0]) > 1 or names is None or not any(c.isspace() for c in names[0]))
    frame = pandas.DataFrame(rows, columns=names)
    path = tmp_path_factory.mktemp("pandas") / "t.csv"
    frame.to_csv(path, index=index, sep=delimiter)
    assert pandas.read_csv(path, sep=delimiter).shape[0] == len(rows)
    table = read_source(str(path))
    assert [list(row) for row in table.x] == [[Fraction(repr(x)) for x in row] for row in rows]
    assert table.columns == tuple(map(str, frame.columns))
    assert any("labels the rows" in note for note in table.notes) == index
    assert any("read as names" in note for note in table.notes) == (names is None)


@given(st.text(max_size=12))
def test_a_text_is_a_number_or_a_word_or_neither(text):
    assert not (is_number(text) and is_word(text))
    if is_number(text):
        assert Fraction(text.strip()) is not None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text(",;\n\t 01ab.-\"'#", max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    message = None
    try:
        raw = read_text(data, "bytes")
    except InputError as error:
        message = str(error)
    if message is None:
        assert {len(row) for row in raw.rows} == {len(raw.names)}
        assert len(raw.rows) == len(raw.places) > 0
    else:
        assert message.startswith("bytes: ")
        assert "\n" not in message
