"""Remark 3's independent draws once more: combinations by linear programs, the programs over drawn ones in cvxpy."""

from itertools import product

import numpy as np
import pytest
from support.plain_programs import blocks_of, listed, numbers, plain, possible, program

from multilayer.claims.tables import gaussian, solved

NAME = "Remark 3, independent"
ROWS, Y, BETA = plain(gaussian(5, 2, 0, "0.02"))
X = np.array(ROWS)


def walls_of(neurons, mask):
    """The cone of a combination, and whether it has a point inside."""
    unit, lost = np.eye(len(neurons)), False
    walls = [np.outer(unit[j], s * x) for j, (d, _) in enumerate(neurons) for s, x in zip(d, X, strict=True)]
    for i, bit in enumerate(mask):
        active = [sign * (d[i] > 0) for d, sign in neurons]
        if any(active):
            walls.append((2 * bit - 1) * np.outer(active, X[i]))
            lost |= {1, -1} - set(active) == {2 * bit - 1}  # all active neurons have the other sign
    return walls, not lost and possible([wall.ravel() for wall in walls])


def test_all_combinations_by_linear_programs():
    pairs = listed(ROWS, 2)
    tuples = {neurons for neurons, _, _ in pairs}
    masks = {tuple(int(value >= 0) for value in s) for _, s, _ in pairs}
    feasible = sum(walls_of(neurons, mask)[1] for neurons, mask in product(tuples, masks))
    assert {len(tuples) * len(masks), feasible, len(pairs)} <= numbers(NAME)
    assert len(pairs) < feasible < len(tuples) * len(masks) / 4


def draw(rng):
    """Six sub-networks of two different active neurons: masks in signs, and 1[u >= 0]."""
    x, found = np.array(gaussian(5, 2, 0, "0.02").arrangement.normals, dtype=object), []
    while len(found) < 6:
        w = np.rint(rng.standard_normal((2, 2)) * 2**20).astype(int).astype(object)
        outputs = rng.choice([-1, 1], 2)
        z = x @ w
        neurons = frozenset((tuple(int(np.sign(v)) for v in z[:, j]), int(outputs[j])) for j in range(2))
        if len(neurons) == 2 and all(1 in mask for mask, _ in neurons):
            found.append((tuple(sorted(neurons)), tuple(int(v >= 0) for v in np.where(z > 0, z, 0) @ outputs)))
    return found


def value(combinations):
    blocks = blocks_of([(neurons, np.where(mask, 1, -1), walls_of(neurons, mask)[0]) for neurons, mask in combinations])
    return program(ROWS, Y, BETA, blocks)[0]


@pytest.mark.parametrize("seed", [3, 15])
def test_programs_over_drawn_combinations_and_pairs(seed):
    rng = np.random.default_rng(seed)
    own, others = draw(rng), draw(rng)
    combined = list(product({neurons for neurons, _ in own}, {mask for _, mask in others}))
    apart, together = value(combined), value(set(own))
    assert abs(apart - together) > 0.01
    assert min(apart, together) >= float(solved(gaussian(5, 2, 0, "0.02")).lower) * (1 - 1e-6)
    inside = sum(walls_of(neurons, mask)[1] for neurons, mask in combined)
    assert {inside, len(combined)} <= numbers(NAME)
    for found in (apart, together):
        assert any(abs(found - shown) <= 1e-6 for shown in numbers(NAME))
