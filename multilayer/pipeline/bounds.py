"""The bounds (13) and (14) of the paper and the project's own, as numbers for JSON."""

from typing import Any

from arrangements.errors import LimitError
from theory import (
    PowerOfE,
    all_bounds,
    cover,
    eq13_closed,
    eq14_closed,
    eq14_product,
    joint,
    joint_unordered,
    two_to_n,
)

Report = dict[str, Any]
_FLOAT_LIMIT = 2**53
_LARGEST = 1_000  # rank times width, for bounds of thousands of digits in seconds


def as_number(value: PowerOfE) -> int | float:
    """Convert a bound to a JSON number: the nearest float, or the exact floor where floats have gaps above 1."""
    floor = value.floor()
    return float(value) if floor < _FLOAT_LIMIT else floor


def closed(name: str, value: PowerOfE) -> dict[str, int | float]:
    """Report a bound that contains e: its number, and the largest count that it allows."""
    return {name: as_number(value), f"{name}_floor": value.floor()}


def first_layer_bounds(rows: int, rank: int) -> Report:
    """Evaluate both steps of (13) for n rows of rank r."""
    return {"cover": cover(rows, rank), **closed("eq13", eq13_closed(rows, rank))}


def affine_bounds(rows: int, rank: int) -> Report:
    """Evaluate the first step of (13) for n affine rows of rank r: their cone has one more, and twice the regions."""
    return {"cover": cover(rows + 1, rank + 1) // 2}


def second_layer_bounds(rows: int, rank: int, width: int) -> Report:
    """Evaluate the first and the last line of (14), the joint bounds, and the number of all masks."""
    return {
        "eq14_product": eq14_product(rows, rank, width),
        **closed("eq14_closed", eq14_closed(rows, rank, width)),
        "joint": joint(rows, rank, width),
        "joint_unordered": joint_unordered(rows, rank, width),
        "two_to_n": two_to_n(rows),
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

    if rank * width > _LARGEST:
        raise LimitError(f"rank times width is {rank * width}; the bounds are evaluated up to {_LARGEST}")
    checked = all_bounds(rows, rank, width)
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
        "assumptions": {"eq13: n >= 2": checked.eq13_assumption, "eq14: m r <= n": checked.eq14_assumption},
        "formulas": {name: written(formula) for name, formula in symbolic_bounds().items()},
    }
