"""Small networks to look at from their inputs, degenerate and generic ones, and what is true of them by definition."""

import random
from fractions import Fraction
from itertools import pairwise

import numpy as np

from arrangements import LayeredNetwork

SIZES = ((1, 4, 3, 1), (2, 3, 2, 1), (2, 4, 1), (3, 3, 2, 1), (4, 3, 1), (4, 2, 2, 1), (2, 2, 2, 2, 1), (3, 2, 2, 2))
VALUES = ((0, 1, -1), (-2, -1, 0, 0, 1, 2, 3), ("1/2", 0, "-1/3", 1, -2, 3))


EXTREME = (("1e300", "1e-300", 1, -1, 0), (1, "1.000000001", "0.999999999", -1), ("1e40", 0, "-1e40", "1e-40"))


def drawn(seed, values=VALUES):
    """A small network: many are degenerate, with zero, repeated and opposite rows, and one in three has no biases."""
    draw = random.Random(seed)
    values, biased = draw.choice(values), draw.random() < 2 / 3
    return LayeredNetwork.read(
        [
            (
                [[draw.choice(values) for _ in range(a)] for _ in range(b)],
                [draw.choice(values) for _ in range(b)] if biased else None,
            )
            for a, b in pairwise(SIZES[seed % len(SIZES)])
        ]
    )


def generic(*sizes, seed=0):
    """A network of floats from a normal distribution."""
    normal = np.random.default_rng(seed).standard_normal
    return LayeredNetwork.read([(normal((b, a)), normal(b)) for a, b in pairwise(sizes)])


def signs_at(network, x):
    """The signs of all hidden pre-activations, by definition."""
    found = []
    for weights, biases in network.layers[:-1]:
        u = [sum((w * v for w, v in zip(row, x, strict=True)), b) for row, b in zip(weights, biases, strict=True)]
        found.append(tuple((v > 0) - (v < 0) for v in u))
        x = [max(v, Fraction(0)) for v in u]
    return tuple(found)


def euler(numbers):
    return sum((-1) ** k * count for k, count in enumerate(numbers))


def box_of(seed, network):
    return None if seed % 3 else [(-1, 2)] * network.inputs
