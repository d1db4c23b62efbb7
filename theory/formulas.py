"""The bounds as formulas in n, r and m, expressions of SymPy, which is imported where it is used.

Letters: n, the rows; r, the rank; m, the width; p, the neurons with sign +1. The names of the bounds are
those of their functions: `theory.cover`, `theory.eq13_closed` and so on.
"""

from __future__ import annotations

from numbers import Rational
from typing import TYPE_CHECKING

from arrangements.arguments import read_choice, read_whole
from arrangements.errors import InputError, what_it_is

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

_MOST = 1000  # rank and width of a sum that is written out


def symbols() -> tuple[sympy.Symbol, sympy.Symbol, sympy.Symbol]:
    """Make the symbols n, r, m of the formulas, positive integers.

    Example:
        >>> symbols()
        (n, r, m)
    """
    import sympy

    n, r, m = sympy.symbols("n r m", integer=True, positive=True)
    return n, r, m


def formula(name: str, r: int | None = None, m: int | None = None) -> sympy.Expr:
    r"""Write the bound of this name as a SymPy expression in n and those of r and m that are not given.

    `sympy.latex` prints it; with r and m given, the sums are polynomials in n, written out.

    Args:
        name: the bound's function; the bounds are NAMES and `width_two_bound`.
        r: rank, or None to keep the symbol.
        m: width, or None to keep the symbol.

    Raises:
        InputError: there is no such bound, or r or m is not an integer from 1 to 1000.

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
        "width_two_bound": layer(n, rank) ** 2,
        "two_to_n": 2**n,
    }
    expression = formulas[read_choice(name, formulas, "bound")]
    sizes = ((rank, "r", r), (width, "m", m))
    given = {symbol: read_whole(value, name, 1, _MOST) for symbol, name, value in sizes if value is not None}
    return sympy.expand_func(expression.subs(given).doit()) if given else expression


def read_expression(value: object) -> sympy.Expr:
    """Read an expression of SymPy; text is none, because SymPy would execute it.

    Args:
        value: an expression, a number, or what turns into an expression, as `PowerOfE` does.

    Raises:
        InputError: it is something else.

    Example:
        >>> read_expression(7), read_expression("7")
        Traceback (most recent call last):
        arrangements.errors.InputError: expression: '7' is a str, not an expression of SymPy; make one with formula(...)
    """
    import sympy

    if isinstance(value, sympy.Expr | Rational) or hasattr(value, "_sympy_"):
        read = sympy.sympify(value)
        if isinstance(read, sympy.Expr):
            return read
    raise InputError(f"expression: {what_it_is(value)}, not an expression of SymPy; make one with formula(...)")


def symbolic_bounds() -> dict[str, sympy.Expr]:
    """Write every bound as a formula in the symbols n, r, m, by name.

    Example:
        >>> symbolic_bounds()["two_to_n"]
        2**n
    """
    return {name: formula(name) for name in NAMES}
