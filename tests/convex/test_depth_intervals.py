"""Depth over an interval of beta: what is said of an interval holds at every beta that is solved in it."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.problems import FOUR_ROWS, XOR, gaussian

from arrangements import InputError
from convex import depth_table, solve_path
from convex.paths.depth_intervals import depth_intervals, positive

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
    for share in range(24 * (len(values) - 1) + 1):
        beta = Fraction(share, 24)
        if line(beta) > 0:
            assert any(low <= beta <= high for low, high in found)
        elif line(beta) < 0:
            assert not any(low < beta < high for low, high in found)
