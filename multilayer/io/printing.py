"""Reports on the terminal: one JSON object, or a table to read."""

import json
from collections.abc import Iterator
from typing import Any

import click

from arrangements.errors import LimitError
from multilayer.pipeline.counts import first_layer_bounds, second_layer_bounds

_LONG = 40
_LARGEST = 1_000  # rank times width, for bounds of thousands of digits in seconds


def print_report(report: dict[str, Any], as_json: bool) -> None:
    """Print a report as JSON, or as aligned lines."""
    if as_json:
        click.echo(json.dumps(report))
        return
    lines = list(_lines(report, ""))
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        click.echo(f"{name:<{width}}  {value}")


def _lines(report: dict[str, Any], indent: str) -> Iterator[tuple[str, str]]:
    for name, value in report.items():
        if isinstance(value, dict):
            yield f"{indent}{name}", ""
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name}", readable(value)


def readable(value: Any) -> str:
    """A value for people: thousands separated, long numbers shortened with their length.

    Example:
        >>> readable(1066044), readable(2**200)[:34]
        ('1,066,044', '1606938044258990275541962092341...')
    """
    if value is None:
        return "-"
    if isinstance(value, int) and not isinstance(value, bool):
        text = f"{value:,}"
        return text if len(text) <= _LONG else f"{str(value)[:31]}... ({len(str(value))} digits)"
    if isinstance(value, float):
        return f"{value:.12g}"
    text = str(value)
    return text if len(text) <= 2 * _LONG else f"{text[: _LONG - 3]}... ({len(text)} characters)"


def print_bounds(rows: int, rank: int, width: int, as_json: bool, latex: bool = False) -> None:
    """Print the formulas of every bound, their values and their growth in n."""
    from theory import all_bounds, growth_exponents, symbolic_bounds

    if rank * width > _LARGEST:
        raise LimitError(f"rank times width is {rank * width}; the bounds are evaluated up to {_LARGEST}")
    assumptions = all_bounds(rows, rank, width)
    values = {**first_layer_bounds(rows, rank), **second_layer_bounds(rows, rank, width)}
    growth = {name: int(exponent) for name, exponent in growth_exponents(rank, width).items()}
    report = {
        "rows": rows,
        "rank": rank,
        "width": width,
        "bounds": values,
        "growth_in_n": growth,
        "assumptions": {"eq13: n >= 2": assumptions.eq13_assumption, "eq14: m r <= n": assumptions.eq14_assumption},
    }
    if latex:
        from sympy import latex as written
    else:
        written = str
    formulas = {name: written(formula) for name, formula in symbolic_bounds().items()}
    if as_json:
        print_report({**report, "formulas": formulas}, as_json)
        return
    print_report(report, as_json)
    click.echo("formulas")  # whole, whatever their length
    for name, text in formulas.items():
        click.echo(f"  {name:<{max(map(len, formulas))}}  {text}")
