"""Bounds that are proven along the way: relaxations over partitions, local ascent, and starting points."""

from fractions import Fraction

import numpy as np
import pytest
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian

from arrangements import FirstLayer, InputError
from convex import Problem, read_loss, solve
from convex.columns.ascent_pricing import climb
from convex.columns.covers import covering
from convex.columns.neurons import Neurons
from convex.columns.partition_relaxation import Relaxed, refine, whole_boxes
from convex.columns.pricing import violation_of
from convex.networks.network import Network, SubNetwork, grown
from convex.problem.scaling import Scaling
from convex.proofs.cover_proof import prove_lower_bound, trivial_bound
from convex.solving.separable_outputs import solve_outputs
from convex.solving.starting_point import StartingPoint, proof_boxes, starting_blocks, starting_network

LABELS = Problem.read(FOUR_ROWS.x, [1, -1, 1, 1], "0.05", read_loss("logistic"))
PROBLEMS = {**DEGENERATE, "four rows": FOUR_ROWS, "xor": XOR, "gaussian": gaussian(6, 2, 1, "0.01"), "labels": LABELS}


def parts(problem):
    scaling = Scaling.of(problem)
    return scaling, Neurons(FirstLayer.of(problem.arrangement), scaling.problem.floats[0])


def refined(problem, programs, boxes=()):
    """The refinement after some programs, or to its end."""
    scaling, neurons = parts(problem)
    target = np.zeros(len(problem.y))
    found = []
    for step in refine(scaling.problem, neurons, lambda: target, boxes):
        if isinstance(step, Relaxed):
            found.append(step)
            if len(found) == programs:
                break
    return scaling, neurons, found


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_refinement_is_a_lower_bound_for_unlimited_width(name):
    problem = PROBLEMS[name]
    upper = solve(problem, None).upper
    scaling, neurons, found = refined(problem, 25)
    assert found
    for step in found[::6] + found[-1:]:
        proof = prove_lower_bound(scaling, problem, neurons, step.covered, len(neurons))
        assert proof.value <= upper
        for output, entries in step.covered.covers:
            assert covering(list(entries), *neurons.possible_signs(range(len(neurons)))) is not None, output


@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane", "one column", "labels"])
def test_the_end_of_the_refinement_is_the_optimum(name):
    """A target of the optimum's own dual vector splits what matters, until nothing is left to split."""
    problem = PROBLEMS[name]
    solution = solve(problem, None)
    scaling, neurons = parts(problem)
    v = np.array([float(solution.proof.scale * a / scaling.targets) for a in solution.proof.v])
    *_, last = [step for step in refine(scaling.problem, neurons, lambda: v) if step is not None]
    proof = prove_lower_bound(scaling, problem, neurons, last.covered, len(neurons))
    assert float(proof.value) == pytest.approx(float(solution.upper), rel=0.02)


def test_boxes_that_do_not_cover_are_not_taken():
    (output, box), _ = whole_boxes(4)
    _, _, found = refined(FOUR_ROWS, 1, [(output, box)])  # nothing for the other sign
    assert [len(entries) for _, entries in found[0].covered.covers] == [1, 1]


@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane", "gaussian"])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_the_ascent_finds_what_it_says(name, width):
    _, neurons = parts(PROBLEMS[name])
    random = np.random.default_rng(0)
    v = random.standard_normal(len(neurons.x))
    best = 0.0
    for members, weights in climb(neurons, v, 1e-3, width, 192, random):
        p, q = neurons.signed_sums(weights, members)
        ratio = float(v @ np.maximum(p - q, 0)) / np.linalg.norm(weights, axis=1).sum()
        assert len(members) <= width
        for least in (width, 0):  # as it is, and with as few neurons as do the same, by a linear program in floats
            assert violation_of(neurons, v, 1.0, members, weights, least).excess >= ratio * (1 - 1e-6)
        best = max(best, ratio)
    # no draw of weights does better: the ascent is one, and many start
    w = random.standard_normal((2000, width, neurons.x.shape[1]))
    signs = random.choice([-1.0, 1.0], (2000, width, 1))
    u = (signs * np.maximum(w @ neurons.x.T, 0)).sum(axis=1)
    assert best >= 0.98 * ((np.maximum(u, 0) @ v) / np.linalg.norm(w, axis=2).sum(axis=1)).max()


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_network_starts_where_it_ended(name):
    """Blocks of an optimal network hold its weights, and its proof needs no further work."""
    problem = PROBLEMS[name]
    solution = solve(problem, 2)
    scaling, neurons = parts(problem)
    network = starting_network(problem, scaling, solution.network)
    assert grown(network, scaling.root) == solution.network
    x = scaling.problem.floats[0]
    output = np.zeros(len(x))
    for block, weights in starting_blocks(neurons.layer, scaling.problem, network):
        products = np.einsum("cmi,id,md->ci", block.constraints.astype(float), x, weights)
        assert (products.sum(axis=1) >= -1e-9).all()
        output += np.einsum("mi,id,md->i", block.effect.astype(float), x, weights)
    exact = [float(f) for f in network.predict(scaling.problem.x)]
    assert output == pytest.approx(exact, abs=1e-9)
    again = solve(problem, 2, start=StartingPoint(solution.network, solution.proof))
    assert (again.lower, again.steps) == (solution.lower, 0)
    assert again.upper <= solution.upper  # it may be polished once more


def test_weights_on_hyperplanes_and_zeros_have_a_block():
    one, zero = Fraction(1), Fraction(0)
    problem = Problem.read([[1, 0], [0, 1], [-1, 0], [0, 0]], [1, 2, 3, 4], "0.1")
    wide = SubNetwork(((one / 2, zero), (one / 2, zero), (-one / 2, zero)), (one, one, -one), one)
    dead = SubNetwork(((zero, zero),), (one,), one)
    network = Network((wide, dead, SubNetwork(((one, zero),), (one,), zero)))
    ((block, weights),) = starting_blocks(FirstLayer.of(problem.arrangement), problem, network)
    assert len(block.pair.neurons) == 2  # two neurons of one region and sign are one
    assert sorted(weights[:, 0].tolist()) == [-0.5, 1.0]


def test_a_start_that_is_too_wide_is_split_where_it_can_be():
    problem = gaussian(6, 2, 1, "0.01")
    free = solve(problem, None)
    narrow = solve(problem, 1, start=StartingPoint(free.network))
    assert narrow.status == "optimal"
    assert narrow.upper == pytest.approx(solve(problem, 1).upper, rel=1e-7)


def test_boxes_of_a_proof_cover_what_it_covers():
    problem = gaussian(6, 2, 1, "0.01")
    scaling, neurons, found = refined(problem, 15)
    proof = prove_lower_bound(scaling, problem, neurons, found[-1].covered, len(neurons))
    boxes = proof_boxes(proof)
    assert len(boxes) == len(proof.entries)
    _, _, again = refined(problem, 1, boxes)
    assert sum(len(entries) for _, entries in again[0].covered.covers) == len(boxes)


def test_a_stop_before_anything_leaves_the_trivial_bound():
    problem = gaussian(6, 2, 1, "0.01")
    _, neurons = parts(problem)
    assert trivial_bound(problem, neurons).value == 0
    solution = solve(problem, 2, stopped=lambda: True)
    assert solution.limited
    assert 0 <= solution.lower < solution.upper
    assert solution.upper <= sum(y * y for y in problem.y) / 2


def test_messages_show_the_interval():
    said = []
    solve(gaussian(6, 2, 1, "0.01"), 2, progress=said.append)
    assert all("interval [" in message for message in said[1:])


def test_arguments_are_refused():
    with pytest.raises(InputError, match="seconds"):
        solve(FOUR_ROWS, 1, seconds=-1)
    long = Network((SubNetwork(((Fraction(2), Fraction(0)),), (Fraction(1),), Fraction(1)),))
    with pytest.raises(InputError, match="Frobenius"):
        solve(FOUR_ROWS, 1, start=StartingPoint(long))
    with pytest.raises(InputError, match="starting points"):
        solve_outputs([FOUR_ROWS, FOUR_ROWS], 1, starts=[StartingPoint(Network(()))])
