"""Bounds for layers with shared weights: Warren's bound on small cases, free weights by ranks of derivatives."""

from fractions import Fraction
from itertools import pairwise
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrangements import family, list_regions, sampled_masks
from arrangements.errors import InputError, LimitError
from arrangements.exact.linear_algebra import rank
from theory import layer_exponent, shared_bound, shared_exponent, shared_polynomials, warren

# on which every free weight moves the function; a single neuron below several, say, leaves only their signs to matter
FULL = [(1,), (2,), (3,), (2, 1), (2, 2), (3, 2), (2, 2, 2)]
WIDTHS = [(1,), (2,), (3,), (1, 2), (2, 1), (2, 2), (3, 2), (2, 3), (1, 1, 2), (2, 2, 2), (2, 1, 2)]


@pytest.mark.parametrize("p", range(9))
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_warren_on_a_line(p, degree):
    """On a line p polynomials of degree D have at most p D zeros, so p D + 1 intervals."""
    assert p * degree + 1 <= warren(p, degree, 1) == 4 * degree * (1 + 2 * p)


@given(st.integers(0, 30), st.integers(1, 6))
def test_warren_on_hyperplanes(p, f):
    """Affine hyperplanes in general position have sum_{i <= f} C(p, i) regions."""
    assert sum(comb(p, i) for i in range(f + 1)) <= warren(p, 1, f)


@pytest.mark.parametrize("wrong", [(-1, 1, 1), (1, 0, 1), (1, 1, -1), (1.0, 1, 1), (True, 1, 1)])
def test_warren_needs_integers(wrong):
    with pytest.raises(InputError, match="must be an integer of at least"):
        warren(*wrong)


def derivatives(r, widths, rows, rng):
    """Integer derivatives of the output of layer l by all weights, a row for each of many inputs, at drawn weights."""
    sizes = [r, *widths, 1]
    weights = [rng.integers(-9, 10, shape).astype(object) for shape in pairwise(sizes)]
    found = []
    for x in rng.integers(-9, 10, (rows, r)).astype(object):
        inputs = [x]
        for w in weights[:-1]:
            inputs.append(np.maximum(inputs[-1] @ w, 0))
        back, parts = np.array([1], object), []
        for w, value in zip(weights[::-1], inputs[::-1], strict=True):
            parts.append(np.outer(value, back).ravel())
            back = (w @ back) * (value > 0)
        found.append(tuple(int(a) for part in parts[::-1] for a in part))
    return found


@pytest.mark.parametrize("r", [1, 2, 3])
@pytest.mark.parametrize("widths", WIDTHS)
def test_free_weights_are_the_rank_of_the_derivatives(r, widths):
    """Scaling changes no output but by a factor, so that the rank is at most f + 1, and f + 1 somewhere."""
    rng = np.random.default_rng(0)
    ranks = {rank(rows := derivatives(r, widths, 40, rng), len(rows[0])) for _ in range(150)}
    assert max(ranks) <= shared_exponent(r, widths) + 1
    if r > 1 and widths in FULL:
        assert max(ranks) == shared_exponent(r, widths) + 1


@pytest.mark.parametrize("r", [1, 2, 3])
@pytest.mark.parametrize("widths", WIDTHS)
def test_exponents(r, widths):
    f = shared_exponent(r, widths)
    counted = r * widths[0] + sum(a * b for a, b in zip(widths, (*widths[1:], 1), strict=True)) - sum(widths) - 1
    assert f == counted <= layer_exponent(r, widths) == r * prod(widths) - 1
    paths = [r * prod(widths[: k - 1]) for k in range(1, len(widths))]  # r m_1 ... m_{k-2} for each width m_k, k >= 2
    assert (f == layer_exponent(r, widths)) == all(1 in pair for pair in zip(widths[1:], paths, strict=True))
    n = 10**9
    assert 2**f / 1.01 < shared_bound(2 * n, r, widths) / shared_bound(n, r, widths) < 2**f * 1.01


def listed_polynomials(n, widths):
    """The polynomials one by one: a row, a layer, a neuron, and non-empty sets of active neurons below."""
    found = 0
    for k, m in enumerate((*widths, 1)):
        sets = 1
        for below in widths[:k]:
            sets *= sum(1 for chosen in range(2**below) if chosen)
        found += n * m * sets
    return found


@pytest.mark.parametrize("widths", WIDTHS)
def test_polynomials(widths):
    assert shared_polynomials(7, widths) == listed_polynomials(7, widths)


@pytest.mark.parametrize("widths", [(1,), (1, 1), (1, 1, 1)])
@pytest.mark.parametrize("n", [8, 16, 40])
def test_masks_of_single_neurons(widths, n):
    """They are the half-planes, or all rows; the bound is far below 2^n."""
    arrangement = family(f"random:{n},2,0")
    regions = [cell.signs for cell in list_regions(arrangement)]
    masks = {tuple(int(s <= 0) for s in signs) for signs in regions} | {(1,) * n}
    assert set(sampled_masks(arrangement, widths, 2_000)) <= masks
    assert len(masks) <= shared_bound(n, 2, widths)
    assert n < 40 or shared_bound(n, 2, widths) < 2**20


@pytest.mark.parametrize(
    ("first", "second", "mask"),
    [
        ((("1", "5/2"), ("0", "-1")), (("-1", "2"), ("3/8", "-1")), (0, 1, 1, 0, 1)),
        ((("1/2", "-3/4"), ("-1", "-1")), (("-1", "1/8"), ("1", "-1")), (1, 0, 0, 1, 0)),
    ],
)
def test_two_masks_that_are_hardly_ever_drawn(first, second, mask):
    """With them all 32 masks of five plane rows occur at widths (2, 2); drawing finds 30 (docs/howto/layers.md)."""
    arrangement = family("random:5,2,0")
    found = []
    for x in arrangement.normals:
        inner = [
            max(sum(Fraction(a) * b for a, b in zip(w, x, strict=True)), Fraction(0)) for w in zip(*first, strict=True)
        ]
        outer = [
            max(sum(Fraction(a) * b for a, b in zip(w, inner, strict=True)), Fraction(0))
            for w in zip(*second, strict=True)
        ]
        found.append(int(-sum(outer) >= 0))
    assert tuple(found) == mask
    assert mask not in sampled_masks(arrangement, (2, 2), 2_000)


def test_bad_sizes():
    for wrong in ((0, 1, (1,)), (2, 3, (1,)), (2, 1, ()), (2, 1, (0,)), (2, 1, 3)):
        with pytest.raises(InputError):
            shared_bound(*wrong)
    with pytest.raises(LimitError, match="binary digits"):
        shared_bound(10**6, 10**5, (2000, 2000))
