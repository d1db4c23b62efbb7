"""Printing of the result of the command growth."""

from typing import Any

import click

from multilayer.large_integers import shortened
from multilayer.printing.reports import print_end, print_table, readable
from theory.growth_measurements import COUNTS, exact_order

_COLUMNS = {
    "n": "rows",
    "regions": "regions",
    "tuples": "tuples",
    "pairs": "pairs",
    "joint bound": "joint_unordered",
    "masks": "masks",
    "2^n": "two_to_n",
    "(14)": "eq14_product",
}
_LARGE = 10**15  # from here on six digits tell enough


def print_growth(report: dict[str, Any]) -> None:
    """Print the counts beside the bounds, and below them the fitted exponents beside the proven ones."""
    click.echo(f"random:n,{report['rank']},{report['seed']}, width {report['width']}")
    print_table(list(_COLUMNS), [[_short(row, name) for name in _COLUMNS.values()] for row in report["tables"]])
    click.echo()
    lines = []
    for name in COUNTS:
        fits = [f"{report[key][name]:.3f}" if report[key] else "-" for key in ("fitted", "fitted_last_half")]
        lines.append([name, *fits, f"{'=' if exact_order(name) else '<='} {report['proven'][name]}"])
    print_table(["exponent of n", "fitted", "last half", "proven"], lines)
    print_end(report)


def _short(row: dict[str, Any], name: str) -> str:
    value = row[name]
    if value is None:
        return f"2^{row[f'{name}_log2']}"
    return readable(value) if value < _LARGE else f"{value:.3e}" if value < 10**300 else shortened(value)
