"""Pricing in compiled code beside its twin in plain Python, and its cone programs beside Clarabel."""

import numpy as np
import pytest
from numba import njit
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian

from arrangements import FirstLayer
from convex import Problem, certificate_json, iter_blocks, solve
from convex.columns import compiled_pricing, covers, pricing_tree, searches
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, bound
from convex.columns.kernel import interior_point, tuple_tree
from convex.columns.kernel.cone_program import Geometry, program_of
from convex.columns.neurons import Neurons
from convex.columns.restricted_master import solve_master
from convex.columns.searches import Question
from multilayer import checker
from multilayer.io.writing import write_json

PROBLEMS = {
    **DEGENERATE,
    "four rows": FOUR_ROWS,
    "xor": XOR,
    "plane": gaussian(7, 2, 11, "0.1"),
    "space": gaussian(5, 3, 10, "0.1"),
}
SEARCHES = [name for name, problem in PROBLEMS.items() if any(map(any, problem.x))]


def neurons_of(problem):
    return Neurons(FirstLayer.of(problem.arrangement), problem.floats[0])


def optimal_dual(problem):
    """The neurons, and a dual vector at which many boxes are tight."""
    neurons = neurons_of(problem)
    return neurons, solve_master(problem, list(iter_blocks(neurons.layer, 2))).dual


@njit(error_model="numpy")
def bounded(data, v, box, members, allowed, program, c, weights):
    return interior_point.bounded(data, v, box, members, len(members), allowed, program, c, weights)


def questions(neurons, random):
    """Boxes with some rows decided, for one to six neurons."""
    n, size = len(neurons.x), len(neurons)
    for _ in range(12):
        v = random.standard_normal(n) * random.choice([1e-6, 1.0, 1e6]) * (random.random(n) > 0.2)
        box = random.choice(np.array([EITHER, EITHER, POSITIVE, NEGATIVE], np.int8), n)
        yield v, box, np.sort(random.permutation(size)[: random.integers(1, min(6, size) + 1)])


@pytest.mark.parametrize("name", SEARCHES)
def test_the_interior_point_method_and_clarabel_bound_alike(name):
    neurons, random = neurons_of(PROBLEMS[name]), np.random.default_rng(0)
    n, d = neurons.x.shape
    data = Geometry(neurons.x, neurons.active, neurons.outputs, neurons.walls, neurons.starts)
    solved = 0
    for v, box, members in questions(neurons, random):
        unit = np.abs(v).max() or 1.0
        c, weights = np.zeros(n), np.zeros((len(members), d))
        room = program_of(n, d, len(members), len(neurons.walls))
        ended, value = bounded(data, v, box, members, -1.0, room, c, weights)
        other = bound(neurons, members.tolist(), v, box)
        solved += ended == interior_point.SOLVED
        assert value == pytest.approx(other.value, abs=1e-3 * unit)  # above what is allowed it ends early
        # for any bound that it gives: c is valid, and no neuron exceeds it
        fixed = (box == EITHER) & (v > 0)
        plus, minus = np.where(fixed, v, c), np.where(fixed, 0.0, c)
        assert (plus >= minus).all()
        assert (plus >= v)[box != NEGATIVE].all()
        assert (minus <= 0)[box != POSITIVE].all()
        lengths, _ = neurons.support_bounds(plus, minus, members)
        assert lengths.max() <= value + 1e-9 * unit
        # what is allowed decides
        slack = 1e-6 * unit
        ended, value = bounded(data, v, box, members, other.value + slack, room, c, weights)
        assert ended == interior_point.SHORT
        assert value <= other.value + slack
    assert solved > 0


@pytest.mark.parametrize("width", [1, 2, None])
@pytest.mark.parametrize("name", SEARCHES)
def test_both_searches_agree(name, width):
    """On whether the dual constraint holds; and each one's entries cover all tuples, by both replays."""
    problem = PROBLEMS[name]
    neurons, random = neurons_of(problem), np.random.default_rng(1)
    size = len(neurons) if width is None else width
    order = random.permutation(len(neurons)).tolist()
    seen = set()
    for _ in range(4):
        v = random.standard_normal(len(neurons.x))
        largest, _ = neurons.support_bounds(np.maximum(v, 0), np.zeros(len(v)))
        for factor in (0.5, 1.5):
            beta = factor * float(largest.max())
            if not beta:
                continue
            found = {}
            for engine in (pricing_tree, compiled_pricing):
                found[engine] = engine.price_tuples(neurons, v, beta, width=size, order=order, slack=1e-7, limit=10**6)
                assert not found[engine].limited
                assert all(violation.excess > 1 for violation in found[engine].violations)
            plain, compiled = found.values()
            assert bool(plain.violations) == bool(compiled.violations)
            seen.add(bool(plain.violations))
            if plain.violations:
                continue
            for pricing in (plain, compiled):
                needed = covers.needed_entries(pricing.entries, neurons, size, order)
                assert compiled_pricing.needed_entries(pricing.entries, neurons, size, order) == needed
    assert False in seen


def test_without_an_entry_that_is_needed_a_cover_is_none():
    neurons, v = optimal_dual(PROBLEMS["plane"])
    order = list(range(len(neurons)))
    beta = float(PROBLEMS["plane"].beta)
    entries = compiled_pricing.price_tuples(neurons, v, beta, width=2, order=order, slack=1e-6, limit=10**6).entries
    assert len(entries) > 3
    refused = 0
    for gone in range(len(entries)):
        rest = [entry for entry in entries if entry.number != gone]
        both = []
        for replay in (covers.needed_entries, compiled_pricing.needed_entries):
            try:
                both.append(replay(rest, neurons, 2, order))
            except ValueError:
                both.append(None)
        assert both[0] == both[1]
        refused += both[0] is None
    assert refused > 0


def test_arrays_that_are_too_small_grow(monkeypatch):
    """And a search in short slices finds what one in a single run finds."""
    neurons, v = optimal_dual(PROBLEMS["plane"])
    optimal = float(PROBLEMS["plane"].beta)
    options = {"order": range(len(neurons)), "slack": 1e-6, "limit": 10**6}
    for width in (2, len(neurons)):
        for beta in (0.9 * optimal, optimal, 1.2 * optimal):
            at_once = compiled_pricing.price_tuples(neurons, v, beta, width=width, **options)
            with monkeypatch.context() as patch:
                patch.setattr(compiled_pricing, "_CAPACITY", 3)
                patch.setattr(compiled_pricing, "_CONE", 1)
                patch.setattr(compiled_pricing, "_SLICE", 2)
                little = compiled_pricing.price_tuples(neurons, v, beta, width=width, **options)
            assert [(e.number, e.good, e.box.tolist()) for e in little.entries] == [
                (e.number, e.good, e.box.tolist()) for e in at_once.entries
            ]
            assert [violation.members for violation in little.violations] == [
                violation.members for violation in at_once.violations
            ]


def test_known_entries_are_used_again():
    neurons, v = optimal_dual(PROBLEMS["plane"])
    beta = float(PROBLEMS["plane"].beta)
    options = {"width": 2, "order": range(len(neurons)), "slack": 1e-6, "limit": 10**6}
    first = compiled_pricing.price_tuples(neurons, v, beta, **options)
    again = compiled_pricing.price_tuples(neurons, v, beta, known=first.entries, before=v, **options)
    assert not first.violations
    assert not again.violations
    assert again.steps < first.steps
    moved = compiled_pricing.price_tuples(neurons, 0.99 * v, beta, known=first.entries, before=v, **options)
    assert not moved.violations
    covers.needed_entries(moved.entries, neurons, 2, range(len(neurons)))


def test_a_limit_and_a_stop_end_the_search():
    neurons, v = optimal_dual(PROBLEMS["plane"])
    beta = float(PROBLEMS["plane"].beta)
    options = {"width": 2, "order": range(len(neurons)), "slack": 1e-6}
    needed = compiled_pricing.price_tuples(neurons, v, beta, limit=10**6, **options).steps
    assert needed > 10
    for limit in (0, 1, 5, 10):
        pricing = compiled_pricing.price_tuples(neurons, v, beta, limit=limit, **options)
        assert pricing.limited
        assert pricing.steps == limit
    assert not compiled_pricing.price_tuples(neurons, v, beta, limit=needed, **options).limited
    stopped = compiled_pricing.price_tuples(neurons, v, beta, limit=10**6, stopped=lambda: True, **options)
    assert stopped.limited or stopped.steps == needed


def test_every_source_of_the_search_is_in_its_stamp():
    """A change of any of them makes numba compile it anew."""
    folder = tuple_tree.SOURCES[-1].parent
    assert {path for path in folder.glob("*.py") if path.name != "__init__.py"} <= set(tuple_tree.SOURCES)


@pytest.mark.parametrize("loss", ["squared", "hinge"])
def test_what_compiled_code_proves_the_checker_accepts(loss, tmp_path):
    table = gaussian(10, 2, 0, "0.02")
    targets = table.y if loss == "squared" else [1 if y > 0 else -1 for y in table.y]
    problem = Problem.read(table.x, targets, table.beta, loss)
    for width in (2, None):
        solution = solve(problem, width, tolerance="1e-6")
        assert solution.status == "optimal"
        assert solution.neurons.compiled or loss == "hinge"
        file = tmp_path / "optimum.json"
        write_json(file, certificate_json([solution], "a test", {}))
        assert checker.check(str(file))[0] == "optimum"


def test_many_short_searches_are_compiled_as_one_long_one_is(monkeypatch):
    """What has to be compiled first waits for a number of plain steps in all, not in each search."""
    neurons, v = optimal_dual(PROBLEMS["plane"])
    beta = float(PROBLEMS["plane"].beta)
    question = Question(v, beta, 2, range(len(neurons)), 1e-6, 10**6, (), v)
    steps = pricing_tree.price_tuples(neurons_of(PROBLEMS["plane"]), **question._asdict()).steps
    monkeypatch.setattr(searches, "_PLAIN", 1)
    monkeypatch.setattr(searches, "_PATIENT", 3 * steps)
    monkeypatch.setattr(compiled_pricing, "is_ready", lambda: False)
    seen = []
    for _ in range(5):
        found = question.answer(neurons, lambda: False)
        seen.append(neurons.compiled)
        assert not found.limited
        assert not found.violations
    assert seen[0] is False
    assert seen == sorted(seen)
    assert seen[-1] is True
    assert neurons.plain_steps <= 3 * steps + 1
