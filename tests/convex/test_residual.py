"""Skips as neurons: the network without skips answers as the one with them, exactly, for any rational weights."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from convex.networks.network import Network, SubNetwork
from convex.networks.residual_network import Residual, as_parallel

ZERO = Fraction(0)
FEW = settings(max_examples=40)
weights = st.fractions(-4, 4, max_denominator=6)


def vectors(d):
    return st.one_of(st.just((ZERO,) * d), st.tuples(*[weights] * d))


@st.composite
def residuals(draw, most=3):
    """A network with skips, many of them zero, and rows to ask it; there may be no sub-network at all."""
    d = draw(st.integers(1, 3))
    parts = []
    for _ in range(draw(st.integers(0, most))):
        first = draw(st.lists(vectors(d), min_size=1, max_size=3))
        second = draw(st.tuples(*[weights] * len(first)))
        parts.append(SubNetwork(tuple(first), second, draw(weights)))
    inner = tuple(draw(vectors(d)) for _ in parts)
    x = draw(st.lists(st.tuples(*[weights] * d), min_size=1, max_size=6))
    return Residual(tuple(parts), inner, draw(vectors(d))), x


def outputs_in_floats(network, x):
    """A forward pass in numpy from the bare weights."""
    x = np.array(x, dtype=float)
    total = x @ np.array(network.outer, dtype=float)
    for part, skip in zip(network.blocks, network.inner, strict=True):
        hidden = np.maximum(x @ np.array(part.first, dtype=float).T, 0) @ np.array(part.second, dtype=float)
        total = total + float(part.output) * np.maximum(hidden + x @ np.array(skip, dtype=float), 0)
    return total


@FEW
@given(residuals())
def test_both_networks_answer_alike(case):
    network, x = case
    assert as_parallel(network).predict(x) == network.predict(x)


@FEW
@given(residuals())
def test_a_forward_pass_in_floats(case):
    network, x = case
    found = [float(value) for value in as_parallel(network).predict(x)]
    np.testing.assert_allclose(found, outputs_in_floats(network, x), rtol=1e-9, atol=1e-9)


@FEW
@given(residuals())
def test_a_skip_is_two_neurons_or_two_subnetworks_and_a_zero_skip_is_nothing(case):
    network, _ = case
    parallel = as_parallel(network).subnetworks
    added = len(parallel) - len(network.blocks)
    assert added == (2 if any(network.outer) else 0)
    for part, skip, plain in zip(parallel, network.inner, network.blocks, strict=False):
        assert part.width == plain.width + (2 if any(skip) else 0)
        assert (part.first[: plain.width], part.second[: plain.width], part.output) == (
            plain.first, plain.second, plain.output,
        )  # fmt: skip
    assert all(part.width == 1 for part in parallel[len(network.blocks) :])


@FEW
@given(residuals(most=0))
def test_without_subnetworks_the_outer_skip_is_a_linear_map(case):
    network, x = case
    expected = tuple(sum((c * value for c, value in zip(network.outer, row, strict=True)), ZERO) for row in x)
    assert network.predict(x) == as_parallel(network).predict(x) == expected


@FEW
@given(residuals())
def test_without_skips_the_network_is_the_same(case):
    network, _ = case
    zeros = tuple((ZERO,) * len(a) for a in network.inner)
    bare = Residual(network.blocks, zeros, (ZERO,) * len(network.outer))
    assert as_parallel(bare) == Network(network.blocks)


@FEW
@given(residuals(), weights)
def test_an_outer_skip_is_linear(case, t):
    """Outer skips are homogeneous in both directions, which no sum of ReLUs of one sign is."""
    network, x = case
    alone = as_parallel(Residual((), (), network.outer))
    scaled = [tuple(t * value for value in row) for row in x]
    assert alone.predict(scaled) == tuple(t * value for value in alone.predict(x))
