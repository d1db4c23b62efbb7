"""Reflection arrangements of the rational root systems, and their Shi and Catalan deformations.

kind     type and rank: A1, A2, ..; B1, ..; C1, ..; D1, ..; E6, E7, E8; F4; G2
n        the rank
e_i      unit vectors
h        Coxeter number; d_1, .., d_n the degrees of the Weyl group
root     held as an integer row and a scale: the vector row / scale. A root is positive if its first non-zero entry is.

All are in the coordinates in which Bourbaki (Lie groups and Lie algebras, ch. VI, 1968) writes them but for their
order and signs: A_n on n+1 letters, G2 in the plane x + y + z = 0 of R^3, E6 and E7 inside E8 in R^8.
"""

import re
from itertools import product
from math import prod
from typing import NamedTuple

from arrangements.arguments import check_kind
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row, primitive
from arrangements.families.rows import affine, check_sizes, pair_rows, read_size, unit_rows


class Root(NamedTuple):
    """A root, the vector row / scale."""

    row: Row
    scale: int


def braid(n: int) -> Arrangement:
    """Make the braid arrangement x_i = x_j on n letters (type A of rank n - 1): n(n-1)/2 rows in R^n.

    Args:
        n: number of letters.

    Raises:
        InputError: n is below 1, or too large.

    It has n! regions, one for each order of the coordinates.

    Example:
        >>> braid(3).normals
        ((1, -1, 0), (1, 0, -1), (0, 1, -1))
    """
    n = read_size(n, "n")
    check_sizes(n * (n - 1) // 2, n, n=n)
    return Arrangement(tuple(pair_rows(n, -1)), None, n)


def type_b(n: int) -> Arrangement:
    """Make the reflection arrangement of type B: x_i = 0 and x_i = +-x_j, n^2 rows in R^n, with 2^n n! regions.

    Args:
        n: the rank.

    Raises:
        InputError: n is below 1, or too large.

    Example:
        >>> type_b(2).normals
        ((1, 0), (0, 1), (1, -1), (1, 1))
    """
    return coxeter(f"B{_rank(n)}")


def type_c(n: int) -> Arrangement:
    """Make the reflection arrangement of type C, which is that of type B: the roots 2 e_i and e_i have one hyperplane.

    Args:
        n: the rank.

    Raises:
        InputError: n is below 1, or too large.

    Example:
        >>> type_c(3) == type_b(3)
        True
    """
    return coxeter(f"C{_rank(n)}")


def type_d(n: int) -> Arrangement:
    """Make the reflection arrangement of type D: x_i = +-x_j, n(n-1) rows in R^n, with 2^(n-1) n! regions.

    Args:
        n: the rank.

    Raises:
        InputError: n is below 1, or too large.

    Example:
        >>> type_d(2).normals
        ((1, -1), (1, 1))
    """
    return coxeter(f"D{_rank(n)}")


def coxeter(kind: str) -> Arrangement:
    """Make the reflection arrangement of a rational root system: the hyperplanes orthogonal to the roots.

    Args:
        kind: type and rank, such as "B3" or "E6".

    Raises:
        InputError: there is no such root system, or it is too large.

    Theorem (Chevalley 1955 for the degrees): the regions are permuted simply transitively by the Weyl group, so their
    number is its order d_1 .. d_n: (n+1)! for A_n, 2^n n! for B_n and C_n, 2^(n-1) n! for D_n, 51840 for E6, 2903040
    for E7, 696729600 for E8, 1152 for F4, 12 for G2. There are n h / 2 hyperplanes.

    Example:
        >>> coxeter("G2").normals
        ((1, -1, 0), (1, 0, -1), (0, 1, -1), (2, -1, -1), (1, -2, 1), (1, 1, -2))
    """
    roots, dimension = positive_roots(kind)
    return Arrangement(tuple(primitive(root.row) for root in roots), None, dimension)


def coxeter_shi(kind: str) -> Arrangement:
    """Make the Shi arrangement of a root system: root.x = 0 and root.x = 1 for every positive root.

    Args:
        kind: type and rank, such as "B3" or "E6".

    Raises:
        InputError: there is no such root system, or it is too large.

    Theorem (Shi 1987; Yoshinaga 2004 without case analysis): it has (h+1)^n regions.

    Example:
        >>> coxeter_shi("B2").offsets
        (0, 1, 0, 1, 0, 1, 0, 1)
    """
    return _deformed(kind, (0, 1))


def coxeter_catalan(kind: str) -> Arrangement:
    """Make the Catalan arrangement of a root system: root.x = -1, 0 and 1 for every positive root.

    Args:
        kind: type and rank, such as "B3" or "E6".

    Raises:
        InputError: there is no such root system, or it is too large.

    Theorem (Athanasiadis 2004): it has (h + d_1) .. (h + d_n) regions, as many for each of the d_1 .. d_n elements of
    the Weyl group as the Coxeter-Catalan number.

    Example:
        >>> coxeter_catalan("A1").offsets
        (-1, 0, 1)
    """
    return _deformed(kind, (-1, 0, 1))


def positive_roots(kind: str) -> tuple[list[Root], int]:
    """The positive roots of a rational root system, and the length of their rows.

    Args:
        kind: type and rank, such as "B3" or "E6".

    Raises:
        InputError: there is no such root system, or it is too large.

    Example:
        >>> [root.row for root in positive_roots("C2")[0]]
        [(2, 0), (0, 2), (1, -1), (1, 1)]
    """
    letter, n = _type_and_rank(kind)
    if letter in "ABCD":
        return _classical(letter, n)
    if letter == "G":
        return [Root(row, 1) for row in (*pair_rows(3, -1), (2, -1, -1), (1, -2, 1), (1, 1, -2))], 3
    dimension = 4 if letter == "F" else 8
    signs = ((1, *tail) for tail in product((1, -1), repeat=dimension - 1))
    halves = [Root(row, 2) for row in signs if letter == "F" or prod(row) > 0]
    if letter == "F":
        return _classical("B", 4)[0] + halves, 4
    roots = _classical("D", 8)[0] + halves
    if n < 8:  # orthogonal to the root e_6 + e_7
        roots = [root for root in roots if root.row[6] == -root.row[7]]
    if n < 7:  # and to e_5 - e_6: these two span a system of type A2
        roots = [root for root in roots if root.row[5] == root.row[6]]
    return roots, 8


def _rank(n: object) -> int:
    size = read_size(n, "n")
    check_sizes(size, size, n=size)
    return size


def _type_and_rank(kind: str) -> tuple[str, int]:
    text = check_kind(kind, str, "kind", "give a type and rank such as 'B3'")
    found = re.fullmatch(r"([A-G])(-?\d{1,20})", text, re.IGNORECASE | re.ASCII)
    letter, n = (found[1].upper(), int(found[2])) if found else ("", 0)
    if (letter in "ABCD" and found) or (letter, n) in {("E", 6), ("E", 7), ("E", 8), ("F", 4), ("G", 2)}:
        return letter, n
    raise InputError(
        f"there is no rational root system {shown(kind)}: the types are A, B, C, D with any rank (such as B3), and E6, "
        "E7, E8, F4, G2"
    )


def _classical(letter: str, n: int) -> tuple[list[Root], int]:
    dimension = n + (letter == "A")
    check_sizes({"A": n * (n + 1) // 2, "D": n * (n - 1)}.get(letter, n * n), dimension, n=n)
    rows = pair_rows(dimension, -1)
    if letter != "A":
        rows = rows + pair_rows(n, 1)
    long = {"B": 1, "C": 2}.get(letter)
    single = [tuple(long * x for x in unit) for unit in unit_rows(n)] if long else []
    return [Root(row, 1) for row in (*single, *rows)], dimension


def _deformed(kind: str, shifts: tuple[int, ...]) -> Arrangement:
    roots, dimension = positive_roots(kind)
    check_sizes(len(roots) * len(shifts), dimension, n=_type_and_rank(kind)[1])
    joint = [primitive((*root.row, shift * root.scale)) for root in roots for shift in shifts]
    return affine(((row[:-1], row[-1]) for row in joint), dimension)
