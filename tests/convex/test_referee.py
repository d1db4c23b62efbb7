"""Both bounds of a solution stand before an independent referee, and spoiled proofs do not."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.bounds_referee import Claim, all_pairs, claim_of, objections
from support.problems import DEGENERATE, FOUR_ROWS, XOR, gaussian, problems, solved

from convex import solve_full_program as solve

CASES = [
    (FOUR_ROWS, 1),
    (FOUR_ROWS, 2),
    (XOR, 1),
    (gaussian(5, 2, 0, "0.02"), 2),
    *((problem, width) for problem in DEGENERATE.values() for width in (1, 2)),
    (DEGENERATE["rank 1 in three columns"], 5),
    (DEGENERATE["one row"], 3),
]


@pytest.mark.parametrize(("problem", "width"), CASES)
def test_proofs_stand(problem, width):
    solution = solved(problem, width)
    assert solution.status == "optimal"
    assert not list(objections(claim_of(solution), all_pairs(problem, width)))


@settings(max_examples=15)
@given(problems(rows=3), st.integers(1, 2))
def test_proofs_of_tiny_problems_stand(problem, width):
    assert not list(objections(claim_of(solve(problem, width)), all_pairs(problem, width)))


def heavier(claim: Claim) -> Claim:
    v = tuple(value * (1 + Fraction(1, 10**6)) for value in claim.v)
    return replace(claim, v=v, lower=sum(a * b - a * a / 2 for a, b in zip(v, claim.y, strict=True)))


def without_multipliers(claim: Claim) -> Claim:
    return replace(claim, pieces=tuple(replace(piece, first={}, second={}) for piece in claim.pieces))


def without_second_layer_multipliers(claim: Claim) -> Claim:
    return replace(claim, pieces=tuple(replace(piece, second={}) for piece in claim.pieces))


def without_one_multiplier(claim: Claim) -> Claim:
    piece = max(claim.pieces, key=lambda piece: sum(piece.first.values()))
    largest = max(piece.first, key=lambda key: piece.first[key])
    spoiled = replace(piece, first={**piece.first, largest: Fraction(0)})
    return replace(claim, pieces=tuple(spoiled if other is piece else other for other in claim.pieces))


def negative(claim: Claim) -> Claim:
    k = next(k for k, piece in enumerate(claim.pieces) if not piece.first)
    spoiled = replace(claim.pieces[k], first={(0, 0): Fraction(-1, 10**9)})
    return replace(claim, pieces=(*claim.pieces[:k], spoiled, *claim.pieces[k + 1 :]))


def without_a_pair(claim: Claim) -> Claim:
    return replace(claim, pieces=claim.pieces[:-1])


def a_pair_twice(claim: Claim) -> Claim:
    return replace(claim, pieces=(*claim.pieces[:-1], claim.pieces[0]))


def better_bounds(claim: Claim) -> Claim:
    return replace(claim, lower=claim.lower + Fraction(1, 10**12), upper=claim.upper - Fraction(1, 10**12))


def _first_part(claim: Claim, first: Fraction = Fraction(1), second: Fraction = Fraction(1)) -> Claim:
    (w, u, output), *rest = claim.network
    w, u = tuple(tuple(first * value for value in row) for row in w), tuple(second * value for value in u)
    return replace(claim, network=((w, u, output), *rest))


def raised_first_layer(claim: Claim) -> Claim:
    factor = 1 + Fraction(1, 10**12)
    return _first_part(claim, factor, 1 / factor)


def raised_weight(claim: Claim) -> Claim:
    return _first_part(claim, second=1 + Fraction(1, 10**12))


def narrower(claim: Claim) -> Claim:
    return replace(claim, width=1)


@pytest.mark.parametrize(
    ("spoil", "objection"),
    [
        (heavier, "a pair answers more than beta"),
        (without_multipliers, "a pair answers more than beta"),
        (without_second_layer_multipliers, "a pair answers more than beta"),
        (without_one_multiplier, "a pair answers more than beta"),
        (negative, "a multiplier is negative"),
        (without_a_pair, "the pairs are not all pairs"),
        (a_pair_twice, "the pairs are not all pairs"),
        (better_bounds, "the network does not cost the upper bound"),
        (better_bounds, "the dual vector does not give the lower bound"),
        (raised_first_layer, "a first layer is too long"),
        (raised_weight, "the network does not cost the upper bound"),
        (narrower, "a sub-network is too wide"),
    ],
)
def test_spoiled_proofs_fall(spoil: Callable[[Claim], Claim], objection: str):
    claim = claim_of(solved(FOUR_ROWS, 2))
    assert objection in objections(spoil(claim), all_pairs(FOUR_ROWS, 2))
