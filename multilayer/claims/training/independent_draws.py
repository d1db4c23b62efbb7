"""Remark 3's independent draws: a tuple of first-layer masks from some weights, a second-layer mask from others.

T, M    a drawn tuple of signed masks, and a drawn second-layer mask
K(T,M)  {w : (2 D_j - I) X w_j >= 0, (2 M - I) u >= 0}, u = sum_j I_j D_j X w_j: the cone of the combination
feasible  u has exactly these signs somewhere inside the cone of T, on every row where it is not 0 throughout

Upper bound. On K(T, M), feasible or not, M u = (u)_+ = (sum_j I_j (X w_j)_+)_+: every point is a network, so each
combination is a valid block and adds no value below P*. If K(T, M) is not feasible it adds nothing that is not there:
near w in it lie points inside the cone of T with no u_i = 0 but structural zeros, and u there has the signs s' that it
has at w where it is not 0. So w lies in the closed cone of the pair (T, s'), with the same outputs; among drawn
combinations it may help, where (T, s') is not drawn. Over all combinations the value is P*; over drawn ones it is an
upper bound that differs from that over drawn pairs, either way.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from arrangements.exact.gordan import alternative
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import list_pairs
from arrangements.second_layer.product_cone import Neuron, Pair
from convex.blocks.block import Block
from convex.listed.block_pricing import best_multipliers
from convex.listed.cvxpy_program import solve_program
from convex.listed.interpretations import value_over
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import lower_bound
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import WIDTH, digits, gaussian, solved

Tuple = tuple[Neuron, ...]
Mask = tuple[int, ...]

_SIZE = 2**20  # standard deviation of a weight, as an integer


def drawn(layer: FirstLayer, draws: int, rng: np.random.Generator) -> list[tuple[Tuple, Mask]]:
    """Draw sub-networks with Gaussian integer weights: the tuple of each, and its mask 1[u >= 0].

    Args:
        layer: the first layer, whose regions name the masks.
        draws: how many with `WIDTH` different active neurons.
        rng: source of the weights.
    """
    x = np.array(layer.arrangement.normals, dtype=object)
    regions = {cell.signs: k for k, cell in enumerate(layer.cells)}
    found: list[tuple[Tuple, Mask]] = []
    while len(found) < draws:
        weights = np.rint(rng.standard_normal((x.shape[1], WIDTH)) * _SIZE).astype(np.int64).astype(object)
        outputs = rng.choice([-1, 1], WIDTH)
        z = x.dot(weights)
        masks = [tuple(int(v > 0) - int(v < 0) for v in z[:, j]) for j in range(WIDTH)]
        if all(mask in regions and 1 in mask for mask in masks):
            named = ((regions[mask], int(o)) for mask, o in zip(masks, outputs, strict=True))
            neurons = tuple(sorted(named, key=_order))
            u = np.where(z > 0, z, 0).dot(outputs.astype(object))
            if len(set(neurons)) == WIDTH:
                found.append((neurons, tuple(int(v >= 0) for v in u)))
    return found


def _order(neuron: Neuron) -> tuple[int, int]:
    return neuron[0], -neuron[1]


def combination(layer: FirstLayer, neurons: Tuple, mask: Mask) -> list[tuple[np.ndarray, np.ndarray]]:
    """List the walls of K(T, M): coefficients G of the rows, and the wall sum_i G_ji x_i as an integer vector of all w.

    Args:
        layer: the first layer.
        neurons: T.
        mask: M.
    """
    x = np.array(layer.arrangement.normals, dtype=object)
    signs = np.array([layer.cells[region].signs for region, _ in neurons], np.int8)
    linear = (signs > 0) * np.array([[sign] for _, sign in neurons], np.int8)
    walls = []
    for j, i in product(range(len(neurons)), range(len(x))):
        if any(x[i]):
            wall = np.zeros(linear.shape, np.int8)
            wall[j, i] = signs[j, i]
            walls.append(wall)
    for i in range(len(x)):
        if linear[:, i].any() and any(x[i]):
            wall = np.zeros(linear.shape, np.int8)
            wall[:, i] = (2 * mask[i] - 1) * linear[:, i]
            walls.append(wall)
    return [(wall, (wall[:, :, None].astype(object) * x).sum(axis=1).ravel()) for wall in walls]


def blocks_of(layer: FirstLayer, neurons: Tuple, mask: Mask) -> tuple[list[Block], bool]:
    """Make both blocks of a combination, and decide in integers whether it is feasible.

    A feasible one comes with a witness, another one has a positive dependency of its walls.

    Args:
        layer: the first layer.
        neurons: T.
        mask: M.
    """
    walls, d = combination(layer, neurons, mask), layer.arrangement.dimension
    witness, _ = alternative([[int(a) for a in wall] for _, wall in walls])
    points = () if witness is None else tuple(witness[j * d : (j + 1) * d] for j in range(len(neurons)))
    masks = np.array([layer.cells[region].signs for region, _ in neurons], np.int8) > 0
    effect = masks * np.array([[sign] for _, sign in neurons], np.int8) * np.array(mask, np.int8)
    pair = Pair(neurons, tuple(2 * bit - 1 for bit in mask), points)
    constraints = np.array([wall for wall, _ in walls], np.int8)
    return [Block(pair, o, (o * effect).astype(np.int8), constraints, 0) for o in (1, -1)], witness is not None


def enclosed(problem: Problem, blocks: Sequence[Block]) -> tuple[Fraction, Fraction]:
    """Enclose the value of the program over closed cones: below by all of them, above by the feasible ones."""
    inside = value_over(problem, [block for block in blocks if block.pair.witness])
    whole = solve_program(problem, blocks)
    multipliers, _ = best_multipliers(problem, blocks, whole.dual, whole.multipliers)
    return lower_bound(problem, blocks, whole.dual, multipliers).value, inside.upper


def all_combinations(problem: Problem) -> tuple[int, int, int]:
    """Combine every tuple with every mask: how many there are, how many are feasible, and the pairs behind these."""
    layer = FirstLayer.of(problem.arrangement)
    listed = list_pairs(layer, WIDTH)
    tuples, masks = sorted({pair.neurons for pair in listed}), sorted({pair.mask for pair in listed})
    structural = {pair.neurons: [s == 0 for s in pair.signs] for pair in listed}
    feasible, cells = 0, set()
    for neurons, mask in product(tuples, masks):
        if blocks_of(layer, neurons, mask)[1]:
            feasible += 1
            free = structural[neurons]
            cells.add((neurons, tuple(0 if zero else 2 * b - 1 for zero, b in zip(free, mask, strict=True))))
    require(cells == {(pair.neurons, pair.signs) for pair in listed}, "the feasible combinations are the pairs")
    return len(tuples) * len(masks), feasible, len(listed)


_DRAWS = 6
_SEEDS = (3, 15)


def independent() -> Evidence:
    """Decide every combination of drawn tuples and masks exactly, and enclose the programs over them and over pairs."""
    problem = gaussian(5, 2, 0, "0.02")
    layer, best = FirstLayer.of(problem.arrangement), solved(problem)
    total, possible, pairs = all_combinations(problem)
    shown, below = [], set()
    for seed in _SEEDS:
        rng = np.random.default_rng(seed)
        own, others = drawn(layer, _DRAWS, rng), drawn(layer, _DRAWS, rng)
        combined = list(product(sorted({neurons for neurons, _ in own}), sorted({mask for _, mask in others})))
        made = [blocks_of(layer, neurons, mask) for neurons, mask in combined]
        low, high = enclosed(problem, [block for blocks, _ in made for block in blocks])
        sampled = [blocks_of(layer, neurons, mask) for neurons, mask in sorted(set(own))]
        require(all(inside for _, inside in sampled), "a drawn pair is feasible")
        together = value_over(problem, [block for blocks, _ in sampled for block in blocks])
        require(best.lower <= min(high, together.upper), "both programs are upper bounds")
        require(high - low < high / 10**6 and together.status == "optimal", "both are known to six digits")
        require(high < together.lower or together.upper < low, "the two programs differ")
        below.add(high < together.lower)
        inside = sum(inside for _, inside in made)
        values = (inside, len(combined), digits(high), digits(together.upper))
        shown.append(Evidence("{} of {} feasible, {:.6g} over combinations, {:.6g} over the drawn pairs", values))
    require(below == {True, False}, "either may be the smaller one")
    heading = Evidence(
        "n, d, width 5, 2, 2: {:,} combinations of all tuples and masks, {} feasible, which have the {} pairs; {} "
        "draws of each: ",
        (total, possible, pairs, _DRAWS),
    )
    return joined([heading, joined(shown), Evidence("; P* = {:.6g}", (digits(best.upper),))], "")


CLAIMS = (
    Claim(
        "Remark 3, independent draws of D_1 and D_2",
        "2, Remark 3",
        "D_1ij = diag(1[X u_ij >= 0]), u_ij ~ N(0, I_d); D_2l = diag(1[(X U_1l)_+ u_2l >= 0])",
        "first-layer and second-layer masks may be drawn apart from each other, and each combined with each",
        Verdict.CONDITION,
        "an upper bound for all draws, and P* over all combinations; most are empty inside, and drawn combinations are "
        "another program than drawn pairs, better or worse (proof: multilayer/claims/training/independent_draws.py)",
        independent,
    ),
)
