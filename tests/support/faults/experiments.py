"""Faults under the claims on Figures 2, 4 and 5."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from convex.heuristics.landscape import Convexity
from convex.networks.network import Network, SubNetwork
from multilayer.claims.tables import gaussian

CLAIMS, FIGURE2, FIGURE4 = (
    "multilayer.claims.experiments.figures",
    "multilayer.reproduce.figure2",
    "multilayer.reproduce.figure4",
)


def upside_down(right):
    """Midpoint concavity."""
    return lambda values, tolerance: right(-values, tolerance)


def never_violated(_):
    return lambda values, tolerance: Convexity(1, 0, 0.0)


def with_subnetworks(count):
    """Trains that many, whatever is asked for."""
    return lambda right: lambda settings, best, seed, asked, *rest: right(settings, best, seed, count, *rest)


def times(factor):
    return lambda right: lambda *arguments: right(*arguments) * factor


def other_network(change):
    """Certified optima with another network, whose parts are changed from the right ones."""

    def plant(right):
        def wrong(seed):
            best = right(seed)
            network = Network(change(best.solution.network.subnetworks))
            return best._replace(solution=replace(best.solution, network=network))

        return wrong

    return plant


IDLE = SubNetwork(((Fraction(0), Fraction(0)),), (Fraction(1),), Fraction(1))  # answers 0 and costs beta


def linear_outputs(_):
    """Networks without the second ReLU."""

    def wrong(weights, x):
        hidden = np.maximum(weights.first @ x.T, 0)
        return ((weights.second[:, :, None] @ hidden)[:, :, 0].transpose(0, 2, 1)) @ weights.output

    return wrong


def always_the_targets(_):
    """A network that fits perfectly at whatever penalty."""
    return lambda w, signs, x: gaussian(6, 2, 2, "0.1").floats[1][:, None]


FAULTS = [  # claim, what is replaced, by what, and what the claim says of it
    ("Figure 2", f"{FIGURE2}.midpoint_convexity", upside_down, "far fewer pairs"),
    ("Figure 2", f"{FIGURE2}.midpoint_convexity", never_violated, "far fewer pairs"),
    ("few sub-networks", f"{FIGURE4}.polished", times(1e-9), "no end is below the proven bound"),
    ("few sub-networks", f"{FIGURE4}.ends", with_subnetworks(20), "most starts with K = 1"),
    ("many sub-networks", f"{FIGURE4}.ends", with_subnetworks(1), "all starts with K = 20"),
    ("many sub-networks", f"{FIGURE4}.polished", times(0.99), "no end is below the proven bound"),
    ("many sub-networks", f"{CLAIMS}.network_outputs", linear_outputs, "negative second layers answer 0"),
    ("value and network", f"{CLAIMS}._optimum", other_network(lambda parts: parts[1:]), "costs the value"),
    ("value and network", f"{CLAIMS}._optimum", other_network(lambda parts: (*parts, IDLE)), "costs the value"),
    ("Figure 5", f"{CLAIMS}.group_norms", times(2), "the gated model costs less"),
    ("Figure 5", f"{CLAIMS}.relu_outputs", always_the_targets, "the network of its weights"),
]
