"""Bounds for layer l: the joint bound of the second layer, carried up a network of any depth.

n     rows of the data; r, their rank
m_k   width of layer k of one sub-network, k = 1 .. l-1; one neuron of layer l stands on top
M     m_1 m_2 ... m_{l-1}, the paths from a neuron of layer 1 to the top
h     hyperplanes that each row brings, for one choice of the signs of the weights above layer 1

Remark 5 of Ergen and Pilanci (ICML 2021) states that the masks of layer l number O(n^(r M)). The bound here is
a polynomial in n of degree r M - 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb, prod
from sys import maxsize
from typing import TYPE_CHECKING

from arrangements.arguments import read_list
from arrangements.errors import InputError
from theory.asymptotics import growth_exponent
from theory.cover_bound import check_bits, checked_sizes, general_position
from theory.formulas import symbols

if TYPE_CHECKING:
    import sympy


def layer_dimension(r: int, widths: Sequence[int]) -> int:
    """The dimension r M in which layer l is cut.

    Args:
        r: rank of the rows.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: r or a width is not an integer above 0, or there is no width.

    Example:
        >>> layer_dimension(3, (2,)), layer_dimension(3, (2, 4))
        (6, 24)
    """
    r, widths = checked_widths(r, widths)
    return r * prod(widths)


def sign_choices(widths: Sequence[int]) -> dict[int, int]:
    """Count for each h the choices of the signs above layer 1 that have it, up to the order of neurons.

    Args:
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: a width is not an integer above 0, or there is no width.

    Theorem: there are t_l choices, t_1 = 1 and t_{k+1} = C(2 t_k + m_k - 1, m_k), since below a neuron stands a
    multiset of m_k smaller trees, each with a sign. For one width h is N_p / n of `theory.joint`.

    Example:
        >>> sign_choices((2,)), sign_choices((1, 2)), sum(sign_choices((2, 2)).values())
        ({2: 2, 3: 1}, {2: 6, 3: 4}, 21)
    """
    _, widths = checked_widths(1, widths)
    choices, leaves = {1: 1}, 1
    for m in widths:
        below: Counter[int] = Counter()
        for p in range(m + 1):
            own = (1 << leaves * m) - (1 << leaves * p) - (1 << leaves * (m - p)) + 1
            for h_plus, a in _multisets(choices, p).items():
                for h_minus, b in _multisets(choices, m - p).items():
                    below[own + h_plus + h_minus] += a * b
        choices, leaves = dict(sorted(below.items())), leaves * m
    return choices


def _multisets(choices: dict[int, int], size: int) -> dict[int, int]:
    """Count for each sum of h the multisets of that many trees that have it."""
    found = {(0, 0): 1}  # (how many trees, sum): multisets
    for h, kinds in choices.items():
        longer: Counter[tuple[int, int]] = Counter()
        for (count, total), ways in found.items():
            for more in range(size - count + 1):
                longer[count + more, total + more * h] += ways * comb(kinds + more - 1, more)
        found = dict(longer)
    return {total: ways for (count, total), ways in found.items() if count == size}


def layer_joint(n: int, r: int, widths: Sequence[int]) -> int:
    """Evaluate the joint bound of layer l: the sum of 2 sum_{k < r M} C(n h - 1, k) over the choices of signs.

    Args:
        n: rows.
        r: their rank.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: the sizes are impossible, or there is no width.

    Theorem: over generic weights, both the masks 1[u >= 0] of a neuron of layer l and the complete patterns (the
    signs of all pre-activations up to it, the order of neurons left aside) number at most
    layer_joint(n, r, widths) = O(n^(r M - 1)). That holds with neurons shared, as in a fully connected network, and
    with a copy of the lower layers for every neuron. For one width it is `theory.joint`.

    Proof. A neuron that is used by several is copied for each, which gives a tree with M leaves, neurons of layer 1;
    the pattern of the network is read off that of the tree. By positive homogeneity, |a| (u)_+ = (|a| u)_+, the
    sizes of the weights above layer 1 move down into the vectors w_j of the leaves, and only their signs stay. Fix
    these. Let e_j be the product of the signs on the way from leaf j to the top, and v_j = e_j w_j; v lies in R^(rM),
    as w_j matters through X w_j only.

    A leaf j is *reached* by row i at a neuron above it if on the way there all neurons below that neuron are active on
    row i. Then the pre-activation of the neuron is the sum over its reached leaves A of x_i.w_j times the product
    of the signs on the way, which is +-sum_{j in A} x_i.v_j: the signs from there to the top are common to all of A.
    Take these hyperplanes, for each row i: x_i.v_j = 0 for the M leaves; and sum_{j in A} x_i.v_j = 0 for each
    neuron above them and each set A of leaves under it that has leaves below inputs of both signs. A neuron of layer k
    with p inputs of sign + and q = m_{k-1} - p of sign -, each with M' = m_1 ... m_{k-2} leaves, has 2^(m_{k-1} M')
    sets less 2^(p M') and 2^(q M') of one sign, the empty one being among both. The sum over the tree is h,
    and there are n h hyperplanes in all.

    On a region of this arrangement all signs are constant, layer by layer: the leaves' own hyperplanes fix their
    signs. If the layers below a neuron are fixed, so is its set A. If A is empty, the pre-activation is 0; if all
    of A lies below inputs of one sign, it has that sign, as active inputs are positive; else its sign is that of the
    hyperplane of A, times a fixed one. By Cover's bound there are at most 2 sum_{k < r M} C(n h - 1, k) regions; rows
    that are zero and hyperplanes that coincide only lower it.

    Conversely a pattern of generic weights, where no pre-activation is 0 but with A empty, stays the same for all v
    nearby: signs stay, hence active sets, hence the rows with A empty. So some region has it. The inputs of a
    neuron may be put in any order, so that one tree of signs for each multiset of signed trees below is enough.
    A region and its signs have one mask and one pattern; the sum over the choices is the bound, and each of its
    terms is a polynomial in n of degree r M - 1. QED.

    Example:
        >>> layer_joint(5, 2, (2,)), layer_joint(5, 2, (1, 2)), layer_joint(5, 2, (2, 2))
        (1460, 5320, 19341876608)
    """
    n, r, _ = checked_sizes(n, r)
    dimension = layer_dimension(r, widths)
    return sum(count * general_position(n * h, dimension) for h, count in sign_choices(widths).items())


def layer_formula(r: int, widths: Sequence[int]) -> sympy.Expr:
    """Write the joint bound of layer l as a polynomial in n, the symbol of `theory.symbols`.

    Args:
        r: rank of the rows.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: r or a width is not an integer above 0, or there is no width.

    Example:
        >>> layer_formula(1, (2,))
        14*n
        >>> layer_formula(1, (2,)).subs(symbols()[0], 5) == layer_joint(5, 1, (2,))
        True
    """
    import sympy

    n, dimension = symbols()[0], layer_dimension(r, widths)
    x = sympy.Symbol("x")
    # C(x, k) for k < r M, built up as polynomials in x = n h - 1
    term = total = sympy.Poly(1, x)
    for k in range(1, dimension):
        term = term * sympy.Poly(x - k + 1, x) * sympy.Rational(1, k)
        total = total + term
    parts = (2 * count * total.compose(sympy.Poly(h * x - 1, x)) for h, count in sign_choices(widths).items())
    return sum(parts, sympy.Poly(0, x)).as_expr().subs(x, n)


def layer_exponent(r: int, widths: Sequence[int]) -> int:
    """Compute the exponent of n in the joint bound of layer l from the polynomial.

    Args:
        r: rank of the rows.
        widths: m_1, ..., m_{l-1}.

    Raises:
        InputError: r or a width is not an integer above 0, or there is no width.

    Example:
        >>> layer_exponent(3, (2,)), layer_exponent(2, (2, 3))
        (5, 11)
    """
    return int(growth_exponent(layer_formula(r, widths), symbols()[0]))


def checked_widths(r: int, widths: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """Return a rank and widths as Python integers.

    Raises:
        InputError: r or a width is not an integer above 0, or there is no width.
        LimitError: a number of paths whose power of 2 nobody could wait for.

    Example:
        >>> checked_widths(2, [3, 1])
        (2, (3, 1))
    """
    rows = maxsize  # any number that r cannot exceed
    layers = read_list(widths, "widths", "integers, one for each layer below the last")
    checked = tuple(checked_sizes(rows, r, m)[2] for m in layers)
    if not checked:
        raise InputError("there is no width; give one for each layer below the last")
    check_bits(prod(checked))  # 2^M occurs in the bound
    return checked_sizes(rows, r)[1], checked
