"""Faults under the claims on Table 1."""

from dataclasses import replace
from fractions import Fraction

from support.faults.first_claims import always, plus, with_fields

from convex.networks.network import Network
from multilayer.reproduce.printed_table import TABLE


def printed(name: str, **numbers: str):
    """The table with other numbers for one set."""
    return lambda _: {**TABLE, name: TABLE[name]._replace(**numbers)}


def nothing_learnt(original):
    return lambda *arguments, **named: replace(original(*arguments, **named), network=Network(()))


def many_parts(original):
    def wrong(*arguments, **named):
        found = original(*arguments, **named)
        return replace(found, network=Network(found.network.subnetworks * 11))

    return wrong


CLAIMS = "multilayer.claims.experiments.table1"
ACUTE, BALLOONS = "objectives of the acute", "balloons"
FAULTS = [
    (ACUTE, f"{CLAIMS}.bound_from_scale", lambda right: lambda *a: right(*a) / 2, "is above the printed number"),
    (ACUTE, f"{CLAIMS}.bound_from_scale", always(Fraction(1, 1000)), "one label of 1"),
    (ACUTE, f"{CLAIMS}.bound_from_scale", plus(1), "all but the objective over n"),
    (ACUTE, f"{CLAIMS}.TABLE", printed("acute-nephritis", convex="0.0024"), "features as measured"),
    (ACUTE, f"{CLAIMS}.TABLE", printed("acute-inflammation", convex="0.0012"), "has changed"),
    (BALLOONS, f"{CLAIMS}.first_layer_bound", with_fields(value=2), "both bounds are in order"),
    (BALLOONS, f"{CLAIMS}.first_layer_bound", with_fields(value=Fraction(1, 2)), "has changed"),
    (BALLOONS, f"{CLAIMS}.solve_sampled", nothing_learnt, "costs less"),
    (BALLOONS, f"{CLAIMS}.solve_sampled", many_parts, "the printed size"),
    (BALLOONS, f"{CLAIMS}.TABLE", printed("balloons", rows=20), "the bundled table"),
    (BALLOONS, f"{CLAIMS}.features_of_bits", lambda right: lambda _: right((0, 0, 0, 1)), "on both sides"),
    (BALLOONS, f"{CLAIMS}.semidefinite_bound", with_fields(value=2), "has changed"),
    ("lower training", f"{CLAIMS}.TABLE", printed("fertility", convex="0.125"), "lower one of all sets"),
    ("lower training", f"{CLAIMS}.TABLE", printed("acute-inflammation", sgd="0.0059"), "has changed"),
    ("test errors", f"{CLAIMS}.TABLE", printed("fertility", convex_error="0.3500"), "the one exception"),
    ("test errors", f"{CLAIMS}.TABLE", printed("balloons", convex_error="0.2693"), "no two numbers"),
]
