"""Floats propose, integers decide: whatever is proposed, the bound is true."""

from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from support.problems import FOUR_ROWS, XOR, gaussian, solved

from convex.listed.block_pricing import best_multipliers
from convex.proofs.weak_duality import dual_value, lower_bound

CASES = [(FOUR_ROWS, 1), (FOUR_ROWS, 2), (XOR, 1), (gaussian(4, 2, 3, "0.1"), 2)]
cases = st.sampled_from(CASES)
finite = st.floats(allow_nan=False, allow_infinity=False)
STEP = Fraction(1, 2**64)


def zeros(blocks):
    return [np.zeros(len(block.constraints)) for block in blocks]


def answer(problem, blocks, v):
    """The largest max_j ||g_j||^2 with zero multipliers, slowly."""
    return max(
        sum(sum(int(e[i]) * v[i] * problem.x[i][k] for i in range(len(v))) ** 2 for k in range(len(problem.x[0])))
        for block in blocks
        for e in block.effect
    )


@pytest.mark.parametrize(("problem", "width"), CASES)
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_zero_multipliers_by_plain_fractions(problem, width, size):
    blocks = solved(problem, width).blocks
    for v in size * np.random.default_rng(0).standard_normal((3, len(problem.x))):
        proof = lower_bound(problem, blocks, v, zeros(blocks))
        shrink = proof.v[0] / Fraction(v[0])
        assert proof.v == tuple(shrink * Fraction(value) for value in v)
        assert proof.value == sum(a * b - a * a / 2 for a, b in zip(proof.v, problem.y, strict=True))
        largest = answer(problem, blocks, [Fraction(value) for value in v])
        assert shrink**2 * largest <= problem.beta**2
        assert shrink == 1 or (shrink + STEP) ** 2 * largest > problem.beta**2


@given(cases, st.data())
def test_any_proposal_gives_a_true_bound(case, data):
    problem, width = case
    blocks, n = solved(problem, width).blocks, len(problem.x)
    v = data.draw(arrays(np.float64, n, elements=finite))
    some = data.draw(arrays(np.float64, 60, elements=finite))
    multipliers = [np.resize(np.roll(some, k), len(block.constraints)) for k, block in enumerate(blocks)]
    proof = lower_bound(problem, blocks, v, multipliers)
    assert proof.value == dual_value(problem, proof.v) <= solved(problem, width).upper
    assert all(value >= 0 for part in proof.multipliers for value in part)


@settings(max_examples=25)
@given(cases, st.lists(st.floats(-3, 3), min_size=5, max_size=5), st.floats(-1e-3, 1e-3))
def test_good_proposals_stay_true(case, direction, distance):
    """Close to the optimum, where a wrong proof would show."""
    problem, width = case
    solution = solved(problem, width)
    v = np.array([float(value) for value in solution.proof.v]) + distance * np.array(direction[: len(problem.x)])
    multipliers, _ = best_multipliers(problem, solution.blocks, v, zeros(solution.blocks))
    proof = lower_bound(problem, solution.blocks, v, multipliers)
    assert proof.value <= solution.upper


@pytest.mark.parametrize("bad", [nan, inf, -inf])
def test_no_number_is_an_error(bad):
    blocks = solved(FOUR_ROWS, 2).blocks
    with pytest.raises((ValueError, OverflowError), match="cannot convert"):
        lower_bound(FOUR_ROWS, blocks, np.array([1.0, bad, 0, 0]), zeros(blocks))


@pytest.mark.parametrize("bad", [nan, inf])
def test_no_multiplier_is_an_error(bad):
    blocks = solved(FOUR_ROWS, 2).blocks
    with pytest.raises((ValueError, OverflowError), match="cannot convert"):
        lower_bound(FOUR_ROWS, blocks, np.ones(4), [np.full(len(block.constraints), bad) for block in blocks])


def test_wrong_lengths_are_errors():
    blocks = solved(FOUR_ROWS, 2).blocks
    for v, multipliers in [
        (np.ones(3), zeros(blocks)),
        (np.ones(1), zeros(blocks)),
        (np.ones(4), zeros(blocks)[:-1]),
        (np.ones(4), [np.ones(1)] * len(blocks)),
    ]:
        with pytest.raises(ValueError, match=r"shape|zip"):
            lower_bound(FOUR_ROWS, blocks, v, multipliers)


def test_nothing_proposed_proves_zero():
    blocks = solved(FOUR_ROWS, 2).blocks
    assert lower_bound(FOUR_ROWS, blocks, np.zeros(4), zeros(blocks)).value == 0
