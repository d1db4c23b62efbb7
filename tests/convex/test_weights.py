"""Weights of rows: a row of weight k is k equal rows, and a common factor of weights and beta is one of the optimum."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.problems import agree, gaussian, problems, with_loss

from arrangements.errors import InputError
from convex import (
    Problem,
    certificate_json,
    read_loss,
    solve,
    solve_full_program,
    solve_outputs,
    solve_path,
    train_by_gradients,
)
from convex.heuristics.balanced_networks import Parts, objective
from convex.heuristics.multistart import local_search
from convex.heuristics.sampled_blocks import solve_sampled
from convex.listed.interpretations import interpretation_values
from convex.networks.network import Network
from convex.problem.total_loss import TotalLoss
from convex.solving.certified_solve import first_layer_bound
from convex.solving.row_norms import norm_bound
from convex.solving.shor_relaxation import semidefinite_bound

LOSSES = ("squared", "huber:1/2", "hinge", "logistic")
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES)
FEW = settings(max_examples=8)
MOST = 3  # weight in the properties
counts = st.lists(st.integers(1, MOST), min_size=4, max_size=4)


def weighted(problem, weights):
    return replace(problem, weights=tuple(map(Fraction, weights))[: len(problem.x)])


def repeated(problem, weights):
    """The same with rows repeated instead, those of weight 0 left out."""
    places = [i for i, k in enumerate(weights[: len(problem.x)]) for _ in range(k)]
    return replace(problem, x=tuple(problem.x[i] for i in places), y=tuple(problem.y[i] for i in places))


def four_rows(loss, weights=("1/2", 3, "0.1", 2)):
    y = [1, -1, 1, 1] if loss in ("hinge", "logistic") else [1, -1, "0.5", 2]
    return Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], y, "0.05", loss, weights=weights)


@EVERY_LOSS
@FEW
@given(problem=problems(rows=4), weights=counts, width=st.sampled_from([1, 2, None]))
def test_a_row_of_weight_k_is_k_rows(loss, problem, weights, width):
    problem = with_loss(problem, loss)
    one, other = solve(weighted(problem, weights), width), solve(repeated(problem, weights), width)
    assert one.status == other.status == "optimal"
    assert agree(one, other)
    assert one.network.objective(one.problem) == one.network.objective(other.problem) or loss == "logistic"


@EVERY_LOSS
@FEW
@given(problem=problems(rows=4), weights=counts, factor=st.sampled_from(["1/3", "7", "1/1000"]))
def test_a_common_factor_of_weights_and_beta_is_one_of_the_optimum(loss, problem, weights, factor):
    problem, c = weighted(with_loss(problem, loss), weights), Fraction(factor)
    other = replace(problem, weights=tuple(c * w for w in problem.weights), beta=c * problem.beta)
    assert agree(solve(problem, 2), solve(other, 2), c)


@EVERY_LOSS
@pytest.mark.parametrize("power", [-300, 7, 2000])
def test_a_common_factor_that_is_a_power_of_two_changes_no_digit(loss, power):
    problem, c = four_rows(loss), Fraction(2) ** power
    if power == 2000 and loss == "squared":
        problem = problem.with_targets([0, -1, 2, 1])
    other = replace(problem, weights=tuple(c * w for w in problem.weights), beta=c * problem.beta)
    one, two = solve(problem, 2), solve(other, 2)
    assert one.network == two.network
    assert (c * one.upper, c * one.lower) == (two.upper, two.lower)


@EVERY_LOSS
@FEW
@given(problem=problems(rows=3), weights=counts, width=st.integers(1, 2))
def test_the_program_over_all_pairs_by_cvxpy(loss, problem, weights, width):
    problem = weighted(with_loss(problem, loss), weights)
    full = solve_full_program(problem, width)
    assert full.relative_gap < 1e-4
    assert agree(full, solve(problem, width))
    assert agree(full, solve_full_program(repeated(replace(problem, weights=None), weights), width))


@EVERY_LOSS
@given(
    st.fractions(-3, 3, max_denominator=8),
    st.fractions(-3, 3, max_denominator=8),
    st.fractions("1/8", 5, max_denominator=8),
)
def test_weak_duality_of_a_row(loss, f, v, w):
    y = (Fraction(1),)
    total = TotalLoss(read_loss(loss), y, (w,))
    (inside,) = total.clip((v,))
    assert total.clip((inside,)) == (inside,)
    assert total.dual((inside,)) <= total.value((f,)) + inside * f
    slope = Fraction(float(total.slopes(np.array([float(f)]))[0]))
    (at_f,) = total.clip((-slope,))
    assert float(total.value((f,)) + at_f * f - total.dual((at_f,))) == pytest.approx(0, abs=1e-9)


@EVERY_LOSS
def test_floats_of_the_loss_are_those_of_repeated_rows(loss):
    plain, weights = replace(four_rows(loss), weights=None), [1, 3, 2, 1]
    places = [i for i, k in enumerate(weights) for _ in range(k)]
    one, other = weighted(plain, weights).total_loss, repeated(plain, weights).total_loss
    f = np.array([0.25, -2.0, 1.5, 0.75])
    assert one.values(f).sum() == pytest.approx(other.values(f[places]).sum())
    sums = [other.slopes(f[places])[[j for j, i in enumerate(places) if i == k]].sum() for k in range(4)]
    assert one.slopes(f) == pytest.approx(sums)
    parts = Parts(np.array([[[0.5, 1.0]], [[1.0, -0.25]]]), np.ones((2, 1)), np.array([1.0, -1.0]))
    for t in (0.0, 0.1):
        (a, slope), (b, wanted) = (
            objective(weighted(plain, weights), parts, t),
            objective(repeated(plain, weights), parts, t),
        )
        assert a == pytest.approx(b)
        assert slope == pytest.approx(wanted)


@EVERY_LOSS
def test_a_path_over_beta(loss):
    plain, weights = replace(four_rows(loss), weights=None), [1, 3, 2, 1]
    ways = weighted(plain, weights), repeated(plain, weights)
    one, other = (solve_path([problem], 2, ("0.05", "0.5"), tolerance="0.01") for problem in ways)
    assert one.complete
    assert other.complete
    for beta in ("0.05", "0.07", "0.2", "0.41", "0.5"):
        assert one.lower_at(beta) <= other.upper_at(beta)
        assert other.lower_at(beta) <= one.upper_at(beta)
    assert one.idle == other.idle or loss == "logistic"


@EVERY_LOSS
def test_heuristics_give_upper_bounds(loss):
    problem = four_rows(loss)
    known = solve(problem, 2)
    for found in (local_search(problem, 2, restarts=3), solve_sampled(problem, 2, 50)):
        network = found.network
        upper = found.objective if hasattr(found, "objective") else found.upper
        assert upper == network.objective(problem) >= known.lower
        assert upper < Network(()).objective(problem)
    assert first_layer_bound(problem).value <= known.upper
    assert interpretation_values(problem, 1)["tuples"] == pytest.approx(float(solve(problem, 1).upper), rel=1e-6)


def test_bounds_without_regions():
    plain, weights = gaussian(6, 2, 1, "0.3"), [1, 3, 2, 1, 2, 1]
    one, other = weighted(plain, weights), repeated(plain, weights)
    assert norm_bound(one).value == norm_bound(other).value > 0
    assert norm_bound(one).penalty == norm_bound(other).penalty
    assert norm_bound(one).value == one.total_loss.dual(norm_bound(one).v)
    known = solve(one, None)
    found = semidefinite_bound(one)
    assert norm_bound(one).value < found.value <= known.upper
    assert found.value == one.total_loss.dual(found.v)
    assert float(found.value) == pytest.approx(float(semidefinite_bound(other).value), rel=1e-5)


def test_several_outputs_have_the_same_weights():
    problem = four_rows("squared")
    other = problem.with_targets([0, 1, "-3/2", 1])
    assert other.weights == problem.weights == problem.with_beta(1).weights
    joint = solve_outputs([problem, other], 2)
    assert joint.upper == solve(problem, 2).upper + solve(other, 2).upper
    mixed = [problem, replace(other, weights=None)]
    with pytest.raises(InputError, match="the same rows, weights, beta and loss"):
        solve_outputs(mixed, 2)
    with pytest.raises(InputError, match="the same rows, weights, beta"):
        certificate_json([solve(each, 1) for each in mixed], "a test")


def test_weights_are_read_exactly_and_ones_are_none():
    read = Problem.read([[1], [2]], [1, 1], 1, weights=["0.1", "1/3"])
    assert read.weights == (Fraction(1, 10), Fraction(1, 3))
    ones = Problem.read([[1], [2]], [1, 1], 1, weights=[1, "1.0"])
    assert ones.weights is None
    assert ones == Problem.read([[1], [2]], [1, 1], 1) != read


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1, 0], r"^the weight of row 2 is 0; it must be above 0 \(leave out a row of weight 0\)"),
        (["-1/3", 1], "^the weight of row 1 is -1/3; it must be above 0"),
        ([1], "^there are 1 weights for 2 rows; give one for each row"),
        ([2, 2, 2], "^there are 3 weights for 2 rows"),
        ([1, "nan"], "weight 2"),
        ([1, float("inf")], "weight 2"),
        ([1, "a lot"], "weight 2"),
    ],
)
def test_weights_that_are_refused(weights, reason):
    with pytest.raises(InputError, match=reason):
        Problem.read([[1], [2]], [1, 1], 1, weights=weights)


def test_a_problem_is_not_made_with_wrong_weights():
    one = Fraction(1)
    for weights in ((one,), (one, -one), (one, 0 * one), [one, one], (1, 2)):
        with pytest.raises(InputError):
            Problem(((one,), (one,)), (one, one), one, weights=weights)


def test_weights_out_of_the_reach_of_floating_point():
    far = Problem.read([[1], [2]], [1, 1], 1, weights=["1e-200", 1])
    with pytest.raises(
        InputError, match=r"^the weight of row 1 is 1e-200, less than 2\^-500 times the largest, 1 in row 2"
    ):
        solve(far, 1)
    near = Problem.read([[1, 2], [2, 1]], [1, -1], "0.1", weights=["1e-9", 1])
    assert solve(near, 1).status == "optimal"


@FEW
@given(problems(rows=3), counts, st.fractions("1/100", 1))
def test_the_optimum_grows_with_a_weight(problem, weights, more):
    heavier = [weights[0] + more, *weights[1:]]
    assert solve(weighted(problem, weights), 1).lower <= solve(weighted(problem, heavier), 1).upper


@EVERY_LOSS
def test_gradients(loss):
    pytest.importorskip("torch")
    problem = four_rows(loss)
    known = solve(problem, 2)
    found = train_by_gradients(problem, 2, steps=300, seed=1)
    assert known.lower <= found.objective <= known.upper * Fraction(11, 10)
