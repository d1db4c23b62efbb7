"""Names of pandas stay with a problem, and change nothing else."""

from dataclasses import replace
from fractions import Fraction

import pytest

from arrangements import Arrangement, InputError
from convex import Network, Problem, SubNetwork, TrainedModel

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


def test_a_model_takes_columns_by_their_names():
    part = SubNetwork(((Fraction(1, 2), Fraction(-1, 2)),), (Fraction(1),), Fraction(2))
    model = TrainedModel((Network((part,)),), columns=("a", "b"))
    frame = pandas.DataFrame({"a": [3, 1], "b": [1, 5]})
    assert model.predict(frame) == model.predict(frame[["b", "a"]]) == model.predict([[3, 1], [1, 5]]) == ((2,), (0,))
    for wrong in (frame.rename(columns={"b": "z"}), frame[["a"]], frame.assign(c=1)):
        with pytest.raises(InputError, match=r"the columns are 'a'.*; the network takes 'a', 'b'"):
            model.predict(wrong)
    unnamed = replace(model, columns=("column 1", "column 2"))
    assert unnamed.predict(frame) == replace(model, columns=None).predict(frame) == model.predict(frame)
