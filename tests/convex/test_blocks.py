"""Blocks: a linear map that is the network itself, on a cone that is the whole cell."""

import numpy as np
import pytest
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian, solved

from arrangements import FirstLayer
from convex import INTERPRETATIONS, iter_blocks

CASES = [(FOUR_ROWS, 1), (FOUR_ROWS, 2), (XOR, 1), (gaussian(4, 2, 3, "0.1"), 3)]
CASES += [(problem, 2) for problem in DEGENERATE.values()]


def exact(problem):
    """Integer rows, as Python numbers."""
    return np.array(problem.integers[0], dtype=object)


def forward(block, w, x):
    """Masks and pre-activations of the second layer, and output, as a network computes them."""
    hidden = x @ w.T
    outputs = np.array([sign for _, sign in block.pair.neurons], dtype=object)
    u = np.maximum(hidden, 0) @ outputs
    return np.sign(hidden), np.sign(u), block.output * np.maximum(u, 0)


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_the_map_is_the_network_at_the_witness(problem, width):
    x = exact(problem)
    for block in solved(problem, width).blocks:
        w = np.array(block.pair.witness, dtype=object)
        _, s, f = forward(block, w, x)
        assert tuple(s) == block.pair.signs
        assert list(np.einsum("mi,mi->i", block.effect.astype(object), w @ x.T)) == list(f)
        assert (np.einsum("cmi,mi->c", block.constraints.astype(object), w @ x.T) > 0).all()


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_the_walls_are_enough(problem, width):
    """Integer weights strictly inside the walls have the signs of the block; and every weight is inside some block."""
    x, rng = exact(problem), np.random.default_rng(0)
    blocks = solved(problem, width).blocks
    size = max(abs(value) for row in x.tolist() for value in row)
    m, d = len(blocks[0].pair.neurons), x.shape[1]
    for _ in range(60):
        w = rng.integers(-9, 10, (m, d)).astype(object)
        w = w * int(size) + rng.integers(-9, 10, (m, d)).astype(object)
        hidden = w @ x.T
        homes = {}
        for block in blocks:
            if (np.einsum("cmi,mi->c", block.constraints.astype(object), hidden) > 0).all():
                masks, s, f = forward(block, w, x)
                home = forward(block, np.array(block.pair.witness, dtype=object), x)
                assert (masks == home[0]).all()
                assert (s == home[1]).all()
                assert list(np.einsum("mi,mi->i", block.effect.astype(object), hidden)) == list(f)
                key = block.pair.neurons, block.output
                assert key not in homes
                homes[key] = block


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("reading", INTERPRETATIONS)
@pytest.mark.parametrize("problem", [FOUR_ROWS, *DEGENERATE.values()])
def test_every_reading_has_true_maps(problem, reading, width):
    layer, x = FirstLayer.of(problem.arrangement), exact(problem)
    seen = set()
    for block in iter_blocks(layer, width, reading):
        w = np.array(block.pair.witness, dtype=object)
        assert list(np.einsum("mi,mi->i", block.effect.astype(object), w @ x.T)) == list(forward(block, w, x)[2])
        assert (block.pair, block.output) not in seen
        seen.add((block.pair, block.output))
    assert seen
