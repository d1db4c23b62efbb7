"""Bounds for layer l of a fully connected network, whose neurons share the layers below: Warren's bound.

n     rows of the data; r, their rank
m_k   width of layer k, k = 1 .. l-1; one neuron of layer l stands on top
f     free weights: r m_1 + sum_{k <= l-2} m_k m_{k+1} + m_{l-1} - sum_k m_k - 1
p     polynomials whose signs are a pattern: n sum_{k <= l} m_k prod_{j<k} (2^(m_j) - 1), with m_l = 1

`theory.layer_joint` copies the layers below for every neuron, which gives r m_1 ... m_{l-1} weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import comb, prod

from arrangements.arguments import is_whole
from arrangements.errors import InputError, shown
from theory.cover_bound import check_bits, checked_sizes
from theory.deeper_layers import checked_widths


def warren(polynomials: int, degree: int, variables: int) -> int:
    """Evaluate Warren's bound on the sign vectors without 0 of polynomials: 2 (2D)^f sum_{i <= f} 2^i C(p, i).

    Args:
        polynomials: p, how many there are.
        degree: D, at least their degrees, and at least 1.
        variables: f.

    Raises:
        InputError: a number is not an integer, p or f is below 0, or D below 1.
        LimitError: the bound has too many digits.

    Theorem (Warren 1968, theorem 2): the set where none of p real polynomials in f variables is 0, each of degree at
    most D, has at most that many connected components; each sign vector has one of its own.

    Example:
        >>> warren(3, 1, 2), warren(10, 2, 1)
        (152, 168)
    """
    for name, value, least in (("p", polynomials, 0), ("D", degree, 1), ("f", variables, 0)):
        if not is_whole(value) or value < least:
            raise InputError(f"{name} is {shown(value)}; it must be an integer of at least {least}")
    p, d, f = int(polynomials), int(degree), int(variables)
    check_bits((f + 1) * ((2 * d).bit_length() + p.bit_length() + 2) * (1 + f // 10_000))
    return 2 * int((2 * d) ** f) * sum(comb(p, i) << i for i in range(min(f, p) + 1))


def shared_exponent(r: int, widths: Sequence[int]) -> int:
    """The free weights f of a fully connected network: the degree of `shared_bound` as a polynomial in n.

    Args:
        r: rank of the rows.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: r or a width is not an integer above 0, or there is no width.

    Theorem: f <= r m_1 ... m_{l-1} - 1, the exponent of `theory.layer_joint`, with equality iff for every k >= 2
    m_k = 1 or r m_1 ... m_{k-2} = 1. For f + 1 = (r - 1) m_1 + sum_{k <= l-2} (m_k - 1) m_{k+1} + m_{l-1} is r m_1 for
    one width, and a width m_k more adds m_{k-1} (m_k - 1) to it, and r m_1 ... m_{k-1} (m_k - 1) to the other side.

    Example:
        >>> shared_exponent(2, (2,)), shared_exponent(2, (2, 2)), shared_exponent(2, (3, 3, 3))
        (3, 5, 17)
    """
    r, layers = checked_widths(r, widths)
    return (r - 1) * layers[0] + sum((a - 1) * b for a, b in pairwise(layers)) + layers[-1] - 1


def shared_polynomials(n: int, widths: Sequence[int]) -> int:
    """The polynomials p whose signs fix the signs of all pre-activations of a fully connected network on n rows.

    Args:
        n: rows.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: n or a width is not an integer above 0, or there is no width.
        LimitError: a width is so large that p has too many digits.

    Example:
        >>> shared_polynomials(1, (2,)), shared_polynomials(5, (2, 2))
        (5, 85)
    """
    n, _, _ = checked_sizes(n)
    _, layers = checked_widths(1, widths)
    check_bits(sum(layers))
    return n * sum(m * prod((1 << below) - 1 for below in layers[:k]) for k, m in enumerate((*layers, 1)))


def shared_bound(n: int, r: int, widths: Sequence[int]) -> int:
    """Evaluate 2^(1 + m_1 + ... + m_{l-1}) times Warren's bound for p polynomials of degree l in f variables.

    Args:
        n: rows.
        r: their rank.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: the sizes are impossible, or there is no width.
        LimitError: the bound has too many digits.

    Theorem: over generic weights, the masks 1[u >= 0] of a neuron of layer l of a fully connected network, and the
    complete patterns (the signs of all pre-activations up to it), number at most shared_bound(n, r, widths), which is
    O(n^f). That the number of cells of a network is bounded by Warren's theorem is known (Goldberg and Jerrum 1995;
    Bartlett, Harvey, Liaw and Mehrabian 2019); applied layer by layer it gives a larger exponent.

    Proof. The vectors of layer 1 matter through X w only, which makes r m_1 weights of it. A pattern of generic
    weights, where no pre-activation is 0 but on a zero row (in layer 1) or a row on which all neurons of the layer
    below are inactive, stays the same nearby; so it has weights outside the zeros of any finite list of polynomials
    that are not 0 everywhere. Let none of these weights be 0. Multiplying the weights into a neuron of layers 1 to
    l-1 by t > 0, and those out of it by 1/t, changes no sign: from the layer below the top downwards, let the weight
    of each of them to the first neuron of the next layer be 1 or -1. Multiplying all of layer 1 by t > 0 multiplies
    every pre-activation by t: let its first weight be 1 or -1. What is left, for each of the 2^(1 + m_1 + ... +
    m_{l-1}) choices of these signs, are f weights.

    If the active neurons of layers 1 to k-1 on row i are given, the pre-activation of a neuron of layer k on row i is
    a polynomial in the weights, of degree at most k <= l; it is 0 everywhere if one of these sets is empty. Take all of
    them: for each row, layer and neuron, and each choice of non-empty sets below; they are p. Their signs fix the
    pattern, layer by layer: those of layer 1 are among them; where the active sets below are known, the next
    pre-activation is a known one of them, or a structural zero. So patterns are at most as many as sign vectors without
    0 of those polynomials that are not 0 everywhere, which Warren's theorem bounds. f does not depend on n, and p is a
    multiple of n. (A polynomial that is 0 for all f weights is 0 for all weights with those signs, as the scaling
    multiplies it by a positive number, and so it is 0 everywhere.) QED.

    Example:
        >>> shared_bound(5, 2, (2,)), shared_bound(5, 2, (2, 2))
        (20122624, 538895320565760)
        >>> [shared_bound(n, 2, (2, 2)) < min(2**n, 10**30) for n in (50, 100)]
        [False, True]
    """
    n, r, _ = checked_sizes(n, r)
    layers = checked_widths(r, widths)[1]
    p, f = shared_polynomials(n, layers), shared_exponent(r, layers)
    return (1 << 1 + sum(layers)) * warren(p, len(layers) + 1, f)
