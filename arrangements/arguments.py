"""Arguments of public functions: read, checked, and refused with the value and what to give instead.

NumPy's integers count as integers; False and True, floats that are whole, and text do not.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from operator import index
from os import PathLike
from pathlib import Path
from typing import Any, SupportsIndex, TypeGuard, TypeVar

import numpy as np

from arrangements.errors import InputError, shown, what_it_is, with_article

Kind = TypeVar("Kind")
_LONGEST_PATH = 4096  # bytes: PATH_MAX of Linux, and no system takes much more


def is_whole(value: object) -> TypeGuard[int]:
    """Whether this is an integer: not a truth value, not an array.

    Example:
        >>> is_whole(2), is_whole(np.int64(2)), is_whole(True), is_whole(2.0), is_whole("2")
        (True, True, False, False, False)
    """
    if type(value) is int:  # nearly always; the question for the protocol takes far longer
        return True
    if not isinstance(value, SupportsIndex) or isinstance(value, bool | np.bool_ | np.ndarray):
        return False
    try:
        index(value)
    except TypeError:  # it has the method and does not mean it, as an array or a tensor of several numbers
        return False
    return True


def read_whole(value: object, name: str, least: int = 1, most: int | None = None) -> int:
    """Read an integer between two bounds.

    Args:
        value: what the caller gave.
        name: of the argument.
        least: the smallest integer that is allowed.
        most: the largest one; None for any.

    Raises:
        InputError: it is not an integer, or one out of bounds.

    Example:
        >>> read_whole(np.int64(3), "width")
        3
        >>> read_whole(True, "width")
        Traceback (most recent call last):
        arrangements.errors.InputError: width is True; it must be an integer of at least 1
    """
    if not is_whole(value) or (number := index(value)) < least:
        raise InputError(f"{name} is {shown(value)}; it must be an integer of at least {least}")
    if most is not None and number > most:
        raise InputError(f"{name} is {shown(value)}; it must be at most {most}")
    return int(number)


def read_truth(value: object, name: str) -> bool:
    """Read True or False, of Python or NumPy.

    Args:
        value: what the caller gave.
        name: of the argument.

    Raises:
        InputError: it is something else.

    Example:
        >>> read_truth(np.True_, "bias")
        True
    """
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise InputError(f"{name} is {shown(value)}; it must be True or False")


def check_kind(value: object, kind: type[Kind], name: str | None, hint: str) -> Kind:
    """Return the value itself if it is of this class.

    Args:
        value: what the caller gave.
        kind: the class.
        name: of the argument; None where the class says what it is.
        hint: what to give instead.

    Raises:
        InputError: it is something else.

    Example:
        >>> check_kind(3, str, "name", "give text")
        Traceback (most recent call last):
        arrangements.errors.InputError: name: 3 is an int, not a str; give text
    """
    if isinstance(value, kind):
        return value
    place = "" if name is None else f"{name}: "
    raise InputError(f"{place}{what_it_is(value)}, not {with_article(kind.__name__)}; {hint}")


def check_callable(value: object, name: str) -> Callable[..., Any]:
    """Return the value itself if it can be called.

    Args:
        value: what the caller gave.
        name: of the argument.

    Raises:
        InputError: it cannot be called.

    Example:
        >>> check_callable(print, "progress") is print
        True
    """
    if not callable(value):
        raise InputError(f"{name}: {what_it_is(value)}, which cannot be called; give a function, such as print")
    return value


def read_list(values: object, name: str, entries: str) -> list[Any]:
    """Read a list, a tuple, an array, a set or whatever else yields entries; text and dictionaries do not.

    Args:
        values: what the caller gave.
        name: of the argument.
        entries: what they are, for the message.

    Raises:
        InputError: it is something else.

    Example:
        >>> read_list(np.array([1, 2]), "widths", "integers")
        [1, 2]
    """
    if hasattr(values, "to_numpy"):  # pandas
        values = values.to_numpy()
    if hasattr(values, "tolist") and not isinstance(values, type):
        values = values.tolist()
    return list(check_iterable(values, name, entries))


def check_iterable(values: object, name: str, entries: str) -> Iterable[Any]:
    """Return the value itself if it yields entries one by one, and is neither text nor a dictionary.

    Args:
        values: what the caller gave.
        name: of the argument.
        entries: what they are, for the message.

    Raises:
        InputError: it is something else.

    Example:
        >>> check_iterable("12", "widths", "integers")
        Traceback (most recent call last):
        arrangements.errors.InputError: widths is '12'; give a list of integers
    """
    if not isinstance(values, Iterable) or isinstance(values, str | bytes | Mapping | type) or _has_no_axis(values):
        raise InputError(f"{name} is {shown(values)}; give a list of {entries}")
    return values


def _has_no_axis(values: object) -> bool:
    """Whether this is an array without axes, which has the method to iterate and refuses to."""
    return getattr(values, "ndim", None) == 0


def read_choice(value: object, choices: Iterable[str], name: str) -> str:
    """Read one of several names, in small or capital letters.

    Args:
        value: what the caller gave.
        choices: the names.
        name: what they are names of.

    Raises:
        InputError: it is none of them; the message has the nearest one.

    Example:
        >>> read_choice("LP", ["rays", "lp"], "engine")
        'lp'
        >>> read_choice("ray", ["rays", "lp"], "engine")
        Traceback (most recent call last):
        arrangements.errors.InputError: unknown engine 'ray'; did you mean rays? Choose one of rays, lp
    """
    names = {choice.lower(): choice for choice in choices}
    key = value.lower() if isinstance(value, str) else ""
    if key in names:
        return names[key]
    close = get_close_matches(key[:100], names, 1)
    hint = f"did you mean {names[close[0]]}? Choose" if close else "choose"
    raise InputError(f"unknown {name} {shown(value)}; {hint} one of {', '.join(names.values())}")


def read_path(value: object, name: str = "path") -> Path:
    """Read the path of a file.

    Args:
        value: text or a path.
        name: of the argument.

    Raises:
        InputError: it is something else, or no path can be written like this.

    Example:
        >>> read_path(3)
        Traceback (most recent call last):
        arrangements.errors.InputError: path: 3 is an int, not a path; give the name of a file
    """
    if not isinstance(value, str | PathLike) or not str(value):
        raise InputError(f"{name}: {what_it_is(value)}, not a path; give the name of a file")
    try:
        encoded = os.fsencode(value)
    except UnicodeEncodeError:
        encoded = b"\0"
    if b"\0" in encoded or len(encoded) > _LONGEST_PATH:
        raise InputError(f"{name}: {shown(value)} has letters that no path has, or too many; give the name of a file")
    return Path(value)
