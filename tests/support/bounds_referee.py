"""A referee who trusts nothing: both bounds once more, in fractions, from plain numbers alone.

x_i, y, beta  the data, and the width
W, I, s       witness, signs of the second layer and second-layer signs of a pair; D_j masks, rebuilt from W
l_ji, mu_i    multipliers of (2 D_j - 1) x_i.w_j >= 0 and of s_i u_i >= 0, non-negative

The lower bound v.y - 1/2 ||v||^2 holds if the pairs are all pairs, and for each, both output signs o and every j

    || o I_j X^T D_j D_s v + X^T (2 D_j - 1) l_j + I_j X^T D_j diag(s) mu ||^2 <= beta^2.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import lcm

from support.brute_force import feasible

from convex import Problem, Solution

Vector = tuple[Fraction, ...]
Signs = tuple[int, ...]
PairName = tuple[frozenset[tuple[Signs, int]], Signs]  # the signed masks, as signs of the rows, and s


@dataclass(frozen=True)
class Piece:
    """One pair with one output sign, and its multipliers."""

    witness: tuple[Vector, ...]
    outputs: Signs
    output: int
    first: dict[tuple[int, int], Fraction]  # l_ji by (j, i)
    second: dict[int, Fraction]  # mu_i by i


@dataclass(frozen=True)
class Claim:
    """Two bounds and everything behind them."""

    x: tuple[Vector, ...]
    y: Vector
    beta: Fraction
    width: int
    upper: Fraction
    lower: Fraction
    network: tuple[tuple[tuple[Vector, ...], Vector, Fraction], ...]
    v: Vector
    pieces: tuple[Piece, ...]


def claim_of(solution: Solution) -> Claim:
    """The plain numbers of a solution."""
    problem, pieces = solution.problem, []
    for block, multipliers in zip(solution.blocks, solution.proof.multipliers, strict=True):
        first, second = {}, {}
        for k, (wall, value) in enumerate(zip(block.constraints, multipliers, strict=False)):
            neurons, rows = wall.nonzero()
            if k < block.first_walls:
                first[int(neurons[0]), int(rows[0])] = value
            else:
                second[int(rows[0])] = value
        witness = tuple(tuple(map(Fraction, w)) for w in block.pair.witness)
        pieces.append(Piece(witness, tuple(sign for _, sign in block.pair.neurons), block.output, first, second))
    network = tuple((part.first, part.second, part.output) for part in solution.network.subnetworks)
    return Claim(
        problem.x, problem.y, problem.beta, solution.width, solution.upper, solution.lower, network, solution.proof.v,
        tuple(pieces),
    )  # fmt: skip


def dot(a: Iterable[Fraction], b: Iterable[Fraction]) -> Fraction:
    return sum((p * q for p, q in zip(a, b, strict=True)), Fraction(0))


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def objective(x: Sequence[Vector], y: Vector, beta: Fraction, network: Iterable) -> Fraction:
    """Objective (4) of the paper."""
    parts = tuple(network)
    total = sum(beta / 2 * (dot(second, second) + output**2) for _, second, output in parts)
    for row, target in zip(x, y, strict=True):
        f = Fraction(0)
        for first, second, output in parts:
            f += output * max(sum(u * max(dot(row, w), 0) for u, w in zip(second, first, strict=True)), 0)
        total += (f - target) ** 2 / 2
    return total


@cache
def all_pairs(problem: Problem, width: int) -> set[PairName]:
    """Every pair that can change the output, by trying all signs with Fourier-Motzkin elimination."""
    unit = lcm(*(value.denominator for row in problem.x for value in row))
    x = [[int(value * unit) for value in row] for row in problem.x]
    d = len(x[0])
    masks = [
        signs
        for signs in product(*[(1, -1) if any(row) else (0,) for row in x])
        if feasible(tuple(s * value for value in row) for s, row in zip(signs, x, strict=True) if s)
    ]
    signed = [(mask, i) for mask in masks if 1 in mask for i in (1, -1)]
    found = set()
    for neurons in combinations(signed, min(width, len(signed))):
        cone, choices = [], []
        for j, (mask, _) in enumerate(neurons):
            cone += [(*[0] * (j * d), *(s * value for value in row), *[0] * ((len(neurons) - j - 1) * d))
                     for s, row in zip(mask, x, strict=True) if s]  # fmt: skip
        for k in range(len(x)):
            active = {i for mask, i in neurons if mask[k] > 0}
            choices.append((1, -1) if len(active) == 2 else tuple(active) or (0,))
        u = [[i * (mask[k] > 0) * value for mask, i in neurons for value in row] for k, row in enumerate(x)]
        mixed = [k for k, choice in enumerate(choices) if len(choice) == 2]
        for s in product(*choices):
            if 1 in s and feasible([*cone, *(tuple(s[k] * value for value in u[k]) for k in mixed)]):
                found.add((frozenset(neurons), s))
    return found


def objections(claim: Claim, pairs: set[PairName]) -> Iterator[str]:
    """What is wrong with a claim; nothing, if it is proven.

    Args:
        claim: to be judged.
        pairs: every pair that can change the output, from elsewhere.
    """
    if objective(claim.x, claim.y, claim.beta, claim.network) != claim.upper:
        yield "the network does not cost the upper bound"
    if any(sum(dot(w, w) for w in first) > 1 for first, _, _ in claim.network):
        yield "a first layer is too long"
    if any(len(first) > claim.width for first, _, _ in claim.network):
        yield "a sub-network is too wide"
    if dot(claim.v, claim.y) - dot(claim.v, claim.v) / 2 != claim.lower:
        yield "the dual vector does not give the lower bound"
    seen = set()
    for piece in claim.pieces:
        masks = [tuple(sign(dot(row, w)) for row in claim.x) for w in piece.witness]
        if any(s == 0 and any(row) for mask in masks for s, row in zip(mask, claim.x, strict=True)):
            yield "a witness lies on a hyperplane"
        u = [sum(i * max(dot(row, w), 0) for i, w in zip(piece.outputs, piece.witness, strict=True)) for row in claim.x]
        s = tuple(map(sign, u))
        seen.add((frozenset(zip(masks, piece.outputs, strict=True)), s, piece.output))
        if min([*piece.first.values(), *piece.second.values()], default=0) < 0:
            yield "a multiplier is negative"
        if any(dot(g, g) > claim.beta**2 for g in gradients(claim, piece, masks, s)):
            yield "a pair answers more than beta"
    if seen != {(*pair, output) for pair in pairs for output in (1, -1)}:
        yield "the pairs are not all pairs"


def gradients(claim: Claim, piece: Piece, masks: Sequence[Signs], s: Signs) -> Iterator[Vector]:
    """The vectors whose lengths bound what a pair answers."""
    for j, (mask, i) in enumerate(zip(masks, piece.outputs, strict=True)):
        weights = [
            piece.output * i * (mask[k] > 0) * (s[k] > 0) * claim.v[k]
            + mask[k] * piece.first.get((j, k), Fraction(0))
            + i * (mask[k] > 0) * s[k] * piece.second.get(k, Fraction(0))
            for k in range(len(claim.x))
        ]
        yield tuple(dot(weights, column) for column in zip(*claim.x, strict=True))
