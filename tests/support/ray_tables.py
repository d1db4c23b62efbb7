"""Instances for the ray engine, and the checks that every test of it makes."""

import numpy as np

from arrangements import Arrangement, family
from arrangements.exact.linear_algebra import independent_columns
from arrangements.exact.parallel_classes import distinct
from arrangements.lp.incremental_search import Search
from arrangements.rays.ray_search import RaySearch


def essential(arrangement):
    """Distinct hyperplanes in independent columns, the one at infinity first."""
    infinity = [] if arrangement.infinity is None else [arrangement.infinity]
    classes, _ = distinct([*infinity, *arrangement.homogeneous])
    columns = independent_columns(classes, len(classes[0]))
    return [tuple(row[j] for j in columns) for row in classes]


def rows_of(source):
    """The rows that the search gets for a family's name or a table."""
    return essential(family(source) if isinstance(source, str) else Arrangement.from_table(source))


def dot(a, b):
    return sum(int(x) * int(y) for x, y in zip(a, b, strict=True))


def checked(rows, cells):
    """The sign vectors of the cells: no two alike, every witness on the side that its signs say, in Python integers."""
    found = []
    for signs, witness in cells:
        point = witness.tolist()
        assert all(type(x) is int for x in point)
        assert all(s * dot(row, point) > 0 for s, row in zip(signs.tolist(), rows, strict=True))
        found.append(tuple(signs.tolist()))
    assert len(found) == len(set(found))
    return set(found)


def by_lp(rows):
    """The cells with the first row positive, by the other engine."""
    return {tuple(node.signs.tolist()) for node in Search(rows, 1, rows[0])}


def without_primes(search):
    """Take away the primes of a filtered search, so that every coincidence becomes a doubt."""
    none = search.setting.space._replace(primes=np.zeros(0, np.int64))
    object.__setattr__(search.setting, "space", none)
    return search


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def transformed(rows, seed=0, digits=12):
    """The rows times a random matrix of long integers: the same cells, nothing small."""
    draw = np.random.default_rng(seed)
    matrix = draw.integers(-(10**digits), 10**digits, (len(rows[0]), len(rows[0]))).tolist()
    columns = list(zip(*matrix, strict=True))
    return [[dot(row, column) for column in columns] for row in rows]


def generic_with_sums(seed, n, r, digits=12):
    """Long random vectors with their sums and differences: many coincidences that no coordinates make small."""
    draw = np.random.default_rng(seed)
    vectors = draw.integers(-(10**digits), 10**digits, (n, r)).tolist()
    sums = [
        [x + s * y for x, y in zip(a, b, strict=True)]
        for k, a in enumerate(vectors)
        for b in vectors[:k]
        for s in (1, -1)
    ]
    return vectors + sums


TABLES = {
    "one row": [[3]],
    "one column": [[1], [-2], [0]],
    "rank 1 of 3": [[1, 2, 3], [-2, -4, -6]],
    "rank 2": [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1]],
    "rank 2 of 4": [[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1], [3, -2, 3, -2]],
    "zero and repeated": [[0, 0, 0], [1, 2, 3], [-2, -4, -6], [0, 1, 0], [0, 1, 1], [0, 0, 0]],
    "near 1e-9": normal(2, 3)[[0, 1, 0, 1, 0, 1, 0, 1]] + 1e-9 * normal(8, 3, seed=1),
    "near 1e-15": normal(2, 3)[[0, 1, 0, 1, 0, 1]] + 1e-15 * normal(6, 3, seed=1),
    "huge": [[int(x * 1e3) * 10**27 + 7 for x in row] for row in normal(8, 3, seed=2)],
    "tiny": (normal(9, 3, seed=3) * 1e-200).tolist(),
    "columns far apart": (normal(9, 3, seed=4) * np.array([1e-30, 1.0, 1e30])).tolist(),
    "rows far apart": (normal(9, 3, seed=5) * 10.0 ** np.arange(-36, 36, 8)[:, None]).tolist(),
    "floats": normal(10, 4, seed=6).tolist(),
    "decimals": [[f"{x:.1f}" for x in row] for row in normal(12, 3, seed=7)],
    "fractions": [["1/3", "2/7"], ["1/2", "-1/9"], ["5/3", "1"], ["-1/3", "2/7"]],
    "long with coincidences": generic_with_sums(0, 4, 3),
    "transformed": transformed(rows_of("resonance:3")),
}
FAMILIES = [
    *("braid:5", "typeB:3", "typeD:4", "resonance:4", "threshold:3", "crosspolytope:5", "demicube:4"),
    *("moment:9,3", "random:12,3,0", "random:9,5,1", "shi:4", "catalan:4", "linial:4", "semiorder:4"),
]


def counted(rows, **options):
    return RaySearch(rows, 1, **options).count()
