"""The slow twin of the sweep: lowest vertices by their definition, from the extreme rays of a region, in integers.

R  a region, given by its extreme rays; f_0, f_1, ..  functionals
"""

from fractions import Fraction
from itertools import product

from arrangements.exact.linear_algebra import primitive, rank


def dot(a, b):
    return sum(int(x) * int(y) for x, y in zip(a, b, strict=True))


def on_zero(generators, functional, rows, dimension):
    """The extreme rays of the part of a cone on which a functional is 0, a flat of that dimension.

    Where two generators of different signs meet the zero of the functional is a ray; it is an extreme one if the rows
    that are 0 there leave nothing else on the flat.
    """
    plus = [(v, g) for g in generators if (v := dot(functional, g)) > 0]
    minus = [(v, g) for g in generators if (v := dot(functional, g)) < 0]
    assert len(plus) + len(minus) == len(generators), "the functional is not generic"
    found = {primitive([v * y - w * x for x, y in zip(g, h, strict=True)]) for (v, g), (w, h) in product(plus, minus)}
    return [g for g in found if rank([row for row in rows if dot(row, g) == 0], len(functional)) == dimension - 1]


def lowest_vertex(rows, rays, functionals):
    """The level at which a region or its opposite has a lowest vertex, and the vertex, oriented such that f > 0.

    At each level: if the region does not meet {f = 0}, its slice {f = 1}, or that of its opposite, is bounded. If it
    does, and g has one sign there, the slice on which g is bounded below is that of the orientation where the sign
    is +. If g has both signs, the region goes on to {f = g = 0}.
    """
    generators, level, r = [tuple(map(int, ray)) for ray in rays], 0, len(rows[0])
    while True:
        f, g = functionals[2 * level], functionals[(2 * level + 1) % r]
        at_infinity = on_zero(generators, f, rows, r - 2 * level - 1)
        signs = {dot(g, ray) > 0 for ray in at_infinity}
        if len(signs) < 2:
            break
        generators, level = on_zero(at_infinity, g, rows, r - 2 * level - 2), level + 1
    up = dot(f, generators[0]) > 0 if not at_infinity else signs == {True}
    oriented = [ray if up else tuple(-x for x in ray) for ray in generators]
    heights = {Fraction(dot(g, ray), dot(f, ray)): ray for ray in oriented if dot(f, ray) > 0}
    return level, heights[min(heights)]
