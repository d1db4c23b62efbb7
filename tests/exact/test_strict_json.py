"""JSON is read strictly: what is accepted is exact, what is not is refused on one line that names the place."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements.errors import InputError
from arrangements.exact.strict_json import fields, matrix_in, number_in, parse_json, read_json, text_in, whole_in
from arrangements.proofs.cell_certificates import number_json


@given(st.fractions())
def test_numbers_that_are_written_are_read_again(value):
    assert number_in(parse_json(json.dumps(number_json(value)), "here"), "here") == value


@pytest.mark.parametrize("digits", [4_301, 99_999])
def test_numbers_of_any_length(digits):
    value = 10**digits // 7
    assert number_in(parse_json(f"{Decimal(value)}", "here"), "here") == value
    assert number_in(number_json(Fraction(1, value)), "here") == Fraction(1, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("-2e-3", Fraction(-1, 500)),
        ("1e3", Fraction(1000)),
        ("-0", Fraction(0)),
        ('"0.1"', Fraction(1, 10)),
        ('"+3/6"', Fraction(1, 2)),
        ('".5"', Fraction(1, 2)),
        ('"-4"', Fraction(-4)),
    ],
)
def test_numbers_are_what_they_spell(text, value):
    assert number_in(parse_json(text, "here"), "here") == value


NO_NUMBERS = ["true", "null", "[1]", "{}", "1e99999", "1e-99999", '"\\u0661"', '"' + "1" * 100_001 + '"']
NO_NUMBERS += [
    f'"{text}"'
    for text in ["x", "", "1/0", "1/-2", " 1", "1 /2", "1/2/3", "0x1", "1_0", "nan", "inf", "1e99999", "1.5/2"]
]


def test_a_float_is_refused_with_how_to_keep_what_was_written():
    with pytest.raises(InputError, match=r"^here: 0\.1 is a float, .* json\.load with parse_float=str$"):
        number_in(json.loads("0.1"), "here")
    assert number_in(json.loads("0.1", parse_float=str), "here") == Fraction(1, 10)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text):
    with pytest.raises(InputError, match=r'^here: .* is no number; write it like -3, 0\.1 or "1/3"$'):
        number_in(parse_json(text, "here"), "here")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "here: no JSON: Expecting value, at line 1, column 1"),
        ('{"a": 1,\n', "here: no JSON: .*, at line 2, column 1"),
        ("{} {}", "here: no JSON: Extra data"),
        ("{'a': 1}", "here: no JSON"),
        ("NaN", "here: NaN is not a finite number"),
        ("[-Infinity]", "here: -Infinity is not a finite number"),
        ('{"a": {"b": 1, "b": 1}}', "here: the key 'b' stands twice in one object"),
        ("[" * 100_000, "here: it is nested too deeply"),
        ('{"a":' * 100_000, "here: it is nested too deeply"),
        ("1" * 100_001, "here: a number has more than 100000 digits"),
        ("0." + "1" * 100_001, "here: a number has more than 100000 digits"),
        ("1e" + "9" * 30, "here: the number '1e9+' is out of range"),
    ],
)
def test_what_is_no_json(text, message):
    with pytest.raises(InputError, match=f"^{message}") as refusal:
        parse_json(text, "here")
    assert "\n" not in str(refusal.value)


@given(st.text() | st.binary())
def test_any_file_is_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("json") / "f.json"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    try:
        read_json(path)
    except InputError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017


def test_files_that_cannot_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(InputError, match="cannot be read"):
            read_json(path)
    for path in ("a\0b", "\udfff", "x" * 5000):
        with pytest.raises(InputError, match="has letters that no path has, or too many"):
            read_json(path)
    (tmp_path / "bytes").write_bytes(b"[1, \xff]")
    with pytest.raises(InputError, match="byte 5 is not UTF-8"):
        read_json(tmp_path / "bytes")
    (tmp_path / "mark").write_bytes(b"\xef\xbb\xbf[1]")
    assert read_json(tmp_path / "mark") == [1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fields([], "here", ["a"]), "here: a list is no object; it needs a"),
        (lambda: fields({"b": 1}, "here", ["a"], ["b"]), "here: a is missing"),
        (
            lambda: fields({"a": 1, "c\n": 1}, "here", ["a"], ["b"]),
            r"here: the key 'c\\n' is unknown; it may have a, b",
        ),
        (lambda: matrix_in([[1], 2], "rows"), "rows, entry 2: 2 is no list"),
        (lambda: matrix_in([[1], ["x"]], "rows"), "rows, entry 2, entry 1: 'x' is no number"),
        (lambda: matrix_in({}, "rows"), "rows: an object is no list"),
        (lambda: text_in(3, "name"), "name: 3 is no text"),
        (lambda: text_in("\ud800", "name"), r"name: '\\ud800' holds half of a surrogate pair"),
        (lambda: whole_in(True, "width", 1), "width: true is not an integer of at least 1"),
        (lambda: whole_in(Decimal("1.0"), "width", 1), "width: 1.0 is not an integer of at least 1"),
    ],
)
def test_places_are_named(call, message):
    with pytest.raises(InputError, match=f"^{message}"):
        call()
