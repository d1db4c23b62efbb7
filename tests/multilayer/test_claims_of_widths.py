"""The claims on the width once more: program (12) over brute-force tuples, and costs of networks in fractions."""

import pytest
from support.plain_programs import blocks_of, cost_of, listed, numbers, plain, program

from convex import Problem, solve, solve_full_program
from multilayer.claims.training.widths import FOUR_NEURONS, THREE_NEURONS


@pytest.mark.parametrize(("problem", "least"), [(THREE_NEURONS, 1), (FOUR_NEURONS, 1)], ids=["four rows", "five rows"])
def test_optima_of_one_and_of_n_minus_1_neurons(problem, least):
    rows, y, beta = plain(problem)
    single = program(rows, y, beta, blocks_of(listed(rows, least)))[0]
    networks = [solve(problem, m).network for m in range(1, len(rows))]
    assert [max(len(part.second) for part in network.subnetworks) for network in networks] == list(range(1, len(rows)))
    costs = [cost_of(problem, network) for network in networks]
    assert float(costs[0]) == pytest.approx(single, rel=1e-6)
    assert {float(f"{float(cost):.6g}") for cost in costs} <= numbers("Own: n - 1 neurons")


def test_two_neurons_are_not_enough_on_four_rows_by_all_pairs():
    rows, y, beta = plain(THREE_NEURONS)
    two = program(rows, y, beta, blocks_of(listed(rows, 2)))[0]
    assert float(f"{two:.6g}") in numbers("Own: n - 1 neurons")
    assert float(cost_of(THREE_NEURONS, solve(THREE_NEURONS, 3).network)) < two * (1 - 1e-3)


def test_all_pairs_of_width_three_on_four_rows():
    """P*(3) = P*(inf) on four plane rows, with all pairs of width three listed; P*(1) is above it."""
    problem = Problem.read([[1, -1], [6, -4], [6, -5], [2, 1]], [3, -186, 8, 2], "671/15")
    three, free = solve_full_program(problem, 3), solve(problem, None)
    assert max(three.lower, free.lower) <= min(three.upper, free.upper)
    assert solve_full_program(problem, 1).lower > three.upper


@pytest.mark.parametrize("problem", [THREE_NEURONS], ids=["four rows"])
def test_only_tuples_with_both_signs_matter(problem):
    """Width two over the tuples with both signs, and width one, beside width two over all tuples."""
    rows, y, beta = plain(problem)
    mixed = [(neurons, s, walls) for neurons, s, walls in listed(rows, 2) if len({sign for _, sign in neurons}) == 2]
    assert 0 < len(mixed) < len(listed(rows, 2))
    fewer = program(rows, y, beta, blocks_of(mixed) + blocks_of(listed(rows, 1)))[0]
    assert fewer == pytest.approx(program(rows, y, beta, blocks_of(listed(rows, 2)))[0], rel=1e-6)
    assert program(rows, y, beta, blocks_of(listed(rows, 1)))[0] > fewer * (1 + 1e-3)
