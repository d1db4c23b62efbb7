"""JSON read strictly, with exact numbers: every value is checked, and a message names the place of what is wrong.

A place is a path of keys and of entries counted from 1, such as "layers, entry 2: biases". Numbers are what they spell:
0.1 is one tenth, and a fraction is text, "1/3".
"""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from arrangements import errors
from arrangements.arguments import read_path
from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Vector

_FRACTION = re.compile(r"([+-]?\d+)(?:/(\d+))?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_DIGITS, _EXPONENT = 100_000, 10_000  # of one number
_BYTES = 2**28  # of one file

Object = dict[str, Any]


def check_ends(path: Path) -> None:
    """Refuse a device, such as /dev/zero, before it is read for ever.

    Raises:
        InputError: it is one.

    Example:
        >>> check_ends(Path("table.certificate.json"))
    """
    if path.is_char_device():
        raise InputError(f"{path}: cannot be read: it is a device, which may have no end")


def read_json(path: str | Path) -> Any:
    """Read the one JSON value in a file: UTF-8, no key twice, no NaN; decimals become `Decimal`.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, or is no such JSON.
    """
    path = read_path(path)
    check_ends(path)
    try:
        with open(path, "rb") as file:
            data = file.read(_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > _BYTES:
        raise InputError(f"{path}: the file is longer than {_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start + 1} is not UTF-8 text, so this is no JSON") from error
    return parse_json(text, str(path))


def parse_json(text: str, place: str) -> Any:
    """Read one JSON value.

    Args:
        text: the JSON.
        place: what it is called in messages.

    Raises:
        InputError: it is no JSON, a key stands twice, a number is no finite one, or it is nested too deeply.

    Example:
        >>> parse_json('{"a": [0.1, 2]}', "here")
        {'a': [Decimal('0.1'), 2]}
        >>> parse_json('{"a": 1, "a": 2}', "here")
        Traceback (most recent call last):
        arrangements.errors.InputError: here: the key 'a' stands twice in one object
    """

    def unique(pairs: Sequence[tuple[str, Any]]) -> Object:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated = next(key for key in keys if keys.count(key) > 1)
            raise InputError(f"{place}: the key {shown(repeated)} stands twice in one object")
        return found

    def decimal(digits: str) -> Decimal:
        if len(digits) > _DIGITS:
            raise InputError(f"{place}: a number has more than {_DIGITS} digits")
        try:
            return Decimal(digits)
        except InvalidOperation:
            raise InputError(f"{place}: the number {shown(digits)} is out of range") from None

    def refused(literal: str) -> NoReturn:
        raise InputError(f"{place}: {literal} is not a finite number")

    try:
        return json.loads(
            text,
            object_pairs_hook=unique,
            parse_int=lambda digits: int(decimal(digits)),  # int() of text stops at 4,300 digits
            parse_float=decimal,
            parse_constant=refused,
        )
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: no JSON: {error.msg}, at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise InputError(f"{place}: it is nested too deeply") from None


def fields(value: object, place: str, required: Sequence[str], optional: Sequence[str] = ()) -> Object:
    """Return an object that has the required keys and no unknown ones; optional ones that are missing become None.

    Raises:
        InputError: it is no object, or has other keys.

    Example:
        >>> fields({"a": 1}, "here", ["a"], ["b"])
        {'a': 1, 'b': None}
    """
    if not isinstance(value, dict):
        raise InputError(f"{place}: {shown(value)} is no object; it needs {', '.join(required)}")
    missing = [key for key in required if key not in value]
    unknown = [key for key in value if key not in (*required, *optional)]
    if missing:
        raise InputError(f"{place}: {', '.join(missing)} is missing")
    if unknown:
        raise InputError(
            f"{place}: the key {shown(unknown[0])} is unknown; it may have {', '.join((*required, *optional))}"
        )
    return {key: value.get(key) for key in (*required, *optional)}


def entries(value: object, place: str) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a list, each with its place.

    Raises:
        InputError: it is no list.

    Example:
        >>> list(entries(["x"], "names"))
        [('names, entry 1', 'x')]
    """
    if not isinstance(value, list):
        raise InputError(f"{place}: {shown(value)} is no list")
    return ((f"{place}, entry {k}", entry) for k, entry in enumerate(value, start=1))


def text_in(value: object, place: str) -> str:
    """Return text that can be written again.

    Raises:
        InputError: it is no text, or half of a character.
    """
    if not isinstance(value, str):
        raise InputError(f"{place}: {shown(value)} is no text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(f"{place}: {shown(value)} holds half of a surrogate pair") from None
    return value


def flag_in(value: object, place: str) -> bool:
    """Return true or false.

    Raises:
        InputError: it is neither.
    """
    if not isinstance(value, bool):
        raise InputError(f"{place}: {shown(value)} is neither true nor false")
    return value


def whole_in(value: object, place: str, least: int, most: int | None = None) -> int:
    """Return an integer from `least` to `most`.

    Raises:
        InputError: it is none.

    Example:
        >>> whole_in(10**9, "outputs", 1, 100)
        Traceback (most recent call last):
        arrangements.errors.InputError: outputs: 1000000000 is not an integer from 1 to 100
    """
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):  # type: ignore[operator]
        span = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise InputError(f"{place}: {shown(value)} is not an integer {span}")
    return value  # type: ignore[return-value]


def number_in(value: object, place: str) -> Fraction:
    """Read one number exactly: a JSON number, or text such as "1/3", "-7" and "0.1", up to 100,000 digits.

    Raises:
        InputError: it is none.

    Example:
        >>> number_in("1/3", "here"), number_in(Decimal("0.1"), "here")
        (Fraction(1, 3), Fraction(1, 10))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and len(value) <= 2 * _DIGITS + 2:
        if match := _FRACTION.fullmatch(value):
            p, q = match.groups(default="1")
            if max(len(p.lstrip("+-")), len(q)) <= _DIGITS and (denominator := int(Decimal(q))):
                return Fraction(int(Decimal(p)), denominator)
        elif _DECIMAL.fullmatch(value):
            value = Decimal(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) <= _EXPONENT:
        return Fraction(value)
    if isinstance(value, float):
        way = "read the file by json.load with parse_float=str"
        raise InputError(f"{place}: {shown(value)} is a float, not the decimal that was written; {way}")
    raise InputError(f'{place}: {shown(value)} is no number; write it like -3, 0.1 or "1/3"')


def vector_in(value: object, place: str) -> Vector:
    """Read a list of exact numbers.

    Raises:
        InputError: it is none.
    """
    return tuple(number_in(entry, where) for where, entry in entries(value, place))


def matrix_in(value: object, place: str) -> Matrix:
    """Read a list of lists of exact numbers, all of one length; it may be empty.

    Raises:
        InputError: it is none.

    Example:
        >>> matrix_in([[1, 2], [3]], "weights")
        Traceback (most recent call last):
        arrangements.errors.InputError: weights, entry 2: it has length 1 where entry 1 has 2
    """
    rows = tuple(vector_in(entry, where) for where, entry in entries(value, place))
    for k, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise InputError(f"{place}, entry {k}: it has length {len(row)} where entry 1 has {len(rows[0])}")
    return rows


def shown(value: object) -> str:
    """Write a value that is refused in ASCII, on one line, cut where it is long.

    Example:
        >>> shown(None), shown([1, 2]), shown("x" * 60)
        ('null', 'a list', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...")
    """
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if not isinstance(value, str | int | Decimal):  # no JSON: a Python caller's
        return errors.shown(value)
    text = ascii(value) if isinstance(value, str) else f"{Decimal(value)}"
    return text if len(text) <= 40 else f"{text[:36]}..."
