"""The hyperplane arrangement, held exactly, and the operations that make another arrangement of it.

x_i  normal of row i, a vector of length d; b_i its offset (0 in a central arrangement)
     row i is the hyperplane {w : x_i.w = b_i}
z    homogeneous coordinates (w t, t): row i reads (x_i, -b_i).z, and the arrangement lives in t > 0
H    the hyperplane of one row

Rows are counted from 0, and from -1 backwards. A row of zeros cuts nothing, and repeated rows are one hyperplane; rows
stay rows all the same, so that sign vectors keep their places. Constructions follow Orlik and Terao (1992, chapter 1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from arrangements.arguments import check_kind, is_whole
from arrangements.cells import Cell, Signs
from arrangements.errors import InputError, shown
from arrangements.exact.elimination import eliminated, is_uniform
from arrangements.exact.linear_algebra import Row, dot, independent_columns, nullspace, rank
from arrangements.exact.numbers import exact_matrix, exact_vector, integer_row
from arrangements.exact.parallel_classes import Member, distinct
from arrangements.row_numbers import row_number, row_numbers, row_signs


class Essential(NamedTuple):
    """Distinct hyperplanes in independent columns.

    Attributes:
        rows: the hyperplanes, the one at infinity first if there is one; as long as their rank.
        members: for each row of the arrangement its hyperplane, as in `distinct`.
        columns: the columns of homogeneous coordinates that the rows are in; the others can be 0.
    """

    rows: tuple[Row, ...]
    members: tuple[Member, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, repr=False)
class Arrangement:
    """Hyperplanes x_i.w = b_i with integer normals; each row is a positive multiple of the row that was read.

    Its length is the number of rows, and iterating gives (x_i, b_i) for each, with b_i = 0 in a central arrangement.
    Two arrangements are equal if their rows are, one by one.

    Attributes:
        normals: n integer vectors of length d, any of them zero, parallel or opposite.
        offsets: n integers, or None for a central arrangement.
        dimension: d, the length of w.

    Example:
        >>> a = Arrangement.from_table([["0.5", 0], [1, 0], [0, 0], [0, -1]])
        >>> a, len(a), a.rank, a.lineality
        (<Arrangement of 2 hyperplanes (4 rows) in R^2, rank 2>, 4, 2, ())
        >>> list(Arrangement.from_table([[1, 2], [0, 3]], offsets=[0, 1]))
        [((1, 2), 0), ((0, 3), 1)]
    """

    normals: tuple[Row, ...]
    offsets: Row | None = None
    dimension: int = 0

    def __post_init__(self) -> None:
        d, offsets = self.dimension, () if self.offsets is None else self.offsets
        rows = (*self.normals, offsets) if isinstance(self.normals, tuple) else ()
        if not rows or not all(type(row) is tuple and all(type(x) is int for x in row) for row in rows):
            raise InputError("an Arrangement holds tuples of integers; read a table with Arrangement.from_table(...)")
        if not is_whole(d) or d < 0:
            raise InputError(f"the dimension is {shown(d)}; it must be an integer of at least 0")
        if any(len(row) != d for row in self.normals):
            raise InputError(
                f"the dimension is {shown(d)}, and some rows of the Arrangement have another length; "
                "read a table with Arrangement.from_table(...)"
            )
        if self.is_affine and len(offsets) != len(self):
            raise InputError(f"there are {len(offsets)} offsets for {len(self)} rows; give one for each row, or None")

    @classmethod
    def from_table(cls, table: Iterable[Iterable[object]], offsets: Iterable[object] | None = None) -> "Arrangement":
        """Read an arrangement exactly.

        Args:
            table: n rows of d numbers in any form that `exact_number` reads: lists, a NumPy array, a pandas DataFrame
                (names of columns are left out), a sympy matrix.
            offsets: n numbers b_i for an affine arrangement.

        Raises:
            InputError: the table is empty or ragged, an entry is not a finite number, or the offsets do not fit.

        Example:
            >>> Arrangement.from_table([["0.5", "1/3"], [1, 0]]).normals
            ((3, 2), (1, 0))
        """
        matrix = exact_matrix(table)
        if offsets is None:
            return cls(tuple(integer_row(row) for row in matrix), None, len(matrix[0]))
        b = exact_vector(offsets, "offset")
        if len(b) != len(matrix):
            raise InputError(f"there are {len(b)} offsets for {len(matrix)} rows; give one for each row")
        joint = [integer_row((*row, offset)) for row, offset in zip(matrix, b, strict=True)]
        return cls(tuple(row[:-1] for row in joint), tuple(row[-1] for row in joint), len(matrix[0]))

    def __len__(self) -> int:
        return len(self.normals)

    def __iter__(self) -> Iterator[tuple[Row, int]]:
        return zip(self.normals, self.offsets or (0,) * len(self), strict=True)

    def __repr__(self) -> str:
        n, m = len(self), len(self.hyperplanes)
        kind = "Affine arrangement" if self.is_affine else "Arrangement"
        rows = "" if n == m else f" ({n} row{'s' * (n != 1)})"
        return f"<{kind} of {m} hyperplane{'s' * (m != 1)}{rows} in R^{self.dimension}, rank {self.rank}>"

    def _repr_svg_(self) -> str | None:
        """Draw a picture for notebooks, where rank or dimension allow one and matplotlib is installed."""
        from arrangements.pictures.notebook import arrangement_svg

        return arrangement_svg(self)

    @property
    def is_affine(self) -> bool:
        """Whether rows carry offsets, be they all 0."""
        return self.offsets is not None

    @cached_property
    def is_linear(self) -> bool:
        """Whether all hyperplanes contain the origin."""
        return not any(b for normal, b in self if any(normal))

    @cached_property
    def is_central(self) -> bool:
        """Whether all hyperplanes have a common point."""
        return self.is_linear or rank(self.hyperplanes, self.dimension + 1) == self.rank

    @property
    def is_essential(self) -> bool:
        """Whether the normals span the space, so that the smallest flats are points."""
        return self.rank == self.dimension

    @cached_property
    def is_simple(self) -> bool:
        """Whether the hyperplanes are in general position: no point lies on more of them than it must.

        Without offsets: any r normals are independent, r being the rank. With offsets: any k <= r hyperplanes meet in
        codimension k, and no r + 1 of them meet. Repeated rows are one hyperplane. See `is_uniform` for the cost.

        Theorem (Cover 1965; Buck 1943): m hyperplanes of rank r have 2 sum_{k<r} C(m-1, k) regions at most, with
        offsets sum_{k<=r} C(m, k), and exactly that many iff they are in general position.
        """
        infinity = () if self.infinity is None else (self.infinity,)
        return is_uniform([*infinity, *self.hyperplanes])

    @cached_property
    def homogeneous(self) -> tuple[Row, ...]:
        """The rows in the space that is searched: (x_i, -b_i) in an affine arrangement, x_i in a central one."""
        if self.offsets is None:
            return self.normals
        return tuple((*row, -b) for row, b in zip(self.normals, self.offsets, strict=True))

    @cached_property
    def infinity(self) -> Row | None:
        """The row t > 0 that an affine arrangement lives in."""
        return (*([0] * self.dimension), 1) if self.is_affine else None

    @cached_property
    def hyperplanes(self) -> tuple[Row, ...]:
        """The distinct hyperplanes, in homogeneous coordinates; a row with zero normal is none."""
        rows = [row for row, normal in zip(self.homogeneous, self.normals, strict=True) if any(normal)]
        return distinct(rows)[0]

    @cached_property
    def essential(self) -> Essential:
        """The distinct hyperplanes in independent columns, which a search works on."""
        head = () if self.infinity is None else (self.infinity,)
        classes, members = distinct([*head, *self.homogeneous])
        columns = independent_columns(classes, len(classes[0])) if classes else ()
        rows = tuple(tuple(row[j] for j in columns) for row in classes)
        return Essential(rows, members[len(head) :], columns)

    @cached_property
    def rank(self) -> int:
        """Rank of the normals."""
        return rank(self.normals, self.dimension)

    @cached_property
    def lineality(self) -> tuple[Row, ...]:
        """A basis of the lineality space {w : x_i.w = 0 for all i}, in primitive integer vectors."""
        return nullspace(self.normals, self.dimension)

    def deletion(self, row: int) -> "Arrangement":
        """Delete one row: the arrangement of all the others.

        Args:
            row: its number.

        Raises:
            InputError: there is no such row.

        Theorem (Zaslavsky 1975): if H is no other row's hyperplane, A has as many regions as the deletion and the
        restriction to H together; the characteristic polynomial is the difference of theirs.

        Example:
            >>> Arrangement.from_table([[1, 0], [0, 1], [1, 1]]).deletion(1).normals
            ((1, 0), (1, 1))
        """
        i = row_number(row, len(self))
        return self._of_rows(k for k in range(len(self)) if k != i)

    def restriction(self, row: int) -> "Arrangement":
        """Intersect all other hyperplanes with H, in coordinates of H: those of w but the first where x_i is not 0.

        Rows that are parallel to row i become zero rows. Signs stay: every row is scaled by a positive number.

        Args:
            row: the number of the row whose hyperplane is H.

        Raises:
            InputError: there is no such row, or its normal is zero.

        Example:
            >>> Arrangement.from_table([[1, 1], [0, 1], [1, 1]], offsets=[3, 1, 4]).restriction(0).offsets
            (1, 1)
        """
        i = self._hyperplane(row, "restriction")
        c = next(j for j, x in enumerate(self.normals[i]) if x)
        others = [*self.homogeneous[:i], *self.homogeneous[i + 1 :]]
        return self._of_homogeneous(eliminated(others, self.homogeneous[i], c), self.dimension - 1, self.is_affine)

    def localization(
        self, point: Iterable[object] | None = None, *, rows: Iterable[int] | None = None
    ) -> "Arrangement":
        """Keep the hyperplanes that contain a point or a flat; its regions are those around it.

        Args:
            point: d numbers, in any form that `exact_number` reads.
            rows: in place of a point, hyperplanes whose intersection is the flat.

        Raises:
            InputError: the point has another length, there is no such row, the hyperplanes have no common point, or
                not exactly one of point and rows is given.

        Example:
            >>> a = Arrangement.from_table([[1, 0], [0, 1], [1, 1], [1, 2]], offsets=[0, 0, 0, 1])
            >>> a.localization((0, 0)) == a.localization(rows=[0, 1]) == a.deletion(3)
            True
        """
        if (point is None) == (rows is None):
            raise InputError("localization needs either a point or the rows whose intersection is a flat")
        if point is not None:
            return self._of_rows(i for i, s in enumerate(self.sign_vector(point)) if s == 0)
        chosen = row_numbers(rows, len(self))
        flat = nullspace([self.homogeneous[i] for i in chosen], self.dimension + self.is_affine)
        if self.is_affine and not any(z[-1] for z in flat):
            raise InputError(f"the hyperplanes of rows {chosen} have no common point, so their intersection is no flat")
        on_all = ([dot(row, z) for z in flat] for row in self.homogeneous)
        return self._of_rows(i for i, values in enumerate(on_all) if not any(values))

    def cone(self) -> "Arrangement":
        """Make the central arrangement of the rows (x_i, -b_i) and, last, (0, 1), the hyperplane at infinity.

        Theorem (Orlik and Terao 1992, Proposition 2.51): it has twice as many regions; chi_cone(t) = (t - 1) chi(t).

        Example:
            >>> Arrangement.from_table([[1, 2]], offsets=[3]).cone().normals
            ((1, 2, -3), (0, 0, 1))
        """
        rows = [(*normal, -b) for normal, b in self]
        return Arrangement((*rows, (*([0] * self.dimension), 1)), None, self.dimension + 1)

    def decone(self, row: int = -1) -> "Arrangement":
        """Send one hyperplane H of a central arrangement to infinity: intersect the others with {w : x_i.w = 1}.

        Coordinates are those of w but the last one where x_i is not 0. `a.cone().decone()` is a, with offsets.

        Args:
            row: the number of the row whose hyperplane is H.

        Raises:
            InputError: the arrangement has offsets, there is no such row, or it is zero.

        Example:
            >>> a = Arrangement.from_table([[1, 2]], offsets=[3])
            >>> a.cone().decone() == a
            True
        """
        if self.is_affine:
            raise InputError("decone needs a central arrangement, and this one has offsets; take its cone() first")
        i = self._hyperplane(row, "decone")
        c = max(j for j, x in enumerate(self.normals[i]) if x)
        others = [(*x, 0) for x in (*self.normals[:i], *self.normals[i + 1 :])]
        return self._of_homogeneous(eliminated(others, (*self.normals[i], -1), c), self.dimension - 1, True)

    def essentialization(self) -> "Arrangement":
        """Set coordinates to 0 until the normals span the space: the same faces, without the lineality space.

        Example:
            >>> Arrangement.from_table([[1, -1, 0], [0, 1, -1]]).essentialization().normals
            ((1, -1), (0, 1))
        """
        columns = independent_columns(self.normals, self.dimension)
        return Arrangement(tuple(tuple(x[j] for j in columns) for x in self.normals), self.offsets, len(columns))

    def product(self, other: "Arrangement") -> "Arrangement":
        """Put two arrangements into the product of their spaces: the rows (x_i, 0), then the rows (0, y_j).

        Args:
            other: an arrangement in any dimension.

        Raises:
            InputError: the other is not an arrangement.

        Theorem (Orlik and Terao 1992, Lemma 2.50): characteristic polynomials multiply, and so do numbers of regions.

        Example:
            >>> line = Arrangement.from_table([[1]])
            >>> line.product(line).normals
            ((1, 0), (0, 1))
        """
        d, e = self.dimension, as_arrangement(other).dimension
        rows = [*((*x, *([0] * e)) for x in self.normals), *((*([0] * d), *y) for y in other.normals)]
        return Arrangement(tuple(rows), self._offsets_with(other), d + e)

    def union(self, other: "Arrangement") -> "Arrangement":
        """Put two arrangements into one space: the rows of this one, then those of the other.

        Args:
            other: an arrangement of the same dimension.

        Raises:
            InputError: the other is not an arrangement, or has another dimension.

        Example:
            >>> Arrangement.from_table([[1, 0]]).union(Arrangement.from_table([[0, 1]], offsets=[2])).offsets
            (0, 2)
        """
        if as_arrangement(other).dimension != self.dimension:
            raise InputError(f"a union needs one space, and these are in R^{self.dimension} and R^{other.dimension}")
        return Arrangement((*self.normals, *other.normals), self._offsets_with(other), self.dimension)

    def reorient(self, rows: Iterable[int]) -> "Arrangement":
        """Multiply some rows by -1: the same hyperplanes, with these signs flipped.

        Args:
            rows: their numbers.

        Raises:
            InputError: there is no such row.

        Example:
            >>> Arrangement.from_table([[1, 0], [0, 1]]).reorient([1]).normals
            ((1, 0), (0, -1))
        """
        turned = set(row_numbers(rows, len(self)))
        flipped = [tuple(-x for x in z) if i in turned else z for i, z in enumerate(self.homogeneous)]
        return self._of_homogeneous(flipped, self.dimension, self.is_affine)

    def sign_vector(self, point: Iterable[object]) -> Signs:
        """Compute the signs of x_i.w - b_i at a point w: its covector.

        Args:
            point: d numbers, in any form that `exact_number` reads. The witness (w t, t) of a cell of an affine
                arrangement is to be divided by its last entry.

        Raises:
            InputError: the point has another length, or an entry is not a finite number.

        Example:
            >>> Arrangement.from_table([[1, -3], [1, 1]], offsets=[0, 5]).sign_vector(["0.3", "0.1"])
            (0, -1)
        """
        w = exact_vector(point, "coordinate")
        if len(w) != self.dimension:
            raise InputError(f"the point has {len(w)} coordinates, and the arrangement is in R^{self.dimension}")
        values = (sum(x * y for x, y in zip(normal, w, strict=True)) - b for normal, b in self)
        return tuple((value > 0) - (value < 0) for value in values)

    def separating(self, first: Cell | Iterable[int], second: Cell | Iterable[int]) -> tuple[int, ...]:
        """Find the rows that separate two regions (or faces): those on which they have opposite signs.

        Args:
            first: a sign vector, or a `Cell`.
            second: another one.

        Raises:
            InputError: one has not a sign for each row.

        Example:
            >>> Arrangement.from_table([[1, 0], [0, 1], [1, 1]]).separating((1, -1, 1), (-1, -1, -1))
            (0, 2)
        """
        one, two = row_signs(first, len(self)), row_signs(second, len(self))
        return tuple(i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a * b < 0)

    def _hyperplane(self, row: int, wanted: str) -> int:
        i = row_number(row, len(self))
        if not any(self.normals[i]):
            raise InputError(f"{wanted} needs a hyperplane, and row {row} has the normal zero; choose another row")
        return i

    def _of_rows(self, rows: Iterable[int]) -> "Arrangement":
        kept = list(rows)
        offsets = None if self.offsets is None else tuple(self.offsets[i] for i in kept)
        return Arrangement(tuple(self.normals[i] for i in kept), offsets, self.dimension)

    @staticmethod
    def _of_homogeneous(rows: Iterable[Row], dimension: int, affine: bool) -> "Arrangement":
        listed = list(rows)
        if not affine:
            return Arrangement(tuple(listed), None, dimension)
        return Arrangement(tuple(z[:-1] for z in listed), tuple(-z[-1] for z in listed), dimension)

    def _offsets_with(self, other: "Arrangement") -> Row | None:
        return tuple(b for _, b in (*self, *other)) if self.is_affine or other.is_affine else None


def as_arrangement(value: object) -> Arrangement:
    """Return the value itself if it is an arrangement, and raise otherwise; every function that takes one asks this.

    Args:
        value: what was given as an arrangement.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_arrangement([[1, 2]])
        Traceback (most recent call last):
        arrangements.errors.InputError: [[1, 2]] is a list, not an Arrangement; make one with \
Arrangement.from_table(...)
    """
    return check_kind(value, Arrangement, None, "make one with Arrangement.from_table(...)")
