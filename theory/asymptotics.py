"""The bounds as formulas in n, r and m, and how fast each grows with n; the exponents are computed.

Letters: n, the rows; r, the rank; m, the width; p, the neurons with sign +1. The names of the bounds are
those of their functions in `theory.paper_bounds`, `theory.joint_arrangement` and `theory.width_two_formulas`.

SymPy is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arrangements.errors import InputError
from theory.paper_bounds import sizes

if TYPE_CHECKING:
    import sympy

NAMES = (
    "cover",
    "eq13_closed",
    "eq14_product",
    "eq14_second_closed",
    "eq14_closed",
    "joint",
    "joint_unordered",
    "two_to_n",
)


def symbols() -> tuple[sympy.Symbol, sympy.Symbol, sympy.Symbol]:
    """The symbols n, r, m of the formulas, positive integers.

    Example:
        >>> symbols()
        (n, r, m)
    """
    import sympy

    n, r, m = sympy.symbols("n r m", integer=True, positive=True)
    return n, r, m


def formula(name: str, r: int | None = None, m: int | None = None) -> sympy.Expr:
    r"""The bound of this name as a SymPy expression in n and those of r and m that are not given.

    `sympy.latex` prints it; with r and m given, the sums are polynomials in n, written out.

    Raises:
        InputError: there is no such bound.

    Example:
        >>> import sympy
        >>> sympy.factor(formula("cover", r=3))
        n**2 - n + 2
        >>> print(sympy.latex(formula("eq13_closed")))
        2 r \left(\frac{e \left(n - 1\right)}{r}\right)^{r}
    """
    import sympy

    n, rank, width = symbols()
    mr, e = width * rank, sympy.E
    k, p = sympy.symbols("k p", integer=True, nonnegative=True)

    def layer(planes: sympy.Expr, dimension: sympy.Expr) -> sympy.Expr:
        return 2 * sympy.Sum(sympy.binomial(planes - 1, k), (k, 0, dimension - 1))

    def closed(dimension: sympy.Expr) -> sympy.Expr:
        return 2 * dimension * (e * (n - 1) / dimension) ** dimension

    planes = n * (width + 2**width - 2**p - 2 ** (width - p) + 1)
    below = width ** (mr - 1) * rank ** (2 * mr - width - 1)
    mixed = layer(planes, mr) / (sympy.factorial(p) * sympy.factorial(width - p))
    formulas = {
        "cover": layer(n, rank),
        "eq13_closed": closed(rank),
        "eq14_product": layer(n, mr) * (2 * layer(n, rank)) ** width,
        "eq14_second_closed": closed(mr) * (2 * closed(rank)) ** width,
        "eq14_closed": 2 ** (2 * width + 1) * (e * (n - 1)) ** (2 * mr) / below,
        "joint": sympy.Sum(layer(planes, mr), (p, 0, width)),
        "joint_unordered": 2 * sympy.binomial(layer(n, rank), width) + sympy.Sum(mixed, (p, 1, width - 1)),
        "width_two": layer(n, rank) ** 2,
        "two_to_n": 2**n,
    }
    if name not in formulas:
        raise InputError(f"no bound is called {name!r}; there are {', '.join(formulas)}")
    expression = formulas[name]
    given = {symbol: value for symbol, value in ((rank, r), (width, m)) if value is not None}
    return sympy.expand_func(expression.subs(given).doit()) if given else expression


def growth_exponent(expression: sympy.Expr, n: sympy.Symbol) -> sympy.Expr:
    """The exponent a of the growth n^a of a positive expression: the limit of n (d/dn) log(expression).

    For a polynomial in n this is its degree; for 2^n it is infinite.

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

    expression = sympy.expand_func(sympy.sympify(expression).doit())
    if expression.has(sympy.Sum, sympy.binomial):
        raise InputError(f"give r and m as integers first: {expression}")
    if expression.is_polynomial(n):
        return sympy.Poly(expression, n).degree()
    slope = sympy.simplify(n * sympy.diff(expression, n) / expression)
    return sympy.simplify(sympy.limit(slope, n, sympy.oo))


def symbolic_bounds() -> dict[str, sympy.Expr]:
    """Every bound by name, as a formula in the symbols n, r, m.

    Example:
        >>> symbolic_bounds()["two_to_n"]
        2**n
    """
    return {name: formula(name) for name in NAMES}


def growth_exponents(r: int, m: int) -> dict[str, int]:
    """The exponent of n in every bound that is polynomial in n, by name, for a given rank and width.

    Raises:
        InputError: r or m is not an integer above 0.

    Example:
        >>> growth_exponents(3, 2)["eq14_closed"], growth_exponents(3, 2)["joint"]
        (12, 5)
    """
    _, r, m = sizes(r, r, m)
    n, rank, width = symbols()
    return {name: int(order(formula(name).subs({rank: r, width: m}), n)) for name in NAMES if name != "two_to_n"}


def order(expression: sympy.Expr, n: sympy.Symbol) -> sympy.Expr:
    """The exponent of n of a formula, read off its structure: nothing is written out, so that it is quick for any size.

    Sums have the greatest exponent of their terms, products the sum of exponents, powers and binomials C(p, k) a
    multiple. That is right as long as leading terms do not cancel, as in the formulas here, whose terms are all
    positive for large n; `growth_exponent` takes the limit instead.

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
