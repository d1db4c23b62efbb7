"""Integer points in the cells of a sweep, each made of the rows that meet at the cell's vertex, and checked.

B  the rows that meet at the vertex v; f_0 .. f_2l  the functionals of its level up to the first one of its own
u  a vector on which the rows of B have the signs of the cell, and f_0 .. f_2l are 0

v + h u is inside of the cell for small h > 0. Floats propose such a point for many cells at once; it is rounded to short
integers where exact products prove that these have the signs of the cell, and left to exact arithmetic elsewhere.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats, IntegerMatrix, Integers, integer_vector
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, unpacked
from arrangements.sweep.exact_vertices import ExactVertices
from arrangements.sweep.functionals import Functionals

_DIGITS = (16, 32, 50)  # binary digits of a point's largest entry


class Witnesses:
    """What makes points of recipes.

    Args:
        rows: integer rows in the order of the sweep, in columns of about one size.
        functionals: those of the sweep.
        shifts: by how many binary digits each column was made larger.

    Example:
        >>> rows = ((0, 1), (1, 0))
        >>> makes = Witnesses(rows, Functionals(rows), (0, 0))
        >>> bool((makes.points(np.array([[3]], np.uint64), np.array([[1]], np.uint64)) > 0).all())
        True
    """

    def __init__(self, rows: Sequence[Row], functionals: Functionals, shifts: Sequence[int]) -> None:
        self.rank = len(rows[0])
        self.shifts = shifts
        self._matrix = IntegerMatrix(rows)
        self._rows, _ = self._matrix.scaled()
        self._functionals, _ = IntegerMatrix(functionals.terms(1)).scaled()
        self._vertices = ExactVertices(rows, functionals)

    def points(self, words: Words, recipes: Words) -> Integers:
        """Make a point in each cell, in the columns of the caller.

        Args:
            words: the signs of the cells, in the order of the rows.
            recipes: for each cell the positions of B, as bits.
        """
        size = len(self._matrix)
        signs = np.roll(unpacked(words, size), -1, axis=1)
        bases = unpacked(recipes, size) > 0
        numbers = bases.sum(axis=1)
        points: Integers = np.zeros((len(words), self.rank), np.int64)
        for number in np.unique(numbers).tolist():
            lines = np.flatnonzero(numbers == number)
            level = (self.rank - 1 - number) // 2
            rows = np.nonzero(bases[lines])[1].reshape(len(lines), number)
            made = self._placed(level, rows, signs[lines])
            if made.dtype == object and points.dtype != object:
                points = points.astype(object)
            points[lines] = made
        return self._in_columns(points)

    def joined(self, points: Integers, exact: Sequence[Row], orientations: Sequence[int]) -> Integers:
        """Put points that exact arithmetic found after others; -1 takes the opposite of one."""
        found = [integer_vector([s * x for x in point]) for point, s in zip(exact, map(int, orientations), strict=True)]
        more = np.array(found, object if any(x.dtype == object for x in found) else np.int64)
        more = self._in_columns(more)
        if object in (more.dtype, points.dtype):
            points, more = points.astype(object), more.astype(object)
        return np.concatenate([points, more])

    def _in_columns(self, points: Integers) -> Integers:
        if not any(self.shifts):
            return points
        return points.astype(object) << np.array(self.shifts, dtype=object)

    def _placed(self, level: int, rows: NDArray[np.intp], signs: NDArray[np.int8]) -> Integers:
        """Points in cells of one level."""
        proposals = self._proposed(level, rows, signs)
        points: Integers = np.zeros(proposals.shape, np.int64)
        left = np.arange(len(rows))
        sizes = np.abs(proposals).max(axis=1)
        left = left[np.isfinite(sizes) & (sizes > 0.0)]
        for digits in _DIGITS:
            scales = np.ldexp(1.0, digits - np.frexp(sizes[left])[1])
            points[left] = np.rint(proposals[left] * scales[:, None]).astype(np.int64)
            values = self._matrix.dot(points[left].T).T
            wrong = ((values > 0) != (signs[left] > 0)).any(axis=1) | (values == 0).any(axis=1)
            left = left[wrong]
            if not len(left):
                break
        unplaced = [*left.tolist(), *np.flatnonzero(~(np.isfinite(sizes) & (sizes > 0.0))).tolist()]
        for i in unplaced:
            exact = integer_vector(self._exact(level, tuple(rows[i].tolist()), signs[i]))
            if exact.dtype == object and points.dtype != object:
                points = points.astype(object)
            points[i] = exact
        return points

    def _proposed(self, level: int, rows: NDArray[np.intp], signs: NDArray[np.int8]) -> Floats:
        """Points v + h u in floats."""
        head, number = 2 * level, len(rows)
        systems = np.empty((number, self.rank, self.rank))
        systems[:, :head], systems[:, -1] = self._functionals[:head], self._functionals[head]
        systems[:, head:-1] = self._rows[rows]
        right = np.zeros((number, self.rank, 2))
        right[:, -1, 0] = 1.0
        right[:, head:-1, 1] = np.take_along_axis(signs, rows, axis=1)
        with np.errstate(all="ignore"):
            try:
                solved = np.linalg.solve(systems, right)
            except np.linalg.LinAlgError:
                return np.zeros((number, self.rank))
            at = self._rows @ solved
            at *= signs[:, :, None]
            for place in rows.T:
                at[np.arange(number), place] = (0.0, 1.0)
            turned = at[:, :, 0].sum(axis=1) < 0.0  # the mirror image of the cell above the vertex
            solved[turned, :, 0] *= -1.0
            at[turned, :, 0] *= -1.0
            steps = np.where(at[:, :, 1] < 0.0, -at[:, :, 0] / at[:, :, 1], np.inf).min(axis=1) / 2.0
            lengths = np.abs(solved).max(axis=1)
            steps = np.minimum(steps, lengths[:, 0] / lengths[:, 1])
            steps = np.where(np.isfinite(steps), steps, 0.0)
            return np.asarray(solved[:, :, 0] + steps[:, None] * solved[:, :, 1])

    def _exact(self, level: int, basis: tuple[int, ...], signs: NDArray[np.int8]) -> Row:
        """The point of one cell by exact arithmetic."""
        for cell in self._vertices.cells(level, basis):
            for sign in (1, -1):
                if np.array_equal(cell.signs * sign, signs):
                    return tuple(sign * x for x in cell.point)
        raise AssertionError(f"no cell with these signs is above the vertex of {basis}")  # a fault of the sweep itself
