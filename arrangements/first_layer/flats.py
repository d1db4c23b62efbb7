"""The flats of an arrangement, the intersections of its hyperplanes, each with the arrangement's restriction to it.

F    a flat, the whole space among them; in homogeneous coordinates a linear subspace
b_j  basis of F in integer columns; y  coordinates on F: z = sum_j y_j b_j
v    a hyperplane of F, in the coordinates y

Flats are found level by level, largest first: those one dimension below F are the hyperplanes of its restriction.
"""

from collections.abc import Iterator
from itertools import chain
from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import read_whole
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.exact.linear_algebra import Row
from arrangements.exact.parallel_classes import distinct


class Flat(NamedTuple):
    """A flat F, with coordinates y on it and the restriction of the arrangement to it.

    Attributes:
        classes: the distinct hyperplanes of F; the one at infinity, if there is one, comes first.
        places: for each row of the arrangement its class on F, -1 where it contains F.
        orientation: for each row its sign relative to the class, 0 where it contains F.
        basis: the vectors b_j; with the lineality space they span F.

    Example:
        >>> whole, first, *_ = iter_flats(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> first.rows, first.basis, first.classes, first.places.tolist()
        ((0,), ((0, 1),), ((1,),), [-1, 0, 0])
    """

    classes: tuple[Row, ...]
    places: NDArray[np.int32]
    orientation: NDArray[np.int8]
    basis: tuple[Row, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that contain F; zero rows are among them. `Arrangement.localization` takes them."""
        return tuple(np.flatnonzero(self.places < 0).tolist())

    def keys(self) -> list[bytes]:
        """Give for each hyperplane of F the rows that contain it, as bits."""
        contained = self.places == np.arange(len(self.classes))[:, None]
        return [line.tobytes() for line in np.packbits(contained | (self.places < 0), axis=1)]

    def hyperplane(self, k: int) -> "Flat":
        """Make hyperplane k of F a flat: there y_c = - sum_j v_j y_j / v_c, so coordinate c is left out.

        Each row and the basis as a whole may be scaled, by positive factors only: signs stay.

        Args:
            k: its place in `classes`.

        Raises:
            InputError: there is no such place.
        """
        v = self.classes[read_whole(k, "k", 0, len(self.classes) - 1)]
        c = next(j for j, x in enumerate(v) if x)
        others = range(c + 1, len(v))  # the coordinates before c stay, for there v is 0
        size, sign = abs(v[c]), 1 if v[c] > 0 else -1
        rows = [(*(size * x for x in u[:c]), *(size * u[j] - sign * u[c] * v[j] for j in others)) for u in self.classes]
        classes, members = distinct(rows)
        # the last line serves the rows that contain F, whose class is -1
        lines = np.array([*members, (-1, 0)], np.int32)[self.places]
        basis = [[size * x for x in vector] for vector in self.basis[:c]]
        for j in others:
            basis.append([size * x - sign * v[j] * y for x, y in zip(self.basis[j], self.basis[c], strict=True)])
        common = gcd(*chain.from_iterable(basis)) or 1
        return Flat(
            classes,
            lines[:, 0],
            self.orientation * lines[:, 1].astype(np.int8),
            tuple(tuple(x // common for x in vector) for vector in basis),
        )


def iter_flats(arrangement: Arrangement) -> Iterator[Flat]:
    """Yield every flat once, larger dimensions first; in affine arrangements those that are not at infinity.

    One dimension of them is kept at a time. A flat of dimension k has k basis vectors, less the dimension of the
    lineality space, and one more if the arrangement has offsets.

    Args:
        arrangement: the hyperplanes.

    Raises:
        InputError: the argument is not an arrangement.

    Example:
        >>> [len(flat.basis) for flat in iter_flats(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))]
        [2, 1, 1, 1, 0]
    """
    return _flats(as_arrangement(arrangement))


def list_flats(arrangement: Arrangement) -> list[Flat]:
    """List all flats.

    Args:
        arrangement: the hyperplanes.

    Raises:
        InputError: the argument is not an arrangement.

    Example:
        >>> [flat.rows for flat in list_flats(Arrangement.from_table([[1, 0], [0, 1], [2, 0]]))]
        [(), (0, 2), (1,), (0, 1, 2)]
    """
    return list(iter_flats(arrangement))


def count_flats(arrangement: Arrangement) -> int:
    """Count the flats of all dimensions; one dimension is kept at a time.

    Args:
        arrangement: the hyperplanes.

    Raises:
        InputError: the argument is not an arrangement.

    Example:
        >>> from arrangements.families import family
        >>> count_flats(family("braid:4"))  # set partitions (Bell numbers)
        15
    """
    return sum(1 for _ in iter_flats(arrangement))


def _flats(arrangement: Arrangement) -> Iterator[Flat]:
    head = int(arrangement.is_affine)  # the first class is then the hyperplane at infinity
    essential, columns = arrangement.essential, arrangement.dimension + head
    lines = np.array(essential.members, np.int32).reshape(-1, 2)
    units = tuple(tuple(int(i == j) for i in range(columns)) for j in essential.columns)
    level = [Flat(essential.rows, lines[:, 0], lines[:, 1].astype(np.int8), units)]
    while level:
        below: dict[bytes, Flat] = {}
        for flat in level:
            yield flat
            for k, key in enumerate(flat.keys()[head:], start=head):
                if key not in below:
                    below[key] = flat.hyperplane(k)
        level = list(below.values())
