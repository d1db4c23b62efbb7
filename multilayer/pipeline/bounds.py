"""The bounds (13) and (14) of the paper and the project's own, as numbers for JSON."""

from collections.abc import Callable
from typing import Any

from arrangements.errors import LimitError
from multilayer.large_integers import BITS
from theory import (
    PowerOfE,
    cover,
    eq13_assumption,
    eq13_closed,
    eq14_assumption,
    eq14_closed,
    eq14_product,
    joint,
    joint_unordered,
    two_to_n,
)
from theory.bound_sizes import BoundSize, bound_sizes

Report = dict[str, Any]
_FLOAT_LIMIT = 2**53
_WORK = 5 * 10**9  # bits times multiplications
_LARGEST = 1_000  # rank times width, for bounds of thousands of digits in seconds


def as_number(value: PowerOfE) -> int | float:
    """Convert a bound to a JSON number: the nearest float, or the exact floor where floats have gaps above 1."""
    floor = value.floor()
    return float(value) if floor < _FLOAT_LIMIT else floor


def _short(size: BoundSize) -> bool:
    """Whether a bound has few digits, and is evaluated in about a second."""
    return size.bits <= BITS and size.bits * size.steps <= _WORK


def exact(name: str, size: BoundSize, value: Callable[[], int]) -> Report:
    """Report a bound: its number; if that is too long to be written, None and an exponent k: it is at most 2^k.

    Args:
        name: what it is called.
        size: its size.
        value: evaluates it.
    """
    return {name: value()} if _short(size) else {name: None, f"{name}_log2": size.log2}


def closed(name: str, size: BoundSize, value: Callable[[], PowerOfE]) -> Report:
    """Report a bound that contains e: its number, and the largest count that it allows; or as `exact` does.

    Args:
        name: what it is called.
        size: its size.
        value: evaluates it.
    """
    if not _short(size):
        return {name: None, f"{name}_floor": None, f"{name}_log2": size.log2}
    known = value()
    return {name: as_number(known), f"{name}_floor": known.floor()}


def first_layer_bounds(rows: int, rank: int) -> Report:
    """Evaluate both steps of (13) for n rows of rank r."""
    size = bound_sizes(rows, rank)
    return {
        **exact("cover", size["cover"], lambda: cover(rows, rank)),
        **closed("eq13", size["eq13_closed"], lambda: eq13_closed(rows, rank)),
    }


def affine_bounds(rows: int, rank: int) -> Report:
    """Evaluate the first step of (13) for n affine rows of rank r: their cone has one more, and twice the regions."""
    return {"cover": cover(rows + 1, rank + 1) // 2}


def second_layer_bounds(rows: int, rank: int, width: int) -> Report:
    """Evaluate the first and the last line of (14), the joint bounds, and the number of all masks."""
    size = bound_sizes(rows, rank, width)
    return {
        **exact("eq14_product", size["eq14_product"], lambda: eq14_product(rows, rank, width)),
        **closed("eq14_closed", size["eq14_closed"], lambda: eq14_closed(rows, rank, width)),
        **exact("joint", size["joint"], lambda: joint(rows, rank, width)),
        **exact("joint_unordered", size["joint_unordered"], lambda: joint_unordered(rows, rank, width)),
        **exact("two_to_n", size["two_to_n"], lambda: two_to_n(rows)),
    }


def formulas_report(rows: int, rank: int, width: int, latex: bool = False) -> Report:
    """Report every bound: its value, its growth in n, whether its assumption holds, its formula.

    Args:
        rows: n.
        rank: r.
        width: m.
        latex: write the formulas in LaTeX.

    Raises:
        InputError: the sizes are impossible.
        LimitError: rank times width is above what is evaluated.
    """
    from theory import growth_exponents, symbolic_bounds

    size = bound_sizes(rows, rank, width)
    if rank * width > _LARGEST:
        known = f"the joint bound is at most 2^{size['joint'].log2}, and all masks are 2^{rows}"
        raise LimitError(f"rank times width is {rank * width}; the bounds are evaluated up to {_LARGEST} ({known})")
    if latex:
        from sympy import latex as written
    else:
        written = str
    return {
        "rows": rows,
        "rank": rank,
        "width": width,
        "bounds": {**first_layer_bounds(rows, rank), **second_layer_bounds(rows, rank, width)},
        "growth_in_n": {name: int(exponent) for name, exponent in growth_exponents(rank, width).items()},
        "assumptions": {"eq13: n >= 2": eq13_assumption(rows), "eq14: m r <= n": eq14_assumption(rows, rank, width)},
        "formulas": {name: written(formula) for name, formula in symbolic_bounds().items()},
    }
