"""The benchmarks of certified solves, on toys: other solvers and what is wrong of their claims, growth, other code."""

import json
import subprocess
import sys
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from arrangements import FirstLayer, count_second_layer
from convex import Problem, solve

FOLDER = Path(__file__).parents[1] / "benchmarks"
X, Y, BETA = [[1.0, 2.0], [2.0, -1.0], [-1.0, 3.0]], [1.0, -1.0, 0.5], "0.25"


@pytest.fixture(autouse=True)
def _modules(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))


def run(program, *options):
    command = [sys.executable, str(FOLDER / program), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def answer(weights, signs, outputs, **claims):
    told = {"status": "optimal", "upper": None, "lower": None, "version": "1", "seconds": 0.5, **claims}
    return {**told, "weights": weights, "signs": signs, "outputs": outputs}


def test_the_proven_interval_decides_what_is_wrong():
    from global_solvers import cells, wrong
    from outside.training_solvers import Outcome

    problem = Problem.read(X, Y, BETA)
    ours = solve(problem, 2)
    above = np.nextafter(float(ours.upper), np.inf)
    below = np.nextafter(float(ours.lower), -np.inf)
    while Fraction(above) <= ours.upper:
        above = np.nextafter(above, np.inf)
    while Fraction(below) >= ours.lower:
        below = np.nextafter(below, -np.inf)
    assert wrong(Outcome("", upper=float(above), lower=float(below)), ours) == "no"
    assert wrong(Outcome("", upper=None, lower=None), ours) == "no"
    assert wrong(Outcome("", lower=float(above)), ours).startswith("bound +")
    assert wrong(Outcome("", upper=float(below)), ours).startswith("value -")
    assert wrong(Outcome("", upper=-1.0, lower=2.0), ours).count(",") == 1
    said = cells(Outcome("", "optimal", 2.0, 1.5, None, 3.0), problem, ours)
    assert said == ["-", "2.000000000", "1.500000000", f"bound +{1.5 - float(ours.upper):.1e}", "3.00", "optimal"]
    assert cells(Outcome("no such thing"), problem, ours)[-1] == "no such thing"


def test_the_weights_of_a_solver_are_a_network_with_its_exact_objective():
    from outside.training_solvers import outcome_of

    weights = [[[3.0, 4.0], [0.0, 2.0]], [[0.0, 0.0], [0.0, 0.0]]]
    network = outcome_of(answer(weights, [[1, -1], [1, 1]], [1, -1])).network
    hidden = [[max(3 * a + 4 * b, 0), max(2 * b, 0)] for a, b in X]
    fits = [max(p - q, 0) for p, q in hidden]
    expected = sum((f - y) ** 2 for f, y in zip(fits, Y, strict=True)) / 2 + 0.25 * (5 + 2)
    assert network.objective(Problem.read(X, Y, BETA)) == pytest.approx(expected)
    assert outcome_of(answer(None, None, None)).network is None


def test_a_network_below_the_proven_bound_is_not_passed_over():
    from dataclasses import replace

    from global_solvers import cells
    from outside.training_solvers import outcome_of

    problem = Problem.read(X, Y, BETA)
    ours = replace(solve(problem, 1), lower=Fraction(100))
    with pytest.raises(AssertionError, match="less than 100"):
        cells(outcome_of(answer([[[0.0, 0.0]]], [[1]], [1])), problem, ours)


def test_what_is_not_found_or_fails_or_takes_too_long_has_a_reason(tmp_path):
    from outside.training_solvers import Solver, python_with, run_solver, training_of

    absent = Solver("no_such_module", "no-such-package", "no_such_program")
    python, reason = python_with(absent, [str(tmp_path / "python")])
    assert python is None
    assert "No module named 'no_such_module'" in reason
    assert str(tmp_path / "python") in reason
    assert reason.endswith("(pip install no-such-package)")
    training = training_of(Problem.read(X, Y, BETA), 1, 3, 1.0)
    failed = run_solver(sys.executable, absent, training)
    assert failed.reason.startswith("failed with status 1: ")
    assert "no_such_program" in failed.reason
    assert run_solver(sys.executable, absent, training, limit=0.0).reason == "ended after 0 s, without an answer"


def test_solvers_are_asked_in_a_process_of_their_own():
    output = run("global_solvers.py", "--sizes", "3,2,1", "--betas", "0.05", "--seconds", "2", "--solvers", "SCIP")
    assert "\n3x2-width1-random-beta0.05-seed0\n" in output
    assert "convex program  0.388391383  0.388391383  0.388391383" in output
    assert ("SCIP is not run: " in output) == (find_spec("pyscipopt") is None)


@pytest.mark.parametrize("name", ["SCIP", "MAiNGO"])
def test_an_installed_solver_agrees_on_a_toy(name):
    from outside.training_solvers import SOLVERS, python_with, run_solver, training_of

    python, reason = python_with(SOLVERS[name])
    if python is None:
        pytest.skip(reason)
    problem = Problem.read(X, Y, BETA)
    ours = solve(problem, 1)
    found = run_solver(python, SOLVERS[name], training_of(problem, 1, 3, 10.0))
    assert found.reason == ""
    assert found.lower <= ours.upper + Fraction(1, 10**5)
    assert found.upper >= ours.lower - Fraction(1, 10**5)
    assert found.network.objective(problem) >= ours.lower


class _Kept:
    """A solver whose variables are numbers that are looked up in turn, and whose constraints are looked at."""

    def __init__(self, values):
        self.values, self.kept, self.broken, self.value = iter(values), [], 0, None

    def variable(self, lower, upper):
        value = next(self.values)
        self.broken += not lower <= value <= upper
        return value

    def binary(self, priority=0):
        value = next(self.values)
        self.broken += value not in (0, 1)
        return value

    def require(self, constraint):
        self.broken += not constraint

    def minimize(self, expression):
        self.value = expression


def _values(training, weight):
    """What the variables of the model are for one sub-network of one neuron with weights 0 or (4, 3), output +."""
    yield 1  # o
    norm = Fraction(5) if weight else Fraction(0)
    yield norm  # S
    w = (Fraction(4), Fraction(3)) if weight else (Fraction(0), Fraction(0))
    yield from w
    yield norm
    residuals = []
    for row, target in zip(training.x, training.y, strict=True):
        value = sum(Fraction(a) * b for a, b in zip(row, w, strict=True))
        active = max(value, 0)
        yield int(value > 0)
        yield from (active, max(-value, 0))
        yield int(value > 0)
        yield from (active, 0)  # the parts of u, which is not negative
        yield from (active, 0)  # with o = 1
        residuals.append(active - Fraction(target))
    yield sum(r * r for r in residuals) / 2
    yield from residuals


@pytest.mark.parametrize("weight", [False, True])
def test_the_model_for_solvers_holds_the_networks_it_should(weight):
    from outside.big_m_model import formulate
    from outside.training_problem import Training

    exact = [[Fraction(1, 8), Fraction(0)], [Fraction(-1), Fraction(1)]]
    targets = [Fraction(2), Fraction(0)]
    training = Training(exact, targets, Fraction(1, 8), 1, 1, 1.0)
    solver = _Kept(_values(training, weight))
    # lengths of rows are floats, rounded: the cuts with them hold up to that
    formulate(solver, training)
    fits = [Fraction(1, 2), Fraction(0)] if weight else [Fraction(0), Fraction(0)]
    assert solver.broken == 0
    assert next(solver.values, None) is None
    penalty = 5 if weight else 0
    assert solver.value == sum((f - y) ** 2 for f, y in zip(fits, targets, strict=True)) / 2 + Fraction(penalty, 8)


def test_growth_prints_exact_pairs_accepted_certificates_and_exponents():
    from instances import RANDOM, Instance

    lines = [line.split() for line in run("growth.py", "--rows", "4", "6", "--seconds", "100").splitlines()]
    table = {int(line[0]): line for line in lines[:2]}
    for n, line in table.items():
        layer = FirstLayer.of(Instance(n, 2, 2, RANDOM, "0.05").problem().arrangement)
        assert int(line[1].replace(",", "")) == count_second_layer(layer, 2).pairs
        assert line[-2:] == ["optimal", "accepted"]
        assert int(line[7].replace(",", "")) > 100
    heads = [line[0] for line in lines if line]
    for name in ("pairs", "solve", "whole", "vectors", "bytes"):
        assert name in heads
    pairs = next(line for line in lines if line and line[0] == "pairs" and len(line) == 3)
    counts = [int(table[n][1].replace(",", "")) for n in (4, 6)]
    slope = np.log(counts[1] / counts[0]) / np.log(6 / 4)
    assert float(pairs[1]) == pytest.approx(slope, abs=0.005)


def test_rows_that_are_not_reached_are_said():
    output = run("growth.py", "--rows", "4", "12", "50", "--largest", "12", "--seconds", "0.001")
    assert "not reached in 0.001 s: 4, 12" in output or "not reached in 0.001 s: 12" in output
    assert "gap-above-tolerance" in output
    assert "\n50 " not in output


def test_solves_are_timed_beside_another_tree(tmp_path):
    table = tmp_path / "classes.csv"
    table.write_text("a,b,class\n1,2,0\n2,-1,1\n-1,3,1\n")
    options = ["--sizes", "4,2,1", "4,2,any", "--betas", "0.05", "--rounds", "2", "--warm", "3,2,1"]
    output = run("solve_times.py", *options, "--against", str(FOLDER.parent), "--table", str(table))
    lines = [line.split("  ") for line in output.splitlines() if line.count("  ") == 10][:6]
    assert [(line[0], line[1]) for line in lines] == [
        (f"{name} 0.05", tree) for name in ("4,2,1 random", "4,2,any random", "classes") for tree in ("this", "other")
    ]
    assert all(line[5] == "optimal" and line[9] == "accepted" for line in lines)
    assert all(float(line[2]) > 0 and float(line[3]) > float(line[2]) for line in lines)
    ratios = [line[4] for line in lines]
    assert ratios[::2] == ["-"] * 3
    assert all(float(ratio) > 0 for ratio in ratios[1::2])


def test_two_classes_are_coded_by_their_order(tmp_path):
    from solve_times import two_classes

    table = tmp_path / "classes.csv"
    table.write_text("a,class\n0.5,7\n1,3\n2,7\n")
    assert two_classes(table) == ([["1/2"], ["1"], ["2"]], ["1", "-1", "1"])
    table.write_text("a,class\n0.5,7\n1,3\n2,5\n")
    with pytest.raises(SystemExit, match="has 3 values"):
        two_classes(table)


def test_intervals_that_do_not_meet_are_an_error(monkeypatch):
    import solve_times
    from solve_process import Run

    runs = iter([Run("", status="optimal", lower=Fraction(1), upper=Fraction(2)) for _ in range(2)])
    monkeypatch.setattr(solve_times, "solved", lambda question, tree: next(runs))
    assert len(solve_times.in_turn(None, {"this": FOLDER, "other": FOLDER}, 1, 60.0)["other"]) == 1
    disjoint = iter([Run("", status="optimal", lower=Fraction(k), upper=Fraction(k)) for k in range(2)])
    monkeypatch.setattr(solve_times, "solved", lambda question, tree: next(disjoint))
    with pytest.raises(AssertionError, match="do not meet"):
        solve_times.in_turn(None, {"this": FOLDER, "other": FOLDER}, 1, 60.0)


def test_a_solve_that_fails_or_must_be_ended_says_so(tmp_path):
    from solve_process import question_of, solved

    question = question_of("4,2,1", "0.05", "1e-6", 10.0)
    assert solved(question, limit=0.0).reason == "ended after 0 s"
    (tmp_path / "convex.py").write_text("raise ValueError('no such code')")
    assert solved(question, tmp_path).reason == "failed: ValueError: no such code"
    assert json.loads(json.dumps(question.x)) == question.x
