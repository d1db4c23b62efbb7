"""Slow, obviously right twins of the enumerations, for tiny inputs.

Every sign vector is tried, and Fourier-Motzkin elimination (Fourier 1827, Motzkin 1936) decides whether some point has
it. Nothing here uses the project.

a, b  integer rows, homogeneous: an affine arrangement comes with one more row, infinity, that must be positive
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from math import gcd

Vector = tuple[int, ...]
Neuron = tuple[Vector, int]


def sign(x: int) -> int:
    return (x > 0) - (x < 0)


def dot(a: Sequence[int], w: Sequence[int]) -> int:
    return sum(x * y for x, y in zip(a, w, strict=True))


def shortest(a: Sequence[int]) -> Vector:
    divisor = gcd(*a) or 1
    return tuple(x // divisor for x in a)


def without(a: Vector, b: Vector, j: int) -> Vector:
    """A positive multiple of a, plus a multiple of b that makes column j zero."""
    return shortest([abs(b[j]) * x - sign(b[j]) * a[j] * y for x, y in zip(a, b, strict=True)])


def feasible(positive: Iterable[Vector], zero: Sequence[Vector] = ()) -> bool:
    """Whether some w has a.w > 0 for every positive row and b.w = 0 for every zero row."""
    rows = set(positive)
    equations = [b for b in zero if any(b)]
    if equations:
        b, *rest = equations
        j = b.index(next(filter(None, b)))
        return feasible([without(a, b, j) for a in rows], [without(c, b, j) for c in rest])
    while rows and all(map(any, rows)):
        sides = [(j, [a for a in rows if a[j] > 0], [a for a in rows if a[j] < 0]) for j in range(len(min(rows)))]
        j, above, below = min((s for s in sides if s[1] or s[2]), key=lambda s: len(s[1]) * len(s[2]))
        rows = {a for a in rows if not a[j]} | {without(a, b, j) for a in above for b in below}
    return not rows


def realised(signs: Vector, rows: Sequence[Vector], infinity: Vector | None) -> bool:
    positive = [tuple(s * x for x in a) for s, a in zip(signs, rows, strict=True) if s]
    zero = [a for s, a in zip(signs, rows, strict=True) if not s]
    return feasible(positive if infinity is None else [infinity, *positive], zero)


def brute_regions(rows: Sequence[Vector], infinity: Vector | None = None) -> set[Vector]:
    """The sign vectors of all regions."""
    choices = [(-1, 1) if any(a) else (0,) for a in rows]
    return {signs for signs in product(*choices) if realised(signs, rows, infinity)}


def brute_covectors(rows: Sequence[Vector], infinity: Vector | None = None) -> set[Vector]:
    """The sign vectors of all points."""
    return {signs for signs in product((-1, 0, 1), repeat=len(rows)) if realised(signs, rows, infinity)}


def product_cone(rows: Sequence[Vector], neurons: Sequence[Neuron]) -> list[Vector]:
    """The rows, with signs and block by block, that are positive where each neuron is in its region."""
    return [
        tuple(s * x * (k == j) for k in range(len(neurons)) for x in a)
        for j, (region, _) in enumerate(neurons)
        for s, a in zip(region, rows, strict=True)
        if s
    ]


def brute_pairs(rows: Sequence[Vector], width: int) -> Iterator[tuple[frozenset[Neuron], Vector]]:
    """Every pair of the second layer: a tuple of signed regions, and one sign vector that u has inside its cone."""
    live = [(region, output) for region in brute_regions(rows) if 1 in region for output in (1, -1)]
    for neurons in combinations(live, min(width, len(live))):
        cone = product_cone(rows, neurons)
        u = [tuple(output * x * (region[i] > 0) for region, output in neurons for x in a) for i, a in enumerate(rows)]
        for signs in product(*((-1, 1) if any(row) else (0,) for row in u)):
            if feasible([*cone, *(tuple(s * x for x in row) for s, row in zip(signs, u, strict=True) if s)]):
                yield frozenset(neurons), signs


def count_by_deletion(rows: Sequence[Vector], infinity: Vector | None = None) -> int:
    """The number of regions by linear algebra alone: those without a, and one more for each region inside a."""
    if infinity is not None:
        return count_by_deletion([*rows, infinity]) // 2
    lines = {max(shortest(a), shortest([-x for x in a])) for a in rows if any(a)}
    if not lines:
        return 1
    a, *rest = sorted(lines)
    j = a.index(next(filter(None, a)))
    return count_by_deletion(rest) + count_by_deletion([without(b, a, j) for b in rest])
