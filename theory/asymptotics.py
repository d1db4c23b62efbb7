"""The bounds as formulas in n, r and m, and how fast each grows with n; the exponents are computed.

Letters: n, the rows; r, the rank; m, the width; p, the neurons with sign +1. The names of the bounds are
those of their functions in `theory.bounds`, `theory.joint` and `theory.width_two`.

SymPy is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arrangements.errors import InputError
from theory.bounds import sizes

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
    n, _, _ = symbols()
    return {name: int(growth_exponent(formula(name, r, m), n)) for name in NAMES if name != "two_to_n"}
