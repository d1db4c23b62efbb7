"""A time in which the regions cannot be listed and proven complete is refused before any is listed."""

import numpy as np
import pytest

from arrangements.errors import LimitError
from convex.problem.losses import SQUARED
from convex.problem.training_problem import Problem
from multilayer.pipeline.learning import optimum
from multilayer.pipeline.learning.training import Training


def training(rows: int) -> Training:
    """Rows in the plane, no two of them parallel: twice as many regions."""
    x = [[1, k] for k in range(rows)]
    problem = Problem.read(x, np.arange(rows).tolist(), 1, SQUARED)
    return Training("tall", (problem,), ("y",), None, ("a", "b"), False, None)


def test_refused_with_what_is_known(monkeypatch, tmp_path):
    monkeypatch.setattr(optimum, "first_layer_of", None)  # nothing is listed
    request = optimum.Request.read("1", "1", "squared", "1e-8", 100, False)._replace(seconds=5)
    with pytest.raises(
        LimitError, match=r"^tall has 500 rows and 1000 regions, so 500000 signs .* limit of 120000 for"
    ):
        optimum.solve_training(training(500), request, tmp_path / "c.json", tmp_path / "n.json", str)


@pytest.mark.parametrize(
    ("rows", "seconds", "fits"), [(244, 1, True), (245, 1, False), (500, 50, True), (501, 50, False)]
)
def test_the_limit_grows_with_the_time(rows, seconds, fits):
    """2 n^2 signs: up to 120000 in any time, and up to 10000 a second."""
    if fits:
        optimum.check_time(training(rows), seconds)
    else:
        with pytest.raises(LimitError) as caught:
            optimum.check_time(training(rows), seconds)
        assert caught.value.at_least == 2 * rows**2
    optimum.check_time(training(rows), None)
