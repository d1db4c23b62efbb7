"""Whitney numbers by definition, and the families with known counts.

The numbers are sums of the Moebius function over the flats of the matroid; flats are found by closing
every subset.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations, product


def rank(rows):
    """The rank by elimination over the rationals."""
    rows, found = [[Fraction(a) for a in row] for row in rows], 0
    for j in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][j]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][j] / rows[found][j]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def whitney_by_flats(rows):
    """w_k = sum of |mu(0, F)| over the flats F of rank k; rows and their number may be anything small."""
    rows = [row for row in rows if any(row)]
    flats = {}
    for size in range(len(rows) + 1):
        for subset in combinations(range(len(rows)), size):
            chosen = [rows[i] for i in subset]
            r = rank(chosen)
            flats[frozenset(i for i, row in enumerate(rows) if rank([*chosen, row]) == r)] = r
    w, moebius = defaultdict(int), {}
    for flat in sorted(flats, key=flats.get):
        moebius[flat] = -sum(value for below, value in moebius.items() if below < flat) if flats[flat] else 1
        w[flats[flat]] += abs(moebius[flat])
    return tuple(w[k] for k in range(max(w) + 1))


def braid(n):
    """The normals e_i - e_j."""
    return [tuple((k == i) - (k == j) for k in range(n)) for i in range(n) for j in range(i + 1, n)]


def type_d(n):
    """The normals e_i - e_j and e_i + e_j."""
    plus = [tuple(int(k in pair) for k in range(n)) for pair in combinations(range(n), 2)]
    return braid(n) + plus


def type_b(n):
    """The normals e_i - e_j, e_i + e_j and e_i."""
    return type_d(n) + [tuple(int(k == i) for k in range(n)) for i in range(n)]


def resonance(n):
    """The non-zero 0/1 vectors."""
    return [x for x in product((0, 1), repeat=n) if any(x)]


def threshold(n):
    """The vectors (1, x) with x in {0,1}^n."""
    return [(1, *x) for x in product((0, 1), repeat=n)]


def demicube(n):
    """The vectors (1, x) with x in {0,1}^n of odd weight."""
    return [(1, *x) for x in product((0, 1), repeat=n) if sum(x) % 2]


def crosspolytope(n):
    """The vectors (1, +-e_i)."""
    return [(1, *(s * (k == i) for k in range(n))) for i in range(n) for s in (1, -1)]


def moment(n, d):
    """The vectors (1, t, ..., t^(d-1)) for t = 1, ..., n: general position."""
    return [tuple(t**k for k in range(d)) for t in range(1, n + 1)]


def deformed_braid(n, shifts):
    """The affine hyperplanes x_i - x_j = b for i < j and b in shifts, as (rows, offsets)."""
    pairs = [(row, b) for row in braid(n) for b in shifts]
    return [row for row, _ in pairs], [b for _, b in pairs]
