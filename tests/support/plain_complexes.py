"""Slow, obviously right twins of the complex of a network, for tiny ones.

Sign vectors are tried layer by layer, and Fourier-Motzkin elimination decides whether some input has them. Only the
signs of the layers before are used, and the definition of the network: no rays, no regions, no integers but those of
the elimination.

z  homogeneous coordinates (x t, t) of an input, t > 0
"""

from fractions import Fraction
from itertools import product
from math import lcm

from support.brute_force import feasible


def integers(row):
    scale = lcm(*(Fraction(x).denominator for x in row))
    return tuple(int(x * scale) for x in row)


def domain(network, box):
    """The rows that are positive where inputs are."""
    d = network.inputs
    rows = [(0,) * d + (1,)]
    for j, (lower, upper) in enumerate(box or ()):
        unit = [Fraction(int(i == j)) for i in range(d)]
        rows += [integers([*unit, -Fraction(lower)]), integers([*(-x for x in unit), Fraction(upper)])]
    return rows


def sign_vectors(network, choices, box=None, *, last=False):
    """All sign vectors of the layers that cut with entries among the choices, each with the linear maps in z there.

    A deeper row is linear in z where the signs of the layers before are fixed, as these say which neurons are active.
    """
    d = network.inputs
    identity = [tuple(Fraction(int(i == j)) for i in range(d + 1)) for j in range(d)]
    found = [((), identity, domain(network, box), [])]
    for weights, biases in network.layers[: None if last else -1]:
        longer = []
        for signs, maps, positive, zero in found:
            rows = []
            for row, bias in zip(weights, biases, strict=True):
                combined = [sum((w * m[i] for w, m in zip(row, maps, strict=True)), Fraction(0)) for i in range(d + 1)]
                combined[d] += bias
                rows.append(tuple(combined))
            exact = [integers(row) for row in rows]
            options = [choices if any(row) else (0,) for row in exact]
            for layer in product(*options):
                above = [tuple(s * x for x in row) for s, row in zip(layer, exact, strict=True) if s]
                equal = [row for s, row in zip(layer, exact, strict=True) if not s]
                if feasible([*positive, *above], [*zero, *equal]):
                    kept = [row if s > 0 else (Fraction(0),) * (d + 1) for s, row in zip(layer, rows, strict=True)]
                    longer.append(((*signs, layer), kept, [*positive, *above], [*zero, *equal]))
        found = longer
    return found


def plain_regions(network, box=None):
    """The sign vectors of all activation regions: 0 only where a pre-activation vanishes identically."""
    return {signs for signs, *_ in sign_vectors(network, (-1, 1), box)}


def plain_faces(network, box=None, *, last=False):
    """The sign vectors of all faces, with their dimensions."""
    return {
        signs: network.inputs - rank([row for row in zero if any(row)])
        for signs, _, _, zero in sign_vectors(network, (-1, 0, 1), box, last=last)
    }


def rank(rows):
    """By elimination in fractions."""
    rows = [list(map(Fraction, row)) for row in rows]
    found = 0
    while rows:
        row = rows.pop()
        j = next((j for j, x in enumerate(row) if x), None)
        if j is not None:
            found += 1
            rows = [[x - other[j] / row[j] * y for x, y in zip(other, row, strict=True)] for other in rows]
    return found
