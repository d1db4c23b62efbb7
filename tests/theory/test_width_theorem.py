"""The width theorem by plain programs: vertices enumerated in fractions, linear programs in floats, and small facts."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from arrangements import InputError, family
from theory import row_directions, sufficient_width

digit = st.integers(-4, 4)


def solved(columns, right):
    """The only solution of sum_j t_j columns[j] = right in fractions, or None."""
    rows = [[Fraction(column[i]) for column in columns] + [Fraction(value)] for i, value in enumerate(right)]
    for k in range(len(columns)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    return None if any(row[-1] for row in rows[len(columns) :]) else [row[-1] for row in rows[: len(columns)]]


def best_vertex(neurons, costs, u):
    """Factors of the neurons at a cheapest vertex of t, z >= 0: u_i kept where u_i > 0, at most 0 elsewhere."""
    n, below = len(u), [i for i, value in enumerate(u) if value <= 0]
    columns = neurons + [[int(i == k) for i in range(n)] for k in below]
    prices = costs + [0] * len(below)
    right, best, factors = [max(value, 0) for value in u], None, None
    for size in range(n + 1):
        for chosen in combinations(range(len(columns)), size):
            values = solved([columns[k] for k in chosen], right)
            if values is not None and all(value >= 0 for value in values):
                cost = sum(prices[k] * value for k, value in zip(chosen, values, strict=True))
                if best is None or cost < best:
                    whole = dict(zip(chosen, values, strict=True))
                    best, factors = cost, [whole.get(k, Fraction(0)) for k in range(len(neurons))]
    return best, factors


def parts_of(neurons, factors):
    """The narrow sub-networks, by the theorem: (output sign, factors) of each."""
    u = [sum(t * b for t, b in zip(factors, row, strict=True)) for row in zip(*neurons, strict=True)]
    if any(value < 0 for value in u):
        return [(1, factors)]
    # a neuron alone, with its sign as output sign: its u is its own absolute value
    signs = [1 if max(b) > 0 else -1 for b in neurons]
    return [
        (sign, [sign * t if j == k else 0 for j, t in enumerate(factors)]) for k, sign in enumerate(signs) if factors[k]
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_sub_network_is_a_sum_of_narrow_ones(data):
    """Exactly: the same output, no larger penalty, at most n - 1 neurons in each part; any sizes of neurons."""
    n, d, m = data.draw(st.integers(2, 4)), data.draw(st.integers(1, 3)), data.draw(st.integers(1, 6))
    x = data.draw(st.lists(st.lists(digit, min_size=d, max_size=d), min_size=n, max_size=n))
    drawn = data.draw(st.lists(st.tuples(st.lists(digit, min_size=d, max_size=d), st.sampled_from((1, -1))),
                               min_size=m, max_size=m))  # fmt: skip
    neurons = [[sign * max(sum(a * b for a, b in zip(row, w, strict=True)), 0) for row in x] for w, sign in drawn]
    neurons = [b for b in neurons if any(b)]
    costs = [data.draw(st.integers(1, 5)) for _ in neurons]
    u = [sum(row) for row in zip(*neurons, strict=True)] or [0] * n
    cost, factors = best_vertex(neurons, costs, u)
    assert cost <= sum(costs)
    parts = parts_of(neurons, factors)
    output, penalty = [Fraction(0)] * n, Fraction(0)
    for sign, own in parts:
        assert sum(1 for t in own if t) <= max(n - 1, 1)
        for i in range(n):
            output[i] += sign * max(sum(t * b[i] for t, b in zip(own, neurons, strict=True)), 0)
        penalty += sum(abs(t) * c for t, c in zip(own, costs, strict=True))
    assert output == [max(value, 0) for value in u]
    assert penalty == cost


@pytest.mark.parametrize(("n", "d"), [(4, 3), (5, 3), (6, 3), (7, 4)])
def test_random_points_of_the_hull_in_floats(n, d):
    """Thirty unit neurons; at a vertex fewer than n of them where a row is below 0. Both cases occur."""
    rng = np.random.default_rng(n)
    split = whole = 0
    for trial in range(30):
        x, w = rng.standard_normal((n, d)), rng.standard_normal((30, d))
        signs = rng.choice([1, -1], 30, p=(0.9, 0.1) if trial % 2 else (0.5, 0.5))
        b = signs * np.maximum(x @ (w / np.linalg.norm(w, axis=1, keepdims=True)).T, 0)
        t = rng.random(30)
        u = b @ t
        above = u > 0
        found = linprog(np.ones(30), b[~above], np.zeros((~above).sum()), b[above], u[above], method="highs-ds")
        new = b @ found.x
        assert found.fun <= t.sum() + 1e-9
        np.testing.assert_allclose(np.maximum(new, 0), np.maximum(u, 0), atol=1e-8)
        below = int((new < -1e-7).sum())
        assert np.count_nonzero(found.x > 1e-9) <= n - below
        split, whole = split + (below == 0), whole + (below > 0)
    assert split
    assert whole


def test_more_neurons_than_the_theorem_allows_are_needed_without_the_split():
    """Two rows, u = (1, 1) from one neuron on each row: no single neuron gives it as cheaply, but two parts do."""
    neurons, costs = [[1, 0], [0, 1]], [1, 1]
    cost, factors = best_vertex(neurons, costs, [1, 1])
    assert (cost, factors) == (2, [1, 1])
    assert [sum(1 for t in own if t) for _, own in parts_of(neurons, factors)] == [1, 1]


def same_direction(a, b):
    """Whether b is a positive multiple of a, by Cauchy and Schwarz with equality."""
    product = sum(p * q for p, q in zip(a, b, strict=True))
    return product > 0 and product**2 == sum(p * p for p in a) * sum(q * q for q in b)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3).flatmap(lambda d: st.lists(st.lists(st.integers(-2, 2), min_size=d, max_size=d), min_size=1)))
def test_directions_by_products(rows):
    others = [row for row in rows if any(row)]
    first = [a for k, a in enumerate(others) if not any(same_direction(a, b) for b in others[:k])]
    assert row_directions(rows) == len(first)


def test_widths_that_are_enough():
    assert [sufficient_width(n) for n in (1, 2, 3, 4, 9, np.int64(30))] == [1, 1, 1, 3, 8, 29]
    assert row_directions(family("braid:4")) == 6
    with pytest.raises(InputError, match="directions of rows need rows through 0"):
        row_directions(family("shi:3"))
