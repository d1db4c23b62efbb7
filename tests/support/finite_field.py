"""Regions by the finite field method, independent of matroids, restrictions and searches.

For a large enough prime q the characteristic polynomial of an integer arrangement at q is the number of points of
F_q^d on no hyperplane (Crapo and Rota 1970; Athanasiadis 1996). Points are counted one by one.
"""

from fractions import Fraction

import numpy as np

PRIMES = (29, 31, 37, 41)


def chi(arrangement, q):
    """The number of points modulo q on none of the hyperplanes."""
    points = np.indices([q] * arrangement.dimension).reshape(arrangement.dimension, -1)
    off = np.ones(points.shape[1], dtype=bool)
    for row, b in zip(arrangement.normals, arrangement.offsets or [0] * len(arrangement.normals), strict=True):
        off &= (np.array(row) @ points - b) % q != 0
    return int(off.sum())


def regions_by_finite_field(arrangement):
    """|chi(-1)| (Zaslavsky 1975) of a small arrangement in at most three dimensions, by Lagrange's interpolation."""
    nodes = PRIMES[: arrangement.dimension + 1]
    total = Fraction(0)
    for q in nodes:
        term = Fraction(chi(arrangement, q))
        for other in nodes:
            if other != q:
                term *= Fraction(-1 - other, q - other)
        total += term
    return abs(total)
