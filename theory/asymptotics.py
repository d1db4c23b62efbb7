"""Growth of the bounds with n: their exponents, computed from the formulas.

n, r, m  rows, their rank, width;  a  exponent: a bound grows as n^a if log bound / log n tends to a

SymPy is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arrangements.errors import InputError, LimitError, shown, what_it_is
from theory.cover_bound import checked_sizes
from theory.formulas import NAMES, formula, read_expression, symbols

if TYPE_CHECKING:
    import sympy

_MOST = 10_000  # rank times width


def growth_exponent(expression: sympy.Expr, n: sympy.Symbol) -> sympy.Expr:
    """Compute the exponent a of the growth n^a of a positive expression: the limit of n (d/dn) log(expression).

    For a polynomial in n this is its degree; for 2^n it is infinite.

    Args:
        expression: a formula, positive for large n.
        n: the symbol that grows.

    Raises:
        InputError: the expression has a sum whose number of terms is still a symbol.

    Example:
        >>> n, r, m = symbols()
        >>> growth_exponent(formula("cover", r=3), n), growth_exponent(formula("joint", r=2, m=3), n)
        (2, 5)
        >>> growth_exponent(formula("eq13_closed"), n), growth_exponent(formula("eq14_closed"), n)
        (r, 2*m*r)
    """
    import sympy

    expression = sympy.expand_func(read_expression(expression).doit())
    if not isinstance(n, sympy.Symbol):
        raise InputError(f"n: {what_it_is(n)}, not a symbol of SymPy; give the first of symbols()")
    if expression.has(sympy.Sum, sympy.binomial):
        raise InputError(f"give r and m as integers first: {expression}")
    if expression.is_polynomial(n):
        return sympy.Poly(expression, n).degree()
    slope = sympy.simplify(n * sympy.diff(expression, n) / expression)
    return sympy.simplify(sympy.limit(slope, n, sympy.oo))


def growth_exponents(r: int, m: int) -> dict[str, int]:
    """Compute the exponent of n in every bound that is polynomial in n, by name, for a given rank and width.

    Args:
        r: rank.
        m: width.

    Raises:
        InputError: r or m is not an integer above 0.
        LimitError: m r is above 10000.

    Example:
        >>> growth_exponents(3, 2)["eq14_closed"], growth_exponents(3, 2)["joint"]
        (12, 5)
    """
    _, r, m = checked_sizes(r, r, m)
    if m * r > _MOST:
        raise LimitError(f"rank {shown(r)} times width {shown(m)} is above the limit of {_MOST}; take smaller ones")
    n, rank, width = symbols()
    return {name: int(order(formula(name).subs({rank: r, width: m}), n)) for name in NAMES if name != "two_to_n"}


def order(expression: sympy.Expr, n: sympy.Symbol) -> sympy.Expr:
    """Read the exponent of n off the structure of a formula, without expanding it, which is quick for any size.

    Sums have the greatest exponent of their terms, products the sum of exponents, powers and binomials C(p, k) a
    multiple. That is right as long as leading terms do not cancel, as in the formulas here, whose terms are all
    positive for large n; `growth_exponent` takes the limit instead.

    Args:
        expression: a formula without cancelling leading terms.
        n: the symbol that grows.

    Raises:
        InputError: something else depends on n, or a sum has a number of terms that is a symbol.

    Example:
        >>> n, r, m = symbols()
        >>> order(formula("joint").subs({r: 3, m: 2}), n), order(n**2 * (n - 1) / 2 + n, n)
        (5, 3)
    """
    import sympy

    if not expression.has(n):
        return sympy.Integer(0)
    if expression == n:
        return sympy.Integer(1)
    head, *tail = expression.args
    if isinstance(expression, sympy.Add):
        return max(order(term, n) for term in expression.args)
    if isinstance(expression, sympy.Mul):
        return sum((order(factor, n) for factor in expression.args), sympy.Integer(0))
    if isinstance(expression, sympy.Pow | sympy.binomial) and not tail[0].has(n):
        return tail[0] * order(head, n)
    if isinstance(expression, sympy.Sum) and len(tail) == 1:
        k, first, last = tail[0]
        terms = order(head, n)
        if (last - first).is_negative:
            return sympy.Integer(0)
        # linear in k, so that the first or the last is the greatest
        if last.is_Integer and terms.is_polynomial(k) and sympy.degree(terms, k) <= 1:
            return max(terms.subs(k, first), terms.subs(k, last))
    raise InputError(f"no exponent of {n} can be read off {expression}")
