"""A hyperplane arrangement, held exactly.

x_i  normal of row i, a vector of length d; b_i its offset (0 in a central arrangement)
     row i is the hyperplane {w : x_i.w = b_i}
z    homogeneous coordinates (w t, t): row i reads (x_i, -b_i).z, and the arrangement lives in t > 0
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row, independent_columns, nullspace, rank
from arrangements.exact.numbers import exact_matrix, exact_vector, integer_row
from arrangements.exact.parallel_classes import Member, distinct


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


@dataclass(frozen=True)
class Arrangement:
    """Hyperplanes x_i.w = b_i with integer normals; each row is a positive multiple of the row that was read.

    Attributes:
        normals: n integer vectors of length d, any of them zero, parallel or opposite.
        offsets: n integers, or None for a central arrangement.
        dimension: d, the length of w.

    Example:
        >>> a = Arrangement.from_table([["0.5", 0], [1, 0], [0, 0], [0, -1]])
        >>> a.rank, len(a.hyperplanes), a.lineality
        (2, 2, ())
    """

    normals: tuple[Row, ...]
    offsets: Row | None
    dimension: int

    @classmethod
    def from_table(cls, table: Iterable[Iterable[object]], offsets: Iterable[object] | None = None) -> "Arrangement":
        """Read an arrangement exactly.

        Args:
            table: n rows of d numbers, in any form that `exact_number` reads.
            offsets: n numbers b_i for an affine arrangement.

        Raises:
            InputError: the table is empty or ragged, an entry is no finite number, or the offsets do not fit.
        """
        matrix = exact_matrix(table)
        if offsets is None:
            return cls(tuple(integer_row(row) for row in matrix), None, len(matrix[0]))
        b = exact_vector(offsets, "offset")
        if len(b) != len(matrix):
            raise InputError(f"there are {len(b)} offsets for {len(matrix)} rows; give one for each row")
        joint = [integer_row((*row, offset)) for row, offset in zip(matrix, b, strict=True)]
        return cls(tuple(row[:-1] for row in joint), tuple(row[-1] for row in joint), len(matrix[0]))

    @property
    def is_affine(self) -> bool:
        """Whether rows carry offsets."""
        return self.offsets is not None

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
        """What a search works on."""
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
