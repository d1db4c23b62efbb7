"""Proven curves over beta as the content of a page: what each knot's certificate shows, and both curves.

Nothing is taken from files that the checker of curves does not accept; it checks the certificate of every knot.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import text_above
from convex.paths.curves import Point, chord_at, concave_points
from multilayer import checker, curve_checker
from multilayer.explorer.certificate_content import certificate_content
from multilayer.explorer.contents import Content

_KNOT = ("subnetworks", "layers", "predictions", "certificate")  # what differs from knot to knot
_MOST = 200  # knots, each with a network of its own


def accepted_path(path: Path) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """Read the curves and the certificates of their knots after the checker of curves has accepted them.

    Args:
        path: the file path.json.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: the file cannot be read, or has more knots than a page shows.
    """
    try:
        curve_checker.check(path)
        curves = checker.load(path)
        knots = [checker.load(path.parent / knot["certificate"]) for knot in curves["knots"]]
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if len(knots) > _MOST:
        raise InputError(f"{path} has {len(knots)} knots, and a page shows {_MOST} at most; give a larger --tolerance")
    return curves, knots


def path_content(curves: Mapping[str, Any], knots: list[Mapping[str, Any]], name: str) -> Content:
    """The content of curves over beta: that of the first knot's certificate, and of all knots what differs.

    Args:
        curves: accepted.
        knots: the certificates, by beta.
        name: what it is called.

    Raises:
        InputError: more rows than a page can show.
    """
    pages = [certificate_content(knot, f"the optimum at beta {knot['input']['beta']}", name) for knot in knots]
    betas = [Fraction(knot["beta"]) for knot in curves["knots"]]
    lower = concave_points(map(Point, betas, [Fraction(knot["lower"]) for knot in curves["knots"]]))
    lines = [(curves["empty"]["loss"], curves["empty"]["penalty"])]
    lines += [(knot["loss"], knot["penalty"]) for knot in curves["knots"]]
    return {
        **pages[0],
        "knots": [{key: page[key] for key in _KNOT} for page in pages],
        "curves": {
            "betas": list(map(str, betas)),
            "lower": [float(chord_at(lower, beta)) for beta in betas],  # a weak bound is below the chord of others
            "lines": [[float(Fraction(part)) for part in line] for line in lines],
            "gap_decimal": text_above(Fraction(curves["relative_gap"])),
        },
    }
