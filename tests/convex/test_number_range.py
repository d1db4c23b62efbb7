"""Numbers that floating point cannot hold, even after the scaling, are refused by value and place."""

from fractions import Fraction

import pytest
from support.problems import FOUR_ROWS

from arrangements.errors import InputError
from convex import Problem, depth_table, solve, solve_full_program, solve_sampled
from convex.problem.scaling import Scaling, power_text

X, Y = FOUR_ROWS.x, FOUR_ROWS.y


def times(row: int, factor: Fraction) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(factor * a for a in values) if i == row else values for i, values in enumerate(X))


@pytest.mark.parametrize("exponent", [-9999, -400, 400, 9999])
def test_beta_out_of_range(exponent):
    problem = FOUR_ROWS.with_beta(f"1e{exponent}")
    for attempt in (lambda: solve(problem, 2), lambda: solve_full_program(problem, 2)):
        with pytest.raises(InputError, match=rf"^beta is about 1e{exponent}; the limits are 2\^-1000 and 2\^1000"):
            attempt()
    with pytest.raises(InputError, match=r"^beta is about"):
        depth_table([FOUR_ROWS], ["0.1", f"1e{exponent}"], [1])


@pytest.mark.parametrize("exponent", [-9999, -400, -200])
def test_one_short_row(exponent):
    problem = Problem.read(times(2, Fraction(10) ** exponent), Y, 1)
    for attempt in (lambda: solve(problem, 2), lambda: solve_sampled(problem, 2, 5)):
        with pytest.raises(
            InputError, match=r"^row 3, column 2: .* 2\^-500 times the largest of the table, 2 in row 1"
        ):
            attempt()


@pytest.mark.parametrize("exponent", [200, 400, 9999])
def test_one_long_row(exponent):
    with pytest.raises(InputError, match=r"^row 1, column 2: 2 is the largest entry of its row, and .* in row 3"):
        solve(Problem.read(times(2, Fraction(10) ** exponent), Y, 1), 2)


def test_targets_and_threshold():
    y = [*Y[:3], Fraction(10) ** 200]
    with pytest.raises(InputError, match=r"^the target of row 4 is 1e\+200, above the limit of 2\^500 for the huber"):
        solve(Problem.read(X, y, 1, "huber"), 2)
    for exponent in (-400, 400):
        with pytest.raises(InputError, match=f"^the threshold of the Huber loss is about 1e{exponent}"):
            solve(Problem.read(X, Y, 1, f"huber:1e{exponent}"), 2)


@pytest.mark.parametrize("exponent", [-140, -20])
def test_what_floating_point_can_hold_is_solved(exponent):
    """The limits refuse no more than they must: a short row within them is solved to optimality."""
    assert solve(Problem.read(times(2, Fraction(10) ** exponent), Y, "0.1"), 2).status == "optimal"


@pytest.mark.parametrize("exponent", [-400, 400])
def test_all_together_at_any_size(exponent):
    factor = Fraction(10) ** exponent
    messages: list[str] = []
    problem = Problem(X, tuple(factor * y for y in Y), factor * FOUR_ROWS.beta)
    found = solve(problem, 2, progress=messages.append)
    assert found.status == "optimal"
    assert abs(found.upper / factor**2 - solve(FOUR_ROWS, 2).upper) < Fraction(1, 10**6)
    assert any("interval [" in message for message in messages)


def test_limits_are_met_exactly():
    """A beta of 2^(k + s + t) scales to 2^k: the last one that is taken, and the first that is not."""
    scaling = Scaling.of(FOUR_ROWS)
    size = scaling.data * scaling.targets
    assert Scaling.of(FOUR_ROWS.with_beta(size * Fraction(2) ** 999)).problem.beta == Fraction(2) ** 999
    with pytest.raises(InputError):
        Scaling.of(FOUR_ROWS.with_beta(size * Fraction(2) ** 1001))


def test_power_text_is_close():
    for exponent in (-5000, -320, 320, 5000):
        assert power_text(3 * Fraction(10) ** exponent) in (f"about 1e{exponent}", f"about 1e{exponent + 1}")
