"""Proven values of program (12) in each interpretation: points inside every wall, objectives recomputed."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, gaussian, nothing, problems, solved

from arrangements import FirstLayer, InputError
from convex import (
    INTERPRETATIONS,
    InterpretationValue,
    Problem,
    interpretation_value,
    interpretation_values,
    iter_blocks,
)
from convex.listed.cvxpy_program import solve_program
from convex.listed.interpretations import feasible_point, objective_of_point
from convex.proofs.weak_duality import lower_bound

GENERIC = gaussian(4, 2, 1, "0.05")
TABLES = {"four rows": FOUR_ROWS, "shared block": SHARED_BLOCK} | DEGENERATE
INEXACT = Fraction(1, 10**6)


@cache
def valued(problem: Problem, width: int, interpretation: str) -> InterpretationValue:
    return interpretation_value(problem, width, interpretation)


@cache
def floats(problem: Problem, width: int) -> dict[str, float]:
    return interpretation_values(problem, width)


def value_of(x, y, beta, effects, weights):
    """The objective in floats, from outputs D_s sum_j D_j X w_j written as one matrix product a block."""
    x = np.array(x, dtype=float)
    added = [np.einsum("mi,ik,mk->i", e, x, np.array(w, float)) for e, w in zip(effects, weights, strict=True)]
    f = np.sum(added, axis=0)
    penalty = sum(np.linalg.norm(np.array(w, dtype=float), axis=1).sum() for w in weights)
    return ((f - np.array(y, dtype=float)) ** 2).sum() / 2 + float(beta) * penalty


def walls_of(problem, block, w):
    """The products of a rational point with every wall, sum_j sum_i G_ji x_i.w_j."""
    inner = [[sum(a * b for a, b in zip(row, neuron, strict=True)) for row in problem.x] for neuron in w]
    for wall in block.constraints.tolist():
        yield sum(g * u for line, us in zip(wall, inner, strict=True) for g, u in zip(line, us, strict=True))


@pytest.mark.parametrize("interpretation", INTERPRETATIONS)
@pytest.mark.parametrize(("name", "width"), [*((name, 2) for name in TABLES), ("four rows", 1), ("half-plane", 1)])
def test_the_interval_holds_the_value_in_floats(name, width, interpretation):
    problem = TABLES[name]
    value = valued(problem, width, interpretation)
    assert 0 <= value.lower <= value.upper <= nothing(problem)
    assert value.status == "optimal"
    near = Fraction(floats(problem, width)[interpretation])
    assert value.lower - INEXACT * max(value.upper, 1) <= near <= value.upper + INEXACT * max(value.upper, 1)


@pytest.mark.parametrize("interpretation", INTERPRETATIONS)
@pytest.mark.parametrize("width", [1, 2])
def test_generic_rows(width, interpretation):
    value, near = valued(GENERIC, width, interpretation), Fraction(floats(GENERIC, width)[interpretation])
    assert 0 <= value.lower <= near * (1 + INEXACT)
    assert near * (1 - INEXACT) <= value.upper <= nothing(GENERIC)
    assert value.lower >= near * (1 - INEXACT)


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("name", TABLES)
def test_tuples_meet_the_certified_optimum(name, width):
    solution, value = solved(TABLES[name], width), valued(TABLES[name], width, "tuples")
    assert max(solution.lower, value.lower) <= min(solution.upper, value.upper)


@pytest.mark.parametrize("name", TABLES)
def test_which_interpretation_is_above_which(name):
    """Separate is width 1; one block is between widths m and 2 m; a shared index has fewer blocks than tuples."""
    problem = TABLES[name]
    one, two = valued(problem, 1, "tuples"), valued(problem, 2, "tuples")
    for width in (1, 2):
        separate, block = valued(problem, width, "separate"), valued(problem, width, "shared-block")
        assert max(separate.lower, one.lower) <= min(separate.upper, one.upper)
        assert block.lower <= valued(problem, width, "tuples").upper
    assert two.lower <= valued(problem, 1, "shared-block").upper
    assert two.lower <= valued(problem, 2, "shared-index").upper
    assert two.lower <= one.upper


def test_one_block_costs_more_than_twice_the_width():
    """Of w+ and w- both masks are the same one, and a network of width 2 m may choose them apart."""
    problem = Problem.read([[0, -2], [1, 1], [1, -1], [1, -2]], [0, 0, 1, 0], "0.05")
    value = interpretation_value(problem, 1, "shared-block")
    assert solved(problem, 2).upper < value.lower
    assert value.upper < solved(problem, 1).lower


@pytest.mark.parametrize("interpretation", INTERPRETATIONS)
@pytest.mark.parametrize("name", ["fewer rows than columns", "zero rows with targets", "long and short rows"])
def test_points_are_inside_every_wall_and_near(name, interpretation):
    problem = TABLES[name]
    blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), 2, interpretation))
    proposed = solve_program(problem, blocks).weights
    points = feasible_point(problem, blocks, proposed)
    for block, w, near in zip(blocks, points, proposed, strict=True):
        assert all(isinstance(value, Fraction) for neuron in w for value in neuron)
        assert min(walls_of(problem, block, w), default=0) >= 0
        scale = np.abs(near).max()
        np.testing.assert_allclose(np.array(w, dtype=float), near, rtol=0, atol=1e-5 * max(scale, 1e-3))
    found = float(objective_of_point(problem, blocks, points))
    assert found == pytest.approx(value_of(problem.x, problem.y, problem.beta, [b.effect for b in blocks], points))


def test_a_point_far_outside_is_moved_in():
    blocks = list(iter_blocks(FirstLayer.of(FOUR_ROWS.arrangement), 2))
    blocks, rng = blocks[::3], np.random.default_rng(3)
    proposed = [rng.standard_normal((len(block.effect), 2)) for block in blocks]
    outside = 0
    for block, w, far in zip(blocks, feasible_point(FOUR_ROWS, blocks, proposed), proposed, strict=True):
        exact = [tuple(map(Fraction, neuron)) for neuron in far.tolist()]
        outside += min(walls_of(FOUR_ROWS, block, exact)) < 0
        assert min(walls_of(FOUR_ROWS, block, w)) >= 0
    assert outside > len(blocks) // 2


def test_a_point_that_is_feasible_stays():
    blocks = list(iter_blocks(FirstLayer.of(FOUR_ROWS.arrangement), 2))
    inside = [np.array(block.pair.witness, dtype=float) for block in blocks]
    points = feasible_point(FOUR_ROWS, blocks, inside)
    assert all((np.array(w, dtype=float) == near).all() for w, near in zip(points, inside, strict=True))


def test_zero_weights_cost_the_targets():
    blocks = list(iter_blocks(FirstLayer.of(FOUR_ROWS.arrangement), 2))
    points = feasible_point(FOUR_ROWS, blocks, [np.zeros(block.effect[:, :2].shape) for block in blocks])
    assert objective_of_point(FOUR_ROWS, blocks, points) == nothing(FOUR_ROWS)
    assert objective_of_point(FOUR_ROWS, [], []) == nothing(FOUR_ROWS)


@settings(max_examples=15)
@given(problems(), st.sampled_from(list(INTERPRETATIONS)), st.integers(1, 2))
def test_random_tables(problem, interpretation, width):
    value = interpretation_value(problem, width, interpretation)
    assert 0 <= value.lower <= value.upper <= nothing(problem)
    blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), width, interpretation))
    assert value.blocks == len(blocks)
    rough = lower_bound(problem, blocks, problem.floats[1], [np.zeros(len(block.constraints)) for block in blocks])
    assert rough.value <= value.upper


@pytest.mark.parametrize(("width", "interpretation"), [(2, "no such"), (0, "tuples"), (0, "separate")])
def test_errors(width, interpretation):
    with pytest.raises(InputError, match=r"unknown interpretation|width is 0"):
        interpretation_value(FOUR_ROWS, width, interpretation)
