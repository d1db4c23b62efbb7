"""The two steps of section 2.1 once more: sixty digits, and pairs by linear programs."""

from collections import defaultdict
from math import comb

import mpmath
import numpy as np
import pytest
from support.plain_programs import listed, numbers, plain

from multilayer.claims.tables import gaussian

R_STEP, P3_STEP = "Section 2.1, P'_2", "Section 2.1, P_3 from P_2"


def test_the_closed_form_increases_up_to_n_in_sixty_digits():
    with mpmath.workdps(60):
        f = lambda n, x: 2 * x * (mpmath.e * (n - 1) / x) ** x  # noqa: E731
        steps = [(n, x) for n in range(2, 41) for x in range(1, n)]
        assert all(f(n, x) < f(n, x + 1) for n, x in steps)
        assert all(f(n, x + 1) / f(n, x) > mpmath.mpf(n - 1) / x for n, x in steps)
        assert f(2, 3) < f(2, 2)
        assert f(1, 1) == 0
    assert len(steps) in numbers(R_STEP)


def matrix(rows, neurons):
    masks = [(np.array(mask) > 0, sign) for mask, sign in neurons]
    return np.hstack([sign * active[:, None] * np.array(rows) for active, sign in masks])


def test_cells_of_product_cones_by_their_rank():
    rows = plain(gaussian(5, 2, 0, "1"))[0]
    cells, most = defaultdict(int), defaultdict(int)
    for neurons, _, _ in listed(rows, 2):
        cells[neurons] += 1
    for neurons, count in cells.items():
        low = int(np.linalg.matrix_rank(matrix(rows, neurons)))
        most[low] = max(most[low], count)
    assert set(most) == {1, 2, 3, 4}
    assert set(most.values()) <= numbers(R_STEP)
    assert all(count <= 2 * sum(comb(4, k) for k in range(low)) for low, count in most.items())


@pytest.mark.parametrize("width", [1, 2])
def test_tuples_of_each_mask(width):
    rows = plain(gaussian(5, 2, 0, "1"))[0]
    tuples, maps = defaultdict(set), defaultdict(set)
    for neurons, s, _ in listed(rows, width):
        mask = tuple(int(value >= 0) for value in s)
        tuples[mask].add(frozenset(neurons))
        maps[mask].add((np.array(mask)[:, None] * matrix(rows, neurons)).tobytes())
    sizes = sorted(map(len, tuples.values()))
    assert {len(tuples), sizes[0], sizes[-1], max(map(len, maps.values()))} <= numbers(P3_STEP)
    assert sizes[-1] > 1


def test_the_order_of_the_product_by_logarithms():
    def sum_of(n, k):
        return 2 * sum(comb(n - 1, j) for j in range(k))

    def product(n):
        pairs = sum(sum_of(n * (6 - 2**p - 2 ** (2 - p) + 1), 4) for p in range(3))
        return mpmath.mpf(sum_of(n, 8) * (2 * pairs) ** 2)

    order = float(mpmath.log10(product(10**10) / product(10**9)))
    assert order == pytest.approx(13, abs=1e-6)
    assert {13, 8} <= numbers(P3_STEP)
