"""Coordinates of the page: an arrangement of small rank, moved exactly into the plane or into space.

x_i  normals, of rank r;  b_k  integer vectors, orthogonal to each other, that span the normals;  q_k  about 1/|b_k|
y    coordinates of the page:  w = sum_k y_k q_k b_k, so that  x_i.w = sum_k y_k q_k x_i.b_k

The numbers q_k are rational, so signs are exactly those of the arrangement, whatever the lengths are; and lengths and
angles are true as far as an eye can tell. An arrangement that is in the plane, or in space, already stays as it is.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.exact.linear_algebra import Row, dot, primitive
from arrangements.exact.square_roots import root_below


class OnPage(NamedTuple):
    """An arrangement in coordinates of the page.

    Attributes:
        arrangement: in R^2 or R^3, with the same sign vectors.
        axes: the vectors q_k b_k.
    """

    arrangement: Arrangement
    axes: tuple[tuple[Fraction, ...], ...]

    def place(self, vector: Sequence[int]) -> tuple[Fraction, ...]:
        """Give coordinates of a vector of the space of the normals, or of any vector's projection to it."""
        return tuple(_product(vector, axis) for axis in self.axes)


def on_page(arrangement: Arrangement, dimension: int) -> OnPage:
    """Move an arrangement of rank at most 2 (or 3) into the plane (or space).

    Args:
        arrangement: the hyperplanes; the lineality space is left out.
        dimension: 2 or 3, at least the rank.

    Example:
        >>> moved = on_page(Arrangement.from_table([[1, 1, 0, 0], [0, 0, 2, 0]]), 2)
        >>> moved.arrangement.dimension, moved.arrangement.hyperplanes
        (2, ((1, 0), (0, 1)))
    """
    zero, one = Fraction(0), Fraction(1)
    d = arrangement.dimension
    if d <= dimension:
        axes = [tuple(one if i == j else zero for i in range(d)) for j in range(d)]
    else:
        axes = [tuple(x * root_below(Fraction(1, dot(b, b)), bits=64 + dot(b, b).bit_length()) for x in b)
                for b in _orthogonal(arrangement.normals)]  # fmt: skip
    axes += [(zero,) * d] * (dimension - len(axes))
    table = [[_product(normal, axis) for axis in axes] for normal in arrangement.normals]
    return OnPage(Arrangement.from_table(table, arrangement.offsets), tuple(axes))


def _orthogonal(rows: Sequence[Row]) -> list[Row]:
    """Gram and Schmidt's vectors, as integers."""
    found: list[Row] = []
    for row in rows:
        rest = primitive(row)
        for b in found:
            size, share = dot(b, b), dot(rest, b)
            rest = primitive([size * x - share * y for x, y in zip(rest, b, strict=True)])
        if any(rest):
            found.append(rest)
    return found


def _product(vector: Sequence[int], axis: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(vector, axis, strict=True) if x and y), Fraction(0))
