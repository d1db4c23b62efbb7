"""Printing of reports: one JSON object, or lines to read."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import click

from arrangements.exact.directed_rounding import text_above, text_below

_LONG = 40
_OUTWARDS = {"lower": text_below, "upper": text_above, "gap": text_above, "relative_gap": text_above}


def print_report(report: dict[str, Any], as_json: bool, whole: Container[str] = ()) -> None:
    """Print a report as JSON, or as aligned lines.

    Args:
        report: names and values; values may be reports.
        as_json: print one JSON object and nothing else.
        whole: reports inside this one whose values are printed whole and aligned by themselves, whatever their length.
    """
    if as_json:
        click.echo(json.dumps(report))
        return
    apart = {name: values for name, values in report.items() if name in whole}
    lines = list(_lines({name: value for name, value in report.items() if name not in apart}, ""))
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        click.echo(f"{name:<{width}}  {value}")
    for name, values in apart.items():
        click.echo(name)
        width = max(map(len, values))
        for inner, text in values.items():
            click.echo(f"  {inner:<{width}}  {text}")


def _lines(report: dict[str, Any], indent: str) -> Iterator[tuple[str, str]]:
    for name, value in report.items():
        if name.endswith("_log2") or (name.endswith("_floor") and value is None):
            continue  # told with the number itself
        if isinstance(value, dict):
            yield f"{indent}{name}", ""
            yield from _lines(value, indent + "  ")
        elif value is None and f"{name}_log2" in report:
            at_most = "" if name == "two_to_n" else "at most "
            yield f"{indent}{name}", f"{at_most}2^{report[f'{name}_log2']}"
        else:
            yield f"{indent}{name}", _bound(name, value) if name in _OUTWARDS else readable(value)


def _bound(name: str, value: float | None) -> str:
    return readable(value) if value is None else _OUTWARDS[name](value)


def readable(value: Any) -> str:
    """Write a value for people: thousands separated, long numbers shortened with their length.

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


def print_table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Print columns as wide as they need, aligned to the right."""
    spread = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    for line in (headings, *lines):
        click.echo("  ".join(cell.rjust(size) for cell, size in zip(line, spread, strict=True)).rstrip())


def print_end(report: dict[str, Any]) -> None:
    """Print where the figure is, if there is one, and how long it all took."""
    if report["figure"]:
        click.echo(f"figure: {report['figure']}")
    click.echo(f"{report['seconds']:.1f} s")


def weights_text(report: Mapping[str, Any]) -> str:
    """Name the column of the weights of the rows, behind the target; nothing where there is none.

    Args:
        report: of a table.

    Example:
        >>> weights_text({"weights": "times"}), weights_text({})
        (', weights times', '')
    """
    return f", weights {report['weights']}" if "weights" in report else ""
