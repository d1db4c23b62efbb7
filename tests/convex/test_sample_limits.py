"""Draws that there is no room for are refused before any block is made; draws report how far they are."""

import numpy as np
import pytest
from support.problems import FOUR_ROWS

from arrangements.errors import LimitError
from convex import Problem, solve_sampled
from convex.heuristics import sampled_blocks
from convex.heuristics.sampled_blocks import most_pairs


def long_table(rows: int) -> Problem:
    random = np.random.default_rng(0)
    return Problem.read(random.integers(-999, 999, (rows, 2)).tolist(), random.integers(-9, 9, rows).tolist(), 1)


def test_too_many_rows_for_one_pair():
    with pytest.raises(LimitError, match=r"^23171 rows at width 1 are too many to draw: rows \* width is 23171, above"):
        most_pairs(23171, 1)
    assert most_pairs(23170, 1) == 1
    with pytest.raises(LimitError, match=r"^12000 rows at width 2 are too many"):
        solve_sampled(long_table(12000), 2, 1)


def test_too_many_pairs(monkeypatch):
    """As many different pairs as there is room for are solved; one more is refused before it is made a block."""
    enough = solve_sampled(FOUR_ROWS, 2, 200)
    each = 2 * (4 * 2) ** 2
    monkeypatch.setattr(sampled_blocks, "_MEMORY", each * enough.pairs)
    assert solve_sampled(FOUR_ROWS, 2, 200) == enough
    monkeypatch.setattr(sampled_blocks, "_MEMORY", each * enough.pairs - 1)
    monkeypatch.setattr(sampled_blocks, "_block", None)
    with pytest.raises(LimitError, match=rf"^more than {enough.pairs - 1} different pairs of 4 rows at width 2"):
        solve_sampled(FOUR_ROWS, 2, 200)


def test_progress():
    messages: list[str] = []
    found = solve_sampled(FOUR_ROWS, 2, 250, progress=messages.append)
    drawn = [f"{number} of 250 sub-networks drawn" for number in (0, 100, 200)]
    assert messages == [*drawn, f"solving over {found.pairs} pairs drawn"]
