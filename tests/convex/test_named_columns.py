"""Names of pandas stay with a problem, and change nothing else."""

import pytest

from arrangements import Arrangement
from convex import Problem

pandas = pytest.importorskip("pandas")
FRAME = pandas.DataFrame({"height": ["0.5", "1/3"], 7: [1, -2]}, index=[5, 2])
HITS = pandas.Series([1, -1], name="hit", index=[5, 2])


def test_names_are_kept_and_handed_on():
    problem = Problem.read(FRAME, HITS, "0.1")
    assert (problem.columns, problem.target) == (("height", "7"), "hit")
    assert (problem.with_beta(1).columns, problem.with_beta(1).target) == (("height", "7"), "hit")
    other = problem.with_targets(pandas.Series([0, 1], name="miss"))
    assert (other.columns, other.target, other.y) == (("height", "7"), "miss", (0, 1))
    assert problem.with_targets([0, 1]).target is None


def test_names_are_no_part_of_the_problem():
    problem = Problem.read([["0.5", 1], ["1/3", -2]], [1, -1], "0.1")
    assert (problem.columns, problem.target) == (None, None)
    assert problem == Problem.read(FRAME, HITS, "0.1")
    assert hash(problem) == hash(Problem.read(FRAME, HITS, "0.1"))


def test_an_arrangement_has_no_names():
    assert Arrangement.from_table(FRAME) == Arrangement.from_table([["0.5", 1], ["1/3", -2]])
    assert Arrangement.from_table(FRAME, HITS) == Arrangement.from_table([["0.5", 1], ["1/3", -2]], [1, -1])


def test_a_series_without_a_name():
    assert Problem.read(FRAME, pandas.Series([1, 2]), 1).target is None
    assert Problem.read(FRAME.to_numpy(), [1, 2], 1).columns is None
