"""Depth over an interval of beta: what is said of an interval holds at every beta that is solved in it."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.problems import FOUR_ROWS, XOR, gaussian

from arrangements import InputError
from convex import depth_table, solve_path
from convex.paths.depth_intervals import depth_intervals, nonnegative, positive

NUMBERS = st.fractions(-3, 3, max_denominator=6)
SOLVED = ("0.021", "0.05", "0.13", "0.31", "0.39")


@pytest.mark.parametrize("problem", [FOUR_ROWS, XOR, gaussian(5, 2, 3, "1")], ids=["four rows", "xor", "gaussian"])
@pytest.mark.parametrize("width", [2, None])
def test_single_betas_agree_with_their_interval(problem, width):
    paths = [solve_path([problem], each, ("0.02", "0.4"), tolerance="0.01") for each in (1, width)]
    found = depth_intervals(*paths)
    assert not found.open
    for row in depth_table([problem], SOLVED, [width]):
        (gain,) = row.widths
        if any(low < row.beta < high for low, high in found.helps):
            assert gain.helps
        if any(low <= row.beta <= high for low, high in found.saves_little):
            assert gain.saving[0] <= found.share
        if gain.saving[0] > found.share:
            assert any(low < row.beta < high for low, high in found.helps)


def test_width_one_never_helps():
    path = solve_path([FOUR_ROWS], 1, ("0.05", "0.4"), tolerance="0.01")
    found = depth_intervals(path, path)
    assert (found.helps, found.open) == ((), ())
    assert found.saves_little == ((Fraction(1, 20), Fraction(2, 5)),)


def test_with_a_smaller_share_less_is_proven():
    paths = [solve_path([FOUR_ROWS], width, ("0.05", "2"), tolerance="0.02") for width in (1, 2)]
    wide, none = depth_intervals(*paths), depth_intervals(*paths, share=Fraction(0))
    assert none.helps == wide.helps
    assert sum(high - low for low, high in none.saves_little) < sum(high - low for low, high in wide.saves_little)
    assert none.open


@pytest.mark.parametrize(("beta", "helps"), [("0.05", True), ("1", False)])
def test_one_beta_is_an_interval(beta, helps):
    found = depth_intervals(*(solve_path([FOUR_ROWS], width, (beta, beta)) for width in (1, 2)))
    here = ((Fraction(beta), Fraction(beta)),)
    assert found.helps == (here if helps else ())
    assert found.saves_little == (() if helps else here)
    assert not found.open


def test_one_beta_where_neither_is_proven_is_open():
    loose, tight = (solve_path([FOUR_ROWS], 1, ("0.05", "0.05"), tolerance=gap) for gap in ("0.5", "1e-6"))
    assert loose.largest_gap.relative > 0
    assert depth_intervals(tight, loose, share=Fraction(0)).open == ((Fraction(1, 20), Fraction(1, 20)),)


def test_where_the_empty_network_is_optimal_depth_saves_nothing():
    """Both curves are exact there, and the share is 0."""
    found = depth_intervals(*(solve_path([FOUR_ROWS], width, ("10", "20")) for width in (1, 2)))
    assert (found.helps, found.open, found.share) == ((), (), 0)
    assert found.saves_little == ((Fraction(10), Fraction(20)),)


def test_a_share_of_one_would_say_nothing():
    found = depth_intervals(*(solve_path([FOUR_ROWS], width, ("0.05", "1"), limit=3) for width in (1, 2)))
    assert found.share >= 1
    assert (found.helps, found.saves_little) == ((), ())
    assert found.open == ((Fraction(1, 20), Fraction(1)),)


def test_two_intervals_are_not_compared():
    paths = [solve_path([FOUR_ROWS], 1, ends, tolerance="0.1") for ends in (("0.1", "0.2"), ("0.1", "0.3"))]
    with pytest.raises(InputError, match="give the same interval"):
        depth_intervals(*paths)


@given(st.lists(NUMBERS, min_size=2, max_size=7))
def test_where_a_broken_line_is_positive(values):
    betas = [Fraction(k) for k in range(len(values))]

    def line(beta):
        k = min(int(beta), len(values) - 2)
        return values[k] + (beta - k) * (values[k + 1] - values[k])

    found = positive(line, betas)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = nonnegative(line, betas)
    assert all(line((low + high) / 2) >= 0 for low, high in kept)
    for share in range(24 * (len(values) - 1) + 1):
        beta = Fraction(share, 24)
        if line(beta) > 0:
            assert any(low <= beta <= high for low, high in found)
            assert any(low <= beta <= high for low, high in kept)
        elif line(beta) < 0:
            assert not any(low < beta < high for low, high in found)
            assert not any(low <= beta <= high for low, high in kept)
