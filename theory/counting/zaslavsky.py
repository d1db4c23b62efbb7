"""Exact counts of regions without listing them (Zaslavsky 1975): Whitney numbers, characteristic polynomials.

Letters: d, the dimension; r, the rank of the normals; n, the hyperplanes; w_k, the absolute Whitney numbers of the
first kind; chi, the characteristic polynomial, chi(t) = sum_k (-1)^k w_k t^(d-k).

The numbers depend only on which sets of normals are linearly independent (the matroid). That is preserved
modulo a prime above every minor (`theory.counting.mersenne_field`), and there a recursion over restrictions counts
(`theory.counting.deletion_restriction`), or, for large arrangements with symmetries, one flat of each orbit
(`theory.counting.flat_orbits`; with the extra `symmetry`). No sign, no solver and no tolerance is involved, so a count
from here is independent evidence for any enumeration.

Every function takes an `Arrangement`, or a table of rows of numbers for a central one.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from math import comb, gcd
from typing import TypeAlias

from arrangements.arguments import read_whole
from arrangements.arrangement import Arrangement
from arrangements.errors import LimitError
from theory.counting.deletion_restriction import exceeded, least_regions, unseen, whitney_modulo
from theory.counting.mersenne_field import WORD, faithful_exponent, independent_columns, residues
from theory.counting.with_symmetries import whitney_with_symmetries
from theory.cover_bound import general_position

_ELIMINATED = 4 * 10**7  # entries that are eliminated, in about a second, where a part of the rank decides
Rows: TypeAlias = Arrangement | Iterable[Iterable[object]]


def whitney_numbers(
    arrangement: Rows, *, limit: int | None = None, seen: Callable[[int], None] = unseen
) -> tuple[int, ...]:
    """Compute the absolute Whitney numbers (w_0, ..., w_r) of the first kind, by deletion and restriction.

    `arrangements.signed_whitney_numbers` finds them with their signs, from the flats.

    Args:
        arrangement: the hyperplanes, or the rows of a central arrangement; zero rows are none, parallel rows merge.
        limit: stop as soon as the number of regions is known to exceed this (None: never).
        seen: told now and then how many regions have been counted.

    Raises:
        InputError: the rows are no table of numbers, or the entries are too long.
        LimitError: there are more than `limit` regions; it says how many there are at least.

    Theorem (Zaslavsky, Mem. Amer. Math. Soc. 154, 1975; Orlik and Terao 1992, Proposition 2.51): the cone of an affine
    arrangement, {(w, z) : x_i.w = b_i z} with z = 0, the hyperplane at infinity, has chi_cone(t) = (t-1) chi(t).

    Example:
        >>> whitney_numbers([(1, 0), (0, 1), (1, 1)])
        (1, 3, 2)
        >>> whitney_numbers([("1/2", 0, 0), (-2, 0, 0), (0, 0, 0), (1, 10**30, 0)])
        (1, 2, 1)
        >>> whitney_numbers(Arrangement.from_table([(1, 0), (0, 1), (1, 1)], [0, 0, 1]))
        (1, 3, 3)
    """
    arrangement = read_arrangement(arrangement)
    limit = None if limit is None else read_whole(limit, "limit", 0)
    if arrangement.infinity is None:
        return central_whitney_numbers(arrangement.normals, limit, seen)
    try:
        # the cone has each region twice, above and below the hyperplane at infinity
        cone = (*arrangement.homogeneous, arrangement.infinity)
        w = central_whitney_numbers(cone, None if limit is None else 2 * limit, lambda least: seen(least // 2))
    except LimitError as error:
        if limit is None or error.at_least is None:
            raise
        raise exceeded(limit, -(-error.at_least // 2)) from None
    # division of w_0 + w_1 x + ... by 1 + x, without the remainder 0
    return tuple(accumulate(w[:-1], lambda quotient, w_k: w_k - quotient))


def central_whitney_numbers(
    rows: Sequence[Sequence[int]], limit: int | None = None, seen: Callable[[int], None] = unseen
) -> tuple[int, ...]:
    """Compute the absolute Whitney numbers (w_0, ..., w_r) of the central arrangement with these normals.

    Args:
        rows: n integer vectors of one length, of any rank; zero rows are ignored, parallel rows merged.
        limit: stop as soon as the number of regions is known to exceed this (None: never).
        seen: told now and then how many regions have been counted.

    Raises:
        InputError: the minors are too long for an exact count.
        LimitError: there are more than `limit` regions.

    Theorem (Whitney, Bull. Amer. Math. Soc. 38, 1932, for graphs; Brylawski, Trans. Amer. Math. Soc. 234,
    1977): fix an order of the hyperplanes and call a circuit without its first element a broken circuit.
    Then w_k counts the sets of k hyperplanes that contain no broken circuit.

    Hence w_k <= C(n, k) and w_r <= C(n-1, r-1). Hence also w_k(N) <= w_k(M) for a matroid N whose
    independent sets are independent in M: let S contain no broken circuit of N, and order the loops of N
    last. If S contained C - c for a circuit C of M with first element c, then C, dependent in N, would
    contain a circuit C' of N, with c in it because S is independent, and S would contain C' - c.
    So numbers that reach general position modulo any prime are the true ones. Entries too large
    for a faithful prime of one word are first tried in this way.

    Example:
        >>> central_whitney_numbers([(1, 0), (0, 1), (1, 1)])
        (1, 3, 2)
    """
    lines = distinct_lines(rows)
    if not lines:
        return (1,)
    columns = _columns(lines, limit)
    n, r = len(lines), len(columns)
    if limit is not None and (least := least_regions((1, n)[: r + 1], r)) > limit:
        raise exceeded(limit, least)
    if limit is not None and general_position(n, r) <= limit:
        limit = None  # no arrangement of this size has more, so nothing need be watched
    if n == r:  # independent rows
        return tuple(comb(r, k) for k in range(r + 1))
    lines = [tuple(row[j] for j in columns) for row in lines]
    e = faithful_exponent(lines, r)
    if e > WORD:
        w = whitney_modulo(residues(lines, WORD), WORD, limit, seen)
        if w == (*(comb(n, k) for k in range(r)), comb(n - 1, r - 1)):
            return w
    return whitney_with_symmetries(lines, e, limit, seen)


def _columns(lines: Sequence[Sequence[int]], limit: int | None) -> list[int]:
    """Independent columns that span the column space; or fewer, if 2 to their number is above the limit.

    Columns that are independent modulo a prime are independent, and rank r means 2^r regions at least.
    """
    size = min(len(lines), len(lines[0]))
    most = None if limit is None else max(limit.bit_length(), _ELIMINATED // (len(lines) * len(lines[0])))
    columns = independent_columns(residues(lines, WORD), WORD, most)
    if limit is not None and 1 << len(columns) > limit:
        return columns
    if len(columns) == size:  # independent modulo any prime, so independent; and there cannot be more
        return columns
    e = faithful_exponent(lines, size)
    return independent_columns(residues(lines, e), e)


def characteristic_polynomial(arrangement: Rows) -> tuple[int, ...]:
    """Compute the d+1 coefficients of the characteristic polynomial chi, highest power first.

    Args:
        arrangement: the hyperplanes, or the rows of a central arrangement; a row of zeros is none, whatever its offset.

    Raises:
        InputError: the rows are no table of numbers, or the entries are too long.

    Theorem (Whitney 1932; Rota 1964; Zaslavsky 1975): the coefficient of t^(d-k) is (-1)^k w_k.

    Example:
        >>> characteristic_polynomial([(1, 0), (0, 1), (1, 1)])
        (1, -3, 2)
        >>> characteristic_polynomial(Arrangement.from_table([(1,), (1,), (1,)], [0, 1, 2]))
        (1, -3)
    """
    arrangement = read_arrangement(arrangement)
    w = whitney_numbers(arrangement)
    return (*(-w_k if k % 2 else w_k for k, w_k in enumerate(w)), *[0] * (arrangement.dimension + 1 - len(w)))


def region_number(arrangement: Rows, *, limit: int | None = None, seen: Callable[[int], None] = unseen) -> int:
    """Count the regions without listing them; `arrangements.count_regions` lists them.

    Args:
        arrangement: the hyperplanes, or the rows of a central arrangement; a row of zeros is none, whatever its offset.
        limit: stop as soon as the number is known to exceed this (None: never).
        seen: told now and then how many regions have been counted.

    Raises:
        InputError: the rows are no table of numbers, or the entries are too long.
        LimitError: there are more than `limit` regions; it says how many there are at least.

    Theorem (Zaslavsky 1975, Theorem A): it is |chi(-1)| = w_0 + ... + w_r.

    Example:
        >>> region_number([(1, 0), (0, 1), (1, 1)])
        6
        >>> region_number(Arrangement.from_table([(1, 0), (0, 1), (1, 1)], [0, 0, 1]))
        7
    """
    return sum(whitney_numbers(arrangement, limit=limit, seen=seen))


def bounded_number(arrangement: Rows) -> int:
    """Count the relatively bounded regions without listing them.

    A region is relatively bounded if it is bounded within the span of the normals; if they span the whole
    space this means bounded. Without any hyperplane the one region counts. A central arrangement with a hyperplane has
    none.

    Args:
        arrangement: the hyperplanes, or the rows of a central arrangement.

    Raises:
        InputError: the rows are no table of numbers, or the entries are too long.

    Theorem (Zaslavsky 1975, Theorem C): it is |chi(1)|.

    Example:
        >>> bounded_number(Arrangement.from_table([(1, 0), (0, 1), (1, 1)], [0, 0, 1]))
        1
    """
    return abs(sum(characteristic_polynomial(arrangement)))


def read_arrangement(rows: Rows) -> Arrangement:
    """Return an arrangement itself, and make the central one of a table of rows.

    Args:
        rows: an arrangement, or n rows of d numbers, in any form that `Arrangement.from_table` reads.

    Raises:
        InputError: the table is empty or ragged, or an entry is no finite number.

    Example:
        >>> read_arrangement([["1/2", 1]]).normals
        ((1, 2),)
    """
    return rows if isinstance(rows, Arrangement) else Arrangement.from_table(rows)


def distinct_lines(rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """List the non-zero rows as primitive vectors (first non-zero entry positive), sorted, each line once.

    Example:
        >>> distinct_lines([(2, -4), (0, 0), (-1, 2), (0, 5)])
        [(0, 1), (1, -2)]
    """
    lines = set()
    for row in rows:
        if divisor := gcd(*row):
            lead = next(a for a in row if a)
            divisor = divisor if lead > 0 else -divisor
            lines.add(tuple(a // divisor for a in row))
    return sorted(lines)
