"""Degenerate tables and numbers of extreme size or closeness: still exact, and without a warning."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import brute_covectors, brute_pairs, brute_regions, count_by_deletion, dot, sign
from support.small_tables import EVERY_ENGINE

from arrangements import (
    Arrangement,
    FirstLayer,
    Statistics,
    count_regions,
    count_second_layer,
    iter_covectors,
    iter_regions,
)

NEAR = {9: "1.000000001", 15: "1.000000000000001", 40: "1." + "0" * 39 + "1"}

DEGENERATE = {
    "one row": ([[3, -1]], None),
    "one zero row": ([[0, 0, 0]], None),
    "one column": ([[2], [-1], [0], [2]], None),
    "fewer rows than columns": ([[1, 2, 3, 4], [0, 1, 0, -1]], None),
    "rank 1": ([[1, -2], [-2, 4], [0, 0], [3, -6]], None),
    "rank 2 in space": ([[1, 0, 1], [0, 1, 1], [1, 1, 2], [1, -1, 0]], None),
    "equal and opposite rows": ([[1, 2], [1, 2], [-1, -2], [2, -1], [-2, 1]], None),
    "parallel lines": ([[1, 1], [1, 1], [-2, -2], [1, 1]], [0, 1, -2, 5]),
    "zero normals": ([[0, 0], [0, 0], [1, 0], [0, 0]], [0, 2, 1, -3]),
    "lines through one point": ([[1, 0], [0, 1], [1, 1], [1, -1]], [2, 3, 5, -1]),
    "zero normals alone": ([[0, 0], [0, 0]], [1, -1]),
}
NUMERIC = {
    **{f"1e-{k} apart": ([[1, 1, 0], ["1", x, 0], [1, 1, 1], [x, 1, 1], [0, 1, -1]], None) for k, x in NEAR.items()},
    **{
        f"1e-{k} from coplanar": ([[1, 0, 0], [0, 1, 0], [1, 1, 1], [2, x, 1], [1, 0, 1]], None)
        for k, x in NEAR.items()
    },
    **{f"lines 1e-{k} apart": ([[1, 2], [1, 2], [2, 1], [1, -1]], [1, x, "1.5", 0]) for k, x in NEAR.items()},
    "1e30": ([[10**30, 1], [10**30 + 1, 1], [1, -(10**30)], [-1, 1]], None),
    "1e200": ([[10**200, 1, 0], [1, 10**200, 1], [1, 1, -(10**200)], [10**200, -1, 1]], None),
    "1e300 and 1e-300": ([["1e300", 1, 0], ["1e-300", 1, 1], [0, "1e-300", "-1e300"], [1, 1, 1]], None),
    "1e150 as offset": ([[1, "1e-150"], [1, 0], [0, 1], [1, 1]], ["1e150", "-1e150", 0, 1]),
    "binary floats": (np.array([[0.1, 0.2, 0.3], [0.1 + 2**-56, 0.2, 0.3], [0.3, 0.2, 0.1], [0.4, 0.4, 0.4]]), None),
    "subnormal floats": (np.array([[5e-324, 1e308], [1e-310, -1e308], [1.0, 1.0]]), None),
}
TABLES = pytest.mark.parametrize(
    "source", [pytest.param(source, id=name) for name, source in (DEGENERATE | NUMERIC).items()]
)


@EVERY_ENGINE
@TABLES
def test_regions(engine, source):
    arrangement = Arrangement.from_table(*source)
    cells = list(iter_regions(arrangement, engine=engine))
    assert {cell.signs for cell in cells} == brute_regions(arrangement.homogeneous, arrangement.infinity)
    for signs, witness in cells:
        assert signs == tuple(sign(dot(row, witness)) for row in arrangement.homogeneous)


@TABLES
def test_faces(source):
    arrangement = Arrangement.from_table(*source)
    found = {cell.signs for cell in iter_covectors(arrangement)}
    assert found == brute_covectors(arrangement.homogeneous, arrangement.infinity)


@pytest.mark.parametrize(
    "table",
    [
        *(pytest.param(t, id=name) for name, (t, b) in DEGENERATE.items() if b is None),
        *(pytest.param([[1, 1], [1, x], [-1, 2]], id=f"1e-{k} apart") for k, x in NEAR.items()),
        pytest.param([["1e300", 1], ["1e-300", 1], [1, "-1e300"]], id="1e300 and 1e-300"),
        pytest.param([[1, 1], [1, 2], [2, 4], [-1, -1]], id="coincident second-layer hyperplanes"),
    ],
)
def test_second_layer(table):
    layer = FirstLayer.of(Arrangement.from_table(table))
    pairs = set(brute_pairs(layer.arrangement.normals, 2))
    assert count_second_layer(layer, 2)[:2] == (len({neurons for neurons, _ in pairs}), len(pairs))


@EVERY_ENGINE
@pytest.mark.parametrize("digits", [9, 15, 40])
def test_pencil_of_near_parallel_lines(engine, digits):
    """N distinct lines through the origin make 2n regions, however close they are."""
    table = [[10**digits, k] for k in range(12)]
    assert count_regions(Arrangement.from_table(table), engine=engine) == 24


@EVERY_ENGINE
@pytest.mark.parametrize("digits", [1, 9, 20])
@pytest.mark.parametrize("seed", range(5))
def test_sums_disturbed_in_the_last_digit(engine, digits, seed):
    """Rows that are almost dependent: where floating point is blind, the count by linear algebra decides."""
    draw = random.Random(seed)
    rows = [[draw.randint(-3, 3) * 10**digits for _ in range(4)] for _ in range(5)]
    rows += [[x + y + draw.choice((-1, 0, 0, 1)) for x, y in zip(a, b, strict=True)] for a, b in pairwise(rows)]
    arrangement = Arrangement.from_table(rows)
    assert count_regions(arrangement, engine=engine) == count_by_deletion(arrangement.normals)


@given(st.lists(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), min_size=1, max_size=6))
def test_raw_floats(table):
    arrangement = Arrangement.from_table(np.array(table))
    assert count_regions(arrangement) == count_by_deletion(arrangement.normals)


def test_doubt_goes_to_exact_arithmetic():
    statistics = Statistics()
    arrangement = Arrangement.from_table(NUMERIC["1e-40 apart"][0])
    cells = list(iter_regions(arrangement, engine="lp", statistics=statistics))
    assert statistics.exact_lps > 0
    assert len(cells) == count_by_deletion(arrangement.normals)


@EVERY_ENGINE
@pytest.mark.parametrize(
    ("table", "offsets"),
    [
        pytest.param([[1, 0, 0], ["2e-309", 0, 1]], None, id="subnormal rate"),
        pytest.param([[1], ["1e-30"], [1]], ["-3e200", "1e-300", 0], id="infinite step"),
        pytest.param(
            [[-1, -1, "1e200"], ["1e280", 0, 0], ["2e150", "1e150", "1e280"], [1, "2e300", "1e200"]],
            ["-1e300", "-1e-300", 1, 2],
            id="infinite multiple of a point",
        ),
        pytest.param([[7]], ["7e5000"], id="5000 digits"),
        pytest.param([["-3e1500", 0], ["-1e-1500", 0]], [1, "-3e1500"], id="product of 4500 digits"),
    ],
)
def test_beyond_floating_point(engine, table, offsets):
    arrangement = Arrangement.from_table(table, offsets)
    count = count_by_deletion(arrangement.homogeneous, arrangement.infinity)
    assert count_regions(arrangement, engine=engine) == count
