"""Values that are no problem, network or model are refused where they are made, not where they are used."""

from fractions import Fraction

import numpy as np
import pytest

from arrangements import Arrangement, InputError
from convex import Network, Problem, SubNetwork, TrainedModel, solve

ONE = Fraction(1)
REFUSED = [
    (lambda: Problem(((1.5, 2),), (1.5,), ONE), r"^\(1\.5, 2\) is no tuple of fractions; read a Problem"),
    (lambda: Problem(((ONE, ONE),), (1.5,), ONE), r"^\(1\.5,\) is no tuple of fractions"),
    (lambda: Network(5), r"^5 is no tuple of sub-networks"),
    (lambda: Network((5,)), r"^\(5,\) is no tuple of sub-networks"),
    (lambda: SubNetwork(((1, 2),), (1,), 1.5), r"^a SubNetwork holds two tuples and a rational number"),
    (lambda: SubNetwork(((1, 2),), (1, 2), 1), r"^a SubNetwork has 1 first-layer neurons and 2 weights"),
    (lambda: SubNetwork(((1.5, 2),), (ONE,), ONE), r"^the weights \(1\.5, 2\) of a SubNetwork"),
    (lambda: TrainedModel(()), r"^the networks of a model are \(\)"),
    (lambda: TrainedModel((5,)), r"^the networks of a model are \(5,\)"),
    (lambda: Arrangement((), None, -1), r"^the dimension is -1; it must be an integer of at least 0"),
    (lambda: Arrangement.from_table([[np.timedelta64(1, "s"), 1]]), r"^row 1, column 1: .* is not a finite number"),
    (lambda: solve(Problem.read([[1]], [1], 1), 1, seconds="1"), r"^seconds is '1'; it must be a number above 0"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_truth_values_of_an_estimator():
    """2 is no truth value; more of `verbose` than 1 is allowed, as elsewhere."""
    estimators = pytest.importorskip("multilayer.estimators")
    x, y = [[1.0], [-1.0], [2.0]], [1.0, 1.0, 2.0]
    for name in ("fit_bias", "warm_start"):
        with pytest.raises(InputError, match=f"^{name} is 2; it must be True or False, 1 or 0"):
            estimators.ConvexReLURegressor(width=1, **{name: 2}).fit(x, y)
    assert estimators.ConvexReLURegressor(width=1, fit_bias=0).fit(x, y).upper_ > 0
