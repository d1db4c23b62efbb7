"""Names of pandas stay with a problem, and change nothing else."""

from fractions import Fraction

import pytest

from arrangements import Arrangement
from arrangements.errors import InputError
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


def model(*columns):
    """A network that gives twice its first column plus its second, of positive rows."""
    network = Network((SubNetwork(((Fraction(2), Fraction(1)),), (Fraction(1),), Fraction(1)),))
    return TrainedModel((network,), columns=columns or None)


def test_a_network_finds_the_columns_of_a_frame_by_name():
    frame = pandas.DataFrame({"a": [1, 3], "b": [10, 5]})
    assert model("a", "b").predict(frame) == ((12,), (11,))
    assert model("a", "b").predict(frame[["b", "a"]]) == ((12,), (11,))
    assert model("a", "b").predict(frame[["b", "a"]].to_numpy()) == ((21,), (13,))
    assert model().predict(frame[["b", "a"]]) == ((21,), (13,))
    assert model("a", "b").predict(pandas.DataFrame([[1, 10], [3, 5]])) == ((12,), (11,))
    assert model("1", "0").predict(pandas.DataFrame([[1, 10], [3, 5]])) == ((21,), (13,))
    assert model("column 1", "column 2").predict(frame) == ((12,), (11,))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["q", "z"], "missing: 'a', 'b'; surplus: 'q', 'z'"),
        (["a"], "missing: 'b'"),
        (["a", "b", "y"], "surplus: 'y'"),
        (["A", "b"], "missing: 'a'; surplus: 'A'"),
    ],
)
def test_a_frame_of_other_columns_is_refused(columns, message):
    frame = pandas.DataFrame([list(range(1, len(columns) + 1))], columns=columns)
    with pytest.raises(InputError, match=message):
        model("a", "b").predict(frame)
