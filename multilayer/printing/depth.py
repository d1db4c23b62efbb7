"""Printing of the result of the command depth."""

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import click

from arrangements.exact.directed_rounding import text_above, text_below
from multilayer.pipeline.learning.training import UNLIMITED
from multilayer.printing.reports import print_end, print_table, weights_text


def print_depth(report: dict[str, Any]) -> None:
    """Print the two-layer optimum of each table and beta, and for each width the optimum and the saving in percent."""
    for table in report["tables"]:
        target, loss = ", ".join(table["target"]) + weights_text(table), table["loss"]
        click.echo(f"{table['source']}: {table['rows']} rows of {table['columns']}, target {target}, {loss} loss")
        deep = [entry["width"] for entry in table["optima"][0]["widths"] if entry["width"] != 1]
        headings = ["beta", "two layers"]
        for width in deep:
            headings += [width if width == UNLIMITED else f"width {width}", "saving, %"]
        lines = []
        for row in table["optima"]:
            line = [row["beta"], _digits(row["two_layer"]["lower"], row["two_layer"]["upper"])]
            for entry in row["widths"]:
                if entry["width"] != 1:
                    line += [_digits(entry["lower"], entry["upper"]), _percent(entry["saving"], entry["helps"])]
            lines.append(line)
        print_table(headings, lines)
        click.echo()
    click.echo("yes: proven that depth helps; no: proven that it saves at most 0.0001 %; ?: neither is proven")
    print_end(report)


def _digits(lower: float, upper: float) -> str:
    """Write the digits, at most eight, to which both bounds round; both bounds where they do not share three."""
    for digits in range(8, 2, -1):
        if f"{lower:.{digits}g}" == f"{upper:.{digits}g}":
            return f"{lower:.{digits}g}"
    return f"{text_below(lower, 4)}..{text_above(upper, 4)}"


def _percent(saving: Sequence[float], helps: bool | None) -> str:
    verdict = {True: "yes", False: "no ", None: "?  "}[helps]
    low, high = (f"{100 * end:.2f}" for end in saving)
    if low != high:
        low, high = f"{floor(10_000 * saving[0]) / 100:.2f}..", f"{ceil(10_000 * saving[1]) / 100:.2f}"
        return f"{low}{high} {verdict}"
    return f"{low} {verdict}"


def print_depth_intervals(report: dict[str, Any]) -> None:
    """Print for each table and width the intervals of beta where depth helps, saves little, or neither is proven."""
    for table in report["tables"]:
        target = table["target"] if isinstance(table["target"], str) else ", ".join(table["target"])
        target += weights_text(table)
        low, high = table["betas"]
        click.echo(f"{table['source']}: target {target}, {table['loss']} loss, every beta from {low} to {high}")
        for entry in table["widths"]:
            name = entry["width"] if entry["width"] == UNLIMITED else f"width {entry['width']}"
            click.echo(f"  {name}, {entry['knots']} certified optima:")
            said = (
                ("helps", "depth helps"),
                ("saves_little", f"saves <= {text_above(100 * entry['share'], 2)} %"),
                ("open", "neither proven"),
            )
            for key, words in said:
                click.echo(f"    {words:<15} {_listed(entry[key], outwards=key == 'open')}")
        click.echo()
    click.echo("all of this is proven for every beta of the intervals, whose ends are rounded inwards")
    click.echo("(outwards where neither is proven)")
    print_end(report)


def _listed(intervals: Sequence[Sequence[float]], *, outwards: bool) -> str:
    """Write intervals; of those rounded inwards, the ones that six digits cannot show are left out."""
    first, last = (text_below, text_above) if outwards else (text_above, text_below)
    said = [(first(low, 6), last(high, 6)) for low, high in intervals]
    return ", ".join(f"{low} to {high}" for low, high in said if float(low) <= float(high)) or "nowhere"
