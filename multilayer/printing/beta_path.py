"""Printing of the result of the command path."""

from fractions import Fraction
from typing import Any

import click

from arrangements.exact.directed_rounding import text_above, text_below
from multilayer.printing.reports import print_end, print_table, weights_text


def print_path(report: dict[str, Any]) -> None:
    """Print the knots with their proven bounds, rounded outwards, and the largest gap of the curves and its place."""
    lines = [
        [f"{knot['beta']:.6g}", text_below(knot["lower"], 9), text_above(knot["upper"], 9)] for knot in report["knots"]
    ]
    print_table(("beta", "lower", "upper"), lines)
    target = report["target"] if isinstance(report["target"], str) else ", ".join(report["target"])
    target += weights_text(report)
    click.echo(
        f"width {report['width']}, target {target}, {report['loss']} loss: the curves are at most "
        f"{text_above(report['relative_gap'], 3)} apart, relative to the upper one (at beta {report['at_beta']:.6g})"
    )
    if not report["complete"]:
        inside = ", ".join(f"{low:.4g} to {high:.4g}" for low, high in report["above_tolerance"])
        click.echo(f"this is above the tolerance{f', for beta inside {inside}' if inside else ''}")
    reach = report["reach"]
    if reach["betas"] != report["betas"]:
        low, high = map(Fraction, reach["betas"])
        click.echo(
            f"with the earlier knots the curves reach from beta {float(low):.6g} to {float(high):.6g}, at most "
            f"{text_above(reach['relative_gap'], 3)} apart"
        )
    solves, earlier = report["solves"], report["earlier_knots"]
    click.echo(f"{solves} optima were certified" + (f", and {earlier} taken from an earlier path" if earlier else ""))
    click.echo(f"curves: {report['output']}, with a certificate for each of the {len(report['knots'])} knots beside it")
    print_end(report)
