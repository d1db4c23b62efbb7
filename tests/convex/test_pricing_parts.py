"""The parts of block generation, each against another way of computing the same."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import minimize, nnls
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian

from arrangements import FirstLayer
from arrangements.second_layer.pairs import list_pairs
from convex import Problem, iter_blocks, read_loss, solve
from convex.blocks.block import cell_block
from convex.blocks.caratheodory import sparse_factors
from convex.columns import compiled_pricing, pricing_tree
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, bound
from convex.columns.covers import covering, sign_boxes
from convex.columns.neurons import Neurons
from convex.columns.restricted_master import solve_master
from convex.heuristics.sampled_blocks import exact_share, solve_sampled
from convex.listed.block_pricing import price, support_bound
from convex.listed.cvxpy_program import solve_program
from convex.problem.class_coding import coded
from convex.proofs.weak_duality import dual_value
from convex.solving.separable_outputs import solve_outputs

PROBLEMS = {**DEGENERATE, "four rows": FOUR_ROWS, "xor": XOR, "gaussian": gaussian(6, 2, 1, "0.01"),
            "gaussian 3": gaussian(5, 3, 1, "0.01")}  # fmt: skip


def neurons_of(problem):
    return Neurons(FirstLayer.of(problem.arrangement), problem.floats[0])


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_answer_of_a_neuron_is_a_least_squares_problem(name):
    """The compiled active set method against scipy's."""
    neurons = neurons_of(PROBLEMS[name])
    random = np.random.default_rng(0)
    for _ in range(3):
        minus = random.standard_normal(len(neurons.x))
        plus = minus + np.abs(random.standard_normal(len(neurons.x)))
        lengths, multipliers = neurons.support_bounds(plus, minus)
        assert (multipliers >= 0).all()
        for k, (_, sign) in enumerate(neurons.signed):
            c = (plus if sign > 0 else minus) * neurons.active[k]
            g = sign * c @ neurons.x
            own = slice(neurons.starts[k], neurons.starts[k + 1])
            _, least = nnls(neurons.walls[own].T, -g) if neurons.starts[k] < neurons.starts[k + 1] else (0, 0)
            size = np.linalg.norm(g) + 1e-300
            error = 1e-9 * size + 1e-14 * multipliers[own].sum()
            length = np.linalg.norm(g + multipliers[own] @ neurons.walls[own])
            assert lengths[k] == pytest.approx(length, abs=error)
            assert lengths[k] <= least + 1e-6 * size + error


@pytest.mark.parametrize("name", [name for name, problem in PROBLEMS.items() if len(problem.x[0]) == 2])
def test_the_cells_of_opposed_pairs_have_the_signs_of_regions(name):
    """All cells of the product cones, as the exact enumeration lists them; often boxes are fewer than sign vectors."""
    neurons = neurons_of(PROBLEMS[name])
    places, fewer = {signed: k for k, signed in enumerate(neurons.signed)}, 0
    for pair in list_pairs(neurons.layer, 2):
        for turn in (1, -1):
            members = [places[region, turn * sign] for region, sign in pair.neurons]
            boxes = sign_boxes(neurons, members, whole=True)
            plus, minus = neurons.possible_signs(members)
            signs = [turn * s if (plus | minus) >> i & 1 else 0 for i, s in enumerate(pair.signs)]
            up, down = (sum(1 << i for i, s in enumerate(signs) if s == side) for side in (1, -1))
            opposed = len(members) == 2 and neurons.outputs[members[0]] != neurons.outputs[members[1]]
            assert any(not up & ~p and not down & ~q for p, q in boxes)
            if opposed:
                fewer += len({(p & plus, q & minus) for p, q in boxes}) < 2 ** (plus & minus).bit_count()
                assert not any(p & q for p, q in boxes)
    assert fewer > 0 or np.linalg.norm(neurons.x, axis=1).astype(bool).sum() < 4


@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane", "gaussian"])
def test_a_decided_box_is_worth_the_price_of_its_pair(name):
    """With all signs decided the relaxation is the cone program of one pair, as `block_pricing` solves it."""
    problem = PROBLEMS[name]
    neurons = neurons_of(problem)
    x = problem.floats[0]
    v = np.random.default_rng(1).standard_normal(len(x))
    places = {signed: k for k, signed in enumerate(neurons.signed)}
    for block in list(iter_blocks(neurons.layer, 2))[::7]:
        members = [places[signed] for signed in block.pair.neurons]
        box = np.array(block.pair.signs, np.int8)
        found = bound(neurons, members, block.output * v, box)
        value = support_bound(block, x, v, price(block, x, v))
        assert found.value == pytest.approx(value, rel=1e-6, abs=1e-9)
        lengths, _ = neurons.support_bounds(found.plus, found.minus)
        assert lengths[members].max() <= found.value + 1e-7


@pytest.mark.parametrize("name", ["four rows", "xor", "gaussian"])
def test_a_relaxation_is_above_everything_in_its_box(name):
    neurons = neurons_of(PROBLEMS[name])
    random = np.random.default_rng(2)
    n = len(neurons.x)
    for _ in range(20):
        v = random.standard_normal(n)
        members = sorted(random.choice(len(neurons), 3, replace=False).tolist())
        weights = random.random((3, 1)) * np.array([_inside(neurons, k) for k in members])
        p, q = neurons.signed_sums(weights, members)
        u = p - q
        box = np.where(random.random(n) < 0.5, EITHER, np.where(u > 0, POSITIVE, NEGATIVE)).astype(np.int8)
        size = np.linalg.norm(weights, axis=1).sum()
        assert v @ np.maximum(u, 0) <= (bound(neurons, members, v, box).value + 1e-8) * size


def _inside(neurons, k):
    witness = neurons.layer.cells[neurons.signed[k][0]].witness
    return np.array([float(Fraction(value, max(map(abs, witness)))) for value in witness])


@pytest.mark.parametrize("name", ["four rows", "xor", "half-plane"])
@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("engine", [pricing_tree, compiled_pricing])
def test_a_complete_search_bounds_every_pair(name, width, engine):
    """Without violations all pairs of the whole list answer with at most beta; with some, their sub-networks do."""
    problem = PROBLEMS[name]
    neurons = neurons_of(problem)
    x = problem.floats[0]
    blocks = list(iter_blocks(neurons.layer, width))
    v = solve_master(problem, blocks).dual
    for factor in (1.0, 1.2):
        prices = [support_bound(block, x, factor * v, price(block, x, factor * v)) for block in blocks]
        worst = max(prices) / float(problem.beta)
        excesses = [0.0]
        for output in (1, -1):
            pricing = search(neurons, output * factor * v, float(problem.beta), width=width, slack=1e-6, engine=engine)
            assert not pricing.limited
            excesses += [violation.excess for violation in pricing.violations]
        assert (max(excesses) > 1) == (worst > 1 + 1e-5)
        assert max(excesses) <= worst * (1 + 1e-6)


def search(neurons, v, beta, width=2, slack=1e-9, limit=10**6, engine=pricing_tree):
    return engine.price_tuples(neurons, v, beta, width=width, order=range(len(neurons)), slack=slack, limit=limit)


def test_a_limit_ends_the_search_and_says_so():
    neurons = neurons_of(FOUR_ROWS)
    v = solve_master(FOUR_ROWS, list(iter_blocks(neurons.layer, 2))).dual
    needed = search(neurons, v, float(FOUR_ROWS.beta), slack=1e-6).steps
    assert needed > 10
    for limit in (0, 1, 5, needed - 1, needed):
        pricing = search(neurons, v, float(FOUR_ROWS.beta), slack=1e-6, limit=limit)
        assert pricing.limited == (limit < needed)
        assert pricing.steps == limit
        assert [entry.number for entry in pricing.entries] == list(range(len(pricing.entries)))


def test_covering_is_a_tautology_check():
    """Against all sign vectors, one by one."""
    random = np.random.default_rng(0)

    class Fake:
        def __init__(self, positive, negative):
            self.positive, self.negative = positive, negative

    seen = set()
    for _ in range(300):
        entries = []
        for _ in range(random.integers(1, 6)):
            box = random.choice([-1, 0, 0, 1], 4)
            bits = [sum(1 << i for i in range(4) if box[i] != side) for side in (-1, 1)]
            entries.append(Fake(*bits))
        up, down = (int(random.integers(16)) for _ in range(2))
        rows = [[s for s, can in ((1, up), (-1, down)) if can >> i & 1] or [0] for i in range(4)]
        wanted = all(
            any(
                all(s == 0 or (e.positive if s > 0 else e.negative) >> i & 1 for i, s in enumerate(signs))
                for e in entries
            )
            for signs in product(*rows)
        )
        assert (covering(entries, up, down) is not None) == wanted
        seen.add(wanted)
    assert seen == {True, False}


@pytest.mark.parametrize("loss", ["squared", "huber:1/2", "hinge", "logistic"])
@pytest.mark.parametrize("name", ["four rows", "xor", "gaussian"])
def test_the_master_and_cvxpy_solve_the_same(name, loss):
    given_loss = read_loss(loss)
    problem = PROBLEMS[name]
    y = (
        problem.y
        if loss[0] in "s" or loss.startswith("huber")
        else tuple(Fraction(1 if t > 0 else -1) for t in problem.y)
    )
    problem = Problem(problem.x, y, problem.beta, given_loss)
    blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), 1))
    ours, theirs = solve_master(problem, blocks), solve_program(problem, blocks)
    assert ours.value == pytest.approx(theirs.value, rel=1e-7)
    exact = [problem.loss.clip(Fraction(v), t) for v, t in zip(ours.dual.tolist(), problem.y, strict=True)]
    assert float(dual_value(problem, exact)) <= ours.value * (1 + 1e-6)
    assert float(dual_value(problem, exact)) == pytest.approx(ours.value, rel=1e-4)


def test_a_block_without_a_list_has_the_same_cone():
    """More walls, none of which cuts off more: the programs over both kinds of blocks have one value."""
    layer = FirstLayer.of(FOUR_ROWS.arrangement)
    listed = list(iter_blocks(layer, 2))
    made = [cell_block(layer, block.pair.neurons, block.pair.signs, block.output) for block in listed]
    for old, new in zip(listed, made, strict=True):
        assert (old.effect == new.effect).all()
        assert old.pair.signs == new.pair.signs
        assert {wall.tobytes() for wall in old.constraints} <= {wall.tobytes() for wall in new.constraints}
    assert solve_master(FOUR_ROWS, made).value == pytest.approx(solve_master(FOUR_ROWS, listed).value, rel=1e-8)


def test_losses_and_their_conjugates():
    """D(v) = min over f of l(f, y) + v f: below for all f, and attained."""
    grid = [Fraction(k, 16) for k in range(-160, 161)]
    for name in ("squared", "huber:1/2", "hinge", "logistic"):
        loss = read_loss(name)
        for y, v in product((Fraction(-1), Fraction(1)), (Fraction(k, 8) for k in range(-8, 9))):
            inside = loss.clip(v, y)
            values = [loss.value(f, y) + inside * f for f in grid]
            assert loss.dual(inside, y) <= min(values)
            assert float(min(values)) - float(loss.dual(inside, y)) < 2e-3
            f = np.array([0.3, -2.0])
            step = 1e-6
            slopes = (loss.values(f + step, np.full(2, float(y))) - loss.values(f - step, np.full(2, float(y)))) / (
                2 * step
            )
            assert loss.slopes(f, np.full(2, float(y))) == pytest.approx(slopes, abs=1e-5)
            exact = [float(loss.value(Fraction(value), y)) for value in f.tolist()]
            assert loss.values(f, np.full(2, float(y))) == pytest.approx(exact, rel=1e-12)


def test_thinning_keeps_the_output():
    random = np.random.default_rng(5)
    for _ in range(20):
        each = random.standard_normal((4, 9)) * (random.random((4, 9)) < 0.7)
        sizes = random.random(9) + 0.1
        signs = np.where(each.sum(axis=1) > 0, 1, -1)
        if not (signs > 0).any():
            continue
        factors = sparse_factors(each, sizes, signs.tolist())
        old, new = each.sum(axis=1), each @ factors
        assert np.maximum(new, 0) == pytest.approx(np.maximum(old, 0), abs=1e-8)
        assert sizes @ factors <= sizes.sum() + 1e-9
        assert np.count_nonzero(factors) <= 4


def test_samples_never_beat_the_optimum_and_reach_it():
    problem = gaussian(5, 2, 3, "0.01")
    optimum = solve(problem, 2)
    uppers = [solve_sampled(problem, 2, draws, seed=1) for draws in (1, 10, 100, 1000)]
    assert all(sample.upper >= optimum.lower for sample in uppers)
    assert float(uppers[-1].upper) == pytest.approx(float(optimum.upper), rel=1e-6)
    shares = [exact_share(problem, 2, sample, 10**6) for sample in uppers]
    assert [pairs for pairs, _ in shares] == [330] * 4
    assert 0 <= shares[0][1] < shares[-1][1] <= 1


def test_classes_in_order():
    assert coded([1, 0, 1]).description == {"0": -1, "1": 1}
    assert coded([Fraction(10), Fraction(9)]).classes == ("9", "10")
    assert coded(["10", "9"]).classes == ("10", "9")
    three = coded(list("abca"))
    assert [sum(column) for column in zip(*three.columns, strict=True)] == [-1] * 4


def test_outputs_share_no_sub_network():
    """The joint optimum is the sum over outputs, and a joint local search does not beat it."""
    x = [[1, 2], [2, -1], [-1, 3], [-2, -1]]
    targets = ([1, -1, "0.5", 2], [0, 1, 1, -1])
    joint = solve_outputs([Problem.read(x, y, "0.05") for y in targets], 2)
    assert joint.status == "optimal"
    x, y = np.array(x, float), np.array([[float(Fraction(t)) for t in column] for column in targets]).T
    random = np.random.default_rng(0)
    for noise in (0.0, 0.01, 0.1, 1.0):
        start = [part + noise * random.standard_normal(part.shape) for part in _joined(joint)]
        assert _objective(x, y, *start) >= float(joint.lower) * (1 - 1e-12)
    assert _objective(x, y, *_joined(joint)) == pytest.approx(float(joint.upper), rel=1e-9)
    improved = _descended(x, y, [part + 0.05 * random.standard_normal(part.shape) for part in _joined(joint)])
    assert float(joint.lower) * (1 - 1e-12) <= improved <= float(joint.upper) * 1.02


def _joined(joint):
    """First, second and output weights of all outputs as one network with two neurons in each sub-network."""
    first, second, third = [], [], []
    for place, solution in enumerate(joint.solutions):
        for part in solution.network.subnetworks:
            missing = 2 - part.width
            first.append([*part.first, *[(0, 0)] * missing])
            second.append([*part.second, *[0] * missing])
            third.append([part.output if k == place else 0 for k in range(2)])
    return [np.array(weights, dtype=float) for weights in (first, second, third)]


def _objective(x, y, first, second, third):
    """Loss and beta sum ||w_2|| ||W_1||_F ||w_3||_1, what balancing leaves of the penalty."""
    u = np.maximum(np.einsum("kmn,km->kn", np.maximum(np.einsum("kmd,nd->kmn", first, x), 0), second), 0)
    sizes = np.linalg.norm(second, axis=1) * np.linalg.norm(first.reshape(len(first), -1), axis=1)
    return ((u.T @ third - y) ** 2).sum() / 2 + 0.05 * (sizes * np.abs(third).sum(axis=1)).sum()


def _descended(x, y, start):
    shapes = [part.shape for part in start]
    ends = np.cumsum([part.size for part in start])[:-1]

    def value(z):
        return _objective(x, y, *[p.reshape(s) for p, s in zip(np.split(z, ends), shapes, strict=True)])

    z = np.concatenate([part.ravel() for part in start])
    return minimize(value, z, method="L-BFGS-B", options={"maxiter": 60}).fun


def test_every_subset_of_few_neurons_is_searched():
    """At v = 0 nothing is violated, and the cover is one vector; at a huge v there are violations, of few neurons."""
    neurons = neurons_of(FOUR_ROWS)
    n = len(neurons.x)
    nothing = search(neurons, np.zeros(n), 0.1)
    assert nothing.violations == ()
    assert [entry.number for entry in nothing.entries] == [0]
    assert nothing.used == {0}
    found = [violation.members for violation in search(neurons, np.full(n, 100.0), 0.1).violations]
    assert found
    assert all(1 <= len(members) <= 2 for members in found)
    assert len(set(combinations(range(len(neurons)), 2))) > len(found) > 0
