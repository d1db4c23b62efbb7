"""The table of depth against single solves, known optima, and a two-layer solver of its own."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize

from arrangements import InputError
from convex import Problem, solve
from convex.solving.depth_gain import depth_table, saving_bounds

X = [[1, 2], [2, -1], [-1, 3], [-2, -1]]
Y = [1, -1, "0.5", 2]
WIDTHS = (1, 2, 3, None)


def outputs(x=X, *columns):
    return [Problem.read(x, y, 1) for y in columns or [Y]]


def test_entries_are_intervals_of_the_single_solves():
    for row in depth_table(outputs(), ["0.5", "0.05"], WIDTHS):
        for entry in row.widths:
            alone = solve(Problem.read(X, Y, row.beta), entry.width)
            assert entry.lower <= alone.upper
            assert alone.lower <= entry.upper
            assert entry.upper - entry.lower <= Fraction(1, 10**7) * entry.upper
            assert 0 <= entry.saving[0] <= entry.saving[1] < 1
        assert row.two_layer == (row.widths[0].lower, row.widths[0].upper)
        assert all(a.lower >= b.lower and a.upper >= b.upper for a, b in pairwise(row.widths))
        assert not row.limited


def test_known_optima():
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((6, 2)), rng.standard_normal(6)
    (row,) = depth_table(outputs(x, y), ["0.01"], [2, None])
    assert [entry.width for entry in row.widths] == [2, None]
    assert float(row.two_layer[0]) == pytest.approx(0.19930407, abs=5e-9)
    assert [float(entry.upper) for entry in row.widths] == pytest.approx([0.14047288, 0.1363346], abs=5e-9)
    assert [entry.helps for entry in row.widths] == [True, True]
    low, high = row.widths[0].saving
    assert low <= 1 - row.widths[0].upper / row.two_layer[1] <= high


def test_width_one_is_the_two_layer_optimum():
    """Gradient descent on the two-layer network with weight decay reaches P*(1), and nothing below it."""
    x, y, beta, neurons = np.array(X, float), np.array([1, -1, 0.5, 2]), 0.05, 6

    def objective(flat):
        first, second = flat[: 2 * neurons].reshape(2, neurons), flat[2 * neurons :]
        values = x @ first
        rest = np.maximum(values, 0) @ second - y
        back = np.outer(rest, second) * (values > 0)
        gradient = np.concatenate([(x.T @ back).ravel(), np.maximum(values, 0).T @ rest]) + beta * flat
        return rest @ rest / 2 + beta / 2 * flat @ flat, gradient

    rng = np.random.default_rng(0)
    found = min(minimize(objective, rng.standard_normal(3 * neurons), jac=True).fun for _ in range(40))
    (row,) = depth_table(outputs(), ["0.05"], [1])
    assert float(row.two_layer[0]) <= found + 1e-9
    assert found == pytest.approx(float(row.two_layer[0]), rel=1e-5)
    assert row.widths[0].helps is False


def test_helps_is_said_only_where_it_is_proven():
    helped, not_helped = (depth_table(outputs(), [beta], [2])[0].widths[0] for beta in ("0.05", "2"))
    assert (helped.helps, not_helped.helps) == (True, False)
    (undecided,) = depth_table(outputs(), ["0.05"], [2], limit=1)
    assert undecided.limited
    assert undecided.widths[0].helps is None
    low, high = undecided.widths[0].saving
    assert low <= helped.saving[0] <= helped.saving[1] <= high


def test_the_least_saving():
    """A saving below the least one is none only where it is not proven."""
    (row,) = depth_table(outputs(), ["0.05"], [2], least=Fraction(1, 2))
    assert row.widths[0].helps is True
    (row,) = depth_table(outputs(), ["2"], [2], least=Fraction(-1))
    assert row.widths[0].helps is None


def test_savings():
    f = Fraction
    assert saving_bounds((f(2), f(2)), (f(1), f(1))) == (f(1, 2), f(1, 2))
    assert saving_bounds((f(1), f(2)), (f(1), f(2))) == (0, f(1, 2))
    assert saving_bounds((f(0), f(0)), (f(0), f(0))) == (0, 0)
    assert saving_bounds((f(0), f(1)), (f(0), f(1))) == (0, 1)


def test_targets_of_zero_and_several_outputs():
    (row,) = depth_table(outputs(X, [0] * 4), ["1"], [2])
    assert row.widths[0].saving == (0, 0)
    assert row.widths[0].helps is False
    (both,) = depth_table(outputs(X, Y, [0] * 4), ["0.05"], [2])
    (one,) = depth_table(outputs(), ["0.05"], [2])
    assert float(both.widths[0].upper) == pytest.approx(float(one.widths[0].upper))


@pytest.mark.parametrize(("betas", "widths"), [([], [1]), (["1"], []), (["1"], [0]), (["0"], [1]), (["1", "x"], [1])])
def test_bad_input_before_any_work(betas, widths, monkeypatch):
    monkeypatch.setattr("convex.solving.depth_gain.solve_outputs", None)
    with pytest.raises(InputError):
        depth_table(outputs(), betas, widths)
