"""Named families of arrangements, `name:parameters`.

n        the number after the colon: letters or coordinates
e_i      unit vectors
"""

import re
from collections.abc import Callable
from itertools import combinations, product

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row

_LARGEST = 20
_SHIFTS = {"shi": (0, 1), "catalan": (-1, 0, 1), "linial": (1,), "semiorder": (-1, 1)}


def _sum(n: int, *entries: tuple[int, int]) -> Row:
    row = [0] * n
    for i, value in entries:
        row[i] += value
    return tuple(row)


def _braid(n: int) -> list[Row]:
    return [_sum(n, (i, 1), (j, -1)) for i, j in combinations(range(n), 2)]


def _type_d(n: int) -> list[Row]:
    return _braid(n) + [_sum(n, (i, 1), (j, 1)) for i, j in combinations(range(n), 2)]


def _type_b(n: int) -> list[Row]:
    return [_sum(n, (i, 1)) for i in range(n)] + _type_d(n)


def _cube(n: int) -> list[Row]:
    return list(product((0, 1), repeat=n))


def _resonance(n: int) -> list[Row]:
    return _cube(n)[1:]


def _threshold(n: int) -> list[Row]:
    return [(1, *x) for x in _cube(n)]


def _cross_polytope(n: int) -> list[Row]:
    return [(1, *_sum(n, (i, sign))) for i in range(n) for sign in (1, -1)]


def _demicube(n: int) -> list[Row]:
    return [(1, *x) for x in _cube(n) if sum(x) % 2]


_CENTRAL: dict[str, tuple[Callable[[int], list[Row]], int]] = {  # rows, and columns beyond n
    "braid": (_braid, 0),
    "typeB": (_type_b, 0),
    "typeD": (_type_d, 0),
    "resonance": (_resonance, 0),
    "threshold": (_threshold, 1),
    "crosspolytope": (_cross_polytope, 1),
    "demicube": (_demicube, 1),
}
FAMILIES = (*_CENTRAL, *_SHIFTS, "moment", "random")


def is_family(text: str) -> bool:
    """Whether the text has the form of a named family, known or not."""
    return re.fullmatch(r"[A-Za-z]+:[-\d,]*", text) is not None


def family(text: str) -> Arrangement:
    """The arrangement that a name such as `braid:4`, `moment:6,3` or `shi:3` stands for.

    Args:
        text: `braid:n`, `typeB:n`, `typeD:n`, `resonance:n` (non-zero 0/1 vectors), `threshold:n` ((1, x), x in
            {0,1}^n), `crosspolytope:n` ((1, +-e_i)), `demicube:n` ((1, x), x of odd weight), `moment:n,d` ((1, t, ..,
            t^(d-1)), t = 1..n), `random:n,d,seed` (round(1000 N(0,1))), and the affine `shi:n`, `catalan:n`,
            `linial:n`, `semiorder:n` (x_i - x_j equal to 0,1; -1,0,1; 1; -1,1).

    Raises:
        InputError: unknown name or unusable parameters.

    Example:
        >>> family("shi:3")
        <Affine arrangement of 6 hyperplanes in R^3, rank 2>
    """
    name, _, tail = text.partition(":")
    if name not in FAMILIES:
        raise InputError(f"unknown family {name!r} in {text!r}; the families are {', '.join(FAMILIES)}")
    wanted = {"moment": "n,d", "random": "n,d,seed"}.get(name, "n")
    parts = tail.split(",")
    if len(parts) != len(wanted.split(",")) or not all(re.fullmatch(r"\d{1,9}", part) for part in parts):
        raise InputError(f"{text!r}: write {name}:{wanted} with non-negative integers")
    numbers = [int(part) for part in parts]
    if min(numbers[:2]) < 1:
        raise InputError(f"{text!r}: sizes start at 1")
    if len(numbers) == 1 and numbers[0] > _LARGEST:
        raise InputError(f"{text!r}: n is at most {_LARGEST}")
    if len(numbers) > 1 and numbers[0] * numbers[1] > 10**6:
        raise InputError(f"{text!r}: at most 1,000,000 entries")
    if name == "moment":
        n, d = numbers
        return Arrangement(tuple(tuple(t**k for k in range(d)) for t in range(1, n + 1)), None, d)
    if name == "random":
        n, d, seed = numbers
        entries = np.rint(1000 * np.random.default_rng(seed).standard_normal((n, d)))
        return Arrangement.from_table(entries.astype(np.int64))
    (n,) = numbers
    if name in _SHIFTS:
        rows = [(row, shift) for row in _braid(n) for shift in _SHIFTS[name]]
        return Arrangement(tuple(row for row, _ in rows), tuple(shift for _, shift in rows), n)
    make, extra = _CENTRAL[name]
    return Arrangement(tuple(make(n)), None, n + extra)
