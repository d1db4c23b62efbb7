"""The symmetry group of an arrangement, on its hyperplanes.

h_i   the hyperplanes of `Arrangement.hyperplanes`, as primitive integer vectors (homogeneous in affine arrangements)
P     a symmetry: hyperplane i goes to images[i], with a sign; see `arrangements.symmetry.linear_symmetries`

*Which symmetries.* Those signed permutations of the hyperplanes for which a linear map takes each h_i to h_images[i] or
its negative. In an affine arrangement it also keeps t, so that it is an affine map of the space of w. Rows may be
scaled, repeated or zero: what counts is the primitive vector of each hyperplane. A linear map that permutes the
hyperplanes but takes some primitive vector to a multiple of another one is left out: the eighth of a turn that permutes
the four lines of typeB:2 takes (1, 0) to (1, 1), and (1, 1) to (0, 2). So what is found are symmetries always, but
another choice of coordinates can have more or fewer of them. A central arrangement has the symmetry -1 always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from arrangements.arguments import check_kind, is_whole, read_list
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row, dot, independent_columns
from arrangements.exact.numbers import exact_vector, integer_row
from arrangements.symmetry.linear_symmetries import Symmetry, extends_linearly, linear_symmetries
from arrangements.symmetry.permutations import Permutation, StabilizerChain, orbits


@dataclass(frozen=True)
class SymmetryGroup:
    """A group of symmetries of an arrangement, by generators, each of which is checked in integers.

    Attributes:
        arrangement: the hyperplanes.
        generators: symmetries that generate the group; none for the group of the identity alone.

    Raises:
        InputError: the argument is not an arrangement, or a generator is no symmetry of it.

    Example:
        >>> square = Arrangement.from_table([[1, 0], [0, 1]])
        >>> SymmetryGroup(square, [Symmetry((1, 0), (1, -1))]).order  # a quarter turn
        4
    """

    arrangement: Arrangement
    generators: tuple[Symmetry, ...]

    def __post_init__(self) -> None:
        rows = _rows(as_arrangement(self.arrangement))
        head = int(self.arrangement.is_affine)
        found = []
        for number, given in enumerate(read_list(self.generators, "generators", "symmetries")):
            each = _read_symmetry(given, len(rows) - head)
            shifted = Symmetry((*range(head), *(i + head for i in each.images)), (*[1] * head, *each.signs))
            if rows and not extends_linearly(rows, shifted):
                raise InputError(
                    f"generator {number}, {shown(tuple(given))}, is no symmetry: no linear map moves the hyperplanes so"
                )
            found.append(each)
        object.__setattr__(self, "generators", tuple(found))

    def __repr__(self) -> str:
        return f"<SymmetryGroup of order {self.order} of {self.arrangement!r}>"

    @cached_property
    def chain(self) -> StabilizerChain:
        """The group on the 2 m points (i, +) = i and (i, -) = m + i, m being the number of hyperplanes."""
        size = len(self.arrangement.hyperplanes)
        return StabilizerChain([on_points(each) for each in self.generators], 2 * size)

    @property
    def order(self) -> int:
        """The number of symmetries.

        Theorem (Schreier; Sims 1970): it is the product of the orbits of a chain of stabilizers.
        """
        return self.chain.order

    @cached_property
    def hyperplane_orbits(self) -> tuple[tuple[int, ...], ...]:
        """The orbits of the hyperplanes, by their places in `Arrangement.hyperplanes`."""
        size = len(self.arrangement.hyperplanes)
        least = orbits([np.array(each.images) for each in self.generators], size)
        return tuple(tuple(np.flatnonzero(least == k).tolist()) for k in np.unique(least).tolist())

    def __contains__(self, symmetry: object) -> bool:
        try:
            found = _read_symmetry(symmetry, len(self.arrangement.hyperplanes))
        except InputError:
            return False
        return on_points(found) in self.chain


def symmetry_group(arrangement: Arrangement, *, fixing: Iterable[Iterable[object]] = ()) -> SymmetryGroup:
    """Find all symmetries of an arrangement; the module's text says which maps these are.

    Args:
        arrangement: the hyperplanes.
        fixing: points w; only the symmetries that take each of them to itself, or to its negative in a central
            arrangement.

    Raises:
        InputError: the argument is not an arrangement, a point has another length, or igraph (extra `symmetry`) is not
            installed.

    Theorem: a signed permutation is a symmetry iff it commutes with the orthogonal projection onto the space of values
    {H w}. So they are the automorphisms of a graph whose edges are coloured by the entries of that projection; see
    `arrangements.symmetry.linear_symmetries`. Every generator is checked in integers besides.

    Example:
        >>> from arrangements.families import family
        >>> group = symmetry_group(family("threshold:3"))
        >>> group.order, group.hyperplane_orbits  # 2^4 4!: the symmetries of the cube with one dimension more
        (384, ((0, 1, 2, 3, 4, 5, 6, 7),))
        >>> symmetry_group(family("threshold:3"), fixing=[(1, 0, 0, 0)]).order  # 2^4 3!: constant functions are kept
        96
    """
    as_arrangement(arrangement)
    rows, head = _rows(arrangement), int(arrangement.is_affine)
    points = [_point(each, arrangement) for each in read_list(fixing, "fixing", "points")]
    if not arrangement.hyperplanes:
        return SymmetryGroup(arrangement, ())
    columns = independent_columns(rows, len(rows[0]))
    kept = [[dot(row, point) for row in rows] for point in points]
    found = linear_symmetries([tuple(row[j] for j in columns) for row in rows], len(columns), range(head), kept)
    return SymmetryGroup(
        arrangement, tuple(Symmetry(tuple(i - head for i in each.images[head:]), each.signs[head:]) for each in found)
    )


def on_points(symmetry: Symmetry) -> Permutation:
    """Write a symmetry as a permutation of the points (i, +) = i and (i, -) = m + i.

    Args:
        symmetry: of m hyperplanes.

    Example:
        >>> on_points(Symmetry((1, 0), (1, -1))).tolist()
        [1, 2, 3, 0]
    """
    images, size = np.array(symmetry.images, np.int64), len(symmetry.images)
    turned = np.array(symmetry.signs, np.int64) < 0
    return np.concatenate([images + size * turned, images + size * ~turned])


def as_symmetry_group(value: object, arrangement: Arrangement) -> SymmetryGroup:
    """Return the value itself if it is a group of symmetries of this arrangement, and raise otherwise.

    Args:
        value: what was given as a group.
        arrangement: the hyperplanes.

    Raises:
        InputError: it is something else.

    Example:
        >>> square = Arrangement.from_table([[1, 0], [0, 1]])
        >>> as_symmetry_group(SymmetryGroup(square, ()), square).order
        1
    """
    group = check_kind(value, SymmetryGroup, "group", "make one with symmetry_group(arrangement)")
    if group.arrangement.hyperplanes != arrangement.hyperplanes or group.arrangement.is_affine != arrangement.is_affine:
        raise InputError("group has symmetries of another arrangement; make one with symmetry_group(arrangement)")
    return group


def _rows(arrangement: Arrangement) -> tuple[Row, ...]:
    """The hyperplanes, the one at infinity first if there is one."""
    return (*(() if arrangement.infinity is None else (arrangement.infinity,)), *arrangement.hyperplanes)


def _read_symmetry(value: object, size: int) -> Symmetry:
    parts = [read_list(part, "a symmetry", "images and signs") for part in read_list(value, "a symmetry", "two lists")]
    whole = all(is_whole(x) for part in parts for x in part)
    if not whole or len(parts) != 2 or sorted(parts[0]) != list(range(size)) or len(parts[1]) != size:
        raise InputError(
            f"{shown(value)} is no symmetry; give the images of {size} hyperplanes, numbered from 0, and their signs"
        )
    if not {1, -1}.issuperset(parts[1]):
        raise InputError(f"{shown(value)} is no symmetry; its signs must be 1 or -1")
    images, signs = (tuple(map(int, part)) for part in parts)
    return Symmetry(images, signs)


def _point(value: object, arrangement: Arrangement) -> Sequence[int]:
    numbers = exact_vector(value, "entry of the point")  # type: ignore[arg-type]
    if len(numbers) != arrangement.dimension:
        raise InputError(
            f"a point of fixing has {len(numbers)} entries; the arrangement is in dimension {arrangement.dimension}"
        )
    return integer_row((*numbers, 1) if arrangement.is_affine else numbers)
