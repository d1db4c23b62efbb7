"""The exact alternative: a point inside an open cone, or a positive dependency that proves it empty.

A  integer rows a_1 .. a_n
w  witness: a_k.w > 0 for every k
l  dependency: l_k > 0 on its support, sum l_k a_k = 0

Gordan (1873): exactly one of the two exists. The rational simplex of z3 decides: slow, never rounded.
The engine calls it only where floating point is in doubt, and the tests use it as their oracle.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from math import lcm
from typing import Any

from arrangements.exact.linear_algebra import Row, primitive


@contextmanager
def _numbers_of_any_length() -> Iterator[None]:
    """Numbers go to and from z3 as decimal text, which Python stops at 4300 digits unless told otherwise."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(limit)


def _integers(values: list[Fraction]) -> Row:
    scale = lcm(*(x.denominator for x in values))
    return primitive([int(x * scale) for x in values])


def _model(solver: Any, unknowns: list[Any]) -> list[Fraction]:
    model = solver.model()
    return [Fraction(model.eval(x, model_completion=True).as_fraction()) for x in unknowns]


@_numbers_of_any_length()
def alternative(rows: Sequence[Sequence[int]]) -> tuple[Row | None, dict[int, int] | None]:
    """Decide {w : a_k.w > 0 for all k} by Gordan's theorem, in rational arithmetic.

    Args:
        rows: n >= 1 integer rows of one length d >= 1.

    Returns:
        (witness, None) or (None, dependency), the dependency as {row: positive integer}.

    Example:
        >>> witness, _ = alternative([[1, 0], [0, 1], [-1, 1]])
        >>> witness[0] > 0 and witness[1] > witness[0]
        True
        >>> alternative([[1, 0], [0, 1], [-1, -2]])[1]
        {0: 1, 1: 2, 2: 1}
    """
    import z3

    n, d = len(rows), len(rows[0])
    w = [z3.Real(f"w{j}") for j in range(d)]
    solver = z3.SimpleSolver()
    solver.add(*(z3.Sum([z3.IntVal(x) * y for x, y in zip(row, w, strict=True)]) >= 1 for row in rows))
    if solver.check() == z3.sat:
        return _integers(_model(solver, w)), None
    l = [z3.Real(f"l{k}") for k in range(n)]  # noqa: E741
    solver = z3.SimpleSolver()
    solver.add(*(x >= 0 for x in l), z3.Sum(l) == 1)
    for column in zip(*rows, strict=True):
        solver.add(z3.Sum([z3.IntVal(x) * y for x, y in zip(column, l, strict=True)]) == 0)
    solver.check()
    weights = _model(solver, l)
    support = [k for k in range(n) if weights[k]]
    return None, dict(zip(support, _integers([weights[k] for k in support]), strict=True))
